"""Signing in: brakes, the first step, the second step, and the note that somebody came in."""

from dataclasses import dataclass
from datetime import timedelta

from portal.accounts.links import spend_link
from portal.accounts.models import User
from portal.accounts.second_factor import spend_code
from portal.accounts.vocabulary import AccountsAction, LinkPurpose, SignInWay, UserRole
from portal.kernel.errors import ConflictError, NotFoundError
from portal.kernel.permissions import Permission
from portal.kernel.throttle import too_often
from portal.kernel.uow import UnitOfWork

WINDOW = timedelta(minutes=15)
ACCOUNT_LIMIT = 10
MAIL_LIMIT = 4
CALLER_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """Who may come in: at once, or after the second step."""

    user_id: int
    session_version: int
    role: UserRole
    needs_code: bool


def count_attempt(uow: UnitOfWork, *, what: str, account: str, caller: str, most: int = ACCOUNT_LIMIT) -> None:
    """Count one more try for an account and for where it comes from. Raises ConflictError('too_often')."""
    uow.actor.require(Permission.PUBLIC)
    uow.without_audit("counters only")
    for kind, who, limit in (("account", account, most), ("caller", caller, CALLER_LIMIT)):
        if too_often(uow.session, f"{what}-{kind}", who, limit=limit, window=WINDOW, now=uow.now):
            raise ConflictError("too_often")


def enter_with_password(uow: UnitOfWork, *, user_id: int) -> Entry:
    """Let somebody in whose password was right."""
    uow.actor.require(Permission.PUBLIC)
    return let_in(uow, _running(uow, user_id), SignInWay.PASSWORD)


def enter_with_link(uow: UnitOfWork, *, link_id: int, purpose: LinkPurpose) -> Entry:
    """Spend a link and let its owner in; the second step is still asked where there is one."""
    return let_in(uow, spend_link(uow, link_id=link_id, purpose=purpose), SignInWay.LINK)


def enter_with_code(uow: UnitOfWork, *, user_id: int, session_version: int, way: SignInWay, code: str) -> Entry:
    """Take the second step with a code of the app or a recovery code. Raises InvalidError('code_wrong')."""
    user = _running(uow, user_id)
    if user.session_version != session_version or user.second_factor_at is None:
        raise NotFoundError
    spend_code(uow, user, code)
    return _come_in(uow, user, way, second_step=True)


def _running(uow: UnitOfWork, user_id: int) -> User:
    user = uow.session.get(User, user_id)
    if user is None or not user.active:
        raise NotFoundError
    return user


def let_in(uow: UnitOfWork, user: User, way: SignInWay) -> Entry:
    """Let somebody in after the first step, unless there is a second."""
    if user.second_factor_at is not None:
        return Entry(user.id, user.session_version, user.role, needs_code=True)
    return _come_in(uow, user, way, second_step=False)


def _come_in(uow: UnitOfWork, user: User, way: SignInWay, *, second_step: bool) -> Entry:
    user.last_sign_in_at = uow.now
    uow.audit(AccountsAction.SIGNED_IN, user, way=way, second_step=second_step)
    return Entry(user.id, user.session_version, user.role, needs_code=False)
