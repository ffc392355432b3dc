"""The rules of job fairs: the life cycle, what fits on the floor, and who may have which stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from portal.events.vocabulary import FairStatus
from portal.kernel.errors import ConflictError, InvalidError
from portal.kernel.permissions import Permission
from portal.kernel.workflow import Move, Workflow

S = FairStatus
FAIR_LIFE = Workflow(
    S.PLANNED,
    [
        Move("open", (S.PLANNED, S.CLOSED), S.OPEN, Permission.EVENTS_FAIR_MANAGE),
        Move("close", (S.OPEN,), S.CLOSED, Permission.EVENTS_FAIR_MANAGE),
        Move("cancel", (S.PLANNED, S.OPEN, S.CLOSED), S.CANCELLED, Permission.EVENTS_FAIR_MANAGE, needs_text=True),
    ],
)
MOST_METRES = 200
MOST_STANDS = 200
MOST_PER_SECTOR = 50
BUILD_UP = timedelta(hours=24)
CENTIMETRE = 0.01


@dataclass(frozen=True, slots=True)
class Floor:
    """The floor of a hall, in metres."""

    width: float
    depth: float


@dataclass(frozen=True, slots=True)
class StandPlace:
    """A stand on the floor, in metres from the north-west corner."""

    number: int
    x: float
    y: float
    width: float
    depth: float
    has_power: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the floor without stands, with its name."""

    x: float
    y: float
    width: float
    depth: float
    label: str

    def plain(self) -> dict[str, object]:
        """As the database keeps it."""
        return {"x": self.x, "y": self.y, "width": self.width, "depth": self.depth, "label": self.label}


@dataclass(frozen=True, slots=True)
class Taken:
    """A stand that somebody has."""

    booking_id: int
    stand_id: int
    number: int
    employer_id: int
    sector_key: str


@dataclass(frozen=True, slots=True)
class SectorLimit:
    """How many employers of one sector may come."""

    per_sector: int
    exceptions: Mapping[str, int]

    def of(self, sector_key: str) -> int:
        """The limit of this sector."""
        return int(self.exceptions.get(sector_key, self.per_sector))

    def is_full(self, taken: Sequence[Taken], sector_key: str) -> bool:
        """Whether no other employer of this sector may come."""
        return sum(one.sector_key == sector_key for one in taken) >= self.of(sector_key)


def check_times(starts_at: datetime, ends_at: datetime, build_up_at: datetime | None) -> None:
    """Refuse an order of times that cannot be: build up, start, end."""
    if ends_at <= starts_at:
        raise InvalidError("fair_end_before_start")
    if build_up_at is not None and not starts_at - BUILD_UP <= build_up_at <= starts_at:
        raise InvalidError("build_up_after_start")


def check_floor(floor: Floor) -> None:
    """Refuse a hall that no building has."""
    if not (1 <= floor.width <= MOST_METRES and 1 <= floor.depth <= MOST_METRES):
        raise InvalidError("hall_size_invalid", most=MOST_METRES)


def check_limits(per_sector: int, exceptions: Mapping[str, int]) -> None:
    """Refuse a number of employers per sector that makes no sense."""
    if not all(1 <= limit <= MOST_PER_SECTOR for limit in (per_sector, *exceptions.values())):
        raise InvalidError("sector_limit_invalid", most=MOST_PER_SECTOR)


def check_places(floor: Floor, places: Sequence[StandPlace]) -> None:
    """Refuse stands that stand outside the hall, on each other, or have the same number."""
    if len(places) > MOST_STANDS:
        raise InvalidError("stands_too_many", most=MOST_STANDS)
    for place in places:
        if place.number < 1 or min(place.width, place.depth) <= 0:
            raise InvalidError("stand_size_invalid", number=place.number)
        if not _inside(floor, place):
            raise InvalidError("stand_outside_hall", number=place.number)
    for one, other in combinations(places, 2):
        if one.number == other.number:
            raise InvalidError("stand_number_double", number=one.number)
        if _overlap(one, other):
            raise InvalidError("stands_overlap", number=one.number, other=other.number)


def check_booking_open(status: FairStatus, starts_at: datetime, now: datetime, *, by_team: bool) -> None:
    """Refuse a booking while booking is not open; the team may also book after it was closed."""
    states = {FairStatus.OPEN, FairStatus.CLOSED} if by_team else {FairStatus.OPEN}
    if status not in states or now >= starts_at:
        raise ConflictError("fair_closed")


def is_open(status: FairStatus, starts_at: datetime, now: datetime) -> bool:
    """Whether an employer may book a stand now."""
    return status is FairStatus.OPEN and now < starts_at


def may_release(status: FairStatus, starts_at: datetime, now: datetime) -> bool:
    """Whether an employer may still give a stand back."""
    return status in {FairStatus.OPEN, FairStatus.CLOSED} and now < starts_at


def booking_of(taken: Sequence[Taken], employer_id: int) -> Taken | None:
    """The stand that this employer has."""
    return next((one for one in taken if one.employer_id == employer_id), None)


def check_sector(limit: SectorLimit, taken: Sequence[Taken], sector_key: str, **facts: object) -> None:
    """Refuse one more employer of a sector that is full; the facts are for the sentence."""
    if limit.is_full(taken, sector_key):
        raise ConflictError("sector_full", **facts)


def check_free(taken: Sequence[Taken], stand_id: int, number: int) -> None:
    """Refuse a stand that somebody else has."""
    if any(one.stand_id == stand_id for one in taken):
        raise ConflictError("stand_taken", number=number)


def check_power(needs_power: bool, has_power: bool, number: int) -> None:
    """Refuse a stand without power to who needs it."""
    if needs_power and not has_power:
        raise InvalidError("stand_without_power", number=number)


def first_fitting(free: Sequence[StandPlace], *, needs_power: bool) -> StandPlace | None:
    """The first free stand that fits: with power when it is needed, else one without while there are any."""
    fitting = [place for place in free if place.has_power or not needs_power]
    return min(fitting, key=lambda place: (place.has_power != needs_power, place.number), default=None)


def _inside(floor: Floor, place: StandPlace) -> bool:
    return (
        place.x >= 0
        and place.y >= 0
        and place.x + place.width <= floor.width + CENTIMETRE
        and place.y + place.depth <= floor.depth + CENTIMETRE
    )


def _overlap(one: StandPlace, other: StandPlace) -> bool:
    """Back to back is fine: only more than a centimetre counts."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    along = min(one.y + one.depth, other.y + other.depth) - max(one.y, other.y)
    return across > CENTIMETRE and along > CENTIMETRE
