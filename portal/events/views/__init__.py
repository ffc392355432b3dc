"""Pages of this slice, one module per audience."""

from flask import Blueprint

from portal.events import retention
from portal.events.views import (
    coach,
    employer,
    fairs_employer,
    fairs_public,
    fairs_team,
    public,
    stands_team,
    team,
    team_calls,
    team_people,
    team_registrations,
)

blueprints: tuple[Blueprint, ...] = (
    public.bp,
    coach.bp,
    employer.bp,
    team.bp,
    team_calls.bp,
    team_people.bp,
    team_registrations.bp,
    fairs_public.bp,
    fairs_employer.bp,
    fairs_team.bp,
    stands_team.bp,
)
__all__ = ["blueprints", "retention"]
