"""How a scheme stands on a day, and when its amount may be shown."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.subsidies.rules import Scheme, SchemeText, Source
from portal.subsidies.vocabulary import SchemeStatus

S = SchemeStatus
CHECKED, NEXT = date(2026, 11, 23), date(2026, 12, 31)
TEXT = SchemeText(name="Proef", what="Wat", who="Wie", where="Waar", amount="€ 1,01 per uur")


def a_scheme(**fields: object) -> Scheme:
    values: dict[str, object] = {
        "key": "proef",
        "order": 1,
        "status": S.OPEN,
        "needs_disability": False,
        "checked_on": CHECKED,
        "next_check": NEXT,
        "sources": (Source("De wet", "https://wetten.overheid.nl/"),),
        "texts": {"nl": TEXT, "en": TEXT},
        "amount_read_for": date(2026, 1, 1),
        **fields,
    }
    return Scheme(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "day", "status"),
    [
        ({}, CHECKED, S.OPEN),
        ({"valid_until": date(2026, 12, 1)}, date(2026, 12, 1), S.OPEN),
        ({"valid_until": date(2026, 12, 1)}, date(2026, 12, 2), S.ENDED),
        ({"valid_from": date(2026, 12, 1)}, date(2026, 11, 30), S.CLOSED),
        ({"valid_from": date(2026, 12, 1)}, date(2026, 12, 1), S.OPEN),
        ({"window_from": date(2026, 6, 1), "window_until": date(2026, 9, 30)}, date(2026, 5, 31), S.CLOSED),
        ({"window_from": date(2026, 6, 1), "window_until": date(2026, 9, 30)}, date(2026, 6, 1), S.OPEN),
        ({"window_from": date(2026, 6, 1), "window_until": date(2026, 9, 30)}, date(2026, 9, 30), S.OPEN),
        ({"window_from": date(2026, 6, 1), "window_until": date(2026, 9, 30)}, date(2026, 10, 1), S.CLOSED),
        ({"window_until": date(2026, 9, 30), "valid_until": date(2026, 10, 31)}, date(2026, 11, 1), S.ENDED),
        ({"status": S.UNKNOWN}, CHECKED, S.UNKNOWN),
        ({"status": S.PILOT}, CHECKED, S.PILOT),
        ({"status": S.ENDED}, date(2000, 1, 1), S.ENDED),
        ({"status": S.CLOSED}, CHECKED, S.CLOSED),
    ],
)
def test_status_on_a_day(fields: dict[str, object], day: date, status: SchemeStatus) -> None:
    assert a_scheme(**fields).status_on(day) is status


def test_amount_is_shown_until_the_next_check() -> None:
    scheme = a_scheme()
    assert scheme.amount_on(NEXT, "nl") == "€ 1,01 per uur"
    assert not scheme.is_overdue(NEXT)
    assert scheme.amount_on(NEXT + timedelta(days=1), "nl") == ""
    assert scheme.is_overdue(NEXT + timedelta(days=1))


@pytest.mark.parametrize("status", [S.UNKNOWN, S.CLOSED, S.ENDED])
def test_amount_is_never_shown_when_nobody_can_ask_for_it(status: SchemeStatus) -> None:
    assert a_scheme(status=status).amount_on(CHECKED, "nl") == ""


def test_amount_disappears_after_the_end_and_the_window() -> None:
    assert a_scheme(valid_until=CHECKED).amount_on(CHECKED + timedelta(days=1), "en") == ""
    assert a_scheme(window_until=CHECKED).amount_on(CHECKED + timedelta(days=1), "en") == ""


def test_what_has_ended_needs_no_check() -> None:
    assert not a_scheme(status=S.ENDED).is_overdue(date(2030, 1, 1))


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"next_check": date(2026, 11, 22)}, "next_check comes before checked_on"),
        ({"valid_from": CHECKED, "valid_until": date(2026, 1, 1)}, "valid_until comes before valid_from"),
        ({"window_from": CHECKED, "window_until": date(2026, 1, 1)}, "window_until comes before window_from"),
        ({"amount_read_for": None}, "an amount needs amount_read_for"),
        ({"amount_read_for": date(2025, 1, 1)}, "an amount is read for the year of checked_on"),
        ({"status": S.ENDED}, "only an open scheme or a pilot has an amount"),
        ({"sources": ()}, "a source is an https address with a title"),
        ({"sources": (Source("De wet", "http://wet.nl"),)}, "a source is an https address with a title"),
        ({"texts": {"nl": TEXT, "en": replace(TEXT, note="only here")}}, "a text is missing in a language"),
    ],
)
def test_contradictory_facts_are_named(fields: dict[str, object], problem: str) -> None:
    assert problem in a_scheme(**fields).problems()


def test_good_facts_have_no_problems() -> None:
    assert a_scheme().problems() == []
