"""Tours with their registrations, job fairs with their stands."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.employers.models import Employer
from portal.events.vocabulary import BookingStatus, FairStatus, RegistrationStatus, TourStatus, Visibility
from portal.kernel.db import Base, Created, Versioned, enum_column
from portal.kernel.levels import LanguageLevel
from portal.participants.models import Participant

ACTIVE_REGISTRATION = "status IN ('confirmed', 'waiting', 'offered')"


class Tour(Base, Created, Versioned):
    """A visit of a small group to an employer. Its row is the lock for its places (ADR 0004)."""

    __tablename__ = "tour"
    __table_args__ = (
        CheckConstraint("places_taken >= 0 AND places_taken <= capacity", name="places"),
        CheckConstraint("ends_at > starts_at", name="order"),
        Index("ix_tour_agenda", "status", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    subject: Mapped[str | None] = mapped_column(String(40))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    be_there_at: Mapped[datetime]
    meeting_point: Mapped[str] = mapped_column(String(240))
    district: Mapped[str] = mapped_column(String(80), default="")
    transport: Mapped[str | None] = mapped_column(String(400))
    accessibility: Mapped[str | None] = mapped_column(String(400))
    good_to_know: Mapped[str | None] = mapped_column(Text)
    bring: Mapped[str | None] = mapped_column(String(400))
    rules: Mapped[list[str]]
    interpreters: Mapped[list[str]]
    level: Mapped[LanguageLevel | None] = mapped_column(enum_column(LanguageLevel))
    capacity: Mapped[int]
    places_taken: Mapped[int] = mapped_column(default=0)
    tickets_issued: Mapped[int] = mapped_column(default=0)
    visibility: Mapped[Visibility] = mapped_column(enum_column(Visibility))
    access_code: Mapped[str] = mapped_column(String(20))
    status: Mapped[TourStatus] = mapped_column(enum_column(TourStatus))
    reason: Mapped[str | None] = mapped_column(Text)
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]

    employer: Mapped[Employer] = relationship(lazy="raise")

    @property
    def free_places(self) -> int:
        """Places that nobody has and nobody is offered."""
        return self.capacity - self.places_taken

    @property
    def is_full(self) -> bool:
        """Whether every place is taken or offered."""
        return self.places_taken >= self.capacity


class Registration(Base, Created):
    """A participant's place, offer or spot on the waiting list of a tour."""

    __tablename__ = "registration"
    __table_args__ = (
        Index(
            "uq_registration_active",
            "tour_id",
            "participant_id",
            unique=True,
            sqlite_where=text(ACTIVE_REGISTRATION),
            postgresql_where=text(ACTIVE_REGISTRATION),
        ),
        UniqueConstraint("tour_id", "ticket"),
        Index("ix_registration_queue", "tour_id", "status", "id"),
        Index("ix_registration_offers", "status", "offer_ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    status: Mapped[RegistrationStatus] = mapped_column(enum_column(RegistrationStatus))
    ticket: Mapped[str] = mapped_column(String(8))
    form_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    link_version: Mapped[int] = mapped_column(default=1)
    calendar_uid: Mapped[str] = mapped_column(String(80), unique=True)
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    wants_interpreter: Mapped[bool | None]
    looks_alike: Mapped[bool] = mapped_column(default=False)
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    queued_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]
    offer_told_at: Mapped[datetime | None]
    offer_ends_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    tour: Mapped[Tour] = relationship(lazy="raise")
    participant: Mapped[Participant] = relationship(lazy="raise")


class JobFair(Base, Created, Versioned):
    """A werkmarkt. Its row is the lock for its stands."""

    __tablename__ = "job_fair"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="order"),
        Index("ix_job_fair_agenda", "status", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    build_up_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(160))
    address: Mapped[str] = mapped_column(String(160))
    district: Mapped[str] = mapped_column(String(80), default="")
    hall_width: Mapped[float] = mapped_column(default=40.0)
    hall_depth: Mapped[float] = mapped_column(default=25.0)
    zones: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    max_per_sector: Mapped[int] = mapped_column(default=1)
    sector_exceptions: Mapped[dict[str, Any]]
    status: Mapped[FairStatus] = mapped_column(enum_column(FairStatus))
    visibility: Mapped[Visibility] = mapped_column(enum_column(Visibility))
    access_code: Mapped[str] = mapped_column(String(20))
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)

    stands: Mapped[list["Stand"]] = relationship(lazy="raise", back_populates="fair")


class Stand(Base, Created):
    """A place on the fair's floor, in metres from the north-west corner."""

    __tablename__ = "stand"
    __table_args__ = (UniqueConstraint("fair_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("job_fair.id", ondelete="CASCADE"))
    number: Mapped[int]
    x: Mapped[float]
    y: Mapped[float]
    width: Mapped[float]
    depth: Mapped[float]
    has_power: Mapped[bool] = mapped_column(default=False)

    fair: Mapped[JobFair] = relationship(lazy="raise", back_populates="stands")


class StandBooking(Base, Created):
    """A stand that an employer has, or had."""

    __tablename__ = "stand_booking"
    __table_args__ = (
        Index(
            "uq_stand_booking_stand_id",
            "stand_id",
            unique=True,
            sqlite_where=text("status = 'booked'"),
            postgresql_where=text("status = 'booked'"),
        ),
        Index(
            "uq_stand_booking_fair_id_employer_id",
            "fair_id",
            "employer_id",
            unique=True,
            sqlite_where=text("status = 'booked'"),
            postgresql_where=text("status = 'booked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("job_fair.id", ondelete="CASCADE"))
    stand_id: Mapped[int] = mapped_column(ForeignKey("stand.id", ondelete="CASCADE"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    status: Mapped[BookingStatus] = mapped_column(enum_column(BookingStatus))
    needs_power: Mapped[bool] = mapped_column(default=False)
    brings: Mapped[str | None] = mapped_column(String(400))
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    reason: Mapped[str | None] = mapped_column(Text)
    released_at: Mapped[datetime | None]

    fair: Mapped[JobFair] = relationship(lazy="raise")
    stand: Mapped[Stand] = relationship(lazy="raise")
    employer: Mapped[Employer] = relationship(lazy="raise")
