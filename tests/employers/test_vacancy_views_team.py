"""Vacancies at the desk through the team's pages."""

import pytest
from sqlalchemy import Engine, select

from portal.accounts.models import User
from portal.employers.models import Employer, Vacancy
from portal.employers.vocabulary import EmployersAction, EmployerStatus, VacancyStatus
from portal.kernel.uow import Database
from tests.conftest import TEAM, WorkAs
from tests.factories.employers import a_member, a_team_user, an_employer, an_owner
from tests.factories.vacancies import a_vacancy
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.people import sign_in
from tests.support.queries import at_most

URL = "/team/vacatures"


@pytest.fixture
def member(browser: Browser, work_as: WorkAs) -> User:
    """Somebody of the team who is signed in."""
    with work_as(TEAM) as uow:
        user = a_team_user(uow)
    sign_in(browser, user)
    return user


@pytest.fixture
def waiting(work_as: WorkAs, member: User) -> Vacancy:
    """A vacancy of an approved company that waits for the team."""
    with work_as(TEAM) as uow:
        employer, _user = an_owner(uow, name="Bakkerij De Sprenge", sector="bakkerij")
        return a_vacancy(uow, "Vlotte meid", employer=employer, status="submitted", findings=["sex"])


def status_of(database: Database, vacancy: Vacancy) -> VacancyStatus:
    with database.reading() as db:
        return db.get_one(Vacancy, vacancy.id).status


def test_read_and_publish(browser: Browser, waiting: Vacancy, database: Database, outbox: Outbox) -> None:
    page = browser.get(URL)
    assert "1 punt" in page.text
    page = browser.follow("Vlotte meid")
    assert "Kijk hier naar voordat u plaatst" in page.text
    assert "Schrijf liever: medewerker" in page.text
    assert "Herman Veldhoek" in page.text
    page = browser.submit(action="/plaatsen")
    assert "De plek staat online. Het bedrijf krijgt een mail." in page.text
    assert status_of(database, waiting) is VacancyStatus.PUBLISHED
    assert outbox.names() == ["vacancy_published"]
    assert "Vlotte meid" in browser.get("/vacatures").text


def test_send_back_needs_words_and_keeps_them(browser: Browser, waiting: Vacancy, database: Database) -> None:
    browser.get(f"{URL}/{waiting.id}")
    page = browser.submit({"reden": ""}, with_field="reden", status=422)
    assert page.errors() == ["Schrijf kort wat er anders moet"]
    page = browser.submit({"reden": "Noem BSN 111222333"}, with_field="reden", status=422)
    assert "Noem BSN 111222333" in page.text
    assert "Vlotte meid" in browser.get(page.url).text
    page = browser.submit({"reden": "Maak er ‘medewerker ontbijt’ van."}, with_field="reden")
    assert "De plek is terug. Het bedrijf krijgt een mail." in page.text
    assert status_of(database, waiting) is VacancyStatus.RETURNED


def test_a_company_without_mail_is_called(browser: Browser, work_as: WorkAs, member: User) -> None:
    with work_as(TEAM) as uow:
        employer = an_employer(uow)
        a_member(uow, employer, email=None)
        vacancy = a_vacancy(uow, status="submitted", employer=employer)
    assert member
    page = browser.get(f"{URL}/{vacancy.id}")
    assert "Dit bedrijf heeft geen e-mailadres" in page.text
    page = browser.submit({"reden": "Wat is het loon?"}, with_field="reden")
    assert "bel het zelf" in page.text


def test_company_and_vacancy_in_one_decision(
    browser: Browser, work_as: WorkAs, member: User, database: Database
) -> None:
    with work_as(TEAM) as uow:
        employer, _user = an_owner(uow, status="submitted")
        vacancy = a_vacancy(uow, status="submitted", employer=employer)
    assert member
    page = browser.get(f"{URL}/{vacancy.id}")
    assert "wacht nog op goedkeuring" in page.text
    assert f"{URL}/{vacancy.id}/plaatsen" not in page.html
    page = browser.submit(button="Bedrijf goedkeuren en plaatsen")
    assert "Het bedrijf is goedgekeurd en de plek staat online." in page.text
    assert status_of(database, vacancy) is VacancyStatus.PUBLISHED
    with database.reading() as db:
        assert db.get_one(Employer, employer.id).status is EmployerStatus.APPROVED


