"""Months, holidays and working days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.days import add_months, easter, end_of_working_day, holidays, is_working_day, working_days_after


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2000, date(2000, 4, 23)),
        (2024, date(2024, 3, 31)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_is_on_the_known_sundays(year: int, day: date) -> None:
    assert easter(year) == day


@given(st.integers(min_value=1900, max_value=2200))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    found = easter(year)
    assert found.isoweekday() == 7
    assert date(year, 3, 22) <= found <= date(year, 4, 25)


def test_the_king_has_his_day_on_saturday_when_the_27th_is_a_sunday() -> None:
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)
    assert date(2026, 4, 27) in holidays(2026)


def test_christmas_and_new_year_are_no_working_days() -> None:
    assert not is_working_day(date(2026, 12, 25))
    assert working_days_after(date(2026, 12, 23), 1) == date(2026, 12, 24)
    assert working_days_after(date(2026, 12, 23), 2) == date(2026, 12, 28)
    assert working_days_after(date(2026, 12, 31), 1) == date(2027, 1, 4)


def test_the_office_closes_at_five_in_amsterdam_in_winter_and_summer() -> None:
    assert end_of_working_day(datetime(2026, 11, 24, 9, tzinfo=UTC), 2) == datetime(2026, 11, 26, 16, tzinfo=UTC)
    assert end_of_working_day(datetime(2026, 7, 1, 9, tzinfo=UTC), 0) == datetime(2026, 7, 1, 15, tzinfo=UTC)


def test_months_later_stays_inside_the_month() -> None:
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2026, 11, 24), 12) == date(2027, 11, 24)
    assert add_months(date(2026, 12, 1), 1) == date(2027, 1, 1)


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)), st.integers(min_value=1, max_value=30))
def test_working_days_after_counts_working_days_only(day: date, number: int) -> None:
    found = working_days_after(day, number)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert is_working_day(found)
    assert sum(map(is_working_day, between)) == number
