"""Making and stopping accounts."""

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.passwords import hash_password
from portal.accounts.vocabulary import AccountsAction, UserRole
from portal.kernel.errors import ConflictError, InvalidError
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
    uow.flush()
    uow.audit(AccountsAction.USER_ADDED, user, role=role)
    return user


def add_first_user(uow: UnitOfWork, *, email: str, role: UserRole, name: str, password: str) -> int:
    """Make an account for somebody of the team, ready to sign in; for the command line."""
    uow.actor.require(Permission.ACCOUNTS_USER_MANAGE)
    user = new_user(uow, email=email, name=name, role=role)
    user.password_hash = hash_password(password)
    user.email_confirmed_at = uow.now
    return user.id
