"""A free place is offered, not given: held until a deadline for who waits longest; silence passes it on."""

from collections.abc import Collection

from sqlalchemy import or_, select

from portal.events import places, rules
from portal.events.models import Registration, Tour
from portal.events.notifications import FreePlaceCall, OfferLapsed, PlaceOffered, TourPlaceConfirmed, place_facts
from portal.events.policies import can_handle_registration
from portal.events.vocabulary import EventsAction, RegistrationStatus
from portal.kernel.errors import ConflictError, NotFoundError
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork
from portal.participants import call_tasks, queries
from portal.participants.contact import ask_team_to_call, channel_of, tell
from portal.participants.models import CallTask
from portal.participants.policies import visible_call_tasks
from portal.participants.rules import tell_soon
from portal.participants.vocabulary import Channel

S = RegistrationStatus


def offer_free_places(uow: UnitOfWork, tour: Tour) -> None:
    """Offer every free place to who waits longest; late, put the waiting people on the team's call list instead.

    The caller holds the tour's lock.
    """
    if tour.free_places <= 0 or not rules.is_open(tour.status, tour.starts_at, uow.now):
        return
    deadline = rules.reply_deadline(uow.now, tour.starts_at)
    if deadline is None:
        _call_in_order(uow, tour)
        return
    for registration in places.fill(uow, tour):
        by_mail = channel_of(registration.participant) is Channel.MAIL
        registration.offered_at = uow.now
        registration.offer_told_at = uow.now if by_mail else None
        registration.offer_ends_at = deadline if by_mail else None
        uow.audit(EventsAction.REGISTRATION_OFFERED, registration, until=registration.offer_ends_at)
        facts = place_facts(tour, registration, registration.participant, uow.now)
        offer = PlaceOffered(**facts, deadline=deadline.isoformat() if by_mail else None)
        tell(uow, registration.participant, offer, registration_id=registration.id, due_at=tell_soon(uow.now))


def accept_offer(uow: UnitOfWork, *, registration_id: int, link_version: int | None = None) -> None:
    """Take the place that is held. A second tap is not an error; too late is."""
    tour, registration = own_registration(uow, registration_id, link_version)
    if registration.status is S.CONFIRMED:
        return
    ends_at = registration.offer_ends_at
    if registration.status is not S.OFFERED or (ends_at is not None and uow.now > ends_at):
        raise ConflictError("offer_ended")
    rules.check_registration_open(tour.status, tour.starts_at, uow.now)
    places.confirm(tour, registration)
    uow.audit(EventsAction.REGISTRATION_ACCEPTED, registration)
    tell_confirmed(uow, tour, registration)


def decline_offer(uow: UnitOfWork, *, registration_id: int, link_version: int | None = None) -> None:
    """Let the place go to the next."""
    tour, registration = own_registration(uow, registration_id, link_version)
    if registration.status is S.CANCELLED:
        return
    if registration.status is not S.OFFERED:
        raise ConflictError("offer_ended")
    places.give_back(uow, tour, registration, S.CANCELLED)
    uow.audit(EventsAction.REGISTRATION_CANCELLED, registration, offer="declined")
    call_tasks.drop_for_registration(uow, registration.id)
    offer_free_places(uow, tour)


def confirm_by_phone(uow: UnitOfWork, *, registration_id: int) -> None:
    """Somebody on the call list says yes to a free place. Raises ConflictError('no_free_place') when it is gone."""
    tour, registration = own_registration(uow, registration_id, None)
    if registration.status is S.CONFIRMED:
        return
    if not registration.status.is_active:
        raise ConflictError("offer_ended")
    rules.check_registration_open(tour.status, tour.starts_at, uow.now)
    places.confirm(tour, registration)
    uow.audit(EventsAction.REGISTRATION_ACCEPTED, registration, by="phone")
    tell_confirmed(uow, tour, registration)
    drop_needless_calls(uow, tour)


def note_told(uow: UnitOfWork, *, call_task_id: int) -> None:
    """A message was told; when it was an offer, its clock starts now."""
    uow.actor.require(Permission.PARTICIPANTS_CALL_TASK_HANDLE)
    task = uow.session.scalars(visible_call_tasks(uow.actor).where(CallTask.id == call_task_id)).one_or_none()
    if task is None:
        raise NotFoundError
    if task.message_name != PlaceOffered.name or task.registration_id is None:
        call_tasks.mark_told(uow, call_task_id=call_task_id)
        return
    tour, registration = places.lock_registration(uow, task.registration_id)
    call_tasks.mark_told(uow, call_task_id=call_task_id)
    if registration.status is S.OFFERED and registration.offer_told_at is None:
        registration.offer_told_at = uow.now
        registration.offer_ends_at = rules.told_deadline(uow.now, tour.starts_at)
        uow.audit(EventsAction.REGISTRATION_TOLD, registration, until=registration.offer_ends_at)


