"""Reading one company: what it sees of itself, its places and its people."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import User
from portal.employers import policies
from portal.employers.models import Employer, Location, Member, Sector, Vacancy
from portal.employers.vocabulary import MemberRole, MemberStatus
from portal.kernel.permissions import Actor


@dataclass(frozen=True, slots=True)
class PersonCard:
    """How to reach somebody of the team; the phone is E.164."""

    name: str
    phone: str | None
    email: str


@dataclass(frozen=True, slots=True)
class LocationRow:
    """One place of a company."""

    id: int
    establishment_number: str | None
    street: str
    postcode: str
    city: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A contact person, as the company and the team see one."""

    id: int
    employer_id: int
    name: str
    job_title: str | None
    email: str | None
    phone: str | None
    role: MemberRole
    status: MemberStatus
    reason: str | None
    user_id: int | None
    has_signed_in: bool
    is_confirmed: bool
    location_id: int | None
    created_at: datetime

    @property
    def is_active(self) -> bool:
        """Whether this person acts for the company now."""
        return self.status is MemberStatus.ACTIVE


@dataclass(frozen=True, slots=True)
class OwnCompany:
    """What the start page of a company needs."""

    employer: Employer
    sector_name: str
    contact: PersonCard | None
    vacancy_states: tuple[str, ...]
    requests: int


@dataclass(frozen=True, slots=True)
class OwnMembership:
    """How somebody without an active company stands: asked to join, was refused, left."""

    company: str
    status: MemberStatus
    reason: str | None


def own_company(session: Session, actor: Actor) -> OwnCompany | None:
    """The company that the actor acts for, with its state; two statements."""
    contact = aliased(User)
    requests = (
        select(func.count())
        .select_from(Member)
        .join(User, User.id == Member.user_id)
        .where(
            Member.employer_id == Employer.id,
            Member.status == MemberStatus.REQUESTED,
            User.email_confirmed_at.is_not(None),
        )
        .scalar_subquery()
    )
    row = session.execute(
        policies.visible_employers(actor)
        .where(Employer.id == actor.employer_id)
        .join(Sector, Sector.id == Employer.sector_id)
        .outerjoin(contact, and_(contact.id == Employer.team_contact_id, contact.active))
        .add_columns(Sector.name, contact.name, contact.phone, contact.email, requests)
    ).one_or_none()
    if row is None:
        return None
    employer, sector_name, name, phone, email, asked = row
    states = session.scalars(select(Vacancy.status).where(Vacancy.employer_id == employer.id))
    person = PersonCard(name, phone, email) if name is not None else None
    return OwnCompany(employer, sector_name, person, tuple(state.value for state in states), asked)


def own_membership(session: Session, user_id: int | None) -> OwnMembership | None:
    """How somebody who acts for no company stands."""
    row = session.execute(
        select(Employer.name, Member.status, Member.reason)
        .join(Employer, Employer.id == Member.employer_id)
        .where(Member.user_id == user_id)
    ).one_or_none()
    return OwnMembership(*row) if row else None


def locations(session: Session, employer_id: int) -> list[LocationRow]:
    """The places of a company, the oldest first."""
    rows = session.execute(
        select(
            Location.id,
            Location.establishment_number,
            Location.street,
            Location.postcode,
            Location.city,
            Location.accepted,
        )
        .where(Location.employer_id == employer_id)
        .order_by(Location.accepted.desc(), Location.id)
    )
    return [LocationRow(*row) for row in rows]


def members(session: Session, actor: Actor, employer_id: int, *, everybody: bool = False) -> list[MemberRow]:
    """The people of a company who act, or ask to and proved their mail address; `everybody`: also who left."""
    rows = session.execute(
        policies.visible_members(actor)
        .where(Member.employer_id == employer_id)
        .outerjoin(User, User.id == Member.user_id)
        .add_columns(User.last_sign_in_at, User.email_confirmed_at)
        .order_by(Member.role != MemberRole.OWNER, Member.id)
    )
    found = [_member(member, signed_in, confirmed) for member, signed_in, confirmed in rows]
    shown = found if everybody and actor.is_team else [row for row in found if _shown_to_company(row)]
    order = list(MemberStatus)
    return sorted(shown, key=lambda row: order.index(row.status))


def _shown_to_company(row: MemberRow) -> bool:
    return row.is_active or (row.status is MemberStatus.REQUESTED and row.is_confirmed)


def _member(member: Member, signed_in: datetime | None, confirmed: datetime | None) -> MemberRow:
    return MemberRow(
        member.id,
        member.employer_id,
        member.name,
        member.job_title,
        member.email,
        member.phone,
        member.role,
        member.status,
        member.reason,
        member.user_id,
        signed_in is not None,
        confirmed is not None,
        member.location_id,
        member.created_at,
    )


def member_of(session: Session, actor: Actor, member_id: int) -> MemberRow | None:
    """One contact person, when the actor may see one."""
    row = session.execute(
        policies.visible_members(actor)
        .where(Member.id == member_id)
        .outerjoin(User, User.id == Member.user_id)
        .add_columns(User.last_sign_in_at, User.email_confirmed_at)
    ).one_or_none()
    if row is None:
        return None
    found = _member(*row)
    everybody = actor.is_team and not actor.by_phone
    return found if everybody or _shown_to_company(found) else None
