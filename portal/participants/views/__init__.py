"""Pages of this slice, one module per audience."""

from flask import Blueprint

from portal.participants import notifications, retention
from portal.participants.views import coach, team

blueprints: tuple[Blueprint, ...] = (coach.bp, team.bp)
__all__ = ["blueprints", "notifications", "retention"]