def lapse_offers(uow: UnitOfWork) -> int:
    """Pass on the places of who did not answer, and those of offers that nobody could tell in time. A worker's duty."""
    uow.actor.require(Permission.SYSTEM_JOB_RUN)
    lapsed = 0
    for tour_id in _tours_with_doubtful_offers(uow):
        tour = places.lock_tour(uow, tour_id)
        lapsed += _lapse_offers_of(uow, tour)
    _drop_calls_of_past_tours(uow)
    return lapsed


def drop_needless_calls(uow: UnitOfWork, tour: Tour) -> None:
    """No free place, no calls about one."""
    if tour.free_places <= 0:
        waiting = [registration.id for registration in places.waiting(uow, tour)]
        call_tasks.drop_for_registrations(uow, waiting, FreePlaceCall.name)


def tell_confirmed(uow: UnitOfWork, tour: Tour, registration: Registration, *, supersede: bool = True) -> None:
    """Send the invitation, or let somebody tell it."""
    confirmed = TourPlaceConfirmed(**place_facts(tour, registration, registration.participant, uow.now))
    tell(uow, registration.participant, confirmed, registration_id=registration.id, supersede=supersede)


def own_registration(uow: UnitOfWork, registration_id: int, link_version: int | None) -> tuple[Tour, Registration]:
    """A registration under lock that this actor may act on. Raises NotFoundError for anybody else."""
    uow.actor.require(Permission.EVENTS_TOUR_REGISTER)
    tour, registration = places.lock_registration(uow, registration_id)
    if not can_handle_registration(uow.actor, registration, registration.participant, link_version):
        raise NotFoundError
    return tour, registration


def _tours_with_doubtful_offers(uow: UnitOfWork) -> Collection[int]:
    """In the order of their numbers, because that is the order of locks."""
    return uow.session.scalars(
        select(Registration.tour_id)
        .where(
            Registration.status == S.OFFERED,
            or_(Registration.offer_ends_at < uow.now, Registration.offer_ends_at.is_(None)),
        )
        .distinct()
        .order_by(Registration.tour_id)
    ).all()


def _lapse_offers_of(uow: UnitOfWork, tour: Tour) -> int:
    open_offers = places.registrations(uow, tour, S.OFFERED)
    lapsed = [offer for offer in open_offers if offer.offer_ends_at is not None and offer.offer_ends_at < uow.now]
    too_late = rules.reply_deadline(uow.now, tour.starts_at) is None
    untold = [offer for offer in open_offers if offer.offer_ends_at is None and too_late]
    for registration in lapsed:
        places.give_back(uow, tour, registration, S.LAPSED)
        uow.audit(EventsAction.REGISTRATION_LAPSED, registration)
        facts = place_facts(tour, registration, registration.participant, uow.now)
        tell(uow, registration.participant, OfferLapsed(**facts), registration_id=registration.id)
    for registration in untold:
        places.back_to_queue(tour, registration)
        call_tasks.drop_for_registration(uow, registration.id)
        uow.audit(EventsAction.REGISTRATION_QUEUED, registration, offer="not told")
    if lapsed or untold:
        uow.flush()
        offer_free_places(uow, tour)
    return len(lapsed)


def _call_in_order(uow: UnitOfWork, tour: Tour) -> None:
    waiting = places.waiting(uow, tour)
    called = queries.open_calls(uow.session, [row.id for row in waiting], FreePlaceCall.name)
    for registration in waiting:
        if registration.id not in called:
            call = FreePlaceCall(**place_facts(tour, registration, registration.participant, uow.now))
            call_tasks.drop_for_registration(uow, registration.id)
            ask_team_to_call(uow, registration.participant, call, registration_id=registration.id, due_at=uow.now)


def _drop_calls_of_past_tours(uow: UnitOfWork) -> None:
    called = queries.registrations_with_calls(uow.session)
    if not called:
        return
    past = uow.session.scalars(
        select(Registration.id).join(Tour).where(Registration.id.in_(called), Tour.ends_at < uow.now)
    ).all()
    if past:
        call_tasks.drop_for_registrations(uow, past)
        uow.without_audit("news about a tour that is over")
