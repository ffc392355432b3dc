"""The person's yes to a story: noted after the text was read out, and ended by the person or by time."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.kernel.clock import local_day
from portal.kernel.errors import ConflictError, InvalidError, NotFoundError
from portal.kernel.outbox import Recipient
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork
from portal.participants.models import Participant
from portal.participants.policies import visible_participants
from portal.stories.models import Story, StoryConsent
from portal.stories.notifications import StoryConsentEnded
from portal.stories.rules import consent_problem
from portal.stories.vocabulary import ReadingLanguage, StoriesAction, StoryStatus
from portal.stories.writing import locked_story, take_down


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentInput:
    """When the person said yes, until when, in which language the text was read out, and which text that was."""

    given_on: date
    ends_on: date
    language: ReadingLanguage
    text_version: int
    participant_id: int | None = None


def note_consent(uow: UnitOfWork, *, story_id: int, details: ConsentInput) -> None:
    """Note a yes, or a renewed one, for the text as it is now."""
    uow.actor.require(Permission.STORIES_STORY_WRITE)
    story = locked_story(uow, story_id)
    if story.status is StoryStatus.WITHDRAWN:
        raise ConflictError("move_not_possible")
    if details.text_version != story.details_version:
        raise ConflictError("consent_other_text")
    _check(uow, details)
    consent = _consent(uow, story_id)
    if consent is None:
        consent = StoryConsent(story_id=story.id, created_at=uow.now)
        uow.session.add(consent)
    consent.participant_id = details.participant_id
    consent.given_on = details.given_on
    consent.ends_on = details.ends_on
    consent.language = details.language
    consent.text_version = details.text_version
    consent.noted_by_id = uow.actor.user_id
    consent.withdrawn_at = None
    uow.audit(StoriesAction.CONSENT_NOTED, story, version=details.text_version, ends_on=details.ends_on)


def withdraw_consent(uow: UnitOfWork, *, story_id: int) -> None:
    """The person takes the yes back: the story is gone at once. Said twice is not an error."""
    uow.actor.require(Permission.STORIES_STORY_WRITE)
    story = locked_story(uow, story_id)
    consent = _consent(uow, story_id)
    if consent is None:
        raise NotFoundError
    if consent.withdrawn_at is None:
        consent.withdrawn_at = uow.now
        uow.audit(StoriesAction.CONSENT_WITHDRAWN, story)
    if story.status is not StoryStatus.WITHDRAWN:
        take_down(uow, story)


def end_consents(uow: UnitOfWork) -> int:
    """A duty of the worker: take down released stories whose consent is over, and tell the team."""
    uow.actor.require(Permission.SYSTEM_JOB_RUN)
    over = uow.session.scalars(
        select(Story.id)
        .join(StoryConsent, StoryConsent.story_id == Story.id)
        .where(Story.status == StoryStatus.RELEASED, StoryConsent.ends_on < local_day(uow.now))
        .order_by(Story.id)
    ).all()
    for story_id in over:
        story = locked_story(uow, story_id)
        if story.status is StoryStatus.RELEASED:
            uow.audit(StoriesAction.CONSENT_ENDED, story)
            take_down(uow, story)
            uow.notify(Recipient.team(), StoryConsentEnded(story.id, uow.now.isoformat()))
    return len(over)


def _consent(uow: UnitOfWork, story_id: int) -> StoryConsent | None:
    return uow.session.scalar(select(StoryConsent).where(StoryConsent.story_id == story_id))


def _check(uow: UnitOfWork, details: ConsentInput) -> None:
    problem = consent_problem(details.given_on, details.ends_on, local_day(uow.now))
    if problem:
        raise InvalidError(problem)
    if details.participant_id is not None:
        known = visible_participants(uow.actor).where(Participant.id == details.participant_id)
        if uow.session.scalars(known).one_or_none() is None:
            raise InvalidError("participant_unknown")
