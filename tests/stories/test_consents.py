"""The person's yes: noted, renewed, taken back, over."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.audit import LookEntry
from portal.kernel.clock import FixedClock, local_day
from portal.kernel.days import add_months
from portal.kernel.errors import DomainError, NotFoundError
from portal.kernel.permissions import Actor
from portal.kernel.uow import UnitOfWork
from portal.stories.consents import ConsentInput, end_consents, note_consent, withdraw_consent
from portal.stories.models import Story, StoryConsent
from portal.stories.vocabulary import ReadingLanguage, StoryStatus
from tests.conftest import WorkAs
from tests.factories.participants import a_participant
from tests.factories.stories import a_story
from tests.stories.conftest import SYSTEM, Cast
from tests.support.outbox import Outbox


def consent_input(uow: UnitOfWork, **fields: object) -> ConsentInput:
    today = local_day(uow.now)
    values: dict[str, object] = {
        "given_on": today,
        "ends_on": add_months(today, 12),
        "language": ReadingLanguage.TIGRINYA,
        "text_version": 1,
        **fields,
    }
    return ConsentInput(**values)  # type: ignore[arg-type]


def refused(work_as: WorkAs, actor: Actor, deed: Callable[[UnitOfWork], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, work_as(actor) as uow:
        deed(uow)
    return caught.value


def consent_of(session: Session, story: Story) -> StoryConsent:
    return session.scalars(select(StoryConsent).where(StoryConsent.story_id == story.id)).one()


def test_a_yes_is_noted_with_its_language_text_and_end(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="draft", consent=False)
        person = a_participant(uow, "Tesfay")
    with work_as(cast.writes) as uow:
        note_consent(uow, story_id=story.id, details=consent_input(uow, participant_id=person.id))
    consent = consent_of(session, story)
    assert (consent.participant_id, consent.text_version, consent.noted_by_id) == (person.id, 1, cast.writer.id)
    assert consent.language is ReadingLanguage.TIGRINYA


def test_a_renewed_yes_replaces_the_old_one(work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, days=10)
    clock.advance(timedelta(days=5))
    with work_as(cast.writes) as uow:
        note_consent(uow, story_id=story.id, details=consent_input(uow))
    assert consent_of(session, story).ends_on == add_months(local_day(clock.now()), 12)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"given_on": timedelta(days=1)}, "consent_in_future"),
        ({"ends_on": timedelta(days=-1)}, "consent_over"),
        ({"ends_on": timedelta(days=400)}, "consent_too_long"),
        ({"text_version": 2}, "consent_other_text"),
        ({"participant_id": 9876}, "participant_unknown"),
    ],
)
def test_a_yes_that_cannot_be_is_refused(work_as: WorkAs, cast: Cast, fields: dict[str, object], code: str) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="draft", consent=False)
        today = local_day(uow.now)
        typed = {name: today + value if isinstance(value, timedelta) else value for name, value in fields.items()}
        details = consent_input(uow, **typed)
    assert refused(work_as, cast.writes, lambda uow: note_consent(uow, story_id=story.id, details=details)).code == code


def test_no_yes_is_noted_for_a_withdrawn_story(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="withdrawn", consent=False)
        details = consent_input(uow)
    error = refused(work_as, cast.writes, lambda uow: note_consent(uow, story_id=story.id, details=details))
    assert error.code == "move_not_possible"


def test_a_yes_that_is_taken_back_takes_the_story_down_and_twice_is_no_error(
    work_as: WorkAs, cast: Cast, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    for _ in range(2):
        with work_as(cast.writes) as uow:
            withdraw_consent(uow, story_id=story.id)
            uow.without_audit("the second time changes nothing")
    assert session.get_one(Story, story.id).status is StoryStatus.WITHDRAWN
    assert consent_of(session, story).withdrawn_at is not None


def test_a_yes_that_was_never_given_cannot_be_taken_back(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="draft", consent=False)
    error = refused(work_as, cast.writes, lambda uow: withdraw_consent(uow, story_id=story.id))
    assert isinstance(error, NotFoundError)


def test_the_worker_takes_down_what_is_over_and_only_that(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock, outbox: Outbox
) -> None:
    with work_as(SYSTEM) as uow:
        over, runs = a_story(uow, days=10), a_story(uow, days=11)
    clock.advance(timedelta(days=11))
    with work_as(SYSTEM) as uow:
        assert end_consents(uow) == 1
    with work_as(SYSTEM) as uow:
        assert end_consents(uow) == 0
    assert session.get_one(Story, over.id).status is StoryStatus.WITHDRAWN
    assert session.get_one(Story, runs.id).status is StoryStatus.RELEASED
    assert outbox.names() == ["story_consent_ended"]
    (mail,) = outbox.deliver()
    assert f"/team/verhalen/{over.id}" in str(mail.get_body(("plain",)).get_content())


def test_only_the_worker_ends_consents(work_as: WorkAs, cast: Cast) -> None:
    assert refused(work_as, cast.writes, end_consents).code == "not_allowed"


def test_looking_is_noted_for_people_with_an_account_only(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(cast.asks) as uow:
        uow.looked_at("story", 5)
    with work_as(SYSTEM) as uow:
        uow.looked_at("story", 5)
    assert [row.actor_id for row in session.scalars(select(LookEntry))] == [cast.owner.id]
