"""Stories, consents and introductions for tests."""

from datetime import timedelta
from itertools import count

from portal.accounts.models import User
from portal.employers.models import Employer
from portal.kernel.clock import local_day
from portal.kernel.levels import LanguageLevel
from portal.kernel.uow import UnitOfWork
from portal.participants.models import Participant
from portal.stories.models import Introduction, Story, StoryConsent
from portal.stories.vocabulary import IntroductionStatus, ReadingLanguage, StoriesAction, StoryStatus
from portal.stories.writing import StoryInput
from tests.factories.employers import a_sector

_numbers = count(1)


def story_input(uow: UnitOfWork, sector: str = "vleesverwerking", **fields: object) -> StoryInput:
    """What the team types for a story."""
    values: dict[str, object] = {
        "heading": "Ervaren slager die het liefst leert door mee te doen",
        "body": "Deze persoon werkte negen jaar als slager.\n\nUitbenen en portioneren gaan goed.",
        "goes_well": ["echte vakman met het mes", "altijd vijf minuten te vroeg"],
        "attention": ["lezen en schrijven op A1"],
        "support": ["proefplaatsing van twee weken", "taalcoach op de werkvloer"],
        "seeks": "Een plek in een slagerij, met een vaste collega die voordoet.",
        "speaking": LanguageLevel.A2,
        "writing": LanguageLevel.A1,
        "hours": 32,
        "sector_id": a_sector(uow, sector).id,
        **fields,
    }
    return StoryInput(**values)  # type: ignore[arg-type]


def a_story(
    uow: UnitOfWork,
    *,
    status: StoryStatus | str = "released",
    sector: str = "vleesverwerking",
    writer: User | None = None,
    consent: bool = True,
    participant: Participant | None = None,
    days: int = 180,
    **fields: object,
) -> Story:
    """A story; released with a running consent unless told otherwise."""
    number = next(_numbers)
    status = StoryStatus(status)
    typed = story_input(uow, sector)
    values: dict[str, object] = {
        "public_id": f"verhaal-{number:06d}",
        "heading": typed.heading,
        "body": typed.body,
        "goes_well": typed.goes_well,
        "attention": typed.attention,
        "support": typed.support,
        "seeks": typed.seeks,
        "speaking": typed.speaking,
        "writing": typed.writing,
        "hours": typed.hours,
        "sector_id": typed.sector_id,
        "written_by_id": writer.id if writer else None,
        "edited_by_id": writer.id if writer else None,
        "released_at": uow.now if status is StoryStatus.RELEASED else None,
        "withdrawn_at": uow.now if status is StoryStatus.WITHDRAWN else None,
        "created_at": uow.now,
        "details_version": 1,
        "details_changed_at": uow.now,
        **fields,
    }
    story = Story(status=status, **values)
    uow.session.add(story)
    uow.audit(StoriesAction.STORY_WRITTEN, story)
    if consent:
        a_consent(uow, story, participant=participant, days=days)
    return story


def a_consent(
    uow: UnitOfWork, story: Story, *, participant: Participant | None = None, days: int = 180, **fields: object
) -> StoryConsent:
    """A yes to the story as it is, given today."""
    today = local_day(uow.now)
    values: dict[str, object] = {
        "given_on": today,
        "ends_on": today + timedelta(days=days),
        "language": ReadingLanguage.TIGRINYA,
        "text_version": story.details_version,
        "created_at": uow.now,
        **fields,
    }
    consent = StoryConsent(story_id=story.id, participant_id=participant.id if participant else None, **values)
    uow.session.add(consent)
    uow.audit(StoriesAction.CONSENT_NOTED, story)
    return consent


def an_introduction(
    uow: UnitOfWork,
    story: Story,
    employer: Employer,
    *,
    user: User | None = None,
    status: IntroductionStatus | str = "asked",
    **fields: object,
) -> Introduction:
    """An employer asked to meet."""
    values: dict[str, object] = {"created_at": uow.now, **fields}
    introduction = Introduction(
        story_id=story.id,
        employer_id=employer.id,
        asked_by_id=user.id if user else None,
        status=IntroductionStatus(status),
        **values,
    )
    uow.session.add(introduction)
    uow.audit(StoriesAction.INTRODUCTION_ASKED, introduction)
    return introduction
