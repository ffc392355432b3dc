"""What is removed of stories, and when: withdrawn ones after 30 days, forgotten drafts and old answers after a year."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from portal.kernel.retention import RetentionRule, retention_rule
from portal.stories.models import Introduction, Story, StoryConsent
from portal.stories.vocabulary import StoryStatus

WITHDRAWN_DAYS = 30
DRAFT_DAYS = 365
INTRODUCTION_DAYS = 365


def _stories(now: datetime) -> ColumnElement[bool]:
    drafts = (StoryStatus.DRAFT, StoryStatus.REVIEW)
    return or_(
        and_(Story.status == StoryStatus.WITHDRAWN, Story.withdrawn_at < now - timedelta(days=WITHDRAWN_DAYS)),
        and_(Story.status.in_(drafts), Story.details_changed_at < now - timedelta(days=DRAFT_DAYS)),
    )


def count_stories(session: Session, now: datetime) -> int:
    """How many stories must go."""
    return session.scalar(select(func.count()).select_from(Story).where(_stories(now))) or 0


def remove_stories(session: Session, now: datetime) -> int:
    """Delete them with their consent and their introductions."""
    ids = list(session.scalars(select(Story.id).where(_stories(now))))
    for model in (Introduction, StoryConsent):
        session.execute(delete(model).where(model.story_id.in_(ids)))
    session.execute(delete(Story).where(Story.id.in_(ids)))
    return len(ids)


def _introductions(now: datetime) -> ColumnElement[bool]:
    return and_(
        Introduction.handled_at < now - timedelta(days=INTRODUCTION_DAYS),
        or_(Introduction.message.is_not(None), Introduction.answer.is_not(None)),
    )


def count_introductions(session: Session, now: datetime) -> int:
    """How many handled introductions still hold their words."""
    return session.scalar(select(func.count()).select_from(Introduction).where(_introductions(now))) or 0


def remove_introductions(session: Session, now: datetime) -> int:
    """Take the words away; that there was an introduction stays, for the counts."""
    ids = list(session.scalars(select(Introduction.id).where(_introductions(now))))
    session.execute(update(Introduction).where(Introduction.id.in_(ids)).values(message=None, answer=None))
    return len(ids)


STORIES = retention_rule(RetentionRule("stories", count_stories, remove_stories))
INTRODUCTIONS = retention_rule(RetentionRule("introductions", count_introductions, remove_introductions))
