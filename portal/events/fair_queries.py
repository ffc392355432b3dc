"""Reading job fairs: for everybody, for an employer, for the team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from portal.employers.models import Employer, Sector
from portal.events.fair_policies import visible_fairs
from portal.events.fair_rules import Floor, SectorLimit
from portal.events.models import JobFair, Stand, StandBooking
from portal.events.rules import opens
from portal.events.stand_queries import (
    BOOKED,
    Holder,
    StandRow,
    TeamStandRow,
    stand_row,
    stands_with_holders,
    taken_of,
    team_stand_row,
)
from portal.events.vocabulary import FairStatus, Visibility
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Actor

SHOWN_AFTER = timedelta(days=30)
SHOWN = (FairStatus.OPEN, FairStatus.CLOSED)
R = TypeVar("R", bound=StandRow)


@dataclass(frozen=True, slots=True)
class Hall:
    """The hall as the plan draws it."""

    width: float
    depth: float
    zones: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class FairPage(Generic[R]):
    """A fair with its stands."""

    fair: JobFair
    stands: Sequence[R]

    @property
    def hall(self) -> Hall:
        """The hall for the plan."""
        return Hall(self.fair.hall_width, self.fair.hall_depth, self.fair.zones)

    @property
    def free(self) -> list[R]:
        """The stands that nobody has."""
        return [stand for stand in self.stands if stand.is_free]

    @property
    def taken(self) -> list[R]:
        """The stands that somebody has."""
        return [stand for stand in self.stands if not stand.is_free]


@dataclass(frozen=True)
class EmployerFairPage(FairPage[StandRow]):
    """A fair as one employer sees it: its own booking, its sector, and whether that is full."""

    own: StandBooking | None
    own_number: int | None
    sector: str
    sector_full: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FairRow:
    """A fair in a list."""

    id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    status: FairStatus
    stands: int
    taken: int
    own_number: int | None = None
    hidden: bool = False

    @property
    def free(self) -> int:
        """How many stands nobody has."""
        return self.stands - self.taken


@dataclass(frozen=True, slots=True)
class HiddenFair:
    """What everybody may know of a fair with a code: a week and a part of the region."""

    week_of: date
    district: str
    hidden: bool = True


def next_fair(session: Session, now: datetime) -> FairRow | HiddenFair | None:
    """The first fair to come, for the home page; one statement."""
    row = session.execute(
        select(JobFair, _stand_count(), _taken_count())
        .where(JobFair.status.in_(SHOWN), JobFair.ends_at > now)
        .order_by(JobFair.starts_at, JobFair.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    fair: JobFair = row[0]
    if fair.visibility is Visibility.PUBLIC:
        return _row(*row)
    day = local_day(fair.starts_at)
    return HiddenFair(day - timedelta(days=day.weekday()), fair.district)


def public_fair(session: Session, now: datetime, fair_id: int, code: str | None = None) -> JobFair:
    """A fair for everybody. Raises NotFoundError when it does not exist, or not for this visitor."""
    fair = session.scalar(select(JobFair).where(JobFair.id == fair_id, JobFair.opened_at.is_not(None)))
    if fair is None or not opens(fair.visibility, fair.access_code, code) or fair.ends_at < now - SHOWN_AFTER:
        raise NotFoundError
    return fair


def public_fair_page(session: Session, now: datetime, fair_id: int, code: str | None = None) -> FairPage[StandRow]:
    """The same with its stands; two statements."""
    fair = public_fair(session, now, fair_id, code)
    return FairPage(fair, [stand_row(*pair) for pair in stands_with_holders(session, fair_id)])


def employer_fairs(session: Session, actor: Actor, now: datetime) -> list[FairRow]:
    """The fairs to come for an employer, also a cancelled one where it had a stand; one statement."""
    own = (
        select(Stand.number)
        .join(StandBooking, StandBooking.stand_id == Stand.id)
        .where(StandBooking.fair_id == JobFair.id, StandBooking.employer_id == actor.employer_id, BOOKED)
        .correlate(JobFair)
        .scalar_subquery()
    )
    rows = session.execute(
        visible_fairs(actor)
        .where(JobFair.opened_at.is_not(None), JobFair.ends_at > now)
        .where(JobFair.status.in_(SHOWN) | own.is_not(None))
        .add_columns(_stand_count(), _taken_count(), own)
        .order_by(JobFair.starts_at, JobFair.id)
    )
    return [_row(*row) for row in rows]


def employer_fair(session: Session, actor: Actor, fair_id: int) -> EmployerFairPage:
    """A fair for one employer, with its own stand. Raises NotFoundError when it is not there; three statements."""
    fair = session.scalar(visible_fairs(actor).where(JobFair.id == fair_id, JobFair.opened_at.is_not(None)))
    if fair is None or actor.employer_id is None:
        raise NotFoundError
    key, sector = session.execute(
        select(Sector.key, Sector.name)
        .join(Employer, Employer.sector_id == Sector.id)
        .where(Employer.id == actor.employer_id)
    ).one()
    pairs = stands_with_holders(session, fair_id)
    own, number = _own(pairs, actor.employer_id)
    full = own is None and sector_limit(fair).is_full(taken_of(pairs), key)
    return EmployerFairPage(fair, [stand_row(*pair) for pair in pairs], own, number, _(sector), full)


def team_fairs(session: Session, actor: Actor, *, number: int = 1, size: int = 20) -> tuple[list[FairRow], int]:
    """One page of all fairs, the last one first, and how many there are; two statements."""
    visible = visible_fairs(actor)
    total = session.scalar(visible.with_only_columns(func.count(JobFair.id))) or 0
    rows = session.execute(
        visible.add_columns(_stand_count(), _taken_count())
        .order_by(JobFair.starts_at.desc(), JobFair.id.desc())
        .limit(size)
        .offset((number - 1) * size)
    )
    return [_row(*row) for row in rows], total


def team_fair(session: Session, actor: Actor, fair_id: int) -> JobFair:
    """A fair for the team, without its stands."""
    fair = session.scalar(visible_fairs(actor).where(JobFair.id == fair_id))
    if fair is None:
        raise NotFoundError
    return fair


def team_fair_page(session: Session, actor: Actor, fair_id: int) -> FairPage[TeamStandRow]:
    """A fair as the team sees it, with what each employer needs; two statements."""
    fair = team_fair(session, actor, fair_id)
    return FairPage(fair, [team_stand_row(*pair) for pair in stands_with_holders(session, fair_id)])


def sector_limit(fair: JobFair) -> SectorLimit:
    """How many employers per sector this fair takes."""
    return SectorLimit(fair.max_per_sector, fair.sector_exceptions)


def floor_of(fair: JobFair) -> Floor:
    """The floor of the fair's hall."""
    return Floor(fair.hall_width, fair.hall_depth)


def _own(pairs: Sequence[tuple[Stand, Holder | None]], employer_id: int) -> tuple[StandBooking | None, int | None]:
    for stand, holder in pairs:
        if holder is not None and holder.booking.employer_id == employer_id:
            return holder.booking, stand.number
    return None, None


def _stand_count() -> ColumnElement[int]:
    return select(func.count(Stand.id)).where(Stand.fair_id == JobFair.id).correlate(JobFair).scalar_subquery()


def _taken_count() -> ColumnElement[int]:
    taken = select(func.count(StandBooking.id)).where(StandBooking.fair_id == JobFair.id, BOOKED)
    return taken.correlate(JobFair).scalar_subquery()


def _row(fair: JobFair, stands: int, taken: int, own_number: int | None = None) -> FairRow:
    return FairRow(
        id=fair.id,
        title=fair.title,
        starts_at=fair.starts_at,
        ends_at=fair.ends_at,
        place=fair.place,
        status=fair.status,
        stands=stands,
        taken=taken,
        own_number=own_number,
    )
