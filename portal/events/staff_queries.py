"""What the team, the coaches and the employers read of tours and of who comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.employers.models import Employer
from portal.events.models import Registration, Tour
from portal.events.policies import visible_tours
from portal.events.rules import below_level
from portal.events.vocabulary import RegistrationStatus, TourStatus, Visibility
from portal.events.work_queries import work_items
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFoundError
from portal.kernel.levels import LanguageLevel
from portal.kernel.permissions import Actor
from portal.participants.models import Participant, ParticipantWish

__all__ = [
    "CoachRegistrationRow",
    "PersonRow",
    "TourCounts",
    "TourRow",
    "WishRow",
    "coach_registrations",
    "employer_tours",
    "tour_counts",
    "tour_for_edit",
    "tour_list",
    "tour_people",
    "wishing_participants",
    "work_items",
]

S = RegistrationStatus
ACTIVE = (S.CONFIRMED, S.OFFERED, S.WAITING)
PAGE_SIZE = 20
EVERY_SUBJECT = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class TourRow:
    """A tour in a list of the team or the employer: numbers, no names of people."""

    id: int
    title: str
    employer_id: int
    employer_name: str
    starts_at: datetime
    status: TourStatus
    visibility: Visibility
    capacity: int
    taken: int
    waiting: int
    offered: int

    @property
    def places_taken(self) -> int:
        """Places that somebody has or is offered."""
        return self.taken

    @property
    def free_places(self) -> int:
        """Places that nobody has and nobody is offered."""
        return self.capacity - self.taken


@dataclass(frozen=True, slots=True, kw_only=True)
class TourCounts:
    """How many people stand where."""

    confirmed: int
    offered: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody at a tour, for the team."""

    registration_id: int
    participant_id: int
    ticket: str
    first_name: str
    last_name: str | None
    phone: str | None
    email: str | None
    language: str
    spoken_language: str | None
    level: LanguageLevel | None
    below_level: bool
    wants_interpreter: bool | None
    status: RegistrationStatus
    position: int | None
    looks_alike: bool
    offer_ends_at: datetime | None
    offer_told_at: datetime | None
    coach_id: int | None
    coach_name: str | None
    created_at: datetime

    @property
    def name(self) -> str:
        """First and, when given, last name."""
        return f"{self.first_name} {self.last_name or ''}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachRegistrationRow:
    """A registration of one of the coach's own people."""

    registration_id: int
    link_version: int
    participant_id: int
    name: str
    tour_id: int
    tour_title: str
    employer_name: str
    starts_at: datetime
    be_there_at: datetime
    status: RegistrationStatus
    position: int | None
    offer_ends_at: datetime | None
    offer_told_at: datetime | None
    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WishRow:
    """Somebody who wishes to see this kind of company and is not registered yet."""

    participant_id: int
    name: str
    level: LanguageLevel | None
    below_level: bool
    coach_name: str | None
    has_mail: bool


