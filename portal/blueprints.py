"""The list of all pages: every slice's blueprints."""

from importlib import import_module

from flask import Blueprint

from portal.kernel.config import Settings

SLICES = ("accounts", "participants", "employers", "events", "stories", "subsidies", "placements", "team", "site")


def all_blueprints(settings: Settings) -> list[Blueprint]:
    """The blueprints of every slice; the gallery and the mail reader only where they belong."""
    found: list[Blueprint] = []
    for name in SLICES:
        found += import_module(f"portal.{name}.views").blueprints
    if not settings.is_production:
        found += import_module("portal.site.views").development_blueprints
    return found
