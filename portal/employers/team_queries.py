"""Reading employers for the team: the list, one company with all that belongs to it, callbacks, sectors."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.employers import company_queries, policies, trail_queries
from portal.employers.company_queries import LocationRow, MemberRow, PersonCard
from portal.employers.models import CallbackRequest, Employer, Location, Member, Sector, Vacancy
from portal.employers.queries import SectorRow, first_location
from portal.employers.trail_queries import TrailRow
from portal.employers.vocabulary import (
    CallbackTime,
    EmployerSource,
    EmployerStatus,
    MemberRole,
    MemberStatus,
    SectorGroup,
    VacancyStatus,
)
from portal.kernel.permissions import Actor

WAITING_FIRST = (EmployerStatus.SUBMITTED, EmployerStatus.UNCONFIRMED, EmployerStatus.APPROVED, EmployerStatus.REFUSED)


@dataclass(frozen=True, slots=True)
class EmployerFilter:
    """What the team looks for."""

    words: str = ""
    status: EmployerStatus | None = None
    sector: str = ""


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """One line of the team's list."""

    id: int
    name: str
    kvk_number: str
    status: EmployerStatus
    source: EmployerSource
    sector_name: str
    city: str
    contact: str
    phone: str | None
    to_confirm: bool


@dataclass(frozen=True, slots=True)
class EmployerDetail:
    """One company as the team sees it."""

    employer: Employer
    sector: SectorRow
    contact: PersonCard | None
    decided_by: str | None
    vacancies: int
    vacancies_waiting: int
    locations: list[LocationRow]
    members: list[MemberRow]
    history: list[TrailRow]

    @property
    def can_be_mailed(self) -> bool:
        """Whether anybody of the company gets mail."""
        return any(member.is_active and member.email for member in self.members)


@dataclass(frozen=True, slots=True)
class CallbackRow:
    """Somebody who wants to be called."""

    id: int
    name: str
    phone: str
    at: CallbackTime
    created_at: datetime
    done_at: datetime | None
    done_by: str | None


@dataclass(frozen=True, slots=True)
class SectorCount:
    """A sector with how many companies are in it."""

    id: int
    key: str
    name: str
    group: SectorGroup
    icon: str
    active: bool
    employers: int


def employer_list(
    session: Session, actor: Actor, wanted: EmployerFilter, *, offset: int, limit: int
) -> tuple[list[EmployerRow], int]:
    """One page of the team's list, what waits first, and how many there are; two statements."""
    conditions = _conditions(wanted)
    visible = policies.visible_employers(actor).join(Sector, Sector.id == Employer.sector_id).where(*conditions)
    total = session.scalar(visible.with_only_columns(func.count(Employer.id))) or 0
    first_member = (
        select(func.min(Member.id))
        .where(Member.employer_id == Employer.id, Member.status == MemberStatus.ACTIVE)
        .where(or_(Member.role == MemberRole.OWNER, ~_has_owner()))
        .correlate(Employer)
        .scalar_subquery()
    )
    rows = session.execute(
        visible.outerjoin(Location, Location.id == first_location().scalar_subquery())
        .outerjoin(Member, Member.id == first_member)
        .add_columns(Sector.name, Location.city, Member.name, Member.phone)
        .order_by(_rank(), func.lower(Employer.name), Employer.id)
        .offset(offset)
        .limit(limit)
    )
    return [_row(*row) for row in rows], total


def _has_owner() -> ColumnElement[bool]:
    owner = Member.__table__.alias("owner")
    return (
        select(owner.c.id)
        .where(
            owner.c.employer_id == Employer.id,
            owner.c.role == MemberRole.OWNER,
            owner.c.status == MemberStatus.ACTIVE,
        )
        .correlate(Employer)
        .exists()
    )


def _rank() -> ColumnElement[int]:
    """What waits for the team comes first, what was refused last."""
    ranks = {status: number for number, status in enumerate(WAITING_FIRST)}
    return case(ranks, value=Employer.status, else_=len(ranks))


