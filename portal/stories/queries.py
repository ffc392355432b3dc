"""What employers read of stories: rows made for a page, without any link to a person; and what waits for the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.employers.models import Employer, Member, Sector
from portal.employers.queries import employer_contact
from portal.employers.vocabulary import MemberStatus, SectorGroup
from portal.kernel.clock import from_local, local_day
from portal.kernel.days import CLOSES, end_of_working_day
from portal.kernel.errors import NotFoundError
from portal.kernel.i18n import LazyString
from portal.kernel.i18n import gettext as _
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.levels import LanguageLevel
from portal.kernel.outbox import Recipient
from portal.kernel.permissions import Actor
from portal.kernel.work import WorkItem
from portal.stories.models import Introduction, Story, StoryConsent
from portal.stories.policies import is_shown, visible_stories
from portal.stories.rules import ANSWER_WORKING_DAYS, ENDING_SOON_DAYS
from portal.stories.vocabulary import SPEAKING, WRITING, IntroductionStatus, StoryStatus


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in the list of an employer."""

    number: int
    public_id: str
    heading: str
    sector: str
    speaking: LanguageLevel
    hours: int
    introduction: IntroductionStatus | None = None


@dataclass(frozen=True, slots=True)
class StoryText:
    """A story as an employer reads it."""

    number: int
    public_id: str
    sector: str
    heading: str
    paragraphs: tuple[str, ...]
    goes_well: tuple[str, ...]
    attention: tuple[str, ...]
    support: tuple[str, ...]
    seeks: str
    speaking: LanguageLevel
    writing: LanguageLevel
    hours: int

    @property
    def speaking_sentence(self) -> LazyString:
        """What the level of speaking means at work."""
        return SPEAKING[self.speaking]

    @property
    def writing_sentence(self) -> LazyString:
        """What the level of writing means at work."""
        return WRITING[self.writing]


@dataclass(frozen=True, slots=True)
class IntroductionState:
    """How far the introduction of one employer to one story is."""

    status: IntroductionStatus
    asked_at: datetime
    answer: str | None


