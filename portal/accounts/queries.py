"""Reading accounts: for signing in, for the team's list, and what other slices may know of a user."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import RecoveryCode, SignInLink, User
from portal.accounts.rules import link_is_open
from portal.accounts.vocabulary import STAFF_ROLES, AccountsAction, LinkPurpose, SignInWay, UserRole
from portal.kernel.audit import AuditEntry

RECENT = 8
TEAM = (UserRole.ADMINISTRATOR, UserRole.TEAM_LEAD, UserRole.TEAM_MEMBER)
GROUPS: dict[str, Sequence[UserRole]] = {"team": TEAM, "coaches": (UserRole.COACH,), "werkgevers": (UserRole.EMPLOYER,)}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A colleague or a coach, to choose from a list."""

    id: int
    name: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """How to reach a colleague or a coach; the phone is E.164."""

    name: str
    phone: str | None
    email: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is compared with; for an address without account the id is None."""

    user_id: int | None
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A mail link and the account that it opens."""

    id: int
    purpose: LinkPurpose
    is_open: bool
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One time that somebody came in."""

    at: datetime
    way: SignInWay
    second_step: bool


@dataclass(frozen=True, slots=True)
class UserRow:
    """One line of the team's list of users."""

    id: int
    name: str
    email: str
    role: UserRole
    active: bool
    has_second_factor: bool
    last_sign_in_at: datetime | None


def coaches(session: Session) -> list[PersonRow]:
    """The coaches with a running account, by name."""
    return _people(session, (UserRole.COACH,))


def team_members(session: Session) -> list[PersonRow]:
    """The people of the werkgeversteam with a running account, by name."""
    return _people(session, TEAM)


def _people(session: Session, roles: Sequence[UserRole]) -> list[PersonRow]:
    found = session.execute(
        select(User.id, User.name, User.phone).where(User.active, User.role.in_(roles)).order_by(User.name, User.id)
    )
    return [PersonRow(*row) for row in found]


def contact_of(session: Session, user_id: int | None) -> ContactRow | None:
    """The name, phone and mail address of a colleague or coach; nothing when the account was stopped."""
    if user_id is None:
        return None
    row = session.execute(
        select(User.name, User.phone, User.email).where(User.id == user_id, User.active)
    ).one_or_none()
    return ContactRow(*row) if row else None


def credentials(session: Session, email: str) -> Credentials:
    """What the password of this mail address is compared with."""
    row = session.execute(
        select(User.id, User.password_hash).where(User.email == email.strip().lower(), User.active)
    ).one_or_none()
    return Credentials(*row) if row else Credentials(None, None)


def own_account(session: Session, user_id: int) -> User:
    """The account of whoever is signed in."""
    return session.get_one(User, user_id)


def recent_sign_ins(session: Session, user_id: int) -> list[SignInRow]:
    """The last times that this account was used to sign in, newest first."""
    found = session.execute(
        select(AuditEntry.at, AuditEntry.details)
        .where(
            AuditEntry.subject_type == User.__tablename__,
            AuditEntry.subject_id == user_id,
            AuditEntry.action == AccountsAction.SIGNED_IN.value,
        )
        .order_by(AuditEntry.id.desc())
        .limit(RECENT)
    )
    return [SignInRow(at, SignInWay(details["way"]), bool(details["second_step"])) for at, details in found]


def unused_recovery_codes(session: Session, user_id: int) -> int:
    """How many recovery codes somebody has left."""
    count = select(func.count()).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return session.scalar(count) or 0


def link_row(session: Session, link_id: int, now: datetime) -> LinkRow | None:
    """The link behind a token; nothing when it or its account is gone."""
    row = session.execute(
        select(SignInLink, User.email, User.name)
        .join(User, User.id == SignInLink.user_id)
        .where(SignInLink.id == link_id, User.active)
    ).one_or_none()
    if row is None:
        return None
    link, email, name = row
    return LinkRow(link.id, link.purpose, link_is_open(link.expires_at, link.used_at, now), email, name)


def users(session: Session, *, group: str, words: str, offset: int, limit: int) -> tuple[list[UserRow], int]:
    """One page of the team's list of users, and how many there are."""
    conditions = _conditions(group, words)
    total = session.scalar(select(func.count()).select_from(User).where(*conditions)) or 0
    query = select(User).where(*conditions)
    found = session.scalars(query.order_by(User.active.desc(), User.name, User.id).offset(offset).limit(limit))
    return [_user_row(user) for user in found], total


def _conditions(group: str, words: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if group in GROUPS:
        conditions.append(User.role.in_(GROUPS[group]))
    for word in words.lower().split():
        pattern = func.lower(User.name).contains(word, autoescape=True)
        conditions.append(or_(pattern, User.email.contains(word, autoescape=True)))
    return conditions


def _user_row(user: User) -> UserRow:
    return UserRow(
        user.id,
        user.name,
        user.email,
        user.role,
        user.active,
        user.second_factor_at is not None,
        user.last_sign_in_at,
    )


def user_by_id(session: Session, user_id: int) -> User | None:
    """One account, for the team's page about it."""
    return session.get(User, user_id)


def is_staff(user: User) -> bool:
    """Whether this account is of the team or a coach."""
    return user.role in STAFF_ROLES
