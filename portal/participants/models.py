"""Participants, their wishes, and messages that a person must tell them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, Created, Versioned, enum_column
from portal.kernel.levels import LanguageLevel
from portal.participants.vocabulary import ParticipantSource


class Participant(Base, Created, Versioned):
    """Somebody who looks for work. Holds no more than a tour, a fair and a phone call need."""

    __tablename__ = "participant"
    __table_args__ = (Index("ix_participant_phone", "phone"), Index("ix_participant_email", "email"))

    id: Mapped[int] = mapped_column(primary_key=True)
    first_name: Mapped[str] = mapped_column(String(60))
    last_name: Mapped[str | None] = mapped_column(String(80))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8), default="nl")
    spoken_language: Mapped[str | None] = mapped_column(String(40))
    level: Mapped[LanguageLevel | None] = mapped_column(enum_column(LanguageLevel))
    level_to_confirm: Mapped[bool] = mapped_column(default=False)
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    coach_name: Mapped[str | None] = mapped_column(String(120))
    reference: Mapped[str | None] = mapped_column(String(40), unique=True)
    source: Mapped[ParticipantSource] = mapped_column(enum_column(ParticipantSource))
    delete_on: Mapped[date] = mapped_column(index=True)
    removed_at: Mapped[datetime | None]

    wishes: Mapped[list["ParticipantWish"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", back_populates="participant"
    )

    @property
    def full_name(self) -> str:
        """First and, when given, last name."""
        return f"{self.first_name} {self.last_name or ''}".strip()


class ParticipantWish(Base):
    """A kind of company that a participant wishes to see; '*' is all of them."""

    __tablename__ = "participant_wish"
    __table_args__ = (UniqueConstraint("participant_id", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(40), index=True)

    participant: Mapped[Participant] = relationship(lazy="raise", back_populates="wishes")


class CallTask(Base, Created):
    """A message that no automatic channel can bring: the coach or the team tells it, and says so."""

    __tablename__ = "call_task"
    __table_args__ = (Index("ix_call_task_open", "told_at", "dropped_at", "coach_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    message_name: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]]
    registration_id: Mapped[int | None] = mapped_column(index=True)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    due_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    dropped_at: Mapped[datetime | None]

    participant: Mapped[Participant] = relationship(lazy="raise")