def tour_list(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    status: TourStatus | None = None,
    past: bool = False,
    words: str = "",
    number: int = 1,
) -> tuple[list[TourRow], int]:
    """One page of the tours that exist for this actor, the soonest (of past ones the latest) first; and how many."""
    found = visible_tours(actor).where(Tour.ends_at <= now if past else Tour.ends_at > now).where(*_words(words))
    if status is not None:
        found = found.where(Tour.status == status)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    order = (Tour.starts_at.desc(), Tour.id.desc()) if past else (Tour.starts_at, Tour.id)
    rows = session.execute(
        found.options(joinedload(Tour.employer, innerjoin=True))
        .add_columns(_count(S.WAITING), _count(S.OFFERED))
        .order_by(*order)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return [_tour_row(tour, waiting, offered) for tour, waiting, offered in rows], total


def employer_tours(session: Session, employer_id: int) -> list[TourRow]:
    """All tours of an employer, the newest first."""
    rows = session.execute(
        select(Tour, _count(S.WAITING), _count(S.OFFERED))
        .where(Tour.employer_id == employer_id)
        .options(joinedload(Tour.employer, innerjoin=True))
        .order_by(Tour.starts_at.desc(), Tour.id.desc())
        .limit(100)
    )
    return [_tour_row(tour, waiting, offered) for tour, waiting, offered in rows]


def tour_for_edit(session: Session, actor: Actor, tour_id: int) -> Tour:
    """A tour with its employer, as far as it exists for this actor. Raises NotFoundError."""
    found = session.scalars(
        visible_tours(actor)
        .where(Tour.id == tour_id)
        .options(joinedload(Tour.employer, innerjoin=True).joinedload(Employer.sector, innerjoin=True))
    ).one_or_none()
    if found is None:
        raise NotFoundError
    return found


def tour_people(session: Session, tour: Tour) -> list[PersonRow]:
    """Who comes, who is offered a place and who waits, in this order; for the team and nobody else."""
    rows = session.execute(
        select(Registration, Participant)
        .join(Participant, Participant.id == Registration.participant_id)
        .where(Registration.tour_id == tour.id, Registration.status.in_(ACTIVE))
        .order_by(Registration.id)
    ).all()
    order = {status: number for number, status in enumerate(ACTIVE)}
    waiting = [row.id for row, _person in rows if row.status is S.WAITING]
    people = [_person_row(tour, row, person, waiting) for row, person in rows]
    return sorted(people, key=lambda row: (order[row.status], row.registration_id))


def tour_counts(session: Session, tour_id: int) -> TourCounts:
    """How many people have a place, are offered one, wait: numbers for the employer."""
    rows = session.execute(
        select(Registration.status, func.count())
        .where(Registration.tour_id == tour_id, Registration.status.in_(ACTIVE))
        .group_by(Registration.status)
    )
    found: dict[RegistrationStatus, int] = {status: number for status, number in rows}  # noqa: C416  rows to pairs
    return TourCounts(
        confirmed=found.get(S.CONFIRMED, 0), offered=found.get(S.OFFERED, 0), waiting=found.get(S.WAITING, 0)
    )


def coach_registrations(session: Session, coach_id: int, now: datetime) -> list[CoachRegistrationRow]:
    """What is coming for a coach's own people, the soonest tour first."""
    rows = session.execute(
        select(Registration, Participant, Tour, Employer.name, _position())
        .join(Participant, Participant.id == Registration.participant_id)
        .join(Tour, Tour.id == Registration.tour_id)
        .join(Employer, Employer.id == Tour.employer_id)
        .where(Participant.coach_id == coach_id, Participant.removed_at.is_(None))
        .where(Registration.status.in_((*ACTIVE, S.LAPSED)), Tour.ends_at > now)
        .order_by(Tour.starts_at, Registration.id)
    )
    return [_coach_row(*row) for row in rows]


def wishing_participants(session: Session, tour: Tour, *, limit: int = 200) -> list[WishRow]:
    """The people who wish to see this kind of company and are not registered for this tour, first wished first."""
    if tour.subject is None:
        return []
    registered = exists().where(
        Registration.tour_id == tour.id,
        Registration.participant_id == Participant.id,
        Registration.status.in_(ACTIVE),
    )
    wishes = exists().where(
        ParticipantWish.participant_id == Participant.id,
        ParticipantWish.subject.in_((tour.subject, EVERY_SUBJECT)),
    )
    found = session.scalars(
        select(Participant)
        .where(wishes, ~registered, Participant.removed_at.is_(None), Participant.delete_on > local_day(tour.starts_at))
        .order_by(Participant.id)
        .limit(limit)
    )
    return [
        WishRow(
            participant_id=person.id,
            name=person.full_name,
            level=person.level,
            below_level=below_level(person.level, tour.level),
            coach_name=person.coach_name,
            has_mail=person.email is not None,
        )
        for person in found
    ]


def _words(words: str) -> list[ColumnElement[bool]]:
    """Each word stands in the title, the district or the name of the company."""
    named = exists().where(Employer.id == Tour.employer_id)
    return [
        or_(
            func.lower(Tour.title).contains(word, autoescape=True),
            func.lower(Tour.district).contains(word, autoescape=True),
            named.where(func.lower(Employer.name).contains(word, autoescape=True)).correlate(Tour),
        )
        for word in words.lower().split()[:6]
    ]


def _count(status: RegistrationStatus) -> ScalarSelect[int]:
    return (
        select(func.count(Registration.id))
        .where(Registration.tour_id == Tour.id, Registration.status == status)
        .correlate(Tour)
        .scalar_subquery()
    )


def _position() -> ScalarSelect[int]:
    """How many people of the same tour wait at least as long."""
    other = select(Registration.id, Registration.tour_id, Registration.status).subquery()
    return (
        select(func.count(other.c.id))
        .where(other.c.tour_id == Registration.tour_id, other.c.status == S.WAITING, other.c.id <= Registration.id)
        .correlate(Registration)
        .scalar_subquery()
    )


def _tour_row(tour: Tour, waiting: int, offered: int) -> TourRow:
    return TourRow(
        id=tour.id,
        title=tour.title,
        employer_id=tour.employer_id,
        employer_name=tour.employer.name,
        starts_at=tour.starts_at,
        status=tour.status,
        visibility=tour.visibility,
        capacity=tour.capacity,
        taken=tour.places_taken,
        waiting=waiting,
        offered=offered,
    )


def _person_row(tour: Tour, row: Registration, person: Participant, waiting: Sequence[int]) -> PersonRow:
    return PersonRow(
        registration_id=row.id,
        participant_id=person.id,
        ticket=row.ticket,
        first_name=person.first_name,
        last_name=person.last_name,
        phone=person.phone,
        email=person.email,
        language=person.language,
        spoken_language=person.spoken_language,
        level=person.level,
        below_level=below_level(person.level, tour.level),
        wants_interpreter=row.wants_interpreter,
        status=row.status,
        position=waiting.index(row.id) + 1 if row.status is S.WAITING else None,
        looks_alike=row.looks_alike,
        offer_ends_at=row.offer_ends_at,
        offer_told_at=row.offer_told_at,
        coach_id=person.coach_id,
        coach_name=person.coach_name,
        created_at=row.created_at,
    )


def _coach_row(
    row: Registration, person: Participant, tour: Tour, employer_name: str, position: int
) -> CoachRegistrationRow:
    return CoachRegistrationRow(
        registration_id=row.id,
        link_version=row.link_version,
        participant_id=person.id,
        name=person.full_name,
        tour_id=tour.id,
        tour_title=tour.title,
        employer_name=employer_name,
        starts_at=tour.starts_at,
        be_there_at=tour.be_there_at,
        status=row.status,
        position=position if row.status is S.WAITING else None,
        offer_ends_at=row.offer_ends_at,
        offer_told_at=row.offer_told_at,
        ticket=row.ticket,
    )
