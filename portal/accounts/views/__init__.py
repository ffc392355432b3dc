"""Pages of this slice, one module per audience."""

from flask import Blueprint

from portal.accounts import retention
from portal.accounts.views import account, links, public, second_factor, team

blueprints: tuple[Blueprint, ...] = (public.bp, team.bp)
__all__ = ["account", "blueprints", "links", "retention", "second_factor"]
