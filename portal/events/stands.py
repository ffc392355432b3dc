"""Booking a stand and giving it back. The fair's row is the lock: what is decided under it stays true (ADR 0004)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.employers.queries import EmployerCard, employer_card
from portal.events import fair_rules
from portal.events.fair_notifications import StandBooked, StandReleased, stand_facts
from portal.events.fair_policies import can_release_stand, is_own_booking
from portal.events.fair_queries import sector_limit
from portal.events.job_fairs import lock_fair
from portal.events.models import JobFair, Stand, StandBooking
from portal.events.stand_queries import Holder, place_of, receivers, stands_with_holders, taken_of
from portal.events.vocabulary import BookingStatus, EventsAction
from portal.kernel.db import constraint_of
from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.permissions import EMPLOYER_ROLES, Permission
from portal.kernel.phones import display
from portal.kernel.uow import UnitOfWork

GUARDS = {
    "uq_stand_booking_stand_id": "stand_taken",
    "uq_stand_booking_fair_id_employer_id": "stand_already_yours",
}
"""The unique indexes behind the lock, and what a person reads when one of them was needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandWish:
    """What an employer asks for; without a stand the first that fits."""

    stand_id: int | None = None
    needs_power: bool = False
    brings: str | None = None


@dataclass(frozen=True, slots=True)
class BookingResult:
    """The stand that an employer has now."""

    booking_id: int
    number: int
    is_new: bool


def book_stand(uow: UnitOfWork, *, fair_id: int, wish: StandWish, employer_id: int | None = None) -> BookingResult:
    """Take a stand: an employer for itself, the team for the employer that it names. Twice is the same answer."""
    employer = _employer(uow, employer_id)
    fair = lock_fair(uow, fair_id)
    fair_rules.check_booking_open(fair.status, fair.starts_at, uow.now, by_team=not _is_employer(uow))
    pairs = stands_with_holders(uow.session, fair_id)
    stand = _decide(uow, fair, pairs, employer, wish)
    if isinstance(stand, BookingResult):
        return stand
    booking = _insert(uow, fair, stand, employer, wish)
    uow.audit(EventsAction.STAND_BOOKED, booking, stand=stand.number, fair=fair.id, needs_power=wish.needs_power)
    recipient = receivers(uow.session, [booking])[booking.id]
    if recipient is not None:
        uow.notify(recipient, StandBooked(**stand_facts(fair, booking, stand.number, uow.now)))
    return BookingResult(booking.id, stand.number, is_new=True)


def release_stand(uow: UnitOfWork, *, booking_id: int, reason: str = "") -> None:
    """Give a stand back: an employer its own, the team any with a reason. Twice is the same answer."""
    found = uow.session.get(StandBooking, booking_id)
    if found is None or not can_release_stand(uow.actor, found):
        raise NotFoundError
    fair = lock_fair(uow, found.fair_id)
    booking, number = _reread(uow, booking_id)
    if booking.status is BookingStatus.RELEASED:
        return
    own = is_own_booking(uow.actor, booking)
    if not own and not reason.strip():
        raise InvalidError("text_needed")
    if not fair_rules.may_release(fair.status, fair.starts_at, uow.now):
        raise ConflictError("fair_closed_release")
    booking.status = BookingStatus.RELEASED
    booking.released_at = uow.now
    booking.reason = reason.strip() or None
    uow.audit(EventsAction.STAND_RELEASED, booking, stand=number, fair=fair.id, by_employer=own)
    recipient = receivers(uow.session, [booking])[booking.id]
    if recipient is not None:
        facts = stand_facts(fair, booking, number, uow.now)
        facts["sequence"] += 1
        uow.notify(recipient, StandReleased(**facts))


def _employer(uow: UnitOfWork, employer_id: int | None) -> EmployerCard:
    """For whom the stand is; only an approved employer gets one."""
    if employer_id is None:
        uow.actor.require(Permission.EVENTS_STAND_BOOK)
        employer_id = uow.actor.employer_id
    else:
        uow.actor.require(Permission.EVENTS_FAIR_MANAGE)
    if employer_id is None:
        raise NotAllowedError
    card = employer_card(uow.session, employer_id)
    if card is None:
        raise NotFoundError
    if not card.is_approved:
        raise ConflictError("stand_employer_not_approved")
    return card


def _decide(
    uow: UnitOfWork,
    fair: JobFair,
    pairs: list[tuple[Stand, Holder | None]],
    employer: EmployerCard,
    wish: StandWish,
) -> Stand | BookingResult:
    """The stand to book, or the booking that is there already; the fair is under lock."""
    taken = taken_of(pairs)
    stands = {stand.id: stand for stand, _holder in pairs}
    own = fair_rules.booking_of(taken, employer.id)
    if own is not None:
        if wish.stand_id in {None, own.stand_id}:
            return BookingResult(own.booking_id, own.number, is_new=False)
        raise ConflictError("stand_already_yours", number=own.number)
    phone = display(uow.settings.team_phone)
    fair_rules.check_sector(sector_limit(fair), taken, employer.sector_key, sector=employer.sector_name, phone=phone)
    if wish.stand_id is None:
        return _first_fitting(pairs, wish, phone)
    stand = stands.get(wish.stand_id)
    if stand is None:
        raise NotFoundError
    fair_rules.check_free(taken, stand.id, stand.number)
    fair_rules.check_power(wish.needs_power, stand.has_power, stand.number)
    return stand


def _first_fitting(pairs: list[tuple[Stand, Holder | None]], wish: StandWish, phone: str) -> Stand:
    free = {stand.number: stand for stand, holder in pairs if holder is None}
    fitting = fair_rules.first_fitting([place_of(stand) for stand in free.values()], needs_power=wish.needs_power)
    if fitting is None:
        raise ConflictError("no_stand_fits", phone=phone)
    return free[fitting.number]


def _insert(uow: UnitOfWork, fair: JobFair, stand: Stand, employer: EmployerCard, wish: StandWish) -> StandBooking:
    booking = StandBooking(
        fair_id=fair.id,
        stand_id=stand.id,
        employer_id=employer.id,
        status=BookingStatus.BOOKED,
        needs_power=wish.needs_power,
        brings=(wish.brings or "").strip() or None,
        booked_by_id=uow.actor.user_id if _is_employer(uow) else None,
        created_at=uow.now,
    )
    number = stand.number
    uow.session.add(booking)
    try:
        uow.flush()
    except IntegrityError as problem:
        code = GUARDS.get(constraint_of(problem) or "")
        if code is None:
            raise
        raise ConflictError(code, number=number) from problem
    return booking


def _reread(uow: UnitOfWork, booking_id: int) -> tuple[StandBooking, int]:
    row = uow.session.execute(
        select(StandBooking, Stand.number)
        .join(Stand, Stand.id == StandBooking.stand_id)
        .where(StandBooking.id == booking_id)
        .execution_options(populate_existing=True)
    ).one()
    return row[0], row[1]


def _is_employer(uow: UnitOfWork) -> bool:
    return uow.actor.role in EMPLOYER_ROLES
