"""The page of subsidies: what it shows on a day, and what it never shows."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from portal.kernel.clock import FixedClock
from tests.support.browser import Browser, Page
from tests.support.page_gate import Element
from tests.support.queries import at_most


def scheme(page: Page, key: str) -> str:
    """The words of one scheme."""
    assert page.tree is not None
    element: Element = next(element for element in page.tree.iter() if element.get("id") == key)
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize(
    ("language", "title", "trial"),
    [
        ("nl", "Subsidie en hulp voor werkgevers", "Iemand werkt een tijdje bij u op proef"),
        ("en", "", "Somebody works for you on trial for a while"),
    ],
)
def test_page_exists_in_the_languages_of_employers(browser: Browser, language: str, title: str, trial: str) -> None:
    page = browser.get(f"/subsidies?taal={language}")
    assert title in page.text
    assert trial in page.text
    assert browser.get("/subsidies?taal=ar").tree.get("lang") == "nl"  # type: ignore[union-attr]


def test_page_reads_no_database(browser: Browser, engine: Engine) -> None:
    with at_most(0, engine):
        browser.get("/subsidies")


def test_every_scheme_has_its_date_and_its_source(browser: Browser) -> None:
    page = browser.get("/subsidies")
    lkv = scheme(page, "lkv-banenafspraak")
    assert "Nagekeken op 23 november 2026, opnieuw uiterlijk 31 december 2026." in lkv
    assert "€ 1,01 per betaald uur" in lkv
    assert "https://wetten.overheid.nl/BWBR0037522/2026-01-01" in page.html
    assert page.html.count("Bron, op een andere website") == 20


def test_what_needs_a_disability_stays_folded(browser: Browser) -> None:
    page = browser.get("/subsidies")
    assert page.tree is not None
    folded = [d for d in page.tree.iter("details") if any(e.get("id") == "loonkostensubsidie" for e in d.iter())]
    assert len(folded) == 1
    assert folded[0].get("open") is None


def test_sowis_is_closed_and_has_no_amount(browser: Browser) -> None:
    sowis = scheme(browser.get("/subsidies"), "sowis")
    assert "Nu gesloten" in sowis
    assert "Gesloten sinds 30 september 2026." in sowis
    assert "€" not in sowis
    assert "8.000" not in sowis


@pytest.mark.parametrize("key", ["liv", "stap", "lkv-oudere-werknemer", "tel-mee-met-taal"])
def test_what_has_ended_says_so_without_an_amount(browser: Browser, key: str) -> None:
    words = scheme(browser.get("/subsidies"), key)
    assert "Afgelopen" in words
    assert "€" not in words
    assert "Bedrag" not in words


def test_unknown_sends_people_to_the_team(browser: Browser) -> None:
    words = scheme(browser.get("/subsidies"), "praktijkleren")
    assert "Vraag het team" in words
    assert "2.700" not in words


def test_after_the_turn_of_the_year_no_amount_is_left(browser: Browser, clock: FixedClock) -> None:
    assert browser.get("/subsidies").html.count("€") > 0
    clock.advance(timedelta(days=40))
    page = browser.get("/subsidies")
    assert "€" not in page.html
    assert "70%" not in page.html
    assert "Wordt nagekeken" in scheme(page, "lkv-banenafspraak")
    assert "Tot die tijd noemen we geen bedrag." in scheme(page, "proefplaats")


def test_page_promises_nothing_and_ends_with_the_team(browser: Browser) -> None:
    page = browser.get("/subsidies")
    assert "Een schatting, geen belofte." in page.text
    assert "Deze pagina kent regelingen, geen personen." in page.text
    assert "Stuur nooit een BSN" in page.text
    assert "tel:" in page.html
