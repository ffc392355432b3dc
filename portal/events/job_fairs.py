"""Planning, changing, opening, closing and cancelling job fairs, and putting stands on the floor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from portal.events import fair_rules
from portal.events.fair_notifications import FairCancelled, FairMoved, stand_facts
from portal.events.fair_policies import visible_fairs
from portal.events.fair_queries import floor_of
from portal.events.fair_rules import FAIR_LIFE, Floor, StandPlace, Zone
from portal.events.models import JobFair, Stand, StandBooking
from portal.events.stand_queries import BOOKED, place_of, receivers
from portal.events.vocabulary import EventsAction, FairStatus, Visibility
from portal.kernel.db import new_public_id
from portal.kernel.errors import ConflictError, NotFoundError
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork

MOVING = ("starts_at", "ends_at", "build_up_at", "place", "address")


@dataclass(frozen=True, slots=True, kw_only=True)
class FairInput:
    """What the team fills in for a fair."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    address: str
    hall_width: float = 40.0
    hall_depth: float = 25.0
    build_up_at: datetime | None = None
    description: str = ""
    district: str = ""
    zones: tuple[Zone, ...] = ()
    max_per_sector: int = 1
    sector_exceptions: Mapping[str, int] = field(default_factory=dict)
    visibility: Visibility = Visibility.PUBLIC

    def check(self) -> None:
        """Refuse what cannot be."""
        fair_rules.check_times(self.starts_at, self.ends_at, self.build_up_at)
        fair_rules.check_floor(Floor(self.hall_width, self.hall_depth))
        fair_rules.check_limits(self.max_per_sector, self.sector_exceptions)

    def values(self) -> dict[str, object]:
        """The columns."""
        values = {name: getattr(self, name) for name in self.__slots__}
        zones = [zone.plain() for zone in self.zones]
        return values | {"zones": zones, "sector_exceptions": dict(self.sector_exceptions)}


def plan_fair(uow: UnitOfWork, *, fair: FairInput) -> int:
    """The team makes a fair; employers do not see it before it is opened."""
    uow.actor.require(Permission.EVENTS_FAIR_MANAGE)
    fair.check()
    if fair.starts_at <= uow.now:
        raise ConflictError("fair_in_past")
    made = JobFair(
        status=FAIR_LIFE.start,
        access_code=new_public_id(),
        created_at=uow.now,
        details_changed_at=uow.now,
        **fair.values(),
    )
    uow.session.add(made)
    uow.audit(EventsAction.FAIR_PLANNED, made)
    return made.id


def edit_fair(uow: UnitOfWork, *, fair_id: int, details_version: int, fair: FairInput) -> None:
    """Change a fair. Another time or place of one that was opened is a move: who has a stand hears of it."""
    row = lock_fair(uow, fair_id)
    _check_editable(uow, row)
    if row.details_version != details_version:
        raise ConflictError("stale_edit")
    fair.check()
    fair_rules.check_places(Floor(fair.hall_width, fair.hall_depth), [place_of(one) for one in _stands(uow, row)])
    values = fair.values()
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    if not changed:
        return
    if "starts_at" in changed and fair.starts_at <= uow.now:
        raise ConflictError("fair_in_past")
    for name in changed:
        setattr(row, name, values[name])
    _touch(uow, row)
    uow.audit(EventsAction.FAIR_CHANGED, row, changed=changed)
    if set(changed) & set(MOVING):
        row.calendar_sequence += 1
        _tell_everybody(uow, row, FairMoved)


def open_fair(uow: UnitOfWork, *, fair_id: int) -> None:
    """Employers may book from now on, and everybody sees the fair."""
    fair = lock_fair(uow, fair_id)
    target = FAIR_LIFE.check("open", fair.status, uow.actor)
    if fair.starts_at <= uow.now:
        raise ConflictError("fair_in_past")
    if not _stands(uow, fair):
        raise ConflictError("fair_without_stands")
    fair.status = target
    fair.opened_at = fair.opened_at or uow.now
    _touch(uow, fair)
    uow.audit(EventsAction.FAIR_OPENED, fair)


def close_fair(uow: UnitOfWork, *, fair_id: int) -> None:
    """Employers can no longer book by themselves; the fair stays visible."""
    fair = lock_fair(uow, fair_id)
    fair.status = FAIR_LIFE.check("close", fair.status, uow.actor)
    _touch(uow, fair)
    uow.audit(EventsAction.FAIR_CLOSED, fair)


def cancel_fair(uow: UnitOfWork, *, fair_id: int, reason: str) -> None:
    """The fair does not take place: everybody with a stand hears it."""
    fair = lock_fair(uow, fair_id)
    fair.status = FAIR_LIFE.check("cancel", fair.status, uow.actor, reason)
    fair.reason = reason.strip()
    fair.calendar_sequence += 1
    _touch(uow, fair)
    uow.audit(EventsAction.FAIR_CANCELLED, fair)
    _tell_everybody(uow, fair, FairCancelled)


