"""What people change about their own account."""

from portal.accounts.links import spend_link, void_links
from portal.accounts.models import User
from portal.accounts.second_factor import own
from portal.accounts.security import end_sessions, tell_about
from portal.accounts.sign_in import Entry, let_in
from portal.accounts.vocabulary import AccountsAction, LinkPurpose, SecurityChange, SignInWay, UserRole
from portal.kernel.errors import ConflictError, InvalidError
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork


def change_profile(uow: UnitOfWork, *, name: str, phone: str | None, language: str) -> None:
    """Change the own name, phone and language. A coach's phone stands on participants' cards, so it stays filled."""
    uow.actor.require(Permission.ACCOUNTS_SELF_MANAGE)
    user = own(uow)
    if user.role is UserRole.COACH and phone is None:
        raise InvalidError("coach_needs_phone")
    user.name = name.strip()
    user.phone = phone
    user.language = language
    uow.audit(AccountsAction.USER_CHANGED, user, changed=["name", "phone", "language"])


def change_password(uow: UnitOfWork, *, password_hash: str, replaces: str | None) -> int:
    """Set the own password; other sessions and open links end. Returns the version of the session that stays.

    `replaces` is the hash that the old password was compared with: when it changed meanwhile, nothing happens.
    """
    uow.actor.require(Permission.ACCOUNTS_SELF_MANAGE)
    user = own(uow)
    if user.password_hash != replaces:
        raise ConflictError("stale_edit")
    _set_password(uow, user, password_hash)
    return user.session_version


def set_password_with_link(uow: UnitOfWork, *, link_id: int, purpose: LinkPurpose, password_hash: str) -> Entry:
    """Spend a reset or an invitation: the new password is set, everything else of before ends, the owner comes in."""
    user = spend_link(uow, link_id=link_id, purpose=purpose)
    _set_password(uow, user, password_hash)
    return let_in(uow, user, SignInWay.LINK)


def _set_password(uow: UnitOfWork, user: User, password_hash: str) -> None:
    user.password_hash = password_hash
    end_sessions(user)
    void_links(uow, user)
    uow.audit(AccountsAction.PASSWORD_SET, user)
    tell_about(uow, user, SecurityChange.PASSWORD)


def end_all_sessions(uow: UnitOfWork) -> None:
    """Sign out everywhere, this browser too."""
    uow.actor.require(Permission.ACCOUNTS_SESSION_END)
    user = own(uow)
    end_sessions(user)
    uow.audit(AccountsAction.SESSIONS_ENDED, user)
