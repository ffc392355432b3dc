"""What the public pages read of tours, and what somebody reads of their own place."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.accounts.queries import ContactRow, contact_of
from portal.employers.models import Employer, Sector
from portal.events.models import Registration, Tour
from portal.events.rules import opens
from portal.events.vocabulary import RegistrationStatus, TourStatus, Visibility
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFoundError
from portal.kernel.levels import LanguageLevel
from portal.participants.models import Participant
from portal.participants.rules import delete_on

PAGE_SIZE = 20
SHOWN_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicTour:
    """A tour in a list. A hidden one tells its sector, its week and its district, and nothing else."""

    id: int
    title: str
    employer: str
    sector: str
    sector_icon: str
    starts_at: datetime
    be_there_at: datetime
    ends_at: datetime
    district: str
    capacity: int
    taken: int
    level: LanguageLevel | None
    interpreters: tuple[str, ...]
    hidden: bool

    @property
    def places_taken(self) -> int:
        """Places that somebody has or is offered."""
        return self.taken

    @property
    def free_places(self) -> int:
        """Places that nobody has."""
        return max(0, self.capacity - self.taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenTour:
    """What everybody may know of a tour with a code: a kind of work, a week, a part of the region."""

    sector: str
    sector_icon: str
    week_of: date
    district: str
    hidden: bool = True


@dataclass(frozen=True, slots=True)
class TourPage:
    """Everything for the page of one tour."""

    tour: Tour
    sector: str
    waiting: int
    open: bool

    @property
    def delete_on(self) -> date:
        """When the data of who comes is removed."""
        return delete_on(local_day(self.tour.starts_at))


@dataclass(frozen=True, slots=True)
class MyPlace:
    """Somebody's own registration, for the holder of the secret link."""

    registration: Registration
    tour: Tour
    participant: Participant
    coach: ContactRow | None
    position: int | None

    @property
    def delete_on(self) -> date:
        """When this person's data is removed."""
        return self.participant.delete_on


def agenda(
    session: Session, now: datetime, *, number: int = 1, size: int = PAGE_SIZE
) -> tuple[list[PublicTour | HiddenTour], int]:
    """One page of the tours that are still to come, the soonest first, and how many there are."""
    total = session.scalar(select(func.count()).select_from(Tour).where(*_upcoming(now))) or 0
    found = session.execute(_rows().where(*_upcoming(now)).limit(size).offset((number - 1) * size))
    return [_public(row) if row.visibility is Visibility.PUBLIC else _hidden(row) for row in found], total


def next_tours(session: Session, now: datetime, limit: int = 3) -> list[PublicTour]:
    """The first public tours to come, for the home page."""
    return _tours(session, *_upcoming(now), Tour.visibility == Visibility.PUBLIC, limit=limit)


def tours_of_week(session: Session, now: datetime) -> list[PublicTour]:
    """The public tours of the coming seven days."""
    week = Tour.starts_at < now + timedelta(days=7)
    return _tours(session, *_upcoming(now), Tour.visibility == Visibility.PUBLIC, week, limit=PAGE_SIZE)


def open_tours(session: Session, now: datetime, *, limit: int = 30) -> list[PublicTour]:
    """All tours that people can be registered for, also those with a code: for coaches and the team."""
    return _tours(session, Tour.status == TourStatus.PUBLISHED, Tour.starts_at > now, limit=limit)


def tour_page(session: Session, now: datetime, tour_id: int, code: str | None = None) -> TourPage:
    """The page of one tour. Raises NotFoundError when it does not exist, or not for this visitor."""
    tour = session.scalars(
        select(Tour)
        .where(Tour.id == tour_id, Tour.published_at.is_not(None))
        .options(joinedload(Tour.employer, innerjoin=True).joinedload(Employer.sector, innerjoin=True))
    ).one_or_none()
    if tour is None or not opens(tour.visibility, tour.access_code, code) or tour.ends_at < now - SHOWN_AFTER:
        raise NotFoundError
    waiting = waiting_count(session, tour.id) if tour.is_full else 0
    is_open = tour.status is TourStatus.PUBLISHED and now < tour.starts_at
    return TourPage(tour, tour.employer.sector.name, waiting, is_open)


def waiting_count(session: Session, tour_id: int) -> int:
    """How many people wait."""
    waiting = (Registration.tour_id == tour_id, Registration.status == RegistrationStatus.WAITING)
    return session.scalar(select(func.count()).select_from(Registration).where(*waiting)) or 0


def my_place(session: Session, registration_id: int, link_version: int) -> MyPlace:
    """Somebody's own place. Raises NotFoundError when the link was revoked or the person's data is gone."""
    row = session.execute(
        select(Registration, Tour, Participant, Employer)
        .join(Participant, Participant.id == Registration.participant_id)
        .join(Tour, Tour.id == Registration.tour_id)
        .join(Employer, Employer.id == Tour.employer_id)
        .where(Registration.id == registration_id, Registration.link_version == link_version)
        .options(contains_eager(Tour.employer))
    ).one_or_none()
    if row is None or row[2].removed_at is not None:
        raise NotFoundError
    registration, tour, participant = row[0], row[1], row[2]
    coach = contact_of(session, participant.coach_id)
    return MyPlace(registration, tour, participant, coach, position_of(session, registration))


def position_of(session: Session, registration: Registration) -> int | None:
    """Which place in the queue somebody has; nothing when not waiting."""
    if registration.status is not RegistrationStatus.WAITING:
        return None
    before = select(func.count()).where(
        Registration.tour_id == registration.tour_id,
        Registration.status == RegistrationStatus.WAITING,
        Registration.id <= registration.id,
    )
    return session.scalar(before) or 1


def _upcoming(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Tour.status == TourStatus.PUBLISHED, Tour.ends_at > now)


def _rows() -> Select[*tuple[Any, ...]]:
    """Only what a list shows: whole tours would cost twice as much."""
    return (
        select(
            Tour.id,
            Tour.title,
            Employer.name.label("employer"),
            Sector.name.label("sector"),
            Sector.icon.label("sector_icon"),
            Tour.starts_at,
            Tour.be_there_at,
            Tour.ends_at,
            Tour.district,
            Tour.capacity,
            Tour.places_taken.label("taken"),
            Tour.level,
            Tour.interpreters,
            Tour.visibility,
        )
        .join(Employer, Employer.id == Tour.employer_id)
        .join(Sector, Sector.id == Employer.sector_id)
        .order_by(Tour.starts_at, Tour.id)
    )


def _public(row: Row[*tuple[Any, ...]]) -> PublicTour:
    values = dict(row._mapping)  # noqa: SLF001  SQLAlchemy's own name for it
    visibility = values.pop("visibility")
    interpreters = tuple(values.pop("interpreters"))
    return PublicTour(**values, interpreters=interpreters, hidden=visibility is not Visibility.PUBLIC)


def _hidden(row: Row[*tuple[Any, ...]]) -> HiddenTour:
    day = local_day(row.starts_at)
    return HiddenTour(
        sector=row.sector,
        sector_icon=row.sector_icon,
        week_of=day - timedelta(days=day.weekday()),
        district=row.district,
    )


def _tours(session: Session, *where: ColumnElement[bool], limit: int) -> list[PublicTour]:
    return [_public(row) for row in session.execute(_rows().where(*where).limit(limit))]
