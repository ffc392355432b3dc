"""The rules of participants: how long data stays, and when a message is told in time."""

from datetime import date, datetime, time, timedelta

from portal.kernel.clock import from_local, local

KEEP_DAYS = 30
OFFICE_OPENS = time(9, 0)
OFFICE_CLOSES = time(17, 0)
SATURDAY = 5


def delete_on(event_day: date) -> date:
    """When somebody's data goes: thirty days after the last day for which it is needed."""
    return event_day + timedelta(days=KEEP_DAYS)


def tell_before(now: datetime) -> datetime:
    """When a message should be told at the latest: before the end of the next working day."""
    day = local(now).date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return from_local(day, OFFICE_CLOSES)


def tell_soon(now: datetime) -> datetime:
    """When an urgent message should be told: within two hours that the office is open."""
    soon = now + timedelta(hours=2)
    at = local(soon)
    if at.weekday() < SATURDAY and OFFICE_OPENS <= at.time() <= OFFICE_CLOSES:
        return soon
    day = at.date() if at.time() < OFFICE_OPENS else at.date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return from_local(day, time(11, 0))
