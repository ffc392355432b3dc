"""Placements and issues for tests."""

from datetime import timedelta
from itertools import count

from portal.accounts.models import User
from portal.employers.models import Employer
from portal.kernel.clock import local_day
from portal.kernel.uow import UnitOfWork
from portal.placements.issues import IssueInput
from portal.placements.models import Issue, IssueMessage, Placement
from portal.placements.recording import PlacementInput
from portal.placements.rules import answer_by, first_status
from portal.placements.vocabulary import (
    IssueCategory,
    IssueParty,
    IssueStatus,
    IssueUrgency,
    PlacementKind,
    PlacementsAction,
)
from tests.factories.employers import an_employer

_numbers = count(1)


def placement_input(uow: UnitOfWork, **fields: object) -> PlacementInput:
    """What the team types for a placement that starts today."""
    values: dict[str, object] = {
        "reference": "AP-2231",
        "participant_id": None,
        "job_title": "medewerker bakkerij",
        "kind": PlacementKind.REGULAR,
        "starts_on": local_day(uow.now),
        "ends_on": None,
        "hours": 32,
        "team_contact_id": None,
        **fields,
    }
    return PlacementInput(**values)  # type: ignore[arg-type]


def a_placement(
    uow: UnitOfWork,
    employer: Employer | None = None,
    *,
    kind: PlacementKind | str = "regular",
    in_days: int = -20,
    contact: User | None = None,
    **fields: object,
) -> Placement:
    """A placement that began twenty days ago."""
    number = next(_numbers)
    starts_on = local_day(uow.now) + timedelta(days=in_days)
    values: dict[str, object] = {
        "number": f"P-2025-{number:03d}",
        "reference": f"AP-{number:04d}",
        "job_title": "medewerker bakkerij",
        "status": first_status(starts_on, local_day(uow.now)),
        "starts_on": starts_on,
        "hours": 32,
        "team_contact_id": contact.id if contact else None,
        "created_at": uow.now,
        "details_version": 1,
        "details_changed_at": uow.now,
        **fields,
    }
    employer = employer or an_employer(uow)
    placement = Placement(employer_id=employer.id, kind=PlacementKind(kind), **values)
    uow.session.add(placement)
    uow.audit(PlacementsAction.PLACEMENT_RECORDED, placement)
    return placement


def issue_input(**fields: object) -> IssueInput:
    """What an employer types."""
    values: dict[str, object] = {
        "category": IssueCategory.WORK_RULES,
        "urgency": IssueUrgency.THIS_WEEK,
        "text": "In de pauze gaat hij even liggen in de kleedkamer.",
        "may_discuss": True,
        "call_when": "na 15.00 uur",
        "form_key": f"key-{next(_numbers)}",
        **fields,
    }
    return IssueInput(**values)  # type: ignore[arg-type]


def an_issue(
    uow: UnitOfWork,
    placement: Placement,
    *,
    user: User | None = None,
    urgency: IssueUrgency | str = "this_week",
    status: IssueStatus | str = "reported",
    text: str = "In de pauze gaat hij even liggen in de kleedkamer.",
    **fields: object,
) -> Issue:
    """Something that an employer reported now."""
    number = next(_numbers)
    urgency = IssueUrgency(urgency)
    values: dict[str, object] = {
        "number": f"2025-{number:03d}",
        "category": IssueCategory.WORK_RULES,
        "may_discuss": True,
        "reported_by_id": user.id if user else None,
        "answer_by": answer_by(urgency, uow.now),
        "created_at": uow.now,
        **fields,
    }
    issue = Issue(placement_id=placement.id, urgency=urgency, status=IssueStatus(status), **values)
    uow.session.add(issue)
    uow.audit(PlacementsAction.ISSUE_REPORTED, issue)
    message = IssueMessage(
        issue_id=issue.id,
        party=IssueParty.EMPLOYER,
        author_id=user.id if user else None,
        body=text,
        created_at=uow.now,
    )
    uow.session.add(message)
    uow.flush()
    return issue
