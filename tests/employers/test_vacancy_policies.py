"""Which vacancies exist for whom: companies are blind to each other, drafts exist for nobody else."""

import pytest
from sqlalchemy.orm import Session

from portal.employers.vacancy_policies import judged_vacancies, own_vacancies, public_vacancies
from portal.employers.vocabulary import VacancyStatus
from portal.kernel.permissions import GRANTS, Actor, Permission, Role
from tests.conftest import TEAM, WorkAs
from tests.factories.employers import an_owner, owner_actor
from tests.factories.vacancies import a_vacancy


@pytest.fixture
def two(work_as: WorkAs) -> tuple[Actor, Actor]:
    """Two companies with a vacancy in every state."""
    with work_as(TEAM) as uow:
        pairs = [an_owner(uow, name=name) for name in ("Een", "Twee")]
        for employer, _user in pairs:
            for status in VacancyStatus:
                a_vacancy(uow, f"{employer.name} {status.value}", employer=employer, status=status)
        return owner_actor(*pairs[0]), owner_actor(*pairs[1])


def test_each_company_sees_all_of_its_own_and_nothing_else(two: tuple[Actor, Actor], session: Session) -> None:
    for actor, name in zip(two, ("Een", "Twee"), strict=True):
        titles = {row.title for row in session.scalars(own_vacancies(actor))}
        assert titles == {f"{name} {status.value}" for status in VacancyStatus}


def test_everybody_sees_what_is_online(two: tuple[Actor, Actor], session: Session) -> None:
    assert {row.title for row in session.scalars(public_vacancies())} == {"Een published", "Twee published"}


@pytest.mark.parametrize("role", list(Role))
def test_who_decides_sees_all_and_others_none(two: tuple[Actor, Actor], session: Session, role: Role) -> None:
    decides = Permission.EMPLOYERS_VACANCY_JUDGE in GRANTS[role]
    actor = Actor(role=role, employer_id=two[0].employer_id)
    assert len(session.scalars(judged_vacancies(actor)).all()) == (10 if decides else 0)


@pytest.mark.parametrize("role", [Role.VISITOR, Role.COACH, Role.TEAM_MEMBER, Role.RESTRICTED])
def test_who_does_not_write_has_no_own(two: tuple[Actor, Actor], session: Session, role: Role) -> None:
    assert session.scalars(own_vacancies(Actor(role=role, employer_id=two[0].employer_id))).all() == []
    assert session.scalars(own_vacancies(Actor(role=Role.EMPLOYER_OWNER))).all() == []


def test_during_a_call_the_own_ones_are_those_of_the_company(two: tuple[Actor, Actor], session: Session) -> None:
    caller = Actor(role=Role.TEAM_MEMBER, employer_id=two[1].employer_id, phone_call_id=1)
    assert {row.employer_id for row in session.scalars(own_vacancies(caller))} == {two[1].employer_id}
