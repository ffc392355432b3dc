"""Decisions about stories, without a database."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.kernel.days import add_months
from portal.stories.rules import (
    INTRODUCTION,
    STORY,
    Finding,
    Person,
    consent_covers,
    consent_problem,
    findings,
    is_second_person,
    lines,
)
from portal.stories.vocabulary import IntroductionStatus, StoryStatus, Trace

TODAY = date(2026, 11, 24)
STORIES = Path(__file__).parents[1] / "data" / "scenario" / "verhalen.yaml"


def scenario() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(STORIES.read_text(encoding="utf-8"))
    return found


def test_every_state_of_a_story_and_an_introduction_can_be_reached() -> None:
    assert STORY.reachable() == frozenset(StoryStatus)
    assert INTRODUCTION.reachable() == frozenset(IntroductionStatus)


def test_a_released_story_only_comes_from_the_check() -> None:
    assert [move.sources for move in STORY.moves if move.target is StoryStatus.RELEASED] == [(StoryStatus.REVIEW,)]


def test_lines_take_away_dashes_and_empty_lines() -> None:
    assert lines("- op tijd\n\n  • sterk \n* precies\n") == ["op tijd", "sterk", "precies"]
    assert lines("  \n") == []


@pytest.mark.parametrize(
    ("text", "trace"),
    [
        ("Tel 06-89002210.", Trace.PHONE),
        ("bel 689004471", Trace.PHONE),
        ("bel +31 6 8900 9896", Trace.PHONE),
        ("bel 055 - 000 33 71", Trace.PHONE),
        ("mail naam.achter@postvak.example", Trace.MAIL),
        ("woont in 7322LW", Trace.POSTCODE),
        ("woont in 7323 LK Apeldoorn", Trace.POSTCODE),
        ("geb. 12-03-1988", Trace.DATE),
        ("Is 15-8-'86.", Trace.DATE),
        ("op 28.11.1993", Trace.DATE),
        ("op 7 juli 1990", Trace.DATE),
    ],
)
def test_what_may_tell_who_somebody_is_is_found(text: str, trace: Trace) -> None:
    assert [found.trace for found in findings({"Verhaal": text}, Person())] == [trace]


@pytest.mark.parametrize(
    "text",
    [
        "Negen jaar slager, 40 uur, NEN 1010.",
        "Werkt van 8.45 tot 14.00 uur.",
        "In 2024 begon hij met Nederlands.",
        "Kookte voor 300 mensen en 12 collega's.",
    ],
)
def test_plain_facts_are_left_alone(text: str) -> None:
    assert findings({"Verhaal": text}, Person()) == []


def test_the_persons_own_name_phone_and_mail_are_found_in_other_spellings() -> None:
    person = Person(("Tesfay", "Gebremeskel"), "+31689002210", "tesfay.geb@postvak.example")
    text = "TESFAY kan goed snijden. App 0 6 8 9 0 0 2 2 1 0 of tesfay.geb op school."
    assert {found.trace for found in findings({"Verhaal": text}, person)} == {Trace.NAME, Trace.PHONE, Trace.MAIL}


def test_a_short_name_or_a_part_of_a_word_is_no_finding() -> None:
    assert findings({"Verhaal": "Al jaren bakker, altijd op tijd."}, Person(("Al", "Tijdink"))) == []


def test_each_finding_is_told_once_with_its_field() -> None:
    texts = {"Kop": "Amal kookt", "Verhaal": "Amal kookt. Amal bakt."}
    assert findings(texts, Person(("Amal",))) == [
        Finding("Kop", Trace.NAME, "Amal"),
        Finding("Verhaal", Trace.NAME, "Amal"),
    ]


KINDS = {"TELEFOON": Trace.PHONE, "EMAIL": Trace.MAIL, "POSTCODE": Trace.POSTCODE, "GEBOORTEDATUM": Trace.DATE}


def test_raw_notes_of_the_scenario_give_their_contact_and_dates_away() -> None:
    missed = []
    for story in scenario():
        found = {finding.trace for finding in findings({"ruw": story["ruw"]}, Person())}
        missed += [(story["id"], m["tekst"]) for m in story["herkenbaar"] if KINDS.get(m["type"]) not in {None, *found}]
    assert missed == []


def test_the_wished_texts_of_the_scenario_give_nothing_away() -> None:
    wrong = []
    for story in scenario():
        wished = story["gewenst"]
        name = next((m["tekst"] for m in story["herkenbaar"] if m["type"] == "NAAM"), "")
        lists = [*wished["sterke_punten"], *wished["aandachtspunten"], *wished["ondersteuning"]]
        texts = {"kop": wished["kop"], "tekst": wished["tekst"], "lijsten": "\n".join(lists), "zoekt": wished["zoekt"]}
        wrong += [(story["id"], found.words) for found in findings(texts, Person(tuple(name.split())))]
    assert wrong == []


def test_a_consent_is_given_already_and_ends_within_twelve_months() -> None:
    year = add_months(TODAY, 12)
    assert consent_problem(TODAY, year, TODAY) is None
    assert consent_problem(TODAY, date(2027, 11, 25), TODAY) == "consent_too_long"
    assert consent_problem(date(2026, 11, 25), year, TODAY) == "consent_in_future"
    assert consent_problem(date(2026, 1, 1), date(2026, 11, 23), TODAY) == "consent_over"
    assert consent_problem(TODAY, TODAY, TODAY) == "consent_over"


def test_a_consent_covers_its_own_text_until_its_last_day() -> None:
    assert consent_covers(3, 3, TODAY, TODAY) is None
    assert consent_covers(None, 3, None, TODAY) == "consent_missing"
    assert consent_covers(3, 3, date(2026, 11, 23), TODAY) == "consent_over"
    assert consent_covers(2, 3, TODAY, TODAY) == "consent_other_text"


def test_the_second_person_is_a_person_who_did_not_write() -> None:
    assert is_second_person(2, [1, 1])
    assert not is_second_person(1, [1, 2])
    assert not is_second_person(2, [1, 2])
    assert not is_second_person(None, [1])
