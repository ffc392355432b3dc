"""Who sees which companies and people, and who decides about them."""

import pytest
from sqlalchemy.orm import Session

from portal.employers import policies
from portal.employers.company_queries import member_of, members, own_company
from portal.employers.models import Employer
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from tests.factories.employers import a_member, an_employer, an_employer_user, an_owner

SYSTEM = Actor(role=Role.SYSTEM, name="test")
NOBODY = [Role.VISITOR, Role.COACH, Role.RESTRICTED, Role.EMPLOYER_APPLICANT]


@pytest.fixture
def two(database: Database) -> tuple[Employer, Employer]:
    """Two companies with an owner each; the first also has somebody who asks and somebody who left."""
    with database.work(SYSTEM) as uow:
        first, _ = an_owner(uow, name="Eerste")
        a_member(uow, first, user=an_employer_user(uow), status="requested", name="Vraagt")
        a_member(uow, first, user=an_employer_user(uow, email_confirmed_at=None), status="requested", name="Stil")
        a_member(uow, first, status="left", name="Weg", ended_at=uow.now)
        second, _ = an_owner(uow, name="Tweede")
    return first, second


def names(session: Session, actor: Actor) -> set[str]:
    return {employer.name for employer in session.scalars(policies.visible_employers(actor))}


def test_the_team_sees_all_and_a_company_only_itself(session: Session, two: tuple[Employer, Employer]) -> None:
    assert names(session, Actor(role=Role.TEAM_MEMBER)) == {"Eerste", "Tweede"}
    for role in (Role.EMPLOYER_OWNER, Role.EMPLOYER_MEMBER, Role.EMPLOYER_APPLICANT):
        assert names(session, Actor(role=role, employer_id=two[0].id)) == {"Eerste"}


@pytest.mark.parametrize("role", NOBODY)
def test_whoever_has_no_company_sees_none(session: Session, two: tuple[Employer, Employer], role: Role) -> None:
    actor = Actor(role=role)
    assert names(session, actor) == set()
    assert session.scalars(policies.visible_members(actor)).all() == []
    assert session.scalars(policies.visible_locations(actor)).all() == []
    assert own_company(session, actor) is None


def test_a_company_sees_who_acts_and_who_asks_with_a_confirmed_address(
    session: Session, two: tuple[Employer, Employer]
) -> None:
    owner = Actor(role=Role.EMPLOYER_OWNER, employer_id=two[0].id)
    assert [row.name for row in members(session, owner, two[0].id)] == ["Herman Veldhoek", "Vraagt"]
    assert members(session, owner, two[1].id) == []
    team = Actor(role=Role.TEAM_MEMBER)
    assert {row.name for row in members(session, team, two[0].id, everybody=True)} == {
        "Herman Veldhoek",
        "Vraagt",
        "Stil",
        "Weg",
    }


def test_another_companys_person_does_not_exist(session: Session, two: tuple[Employer, Employer]) -> None:
    team = Actor(role=Role.TEAM_MEMBER)
    theirs = members(session, team, two[1].id)[0]
    assert member_of(session, Actor(role=Role.EMPLOYER_OWNER, employer_id=two[0].id), theirs.id) is None
    assert member_of(session, Actor(role=Role.EMPLOYER_OWNER, employer_id=two[1].id), theirs.id) == theirs
    stil = next(row for row in members(session, team, two[0].id, everybody=True) if row.name == "Stil")
    assert member_of(session, team, stil.id) == stil
    assert member_of(session, Actor(role=Role.EMPLOYER_OWNER, employer_id=two[0].id), stil.id) is None


@pytest.mark.parametrize(
    ("role", "own", "edits", "manages"),
    [
        (Role.TEAM_MEMBER, False, True, True),
        (Role.EMPLOYER_OWNER, True, True, True),
        (Role.EMPLOYER_OWNER, False, False, False),
        (Role.EMPLOYER_MEMBER, True, True, False),
        (Role.EMPLOYER_APPLICANT, True, False, False),
        (Role.COACH, False, False, False),
    ],
)
def test_who_edits_a_company_and_manages_its_people(role: Role, own: bool, edits: bool, manages: bool) -> None:
    actor = Actor(role=role, employer_id=7 if own else None)
    assert policies.can_edit_employer(actor, 7) is edits
    assert policies.can_manage_members(actor, 7) is manages


def test_own_requests_count_only_confirmed_addresses(session: Session, two: tuple[Employer, Employer]) -> None:
    own = own_company(session, Actor(role=Role.EMPLOYER_OWNER, employer_id=two[0].id))
    assert own is not None
    assert own.requests == 1
    assert own.vacancy_states == ()


def test_an_employer_without_location_is_still_found(database: Database, session: Session) -> None:
    with database.work(SYSTEM) as uow:
        an_employer(uow)
    assert names(session, Actor(role=Role.TEAM_LEAD))
