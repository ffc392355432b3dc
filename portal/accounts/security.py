"""What every change to signing in shares: other sessions end, and the person gets a mail."""

from portal.accounts.models import User
from portal.accounts.notifications import AccountSecurityChanged
from portal.accounts.vocabulary import SecurityChange
from portal.kernel.outbox import Recipient
from portal.kernel.uow import UnitOfWork


def tell_about(uow: UnitOfWork, user: User, change: SecurityChange) -> None:
    """Mail somebody that the way of signing in changed."""
    note = AccountSecurityChanged(user_id=user.id, change=change.value, moment=uow.now.isoformat())
    uow.notify(Recipient.user(user.id), note)


def end_sessions(user: User) -> None:
    """Sign somebody out everywhere: a session carries the version that it began with."""
    user.session_version += 1