def _conditions(wanted: EmployerFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.status is not None:
        found.append(Employer.status == wanted.status)
    if wanted.sector:
        found.append(or_(Sector.key == wanted.sector, Sector.group == _group(wanted.sector)))
    found += [_matches(word) for word in wanted.words.lower().split()[:6]]
    return found


def _group(text: str) -> SectorGroup | None:
    return SectorGroup(text) if text in SectorGroup.__members__.values() else None


def _matches(word: str) -> ColumnElement[bool]:
    """The word stands in the name, the KVK number, a place or a contact person of the company."""
    places = select(Location.employer_id).where(
        or_(
            func.lower(Location.city).contains(word, autoescape=True),
            Location.establishment_number.contains(word, autoescape=True),
        )
    )
    people = select(Member.employer_id).where(
        or_(
            func.lower(Member.name).contains(word, autoescape=True),
            func.lower(Member.email).contains(word, autoescape=True),
        )
    )
    return or_(
        func.lower(Employer.name).contains(word, autoescape=True),
        Employer.kvk_number.contains(word, autoescape=True),
        Employer.id.in_(places),
        Employer.id.in_(people),
    )


def _row(employer: Employer, sector: str, city: str | None, contact: str | None, phone: str | None) -> EmployerRow:
    return EmployerRow(
        employer.id,
        employer.name,
        employer.kvk_number,
        employer.status,
        employer.source,
        sector,
        city or "",
        contact or "",
        phone,
        employer.numbers_to_confirm,
    )


def status_counts(session: Session, actor: Actor) -> dict[EmployerStatus, int]:
    """How many companies are in each state."""
    rows = session.execute(
        policies.visible_employers(actor)
        .with_only_columns(Employer.status, func.count(Employer.id))
        .group_by(Employer.status)
    )
    return {row[0]: row[1] for row in rows}


def employer_detail(session: Session, actor: Actor, employer_id: int) -> EmployerDetail | None:
    """Everything about one company; four statements."""
    contact, decider = User.__table__.alias("contact"), User.__table__.alias("decider")
    count = select(func.count()).select_from(Vacancy).where(Vacancy.employer_id == Employer.id).correlate(Employer)
    waiting = count.where(Vacancy.status == VacancyStatus.SUBMITTED)
    row = session.execute(
        policies.visible_employers(actor)
        .where(Employer.id == employer_id)
        .join(Sector, Sector.id == Employer.sector_id)
        .outerjoin(contact, and_(contact.c.id == Employer.team_contact_id, contact.c.active))
        .outerjoin(decider, decider.c.id == Employer.decided_by_id)
        .add_columns(
            Sector,
            contact.c.name,
            contact.c.phone,
            contact.c.email,
            decider.c.name,
            count.scalar_subquery(),
            waiting.scalar_subquery(),
        )
    ).one_or_none()
    if row is None:
        return None
    employer, sector, name, phone, email, decided_by, vacancies, vacancies_waiting = row
    return EmployerDetail(
        employer=employer,
        sector=SectorRow(sector.id, sector.key, sector.name, sector.group, sector.icon),
        contact=PersonCard(name, phone, email) if name is not None else None,
        decided_by=decided_by,
        vacancies=vacancies,
        vacancies_waiting=vacancies_waiting,
        locations=company_queries.locations(session, employer_id),
        members=company_queries.members(session, actor, employer_id, everybody=True),
        history=trail_queries.employer_history(session, employer_id),
    )


def employer_to_edit(session: Session, actor: Actor, employer_id: int) -> tuple[Employer, Sector] | None:
    """One company with its sector, for a form."""
    row = session.execute(
        policies.visible_employers(actor)
        .where(Employer.id == employer_id)
        .join(Sector, Sector.id == Employer.sector_id)
        .add_columns(Sector)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def location_of(session: Session, actor: Actor, location_id: int) -> Location | None:
    """One place, when the actor may see it."""
    return session.scalar(policies.visible_locations(actor).where(Location.id == location_id))


def callbacks(session: Session, *, done: bool, offset: int, limit: int) -> tuple[list[CallbackRow], int]:
    """People who want to be called, who waits longest first; or those who were called, the latest first."""
    condition = CallbackRequest.done_at.is_not(None) if done else CallbackRequest.done_at.is_(None)
    order = CallbackRequest.done_at.desc() if done else CallbackRequest.created_at.asc()
    total = session.scalar(select(func.count(CallbackRequest.id)).where(condition)) or 0
    rows = session.execute(
        select(CallbackRequest, User.name)
        .outerjoin(User, User.id == CallbackRequest.done_by_id)
        .where(condition)
        .order_by(order, CallbackRequest.id)
        .offset(offset)
        .limit(limit)
    )
    found = [
        CallbackRow(row.id, row.name, row.phone, row.at, row.created_at, row.done_at, done_by) for row, done_by in rows
    ]
    return found, total


def sector_counts(session: Session) -> list[SectorCount]:
    """Every sector with the number of its companies, by group and name."""
    number = select(func.count()).where(Employer.sector_id == Sector.id).correlate(Sector).scalar_subquery()
    rows = session.execute(
        select(Sector.id, Sector.key, Sector.name, Sector.group, Sector.icon, Sector.active, number).order_by(
            Sector.name
        )
    )
    order = list(SectorGroup)
    return sorted((SectorCount(*row) for row in rows), key=lambda row: order.index(row.group))


def sector_by_id(session: Session, sector_id: int) -> Sector | None:
    """One sector, for a form."""
    return session.get(Sector, sector_id)
