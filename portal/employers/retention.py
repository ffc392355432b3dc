"""What ends by itself: calls that were made, sign-ups that led to nothing, people who left."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.vocabulary import UserRole
from portal.employers.models import CallbackRequest, Employer, Member
from portal.employers.vocabulary import EmployerStatus, MemberStatus
from portal.kernel.retention import RetentionRule, retention_rule

KEEP_CALLBACKS = timedelta(days=30)
KEEP_SIGN_UPS = timedelta(days=90)
KEEP_FORMER_MEMBERS = timedelta(days=90)


def _called(now: datetime) -> ColumnElement[bool]:
    return CallbackRequest.done_at < now - KEEP_CALLBACKS


def _count_called(session: Session, now: datetime) -> int:
    return session.scalar(select(func.count(CallbackRequest.id)).where(_called(now))) or 0


def _remove_called(session: Session, now: datetime) -> int:
    result = session.execute(delete(CallbackRequest).where(_called(now)))
    return int(getattr(result, "rowcount", 0))


def _ended_sign_ups(now: datetime) -> Select[int]:
    """Companies that were refused or never confirmed; their vacancies, places and people go with them."""
    before = now - KEEP_SIGN_UPS
    refused = and_(Employer.status == EmployerStatus.REFUSED, Employer.decided_at < before)
    unconfirmed = and_(Employer.status == EmployerStatus.UNCONFIRMED, Employer.created_at < before)
    return select(Employer.id).where(or_(refused, unconfirmed))


def _count_sign_ups(session: Session, now: datetime) -> int:
    return session.scalar(select(func.count()).select_from(_ended_sign_ups(now).subquery())) or 0


def _remove_sign_ups(session: Session, now: datetime) -> int:
    return sum(_remove_company(session, employer_id) for employer_id in session.scalars(_ended_sign_ups(now)).all())


def _remove_company(session: Session, employer_id: int) -> bool:
    """Whether the company could go; one that a tour or a stand still points to waits for a person."""
    users = session.scalars(select(Member.user_id).where(Member.employer_id == employer_id)).all()
    try:
        with session.begin_nested():
            session.execute(delete(Employer).where(Employer.id == employer_id))
    except IntegrityError:
        return False
    _remove_accounts(session, [user_id for user_id in users if user_id is not None])
    return True


def _former_members(now: datetime) -> ColumnElement[bool]:
    gone = Member.status.in_([MemberStatus.LEFT, MemberStatus.REFUSED])
    asked = and_(Member.status == MemberStatus.REQUESTED, Member.created_at < now - KEEP_SIGN_UPS, _unconfirmed())
    return or_(and_(gone, Member.ended_at < now - KEEP_FORMER_MEMBERS), asked)


def _unconfirmed() -> ColumnElement[bool]:
    return Member.user_id.in_(select(User.id).where(User.email_confirmed_at.is_(None)))


def _count_members(session: Session, now: datetime) -> int:
    return session.scalar(select(func.count(Member.id)).where(_former_members(now))) or 0


def _remove_members(session: Session, now: datetime) -> int:
    rows = session.execute(select(Member.id, Member.user_id).where(_former_members(now))).all()
    session.execute(delete(Member).where(Member.id.in_([row.id for row in rows])))
    _remove_accounts(session, [row.user_id for row in rows if row.user_id is not None])
    return len(rows)


def _remove_accounts(session: Session, ids: list[int]) -> None:
    """Only accounts of employers that act for no company any more; the trail keeps their number, not their name."""
    still = select(Member.user_id).where(Member.user_id.is_not(None))
    session.execute(
        delete(User)
        .where(User.id.in_(ids), User.role == UserRole.EMPLOYER, User.id.not_in(still))
        .execution_options(synchronize_session=False)
    )


retention_rule(RetentionRule("employers.callbacks", _count_called, _remove_called))
retention_rule(RetentionRule("employers.sign_ups", _count_sign_ups, _remove_sign_ups))
retention_rule(RetentionRule("employers.former_members", _count_members, _remove_members))
