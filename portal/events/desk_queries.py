"""What the desks of the team and the coaches read: one registration, somebody's tours, the logs, the cards to print."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.employers.models import Employer
from portal.events.models import Registration, Tour
from portal.events.vocabulary import RegistrationStatus
from portal.kernel.audit import AuditEntry, LookEntry, action_of
from portal.kernel.errors import NotFoundError
from portal.kernel.i18n import LazyString
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.permissions import Actor, Role
from portal.participants.models import Participant
from portal.participants.policies import visible_participants

S = RegistrationStatus
ACTIVE = (S.CONFIRMED, S.OFFERED, S.WAITING)
LOG_SIZE = 50
LOOKS = 20


@dataclass(frozen=True, slots=True)
class DeskRegistration:
    """A registration with whom and what it is about, for somebody who may act on it."""

    registration: Registration
    person: Participant
    tour: Tour
    employer_name: str


@dataclass(frozen=True, slots=True)
class LogRow:
    """Something that happened: when, what, to which code, by whom."""

    at: datetime
    what: str | LazyString
    about: str
    who: str | LazyString
    by_phone: bool


@dataclass(frozen=True, slots=True)
class LookRow:
    """Somebody looked at a person's page."""

    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class CardRow:
    """What stands on the card that a coach gives to somebody."""

    registration: Registration
    person: Participant
    tour: Tour
    employer_name: str
    coach_name: str | None
    coach_phone: str | None


def registration_of(session: Session, actor: Actor, registration_id: int) -> DeskRegistration:
    """One registration, as far as its person exists for this actor. Raises NotFoundError."""
    row = session.execute(_desk(actor).where(Registration.id == registration_id)).one_or_none()
    if row is None:
        raise NotFoundError
    return DeskRegistration(*row)


def registrations_of(
    session: Session, actor: Actor, *, ids: Collection[int] = (), participant_id: int | None = None
) -> list[DeskRegistration]:
    """Some registrations, or all of one person, as far as they exist for this actor; the newest tour first."""
    wanted = Registration.id.in_(ids) if participant_id is None else Registration.participant_id == participant_id
    rows = session.execute(_desk(actor).where(wanted).order_by(Tour.starts_at.desc(), Registration.id.desc()))
    return [DeskRegistration(*row) for row in rows]


def registered(session: Session, tour_id: int, participant_ids: Collection[int]) -> set[int]:
    """Which of these people have a place, an offer or a spot on the waiting list of a tour."""
    if not participant_ids:
        return set()
    return set(
        session.scalars(
            select(Registration.participant_id).where(
                Registration.tour_id == tour_id,
                Registration.status.in_(ACTIVE),
                Registration.participant_id.in_(participant_ids),
            )
        )
    )


def cards(session: Session, actor: Actor, ids: Collection[int]) -> list[CardRow]:
    """The cards for these registrations, as far as they exist for this actor and are not over."""
    rows = session.execute(
        _desk(actor)
        .outerjoin(User, and_(User.id == Participant.coach_id, User.active))
        .add_columns(User.name, User.phone)
        .where(Registration.id.in_(ids), Registration.status.in_(ACTIVE))
        .order_by(Tour.starts_at, func.lower(Participant.first_name), Registration.id)
    )
    return [CardRow(*row) for row in rows]


def tour_log(session: Session, tour_id: int, *, number: int = 1) -> tuple[list[LogRow], int]:
    """One page of what happened to a tour and its registrations, the newest first; and how much there is."""
    mine = select(Registration.id).where(Registration.tour_id == tour_id)
    about = or_(
        and_(AuditEntry.subject_type == Tour.__tablename__, AuditEntry.subject_id == tour_id),
        and_(AuditEntry.subject_type == Registration.__tablename__, AuditEntry.subject_id.in_(mine)),
    )
    total = session.scalar(select(func.count()).select_from(AuditEntry).where(about)) or 0
    ticket: ColumnElement[bool] = and_(
        AuditEntry.subject_type == Registration.__tablename__, Registration.id == AuditEntry.subject_id
    )
    rows = session.execute(
        select(AuditEntry, Registration.ticket, User.name)
        .outerjoin(Registration, ticket)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(about)
        .order_by(AuditEntry.id.desc())
        .limit(LOG_SIZE)
        .offset((number - 1) * LOG_SIZE)
    )
    return [_log_row(entry, code, name) for entry, code, name in rows], total


def looks_at(session: Session, participant_id: int) -> list[LookRow]:
    """Who looked at this person's page last, the newest first."""
    rows = session.execute(
        select(LookEntry.at, User.name)
        .join(User, User.id == LookEntry.actor_id)
        .where(LookEntry.subject_type == Participant.__tablename__, LookEntry.subject_id == participant_id)
        .order_by(LookEntry.id.desc())
        .limit(LOOKS)
    )
    return [LookRow(at, name) for at, name in rows]


def person_log(session: Session, participant_id: int) -> Sequence[LogRow]:
    """What happened to what is known of a person, the newest first."""
    rows = session.execute(
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.subject_type == Participant.__tablename__, AuditEntry.subject_id == participant_id)
        .order_by(AuditEntry.id.desc())
        .limit(LOG_SIZE)
    )
    return [_log_row(entry, None, name) for entry, name in rows]


def _desk(actor: Actor) -> Select[Registration, Participant, Tour, str]:
    people = visible_participants(actor).with_only_columns(Participant.id)
    return (
        select(Registration, Participant, Tour, Employer.name)
        .join(Participant, Participant.id == Registration.participant_id)
        .join(Tour, Tour.id == Registration.tour_id)
        .join(Employer, Employer.id == Tour.employer_id)
        .where(Participant.id.in_(people))
    )


def _log_row(entry: AuditEntry, ticket: str | None, name: str | None) -> LogRow:
    action = action_of(entry.action)
    return LogRow(
        at=entry.at,
        what=action.label if action else entry.action,
        about=ticket or "",
        who=name or _role(entry),
        by_phone=entry.phone_call_id is not None,
    )


def _role(entry: AuditEntry) -> str | LazyString:
    """Somebody without an account is named by the role, never by more."""
    if entry.actor_role == Role.VISITOR.value:
        return lazy("deelnemer zelf")
    if entry.actor_id is None and entry.actor_name and entry.actor_role != Role.SYSTEM.value:
        return entry.actor_name
    return Role(entry.actor_role).label
