"""Two at the same second: one company per KVK number, one owner stays, one call begins."""

import threading
from collections.abc import Callable

from sqlalchemy import func, select

from portal.employers import calls, members, onboarding
from portal.employers.inputs import CompanyInput, LocationInput, PersonInput
from portal.employers.models import Employer, Member, PhoneCall
from portal.employers.vocabulary import MemberRole, MemberStatus
from portal.kernel.errors import DomainError
from portal.kernel.permissions import VISITOR, Actor, Role
from portal.kernel.uow import Database
from tests.factories.employers import (
    a_member,
    a_sector,
    an_employer,
    an_employer_user,
    an_owner,
    owner_actor,
    team_actor,
)
from tests.support.people import a_team_member

SYSTEM = Actor(role=Role.SYSTEM, name="test")


def at_the_same_time(*deeds: Callable[[], object]) -> list[str]:
    """Do all of it at once; what each answered: "ok" or the code of the refusal."""
    start = threading.Barrier(len(deeds))
    answers: list[str] = []

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            deed()
        except DomainError as refusal:
            answers.append(refusal.code)
        else:
            answers.append("ok")

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def sign_up(database: Database, number: int, kvk: str) -> None:
    with database.work(VISITOR) as uow:
        onboarding.sign_up(
            uow,
            company=CompanyInput(name=f"Bedrijf {number}", kvk_number=kvk, sector_key="bouw"),
            location=LocationInput(
                establishment_number=f"{int(kvk):012d}", street="Laan 1", postcode="7311 AB", city="Apeldoorn"
            ),
            person=PersonInput(name="Els", email=f"els{number}@bedrijf.example", phone=f"+3161234{number:04d}"),
        )


def test_one_of_two_sign_ups_with_the_same_kvk_number_wins(database: Database) -> None:
    with database.work(SYSTEM) as uow:
        a_sector(uow)
    same = [lambda number=number: sign_up(database, number, "00921463") for number in range(1, 5)]
    assert at_the_same_time(*same) == [*["employer_double"] * 3, "ok"]
    with database.reading() as db:
        assert db.scalar(select(func.count(Employer.id))) == 1
        assert db.scalar(select(func.count(Member.id))) == 1


def test_control_sign_ups_of_different_companies_all_succeed(database: Database) -> None:
    with database.work(SYSTEM) as uow:
        a_sector(uow)
    other = [lambda number=number: sign_up(database, number, f"{number:08d}") for number in range(1, 5)]
    assert at_the_same_time(*other) == ["ok"] * 4


def test_of_two_owners_who_leave_at_the_same_moment_one_stays(database: Database) -> None:
    with database.work(SYSTEM) as uow:
        employer, first = an_owner(uow)
        second = an_employer_user(uow)
        a_member(uow, employer, user=second, role="owner")
        ids = uow.session.scalars(select(Member.id).where(Member.employer_id == employer.id)).all()
    actors = (owner_actor(employer, first), owner_actor(employer, second))

    def leave(number: int) -> None:
        with database.work(actors[number]) as uow:
            members.remove_member(uow, member_id=ids[number])

    assert at_the_same_time(lambda: leave(0), lambda: leave(1)) == ["last_owner", "ok"]
    with database.reading() as db:
        left = select(func.count(Member.id)).where(
            Member.role == MemberRole.OWNER, Member.status == MemberStatus.ACTIVE
        )
        assert db.scalar(left) == 1


def test_a_double_click_begins_one_call(database: Database) -> None:
    with database.work(SYSTEM) as uow:
        employer = an_employer(uow)
        team = team_actor(a_team_member(uow))

    def begin() -> None:
        with database.work(team) as uow:
            calls.start_call(uow, employer_id=employer.id)

    assert at_the_same_time(begin, begin, begin) == ["ok"] * 3
    with database.reading() as db:
        assert db.scalar(select(func.count(PhoneCall.id))) == 1
