"""Stories, the consent behind them, and introductions. The public row has no link to a person."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.employers.models import Employer, Sector
from portal.kernel.db import Base, Created, Versioned, enum_column
from portal.kernel.levels import LanguageLevel
from portal.stories.vocabulary import IntroductionStatus, ReadingLanguage, StoryStatus


class Story(Base, Created, Versioned):
    """An anonymised story: what goes well, what needs attention, what stands ready."""

    __tablename__ = "story"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True)
    sector_id: Mapped[int] = mapped_column(ForeignKey("sector.id"), index=True)
    status: Mapped[StoryStatus] = mapped_column(enum_column(StoryStatus), index=True)
    heading: Mapped[str] = mapped_column(String(160))
    body: Mapped[str] = mapped_column(Text)
    goes_well: Mapped[list[str]]
    attention: Mapped[list[str]]
    support: Mapped[list[str]]
    seeks: Mapped[str] = mapped_column(Text)
    speaking: Mapped[LanguageLevel] = mapped_column(enum_column(LanguageLevel))
    writing: Mapped[LanguageLevel] = mapped_column(enum_column(LanguageLevel))
    hours: Mapped[int]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    released_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)

    sector: Mapped[Sector] = relationship(lazy="raise")


class StoryConsent(Base, Created):
    """The person's yes, only for the team: whom the story is about, until when, and that it was read out."""

    __tablename__ = "story_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), unique=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    given_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    language: Mapped[ReadingLanguage] = mapped_column(enum_column(ReadingLanguage))
    text_version: Mapped[int]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    withdrawn_at: Mapped[datetime | None]


class Introduction(Base, Created):
    """An employer asks to meet the person behind a story; the team arranges it."""

    __tablename__ = "introduction"
    __table_args__ = (
        Index(
            "uq_introduction_open",
            "story_id",
            "employer_id",
            unique=True,
            sqlite_where=text("status = 'asked'"),
            postgresql_where=text("status = 'asked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    message: Mapped[str | None] = mapped_column(Text)
    status: Mapped[IntroductionStatus] = mapped_column(enum_column(IntroductionStatus))
    answer: Mapped[str | None] = mapped_column(Text)
    handled_at: Mapped[datetime | None]
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))

    story: Mapped[Story] = relationship(lazy="raise")
    employer: Mapped[Employer] = relationship(lazy="raise")
