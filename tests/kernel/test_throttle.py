"""Brakes on guessing."""

from datetime import timedelta

from portal.kernel.clock import FixedClock
from portal.kernel.throttle import forget, too_often
from portal.kernel.uow import Database
from tests.conftest import TEAM

WINDOW = timedelta(minutes=15)


def hit(database: Database, who: str) -> bool:
    with database.work(TEAM) as uow:
        uow.without_audit("counters")
        return too_often(uow.session, "sign-in", who, limit=2, window=WINDOW, now=uow.now)


def test_the_third_time_is_too_often_and_a_new_window_begins_anew(database: Database, clock: FixedClock) -> None:
    assert [hit(database, "A@x.example") for _ in range(3)] == [False, False, True]
    assert hit(database, "b@x.example") is False
    assert hit(database, " a@X.example ") is True
    clock.advance(WINDOW)
    assert hit(database, "a@x.example") is False


def test_old_counts_are_forgotten(database: Database, clock: FixedClock) -> None:
    hit(database, "a")
    clock.advance(WINDOW * 2)
    with database.work(TEAM) as uow:
        uow.without_audit("counters")
        assert forget(uow.session, uow.now) == 1
