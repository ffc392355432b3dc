"""Two at the same second: a link is spent once, a code is used once, an administrator is left."""

import threading
from collections.abc import Callable

import pyotp
from sqlalchemy import func, select

from portal.accounts import users
from portal.accounts.links import send_link
from portal.accounts.models import SignInLink, User
from portal.accounts.second_factor import secret_from
from portal.accounts.sign_in import enter_with_code, enter_with_link
from portal.accounts.vocabulary import LinkPurpose, SignInWay, UserRole
from portal.kernel.config import Settings
from portal.kernel.errors import DomainError
from portal.kernel.permissions import VISITOR
from portal.kernel.uow import Database
from tests.support.people import a_team_member, actor_of, an_admin


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


def test_link_is_spent_by_one_of_many(database: Database) -> None:
    with database.work(VISITOR) as uow:
        user = a_team_member(uow)
        send_link(uow, user, LinkPurpose.SIGN_IN)
        link_id = uow.session.scalars(select(SignInLink.id)).one()

    def spend() -> None:
        with database.work(VISITOR) as uow:
            enter_with_link(uow, link_id=link_id, purpose=LinkPurpose.SIGN_IN)

    assert at_the_same_time(*[spend] * 4) == ["link_ended", "link_ended", "link_ended", "ok"]


def test_code_is_used_by_one_of_many(database: Database, settings: Settings) -> None:
    with database.work(VISITOR) as uow:
        user = a_team_member(uow, with_second_factor=True)
        now = uow.now
    code = pyotp.TOTP(secret_from(settings, user.id, str(user.second_factor_secret))).at(now)

    def enter() -> None:
        with database.work(VISITOR) as uow:
            enter_with_code(uow, user_id=user.id, session_version=1, way=SignInWay.PASSWORD, code=code)

    assert at_the_same_time(*[enter] * 4) == ["code_wrong", "code_wrong", "code_wrong", "ok"]


def test_two_administrators_who_stop_each_other_leave_one(database: Database) -> None:
    with database.work(VISITOR) as uow:
        first, second = an_admin(uow), an_admin(uow)

    def stop(actor: User, user: User) -> None:
        with database.work(actor_of(actor)) as uow:
            users.stop_user(uow, user_id=user.id)

    answers = at_the_same_time(lambda: stop(first, second), lambda: stop(second, first))
    assert answers == ["last_administrator", "ok"]
    with database.reading() as db:
        left = select(func.count()).select_from(User).where(User.active, User.role == UserRole.ADMINISTRATOR)
        assert db.scalar(left) == 1


def test_address_gets_one_account_of_many(database: Database) -> None:
    with database.work(VISITOR) as uow:
        lead = actor_of(an_admin(uow))

    def invite() -> None:
        with database.work(lead) as uow:
            users.invite_user(
                uow, email="nieuw@meedraaien.example", name="Nieuw", role=UserRole.TEAM_MEMBER, phone=None
            )

    assert at_the_same_time(*[invite] * 4) == ["email_taken", "email_taken", "email_taken", "ok"]
