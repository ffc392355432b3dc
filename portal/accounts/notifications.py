"""Mails about accounts: links that open something once, and word of every change to how somebody signs in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from sqlalchemy.orm import Session

from portal.accounts.models import SignInLink, User
from portal.accounts.rules import LINK_LIFETIME
from portal.accounts.vocabulary import LinkPurpose, SecurityChange
from portal.kernel.outbox import ADDRESS_BOOKS, Address, Message, MessageKit, message

LINK = "account-link"
PATHS = {
    LinkPurpose.SIGN_IN: "/inloggen/link",
    LinkPurpose.RESET: "/wachtwoord",
    LinkPurpose.CONFIRM: "/bevestigen",
    LinkPurpose.INVITE: "/uitnodiging",
}


def user_address(session: Session, user_id: int) -> Address | None:
    """Where mail for somebody with an account goes; a stopped account gets none."""
    user = session.get(User, user_id)
    return Address(user.email, user.name, user.language) if user is not None and user.active else None


ADDRESS_BOOKS["user"] = user_address


@dataclass(frozen=True)
class _LinkMessage(Message):
    """A mail with a link that is spent once."""

    link_id: int
    audience: ClassVar[Literal["employer"]] = "employer"
    purpose: ClassVar[LinkPurpose]

    def context(self, session: Session, kit: MessageKit) -> Mapping[str, object]:
        """The address to open, and until when it works."""
        link = session.get_one(SignInLink, self.link_id)
        user = session.get_one(User, link.user_id)
        token = kit.links.secret(LINK, self.link_id)
        lifetime = LINK_LIFETIME[self.purpose]
        return {
            "name": user.name,
            "role": user.role,
            "url": kit.links.url(f"{PATHS[self.purpose]}/{token}"),
            "expires_at": link.expires_at,
            "minutes": int(lifetime.total_seconds()) // 60,
            "days": lifetime.days,
            "team_name": kit.settings.team_name,
        }


@message
@dataclass(frozen=True)
class AccountSignInLinkAsked(_LinkMessage):
    """A link to sign in without a password."""

    name: ClassVar[str] = "account_sign_in_link"
    purpose: ClassVar[LinkPurpose] = LinkPurpose.SIGN_IN


@message
@dataclass(frozen=True)
class AccountResetAsked(_LinkMessage):
    """A link to choose a new password."""

    name: ClassVar[str] = "account_reset_link"
    purpose: ClassVar[LinkPurpose] = LinkPurpose.RESET


@message
@dataclass(frozen=True)
class AccountConfirmationAsked(_LinkMessage):
    """A link that proves that a mail address is somebody's own."""

    name: ClassVar[str] = "account_confirm_link"
    purpose: ClassVar[LinkPurpose] = LinkPurpose.CONFIRM


@message
@dataclass(frozen=True)
class AccountInvited(_LinkMessage):
    """An invitation to choose a password."""

    name: ClassVar[str] = "account_invitation"
    purpose: ClassVar[LinkPurpose] = LinkPurpose.INVITE


LINK_MESSAGES: dict[LinkPurpose, type[_LinkMessage]] = {
    LinkPurpose.SIGN_IN: AccountSignInLinkAsked,
    LinkPurpose.RESET: AccountResetAsked,
    LinkPurpose.CONFIRM: AccountConfirmationAsked,
    LinkPurpose.INVITE: AccountInvited,
}


@message
@dataclass(frozen=True)
class AccountSecurityChanged(Message):
    """How somebody signs in changed; told each time, so that a stranger's change does not go unseen."""

    user_id: int
    change: str
    moment: str
    name: ClassVar[str] = "account_security_changed"
    audience: ClassVar[Literal["employer"]] = "employer"

    def context(self, session: Session, kit: MessageKit) -> Mapping[str, object]:
        """Who, what, and where to look."""
        return {
            "name": session.get_one(User, self.user_id).name,
            "change": SecurityChange(self.change).label,
            "url": kit.links.url("/account"),
            "team_phone": kit.settings.team_phone,
        }
