"""The only place that reads the time. Moments are aware UTC; days are local to Amsterdam."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Tells the present moment."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251


class FixedClock:
    """A clock that stands still until somebody moves it; for tests and the demo."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        """The moment that was set."""
        return self.moment

    def advance(self, by: timedelta) -> None:
        """Move the clock forward."""
        self.moment += by


def local(moment: datetime) -> datetime:
    """An aware moment as the clocks in Amsterdam show it."""
    return moment.astimezone(AMSTERDAM)


def local_day(moment: datetime) -> date:
    """The day it is in Amsterdam at this moment."""
    return local(moment).date()


def from_local(day: date, at: time) -> datetime:
    """A day and a clock time in Amsterdam as UTC; in the hour that comes twice, the first one."""
    return datetime.combine(day, at.replace(tzinfo=None), AMSTERDAM).astimezone(UTC)
