"""Pages of this slice, one module per audience."""

from flask import Blueprint

from portal.subsidies.views import public

blueprints: tuple[Blueprint, ...] = (public.bp,)
