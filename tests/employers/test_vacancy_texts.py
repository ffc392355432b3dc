"""Words that shut people out, the minimum wage and the length of a trial, against their dated rows."""

import re
import tomllib
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
import yaml

from portal.employers import vacancy_texts
from portal.employers.vacancy_texts import check_text, clear_kinds, minimum_wage, trial_terms, weeks_of

SCENARIO = Path(__file__).parents[1] / "data" / "scenario"
PAGES = yaml.safe_load((SCENARIO / "verwacht.yaml").read_text(encoding="utf-8"))["vacatures_html"]
KINDS = {"leeftijd": "age", "geslacht": "sex", "afkomst_taal": "origin"}
DATA = Path(vacancy_texts.__file__).parent / "data"


def page_text(name: str) -> str:
    html = (SCENARIO / "vacatures" / name).read_text(encoding="utf-8")
    return unescape(re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page["bestand"])[:2])
def test_the_pages_of_the_scenario_are_judged_as_they_should(page: dict[str, list[dict[str, str]]]) -> None:
    text = page_text(str(page["bestand"]))
    found = check_text(text)
    clear = {finding for finding in found if finding.certainty == "clear"}
    assert {finding.kind for finding in clear} == {KINDS[flag["soort"]] for flag in page["vlaggen"]}
    for flag in page["vlaggen"]:
        places = [at.span() for at in re.finditer(re.escape(flag["tekst"]), text)]
        assert places
        kind = KINDS[flag["soort"]]
        assert all(any(f.kind == kind and f.start < end and start < f.end for f in clear) for start, end in places)
    assert not any(flag in finding.quote for flag in page["niet_vlaggen"] for finding in found)
    for doubt in page.get("twijfel", []):
        assert any(f.certainty == "doubt" and (f.quote in doubt or doubt in f.quote) for f in found)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Vlotte meid voor het ontbijt", ("sex",)),
        ("liefst tussen 18 en 25", ("age",)),
        ("man van max. 30", ("age",)),
        ("niet ouder dan 40", ("age",)),
        ("20 – 35 jaar", ("age",)),
        ("16 t/m 20 jaar", ("age",)),
        ("tot 30 jaar", ("age",)),
        ("leeftijd: 20-30", ("age",)),
        ("max 3 jaar ervaring", ("age",)),
        ("leuke jonge collega’s", ("age",)),
        ("wij zoeken scholieren", ("age",)),
        ("wij zoeken een sterke vrouw", ("sex",)),
        ("sterke kerel gezocht", ("sex",)),
        ("geen mannen", ("sex",)),
        ("native speaker", ("origin",)),
        ("Nederlandse nationaliteit", ("origin",)),
        ("accentloos Nederlands", ("origin",)),
        ("een hoofddoek mag niet", ("religion",)),
        ("kerngezond", ("health",)),
        ("Jonge meid, kerngezond, zonder accent", ("age", "sex", "health", "origin")),
    ],
)
def test_words_that_shut_people_out(text: str, kinds: tuple[str, ...]) -> None:
    assert clear_kinds(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Jong bedrijf (8 jaar), mensen van 24 tot 61",
        "18 jaar of ouder in verband met de machines",
        "minimaal 18 jaar",
        "18+",
        "ook studenten",
        "Ook als je ouder bent dan 30",
        "alle leeftijden welkom",
        "Junior tester",
        "gastvrouw of gastheer",
        "medewerker (m/v/x)",
        "mannen én vrouwen wassen",
        "voor jongens en meisjes van 8",
        "werken met jonge kinderen",
        "tussen 17.00 en 21.30 uur",
        "tussen 16 en 24 uur per week",
        "max. 30 uur",
        "van 20 tot 30 kilo",
        "onder de 18 graden",
        "minimaal 2 jaar ervaring",
        "team van 12 man",
        "damesmode verkopen",
        "loon voor 21 jaar en ouder",
        "tillen tot 25 kg",
        "Nederlands A2, liefst op weg naar B1",
        "Uurloon, geen stukloon",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert check_text(text) == ()


def test_a_doubt_is_shown_but_not_flagged() -> None:
    text = "Uitstekend Nederlands, minimaal 25 jaar, een schoonmaakster met een fris uiterlijk"
    assert clear_kinds(text) == ()
    assert [finding.kind for finding in check_text(text)] == ["origin", "age", "sex", "appearance"]


def test_a_quote_is_the_writers_own_words() -> None:
    text = "ﬁjn: Wij zoeken één JONGE Hond"
    finding = check_text(text)[0]
    assert finding.quote == text[finding.start : finding.end] == "JONGE Hond"
    assert "leeftijd" in str(finding.sentence)


def test_every_row_of_the_tables_is_dated_and_has_a_source() -> None:
    words = tomllib.loads((DATA / "exclusion_words.toml").read_text(encoding="utf-8"))
    assert isinstance(words["from"], date)
    assert all(rule["source"] and rule["kind"] in vacancy_texts.SENTENCES for rule in words["rule"])
    for name, tables in (("minimum_wages", ("adult", "youth")), ("trial_terms", ("terms",))):
        data = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
        for table in tables:
            days = [row["from"] for row in data[table]]
            assert days == sorted(set(days))
            assert all(row["source"] and row["status"] for row in data[table])


@pytest.mark.parametrize(
    ("day", "amounts", "bbl"),
    [
        ("2024-01-01", "13.27 10.62 7.96 6.64 5.24 4.58 3.98", "8.16 6.97 6.04"),
        ("2024-07-01", "13.68 10.94 8.21 6.84 5.40 4.72 4.10", "8.41 7.18 6.22"),
        ("2025-06-30", "14.06 11.25 8.44 7.03 5.55 4.85 4.22", "8.65 7.38 6.40"),
        ("2025-07-01", "14.40 11.52 8.64 7.20 5.69 4.97 4.32", "8.86 7.56 6.55"),
        ("2026-01-01", "14.71 11.77 8.83 7.36 5.81 5.07 4.41", "9.05 7.72 6.69"),
        ("2026-12-31", "14.99 11.99 8.99 7.50 5.92 5.17 4.50", "9.22 7.87 6.82"),
    ],
)
def test_the_minimum_wage_by_age_and_day(day: str, amounts: str, bbl: str) -> None:
    on = date.fromisoformat(day)
    assert [minimum_wage(on, age) for age in range(21, 14, -1)] == [Decimal(amount) for amount in amounts.split()]
    assert [minimum_wage(on, age, bbl=True) for age in (20, 19, 18)] == [Decimal(amount) for amount in bbl.split()]


def test_where_the_minimum_wage_is_the_same_or_absent() -> None:
    on = date(2026, 11, 24)
    assert minimum_wage(on) == minimum_wage(on, 64) == minimum_wage(on, 21, bbl=True) == Decimal("14.99")
    assert minimum_wage(on, 17, bbl=True) == minimum_wage(on, 17)
    assert minimum_wage(on, 14) is None
    assert minimum_wage(date(2023, 12, 31)) is None
    assert minimum_wage(date(2027, 1, 1), 18) == minimum_wage(date(2027, 1, 1), 18, bbl=True) == Decimal("9.37")


def test_the_terms_of_a_trial() -> None:
    terms = trial_terms(date(2026, 11, 24))
    assert terms is not None
    assert (terms.standard_months, terms.longest_months) == (2, 6)
    assert trial_terms(date(2023, 6, 30)) is None
    assert (weeks_of(2), weeks_of(6)) == (9, 26)
