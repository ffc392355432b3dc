"""Mails about issues and placements: the number, the job and the page; what people wrote stays on the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.employers.models import Employer
from portal.kernel.outbox import Message, MessageKit, message
from portal.kernel.phones import display
from portal.placements.models import Issue, Placement


@dataclass(frozen=True)
class _IssueMessage(Message):
    """A mail about one issue."""

    issue_id: int

    def context(self, session: Session, kit: MessageKit) -> Mapping[str, object]:
        """The numbers, the job and the company, until when the team answers, and the page for each side."""
        row = session.execute(
            select(Issue, Placement.number, Placement.job_title, Employer.name)
            .join(Placement, Placement.id == Issue.placement_id)
            .join(Employer, Employer.id == Placement.employer_id)
            .where(Issue.id == self.issue_id)
        ).one_or_none()
        if row is None:
            raise LookupError("the issue is gone")
        issue, placement_number, job_title, employer = row
        return {
            "number": issue.number,
            "urgency": issue.urgency.value,
            "urgency_label": issue.urgency.label,
            "category": issue.category.label,
            "answer_by": issue.answer_by,
            "placement": placement_number,
            "job_title": job_title,
            "employer": employer,
            "employer_url": kit.links.url(f"/mijn-bedrijf/meldingen/{issue.id}"),
            "team_url": kit.links.url(f"/team/meldingen/{issue.id}"),
            "team_phone": display(kit.settings.team_phone),
        }


@dataclass(frozen=True)
class _ThreadMessage(_IssueMessage):
    """A mail about one message in the thread of an issue."""

    message_id: int


@message
@dataclass(frozen=True)
class IssueReported(_IssueMessage):
    """An employer reported something; for the team."""

    name: ClassVar[str] = "issue_reported"
    audience: ClassVar[Literal["team"]] = "team"


@message
@dataclass(frozen=True)
class IssueConfirmed(_IssueMessage):
    """What the employer reported arrived."""

    name: ClassVar[str] = "issue_confirmed"
    audience: ClassVar[Literal["employer"]] = "employer"


@message
@dataclass(frozen=True)
class IssueReplied(_ThreadMessage):
    """The employer wrote a next message; for the team."""

    name: ClassVar[str] = "issue_replied"
    audience: ClassVar[Literal["team"]] = "team"


@message
@dataclass(frozen=True)
class IssueObjected(_ThreadMessage):
    """The employer says that it is not solved after all; for the team."""

    name: ClassVar[str] = "issue_objected"
    audience: ClassVar[Literal["team"]] = "team"


@message
@dataclass(frozen=True)
class IssueAnswered(_ThreadMessage):
    """The team answered."""

    name: ClassVar[str] = "issue_answered"
    audience: ClassVar[Literal["employer"]] = "employer"


@message
@dataclass(frozen=True)
class IssueResolved(_ThreadMessage):
    """The team closed the issue with a solution."""

    name: ClassVar[str] = "issue_resolved"
    audience: ClassVar[Literal["employer"]] = "employer"


@message
@dataclass(frozen=True)
class PlacementRecorded(Message):
    """The team recorded a placement: the employer sees it and can report on it."""

    placement_id: int
    name: ClassVar[str] = "placement_recorded"
    audience: ClassVar[Literal["employer"]] = "employer"

    def context(self, session: Session, kit: MessageKit) -> Mapping[str, object]:
        """The number, the job and the first day, and the page."""
        placement = session.get(Placement, self.placement_id)
        if placement is None:
            raise LookupError("the placement is gone")
        return {
            "number": placement.number,
            "job_title": placement.job_title,
            "starts_on": placement.starts_on,
            "url": kit.links.url(f"/mijn-bedrijf/plaatsingen/{placement.id}"),
            "team_phone": display(kit.settings.team_phone),
        }
