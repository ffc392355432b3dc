"""Introductions: an employer asks to meet the person behind a story, the team arranges it or says that it cannot be."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.employers.queries import is_approved
from portal.kernel.clock import local_day
from portal.kernel.errors import InvalidError, NotAllowedError, NotFoundError
from portal.kernel.outbox import Message, Recipient
from portal.kernel.permissions import Permission, system_actor
from portal.kernel.sensitive import guard_text
from portal.kernel.uow import UnitOfWork
from portal.stories.models import Introduction, Story
from portal.stories.notifications import IntroductionAsked, IntroductionDeclined, IntroductionPlanned
from portal.stories.policies import visible_introductions, visible_stories
from portal.stories.queries import hears_answer
from portal.stories.rules import INTRODUCTION
from portal.stories.vocabulary import IntroductionStatus, StoriesAction

RUNNING = (IntroductionStatus.ASKED, IntroductionStatus.PLANNED)


@dataclass(frozen=True, slots=True)
class IntroductionResult:
    """The introduction, and whether this request made it."""

    introduction_id: int
    status: IntroductionStatus
    is_new: bool


def ask_introduction(uow: UnitOfWork, *, public_id: str, message: str = "") -> IntroductionResult:
    """Ask to meet the person behind a story; a second click, or a colleague's, gets the same answer."""
    uow.actor.require(Permission.STORIES_INTRODUCTION_ASK)
    if uow.actor.employer_id is None or not is_approved(uow.session, uow.actor.employer_id):
        raise NotAllowedError("introduction_not_approved")
    _refuse_numbers(message)
    story = uow.session.scalars(
        visible_stories(uow.actor, local_day(uow.now))
        .where(Story.public_id == public_id)
        .with_for_update(of=Story)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if story is None:
        raise NotFoundError
    running = uow.session.scalar(
        select(Introduction).where(
            Introduction.story_id == story.id,
            Introduction.employer_id == uow.actor.employer_id,
            Introduction.status.in_(RUNNING),
        )
    )
    if running is not None:
        return IntroductionResult(running.id, running.status, is_new=False)
    asked = Introduction(
        story_id=story.id,
        employer_id=uow.actor.employer_id,
        asked_by_id=uow.actor.user_id,
        message=message.strip() or None,
        status=IntroductionStatus.ASKED,
        created_at=uow.now,
    )
    uow.session.add(asked)
    uow.audit(StoriesAction.INTRODUCTION_ASKED, asked, story=story.id)
    uow.notify(Recipient.team(), IntroductionAsked(asked.id))
    return IntroductionResult(asked.id, asked.status, is_new=True)


def plan_introduction(uow: UnitOfWork, *, introduction_id: int, answer: str) -> None:
    """Tell the employer when and where the meeting is; the person was told by somebody of the team."""
    introduction = _moved(uow, introduction_id, "plan", answer)
    uow.audit(StoriesAction.INTRODUCTION_PLANNED, introduction)
    _tell_employer(uow, introduction, IntroductionPlanned(introduction.id))


def decline_introduction(uow: UnitOfWork, *, introduction_id: int, answer: str) -> None:
    """Tell the employer that the meeting does not take place, and why."""
    introduction = _moved(uow, introduction_id, "decline", answer)
    uow.audit(StoriesAction.INTRODUCTION_DECLINED, introduction)
    _tell_employer(uow, introduction, IntroductionDeclined(introduction.id))


def close_open_introductions(uow: UnitOfWork, story: Story) -> None:
    """A story that is gone leaves nobody waiting. The caller holds the story's lock."""
    waiting = uow.session.scalars(
        select(Introduction)
        .where(Introduction.story_id == story.id, Introduction.status == IntroductionStatus.ASKED)
        .order_by(Introduction.id)
        .with_for_update()
    ).all()
    for introduction in waiting:
        introduction.status = INTRODUCTION.check("decline", introduction.status, system_actor("withdrawn"), "withdrawn")
        introduction.handled_at = uow.now
        introduction.handled_by_id = uow.actor.user_id
        uow.audit(StoriesAction.INTRODUCTION_DECLINED, introduction)
        _tell_employer(uow, introduction, IntroductionDeclined(introduction.id))


def _moved(uow: UnitOfWork, introduction_id: int, move: str, answer: str) -> Introduction:
    uow.actor.require(Permission.STORIES_INTRODUCTION_HANDLE)
    _refuse_numbers(answer)
    introduction = uow.session.scalars(
        visible_introductions(uow.actor)
        .where(Introduction.id == introduction_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if introduction is None:
        raise NotFoundError
    introduction.status = INTRODUCTION.check(move, introduction.status, uow.actor, answer)
    introduction.answer = answer.strip()
    introduction.handled_at = uow.now
    introduction.handled_by_id = uow.actor.user_id
    return introduction


def _tell_employer(uow: UnitOfWork, introduction: Introduction, message: Message) -> None:
    """By mail where the company has an address; else the page of the story tells it, and the team calls."""
    recipient = hears_answer(uow.session, introduction.employer_id, introduction.asked_by_id)
    if recipient is not None:
        uow.notify(recipient, message)


def _refuse_numbers(text: str) -> None:
    if guard_text(text):
        raise InvalidError("sensitive_number")
