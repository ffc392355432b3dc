"""A company's own vacancies through its pages."""

import pytest
from sqlalchemy import Engine, select

from portal.accounts.models import User
from portal.employers.models import Employer, Vacancy
from portal.employers.vocabulary import VacancyStatus
from portal.kernel.uow import Database
from tests.conftest import TEAM, WorkAs
from tests.factories.employers import an_employer_user, an_owner
from tests.factories.vacancies import a_vacancy
from tests.support.browser import Browser
from tests.support.people import sign_in
from tests.support.queries import at_most

URL = "/mijn-bedrijf/vacatures"
TYPED = {
    "soort": "baan",
    "titel": "Bakkershulp",
    "taken": "Deeg wegen.\r\nBroodjes vormen.",
    "branche": "bakkerij",
    "plaats": "Loenen",
    "plekken": "2",
    "uren_van": "24",
    "uren_tot": "32",
    "loon_van": "15,75",
    "niveau": "A2",
}
TRIAL = {**TYPED, "soort": "proefplaats", "loon_van": "", "weken": "2", "daarna": "ja", "contract_maanden": "7"}


@pytest.fixture
def company(browser: Browser, work_as: WorkAs) -> tuple[Employer, User]:
    """A company that is signed in and waits for approval."""
    with work_as(TEAM) as uow:
        employer, user = an_owner(uow, status="submitted", sector="bakkerij", city="Ugchelen")
    sign_in(browser, user)
    return employer, user


def the_vacancy(database: Database) -> Vacancy:
    with database.reading() as db:
        return db.scalars(select(Vacancy)).one()


@pytest.mark.usefixtures("company")
def test_from_nothing_to_sent_in(browser: Browser, database: Database) -> None:
    page = browser.get(URL)
    assert "Nog geen vacatures" in page.text
    assert "Twee zinnen is een goed begin" in page.text
    page = browser.follow("Maak een vacature")
    assert 'value="Ugchelen"' in page.html
    page = browser.submit(TYPED, with_field="titel")
    assert "Bewaard als concept" in page.text
    assert "Zo zien mensen uw vacature" in page.text
    assert "€ 15,75 per uur" in page.text
    assert "in één keer" in page.text
    page = browser.submit(action="/insturen")
    assert "Ingestuurd" in page.text
    assert the_vacancy(database).status is VacancyStatus.SUBMITTED
    assert "Ter controle" in browser.get(URL).text


@pytest.mark.usefixtures("company")
def test_a_trial_offer(browser: Browser, database: Database) -> None:
    browser.get(f"{URL}/nieuw")
    page = browser.submit(TRIAL, with_field="titel")
    assert "Je werkt 2 weken mee" in page.text
    browser.get(f"{URL}/{the_vacancy(database).id}/wijzigen")
    page = browser.submit({"weken": "anders", "weken_anders": "3"}, with_field="titel")
    assert "Je werkt 3 weken mee" in page.text
    page = browser.get(f"{URL}/{the_vacancy(database).id}/wijzigen")
    assert 'value="anders" checked' in page.html


MISTAKES: tuple[tuple[dict[str, str | None], str], ...] = (
    ({"soort": None}, "Kies wat voor plek het is"),
    ({"titel": ""}, "Vul in hoe het werk heet"),
    ({"taken": ""}, "Schrijf op wat iemand doet"),
    ({"uren_van": "veel"}, "Vul een heel getal in"),
    ({"uren_tot": "12"}, "Vul eerst het laagste en dan het hoogste aantal uren in"),
    ({"plekken": "0"}, "Vul een aantal plekken in van 1 tot 500"),
    ({"loon_van": "veel"}, "Vul een bedrag in"),
    ({"loon_van": "", "loon_tot": "16"}, "Vul ook het laagste loon in"),
    ({"loon_tot": "12"}, "Vul eerst het laagste en dan het hoogste loon in"),
    ({"soort": "taalstage"}, "Laat dit leeg"),
    ({"niveau": None}, "Kies hoeveel Nederlands nodig is"),
    ({"goed_om_te_weten": "Bel 111222333"}, "Dit lijkt een BSN"),
    ({"tillen": "bsn 111222333"}, "Dit lijkt een BSN"),
    ({**TRIAL, "weken": None}, "Kies hoelang de proefplaats duurt"),
    ({**TRIAL, "weken": "anders"}, "Vul in hoeveel weken"),
    ({**TRIAL, "weken": "anders", "weken_anders": "27"}, "hoogstens 26 weken"),
    ({**TRIAL, "daarna": None}, "Kies of u daarna een contract wilt geven"),
    ({**TRIAL, "contract_maanden": "99"}, "Vul een aantal maanden in van 1 tot 60"),
)


@pytest.mark.usefixtures("company")
def test_every_mistake_is_named_and_nothing_typed_is_lost(browser: Browser, database: Database) -> None:
    typed = {**TYPED, "tillen": "tot 12 kilo"}
    for wrong, problem in MISTAKES:
        browser.get(f"{URL}/nieuw")
        page = browser.submit({**typed, **wrong}, with_field="titel", status=422)
        assert [error for error in page.errors() if problem in error], problem
        assert "".join(next(page.tree.iter("title")).itertext()).startswith("Fout: ")  # type: ignore[union-attr]
        for name in ("titel", "plaats", "tillen", "loon_van"):
            value = {**typed, **wrong}[name]
            assert not value or f'value="{value}"' in page.html
    with database.reading() as db:
        assert db.scalars(select(Vacancy)).all() == []


