"""Home, privacy, health and the files for machines."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from portal.events.vocabulary import Visibility
from portal.kernel.clock import FixedClock
from portal.kernel.db import make_engine
from portal.kernel.permissions import VISITOR
from tests.conftest import WorkAs
from tests.factories.events import a_company, a_tour
from tests.factories.fairs import a_fair
from tests.support.browser import Browser
from tests.support.people import a_coach, sign_in
from tests.support.queries import at_most


def test_home_shows_the_next_three_tours(browser: Browser, work_as: WorkAs) -> None:
    with work_as(VISITOR) as uow:
        for number in range(4):
            a_tour(uow, employer=a_company(uow, name=f"Bedrijf {number}"), in_days=7 + number)
    words = browser.get("/").text
    assert "Bedrijf 2" in words
    assert "Bedrijf 3" not in words
    assert "Alle rondleidingen" in words


def test_home_without_tours_says_why_that_is_fine(browser: Browser) -> None:
    assert "Er staat nog niets in de agenda" in browser.get("/").text


def test_home_tells_no_story(browser: Browser) -> None:
    assert "Alleen werkgevers die wij kennen, lezen deze verhalen." in browser.get("/").text


def test_home_tells_the_next_fair(browser: Browser, work_as: WorkAs) -> None:
    with work_as(VISITOR) as uow:
        fair = a_fair(uow, title="Werkmarkt Apeldoorn")
    page = browser.get("/")
    assert "Werkmarkt Apeldoorn" in page.text
    assert page.link("Naar de werkmarkt") == f"/werkmarkten/{fair.id}"


def test_home_keeps_a_fair_with_a_code_to_itself(browser: Browser, work_as: WorkAs) -> None:
    with work_as(VISITOR) as uow:
        a_fair(uow, title="Besloten markt", visibility=Visibility.CODE)
    assert "Besloten markt" not in browser.get("/").text


def test_home_needs_few_statements(browser: Browser, work_as: WorkAs, engine: Engine, app: Flask) -> None:
    with work_as(VISITOR) as uow:
        coach = a_coach(uow)
        for number in range(4):
            a_tour(uow, in_days=7 + number)
        a_fair(uow)
    browser.get("/")
    with at_most(4, engine):
        browser.get("/")
    signed_in = sign_in(Browser(app), coach)
    with at_most(4 + 2, engine):
        signed_in.get("/")


@pytest.mark.parametrize("path", ["/", "/privacy", "/privacy/rondleiding", "/toegankelijkheid"])
@pytest.mark.parametrize("language", ["nl", "en", "ar", "ti"])
def test_page_exists_in_every_language(browser: Browser, path: str, language: str) -> None:
    page = browser.get(f"{path}?taal={language}")
    assert page.tree is not None
    assert page.tree.get("lang") == language


def test_language_is_remembered(browser: Browser) -> None:
    browser.get("/?taal=ar")
    page = browser.get("/privacy")
    assert page.tree is not None
    assert (page.tree.get("lang"), page.tree.get("dir")) == ("ar", "rtl")


def test_privacy_tells_everybody_in_their_language(browser: Browser) -> None:
    words = browser.get("/privacy?taal=nl").text
    for sentence in ("Zoek je werk?", "Bent u werkgever?", "Hebt u een account?", "geen BSN"):
        assert sentence in words
    assert "Bent u werkgever?" not in browser.get("/privacy?taal=ti").text


@pytest.mark.parametrize("form", ["rondleiding", "werkgever", "account", "bel-mij", "melding", "verhaal"])
def test_every_form_has_its_notice(browser: Browser, form: str) -> None:
    page = browser.get(f"/privacy/{form}")
    assert "Wie leest het" in page.text


def test_unknown_notice_is_not_found(browser: Browser) -> None:
    assert browser.client.get("/privacy/bestaat-niet").status_code == 404


def test_health_asks_nothing_of_the_database(browser: Browser, engine: Engine) -> None:
    with at_most(0, engine):
        response = browser.client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")


def test_ready_when_the_database_answers(browser: Browser) -> None:
    assert browser.client.get("/readyz").status_code == 200


def test_not_ready_when_the_tables_are_old(browser: Browser, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'old'"))
    assert browser.client.get("/readyz").status_code == 503


def test_not_ready_without_database(app: Flask, browser: Browser) -> None:
    app.extensions["portal"].database.engine = _unreachable()
    response = browser.client.get("/readyz")
    assert response.status_code == 503
    assert browser.client.get("/healthz").status_code == 200


def _unreachable() -> Engine:
    return make_engine("sqlite:////does/not/exist/portal.db")


def test_search_engines_leave_secret_pages_alone(browser: Browser) -> None:
    words = browser.client.get("/robots.txt").text
    assert "Disallow: /mijn-plek/" in words
    assert "Disallow: /verhalen/" in words


def test_security_contact_is_still_valid(browser: Browser, clock: FixedClock) -> None:
    words = browser.client.get("/.well-known/security.txt").text
    assert "Contact: mailto:werkgeversteam@meedraaien.example" in words
    assert f"Expires: {clock.now() + timedelta(days=180):%Y-%m-%d}" in words


def test_nothing_was_written(browser: Browser, session: Session) -> None:
    browser.get("/")
    assert session.execute(text("SELECT count(*) FROM audit_entry")).scalar() == 0
