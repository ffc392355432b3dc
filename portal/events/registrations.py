"""Registering for a tour, leaving it, and finding the way back to one's own page."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager

from portal.employers.queries import employer_contact
from portal.events import places, rules
from portal.events.models import Registration, Tour
from portal.events.notifications import JoinedWaitingList, LostLink, RegistrationCancelled, TourFull, place_facts
from portal.events.offers import offer_free_places, own_registration, tell_confirmed
from portal.events.queries import position_of
from portal.events.vocabulary import EventsAction, RegistrationStatus
from portal.kernel.clock import local_day
from portal.kernel.db import new_public_id
from portal.kernel.errors import ConflictError, NotFoundError
from portal.kernel.levels import LanguageLevel
from portal.kernel.permissions import Permission
from portal.kernel.throttle import too_often
from portal.kernel.uow import UnitOfWork
from portal.participants.call_tasks import drop_for_registration
from portal.participants.contact import channel_of, tell
from portal.participants.inputs import PersonDetails
from portal.participants.models import Participant
from portal.participants.people import keep_until, looks_like_somebody, new_person
from portal.participants.policies import can_handle_participant
from portal.participants.rules import delete_on
from portal.participants.vocabulary import Channel, ParticipantsAction, ParticipantSource

S = RegistrationStatus
ACTIVE = (S.CONFIRMED, S.OFFERED, S.WAITING)
LINKS_PER_HOUR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorDetails:
    """What somebody fills in on the web. Neither phone nor mail is needed when a coach or the team helps."""

    first_name: str
    last_name: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str = "nl"
    level: LanguageLevel | None = None
    wants_interpreter: bool | None = None
    helper: Literal["coach", "team"] | None = None
    coach_name: str | None = None

    def person(self) -> PersonDetails:
        """The part that is about the person."""
        return PersonDetails(
            first_name=self.first_name,
            last_name=self.last_name,
            phone=self.phone,
            email=self.email,
            language=self.language,
            level=self.level,
            coach_name=self.coach_name if self.helper == "coach" or self.helper is None else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationResult:
    """The answer to a registration; the second answer to the same request is the same."""

    registration_id: int
    link_version: int
    status: RegistrationStatus
    position: int | None
    below_level: bool
    is_new: bool


def register_visitor(
    uow: UnitOfWork, *, tour_id: int, details: VisitorDetails, form_key: str, code: str | None = None
) -> RegistrationResult:
    """Register somebody who has no account. The same form sent twice gives the same answer."""
    uow.actor.require(Permission.EVENTS_TOUR_REGISTER)
    tour = places.lock_tour(uow, tour_id)
    if tour.published_at is None or not rules.opens(tour.visibility, tour.access_code, code):
        raise NotFoundError
    known = uow.session.scalars(select(Registration).where(Registration.form_key == form_key)).one_or_none()
    if known is not None:
        return _known_result(uow, tour, known, details.level)
    rules.check_registration_open(tour.status, tour.starts_at, uow.now)
    person = details.person()
    looks_alike = looks_like_somebody(uow.session, person)
    registration = _new_registration(uow, tour, details.wants_interpreter)
    registration.form_key = form_key
    registration.looks_alike = looks_alike
    position = places.take_or_queue(uow, tour, registration)
    participant = new_person(uow, person, source=ParticipantSource.WEB, delete_on=delete_on(local_day(tour.starts_at)))
    registration.participant = participant
    uow.session.add(registration)
    uow.flush()
    uow.audit(ParticipantsAction.PARTICIPANT_ADDED, participant, source=participant.source)
    return _settle(uow, tour, registration, position)


def register_for_tour(
    uow: UnitOfWork, *, tour_id: int, participant_id: int, wants_interpreter: bool | None = None
) -> RegistrationResult:
    """Register a known person, by the team or the person's own coach. A second time gives the same answer."""
    uow.actor.require(Permission.EVENTS_GROUP_REGISTER)
    tour = places.lock_tour(uow, tour_id)
    participant = uow.session.get(Participant, participant_id)
    if participant is None or not can_handle_participant(uow.actor, participant):
        raise NotFoundError
    known = uow.session.scalars(
        select(Registration).where(
            Registration.tour_id == tour.id,
            Registration.participant_id == participant.id,
            Registration.status.in_(ACTIVE),
        )
    ).one_or_none()
    if known is not None:
        return _known_result(uow, tour, known, participant.level)
    rules.check_registration_open(tour.status, tour.starts_at, uow.now)
    registration = _new_registration(uow, tour, wants_interpreter)
    registration.registered_by_id = uow.actor.user_id
    registration.participant = participant
    position = places.take_or_queue(uow, tour, registration)
    keep_until(uow, participant, delete_on(local_day(tour.starts_at)))
    uow.session.add(registration)
    uow.flush()
    return _settle(uow, tour, registration, position)


def cancel_registration(uow: UnitOfWork, *, registration_id: int, link_version: int | None = None) -> None:
    """Give up a place, an offer or a spot on the waiting list; a free place goes to who waits longest."""
    tour, registration = own_registration(uow, registration_id, link_version)
    if not registration.status.is_active:
        return
    if not rules.may_leave(registration.status, tour.starts_at, uow.now):
        raise ConflictError("too_late_to_leave")
    was = registration.status
    places.give_back(uow, tour, registration, S.CANCELLED)
    if was is S.CONFIRMED:
        registration.calendar_sequence += 1
    uow.audit(EventsAction.REGISTRATION_CANCELLED, registration, was=was)
    _tell_cancelled(uow, tour, registration, was, own_page=link_version is not None)
    offer_free_places(uow, tour)


