"""What lists and pages read, in how many statements."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.employers.vacancies import return_vacancy
from portal.employers.vacancy_desk_queries import desk_list, own_list, own_vacancy, status_counts, vacancy_desk
from portal.employers.vacancy_filters import VacancyFilter
from portal.employers.vacancy_queries import (
    newest_vacancies,
    open_vacancies_of,
    vacancy_counts,
    vacancy_list,
    vacancy_page,
    work_items,
)
from portal.employers.vocabulary import VacancyStatus
from portal.kernel.clock import FixedClock
from portal.kernel.errors import NotFoundError
from portal.kernel.uow import Database
from tests.conftest import NOW, TEAM, WorkAs
from tests.factories.employers import a_member, an_employer, an_owner, owner_actor
from tests.factories.vacancies import a_vacancy
from tests.support.queries import at_most

S = VacancyStatus


@pytest.fixture
def sixty(work_as: WorkAs) -> None:
    """Sixty vacancies of six companies, a minute apart."""
    with work_as(TEAM) as uow:
        companies = [an_employer(uow, f"Bedrijf {number}") for number in range(6)]
        for number in range(60):
            moment = NOW - timedelta(minutes=number)
            sector = ("bouw", "horeca", "ouderenzorg")[number % 3]
            a_vacancy(uow, f"Werk {number}", employer=companies[number % 6], sector=sector, published_at=moment)


@pytest.mark.usefixtures("sixty")
def test_the_list_is_paged_newest_first_in_two_statements(session: Session, engine: Engine) -> None:
    with at_most(2, engine):
        first = vacancy_list(session, VacancyFilter(), number=1)
    assert [row.title for row in first.rows] == [f"Werk {number}" for number in range(20)]
    assert first.counts.total == 60
    assert [row.title for row in vacancy_list(session, VacancyFilter(), number=3).rows][-1] == "Werk 59"


@pytest.mark.usefixtures("sixty")
def test_a_page_after_the_last_is_the_last(session: Session) -> None:
    assert vacancy_list(session, VacancyFilter(), number=99).number == 3


@pytest.mark.usefixtures("sixty")
def test_a_sector_without_work_is_named_and_one_that_does_not_exist_asks_nothing(
    session: Session, work_as: WorkAs
) -> None:
    with work_as(TEAM) as uow:
        an_employer(uow, sector="kapper")
    found = vacancy_list(session, VacancyFilter(sectors=frozenset({"kapper", "verzonnen"})), number=1)
    assert found.wanted.sectors == {"kapper"}
    assert found.counts.total == 0
    assert "Kapper" in [name for _group, name, _key in found.sectors]
    assert vacancy_list(session, VacancyFilter(sectors=frozenset({"verzonnen"})), number=1).counts.total == 60


@pytest.mark.parametrize("status", [S.DRAFT, S.SUBMITTED, S.RETURNED])
def test_a_page_of_what_is_not_online_does_not_exist(work_as: WorkAs, session: Session, status: S) -> None:
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, status=status)
    with pytest.raises(NotFoundError):
        vacancy_page(session, vacancy.id)
    with pytest.raises(NotFoundError):
        vacancy_page(session, 987654)


def test_a_draft_that_was_thrown_away_does_not_exist_either(work_as: WorkAs, session: Session) -> None:
    with work_as(TEAM) as uow:
        gone, was = a_vacancy(uow, status="closed", published_at=None), a_vacancy(uow, status="closed")
    with pytest.raises(NotFoundError):
        vacancy_page(session, gone.id)
    assert vacancy_page(session, was.id).status is S.CLOSED


def test_an_unpaid_place_shows_no_wage_words(work_as: WorkAs, session: Session) -> None:
    with work_as(TEAM) as uow:
        trial = a_vacancy(uow, kind="trial", wage_text="geen loon, eerst 6 maanden proef", shifts="nee")
        job = a_vacancy(uow, wage_text="15,75 + nachttoeslag")
    assert (vacancy_page(session, trial.id).wage_note, vacancy_page(session, trial.id).shifts) == ("", "")
    assert vacancy_page(session, job.id).wage_note == "nachttoeslag"


def test_start_pages_and_other_slices_read_what_is_online(work_as: WorkAs, session: Session) -> None:
    with work_as(TEAM) as uow:
        employer = an_employer(uow)
        for number in range(4):
            a_vacancy(uow, f"W{number}", employer=employer, published_at=NOW + timedelta(minutes=number))
        a_vacancy(uow, "Concept", employer=employer, status="draft")
        a_vacancy(uow, "Elders")
    assert [row.title for row in newest_vacancies(session)] == ["W3", "W2", "W1"]
    assert [row.title for row in open_vacancies_of(session, employer.id)] == ["W3", "W2", "W1", "W0"]
    assert vacancy_counts(session, employer.id) == {
        S.DRAFT: 1,
        S.SUBMITTED: 0,
        S.RETURNED: 0,
        S.PUBLISHED: 4,
        S.CLOSED: 0,
    }


def test_own_list_shows_first_what_the_company_must_do(work_as: WorkAs, session: Session, engine: Engine) -> None:
    with work_as(TEAM) as uow:
        employer, user = an_owner(uow)
        for status in S:
            a_vacancy(uow, status.value, employer=employer, status=status)
        a_vacancy(uow, "van een ander")
    with at_most(2, engine):
        rows, total = own_list(session, owner_actor(employer, user), offset=0, limit=20)
    assert [row.title for row in rows] == ["returned", "draft", "submitted", "published", "closed"]
    assert total == 5


def test_the_desk_shows_first_who_waits_longest(work_as: WorkAs, session: Session) -> None:
    with work_as(TEAM) as uow:
        a_vacancy(uow, "Later", status="submitted", submitted_at=NOW)
        a_vacancy(uow, "Eerder", status="submitted", submitted_at=NOW - timedelta(days=1))
        a_vacancy(uow, "Online")
    rows, total = desk_list(session, TEAM, status=None, words="", offset=0, limit=2)
    assert ([row.title for row in rows], total) == (["Eerder", "Later"], 3)
    rows, total = desk_list(session, TEAM, status=S.PUBLISHED, words="ONLINE", offset=0, limit=2)
    assert ([row.title for row in rows], total) == (["Online"], 1)
    assert status_counts(session, TEAM) == {S.SUBMITTED: 2, S.PUBLISHED: 1}


def test_the_desk_of_one_vacancy_knows_the_company_and_the_trail(
    work_as: WorkAs, session: Session, engine: Engine
) -> None:
    with work_as(TEAM) as uow:
        employer, user = an_owner(uow)
        vacancy = a_vacancy(uow, status="submitted", employer=employer)
    with at_most(4, engine):
        desk = vacancy_desk(session, TEAM, vacancy.id)
    assert [person.name for person in desk.people] == [user.name]
    assert desk.can_be_mailed
    assert [row.who for row in desk.history] == [TEAM.name]
    with pytest.raises(NotFoundError):
        vacancy_desk(session, owner_actor(employer, user), vacancy.id)


def test_an_own_vacancy_is_read_in_one_statement(work_as: WorkAs, session: Session, engine: Engine) -> None:
    with work_as(TEAM) as uow:
        employer, user = an_owner(uow)
        vacancy = a_vacancy(uow, status="draft", kind="trial", employer=employer)
    with at_most(1, engine):
        own = own_vacancy(session, owner_actor(employer, user), vacancy.id)
    assert own.trial is not None
    assert own.sector_key == "bakkerij"


def test_what_came_in_is_on_the_work_list_with_its_promise(work_as: WorkAs, session: Session) -> None:
    with work_as(TEAM) as uow:
        employer = an_employer(uow, "Bakkerij De Sprenge", sector="bakkerij")
        a_vacancy(uow, "Bakker", employer=employer, status="submitted", findings=["age", "sex"])
        a_vacancy(uow, "Met het bedrijf", employer=an_employer(uow, status="submitted"), status="submitted")
    items = work_items(session, NOW)
    assert [(item.title, item.facts) for item in items] == [
        ("Bakker", ("Bakkerij De Sprenge", "Ugchelen", "2 aandachtspunten"))
    ]
    assert items[0].due_at is not None
    assert items[0].due_at > NOW + timedelta(days=2)


def test_a_returned_text_of_who_cannot_be_mailed_is_a_call(
    work_as: WorkAs, database: Database, clock: FixedClock
) -> None:
    with work_as(TEAM) as uow:
        silent, mailed = an_employer(uow, "Stil"), an_employer(uow, "Gemaild")
        a_member(uow, silent, email=None)
        a_member(uow, mailed)
        made = [a_vacancy(uow, status="submitted", employer=employer).id for employer in (silent, mailed)]
    with work_as(TEAM) as uow:
        for vacancy_id in made:
            return_vacancy(uow, vacancy_id=vacancy_id, reason="Bel mij even.")
    with database.reading() as db:
        assert [(item.title, str(item.action)) for item in work_items(db, clock.now())] == [("Stil", "Bel")]
