"""Pages of this slice, one module per audience."""

from flask import Blueprint

from portal.events.views import public

blueprints: tuple[Blueprint, ...] = (public.bp,)