@pytest.mark.usefixtures("company")
def test_words_that_shut_people_out_give_a_warning_and_block_nothing(browser: Browser, database: Database) -> None:
    browser.get(f"{URL}/nieuw")
    page = browser.submit({**TYPED, "titel": "Vlotte meid", "loon_van": "11"}, with_field="titel")
    assert "Kijk hier nog even naar" in page.text
    assert "meid" in page.text
    assert "onder het minimumloon" in page.text
    assert "U mag het zo insturen" in page.text
    browser.submit(action="/insturen")
    assert the_vacancy(database).status is VacancyStatus.SUBMITTED
    assert the_vacancy(database).findings == ["sex", "wage_below_minimum"]


def test_a_change_of_what_is_online_says_so_before_and_after(
    browser: Browser, work_as: WorkAs, database: Database, company: tuple[Employer, User]
) -> None:
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, employer=company[0], tasks="Eerste.\nTweede.")
    page = browser.get(f"{URL}/{vacancy.id}/wijzigen")
    assert "Dan leest het team de nieuwe tekst eerst" in page.text
    page = browser.submit({}, with_field="titel")
    assert the_vacancy(database).status is VacancyStatus.PUBLISHED
    browser.get(f"{URL}/{vacancy.id}/wijzigen")
    page = browser.submit({"titel": "Andere titel"}, with_field="titel")
    assert "tot die tijd staat de plek niet online" in page.text
    assert the_vacancy(database).status is VacancyStatus.SUBMITTED


def test_somebody_elses_edit_is_told_and_then_the_own_counts(
    browser: Browser, work_as: WorkAs, database: Database, company: tuple[Employer, User]
) -> None:
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, employer=company[0], status="draft")
    mine = browser.get(f"{URL}/{vacancy.id}/wijzigen")
    browser.submit({"titel": "Van de collega"}, with_field="titel")
    page = browser.submit({"titel": "Van mij"}, with_field="titel", on=mine, status=409)
    assert any("Iemand anders heeft dit net veranderd" in error for error in page.errors())
    assert 'value="Van mij"' in page.html
    assert the_vacancy(database).title == "Van de collega"
    browser.submit({}, with_field="titel")
    assert the_vacancy(database).title == "Van mij"


def test_a_returned_text_shows_what_the_team_asks(
    browser: Browser, work_as: WorkAs, company: tuple[Employer, User]
) -> None:
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, employer=company[0], status="returned", reason="Zet er het loon bij.")
    for path in (URL, f"{URL}/{vacancy.id}", f"{URL}/{vacancy.id}/wijzigen"):
        assert "Zet er het loon bij." in browser.get(path).text


def test_closing_asks_first_and_a_closed_text_can_be_used_again(
    browser: Browser, work_as: WorkAs, database: Database, company: tuple[Employer, User]
) -> None:
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, "Oude titel", employer=company[0], hours_min=11, hours_max=13, places=7)
    browser.get(f"{URL}/{vacancy.id}")
    browser.follow("Sluit deze plek")
    page = browser.submit(action="/sluiten")
    assert "Gesloten." in page.text
    assert the_vacancy(database).status is VacancyStatus.CLOSED
    page = browser.get(f"{URL}/{vacancy.id}")
    assert page.link("Nieuwe vacature met deze tekst")
    page = browser.follow("Nieuwe vacature met deze tekst")
    assert 'value="Oude titel"' in page.html
    assert 'value="13"' not in page.html
    assert 'value="7"' not in page.html
    for path in ("wijzigen", "sluiten"):
        assert browser.get(f"{URL}/{vacancy.id}/{path}").url == f"{URL}/{vacancy.id}"


def test_a_draft_is_thrown_away(browser: Browser, work_as: WorkAs, company: tuple[Employer, User]) -> None:
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, employer=company[0], status="draft")
    browser.get(f"{URL}/{vacancy.id}/sluiten")
    assert "Gesloten" in browser.submit(action="/sluiten").text
    assert browser.client.get(f"/vacatures/{vacancy.id}").status_code == 404


@pytest.mark.usefixtures("company")
def test_others_vacancies_do_not_exist(browser: Browser, work_as: WorkAs) -> None:
    with work_as(TEAM) as uow:
        other = a_vacancy(uow, "Geheim")
    for path in (f"{URL}/{other.id}", f"{URL}/{other.id}/wijzigen", f"{URL}/{other.id}/sluiten", f"{URL}/987654"):
        assert browser.client.get(path).status_code == 404
    assert browser.client.get(f"{URL}/nieuw?kopie={other.id}").status_code == 404


def test_a_refused_company_is_told_why_it_cannot_send_in(browser: Browser, work_as: WorkAs) -> None:
    with work_as(TEAM) as uow:
        employer, user = an_owner(uow, status="refused")
        vacancy = a_vacancy(uow, employer=employer, status="draft")
    sign_in(browser, user)
    browser.get(f"{URL}/{vacancy.id}")
    page = browser.submit(action="/insturen")
    assert "niet toegelaten" in page.text


def test_who_has_no_company_yet_is_sent_to_the_start(browser: Browser, work_as: WorkAs) -> None:
    with work_as(TEAM) as uow:
        user = an_employer_user(uow)
    sign_in(browser, user)
    assert browser.client.get(f"{URL}/nieuw").headers["Location"] == "/mijn-bedrijf/"
    assert browser.client.get(URL).status_code == 200


def test_a_visitor_signs_in_first(browser: Browser) -> None:
    answer = browser.client.get(URL)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/inloggen")


def test_statements_with_sixty_vacancies(
    browser: Browser, work_as: WorkAs, engine: Engine, company: tuple[Employer, User]
) -> None:
    with work_as(TEAM) as uow:
        for number in range(60):
            vacancy = a_vacancy(uow, f"Werk {number}", employer=company[0], status="draft")
    for path, most in ((URL, 4), (f"{URL}/{vacancy.id}", 3), (f"{URL}/{vacancy.id}/wijzigen", 4)):
        with at_most(most, engine):
            browser.get(path)
