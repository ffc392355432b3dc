"""The public pages of tours, as a visitor meets them."""

import pytest
from sqlalchemy import Engine, select

from portal.events.models import Registration, Tour
from portal.events.vocabulary import RegistrationStatus, TourStatus, Visibility
from portal.kernel.clock import FixedClock
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from portal.participants.models import Participant
from tests.conftest import WorkAs
from tests.factories.events import a_company, a_registration, a_tour
from tests.support.browser import Browser
from tests.support.queries import at_most

SYSTEM = Actor(role=Role.SYSTEM, name="test")
LANGUAGES = ("nl", "en", "ar", "ti")
S = RegistrationStatus


@pytest.fixture
def tour(work_as: WorkAs) -> Tour:
    with work_as(SYSTEM) as uow:
        return a_tour(
            uow,
            3,
            description="Je loopt mee van deeg tot doos.",
            transport="Bus 15, halte Ugchelen Dorp.",
            bring="Een pen",
            accessibility="Alles is gelijkvloers",
            good_to_know="Het ruikt er lekker",
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_exists_in_every_language(browser: Browser, tour: Tour, language: str) -> None:
    for path in ("", f"/{tour.id}", f"/{tour.id}/aanmelden", f"/{tour.id}/privacy"):
        page = browser.get(f"/rondleidingen{path}?taal={language}")
        assert page.tree is not None
        assert page.tree.get("lang") == language
    browser.get("/mijn-plek/kwijt")
    browser.get("/mijn-plek/kwijt/gevraagd")


@pytest.mark.parametrize("language", LANGUAGES)
def test_visitor_registers_sees_the_place_and_leaves(
    browser: Browser, tour: Tour, database: Database, language: str
) -> None:
    browser.get(f"/rondleidingen/{tour.id}/aanmelden?taal={language}")
    page = browser.submit({"voornaam": "Yonas", "telefoon": "06 89000001", "niveau": "A2", "tolk": "ja"})
    assert page.url.startswith("/mijn-plek/")
    assert "Yonas" in page.text
    assert page.html.count('class="qr"') == 1
    with database.reading() as db:
        row, person = db.execute(select(Registration, Participant).join(Registration.participant)).one()
        assert (row.status, row.wants_interpreter) == (S.CONFIRMED, True)
        assert (person.language, person.phone, person.level) == (language, "+31689000001", "A2")
        assert row.ticket in page.text
    browser.get(f"{page.url}/afmelden")
    left = browser.submit(action="/afmelden")
    assert left.url == page.url
    with database.reading() as db:
        assert db.get_one(Registration, row.id).status is S.CANCELLED


def test_a_wrong_form_keeps_what_was_typed(browser: Browser, tour: Tour, database: Database) -> None:
    page = browser.get(f"/rondleidingen/{tour.id}/aanmelden")
    key = page.form(with_field="form_key")
    before = next(e.get("value") for e in key.iter("input") if e.get("name") == "form_key")
    page = browser.submit({"voornaam": "Yonas", "telefoon": "12", "tolk": "nee"}, status=422)
    assert page.errors() == ["Vul een telefoonnummer in met 10 cijfers, bijvoorbeeld 06 12345678"]
    held = {e.get("name"): e.get("value") for e in page.form(with_field="form_key").iter("input")}
    assert (held["voornaam"], held["telefoon"], held["form_key"]) == ("Yonas", "12", before)
    assert "Fout" in page.html
    with database.reading() as db:
        assert db.scalars(select(Registration)).all() == []


def test_somebody_must_be_able_to_reach_the_person(browser: Browser, tour: Tour, database: Database) -> None:
    browser.get(f"/rondleidingen/{tour.id}/aanmelden")
    page = browser.submit({"voornaam": "Yonas"}, status=422)
    assert "wie jou helpt" in page.errors()[0]
    page = browser.submit({"helper": "coach", "form_key": "x"}, status=422)
    assert page.errors() == ["Schrijf de naam van je coach op"]
    page = browser.submit({"coach": "Samira Belhadj"})
    assert page.url.startswith("/mijn-plek/")
    with database.reading() as db:
        person = db.scalars(select(Participant)).one()
        assert (person.phone, person.email, person.coach_name) == (None, None, "Samira Belhadj")


def test_a_bsn_in_a_name_is_refused(browser: Browser, tour: Tour, database: Database) -> None:
    browser.get(f"/rondleidingen/{tour.id}/aanmelden")
    page = browser.submit({"voornaam": "Yonas 999900146", "telefoon": "06 89000001"}, status=422)
    assert "BSN" in page.errors()[0]
    with database.reading() as db:
        assert db.scalars(select(Participant)).all() == []


def test_the_last_place_goes_while_somebody_types(browser: Browser, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        tour = a_tour(uow, 1)
    browser.get(f"/rondleidingen/{tour.id}/aanmelden")
    with work_as(SYSTEM) as uow:
        a_registration(uow, uow.session.get_one(Tour, tour.id))
    page = browser.submit({"voornaam": "Yonas", "telefoon": "06 89000001"})
    assert "Je staat op plek 1 van de wachtlijst" in page.text
    assert "Dan bellen we je" in page.text


def test_a_tour_that_closes_while_somebody_types_says_so(browser: Browser, tour: Tour, clock: FixedClock) -> None:
    browser.get(f"/rondleidingen/{tour.id}/aanmelden")
    clock.moment = tour.starts_at
    page = browser.submit({"voornaam": "Yonas", "telefoon": "06 89000001"})
    assert "kan niet meer" in page.text
    assert browser.get(f"/rondleidingen/{tour.id}/aanmelden").url == f"/rondleidingen/{tour.id}"


def test_hidden_and_missing_are_the_same(browser: Browser, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        coded = a_tour(uow, visibility=Visibility.CODE, access_code="Sprenge24")
        planned = a_tour(uow, status=TourStatus.PLANNED, published_at=None)
    missing = browser.get("/rondleidingen/999", status=404)
    for tour in (coded, planned):
        for path in ("", ".ics", "/aanmelden", "/privacy"):
            page = browser.get(f"/rondleidingen/{tour.id}{path}", status=404)
            assert page.text == missing.text
    page = browser.get(f"/rondleidingen/{coded.id}?code=Sprenge24")
    assert "Bakkerij De Sprenge" in page.text
    browser.get(f"/rondleidingen/{coded.id}/aanmelden?code=Sprenge24")
    page = browser.submit({"voornaam": "Yonas", "telefoon": "06 89000001"})
    assert "Je plek is bevestigd" in page.text


def test_the_agenda_tells_little_of_a_tour_with_a_code(browser: Browser, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        a_tour(uow, visibility=Visibility.CODE, title="Geheime titel")
    page = browser.get("/rondleidingen")
    for secret in ("Sprenge", "Geheime", "Molenbeekstraat", "09.50", "10.00"):
        assert secret not in page.html
    for told in ("Bakkerij", "Ugchelen", "Week van"):
        assert told in page.text


def test_the_agenda_shows_what_is_coming(browser: Browser, work_as: WorkAs, engine: Engine) -> None:
    with work_as(SYSTEM) as uow:
        company = a_company(uow)
        for number in range(25):
            a_tour(uow, employer=company, title=f"Rondleiding {number}", in_days=number + 1)
        a_tour(uow, employer=company, title="Geweest", in_days=-3)
        a_tour(uow, employer=company, title="Gaat niet door", status=TourStatus.CANCELLED)
        a_tour(uow, employer=company, title="Nog een voorstel", status=TourStatus.PROPOSED, published_at=None)
    with at_most(4, engine):
        page = browser.get("/rondleidingen")
    assert "Rondleiding 19" in page.text
    assert "Rondleiding 20" not in page.text
    for title in ("Geweest", "Gaat niet door", "Nog een voorstel"):
        assert title not in page.text
    assert "Rondleiding 20" in browser.follow("Volgende").text


def test_an_empty_agenda_says_what_to_do(browser: Browser) -> None:
    assert "Er staat nog niets in de agenda" in browser.get("/rondleidingen").text


def test_the_rules_come_before_the_form(browser: Browser, tour: Tour) -> None:
    page = browser.get(f"/rondleidingen/{tour.id}/aanmelden")
    assert 0 < page.html.index("Draag stevige schoenen") < page.html.index('name="voornaam"')


def test_budgets(browser: Browser, tour: Tour, engine: Engine, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        full = uow.session.get_one(Tour, tour.id)
        a_registration(uow, full)
        a_registration(uow, full)
    with at_most(3, engine):
        browser.get(f"/rondleidingen/{tour.id}")
    with at_most(3, engine):
        browser.get(f"/rondleidingen/{tour.id}/aanmelden")
    with at_most(12, engine):
        page = browser.submit({"voornaam": "Yonas", "telefoon": "06 89000001"}, follow=False)
    assert page.status == 303
    with at_most(3, engine):
        browser.get(page.response.headers["Location"])
    browser.get(f"/rondleidingen/{tour.id}/aanmelden")
    with at_most(12, engine):
        page = browser.submit({"voornaam": "Noor", "email": "noor@postvak.example"}, follow=False)
    with at_most(3, engine):
        browser.get(page.response.headers["Location"])
    with at_most(3, engine):
        browser.get(f"/rondleidingen/{tour.id}")
    with at_most(2, engine):
        browser.get(f"/rondleidingen/{tour.id}.ics")


def test_a_cancelled_tour_says_so(browser: Browser, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        tour = a_tour(uow, status=TourStatus.CANCELLED, reason="De machine is stuk.")
    page = browser.get(f"/rondleidingen/{tour.id}")
    assert "gaat niet door" in page.text
    assert "De machine is stuk." in page.text
    assert "Ik ga mee" not in page.text
