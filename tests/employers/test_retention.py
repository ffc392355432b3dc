"""What ends by itself, and what stays."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.employers import retention
from portal.employers.models import CallbackRequest, Employer, Member
from portal.employers.vocabulary import CallbackTime
from portal.kernel.clock import FixedClock
from portal.kernel.permissions import Actor, Role
from portal.kernel.retention import RULES, run_rule
from portal.kernel.uow import Database
from tests.factories.employers import a_member, an_employer, an_employer_user, an_owner

SYSTEM = Actor(role=Role.SYSTEM, name="test")
Run = Callable[[str], int]


@pytest.fixture
def run(database: Database) -> Run:
    """Run one rule; how many rows it removed."""

    def once(name: str) -> int:
        with database.work(SYSTEM) as uow:
            uow.without_audit("the register of destruction is the trail")
            done = run_rule(uow.session, RULES[f"employers.{name}"], uow.now)
            return done.removed if done else 0

    return once


def test_calls_that_were_made_go_after_thirty_days(database: Database, clock: FixedClock, run: Run) -> None:
    with database.work(SYSTEM) as uow:
        uow.without_audit("a test")
        for done in (uow.now, None):
            uow.session.add(
                CallbackRequest(name="X", phone="+31612345678", at=CallbackTime.ANY, created_at=uow.now, done_at=done)
            )
    clock.advance(timedelta(days=30))
    assert run("callbacks") == 0
    clock.advance(timedelta(seconds=1))
    assert run("callbacks") == 1
    with database.reading() as db:
        assert db.scalars(select(CallbackRequest.done_at)).all() == [None]


def test_sign_ups_that_led_to_nothing_go_with_their_accounts(database: Database, clock: FixedClock, run: Run) -> None:
    with database.work(SYSTEM) as uow:
        an_owner(uow, status="refused", decided_at=uow.now)
        an_owner(uow, status="unconfirmed")
        kept, user = an_owner(uow)
        an_owner(uow, status="submitted")
    clock.advance(timedelta(days=91))
    assert run("sign_ups") == 2
    with database.reading() as db:
        assert db.scalar(select(func.count(Employer.id))) == 2
        assert db.scalar(select(func.count(User.id))) == 2
        assert db.get(Employer, kept.id)
        assert db.get(User, user.id)
    assert run("sign_ups") == 0


def test_who_left_goes_after_ninety_days(database: Database, clock: FixedClock, run: Run) -> None:
    with database.work(SYSTEM) as uow:
        employer, owner = an_owner(uow)
        gone, moved = an_employer_user(uow), an_employer_user(uow)
        a_member(uow, employer, user=gone, status="left", ended_at=uow.now)
        a_member(uow, employer, status="refused", ended_at=uow.now)
        a_member(uow, employer, user=an_employer_user(uow, email_confirmed_at=None), status="requested")
        a_member(uow, an_employer(uow), user=moved)
    assert run("former_members") == 0
    clock.advance(timedelta(days=91))
    assert run("former_members") == 3
    with database.reading() as db:
        assert db.scalar(select(func.count(Member.id))) == 2
        assert set(db.scalars(select(User.id))) == {owner.id, moved.id}


def test_all_rules_are_on_the_list() -> None:
    assert timedelta(days=30) == retention.KEEP_CALLBACKS
    assert {"employers.callbacks", "employers.sign_ups", "employers.former_members"} <= set(RULES)
