"""Pages of this slice, one module per audience."""

from flask import Blueprint

from portal.site import retention
from portal.site.views import development, public

blueprints: tuple[Blueprint, ...] = (public.bp,)
development_blueprints: tuple[Blueprint, ...] = (development.bp,)
__all__ = ["blueprints", "development_blueprints", "retention"]
