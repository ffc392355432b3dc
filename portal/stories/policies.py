"""Which stories exist for whom, and who may release one."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, select

from portal.kernel.permissions import Actor, Permission
from portal.stories.models import Introduction, Story, StoryConsent
from portal.stories.rules import is_second_person
from portal.stories.vocabulary import StoryStatus


def is_shown(today: date) -> ColumnElement[bool]:
    """A story is shown when it was released and the consent for this very text is running."""
    return and_(
        Story.status == StoryStatus.RELEASED,
        StoryConsent.story_id == Story.id,
        StoryConsent.withdrawn_at.is_(None),
        StoryConsent.ends_on >= today,
        StoryConsent.text_version == Story.details_version,
    )


def visible_stories(actor: Actor, today: date) -> Select[Story]:
    """The stories that exist for this actor on the readers' pages: the shown ones, for readers only."""
    found: Select[Any] = select(Story).join(StoryConsent, StoryConsent.story_id == Story.id).where(is_shown(today))
    return found if actor.can(Permission.STORIES_STORY_READ) else found.where(false())


def visible_introductions(actor: Actor) -> Select[Introduction]:
    """All for the team; an employer's own for the employer."""
    found: Select[Any] = select(Introduction)
    if actor.can(Permission.STORIES_INTRODUCTION_HANDLE):
        return found
    if actor.employer_id is None or not actor.can(Permission.STORIES_INTRODUCTION_ASK):
        return found.where(false())
    return found.where(Introduction.employer_id == actor.employer_id)


def can_release_story(actor: Actor, story: Story) -> bool:
    """A second person of the team releases: never who wrote the text or changed it last."""
    authors = (story.written_by_id, story.edited_by_id)
    return actor.can(Permission.STORIES_STORY_RELEASE) and is_second_person(actor.user_id, authors)
