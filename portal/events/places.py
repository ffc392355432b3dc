"""The only writer of a tour's counter of places. Every change starts with the tour's row under lock (ADR 0004).

The counter holds confirmed and offered places. The queue's order is the order of the registrations' numbers, which
are given out under the lock.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.events.models import Registration, Tour
from portal.events.queries import waiting_count
from portal.events.vocabulary import RegistrationStatus
from portal.kernel.errors import ConflictError, NotFoundError
from portal.kernel.uow import UnitOfWork

S = RegistrationStatus


def lock_tour(uow: UnitOfWork, tour_id: int) -> Tour:
    """The tour, as it is now, kept for this transaction alone."""
    tour = uow.session.scalars(
        select(Tour)
        .where(Tour.id == tour_id)
        .options(joinedload(Tour.employer, innerjoin=True))
        .with_for_update(of=Tour)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if tour is None:
        raise NotFoundError
    return tour


def lock_registration(uow: UnitOfWork, registration_id: int) -> tuple[Tour, Registration]:
    """A registration with its participant, and its tour, under the tour's lock."""
    tour_id = uow.session.scalar(select(Registration.tour_id).where(Registration.id == registration_id))
    if tour_id is None:
        raise NotFoundError
    tour = lock_tour(uow, tour_id)
    registration = uow.session.scalars(
        select(Registration)
        .where(Registration.id == registration_id)
        .options(joinedload(Registration.participant, innerjoin=True))
        .execution_options(populate_existing=True)
    ).one()
    return tour, registration


def take_or_queue(uow: UnitOfWork, tour: Tour, registration: Registration) -> int | None:
    """A place when one is free and nobody waits for it, else the end of the queue: returns the place in the queue."""
    waiting = waiting_count(uow.session, tour.id)
    tour.tickets_issued += 1
    if tour.free_places > 0 and waiting == 0:
        registration.status = S.CONFIRMED
        tour.places_taken += 1
        return None
    registration.status = S.WAITING
    return waiting + 1


def fill(uow: UnitOfWork, tour: Tour) -> list[Registration]:
    """Hold every free place for the people who wait longest; returns them, with their participants."""
    if tour.free_places <= 0:
        return []
    next_ones = waiting(uow, tour, tour.free_places)
    for registration in next_ones:
        registration.status = S.OFFERED
        tour.places_taken += 1
    return next_ones


def confirm(tour: Tour, registration: Registration) -> None:
    """An offered place becomes theirs; somebody who waits gets a free place."""
    if registration.status is S.WAITING:
        if tour.free_places <= 0:
            raise ConflictError("no_free_place")
        tour.places_taken += 1
    registration.status = S.CONFIRMED
    _forget_offer(registration)


def give_back(uow: UnitOfWork, tour: Tour, registration: Registration, status: RegistrationStatus) -> None:
    """End a registration; a place that was taken or held becomes free."""
    if registration.status.takes_place:
        tour.places_taken -= 1
    registration.status = status
    registration.ended_at = uow.now
    registration.offer_ends_at = None


def back_to_queue(tour: Tour, registration: Registration) -> None:
    """An offer that nobody could tell: the person keeps the old place in the queue."""
    tour.places_taken -= 1
    registration.status = S.WAITING
    _forget_offer(registration)


def set_capacity(tour: Tour, capacity: int) -> None:
    """Another number of places, never below what is taken or held."""
    if capacity < tour.places_taken:
        raise ConflictError("below_taken", taken=tour.places_taken)
    tour.capacity = capacity


def waiting(uow: UnitOfWork, tour: Tour, limit: int | None = None) -> list[Registration]:
    """The people who wait, longest first, with their participants."""
    return registrations(uow, tour, S.WAITING, limit=limit)


def registrations(
    uow: UnitOfWork, tour: Tour, *statuses: RegistrationStatus, limit: int | None = None
) -> list[Registration]:
    """The registrations in one of these states, in the order of the queue, with their participants."""
    return list(
        uow.session.scalars(
            select(Registration)
            .where(Registration.tour_id == tour.id, Registration.status.in_(statuses))
            .options(joinedload(Registration.participant, innerjoin=True))
            .order_by(Registration.id)
            .limit(limit)
            .execution_options(populate_existing=True)
        )
    )


def counted(uow: UnitOfWork, tour_id: int) -> int:
    """How many places the registrations say are taken; the counter must say the same."""
    taken = (Registration.tour_id == tour_id, Registration.status.in_((S.CONFIRMED, S.OFFERED)))
    return uow.session.scalar(select(func.count()).select_from(Registration).where(*taken)) or 0


def _forget_offer(registration: Registration) -> None:
    registration.offered_at = None
    registration.offer_told_at = None
    registration.offer_ends_at = None
