"""Pages of the team's desk."""

from flask import Blueprint

from portal.team.views import imports, work_list

blueprints: tuple[Blueprint, ...] = (work_list.bp, imports.bp)
