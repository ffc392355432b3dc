"""Links in mails: made for one purpose, opened on a page, spent with a button, once, before they end.

Mail scanners open links; opening spends nothing.
"""

from collections.abc import Callable

from sqlalchemy import select, update

from portal.accounts.models import SignInLink, User
from portal.accounts.notifications import LINK, LINK_MESSAGES
from portal.accounts.rules import LINK_LIFETIME
from portal.accounts.vocabulary import AccountsAction, LinkPurpose
from portal.kernel.errors import ConflictError
from portal.kernel.links import Links
from portal.kernel.outbox import Recipient
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork

on_confirmed: list[Callable[[UnitOfWork, User], None]] = []
"""What other slices do when somebody's mail address is confirmed for the first time, in the same transaction."""


class LinkEndedError(ConflictError):
    """The link was spent, is too old, or was never made here."""

    def __init__(self) -> None:
        super().__init__("link_ended")


def id_of_token(links: Links, token: str) -> int:
    """The id of the link behind a token. Raises LinkEndedError when the token was not made here."""
    opened = links.open(LINK, token)
    if opened is None:
        raise LinkEndedError
    return opened[0]


def is_ours(links: Links, token: str) -> bool:
    """Whether a token was made here."""
    return links.open(LINK, token) is not None


def request_link(uow: UnitOfWork, *, email: str, purpose: LinkPurpose) -> None:
    """Send a link to sign in or to choose a new password, when this address has an account; tells nobody whether."""
    uow.actor.require(Permission.PUBLIC)
    user = uow.session.scalar(select(User).where(User.email == email.strip().lower(), User.active))
    if user is not None:
        send_link(uow, user, purpose)


def request_confirmation(uow: UnitOfWork, user: User) -> None:
    """Ask somebody to confirm that this mail address is theirs."""
    send_link(uow, user, LinkPurpose.CONFIRM)


def request_invitation(uow: UnitOfWork, user: User) -> None:
    """Invite somebody with a new account to choose a password."""
    send_link(uow, user, LinkPurpose.INVITE)


def renew_link(uow: UnitOfWork, *, link_id: int) -> None:
    """Send a new link to the person whom an ended one was for; an open one is simply sent again."""
    uow.actor.require(Permission.PUBLIC)
    link = uow.session.get(SignInLink, link_id)
    if link is None:
        raise LinkEndedError
    user = uow.session.get_one(User, link.user_id)
    if not user.active:
        raise LinkEndedError
    send_link(uow, user, _purpose_now(link, user))


def _purpose_now(link: SignInLink, user: User) -> LinkPurpose:
    """An invitation that was accepted, or an address that was confirmed, is not asked again: then it is a sign-in."""
    done = user.email_confirmed_at is not None and link.purpose in {LinkPurpose.INVITE, LinkPurpose.CONFIRM}
    return LinkPurpose.SIGN_IN if done else link.purpose


def send_link(uow: UnitOfWork, user: User, purpose: LinkPurpose) -> None:
    """Make a link and put its mail in the outbox."""
    link = SignInLink(user_id=user.id, purpose=purpose, expires_at=uow.now + LINK_LIFETIME[purpose], created_at=uow.now)
    uow.session.add(link)
    uow.flush()
    uow.audit(AccountsAction.LINK_REQUESTED, user, purpose=purpose)
    uow.notify(Recipient.user(user.id), LINK_MESSAGES[purpose](link_id=link.id))


def spend_link(uow: UnitOfWork, *, link_id: int, purpose: LinkPurpose) -> User:
    """Spend a link: of two that come at the same moment one wins. Whoever has the mail owns the address."""
    uow.actor.require(Permission.PUBLIC)
    user_id = uow.session.scalar(
        update(SignInLink)
        .where(
            SignInLink.id == link_id,
            SignInLink.purpose == purpose,
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > uow.now,
        )
        .values(used_at=uow.now)
        .returning(SignInLink.user_id)
    )
    user = uow.session.get(User, user_id) if user_id is not None else None
    if user is None or not user.active:
        raise LinkEndedError
    uow.audit(AccountsAction.LINK_USED, user, purpose=purpose)
    if user.email_confirmed_at is None:
        confirm_email(uow, user)
    return user


def confirm_email(uow: UnitOfWork, user: User) -> None:
    """Note that somebody's mail address is their own, and let other slices act on it."""
    user.email_confirmed_at = uow.now
    uow.audit(AccountsAction.EMAIL_CONFIRMED, user)
    for act in on_confirmed:
        act(uow, user)


def void_links(uow: UnitOfWork, user: User) -> None:
    """End every link of somebody that is still open: after a new password or a stop, old mails open nothing."""
    uow.session.execute(
        update(SignInLink)
        .where(SignInLink.user_id == user.id, SignInLink.used_at.is_(None))
        .values(used_at=uow.now)
        .execution_options(synchronize_session=False)
    )
