"""Reading the trail of one company: its history for the team, and what was done during a phone call."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.employers.models import Employer, Location, Member, PhoneCall, Vacancy
from portal.employers.vocabulary import EmployersAction
from portal.kernel.audit import AuditEntry, action_of
from portal.kernel.i18n import LazyString
from portal.kernel.permissions import Role

HISTORY_LENGTH = 60
CALL_ACTIONS = (EmployersAction.CALL_STARTED, EmployersAction.CALL_ENDED, EmployersAction.CALL_CONFIRMED)
TitleFinder = Callable[[Session, Collection[int]], Mapping[int, str]]
TITLES: dict[str, TitleFinder] = {}
"""How the things in a trail are called, by table; slices above add theirs."""


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One thing that happened to a company."""

    at: datetime
    label: str | LazyString
    who: str | LazyString
    by_phone: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done during a call."""

    label: str | LazyString
    title: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call: with whom, by whom, and how far it is."""

    id: int
    employer_id: int
    employer_name: str
    user_id: int
    user_name: str
    started_at: datetime
    ended_at: datetime | None
    confirmed_at: datetime | None


def label_of(action: str) -> str | LazyString:
    """The words for an action."""
    found = action_of(action)
    return found.label if found else action


def employer_history(session: Session, employer_id: int) -> list[TrailRow]:
    """What happened to a company, its places, people, vacancies and in calls for it; the newest part, oldest first."""
    rows = session.execute(
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(or_(*_about(employer_id)), AuditEntry.action != EmployersAction.CALL_ENDED.value)
        .order_by(AuditEntry.id.desc())
        .limit(HISTORY_LENGTH)
    ).all()
    return [_trail_row(entry, name) for entry, name in reversed(rows)]


def _about(employer_id: int) -> list[ColumnElement[bool]]:
    own = [and_(AuditEntry.subject_type == Employer.__tablename__, AuditEntry.subject_id == employer_id)]
    for table in (Location, Member, Vacancy, PhoneCall):
        ids = select(table.id).where(table.employer_id == employer_id)
        own.append(and_(AuditEntry.subject_type == table.__tablename__, AuditEntry.subject_id.in_(ids)))
    return own


def _trail_row(entry: AuditEntry, name: str | None) -> TrailRow:
    role = Role(entry.actor_role)
    return TrailRow(entry.at, label_of(entry.action), name or entry.actor_name or role.label, _by_phone(entry))


def _by_phone(entry: AuditEntry) -> bool:
    return entry.phone_call_id is not None or entry.action == EmployersAction.CALL_STARTED.value


def deeds_of_call(session: Session, call_id: int) -> list[Deed]:
    """What was done during a call, each thing once, in its order; accounts and the call itself are left out."""
    entries = session.execute(
        select(AuditEntry.action, AuditEntry.subject_type, AuditEntry.subject_id)
        .where(
            AuditEntry.phone_call_id == call_id,
            AuditEntry.subject_type != User.__tablename__,
            AuditEntry.action.not_in([action.value for action in CALL_ACTIONS]),
        )
        .order_by(AuditEntry.id)
    ).all()
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        wanted.setdefault(entry.subject_type, set()).add(entry.subject_id)
    titles = {kind: TITLES[kind](session, ids) for kind, ids in wanted.items() if kind in TITLES}
    once = dict.fromkeys(
        (entry.action, titles.get(entry.subject_type, {}).get(entry.subject_id, "")) for entry in entries
    )
    return [Deed(label_of(action), title) for action, title in once]


def phone_call(session: Session, call_id: int) -> CallRow | None:
    """One call."""
    return _call(session, PhoneCall.id == call_id)


def open_call(session: Session, user_id: int | None) -> CallRow | None:
    """The call that this member of the team is in."""
    return _call(session, and_(PhoneCall.user_id == user_id, PhoneCall.ended_at.is_(None)))


def _call(session: Session, condition: ColumnElement[bool]) -> CallRow | None:
    row = session.execute(
        select(PhoneCall, Employer.name, User.name)
        .join(Employer, Employer.id == PhoneCall.employer_id)
        .join(User, User.id == PhoneCall.user_id)
        .where(condition)
        .order_by(PhoneCall.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    call, employer_name, user_name = row
    return CallRow(
        call.id,
        call.employer_id,
        employer_name,
        call.user_id,
        user_name,
        call.created_at,
        call.ended_at,
        call.confirmed_at,
    )


def _vacancy_titles(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    rows = session.execute(select(Vacancy.id, Vacancy.title).where(Vacancy.id.in_(ids)))
    return {row.id: row.title for row in rows}


def _member_names(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    rows = session.execute(select(Member.id, Member.name).where(Member.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _location_streets(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    rows = session.execute(select(Location.id, Location.street, Location.city).where(Location.id.in_(ids)))
    return {location_id: f"{street}, {city}" for location_id, street, city in rows}


TITLES[Vacancy.__tablename__] = _vacancy_titles
TITLES[Member.__tablename__] = _member_names
TITLES[Location.__tablename__] = _location_streets
