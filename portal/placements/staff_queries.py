"""What the team reads of placements and issues: companies, the person behind a placement, who handles what."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import User
from portal.employers.models import Employer
from portal.kernel.errors import NotFoundError
from portal.kernel.permissions import Actor
from portal.participants.models import Participant
from portal.placements.models import Issue, Placement
from portal.placements.policies import all_issues, all_placements
from portal.placements.queries import IssueRow, ThreadEntry, issue_rows, thread
from portal.placements.rules import OPEN
from portal.placements.vocabulary import IssueCategory, IssueStatus, IssueUrgency, PlacementKind, PlacementStatus


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One line of the team's list of placements."""

    id: int
    number: str
    employer: str
    job_title: str
    kind: PlacementKind
    status: PlacementStatus
    starts_on: date
    ends_on: date | None
    contact: str | None
    open_issues: int


@dataclass(frozen=True, slots=True)
class PlacementDesk:
    """Everything about one placement, for the team."""

    placement: Placement
    employer: str
    participant: Participant | None
    contact: str | None
    issues: list[IssueRow]

    @property
    def heading(self) -> str:
        """The job, as the head of the page."""
        return self.placement.job_title[:1].upper() + self.placement.job_title[1:]

    @property
    def person(self) -> str:
        """Whom it is about, as the team may read it; empty when that was removed."""
        found = self.participant
        return found.full_name if found is not None and found.removed_at is None else ""


@dataclass(frozen=True, slots=True)
class IssueDeskRow:
    """One line of the team's list of issues."""

    id: int
    number: str
    employer: str
    job_title: str
    category: IssueCategory
    urgency: IssueUrgency
    status: IssueStatus
    reported_at: datetime
    answer_by: datetime
    handler: str | None


@dataclass(frozen=True, slots=True)
class IssueDesk:
    """One issue with its thread and whom to call."""

    issue: Issue
    placement_number: str
    job_title: str
    employer_id: int
    employer: str
    handler: str | None
    reporter: str | None
    thread: tuple[ThreadEntry, ...]


def placement_desk_rows(
    session: Session, actor: Actor, *, status: PlacementStatus | None, words: str, offset: int, limit: int
) -> tuple[list[DeskRow], int]:
    """One page of all placements, the newest start first, and how many there are."""
    conditions: list[ColumnElement[bool]] = [] if status is None else [Placement.status == status]
    for word in words.lower().split():
        columns = (Placement.number, Placement.reference, Placement.job_title, Employer.name)
        conditions.append(or_(*(func.lower(column).contains(word, autoescape=True) for column in columns)))
    base: Select[Any] = all_placements(actor).join(Employer, Employer.id == Placement.employer_id).where(*conditions)
    total = session.scalar(base.with_only_columns(func.count(Placement.id))) or 0
    opened = (
        select(func.count())
        .where(Issue.placement_id == Placement.id, Issue.status.in_(OPEN))
        .correlate(Placement)
        .scalar_subquery()
    )
    found: Any = session.execute(
        base.outerjoin(User, User.id == Placement.team_contact_id)
        .with_only_columns(
            Placement.id,
            Placement.number,
            Employer.name,
            Placement.job_title,
            Placement.kind,
            Placement.status,
            Placement.starts_on,
            Placement.ends_on,
            User.name,
            opened,
        )
        .order_by(Placement.starts_on.desc(), Placement.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [DeskRow(*row) for row in found], total


def placement_counts(session: Session) -> dict[PlacementStatus, int]:
    """How many placements there are in each state."""
    found = session.execute(select(Placement.status, func.count()).group_by(Placement.status))
    return {status: count for status, count in found}  # noqa: C416  rows are not pairs for the type checker


def placement_desk(session: Session, actor: Actor, placement_id: int) -> PlacementDesk:
    """One placement with all that the team needs. Raises NotFoundError."""
    row = session.execute(
        all_placements(actor)
        .join(Employer, Employer.id == Placement.employer_id)
        .outerjoin(Participant, Participant.id == Placement.participant_id)
        .outerjoin(User, User.id == Placement.team_contact_id)
        .add_columns(Employer.name, Participant, User.name)
        .where(Placement.id == placement_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError
    placement, employer, participant, contact = row
    return PlacementDesk(placement, employer, participant, contact, issue_rows(session, placement_id))


def issue_desk_rows(
    session: Session, actor: Actor, *, only_open: bool, offset: int, limit: int
) -> tuple[list[IssueDeskRow], int]:
    """One page of the issues: the open ones by their promise, or all, the newest first."""
    base: Select[Any] = all_issues(actor).join(Employer, Employer.id == Placement.employer_id)
    base = base.where(Issue.status.in_(OPEN)) if only_open else base
    total = session.scalar(base.with_only_columns(func.count(Issue.id))) or 0
    order = (Issue.answer_by, Issue.id) if only_open else (Issue.created_at.desc(), Issue.id.desc())
    found: Any = session.execute(
        base.outerjoin(User, User.id == Issue.handled_by_id)
        .with_only_columns(
            Issue.id,
            Issue.number,
            Employer.name,
            Placement.job_title,
            Issue.category,
            Issue.urgency,
            Issue.status,
            Issue.created_at,
            Issue.answer_by,
            User.name,
        )
        .order_by(*order)
        .offset(offset)
        .limit(limit)
    )
    return [IssueDeskRow(*row) for row in found], total


def issue_desk(session: Session, actor: Actor, issue_id: int) -> IssueDesk:
    """One issue with its thread. Raises NotFoundError."""
    handler, reporter = aliased(User), aliased(User)
    row: Any = session.execute(
        all_issues(actor)
        .join(Employer, Employer.id == Placement.employer_id)
        .outerjoin(handler, handler.id == Issue.handled_by_id)
        .outerjoin(reporter, reporter.id == Issue.reported_by_id)
        .add_columns(Placement.number, Placement.job_title, Employer.id, Employer.name, handler.name, reporter.name)
        .where(Issue.id == issue_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError
    values = (*row, thread(session, issue_id))
    return IssueDesk(*values)
