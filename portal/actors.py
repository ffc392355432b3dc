"""From the signed-in session to the actor: one statement that knows accounts, memberships and phone calls."""

from dataclasses import dataclass

from flask import Flask, g, session
from flask_login import LoginManager, UserMixin, current_user  # noqa: TID251
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.vocabulary import STAFF_ROLES
from portal.employers.models import Employer, Member, PhoneCall
from portal.employers.vocabulary import EmployerStatus, MemberRole, MemberStatus
from portal.kernel.permissions import TEAM_ROLES, VISITOR, Actor, Role
from portal.web.context import portal
from portal.web.templating import PhoneCallInfo

PHONE_CALL_KEY = "telefoongesprek"


@dataclass(frozen=True, slots=True)
class _Found:
    user: User
    member: Member | None
    employer: Employer | None


class SessionUser(UserMixin):
    """What Flask-Login keeps: an id with the version of the account's sessions, and the actor."""

    def __init__(self, key: str, actor: Actor) -> None:
        self.id = key
        self.actor = actor


def session_key(user: User) -> str:
    """What the session cookie holds; ending all sessions raises the version."""
    return f"{user.id}:{user.session_version}"


def load_actor() -> Actor:
    """The actor of this request."""
    user = current_user
    return user.actor if user.is_authenticated else VISITOR


def load_session_user(key: str) -> SessionUser | None:
    """Find the account behind a session; a stopped account or an old version is nobody."""
    user_id, _sep, version = key.partition(":")
    if not user_id.isdecimal() or not version.isdecimal():
        return None
    with portal().database.reading() as db:
        row = db.execute(
            select(User, Member, Employer)
            .outerjoin(Member, Member.user_id == User.id)
            .outerjoin(Employer, Employer.id == Member.employer_id)
            .where(User.id == int(user_id), User.active)
        ).first()
        if row is None or row[0].session_version != int(version):
            return None
        actor = _actor(db, _Found(*row))
    return SessionUser(key, actor)


def _actor(db: Session, found: _Found) -> Actor:
    user = found.user
    role = STAFF_ROLES.get(user.role) or _employer_role(found)
    if role in STAFF_ROLES.values() and portal().settings.is_production and user.second_factor_at is None:
        role = Role.RESTRICTED
    base = Actor(role=role, user_id=user.id, name=user.name, language=user.language)
    if role in TEAM_ROLES and PHONE_CALL_KEY in session:
        return _with_call(db, base)
    if user.role.value == "employer" and found.member and found.member.status is MemberStatus.ACTIVE:
        return Actor(
            role=role, user_id=user.id, name=user.name, language=user.language, employer_id=found.member.employer_id
        )
    return base


def _employer_role(found: _Found) -> Role:
    member, employer = found.member, found.employer
    if member is None or employer is None or member.status is not MemberStatus.ACTIVE:
        return Role.EMPLOYER_APPLICANT
    if employer.status is not EmployerStatus.APPROVED:
        return Role.EMPLOYER_APPLICANT
    return Role.EMPLOYER_OWNER if member.role is MemberRole.OWNER else Role.EMPLOYER_MEMBER


def _with_call(db: Session, base: Actor) -> Actor:
    found = db.execute(
        select(PhoneCall.id, PhoneCall.employer_id, Employer.name)
        .join(Employer, Employer.id == PhoneCall.employer_id)
        .where(PhoneCall.id == session[PHONE_CALL_KEY], PhoneCall.user_id == base.user_id, PhoneCall.ended_at.is_(None))
    ).first()
    if found is None:
        return base
    g.phone_call = PhoneCallInfo(employer_name=found.name, end_url="/team/gesprek/afronden")
    return Actor(
        role=base.role,
        user_id=base.user_id,
        name=base.name,
        language=base.language,
        employer_id=found.employer_id,
        phone_call_id=found.id,
    )


def install(app: Flask) -> None:
    """Let Flask-Login find accounts."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(load_session_user)
