"""Employers, their locations and people, what they offer, and calls made on their behalf."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.employers.vocabulary import (
    CallbackTime,
    EmployerSource,
    EmployerStatus,
    MemberRole,
    MemberStatus,
    SectorGroup,
    VacancyKind,
    VacancyStatus,
)
from portal.kernel.db import Base, Created, Versioned, enum_column
from portal.kernel.levels import LanguageLevel


class Sector(Base):
    """A branche as people name it; the team edits the list."""

    __tablename__ = "sector"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    group: Mapped[SectorGroup] = mapped_column(enum_column(SectorGroup))
    icon: Mapped[str] = mapped_column(String(40), default="briefcase")
    active: Mapped[bool] = mapped_column(default=True)


class Employer(Base, Created, Versioned):
    """A company or institution with a KVK number."""

    __tablename__ = "employer"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    kvk_number: Mapped[str] = mapped_column(String(8), unique=True)
    sector_id: Mapped[int] = mapped_column(ForeignKey("sector.id"), index=True)
    website: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[EmployerStatus] = mapped_column(enum_column(EmployerStatus), index=True)
    source: Mapped[EmployerSource] = mapped_column(enum_column(EmployerSource))
    reason: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    team_contact_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    team_note: Mapped[str | None] = mapped_column(Text)
    numbers_to_confirm: Mapped[bool] = mapped_column(default=False)

    sector: Mapped[Sector] = relationship(lazy="raise")
    locations: Mapped[list["Location"]] = relationship(lazy="raise", back_populates="employer")
    members: Mapped[list["Member"]] = relationship(lazy="raise", back_populates="employer")


class Location(Base, Created):
    """One place of an employer; the establishment number may be left to the team."""

    __tablename__ = "location"
    __table_args__ = (UniqueConstraint("establishment_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"), index=True)
    establishment_number: Mapped[str | None] = mapped_column(String(12))
    street: Mapped[str] = mapped_column(String(120))
    postcode: Mapped[str] = mapped_column(String(7))
    city: Mapped[str] = mapped_column(String(80))
    accepted: Mapped[bool] = mapped_column(default=True)

    employer: Mapped[Employer] = relationship(lazy="raise", back_populates="locations")


class Member(Base, Created):
    """A person who acts for an employer; without an account the team does it for them."""

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"), index=True)
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id", ondelete="SET NULL"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    job_title: Mapped[str | None] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    phone: Mapped[str | None] = mapped_column(String(20))
    role: Mapped[MemberRole] = mapped_column(enum_column(MemberRole))
    status: Mapped[MemberStatus] = mapped_column(enum_column(MemberStatus))
    reason: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None]

    employer: Mapped[Employer] = relationship(lazy="raise", back_populates="members")
    location: Mapped[Location | None] = relationship(lazy="raise")


class Vacancy(Base, Created, Versioned):
    """A place on offer: a job, a trial, work experience, BBL or a language placement."""

    __tablename__ = "vacancy"
    __table_args__ = (
        CheckConstraint("hours_min <= hours_max", name="hours_order"),
        CheckConstraint("places >= 1", name="places_positive"),
        Index("ix_vacancy_public", "status", "published_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"), index=True)
    sector_id: Mapped[int] = mapped_column(ForeignKey("sector.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[VacancyKind] = mapped_column(enum_column(VacancyKind))
    status: Mapped[VacancyStatus] = mapped_column(enum_column(VacancyStatus))
    tasks: Mapped[str] = mapped_column(Text)
    hours_min: Mapped[int]
    hours_max: Mapped[int]
    wage_min_cents: Mapped[int | None]
    wage_max_cents: Mapped[int | None]
    wage_text: Mapped[str | None] = mapped_column(String(120))
    level: Mapped[LanguageLevel] = mapped_column(enum_column(LanguageLevel))
    level_text: Mapped[str | None] = mapped_column(String(120))
    city: Mapped[str] = mapped_column(String(80))
    start_text: Mapped[str | None] = mapped_column(String(80))
    lifting: Mapped[str | None] = mapped_column(String(120))
    shifts: Mapped[str | None] = mapped_column(String(120))
    licence: Mapped[str | None] = mapped_column(String(120))
    places: Mapped[int] = mapped_column(default=1)
    good_to_know: Mapped[str | None] = mapped_column(Text)
    search_text: Mapped[str] = mapped_column(Text, default="")
    findings: Mapped[list[str]]
    reason: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    employer: Mapped[Employer] = relationship(lazy="raise")
    sector: Mapped[Sector] = relationship(lazy="raise")
    trial_offer: Mapped["TrialOffer | None"] = relationship(
        lazy="raise", cascade="all, delete-orphan", back_populates="vacancy"
    )


class TrialOffer(Base):
    """The terms of a vacancy of kind trial: how long, and what follows when it goes well."""

    __tablename__ = "trial_offer"
    __table_args__ = (CheckConstraint("weeks >= 1 AND weeks <= 26", name="weeks_range"),)

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True)
    weeks: Mapped[int]
    intends_contract: Mapped[bool]
    contract_months: Mapped[int | None]

    vacancy: Mapped[Vacancy] = relationship(lazy="raise", back_populates="trial_offer")


class CallbackRequest(Base, Created):
    """'Bel mij': a name, a number and a time."""

    __tablename__ = "callback_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(20))
    at: Mapped[CallbackTime] = mapped_column(enum_column(CallbackTime))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))


class PhoneCall(Base, Created):
    """A call in which a team member acts for an employer; the trail of what was done carries its id."""

    __tablename__ = "phone_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    ended_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]

    employer: Mapped[Employer] = relationship(lazy="raise")
