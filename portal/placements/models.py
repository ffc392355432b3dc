"""Placements and the issues on them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.employers.models import Employer
from portal.kernel.db import Base, Created, Versioned, enum_column
from portal.placements.vocabulary import (
    IssueCategory,
    IssueParty,
    IssueStatus,
    IssueUrgency,
    PlacementKind,
    PlacementStatus,
)


class Placement(Base, Created, Versioned):
    """A person at work with an employer. The employer knows the person; the portal shows a reference."""

    __tablename__ = "placement"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    reference: Mapped[str | None] = mapped_column(String(40))
    job_title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[PlacementKind] = mapped_column(enum_column(PlacementKind))
    status: Mapped[PlacementStatus] = mapped_column(enum_column(PlacementStatus))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    hours: Mapped[int | None]
    team_contact_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    end_reason: Mapped[str | None] = mapped_column(Text)

    employer: Mapped[Employer] = relationship(lazy="raise")


class Issue(Base, Created):
    """Something that goes wrong, or may, on a placement."""

    __tablename__ = "issue"
    __table_args__ = (Index("ix_issue_open", "status", "answer_by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    form_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    category: Mapped[IssueCategory] = mapped_column(enum_column(IssueCategory))
    urgency: Mapped[IssueUrgency] = mapped_column(enum_column(IssueUrgency))
    status: Mapped[IssueStatus] = mapped_column(enum_column(IssueStatus))
    may_discuss: Mapped[bool | None]
    call_when: Mapped[str | None] = mapped_column(String(120))
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    answer_by: Mapped[datetime]
    first_answer_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]

    placement: Mapped[Placement] = relationship(lazy="raise")
    messages: Mapped[list["IssueMessage"]] = relationship(lazy="raise", order_by="IssueMessage.id")


class IssueMessage(Base, Created):
    """One message in the thread of an issue, read by the employer and the team."""

    __tablename__ = "issue_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id", ondelete="CASCADE"), index=True)
    party: Mapped[IssueParty] = mapped_column(enum_column(IssueParty))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    body: Mapped[str] = mapped_column(Text)
    resolves: Mapped[bool] = mapped_column(default=False)


class NumberSeries(Base):
    """The last number given out per year, for placements and issues."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("name", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)
