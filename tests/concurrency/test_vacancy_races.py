"""Two at the same second: one draft from two clicks, one of two colleagues' edits, one decision about a vacancy."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from portal.employers.models import Employer, Vacancy
from portal.employers.vacancies import close_vacancy, edit_vacancy, publish_vacancy, return_vacancy, write_vacancy
from portal.employers.vocabulary import VacancyStatus
from portal.kernel.errors import DomainError
from portal.kernel.permissions import Actor
from portal.kernel.uow import Database
from tests.concurrency.support import together
from tests.conftest import TEAM
from tests.factories.employers import an_owner, owner_actor
from tests.factories.vacancies import a_vacancy, an_input


def at_the_same_time(*deeds: Callable[[], object]) -> list[str]:
    """Do all of it at once; what each answered: "ok" or the code of the refusal."""

    def answer_of(deed: Callable[[], object]) -> str:
        try:
            deed()
        except DomainError as refusal:
            return refusal.code
        return "ok"

    return sorted(together([lambda deed=deed: answer_of(deed) for deed in deeds]))  # type: ignore[misc]


@pytest.fixture
def writer(database: Database) -> Actor:
    """Somebody of an approved company."""
    with database.work(TEAM) as uow:
        return owner_actor(*an_owner(uow, sector="bakkerij"))


def waiting(database: Database, writer: Actor) -> int:
    with database.work(TEAM) as uow:
        employer = uow.session.get_one(Employer, writer.employer_id)
        return a_vacancy(uow, status="submitted", employer=employer).id


def test_two_clicks_make_one_draft(database: Database, writer: Actor) -> None:
    def write() -> None:
        with database.work(writer) as uow:
            write_vacancy(uow, vacancy=an_input())

    assert at_the_same_time(*[write] * 4) == ["ok"] * 4
    with database.reading() as db:
        assert db.scalar(select(func.count(Vacancy.id))) == 1


def test_of_two_edits_one_counts(database: Database, writer: Actor) -> None:
    vacancy_id = waiting(database, writer)

    def edit(title: str) -> Callable[[], None]:
        def deed() -> None:
            with database.work(writer) as uow:
                edit_vacancy(uow, vacancy_id=vacancy_id, version=1, vacancy=an_input(title=title))

        return deed

    assert at_the_same_time(edit("Een"), edit("Twee")) == ["ok", "stale_edit"]


def test_a_vacancy_gets_one_decision(database: Database, writer: Actor) -> None:
    vacancy_id = waiting(database, writer)

    def publish() -> None:
        with database.work(TEAM) as uow:
            publish_vacancy(uow, vacancy_id=vacancy_id)

    def give_back() -> None:
        with database.work(TEAM) as uow:
            return_vacancy(uow, vacancy_id=vacancy_id, reason="Nog niet.")

    assert at_the_same_time(publish, give_back) == ["move_not_possible", "ok"]


def test_what_a_company_closes_does_not_come_back_online(database: Database, writer: Actor) -> None:
    vacancy_id = waiting(database, writer)

    def publish() -> None:
        with database.work(TEAM) as uow:
            publish_vacancy(uow, vacancy_id=vacancy_id)

    def close() -> None:
        with database.work(writer) as uow:
            close_vacancy(uow, vacancy_id=vacancy_id)

    assert "ok" in at_the_same_time(publish, close)
    with database.reading() as db:
        assert db.get_one(Vacancy, vacancy_id).status is VacancyStatus.CLOSED
