"""The data files: each loads, none says more than was read, and a wrong one is refused by name."""

import re
from datetime import date
from pathlib import Path

import pytest

from portal.subsidies.queries import DATA, SchemeFileError, all_schemes, load_scheme, load_schemes, scheme_page
from portal.subsidies.vocabulary import SchemeStatus

FILES = sorted(DATA.glob("*.toml"))
DAY = date(2026, 11, 24)
S = SchemeStatus
ALL = {scheme.key: scheme for scheme in all_schemes()}
OPEN_NUMBERS = (
    "8.000",
    "8,000",
    "24.000",
    "24,000",
    "2.700",
    "2,700",
    "25.000",
    "25,000",
    "125.000",
    "125,000",
    "23,5",
    "23.5",
)
"""Numbers that the facts mark as open, or as another year's: they stand nowhere."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_loads_and_is_complete(path: Path) -> None:
    scheme = load_scheme(path)
    assert scheme.checked_on == date(2026, 11, 23)
    assert scheme.sources
    assert set(scheme.texts) == {"nl", "en"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_holds_no_number_that_is_not_certain(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [number for number in OPEN_NUMBERS if number in text] == []


def test_rows_of_the_facts_are_all_there() -> None:
    statuses = {key: scheme.status_on(DAY) for key, scheme in ALL.items()}
    assert statuses == {
        "proefplaats": S.OPEN,
        "jobcoach-gemeente": S.OPEN,
        "praktijkleren": S.UNKNOWN,
        "slim": S.UNKNOWN,
        "werkgeverssubsidie-apeldoorn": S.UNKNOWN,
        "startbaan": S.PILOT,
        "loonkostensubsidie": S.OPEN,
        "loonkostensubsidie-eerste-maanden": S.OPEN,
        "lkv-banenafspraak": S.OPEN,
        "lkv-arbeidsgehandicapt": S.OPEN,
        "lkv-herplaatsen": S.OPEN,
        "no-riskpolis": S.OPEN,
        "jobcoach-uwv": S.UNKNOWN,
        "werkplek-aanpassen": S.OPEN,
        "doelgroepregister": S.OPEN,
        "sowis": S.CLOSED,
        "tel-mee-met-taal": S.ENDED,
        "lkv-oudere-werknemer": S.ENDED,
        "liv": S.ENDED,
        "stap": S.ENDED,
    }


def test_sowis_closed_after_the_last_of_september() -> None:
    sowis = ALL["sowis"]
    assert [sowis.status_on(date(2026, month, day)) for month, day in ((5, 31), (6, 1), (9, 30), (10, 1))] == [
        S.CLOSED,
        S.OPEN,
        S.OPEN,
        S.CLOSED,
    ]
    assert sowis.texts["nl"].amount == ""  # the amount of 2026 is not known


@pytest.mark.parametrize("key", ["liv", "stap", "lkv-oudere-werknemer", "tel-mee-met-taal", "sowis"])
def test_what_is_over_or_closed_has_no_amount(key: str) -> None:
    scheme = ALL[key]
    assert scheme.amount_on(DAY, "nl") == scheme.amount_on(DAY, "en") == ""
    assert not re.search(r"€|EUR|\d+%", str(scheme.texts))


def test_all_amounts_go_away_at_the_turn_of_the_year() -> None:
    last, first = date(2026, 12, 31), date(2027, 1, 1)
    with_amount = [scheme for scheme in all_schemes() if scheme.amount_on(last, "nl")]
    assert len(with_amount) == 7
    assert not [scheme.key for scheme in all_schemes() if scheme.amount_on(first, "nl")]
    assert all(scheme.is_overdue(first) for scheme in with_amount)


def test_page_has_three_groups_and_hides_disability() -> None:
    page = scheme_page(DAY, "nl")
    assert page.usual[0].key == "proefplaats"
    assert {row.key for row in page.gone} == {"sowis", "tel-mee-met-taal", "lkv-oudere-werknemer", "liv", "stap"}
    assert all(ALL[row.key].needs_disability for row in page.disability)
    assert len(page.usual) + len(page.disability) + len(page.gone) == len(ALL)


GOOD = (DATA / "lkv-banenafspraak.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('status = "open"', 'status = "misschien"', "misschien"),
        ("needs_disability = true", "needs_disability = 1", "needs_disability must be a bool"),
        ("checked_on = 2026-11-23", "", "checked_on must be a date"),
        ("next_check = 2026-12-31", 'next_check = "2026-12-31"', "next_check must be a date"),
        ("amount_read_for = 2026-01-01", "amount_read_for = 2026-01-01T00:00:00", "amount_read_for must be a date"),
        ("order = 30", "order = 30\nbedrag = 5", "unknown: bedrag"),
        ("[en]", "[de]", "unknown: de"),
        ('duration = "Sinds', 'kleur = "Sinds', "unknown: kleur"),
        ('who = "Medewerkers', 'who = ""\nnote = "Medewerkers', r"\[nl\] lacks who"),
        ('amount = "€ 1,01', 'amount = 5\nnote = "€ 1,01', r"\[nl\] holds something that is no text"),
        ("url = ", "adres = ", "unknown: adres"),
        ("https://", "http://", "https"),
        ("order = 30", "order = ", "Invalid value"),
        ('status = "open"', 'status = "ended"', "only an open scheme or a pilot has an amount"),
    ],
)
def test_wrong_file_is_refused_by_its_name(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in GOOD
    path = tmp_path / "stuk.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(SchemeFileError, match=rf"stuk\.toml: .*{problem}"):
        load_schemes(tmp_path)


def test_file_without_a_language_is_refused(tmp_path: Path) -> None:
    (tmp_path / "half.toml").write_text(GOOD[: GOOD.index("[en]")], encoding="utf-8")
    with pytest.raises(SchemeFileError, match=r"half\.toml: the texts of \[en\] are missing"):
        load_schemes(tmp_path)
