"""The second step: set up, spent once, turned off."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy.orm import Session

from portal.accounts import second_factor
from portal.accounts.models import User
from portal.accounts.queries import unused_recovery_codes
from portal.accounts.rules import RECOVERY_CODES
from portal.accounts.sign_in import enter_with_code, enter_with_password
from portal.accounts.vocabulary import SignInWay
from portal.kernel.clock import FixedClock
from portal.kernel.config import Settings
from portal.kernel.errors import ConflictError, InvalidError, NotFoundError
from portal.kernel.permissions import VISITOR
from tests.conftest import WorkAs
from tests.support.outbox import Outbox
from tests.support.people import a_team_member, actor_of


@pytest.fixture
def user(work_as: WorkAs) -> User:
    with work_as(VISITOR) as uow:
        return a_team_member(uow)


def totp(settings: Settings, user: User, seed: str) -> pyotp.TOTP:
    return pyotp.TOTP(second_factor.secret_from(settings, user.id, seed))


def set_up(work_as: WorkAs, user: User, settings: Settings, clock: FixedClock, seed: str = "zaad") -> list[str]:
    with work_as(actor_of(user)) as uow:
        code = totp(settings, user, seed).at(clock.now())
        return second_factor.set_up_second_factor(uow, seed=seed, code=code).codes


def enter(work_as: WorkAs, user: User, code: str, version: int = 2) -> None:
    with work_as(VISITOR) as uow:
        enter_with_code(uow, user_id=user.id, session_version=version, way=SignInWay.PASSWORD, code=code)


def test_set_up_needs_a_right_code(work_as: WorkAs, user: User) -> None:
    with pytest.raises(InvalidError, match="code_wrong"), work_as(actor_of(user)) as uow:
        second_factor.set_up_second_factor(uow, seed="zaad", code="000000")


def test_set_up_gives_eight_codes_ends_sessions_and_sends_word(
    work_as: WorkAs, user: User, settings: Settings, clock: FixedClock, session: Session, outbox: Outbox
) -> None:
    codes = set_up(work_as, user, settings, clock)
    assert len(set(codes)) == RECOVERY_CODES
    found = session.get_one(User, user.id)
    assert (found.session_version, found.second_factor_at) == (2, clock.now())
    assert codes[0] not in str(found.second_factor_secret)
    assert "tweede stap" in outbox.to(user.email)[0].get_body(("plain",)).get_content()
    with pytest.raises(ConflictError, match="second_factor_is_on"):
        set_up(work_as, user, settings, clock)


def test_password_alone_is_not_enough(work_as: WorkAs, user: User, settings: Settings, clock: FixedClock) -> None:
    set_up(work_as, user, settings, clock)
    with work_as(VISITOR) as uow:
        entry = enter_with_password(uow, user_id=user.id)
    assert entry.needs_code


def test_code_works_once(work_as: WorkAs, user: User, settings: Settings, clock: FixedClock) -> None:
    set_up(work_as, user, settings, clock)
    app = totp(settings, user, "zaad")
    with pytest.raises(InvalidError, match="code_wrong"):
        enter(work_as, user, app.at(clock.now()))
    clock.advance(timedelta(seconds=30))
    enter(work_as, user, app.at(clock.now()))
    with pytest.raises(InvalidError, match="code_wrong"):
        enter(work_as, user, app.at(clock.now()))


def test_recovery_code_works_once_and_is_told(
    work_as: WorkAs, user: User, settings: Settings, clock: FixedClock, session: Session, outbox: Outbox
) -> None:
    codes = set_up(work_as, user, settings, clock)
    enter(work_as, user, codes[0].upper())
    with pytest.raises(InvalidError, match="code_wrong"):
        enter(work_as, user, codes[0])
    assert unused_recovery_codes(session, user.id) == RECOVERY_CODES - 1
    assert len(outbox.to(user.email)) == 2


def test_session_that_ended_meanwhile_does_not_come_in(
    work_as: WorkAs, user: User, settings: Settings, clock: FixedClock
) -> None:
    codes = set_up(work_as, user, settings, clock)
    with pytest.raises(NotFoundError):
        enter(work_as, user, codes[0], version=1)


def test_new_codes_replace_the_old_ones(work_as: WorkAs, user: User, settings: Settings, clock: FixedClock) -> None:
    old = set_up(work_as, user, settings, clock)
    with work_as(actor_of(user)) as uow:
        new = second_factor.renew_recovery_codes(uow, code=old[0]).codes
    with pytest.raises(InvalidError, match="code_wrong"):
        enter(work_as, user, old[1])
    enter(work_as, user, new[1])


def test_turning_off_needs_a_code_and_forgets_everything(
    work_as: WorkAs, user: User, settings: Settings, clock: FixedClock, session: Session
) -> None:
    codes = set_up(work_as, user, settings, clock)
    with pytest.raises(InvalidError, match="code_wrong"), work_as(actor_of(user)) as uow:
        second_factor.turn_off_second_factor(uow, code="123456")
    with work_as(actor_of(user)) as uow:
        second_factor.turn_off_second_factor(uow, code=codes[3])
    found = session.get_one(User, user.id)
    assert (found.second_factor_at, found.second_factor_secret) == (None, None)
    assert unused_recovery_codes(session, user.id) == 0


def test_another_installation_makes_another_secret(user: User, settings: Settings) -> None:
    other = Settings(
        mode=settings.mode,
        database_url="",
        secret_key="another-long-secret-for-another-place-98765",
        base_url="",
        instance_dir=settings.instance_dir,
    )
    mine = second_factor.secret_from(settings, user.id, "zaad")
    assert mine != second_factor.secret_from(other, user.id, "zaad")
    assert mine != second_factor.secret_from(settings, user.id + 1, "zaad")
