"""Pages of this slice, one module per audience."""

from flask import Blueprint

from portal.stories import retention
from portal.stories.views import introductions, public, team, team_moves

blueprints: tuple[Blueprint, ...] = (public.bp, team.bp)
__all__ = ["blueprints", "introductions", "retention", "team_moves"]
