"""Making, changing, stopping and restarting accounts."""

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts import policies
from portal.accounts.links import request_invitation, void_links
from portal.accounts.models import User
from portal.accounts.passwords import hash_password
from portal.accounts.second_factor import forget_second_factor
from portal.accounts.security import end_sessions
from portal.accounts.vocabulary import AccountsAction, UserRole
from portal.kernel.db import constraint_of
from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork


def normal_email(text: str) -> str:
    """A mail address as it is stored: trimmed, lower case. Raises InvalidError('email_invalid')."""
    try:
        found = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise InvalidError("email_invalid") from None
    return found.normalized.lower()


def new_user(uow: UnitOfWork, *, email: str, name: str, role: UserRole, phone: str | None = None) -> User:
    """Add an account without a password. Raises ConflictError('email_taken')."""
    email = normal_email(email)
    if uow.session.scalar(select(User.id).where(User.email == email)) is not None:
        raise ConflictError("email_taken")
    user = User(email=email, name=name.strip(), phone=phone, role=role, created_at=uow.now)
    uow.session.add(user)
    try:
        uow.flush()
    except IntegrityError as problem:
        if constraint_of(problem) == "uq_user_account_email":
            raise ConflictError("email_taken") from None
        raise
    uow.audit(AccountsAction.USER_ADDED, user, role=role)
    return user


def add_first_user(uow: UnitOfWork, *, email: str, role: UserRole, name: str, password: str) -> int:
    """Make an account for somebody of the team, ready to sign in; for the command line."""
    uow.actor.require(Permission.ACCOUNTS_USER_MANAGE)
    user = new_user(uow, email=email, name=name, role=role)
    user.password_hash = hash_password(password)
    user.email_confirmed_at = uow.now
    return user.id


def invite_user(uow: UnitOfWork, *, email: str, name: str, role: UserRole, phone: str | None) -> int:
    """Make an account for a colleague or a coach and mail an invitation to choose a password."""
    uow.actor.require(Permission.ACCOUNTS_USER_MANAGE)
    _check_role(uow, role, phone)
    user = new_user(uow, email=email, name=name, role=role, phone=phone)
    uow.audit(AccountsAction.USER_INVITED, user)
    request_invitation(uow, user)
    return user.id


def invite_again(uow: UnitOfWork, *, user_id: int) -> None:
    """Mail a new invitation to somebody who did not use the first one."""
    user = _managed(uow, user_id)
    if not user.active or user.password_hash is not None:
        raise ConflictError("move_not_possible")
    uow.audit(AccountsAction.USER_INVITED, user)
    request_invitation(uow, user)


def change_user(uow: UnitOfWork, *, user_id: int, name: str, phone: str | None, role: UserRole) -> None:
    """Change the name, phone and role of an account; an employer's account keeps its role."""
    user = _managed(uow, user_id)
    if role is not user.role:
        _check_role(uow, role, phone)
        if not policies.can_give_role(uow.actor, user.role):
            raise NotAllowedError("role_not_yours")
        if user.role is UserRole.ADMINISTRATOR:
            _check_not_last_administrator(uow, user)
        end_sessions(user)
    elif role is UserRole.COACH and phone is None:
        raise InvalidError("coach_needs_phone")
    before = user.role
    user.name, user.phone, user.role = name.strip(), phone, role
    uow.audit(AccountsAction.USER_CHANGED, user, changed=["name", "phone", "role"], role_before=before, role=role)


def stop_user(uow: UnitOfWork, *, user_id: int) -> None:
    """Stop an account: nobody comes in with it, open links and sessions end. The last administrator stays."""
    user = _managed(uow, user_id)
    if not policies.can_stop_user(uow.actor, user):
        raise NotAllowedError("not_yourself")
    if user.role is UserRole.ADMINISTRATOR:
        _check_not_last_administrator(uow, user)
    if not user.active:
        return
    user.active = False
    user.stopped_at = uow.now
    end_sessions(user)
    void_links(uow, user)
    uow.audit(AccountsAction.USER_STOPPED, user)


def restart_user(uow: UnitOfWork, *, user_id: int) -> None:
    """Let somebody whose account was stopped come in again."""
    user = _managed(uow, user_id)
    if user.active:
        return
    user.active = True
    user.stopped_at = None
    uow.audit(AccountsAction.USER_RESTARTED, user)


def remove_lost_second_factor(uow: UnitOfWork, *, user_id: int) -> None:
    """Take away the second step of somebody who lost the phone; the team has checked that it is really that person."""
    user = _managed(uow, user_id)
    if user.second_factor_at is None:
        return
    forget_second_factor(uow, user)


def _managed(uow: UnitOfWork, user_id: int) -> User:
    """The account, locked, when the actor may change it. Administrators are locked together, in one order."""
    uow.actor.require(Permission.ACCOUNTS_USER_MANAGE)
    if uow.session.scalar(select(User.role).where(User.id == user_id)) is UserRole.ADMINISTRATOR:
        _running_administrators(uow)
    user = uow.session.scalar(select(User).where(User.id == user_id).with_for_update())
    if user is None:
        raise NotFoundError
    if not policies.can_manage_user(uow.actor, user):
        raise NotAllowedError("administrators_only")
    return user


def _check_role(uow: UnitOfWork, role: UserRole, phone: str | None) -> None:
    if not policies.can_give_role(uow.actor, role):
        raise NotAllowedError("role_not_yours")
    if role is UserRole.COACH and phone is None:
        raise InvalidError("coach_needs_phone")


def _check_not_last_administrator(uow: UnitOfWork, user: User) -> None:
    """Somebody must be able to let others in; of two who stop each other one does not succeed."""
    if not [other for other in _running_administrators(uow) if other != user.id]:
        raise ConflictError("last_administrator")


def _running_administrators(uow: UnitOfWork) -> list[int]:
    running = select(User.id).where(User.role == UserRole.ADMINISTRATOR, User.active).order_by(User.id)
    return list(uow.session.scalars(running.with_for_update()))
