"""What ends by itself: old links, and the personal data of accounts that were stopped a year ago."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from portal.accounts.models import RecoveryCode, SignInLink, User
from portal.kernel.retention import RetentionRule, retention_rule

KEEP_LINKS = timedelta(days=30)
KEEP_STOPPED = timedelta(days=365)
GONE = "gestopt"


def _old_links(session: Session, now: datetime) -> int:
    return session.scalar(select(func.count()).where(SignInLink.expires_at < now - KEEP_LINKS)) or 0


def _remove_old_links(session: Session, now: datetime) -> int:
    result = session.execute(delete(SignInLink).where(SignInLink.expires_at < now - KEEP_LINKS))
    return int(getattr(result, "rowcount", 0))


def _ended(now: datetime) -> tuple[object, ...]:
    return (User.active.is_(False), User.stopped_at < now - KEEP_STOPPED, User.name != GONE)


def _ended_accounts(session: Session, now: datetime) -> int:
    return session.scalar(select(func.count()).select_from(User).where(*_ended(now))) or 0  # type: ignore[arg-type]


def _anonymise_ended_accounts(session: Session, now: datetime) -> int:
    """The row stays, because the trail points to it; nothing in it tells who it was."""
    ids = list(session.scalars(select(User.id).where(*_ended(now))))  # type: ignore[arg-type]
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id.in_(ids)))
    session.execute(delete(SignInLink).where(SignInLink.user_id.in_(ids)))
    for user_id in ids:
        session.execute(
            update(User)
            .where(User.id == user_id)
            .values(
                email=f"{GONE}-{user_id}@invalid",
                name=GONE,
                phone=None,
                password_hash=None,
                second_factor_secret=None,
                second_factor_at=None,
            )
        )
    return len(ids)


retention_rule(RetentionRule("accounts.old_links", _old_links, _remove_old_links))
retention_rule(RetentionRule("accounts.stopped_users", _ended_accounts, _anonymise_ended_accounts))
