"""Writing a story, having a second person read and release it, and taking it down."""

from dataclasses import asdict, dataclass

from sqlalchemy import select

from portal.employers.models import Sector
from portal.kernel.clock import local_day
from portal.kernel.db import new_public_id
from portal.kernel.errors import ConflictError, InvalidError, NotFoundError
from portal.kernel.levels import LanguageLevel
from portal.kernel.outbox import Recipient
from portal.kernel.permissions import Permission
from portal.kernel.sensitive import guard_text
from portal.kernel.uow import UnitOfWork
from portal.stories.introductions import close_open_introductions
from portal.stories.models import Story, StoryConsent
from portal.stories.notifications import StoryReturned
from portal.stories.policies import can_release_story
from portal.stories.rules import MAX_HOURS, MIN_HOURS, STORY, consent_covers
from portal.stories.vocabulary import StoriesAction, StoryStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryInput:
    """What the team writes: the text, three honest lists, and what the person seeks."""

    sector_id: int
    heading: str
    body: str
    goes_well: list[str]
    attention: list[str]
    support: list[str]
    seeks: str
    speaking: LanguageLevel
    writing: LanguageLevel
    hours: int


def write_story(uow: UnitOfWork, *, details: StoryInput) -> int:
    """Keep a new story as a draft."""
    uow.actor.require(Permission.STORIES_STORY_WRITE)
    _check(uow, details)
    story = Story(
        public_id=new_public_id(),
        status=StoryStatus.DRAFT,
        written_by_id=uow.actor.user_id,
        edited_by_id=uow.actor.user_id,
        created_at=uow.now,
        details_version=1,
        details_changed_at=uow.now,
        **asdict(details),
    )
    uow.session.add(story)
    uow.audit(StoriesAction.STORY_WRITTEN, story)
    return story.id


def edit_story(uow: UnitOfWork, *, story_id: int, version: int, details: StoryInput) -> None:
    """Change the text; a released story goes back to the colleague who checks it. Another text needs another yes."""
    uow.actor.require(Permission.STORIES_STORY_WRITE)
    _check(uow, details)
    story = locked_story(uow, story_id)
    if story.details_version != version:
        raise ConflictError("stale_edit")
    target = STORY.check("edit", story.status, uow.actor)
    values = asdict(details)
    if all(getattr(story, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(story, name, value)
    story.details_version += 1
    story.details_changed_at = uow.now
    story.edited_by_id = uow.actor.user_id
    was, story.status = story.status, target
    story.released_at = story.released_by_id = None
    uow.audit(StoriesAction.STORY_CHANGED, story, was=was, version=story.details_version)


def submit_story(uow: UnitOfWork, *, story_id: int) -> None:
    """Ask a colleague to read and release a draft."""
    story = _moved(uow, story_id, "submit")
    story.reason = None
    uow.audit(StoriesAction.STORY_SUBMITTED, story)


def return_story(uow: UnitOfWork, *, story_id: int, reason: str) -> None:
    """Give a story back to its writer, with a remark."""
    _refuse_numbers(reason)
    story = _moved(uow, story_id, "return", reason)
    story.reason = reason.strip()
    uow.audit(StoriesAction.STORY_RETURNED, story)
    if story.written_by_id is not None and story.written_by_id != uow.actor.user_id:
        uow.notify(Recipient.user(story.written_by_id), StoryReturned(story.id, uow.now.isoformat()))


def release_story(uow: UnitOfWork, *, story_id: int) -> None:
    """Let employers read a story: by a second person, with a running consent for this very text."""
    story = locked_story(uow, story_id)
    target = STORY.check("release", story.status, uow.actor)
    if not can_release_story(uow.actor, story):
        raise ConflictError("second_person_needed")
    consent = uow.session.scalar(
        select(StoryConsent).where(StoryConsent.story_id == story.id, StoryConsent.withdrawn_at.is_(None))
    )
    problem = consent_covers(
        consent.text_version if consent else None,
        story.details_version,
        consent.ends_on if consent else None,
        local_day(uow.now),
    )
    if problem:
        raise ConflictError(problem)
    story.status = target
    story.reason = None
    story.released_at = uow.now
    story.released_by_id = uow.actor.user_id
    uow.audit(StoriesAction.STORY_RELEASED, story, version=story.details_version)


def withdraw_story(uow: UnitOfWork, *, story_id: int) -> None:
    """Take a story down, at once."""
    take_down(uow, locked_story(uow, story_id))


def restore_story(uow: UnitOfWork, *, story_id: int) -> None:
    """Make a draft of a withdrawn story again; it needs a new yes before anybody reads it."""
    story = _moved(uow, story_id, "restore")
    story.withdrawn_at = None
    uow.audit(StoriesAction.STORY_RESTORED, story)


def take_down(uow: UnitOfWork, story: Story) -> None:
    """Withdraw a locked story; employers who asked to meet hear that it does not go on."""
    was = story.status
    story.status = STORY.check("withdraw", story.status, uow.actor)
    story.withdrawn_at = uow.now
    story.released_at = story.released_by_id = None
    uow.audit(StoriesAction.STORY_WITHDRAWN, story, was=was)
    close_open_introductions(uow, story)


def locked_story(uow: UnitOfWork, story_id: int) -> Story:
    """The story's row is the lock for its text, its consent and its introductions. Raises NotFoundError."""
    story = uow.session.scalars(
        select(Story).where(Story.id == story_id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if story is None:
        raise NotFoundError
    return story


def _moved(uow: UnitOfWork, story_id: int, move: str, text: str = "") -> Story:
    story = locked_story(uow, story_id)
    story.status = STORY.check(move, story.status, uow.actor, text)
    return story


def _check(uow: UnitOfWork, details: StoryInput) -> None:
    if not all(text.strip() for text in (details.heading, details.body, details.seeks)):
        raise InvalidError("text_needed")
    if not all((details.goes_well, details.attention, details.support)):
        raise InvalidError("three_lists_needed")
    if not MIN_HOURS <= details.hours <= MAX_HOURS:
        raise InvalidError("hours_range", least=MIN_HOURS, most=MAX_HOURS)
    lists = (*details.goes_well, *details.attention, *details.support)
    for text in (details.heading, details.body, details.seeks, *lists):
        _refuse_numbers(text)
    if uow.session.get(Sector, details.sector_id) is None:
        raise InvalidError("sector_unknown")


def _refuse_numbers(text: str) -> None:
    if guard_text(text):
        raise InvalidError("sensitive_number")