@pytest.mark.parametrize("status", ["unconfirmed", "refused"])
def test_a_company_that_cannot_be_let_in_here(browser: Browser, work_as: WorkAs, member: User, status: str) -> None:
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, status="submitted", employer=an_employer(uow, status=status))
    assert member
    page = browser.get(f"{URL}/{vacancy.id}")
    assert "De plek kan nu niet online." in page.text
    assert "goedkeuren-en-plaatsen" not in page.html


def test_publishing_too_early_is_refused_with_a_clear_sentence(
    browser: Browser, work_as: WorkAs, waiting: Vacancy, database: Database
) -> None:
    page = browser.get(f"{URL}/{waiting.id}")
    with work_as(TEAM) as uow:
        uow.session.get_one(Employer, waiting.employer_id).status = EmployerStatus.SUBMITTED
        uow.without_audit("a company for a test")
    page = browser.submit(action="/plaatsen", on=page)
    assert "Dit bedrijf is nog niet goedgekeurd" in page.text
    assert status_of(database, waiting) is VacancyStatus.SUBMITTED


def test_a_second_click_says_how_it_stands(browser: Browser, waiting: Vacancy) -> None:
    first = browser.get(f"{URL}/{waiting.id}")
    browser.submit(action="/plaatsen", on=first)
    page = browser.submit(action="/plaatsen", on=first)
    assert "Dit kan nu niet meer" in page.text


def test_close_what_is_online(browser: Browser, work_as: WorkAs, member: User, database: Database) -> None:
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow)
    assert member
    browser.get(f"{URL}/{vacancy.id}")
    browser.submit(action="/sluiten")
    assert status_of(database, vacancy) is VacancyStatus.CLOSED
    assert browser.get(f"/vacatures/{vacancy.id}", status=410)


def test_the_list_by_state_and_word(browser: Browser, work_as: WorkAs, waiting: Vacancy) -> None:
    with work_as(TEAM) as uow:
        a_vacancy(uow, "Op internet")
        a_vacancy(uow, "In de la", status="draft")
    assert waiting
    page = browser.get(f"{URL}?status=published")
    assert "Op internet" in page.text
    assert "Vlotte meid" not in page.text
    assert "Vlotte meid" in browser.get(f"{URL}?zoek=sprenge").text
    assert "Niets gevonden" in browser.get(f"{URL}?zoek=zzz&status=onzin").text


def test_an_empty_desk(browser: Browser, member: User) -> None:
    assert member
    assert "Nog geen vacatures" in browser.get(URL).text


def test_what_was_done_by_phone_is_marked(browser: Browser, work_as: WorkAs, waiting: Vacancy) -> None:
    with work_as(TEAM) as uow:
        uow.actor = type(TEAM)(role=TEAM.role, name="Marleen", employer_id=waiting.employer_id, phone_call_id=1)
        row = uow.session.scalars(select(Vacancy).where(Vacancy.id == waiting.id)).one()
        row.places = 2
        uow.audit(EmployersAction.VACANCY_CHANGED, row)
    assert "per telefoon" in browser.get(f"{URL}/{waiting.id}").text


def test_others_do_not_come_here(browser: Browser, work_as: WorkAs) -> None:
    with work_as(TEAM) as uow:
        employer, user = an_owner(uow)
        vacancy = a_vacancy(uow, employer=employer, status="submitted")
    sign_in(browser, user)
    for path in (URL, f"{URL}/{vacancy.id}"):
        assert browser.client.get(path).status_code == 403


def test_statements_with_sixty_vacancies(browser: Browser, work_as: WorkAs, waiting: Vacancy, engine: Engine) -> None:
    with work_as(TEAM) as uow:
        employer = an_employer(uow)
        for number in range(60):
            a_vacancy(uow, f"Werk {number}", employer=employer, status="submitted")
    for path, most in ((URL, 6), (f"{URL}/{waiting.id}", 5)):
        with at_most(most, engine):
            browser.get(path)
