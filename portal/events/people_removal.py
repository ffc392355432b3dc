"""Removing a participant's data: the places that person has go to who waits, then the data goes."""

from sqlalchemy import select

from portal.events import places
from portal.events.models import Registration, Tour
from portal.events.offers import offer_free_places
from portal.events.vocabulary import EventsAction, RegistrationStatus
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork
from portal.participants.people_edit import erase_person

S = RegistrationStatus
ACTIVE = (S.CONFIRMED, S.OFFERED, S.WAITING)


def remove_participant(uow: UnitOfWork, *, participant_id: int) -> None:
    """End somebody's coming registrations and take the data away. Nobody writes to this person any more."""
    uow.actor.require(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
    coming = uow.session.scalars(
        select(Registration.id)
        .join(Tour, Tour.id == Registration.tour_id)
        .where(
            Registration.participant_id == participant_id,
            Registration.status.in_(ACTIVE),
            Tour.ends_at > uow.now,
        )
        .order_by(Registration.tour_id)
    ).all()
    for registration_id in coming:
        tour, registration = places.lock_registration(uow, registration_id)
        if registration.status in ACTIVE:
            was = registration.status
            places.give_back(uow, tour, registration, S.CANCELLED)
            uow.audit(EventsAction.REGISTRATION_CANCELLED, registration, was=was, person="removed")
            offer_free_places(uow, tour)
    erase_person(uow, participant_id=participant_id)
