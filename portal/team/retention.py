"""Lists that were shown and not taken over go the next day; those that were, after a month."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session

from portal.kernel.retention import RetentionRule, retention_rule
from portal.team.models import ImportBatch


def _due(now: datetime) -> ColumnElement[bool]:
    waiting = ImportBatch.done_at.is_(None) & (ImportBatch.created_at < now - timedelta(days=1))
    return or_(waiting, ImportBatch.created_at < now - timedelta(days=30))


def count_lists(session: Session, now: datetime) -> int:
    """How many lists are due."""
    return session.scalar(select(func.count()).select_from(ImportBatch).where(_due(now))) or 0


def remove_lists(session: Session, now: datetime) -> int:
    """Remove them."""
    due = count_lists(session, now)
    session.execute(delete(ImportBatch).where(_due(now)))
    return due


retention_rule(RetentionRule("team.import_batch", count_lists, remove_lists))
