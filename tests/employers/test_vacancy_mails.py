"""The mails about vacancies, as they arrive."""

import pytest

from portal.employers.models import Vacancy
from portal.employers.vacancies import (
    close_vacancy_by_team,
    publish_vacancy,
    return_vacancy,
    submit_vacancy,
)
from tests.conftest import TEAM, WorkAs
from tests.factories.employers import an_employer, an_owner, owner_actor
from tests.factories.vacancies import a_vacancy
from tests.support.outbox import Outbox

TEAM_MAIL = "werkgeversteam@meedraaien.example"


@pytest.fixture
def case(work_as: WorkAs) -> tuple[Vacancy, str]:
    """A vacancy that waits for the team, and the address of its company."""
    with work_as(TEAM) as uow:
        employer, user = an_owner(uow, name="Bakkerij De Sprenge", sector="bakkerij")
        return a_vacancy(uow, "Bakker", employer=employer, status="submitted"), user.email


def test_published(case: tuple[Vacancy, str], work_as: WorkAs, outbox: Outbox) -> None:
    with work_as(TEAM) as uow:
        publish_vacancy(uow, vacancy_id=case[0].id)
    (mail,) = outbox.to(case[1])
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert mail["Subject"] == "Bakker staat online"
    assert f"http://localhost/vacatures/{case[0].id}" in text


def test_returned_with_the_reason(case: tuple[Vacancy, str], work_as: WorkAs, outbox: Outbox) -> None:
    with work_as(TEAM) as uow:
        return_vacancy(uow, vacancy_id=case[0].id, reason="Zet er het loon bij.")
    (mail,) = outbox.to(case[1])
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Zet er het loon bij." in text
    assert f"http://localhost/mijn-bedrijf/vacatures/{case[0].id}" in text


def test_closed_by_the_team(case: tuple[Vacancy, str], work_as: WorkAs, outbox: Outbox) -> None:
    with work_as(TEAM) as uow:
        close_vacancy_by_team(uow, vacancy_id=case[0].id)
    (mail,) = outbox.to(case[1])
    assert mail["Subject"] == "Bakker is gesloten"


def test_the_team_hears_what_came_in_and_that_the_company_waits_too(work_as: WorkAs, outbox: Outbox) -> None:
    with work_as(TEAM) as uow:
        employer, user = an_owner(uow, an_employer(uow, "Nieuw B.V.", status="submitted"))
        vacancy = a_vacancy(uow, "Bakker", employer=employer, status="draft", findings=["age"])
    with work_as(owner_actor(employer, user)) as uow:
        submit_vacancy(uow, vacancy_id=vacancy.id)
    (mail,) = outbox.to(TEAM_MAIL)
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "nog niet goedgekeurd" in text
    assert "Er is 1 punt om op te letten." in text
    assert f"http://localhost/team/vacatures/{vacancy.id}" in text
