"""Job fairs, stands and bookings for tests."""

from collections.abc import Sequence
from datetime import time, timedelta
from itertools import count

from sqlalchemy import select

from portal.employers.models import Employer
from portal.events.models import JobFair, Stand, StandBooking
from portal.events.vocabulary import BookingStatus, EventsAction, FairStatus, Visibility
from portal.kernel.clock import from_local, local_day
from portal.kernel.uow import UnitOfWork

_numbers = count(1)


def a_fair(uow: UnitOfWork, stands: int = 4, *, in_days: int = 35, **fields: object) -> JobFair:
    """A fair that employers may book for, five weeks ahead, with stands in a row; the odd ones have power."""
    number = next(_numbers)
    day = local_day(uow.now) + timedelta(days=in_days)
    status = FairStatus(str(fields.pop("status", "open")))
    values: dict[str, object] = {
        "title": "Werkmarkt voor statushouders",
        "description": "Uit elke branche een werkgever.",
        "starts_at": from_local(day, time(13, 0)),
        "ends_at": from_local(day, time(16, 30)),
        "build_up_at": from_local(day, time(11, 0)),
        "place": "Sporthal De Mheenschans",
        "address": "Mheenschans 1, Apeldoorn",
        "district": "Apeldoorn-Zuid",
        "hall_width": 40.0,
        "hall_depth": 25.0,
        "zones": [{"x": 16, "y": 10, "width": 8, "depth": 6, "label": "koffie"}],
        "sector_exceptions": {},
        "visibility": Visibility.PUBLIC,
        "access_code": f"FAIR{number:05d}",
        "opened_at": None if status is FairStatus.PLANNED else uow.now,
        "created_at": uow.now,
        "details_changed_at": uow.now,
        **fields,
    }
    fair = JobFair(status=status, **values)
    uow.session.add(fair)
    uow.audit(EventsAction.FAIR_PLANNED, fair)
    for place in range(1, stands + 1):
        a_stand(uow, fair, place, x=(place - 1) % 9 * 4 + 1, y=(place - 1) // 9 * 3 + 0.5, has_power=place % 2 == 1)
    return fair


def a_stand(uow: UnitOfWork, fair: JobFair, number: int, **fields: object) -> Stand:
    """One stand of three by two metres."""
    values: dict[str, object] = {"x": 1.0, "y": 0.5, "width": 3.0, "depth": 2.0, "created_at": uow.now, **fields}
    stand = Stand(fair_id=fair.id, number=number, **values)
    uow.session.add(stand)
    uow.audit(EventsAction.STAND_ADDED, stand)
    return stand


def stands_of(uow: UnitOfWork, fair: JobFair) -> Sequence[Stand]:
    """The stands of a fair, by number."""
    return uow.session.scalars(select(Stand).where(Stand.fair_id == fair.id).order_by(Stand.number)).all()


def stand_id(uow: UnitOfWork, fair: JobFair, number: int) -> int:
    """The id of the stand with this number."""
    return uow.session.scalars(select(Stand.id).where(Stand.fair_id == fair.id, Stand.number == number)).one()


def a_booking(uow: UnitOfWork, fair: JobFair, employer: Employer, number: int = 1, **fields: object) -> StandBooking:
    """A stand that an employer has."""
    values: dict[str, object] = {"created_at": uow.now, "needs_power": False, **fields}
    booking = StandBooking(
        fair_id=fair.id,
        stand_id=stand_id(uow, fair, number),
        employer_id=employer.id,
        status=BookingStatus.BOOKED,
        **values,
    )
    uow.session.add(booking)
    uow.audit(EventsAction.STAND_BOOKED, booking)
    return booking
