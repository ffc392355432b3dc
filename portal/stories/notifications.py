"""Mails about stories and introductions. They lead to the page; who a story is about never stands in one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.employers.models import Employer
from portal.kernel.outbox import Message, MessageKit, message
from portal.kernel.phones import display
from portal.stories.models import Introduction, Story


@dataclass(frozen=True)
class _StoryMessage(Message):
    """A mail to the team about one story."""

    story_id: int
    at: str
    audience: ClassVar[Literal["team"]] = "team"

    def context(self, session: Session, kit: MessageKit) -> Mapping[str, object]:
        """The heading of the story, the remark of the colleague, and where it stands."""
        story = session.get(Story, self.story_id)
        if story is None:
            raise LookupError("the story is gone")
        url = kit.links.url(f"/team/verhalen/{story.id}")
        return {"heading": story.heading, "reason": story.reason or "", "url": url}


@message
@dataclass(frozen=True)
class StoryReturned(_StoryMessage):
    """A colleague read a story and gave it back with a remark."""

    name: ClassVar[str] = "story_returned"


@message
@dataclass(frozen=True)
class StoryConsentEnded(_StoryMessage):
    """A story came off the site by itself, because its consent was over."""

    name: ClassVar[str] = "story_consent_ended"


@dataclass(frozen=True)
class _IntroductionMessage(Message):
    """A mail about one introduction."""

    introduction_id: int

    def context(self, session: Session, kit: MessageKit) -> Mapping[str, object]:
        """The company, the story and the answer; the address of the page for each side."""
        row = session.execute(
            select(Introduction.answer, Story.heading, Story.public_id, Employer.name)
            .join(Story, Story.id == Introduction.story_id)
            .join(Employer, Employer.id == Introduction.employer_id)
            .where(Introduction.id == self.introduction_id)
        ).one_or_none()
        if row is None:
            raise LookupError("the introduction is gone")
        answer, heading, public_id, employer = row
        return {
            "answer": answer or "",
            "heading": heading,
            "employer": employer,
            "team_url": kit.links.url(f"/team/kennismakingen/{self.introduction_id}"),
            "story_url": kit.links.url(f"/verhalen/{public_id}"),
            "stories_url": kit.links.url("/verhalen"),
            "team_phone": display(kit.settings.team_phone),
        }


@message
@dataclass(frozen=True)
class IntroductionAsked(_IntroductionMessage):
    """An employer wants to meet the person behind a story."""

    name: ClassVar[str] = "introduction_asked"
    audience: ClassVar[Literal["team"]] = "team"


@message
@dataclass(frozen=True)
class IntroductionPlanned(_IntroductionMessage):
    """The introduction is arranged."""

    name: ClassVar[str] = "introduction_planned"
    audience: ClassVar[Literal["employer"]] = "employer"


@message
@dataclass(frozen=True)
class IntroductionDeclined(_IntroductionMessage):
    """The introduction does not take place."""

    name: ClassVar[str] = "introduction_declined"
    audience: ClassVar[Literal["employer"]] = "employer"
