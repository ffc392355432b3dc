"""Brakes on guessing: counts per key and window in the database, so that all processes share them."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import String, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.kernel.db import Base


class ThrottleCount(Base):
    """How often something happened in one window; the key is a hash, so nobody can be read from it."""

    __tablename__ = "throttle_count"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


def too_often(session: Session, what: str, who: str, *, limit: int, window: timedelta, now: datetime) -> bool:
    """Count one more time and tell whether it is over the limit for this window."""
    number = int(now.timestamp() // window.total_seconds())
    key = hashlib.sha256(f"{what}:{who.strip().lower()}".encode()).hexdigest()
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = make(ThrottleCount).values(key=key, window=number, count=1, expires_at=now + window)
    count = session.scalar(
        statement.on_conflict_do_update(
            index_elements=["key", "window"], set_={"count": ThrottleCount.count + 1}
        ).returning(ThrottleCount.count)
    )
    return (count or 0) > limit


def forget(session: Session, now: datetime) -> int:
    """Delete the counts whose window is over."""
    result = session.execute(delete(ThrottleCount).where(ThrottleCount.expires_at < now))
    return int(getattr(result, "rowcount", 0))
