"""What is removed of placements and issues: what people wrote, and whom it was about, a year after it was over."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from portal.kernel.clock import local_day
from portal.kernel.retention import RetentionRule, retention_rule
from portal.placements.models import Issue, IssueMessage, Placement
from portal.placements.rules import FINISHED

KEEP_DAYS = 365


def _old_issues(now: datetime) -> ColumnElement[bool]:
    return Issue.resolved_at < now - timedelta(days=KEEP_DAYS)


def count_issue_texts(session: Session, now: datetime) -> int:
    """How many messages of issues that were resolved a year ago still have words."""
    query = select(func.count()).select_from(IssueMessage).join(Issue, Issue.id == IssueMessage.issue_id)
    return session.scalar(query.where(_old_issues(now), IssueMessage.body != "")) or 0


def remove_issue_texts(session: Session, now: datetime) -> int:
    """Take the words away; that something was reported and when it was answered stays, for the counts."""
    issues = list(session.scalars(select(Issue.id).where(_old_issues(now))))
    removed = count_issue_texts(session, now)
    session.execute(update(IssueMessage).where(IssueMessage.issue_id.in_(issues)).values(body=""))
    session.execute(update(Issue).where(Issue.id.in_(issues)).values(call_when=None))
    return removed


def _old_placements(now: datetime) -> ColumnElement[bool]:
    return and_(
        Placement.status.in_(FINISHED),
        Placement.ends_on < local_day(now) - timedelta(days=KEEP_DAYS),
        or_(
            Placement.participant_id.is_not(None),
            Placement.reference.is_not(None),
            Placement.end_reason.is_not(None),
        ),
    )


def count_placement_links(session: Session, now: datetime) -> int:
    """How many placements that ended a year ago still lead to a person."""
    return session.scalar(select(func.count()).select_from(Placement).where(_old_placements(now))) or 0


def remove_placement_links(session: Session, now: datetime) -> int:
    """Cut the link to the person; company, job, kind and days stay, for the counts."""
    ids = list(session.scalars(select(Placement.id).where(_old_placements(now))))
    session.execute(
        update(Placement).where(Placement.id.in_(ids)).values(participant_id=None, reference=None, end_reason=None)
    )
    return len(ids)


ISSUE_TEXTS = retention_rule(RetentionRule("issue_texts", count_issue_texts, remove_issue_texts))
PLACEMENT_LINKS = retention_rule(RetentionRule("placement_links", count_placement_links, remove_placement_links))
