"""What the team reads of stories: with consent, writers, warnings and introductions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import User
from portal.employers.models import Employer, Sector
from portal.kernel.errors import NotFoundError
from portal.kernel.permissions import Actor
from portal.participants.models import Participant
from portal.stories.models import Introduction, Story, StoryConsent
from portal.stories.policies import visible_introductions
from portal.stories.rules import Person, consent_covers
from portal.stories.vocabulary import IntroductionStatus, StoryStatus


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One line of the team's list of stories."""

    id: int
    heading: str
    sector: str
    status: StoryStatus
    writer: str | None
    consent_ends_on: date | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class IntroductionRow:
    """One line of the list of introductions, or the page about one."""

    id: int
    story_id: int
    heading: str
    employer_id: int
    employer: str
    status: IntroductionStatus
    asked_at: datetime
    asked_by: str | None
    message: str | None
    answer: str | None
    handled_at: datetime | None
    handled_by: str | None


@dataclass(frozen=True, slots=True)
class StoryDesk:
    """Everything about one story, for the team."""

    story: Story
    sector: str
    writer: str | None
    editor: str | None
    releaser: str | None
    consent: StoryConsent | None
    participant: Participant | None
    introductions: list[IntroductionRow]

    @property
    def running_consent(self) -> StoryConsent | None:
        """The consent, unless the person took it back."""
        return self.consent if self.consent is not None and self.consent.withdrawn_at is None else None

    def consent_problem(self, today: date) -> str | None:
        """Why the story may not be shown now, if so."""
        consent = self.running_consent
        return consent_covers(
            consent.text_version if consent else None,
            self.story.details_version,
            consent.ends_on if consent else None,
            today,
        )

    @property
    def person(self) -> Person:
        """What is known of the person behind it, to warn when it stands in the text."""
        found = self.participant
        if found is None or found.removed_at is not None:
            return Person()
        return Person((found.first_name, found.last_name or ""), found.phone, found.email)


def story_rows(
    session: Session, *, status: StoryStatus | None, words: str, offset: int, limit: int
) -> tuple[list[StoryRow], int]:
    """One page of all stories, the last changed first, and how many there are."""
    conditions: list[ColumnElement[bool]] = [] if status is None else [Story.status == status]
    for word in words.lower().split():
        pattern = func.lower(Story.heading).contains(word, autoescape=True)
        conditions.append(or_(pattern, func.lower(Sector.name).contains(word, autoescape=True)))
    base = select(Story.id).join(Sector, Sector.id == Story.sector_id).where(*conditions)
    total = session.scalar(select(func.count()).select_from(base.subquery())) or 0
    found = session.execute(
        base.outerjoin(User, User.id == Story.written_by_id)
        .outerjoin(StoryConsent, (StoryConsent.story_id == Story.id) & StoryConsent.withdrawn_at.is_(None))
        .with_only_columns(
            Story.id,
            Story.heading,
            Sector.name,
            Story.status,
            User.name,
            StoryConsent.ends_on,
            Story.details_changed_at,
        )
        .order_by(Story.details_changed_at.desc(), Story.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [StoryRow(*row) for row in found], total


def story_counts(session: Session) -> dict[StoryStatus, int]:
    """How many stories there are in each state."""
    found = session.execute(select(Story.status, func.count()).group_by(Story.status))
    return {status: count for status, count in found}  # noqa: C416  rows are not pairs for the type checker


def story_desk(session: Session, actor: Actor, story_id: int) -> StoryDesk:
    """One story with all that the team needs. Raises NotFoundError."""
    writer, editor, releaser = aliased(User), aliased(User), aliased(User)
    row = session.execute(
        select(Story, Sector.name, writer.name, editor.name, releaser.name, StoryConsent, Participant)
        .join(Sector, Sector.id == Story.sector_id)
        .outerjoin(writer, writer.id == Story.written_by_id)
        .outerjoin(editor, editor.id == Story.edited_by_id)
        .outerjoin(releaser, releaser.id == Story.released_by_id)
        .outerjoin(StoryConsent, StoryConsent.story_id == Story.id)
        .outerjoin(Participant, Participant.id == StoryConsent.participant_id)
        .where(Story.id == story_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError
    introductions = introduction_rows(session, actor, story_id=story_id)
    return StoryDesk(*row, introductions=introductions)


def introduction_rows(
    session: Session,
    actor: Actor,
    *,
    story_id: int | None = None,
    status: IntroductionStatus | None = None,
    introduction_id: int | None = None,
    limit: int = 100,
) -> list[IntroductionRow]:
    """Introductions, those that wait first, then the newest."""
    asker, handler = aliased(User), aliased(User)
    query: Select[Any] = visible_introductions(actor)
    for column, value in (
        (Introduction.story_id, story_id),
        (Introduction.status, status),
        (Introduction.id, introduction_id),
    ):
        query = query if value is None else query.where(column == value)
    found: Any = session.execute(
        query.join(Story, Story.id == Introduction.story_id)
        .join(Employer, Employer.id == Introduction.employer_id)
        .outerjoin(asker, asker.id == Introduction.asked_by_id)
        .outerjoin(handler, handler.id == Introduction.handled_by_id)
        .with_only_columns(
            Introduction.id,
            Story.id,
            Story.heading,
            Employer.id,
            Employer.name,
            Introduction.status,
            Introduction.created_at,
            asker.name,
            Introduction.message,
            Introduction.answer,
            Introduction.handled_at,
            handler.name,
        )
        .order_by(Introduction.status != IntroductionStatus.ASKED, Introduction.created_at.desc(), Introduction.id)
        .limit(limit)
    )
    return [IntroductionRow(*row) for row in found]


def introduction_row(session: Session, actor: Actor, introduction_id: int) -> IntroductionRow:
    """One introduction. Raises NotFoundError."""
    found = introduction_rows(session, actor, introduction_id=introduction_id)
    if not found:
        raise NotFoundError
    return found[0]
