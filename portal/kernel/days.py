"""Days as people count them: months later, Dutch official holidays, working days and the team's office hours."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import cache

from portal.kernel.clock import from_local, local

OPENS, CLOSES = time(9, 0), time(17, 0)
SATURDAY = 5


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last day of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm)."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """The days of a year on which Dutch municipalities are closed, weekends apart."""
    sunday = easter(year)
    king = date(year, 4, 27)
    moving = (sunday + timedelta(days=days) for days in (0, 1, 39, 49, 50))
    fixed = (date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))
    return frozenset({*moving, *fixed, king - timedelta(days=1) if king.isoweekday() == 7 else king})


def is_working_day(day: date) -> bool:
    """Whether the team is at work on this day."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def working_days_after(day: date, number: int) -> date:
    """The working day that comes this many working days after a day."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def end_of_working_day(now: datetime, number: int) -> datetime:
    """When the team's office closes, this many working days from now."""
    return from_local(working_days_after(local(now).date(), number), CLOSES)
