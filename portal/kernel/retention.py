"""What is deleted when. Slices add their rules; one job runs them and keeps a register of what it destroyed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.kernel.db import Base

SURPRISE_FACTOR = 10
ALWAYS_FINE = 500


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One kind of row that ends: `count` tells how many are due, `remove` removes or anonymises them."""

    name: str
    count: Callable[[Session, datetime], int]
    remove: Callable[[Session, datetime], int]


class RetentionRun(Base):
    """The register of destruction: which rule ran when on how many rows, or that it stopped itself."""

    __tablename__ = "retention_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    rule: Mapped[str] = mapped_column(String(80), index=True)
    removed: Mapped[int]
    stopped: Mapped[bool] = mapped_column(default=False)


RULES: dict[str, RetentionRule] = {}


def retention_rule(rule: RetentionRule) -> RetentionRule:
    """Add a rule to the one list that the job runs."""
    RULES[rule.name] = rule
    return rule


def run_rule(session: Session, rule: RetentionRule, now: datetime) -> RetentionRun | None:
    """Run one rule. It stops itself when it would remove far more than it ever did: a person looks first."""
    due = rule.count(session, now)
    if due == 0:
        return None
    usual = max(session.scalars(select(RetentionRun.removed).where(RetentionRun.rule == rule.name)), default=0)
    stopped = due > max(ALWAYS_FINE, usual * SURPRISE_FACTOR)
    run = RetentionRun(at=now, rule=rule.name, removed=0 if stopped else rule.remove(session, now), stopped=stopped)
    session.add(run)
    return run
