"""Pages of this slice, one module per audience."""

from flask import Blueprint

from portal.employers.views import (
    employer,
    people,
    public,
    team,
    team_calls,
    team_data,
    team_people,
    team_sectors,
    vacancies_employer,
    vacancies_public,
    vacancies_team,
)

blueprints: tuple[Blueprint, ...] = (
    public.bp,
    employer.bp,
    team.bp,
    vacancies_public.bp,
    vacancies_employer.bp,
    vacancies_team.bp,
)

__all__ = ["blueprints", "people", "team_calls", "team_data", "team_people", "team_sectors"]
