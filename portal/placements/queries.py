"""What an employer reads of placements and issues: numbers and jobs, never who it is; and what waits for the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import User
from portal.accounts.vocabulary import UserRole
from portal.employers.models import Employer
from portal.kernel.clock import from_local, local_day
from portal.kernel.days import CLOSES
from portal.kernel.errors import NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.permissions import Actor
from portal.kernel.work import WorkItem
from portal.placements.models import Issue, IssueMessage, Placement
from portal.placements.policies import own_issues, own_placements
from portal.placements.rules import ENDING_SOON_DAYS, OPEN, Entry, reopens, waits_for_team
from portal.placements.vocabulary import (
    IssueCategory,
    IssueParty,
    IssueStatus,
    IssueUrgency,
    PlacementKind,
    PlacementStatus,
)

TAGS = {
    IssueUrgency.TODAY: lazy("Vandaag bellen"),
    IssueUrgency.THIS_WEEK: lazy("Deze week"),
    IssueUrgency.FOR_INFORMATION: lazy("Ter info"),
}


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A placement as its company sees it: a number, a job and days. There is no field for a person."""

    id: int
    number: str
    reference: str | None
    job_title: str
    kind: PlacementKind
    status: PlacementStatus
    starts_on: date
    ends_on: date | None
    hours: int | None
    contact_name: str | None
    contact_phone: str | None
    open_issues: int = 0

    @property
    def heading(self) -> str:
        """The job, as the head of a page or a card."""
        return self.job_title[:1].upper() + self.job_title[1:]


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue in a list."""

    id: int
    number: str
    category: IssueCategory
    urgency: IssueUrgency
    status: IssueStatus
    reported_at: datetime
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """One message of a thread, with what it did."""

    at: datetime
    party: IssueParty
    author: str | None
    by_phone: bool
    body: str
    resolves: bool
    reopens: bool


@dataclass(frozen=True, slots=True)
class IssuePage:
    """An issue with its thread, as its company reads it."""

    id: int
    number: str
    category: IssueCategory
    urgency: IssueUrgency
    status: IssueStatus
    may_discuss: bool | None
    call_when: str | None
    reported_at: datetime
    answer_by: datetime
    first_answer_at: datetime | None
    resolved_at: datetime | None
    placement_id: int
    placement_number: str
    job_title: str
    contact_name: str | None
    contact_phone: str | None
    thread: tuple[ThreadEntry, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is not solved."""
        return self.status in OPEN

    @property
    def waits_for_team(self) -> bool:
        """Whether the company spoke last, so that the promise runs."""
        return self.is_open and waits_for_team([Entry(entry.party, entry.resolves) for entry in self.thread])


