"""Planning, changing and ending tours."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from portal.employers.models import Employer
from portal.employers.queries import employer_contact
from portal.employers.vocabulary import EmployerStatus
from portal.events import places, rules
from portal.events.models import Tour
from portal.events.notifications import (
    TourCancelled,
    TourCancelledForEmployer,
    TourMessage,
    TourMoved,
    TourMovedForEmployer,
    TourProposalDeclined,
    TourProposed,
    TourPublished,
    place_facts,
)
from portal.events.offers import drop_needless_calls, offer_free_places
from portal.events.policies import can_edit_tour, can_see_tour, can_withdraw_tour
from portal.events.tour_rules import RULES
from portal.events.vocabulary import EventsAction, InterpreterLanguage, RegistrationStatus, TourStatus, Visibility
from portal.kernel.clock import local_day
from portal.kernel.db import new_public_id
from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.levels import LanguageLevel
from portal.kernel.outbox import Recipient
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork
from portal.participants.contact import tell
from portal.participants.models import Participant
from portal.participants.rules import delete_on, tell_soon

S = RegistrationStatus
ACTIVE = (S.CONFIRMED, S.OFFERED, S.WAITING)
MOVING = ("starts_at", "ends_at", "be_there_at", "meeting_point")


@dataclass(frozen=True, slots=True, kw_only=True)
class TourInput:
    """What people fill in for a tour."""

    title: str
    starts_at: datetime
    ends_at: datetime
    be_there_at: datetime
    meeting_point: str
    capacity: int
    description: str = ""
    district: str = ""
    transport: str | None = None
    accessibility: str | None = None
    good_to_know: str | None = None
    bring: str | None = None
    rules: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    level: LanguageLevel | None = None
    subject: str | None = None
    visibility: Visibility = Visibility.PUBLIC

    def check(self) -> None:
        """Refuse what cannot be."""
        rules.check_places(self.capacity)
        rules.check_times(self.be_there_at, self.starts_at, self.ends_at)
        if unknown := set(self.rules) - set(RULES):
            raise InvalidError("rule_unknown", count=len(unknown))
        if unknown := set(self.interpreters) - {language.value for language in InterpreterLanguage}:
            raise InvalidError("interpreter_unknown", count=len(unknown))

    def values(self) -> dict[str, object]:
        """The columns, without the number of places, which has its own rule."""
        names = (name for name in self.__slots__ if name != "capacity")
        values = {name: getattr(self, name) for name in names}
        return values | {"rules": list(self.rules), "interpreters": list(self.interpreters)}


def propose_tour(uow: UnitOfWork, *, tour: TourInput) -> int:
    """An employer proposes a tour; the team decides."""
    uow.actor.require(Permission.EVENTS_TOUR_PROPOSE)
    if uow.actor.employer_id is None:
        raise NotAllowedError
    made = _new_tour(uow, uow.actor.employer_id, tour, TourStatus.PROPOSED)
    uow.audit(EventsAction.TOUR_PROPOSED, made, capacity=made.capacity)
    uow.notify(Recipient.team(), TourProposed(tour_id=made.id))
    return made.id


def plan_tour(uow: UnitOfWork, *, employer_id: int, tour: TourInput) -> int:
    """The team makes a tour at an approved employer; it is not online yet."""
    uow.actor.require(Permission.EVENTS_TOUR_MANAGE)
    made = _new_tour(uow, employer_id, tour, TourStatus.PLANNED)
    uow.audit(EventsAction.TOUR_PLANNED, made, capacity=made.capacity)
    return made.id


def edit_tour(uow: UnitOfWork, *, tour_id: int, details_version: int, tour: TourInput) -> None:
    """Change a tour. Another time or place of a tour that is online is a move: everybody concerned hears of it."""
    row = _lock(uow, tour_id)
    if not can_edit_tour(uow.actor, row):
        raise ConflictError("move_not_possible", move="edit", state=row.status.value)
    if row.details_version != details_version:
        raise ConflictError("stale_edit")
    tour.check()
    values = tour.values()
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    resized = tour.capacity != row.capacity
    if not changed and not resized:
        return
    if row.status is TourStatus.PUBLISHED and row.ends_at <= uow.now:
        raise ConflictError("tour_ended")
    if "starts_at" in changed and tour.starts_at <= uow.now:
        raise ConflictError("tour_in_past")
    places.set_capacity(row, tour.capacity)
    for name in changed:
        setattr(row, name, values[name])
    row.details_version += 1
    row.details_changed_at = uow.now
    uow.audit(EventsAction.TOUR_CHANGED, row, changed=[*changed, *(["capacity"] if resized else [])])
    if row.status is TourStatus.PUBLISHED and set(changed) & set(MOVING):
        _move(uow, row)
    offer_free_places(uow, row)
    drop_needless_calls(uow, row)


def resize_tour(uow: UnitOfWork, *, tour_id: int, capacity: int) -> None:
    """Another number of places: never below what is taken; new places are offered to who waits."""
    uow.actor.require(Permission.EVENTS_TOUR_MANAGE)
    tour = places.lock_tour(uow, tour_id)
    rules.check_places(capacity)
    if tour.status in {TourStatus.CANCELLED, TourStatus.DECLINED}:
        raise ConflictError("move_not_possible", move="resize", state=tour.status.value)
    if capacity == tour.capacity:
        return
    before = tour.capacity
    places.set_capacity(tour, capacity)
    tour.details_version += 1
    uow.audit(EventsAction.TOUR_RESIZED, tour, before=before, after=capacity)
    offer_free_places(uow, tour)
    drop_needless_calls(uow, tour)


def publish_tour(uow: UnitOfWork, *, tour_id: int) -> None:
    """Put a tour online."""
    tour = _moved(uow, "publish", tour_id)
    if tour.starts_at <= uow.now:
        raise ConflictError("tour_in_past")
    tour.published_at = uow.now
    uow.audit(EventsAction.TOUR_PUBLISHED, tour)
    _tell_employer(uow, tour, TourPublished(tour_id=tour.id))


def take_over_proposal(uow: UnitOfWork, *, tour_id: int) -> None:
    """The team works a proposal out; the employer's part is done."""
    tour = _moved(uow, "take_over", tour_id)
    uow.audit(EventsAction.TOUR_PLANNED, tour)


