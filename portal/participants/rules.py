"""The rules of participants: how long data stays, and when a message is told in time."""

from datetime import date, datetime, time, timedelta

from portal.kernel.clock import from_local, local
from portal.kernel.days import CLOSES, OPENS, end_of_working_day, is_working_day, working_days_after

KEEP_DAYS = 30
FIRST_HOURS = time(11, 0)


def delete_on(event_day: date) -> date:
    """When somebody's data goes: thirty days after the last day for which it is needed."""
    return event_day + timedelta(days=KEEP_DAYS)


def tell_before(now: datetime) -> datetime:
    """When a message should be told at the latest: before the end of the next working day."""
    return end_of_working_day(now, 1)


def tell_soon(now: datetime) -> datetime:
    """When an urgent message should be told: within two hours that the office is open."""
    soon = local(now + timedelta(hours=2))
    if is_working_day(soon.date()) and OPENS <= soon.time() <= CLOSES:
        return now + timedelta(hours=2)
    day = soon.date()
    if soon.time() >= OPENS or not is_working_day(day):
        day = working_days_after(day, 1)
    return from_local(day, FIRST_HOURS)