def placement_rows(session: Session, actor: Actor, *, offset: int, limit: int) -> tuple[list[PlacementRow], int]:
    """One page of the placements of the actor's company, the running ones first, and how many there are."""
    own = own_placements(actor)
    total = session.scalar(own.with_only_columns(func.count(Placement.id))) or 0
    order = case(
        (Placement.status == PlacementStatus.RUNNING, 0), (Placement.status == PlacementStatus.PLANNED, 1), else_=2
    )
    found = session.execute(
        own.outerjoin(User, User.id == Placement.team_contact_id)
        .with_only_columns(*_columns())
        .order_by(order, Placement.starts_on.desc(), Placement.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [PlacementRow(*row) for row in found.all()], total


def placement_row(session: Session, actor: Actor, placement_id: int) -> PlacementRow:
    """One placement of the actor's company. Raises NotFoundError."""
    row = session.execute(
        own_placements(actor)
        .where(Placement.id == placement_id)
        .outerjoin(User, User.id == Placement.team_contact_id)
        .with_only_columns(*_columns())
    ).one_or_none()
    if row is None:
        raise NotFoundError
    return PlacementRow(*row)


def issue_rows(session: Session, placement_id: int) -> list[IssueRow]:
    """The issues on a placement, the open ones first; the caller saw the placement."""
    found = session.execute(
        select(Issue.id, Issue.number, Issue.category, Issue.urgency, Issue.status, Issue.created_at, Issue.answer_by)
        .where(Issue.placement_id == placement_id)
        .order_by(Issue.status == IssueStatus.RESOLVED, Issue.created_at.desc(), Issue.id.desc())
    )
    return [IssueRow(*row) for row in found]


def issue_page(session: Session, actor: Actor, issue_id: int) -> IssuePage:
    """One issue of the actor's company with its thread. Raises NotFoundError."""
    handler, contact = aliased(User), aliased(User)
    row: Any = session.execute(
        own_issues(actor)
        .where(Issue.id == issue_id)
        .outerjoin(handler, handler.id == Issue.handled_by_id)
        .outerjoin(contact, contact.id == Placement.team_contact_id)
        .with_only_columns(
            Issue.id,
            Issue.number,
            Issue.category,
            Issue.urgency,
            Issue.status,
            Issue.may_discuss,
            Issue.call_when,
            Issue.created_at,
            Issue.answer_by,
            Issue.first_answer_at,
            Issue.resolved_at,
            Placement.id,
            Placement.number,
            Placement.job_title,
            func.coalesce(handler.name, contact.name),
            case((handler.id.is_not(None), handler.phone), else_=contact.phone),
        )
    ).one_or_none()
    if row is None:
        raise NotFoundError
    values = (*row, thread(session, issue_id))
    return IssuePage(*values)


def thread(session: Session, issue_id: int) -> tuple[ThreadEntry, ...]:
    """The messages of an issue, oldest first, each with its author and what it did."""
    found = session.execute(
        select(IssueMessage, User.name, User.role)
        .outerjoin(User, User.id == IssueMessage.author_id)
        .where(IssueMessage.issue_id == issue_id)
        .order_by(IssueMessage.id)
    ).all()
    entries = [Entry(message.party, message.resolves) for message, _name, _role in found]
    return tuple(
        ThreadEntry(
            at=message.created_at,
            party=message.party,
            author=name,
            by_phone=message.party is IssueParty.EMPLOYER and role is not None and role is not UserRole.EMPLOYER,
            body=message.body,
            resolves=message.resolves,
            reopens=reopens(entries, index),
        )
        for index, (message, name, role) in enumerate(found)
    )


def _columns() -> Sequence[Any]:
    opened = (
        select(func.count())
        .where(Issue.placement_id == Placement.id, Issue.status.in_(OPEN))
        .correlate(Placement)
        .scalar_subquery()
    )
    return (
        Placement.id,
        Placement.number,
        Placement.reference,
        Placement.job_title,
        Placement.kind,
        Placement.status,
        Placement.starts_on,
        Placement.ends_on,
        Placement.hours,
        User.name,
        User.phone,
        opened,
    )


def work_items(session: Session, now: datetime) -> list[WorkItem]:
    """What waits for the team: open issues by their promise, and trials that end soon."""
    return [*_open_issues(session), *_ending_trials(session, local_day(now))]


def _open_issues(session: Session) -> list[WorkItem]:
    handler, contact = aliased(User), aliased(User)
    spoke_last = (
        select(IssueMessage.party)
        .where(IssueMessage.issue_id == Issue.id)
        .order_by(IssueMessage.id.desc())
        .limit(1)
        .correlate(Issue)
        .scalar_subquery()
    )
    found = session.execute(
        select(Issue, Placement.number, Placement.job_title, Employer.name, handler.name, contact.name, spoke_last)
        .join(Placement, Placement.id == Issue.placement_id)
        .join(Employer, Employer.id == Placement.employer_id)
        .outerjoin(handler, handler.id == Issue.handled_by_id)
        .outerjoin(contact, contact.id == Placement.team_contact_id)
        .where(Issue.status.in_(OPEN))
        .order_by(Issue.answer_by, Issue.id)
    )
    return [
        WorkItem(
            kind="issue",
            tag="urgent" if issue.urgency is IssueUrgency.TODAY else "waiting",
            tag_text=TAGS[issue.urgency] if issue.status is IssueStatus.REPORTED else lazy("Bezig"),
            title=_("Melding %(number)s: %(category)s", number=issue.number, category=issue.category.label),
            facts=(employer, _("plaatsing %(number)s, %(job)s", number=number, job=job_title)),
            due_at=issue.answer_by,
            url=f"/team/meldingen/{issue.id}",
            action=lazy("Bel en antwoord") if last is IssueParty.EMPLOYER else lazy("Vraag hoe het gaat"),
            action_icon="phone",
            owner=handled_by or contact_name or "",
        )
        for issue, number, job_title, employer, handled_by, contact_name, last in found
    ]


def _ending_trials(session: Session, today: date) -> list[WorkItem]:
    found = session.execute(
        select(Placement, Employer.name, User.name)
        .join(Employer, Employer.id == Placement.employer_id)
        .outerjoin(User, User.id == Placement.team_contact_id)
        .where(
            Placement.kind == PlacementKind.TRIAL,
            Placement.status == PlacementStatus.RUNNING,
            Placement.ends_on <= today + timedelta(days=ENDING_SOON_DAYS),
        )
        .order_by(Placement.ends_on, Placement.id)
    )
    return [
        WorkItem(
            kind="placement",
            tag="few",
            tag_text=lazy("Proef loopt af"),
            title=_("Plaatsing %(number)s, %(job)s", number=placement.number, job=placement.job_title),
            facts=(employer, _("contract, verlengen of stoppen?")),
            due_at=from_local(placement.ends_on or today, CLOSES),
            url=f"/team/plaatsingen/{placement.id}",
            action=lazy("Bespreek het vervolg"),
            action_icon="handshake",
            owner=contact_name or "",
        )
        for placement, employer, contact_name in found
    ]