def add_stands(uow: UnitOfWork, *, fair_id: int, places: Sequence[StandPlace]) -> int:
    """Put stands on the floor, all or none; tells how many."""
    uow.actor.require(Permission.EVENTS_FAIR_MANAGE)
    fair = lock_fair(uow, fair_id)
    _check_editable(uow, fair)
    fair_rules.check_places(floor_of(fair), [*(place_of(stand) for stand in _stands(uow, fair)), *places])
    for place in places:
        stand = Stand(fair_id=fair.id, created_at=uow.now, **_columns(place))
        uow.session.add(stand)
        uow.audit(EventsAction.STAND_ADDED, stand, number=place.number)
    return len(places)


def edit_stand(uow: UnitOfWork, *, stand_id: int, place: StandPlace) -> None:
    """Move a stand or change it. A stand that somebody has keeps its number, and the power that they need."""
    fair, stand = _lock_stand(uow, stand_id)
    others = [place_of(other) for other in _stands(uow, fair) if other.id != stand.id]
    fair_rules.check_places(floor_of(fair), [*others, place])
    booking = _booking(uow, stand)
    if booking is not None and place.number != stand.number:
        raise ConflictError("stand_number_booked")
    if booking is not None and booking.needs_power and not place.has_power:
        raise ConflictError("stand_power_needed")
    columns = _columns(place)
    changed = sorted(name for name, value in columns.items() if getattr(stand, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(stand, name, columns[name])
    uow.audit(EventsAction.STAND_CHANGED, stand, changed=changed)


def remove_stand(uow: UnitOfWork, *, stand_id: int) -> None:
    """Take a stand off the floor; not while somebody has it."""
    _fair, stand = _lock_stand(uow, stand_id)
    if _booking(uow, stand) is not None:
        raise ConflictError("stand_booked")
    uow.audit(EventsAction.STAND_REMOVED, stand, number=stand.number)
    uow.session.delete(stand)


def lock_fair(uow: UnitOfWork, fair_id: int) -> JobFair:
    """Every change to a fair and its stands starts here: the fair's row is the lock."""
    fair = uow.session.scalars(
        visible_fairs(uow.actor)
        .where(JobFair.id == fair_id)
        .with_for_update(of=JobFair)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if fair is None:
        raise NotFoundError
    return fair


def _lock_stand(uow: UnitOfWork, stand_id: int) -> tuple[JobFair, Stand]:
    uow.actor.require(Permission.EVENTS_FAIR_MANAGE)
    fair_id = uow.session.scalar(select(Stand.fair_id).where(Stand.id == stand_id))
    if fair_id is None:
        raise NotFoundError
    fair = lock_fair(uow, fair_id)
    _check_editable(uow, fair)
    stand = uow.session.scalar(select(Stand).where(Stand.id == stand_id))
    if stand is None:
        raise NotFoundError
    return fair, stand


def _check_editable(uow: UnitOfWork, fair: JobFair) -> None:
    uow.actor.require(Permission.EVENTS_FAIR_MANAGE)
    if fair.status is FairStatus.CANCELLED:
        raise ConflictError("move_not_possible", move="edit", state=fair.status.value)
    if fair.ends_at <= uow.now:
        raise ConflictError("fair_ended")


def _stands(uow: UnitOfWork, fair: JobFair) -> Sequence[Stand]:
    return uow.session.scalars(select(Stand).where(Stand.fair_id == fair.id).order_by(Stand.number)).all()


def _booking(uow: UnitOfWork, stand: Stand) -> StandBooking | None:
    return uow.session.scalar(select(StandBooking).where(StandBooking.stand_id == stand.id, BOOKED))


def _columns(place: StandPlace) -> dict[str, object]:
    return {name: getattr(place, name) for name in ("number", "x", "y", "width", "depth", "has_power")}


def _touch(uow: UnitOfWork, fair: JobFair) -> None:
    fair.details_version += 1
    fair.details_changed_at = uow.now


def _tell_everybody(uow: UnitOfWork, fair: JobFair, news: type[FairMoved | FairCancelled]) -> None:
    rows = uow.session.execute(
        select(StandBooking, Stand.number)
        .join(Stand, Stand.id == StandBooking.stand_id)
        .where(StandBooking.fair_id == fair.id, BOOKED)
        .order_by(StandBooking.id)
    ).all()
    who = receivers(uow.session, [booking for booking, _number in rows])
    for booking, number in rows:
        recipient = who[booking.id]
        if recipient is not None:
            uow.notify(recipient, news(**stand_facts(fair, booking, number, uow.now)))