def decline_proposal(uow: UnitOfWork, *, tour_id: int, reason: str) -> None:
    """The team does not take a proposal over, and says why."""
    tour = _moved(uow, "decline", tour_id, reason)
    uow.audit(EventsAction.TOUR_DECLINED, tour)
    _tell_employer(uow, tour, TourProposalDeclined(tour_id=tour.id))


def withdraw_proposal(uow: UnitOfWork, *, tour_id: int) -> None:
    """An employer takes its proposal back."""
    tour = _lock(uow, tour_id)
    if not can_withdraw_tour(uow.actor, tour):
        raise NotFoundError
    tour.status = rules.TOUR_LIFE.check("withdraw", tour.status, uow.actor)
    tour.details_changed_at = uow.now
    uow.audit(EventsAction.TOUR_WITHDRAWN, tour)


def cancel_tour(uow: UnitOfWork, *, tour_id: int, reason: str) -> None:
    """The tour does not take place: everybody who had a place or waited hears it."""
    tour = _moved(uow, "cancel", tour_id, reason)
    tour.calendar_sequence += 1
    uow.audit(EventsAction.TOUR_CANCELLED, tour)
    for registration in places.registrations(uow, tour, *ACTIVE):
        was = registration.status
        places.give_back(uow, tour, registration, S.CANCELLED)
        if was is S.CONFIRMED:
            registration.calendar_sequence += 1
        uow.audit(EventsAction.REGISTRATION_CANCELLED, registration, was=was, tour="cancelled")
        facts = place_facts(tour, registration, registration.participant, uow.now)
        cancelled = TourCancelled(**facts, was_confirmed=was is S.CONFIRMED)
        tell(uow, registration.participant, cancelled, registration_id=registration.id, due_at=_tell_before(uow, tour))
    if tour.published_at is not None:
        _tell_employer(uow, tour, TourCancelledForEmployer(tour_id=tour.id))


def _new_tour(uow: UnitOfWork, employer_id: int, tour: TourInput, status: TourStatus) -> Tour:
    tour.check()
    if tour.starts_at <= uow.now:
        raise ConflictError("tour_in_past")
    employer = uow.session.get(Employer, employer_id)
    if employer is None:
        raise NotFoundError
    if employer.status is not EmployerStatus.APPROVED:
        raise ConflictError("tour_employer_not_approved")
    made = Tour(
        employer_id=employer_id,
        capacity=tour.capacity,
        status=status,
        access_code=new_public_id(),
        created_at=uow.now,
        details_changed_at=uow.now,
        **tour.values(),
    )
    uow.session.add(made)
    uow.flush()
    return made


def _lock(uow: UnitOfWork, tour_id: int) -> Tour:
    tour = places.lock_tour(uow, tour_id)
    if not can_see_tour(uow.actor, tour):
        raise NotFoundError
    return tour


def _moved(uow: UnitOfWork, move: str, tour_id: int, reason: str = "") -> Tour:
    """The tour under lock after a move of its life cycle."""
    tour = _lock(uow, tour_id)
    tour.status = rules.TOUR_LIFE.check(move, tour.status, uow.actor, reason)
    tour.reason = reason.strip() or None
    tour.details_version += 1
    tour.details_changed_at = uow.now
    return tour


def _move(uow: UnitOfWork, tour: Tour) -> None:
    """Another time or place: a higher sequence for every calendar, later ends of data, and a message to everybody."""
    tour.calendar_sequence += 1
    uow.audit(EventsAction.TOUR_MOVED, tour)
    day = delete_on(local_day(tour.starts_at))
    registrations = places.registrations(uow, tour, *ACTIVE)
    for registration in registrations:
        if registration.status is S.CONFIRMED:
            registration.calendar_sequence += 1
        if registration.offer_ends_at is not None:
            registration.offer_ends_at = min(registration.offer_ends_at, tour.starts_at - rules.BEFORE_START)
        facts = place_facts(tour, registration, registration.participant, uow.now)
        moved = TourMoved(**facts, tour_sequence=tour.calendar_sequence, confirmed=registration.status is S.CONFIRMED)
        tell(uow, registration.participant, moved, registration_id=registration.id, due_at=_tell_before(uow, tour))
    uow.session.execute(
        update(Participant)
        .where(Participant.id.in_([row.participant_id for row in registrations]), Participant.delete_on < day)
        .values(delete_on=day)
        .execution_options(synchronize_session=False)
    )
    _tell_employer(uow, tour, TourMovedForEmployer(tour_id=tour.id, tour_sequence=tour.calendar_sequence))


def _tell_before(uow: UnitOfWork, tour: Tour) -> datetime:
    return min(tell_soon(uow.now), max(uow.now, tour.be_there_at))


def _tell_employer(uow: UnitOfWork, tour: Tour, message: TourMessage) -> None:
    """The employer hears what the team does, not what it did itself."""
    if uow.actor.employer_id == tour.employer_id and not uow.actor.by_phone:
        return
    contact = employer_contact(uow.session, tour.employer_id)
    if contact is not None:
        uow.notify(contact, message)
