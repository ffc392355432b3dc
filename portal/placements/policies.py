"""Which placements and issues exist for whom: all at the desk of the team, the own ones on a company's pages."""

from typing import Any

from sqlalchemy import Select, false, select

from portal.kernel.permissions import Actor, Permission
from portal.placements.models import Issue, Placement


def own_placements(actor: Actor) -> Select[Placement]:
    """The placements of the company that the actor acts for; also for the team during a call."""
    found = select(Placement)
    if actor.employer_id is None or not actor.can(Permission.PLACEMENTS_OWN_SEE):
        return found.where(false())
    return found.where(Placement.employer_id == actor.employer_id)


def own_issues(actor: Actor) -> Select[Issue]:
    """The issues of the company that the actor acts for."""
    found: Select[Any] = select(Issue).join(Placement, Placement.id == Issue.placement_id)
    if actor.employer_id is None or not actor.can(Permission.PLACEMENTS_OWN_SEE):
        return found.where(false())
    return found.where(Placement.employer_id == actor.employer_id)


def all_placements(actor: Actor) -> Select[Placement]:
    """The placements at the desk of the team."""
    found = select(Placement)
    return found if actor.can(Permission.PLACEMENTS_PLACEMENT_MANAGE) else found.where(false())


def all_issues(actor: Actor) -> Select[Issue]:
    """The issues at the desk of the team."""
    found: Select[Any] = select(Issue).join(Placement, Placement.id == Issue.placement_id)
    return found if actor.can(Permission.PLACEMENTS_ISSUE_HANDLE) else found.where(false())
