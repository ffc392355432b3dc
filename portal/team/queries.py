"""What waits for the team, from every slice; and messages that could not be delivered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

import portal.employers.queries
import portal.employers.vacancy_queries
import portal.events.work_queries
import portal.participants.staff_queries
import portal.placements.queries
import portal.stories.queries
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.i18n import ngettext
from portal.kernel.outbox import OutboxMessage
from portal.kernel.work import WorkItem, WorkSource

SOURCES: Sequence[WorkSource] = (
    portal.employers.queries.work_items,
    portal.employers.vacancy_queries.work_items,
    portal.events.work_queries.work_items,
    portal.participants.staff_queries.work_items,
    portal.stories.queries.work_items,
    portal.placements.queries.work_items,
)
KINDS = {
    "issue": lazy("Meldingen"),
    "employer": lazy("Werkgevers"),
    "vacancy": lazy("Vacatures"),
    "tour": lazy("Rondleidingen"),
    "call_task": lazy("Bellen"),
    "story": lazy("Verhalen"),
    "placement": lazy("Plaatsingen"),
    "mail": lazy("Berichten"),
}


def work_list(session: Session, now: datetime) -> list[WorkItem]:
    """Everything that waits for somebody of the team."""
    items = [item for source in SOURCES for item in source(session, now)]
    return items + undelivered_items(session)


def undelivered(session: Session, limit: int = 50) -> list[OutboxMessage]:
    """Messages that were given up after their last try, the newest first."""
    return list(
        session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.dead_at.is_not(None), OutboxMessage.sent_at.is_(None), OutboxMessage.attempts > 1)
            .order_by(OutboxMessage.dead_at.desc())
            .limit(limit)
        )
    )


def undelivered_items(session: Session) -> list[WorkItem]:
    """One row for all messages that did not arrive."""
    dead = undelivered(session)
    if not dead:
        return []
    return [
        WorkItem(
            kind="mail",
            tag="late",
            tag_text=lazy("Niet aangekomen"),
            title=ngettext("%(num)d bericht kwam niet aan", "%(num)d berichten kwamen niet aan", len(dead)),
            due_at=None,
            url="/team/berichten",
            action=lazy("Bekijk"),
            action_icon="mail",
        )
    ]
