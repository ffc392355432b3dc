"""Languages: catalogues, plurals, dates and times."""

import re
from datetime import UTC, date, datetime

import pytest
from babel.messages.pofile import read_po

from portal.kernel import i18n

MOMENT = datetime(2026, 10, 29, 8, 50, tzinfo=UTC)
PLACES = re.compile(r"%\((\w+)\)[sd]")


def test_times_have_24_hours_and_dutch_says_uur() -> None:
    with i18n.use_language("nl"):
        assert i18n.format_clock(MOMENT) == "09.50 uur"
    for code in ("en", "ar", "ti"):
        with i18n.use_language(code):
            assert i18n.format_clock(MOMENT) == "09:50"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("nl", "donderdag 29 oktober 2026"),
        ("en", "Thursday 29 October 2026"),
        ("ar", "الخميس 29 أكتوبر 2026"),
        ("ti", "ሓሙስ 29 ጥቅምቲ 2026"),
    ],
)
def test_days_are_written_in_words_with_western_digits(code: str, words: str) -> None:
    with i18n.use_language(code):
        assert i18n.format_day(date(2026, 10, 29)) == words


def test_both_sides_of_the_clock_change_are_right() -> None:
    assert i18n.format_clock(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "02.30 uur"
    assert i18n.format_clock(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "02.30 uur"
    assert i18n.format_clock(datetime(2027, 3, 28, 1, 30, tzinfo=UTC)) == "03.30 uur"


@pytest.mark.parametrize("code", ["en", "ar", "ti"])
def test_every_translation_keeps_the_places_of_its_source(code: str) -> None:
    path = i18n.CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=i18n.LANGUAGES[code].locale)
    for message in catalogue:
        if not message.id:
            continue
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        allowed = set().union(*(PLACES.findall(source) for source in sources))
        translations = message.string if isinstance(message.string, tuple) else (message.string,)
        for translation in translations:
            if translation:
                assert set(PLACES.findall(translation)) <= allowed, message.id
        if not isinstance(message.id, tuple) and message.string:
            assert set(PLACES.findall(message.string)) == allowed, message.id


@pytest.mark.parametrize("number", [0, 1, 2, 3, 11, 100])
@pytest.mark.parametrize("code", ["nl", "en", "ar", "ti"])
def test_every_plural_has_words_for_every_number(code: str, number: int) -> None:
    path = i18n.CATALOGUES / "ar" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        plurals = [m.id for m in read_po(file, locale="ar") if isinstance(m.id, tuple)]
    assert plurals
    with i18n.use_language(code):
        for singular, plural in plurals:
            assert i18n.translations(code).ungettext(singular, plural, number)