def send_lost_link(uow: UnitOfWork, *, phone: str | None = None, email: str | None = None) -> None:
    """Send the links to their own pages to whoever registered with this phone or mail address.

    Nothing tells the asker whether there was anybody. Without a mail address a person of the team brings the link.
    """
    uow.actor.require(Permission.EVENTS_TOUR_REGISTER)
    contact = (email or "").strip().lower() or phone or ""
    uow.without_audit("asking again leaves a trail only where there is somebody to tell")
    if not contact or too_often(
        uow.session, "lost_link", contact, limit=LINKS_PER_HOUR, window=timedelta(hours=1), now=uow.now
    ):
        return
    same: ColumnElement[bool] = Participant.email == contact if email else Participant.phone == contact
    people: dict[int, list[Registration]] = {}
    for registration in uow.session.scalars(
        select(Registration)
        .join(Registration.participant)
        .join(Registration.tour)
        .join(Tour.employer)
        .where(same, Participant.removed_at.is_(None), Registration.status.in_(ACTIVE), Tour.ends_at > uow.now)
        .options(
            contains_eager(Registration.participant), contains_eager(Registration.tour).contains_eager(Tour.employer)
        )
        .order_by(Tour.starts_at, Registration.id)
    ):
        people.setdefault(registration.participant_id, []).append(registration)
    _send_links(uow, people)


def _send_links(uow: UnitOfWork, people: dict[int, list[Registration]]) -> None:
    """One mail for one mail address, one row on a list for each other person."""
    groups: dict[str, list[Registration]] = {}
    for person_id, registrations in people.items():
        key = registrations[0].participant.email or str(person_id)
        groups.setdefault(key, []).extend(registrations)
    for registrations in groups.values():
        participant = registrations[0].participant
        links = [dict(place_facts(row.tour, row, row.participant, uow.now)) for row in registrations]
        tell(uow, participant, LostLink(language=participant.language, at=uow.now.isoformat(), places=links))
        uow.audit(ParticipantsAction.LINK_REQUESTED, participant, links=len(links))


def _new_registration(uow: UnitOfWork, tour: Tour, wants_interpreter: bool | None) -> Registration:
    return Registration(
        tour_id=tour.id,
        ticket=rules.ticket(tour.id, tour.tickets_issued),
        calendar_uid=f"{new_public_id()}@{uow.settings.host}",
        calendar_sequence=0,
        link_version=1,
        wants_interpreter=wants_interpreter,
        looks_alike=False,
        queued_at=uow.now,
        created_at=uow.now,
    )


def _settle(uow: UnitOfWork, tour: Tour, registration: Registration, position: int | None) -> RegistrationResult:
    """The trail and the messages of a new registration."""
    participant = registration.participant
    if position is None:
        uow.audit(EventsAction.REGISTRATION_CONFIRMED, registration)
        _tell_new(uow, tour, registration, position)
        if tour.is_full:
            _tell_full(uow, tour, registration)
    else:
        uow.audit(EventsAction.REGISTRATION_QUEUED, registration, position=position)
        _tell_new(uow, tour, registration, position)
        offer_free_places(uow, tour)
    return RegistrationResult(
        registration_id=registration.id,
        link_version=registration.link_version,
        status=registration.status,
        position=position if registration.status is S.WAITING else None,
        below_level=rules.below_level(participant.level, tour.level),
        is_new=True,
    )


def _tell_new(uow: UnitOfWork, tour: Tour, registration: Registration, position: int | None) -> None:
    if position is None:
        tell_confirmed(uow, tour, registration, supersede=False)
        return
    facts = place_facts(tour, registration, registration.participant, uow.now)
    joined = JoinedWaitingList(**facts, position=position)
    tell(uow, registration.participant, joined, registration_id=registration.id, supersede=False)


def _tell_full(uow: UnitOfWork, tour: Tour, registration: Registration) -> None:
    contact = employer_contact(uow.session, tour.employer_id)
    if contact is not None:
        uow.notify(contact, TourFull(tour_id=tour.id, registration_id=registration.id))


def _tell_cancelled(
    uow: UnitOfWork, tour: Tour, registration: Registration, was: RegistrationStatus, *, own_page: bool
) -> None:
    """Who leaves by their own page has just read it there; without a mail address nobody needs to call about it."""
    participant = registration.participant
    if own_page and channel_of(participant) is not Channel.MAIL:
        drop_for_registration(uow, registration.id)
        return
    cancelled = RegistrationCancelled(
        **place_facts(tour, registration, participant, uow.now), was_confirmed=was is S.CONFIRMED
    )
    tell(uow, participant, cancelled, registration_id=registration.id)


def _known_result(uow: UnitOfWork, tour: Tour, known: Registration, level: LanguageLevel | None) -> RegistrationResult:
    if known.tour_id != tour.id:
        raise ConflictError("form_used")
    return RegistrationResult(
        registration_id=known.id,
        link_version=known.link_version,
        status=known.status,
        position=position_of(uow.session, known),
        below_level=rules.below_level(level, tour.level),
        is_new=False,
    )
