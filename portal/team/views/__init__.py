"""Pages of this slice, one module per audience."""

from flask import Blueprint

blueprints: tuple[Blueprint, ...] = ()
