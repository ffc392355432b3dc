"""Pages of this slice, one module per audience."""

from flask import Blueprint

from portal.participants import notifications, retention

blueprints: tuple[Blueprint, ...] = ()
__all__ = ["blueprints", "notifications", "retention"]
