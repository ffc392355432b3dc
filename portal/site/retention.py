"""What ends by itself in the tables that belong to no slice: the trail, who looked, and what mails held."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from portal.kernel.audit import AuditEntry, LookEntry
from portal.kernel.outbox import KEEP_PAYLOAD_DAYS, OutboxMessage
from portal.kernel.retention import RetentionRule, retention_rule

KEEP_TRAIL = timedelta(days=2 * 365)


def _count_trail(session: Session, now: datetime) -> int:
    return session.scalar(select(func.count()).where(AuditEntry.at < now - KEEP_TRAIL)) or 0


def _remove_trail(session: Session, now: datetime) -> int:
    due = _count_trail(session, now)
    session.execute(delete(AuditEntry).where(AuditEntry.at < now - KEEP_TRAIL))
    return due


def _count_looks(session: Session, now: datetime) -> int:
    return session.scalar(select(func.count()).where(LookEntry.at < now - KEEP_TRAIL)) or 0


def _remove_looks(session: Session, now: datetime) -> int:
    due = _count_looks(session, now)
    session.execute(delete(LookEntry).where(LookEntry.at < now - KEEP_TRAIL))
    return due


def _sent(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (OutboxMessage.sent_at < now - timedelta(days=KEEP_PAYLOAD_DAYS), OutboxMessage.recipient_id != 0)


def _given_up(now: datetime) -> ColumnElement[bool]:
    return OutboxMessage.dead_at < now - timedelta(days=KEEP_PAYLOAD_DAYS)


def _count_messages(session: Session, now: datetime) -> int:
    due = or_(and_(*_sent(now)), _given_up(now))
    return session.scalar(select(func.count()).select_from(OutboxMessage).where(due)) or 0


def _empty_messages(session: Session, now: datetime) -> int:
    """That a fact was told stays, so that it is not told again; to whom and what it held goes."""
    due = _count_messages(session, now)
    session.execute(delete(OutboxMessage).where(_given_up(now)))
    session.execute(update(OutboxMessage).where(*_sent(now)).values(payload={}, recipient_id=0, last_error=None))
    return due


retention_rule(RetentionRule("audit", _count_trail, _remove_trail))
retention_rule(RetentionRule("looks", _count_looks, _remove_looks))
retention_rule(RetentionRule("outbox_payloads", _count_messages, _empty_messages))
