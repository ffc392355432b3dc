"""Pages of this slice, one module per audience."""

from flask import Blueprint

from portal.placements import retention
from portal.placements.views import employer, team, team_issues

blueprints: tuple[Blueprint, ...] = (employer.bp, team.bp)
__all__ = ["blueprints", "retention", "team_issues"]
