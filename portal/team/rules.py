"""How the work list is ordered: late first, then today, then what comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.kernel.clock import local_day
from portal.kernel.work import WorkItem


class Moment(StrEnum):
    """When something must be done."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one moment, the earliest first."""

    moment: Moment
    items: tuple[WorkItem, ...]


def moment_of(item: WorkItem, now: datetime) -> Moment:
    """Late is before now; without a promise it is for today; soon is within a week."""
    if item.due_at is None:
        return Moment.TODAY
    if item.due_at < now:
        return Moment.LATE
    if local_day(item.due_at) == local_day(now):
        return Moment.TODAY
    return Moment.SOON if item.due_at <= now + timedelta(days=7) else Moment.LATER


def grouped(items: Iterable[WorkItem], now: datetime) -> list[Group]:
    """The list in groups; empty groups are left out."""
    ordered = sorted(items, key=lambda item: (item.due_at or now, item.title))
    groups = [Group(moment, tuple(item for item in ordered if moment_of(item, now) is moment)) for moment in Moment]
    return [group for group in groups if group.items]


def matching(items: Iterable[WorkItem], kind: str, words: str) -> list[WorkItem]:
    """The rows of one kind, or with these words in their title or facts."""
    needle = words.strip().casefold()
    return [
        item
        for item in items
        if (not kind or item.kind == kind) and (not needle or needle in " ".join((item.title, *item.facts)).casefold())
    ]