def story_cards(
    session: Session, actor: Actor, *, today: date, group: SectorGroup | None, offset: int, limit: int
) -> tuple[list[StoryCard], int]:
    """One page of the stories that this actor may read, the newest first, and how many there are."""
    shown = visible_stories(actor, today).join(Sector, Sector.id == Story.sector_id)
    if group is not None:
        shown = shown.where(Sector.group == group)
    total = session.scalar(shown.with_only_columns(func.count(Story.id))) or 0
    found = session.execute(
        shown.with_only_columns(Story.id, Story.public_id, Story.heading, Sector.name, Story.speaking, Story.hours)
        .order_by(Story.released_at.desc(), Story.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()
    asked = _introductions(session, actor, [row.id for row in found])
    return [StoryCard(*row, introduction=asked.get(row.id)) for row in found], total


def _introductions(session: Session, actor: Actor, story_ids: Sequence[int]) -> dict[int, IntroductionStatus]:
    """The latest introduction of this actor's employer per story."""
    if actor.employer_id is None or not story_ids:
        return {}
    found = session.execute(
        select(Introduction.story_id, Introduction.status)
        .where(Introduction.employer_id == actor.employer_id, Introduction.story_id.in_(story_ids))
        .order_by(Introduction.id)
    )
    return {story_id: status for story_id, status in found}  # noqa: C416  the later row wins


def story_text(session: Session, actor: Actor, *, public_id: str, today: date) -> StoryText:
    """One story to read. Raises NotFoundError, the same for a hidden and for a missing one."""
    row = session.execute(
        visible_stories(actor, today)
        .join(Sector, Sector.id == Story.sector_id)
        .where(Story.public_id == public_id)
        .add_columns(Sector.name)
    ).one_or_none()
    if row is None:
        raise NotFoundError
    story, sector = row
    return text_of(story, sector)


def text_of(story: Story, sector: str) -> StoryText:
    """The part of a story that others may read: nothing on who it is about or who wrote it."""
    return StoryText(
        number=story.id,
        public_id=story.public_id,
        sector=sector,
        heading=story.heading,
        paragraphs=tuple(part.strip() for part in story.body.split("\n") if part.strip()),
        goes_well=tuple(story.goes_well),
        attention=tuple(story.attention),
        support=tuple(story.support),
        seeks=story.seeks,
        speaking=story.speaking,
        writing=story.writing,
        hours=story.hours,
    )


def introduction_state(session: Session, actor: Actor, story_number: int) -> IntroductionState | None:
    """The latest introduction that this actor's employer asked for."""
    if actor.employer_id is None:
        return None
    row = session.execute(
        select(Introduction.status, Introduction.created_at, Introduction.answer)
        .where(Introduction.employer_id == actor.employer_id, Introduction.story_id == story_number)
        .order_by(Introduction.id.desc())
        .limit(1)
    ).one_or_none()
    return IntroductionState(*row) if row else None


def hears_answer(session: Session, employer_id: int, asked_by_id: int | None) -> Recipient | None:
    """Who gets the answer to a company's question: who asked it, else whoever gets the company's mail."""
    asker = session.scalar(
        select(Member.user_id).where(
            Member.employer_id == employer_id, Member.user_id == asked_by_id, Member.status == MemberStatus.ACTIVE
        )
    )
    return Recipient.user(asker) if asker is not None else employer_contact(session, employer_id)


def work_items(session: Session, now: datetime) -> list[WorkItem]:
    """What waits for the team: stories to release, introductions to arrange, consents that end."""
    return [*_to_release(session), *_asked(session, now), *_ending(session, local_day(now))]


def _to_release(session: Session) -> list[WorkItem]:
    found = session.execute(
        select(Story.id, Story.heading, Sector.name)
        .join(Sector, Sector.id == Story.sector_id)
        .where(Story.status == StoryStatus.REVIEW)
        .order_by(Story.details_changed_at, Story.id)
    )
    return [
        WorkItem(
            kind="story",
            tag="review",
            tag_text=StoryStatus.REVIEW.label,
            title=_("Verhaal: %(heading)s", heading=heading),
            facts=(sector, _("een tweede collega geeft vrij")),
            due_at=None,
            url=f"/team/verhalen/{story_id}",
            action=lazy("Lees en geef vrij"),
            action_icon="eye",
        )
        for story_id, heading, sector in found
    ]


def _asked(session: Session, now: datetime) -> list[WorkItem]:
    found = session.execute(
        select(Introduction.id, Introduction.created_at, Story.heading, Employer.name)
        .join(Story, Story.id == Introduction.story_id)
        .join(Employer, Employer.id == Introduction.employer_id)
        .where(Introduction.status == IntroductionStatus.ASKED)
        .order_by(Introduction.created_at, Introduction.id)
    )
    return [
        WorkItem(
            kind="story",
            tag="waiting",
            tag_text=lazy("Kennismaking"),
            title=_("%(employer)s wil kennismaken", employer=employer),
            facts=(heading, _("vertel het zelf aan de deelnemer")),
            due_at=end_of_working_day(asked_at, ANSWER_WORKING_DAYS),
            url=f"/team/kennismakingen/{introduction_id}",
            action=lazy("Regel het"),
            action_icon="handshake",
        )
        for introduction_id, asked_at, heading, employer in found
    ]


def _ending(session: Session, today: date) -> list[WorkItem]:
    found = session.execute(
        select(Story.id, Story.heading, StoryConsent.ends_on)
        .join(StoryConsent, StoryConsent.story_id == Story.id)
        .where(is_shown(today), StoryConsent.ends_on <= today + timedelta(days=ENDING_SOON_DAYS))
        .order_by(StoryConsent.ends_on, Story.id)
    )
    return [
        WorkItem(
            kind="story",
            tag="few",
            tag_text=lazy("Toestemming"),
            title=_("Verhaal: %(heading)s", heading=heading),
            facts=(_("de toestemming loopt af"), _("vraag of het verhaal mag blijven")),
            due_at=from_local(ends_on, CLOSES),
            url=f"/team/verhalen/{story_id}",
            action=lazy("Vraag opnieuw"),
            action_icon="phone",
        )
        for story_id, heading, ends_on in found
    ]
