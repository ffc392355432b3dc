"""Pages of this slice, one module per audience."""

from flask import Blueprint

from portal.events import retention
from portal.events.views import coach, employer, public, team, team_calls, team_people, team_registrations

blueprints: tuple[Blueprint, ...] = (
    public.bp,
    coach.bp,
    employer.bp,
    team.bp,
    team_calls.bp,
    team_people.bp,
    team_registrations.bp,
)
__all__ = ["blueprints", "retention"]
