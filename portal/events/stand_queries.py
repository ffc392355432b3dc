"""Reading the stands of a fair: who stands where, who hears of it, and whom somebody must call."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from portal.employers.models import Employer, Member, Sector
from portal.employers.queries import employer_contact
from portal.employers.trail_queries import TITLES
from portal.employers.vocabulary import MemberStatus
from portal.events.fair_rules import StandPlace, Taken
from portal.events.models import JobFair, Stand, StandBooking
from portal.events.vocabulary import BookingStatus
from portal.kernel.errors import NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.outbox import Recipient

BOOKED = StandBooking.status == BookingStatus.BOOKED


class Holder(NamedTuple):
    """Who has a stand: the booking with the company and its sector."""

    booking: StandBooking
    company: str
    sector_key: str
    sector: str
    sector_icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandRow:
    """A stand as everybody may see it: who stands there, and nothing about what they need."""

    id: int
    number: int
    x: float
    y: float
    width: float
    depth: float
    has_power: bool
    is_free: bool
    company: str
    sector: str
    sector_icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamStandRow(StandRow):
    """A stand as the team sees it, with what the employer needs."""

    booking_id: int | None
    employer_id: int | None
    needs_power: bool
    brings: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """An employer with a stand that gets no mail: somebody calls."""

    company: str
    number: int
    phone: str


def stands_with_holders(session: Session, fair_id: int) -> list[tuple[Stand, Holder | None]]:
    """The stands of a fair by number, with who has them; one statement."""
    rows = session.execute(
        select(Stand, StandBooking, Employer.name, Sector.key, Sector.name, Sector.icon)
        .outerjoin(StandBooking, and_(StandBooking.stand_id == Stand.id, BOOKED))
        .outerjoin(Employer, Employer.id == StandBooking.employer_id)
        .outerjoin(Sector, Sector.id == Employer.sector_id)
        .where(Stand.fair_id == fair_id)
        .order_by(Stand.number)
    )
    return [(row[0], Holder(*row[1:]) if row[1] is not None else None) for row in rows]


def stand_row(stand: Stand, holder: Holder | None) -> StandRow:
    """The stand for everybody."""
    return StandRow(
        id=stand.id,
        number=stand.number,
        x=stand.x,
        y=stand.y,
        width=stand.width,
        depth=stand.depth,
        has_power=stand.has_power,
        is_free=holder is None,
        company=holder.company if holder else "",
        sector=_(holder.sector) if holder else "",
        sector_icon=holder.sector_icon if holder else "",
    )


def team_stand_row(stand: Stand, holder: Holder | None) -> TeamStandRow:
    """The stand for the team."""
    row = stand_row(stand, holder)
    booking = holder.booking if holder else None
    return TeamStandRow(
        **{name: getattr(row, name) for name in StandRow.__dataclass_fields__},
        booking_id=booking.id if booking else None,
        employer_id=booking.employer_id if booking else None,
        needs_power=booking.needs_power if booking else False,
        brings=(booking.brings or "") if booking else "",
    )


def stand_by_number(session: Session, fair_id: int, number: int) -> Stand:
    """One stand. Raises NotFoundError when there is none with this number."""
    stand = session.scalar(select(Stand).where(Stand.fair_id == fair_id, Stand.number == number))
    if stand is None:
        raise NotFoundError
    return stand


def place_of(stand: Stand) -> StandPlace:
    """Where a stand stands."""
    return StandPlace(stand.number, stand.x, stand.y, stand.width, stand.depth, stand.has_power)


def taken_of(rows: Sequence[tuple[Stand, Holder | None]]) -> list[Taken]:
    """The bookings among the stands, for the rules."""
    return [
        Taken(holder.booking.id, stand.id, stand.number, holder.booking.employer_id, holder.sector_key)
        for stand, holder in rows
        if holder is not None
    ]


def receivers(session: Session, bookings: Sequence[StandBooking]) -> dict[int, Recipient | None]:
    """Who hears of each booking: who booked it, while still at that employer; else the employer's contact person."""
    bookers = {booking.booked_by_id for booking in bookings if booking.booked_by_id is not None}
    there: set[tuple[int | None, int]] = set()
    if bookers:
        found = session.execute(
            select(Member.user_id, Member.employer_id).where(
                Member.user_id.in_(bookers), Member.status == MemberStatus.ACTIVE
            )
        )
        there = {(user_id, employer_id) for user_id, employer_id in found}
    return {booking.id: _receiver(session, booking, there) for booking in bookings}


def calls_to_make(session: Session, fair_id: int) -> list[CallRow]:
    """Employers with a stand that get no mail, with a number to call."""
    bookings = session.scalars(select(StandBooking).where(StandBooking.fair_id == fair_id, BOOKED)).all()
    silent = [booking_id for booking_id, who in receivers(session, bookings).items() if who is None]
    return list(_calls(session, silent)) if silent else []


def _calls(session: Session, booking_ids: Collection[int]) -> Iterator[CallRow]:
    phone = (
        select(func.min(Member.phone))
        .where(Member.employer_id == Employer.id, Member.status == MemberStatus.ACTIVE)
        .correlate(Employer)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Employer.name, Stand.number, phone)
        .select_from(StandBooking)
        .join(Employer, Employer.id == StandBooking.employer_id)
        .join(Stand, Stand.id == StandBooking.stand_id)
        .where(StandBooking.id.in_(booking_ids))
        .order_by(Stand.number)
    )
    return (CallRow(name, number, number_to_call or "") for name, number, number_to_call in rows)


def _receiver(session: Session, booking: StandBooking, there: Collection[tuple[int | None, int]]) -> Recipient | None:
    if booking.booked_by_id is not None and (booking.booked_by_id, booking.employer_id) in there:
        return Recipient.user(booking.booked_by_id)
    return employer_contact(session, booking.employer_id)


def _booking_titles(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    rows = session.execute(
        select(StandBooking.id, Stand.number, JobFair.title)
        .join(Stand, Stand.id == StandBooking.stand_id)
        .join(JobFair, JobFair.id == StandBooking.fair_id)
        .where(StandBooking.id.in_(ids))
    )
    return {booking_id: _("stand %(number)s, %(fair)s", number=number, fair=fair) for booking_id, number, fair in rows}


TITLES[StandBooking.__tablename__] = _booking_titles
