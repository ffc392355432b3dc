"""Writing, checking, releasing and taking down."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.errors import ConflictError, DomainError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import UnitOfWork
from portal.stories import writing
from portal.stories.models import Introduction, Story
from portal.stories.vocabulary import IntroductionStatus, StoryStatus
from tests.conftest import WorkAs
from tests.factories.stories import a_consent, a_story, an_introduction, story_input
from tests.stories.conftest import SYSTEM, Cast
from tests.support.outbox import Outbox


def status_of(session: Session, story_id: int) -> StoryStatus:
    return session.get_one(Story, story_id).status


def refused(work_as: WorkAs, actor: Actor, deed: Callable[[UnitOfWork], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, work_as(actor) as uow:
        deed(uow)
    return caught.value


def test_a_story_goes_from_draft_to_released_by_a_second_person(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(cast.writes) as uow:
        story_id = writing.write_story(uow, details=story_input(uow))
        a_consent(uow, uow.session.get_one(Story, story_id))
    with work_as(cast.writes) as uow:
        writing.submit_story(uow, story_id=story_id)
    with work_as(cast.releases) as uow:
        writing.release_story(uow, story_id=story_id)
    story = session.get_one(Story, story_id)
    assert story.status is StoryStatus.RELEASED
    assert (story.written_by_id, story.released_by_id) == (cast.writer.id, cast.reader.id)


def test_the_writer_cannot_release_the_own_story(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="review", writer=cast.writer)
    error = refused(work_as, cast.writes, lambda uow: writing.release_story(uow, story_id=story.id))
    assert error.code == "second_person_needed"
    assert status_of(session, story.id) is StoryStatus.REVIEW


def test_a_colleague_who_changed_the_text_cannot_release_it_either(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="review", writer=cast.writer, consent=False)
    with work_as(cast.releases) as uow:
        writing.edit_story(uow, story_id=story.id, version=1, details=story_input(uow, heading="Een andere kop"))
        a_consent(uow, uow.session.get_one(Story, story.id), text_version=2)
    for actor in (cast.writes, cast.releases):
        error = refused(work_as, actor, lambda uow: writing.release_story(uow, story_id=story.id))
        assert error.code == "second_person_needed"


def test_the_portal_itself_releases_nothing(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="review", writer=cast.writer)
    error = refused(work_as, SYSTEM, lambda uow: writing.release_story(uow, story_id=story.id))
    assert error.code == "second_person_needed"


@pytest.mark.parametrize(
    ("consent", "code"),
    [
        (None, "consent_missing"),
        ({"days": -1}, "consent_over"),
        ({"text_version": 7}, "consent_other_text"),
    ],
)
def test_no_release_without_a_running_consent_for_this_text(
    work_as: WorkAs, cast: Cast, consent: dict[str, int] | None, code: str
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="review", writer=cast.writer, consent=False)
        if consent is not None:
            a_consent(uow, story, **consent)  # type: ignore[arg-type]
    error = refused(work_as, cast.releases, lambda uow: writing.release_story(uow, story_id=story.id))
    assert error.code == code


def test_no_release_after_the_person_took_the_yes_back(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="review", writer=cast.writer, consent=False)
        a_consent(uow, story, withdrawn_at=uow.now)
    error = refused(work_as, cast.releases, lambda uow: writing.release_story(uow, story_id=story.id))
    assert error.code == "consent_missing"


def test_a_changed_released_story_goes_back_to_the_check(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, writer=cast.writer)
    with work_as(cast.writes) as uow:
        writing.edit_story(uow, story_id=story.id, version=1, details=story_input(uow, heading="Een betere kop"))
    changed = session.get_one(Story, story.id)
    assert (changed.status, changed.details_version, changed.released_at) == (StoryStatus.REVIEW, 2, None)


def test_saving_without_a_change_leaves_a_story_released(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, writer=cast.writer)
    with work_as(cast.writes) as uow:
        writing.edit_story(uow, story_id=story.id, version=1, details=story_input(uow))
    assert status_of(session, story.id) is StoryStatus.RELEASED


def test_a_stale_edit_is_refused(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="draft")
        details = story_input(uow, heading="Nieuw")
    error = refused(
        work_as, cast.writes, lambda uow: writing.edit_story(uow, story_id=story.id, version=0, details=details)
    )
    assert isinstance(error, ConflictError)
    assert error.code == "stale_edit"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"body": "Zijn BSN is 999910012."}, "sensitive_number"),
        ({"attention": ["V-nr 2990004417"]}, "sensitive_number"),
        ({"attention": []}, "three_lists_needed"),
        ({"hours": 60}, "hours_range"),
        ({"heading": " "}, "text_needed"),
        ({"sector_id": 99999}, "sector_unknown"),
    ],
)
def test_a_text_that_breaks_a_rule_is_refused(
    work_as: WorkAs, cast: Cast, fields: dict[str, object], code: str
) -> None:
    with work_as(SYSTEM) as uow:
        details = story_input(uow, **fields)
    error = refused(work_as, cast.writes, lambda uow: writing.write_story(uow, details=details))
    assert isinstance(error, InvalidError)
    assert error.code == code


def test_a_returned_story_carries_the_remark_and_its_writer_gets_a_mail(
    work_as: WorkAs, cast: Cast, session: Session, outbox: Outbox
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="review", writer=cast.writer)
    with work_as(cast.releases) as uow:
        writing.return_story(uow, story_id=story.id, reason="De naam van de werkgever staat er nog in.")
    assert status_of(session, story.id) is StoryStatus.DRAFT
    (mail,) = outbox.to(cast.writer.email)
    assert "naam van de werkgever" not in str(mail)
    with work_as(cast.writes) as uow:
        writing.submit_story(uow, story_id=story.id)
    with work_as(SYSTEM) as uow:
        assert uow.session.get_one(Story, story.id).reason is None


def test_a_return_needs_words(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="review", writer=cast.writer)
    error = refused(work_as, cast.releases, lambda uow: writing.return_story(uow, story_id=story.id, reason=" "))
    assert error.code == "text_needed"


def test_a_withdrawn_story_leaves_nobody_waiting(work_as: WorkAs, cast: Cast, session: Session, outbox: Outbox) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
        introduction = an_introduction(uow, story, cast.employer, user=cast.owner)
    with work_as(cast.writes) as uow:
        writing.withdraw_story(uow, story_id=story.id)
    assert status_of(session, story.id) is StoryStatus.WITHDRAWN
    assert session.get_one(Introduction, introduction.id).status is IntroductionStatus.DECLINED
    (mail,) = outbox.to(cast.owner.email)
    assert "niet beschikbaar" in str(mail.get_body(("plain",)).get_content())


def test_a_restored_story_is_a_draft(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="withdrawn", consent=False)
    with work_as(cast.writes) as uow:
        writing.restore_story(uow, story_id=story.id)
    found = session.get_one(Story, story.id)
    assert (found.status, found.withdrawn_at) == (StoryStatus.DRAFT, None)


def test_a_draft_cannot_be_released_without_being_handed_in(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="draft", writer=cast.writer)
    error = refused(work_as, cast.releases, lambda uow: writing.release_story(uow, story_id=story.id))
    assert error.code == "move_not_possible"


def test_employers_and_coaches_write_nothing(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        details = story_input(uow)
        story = a_story(uow)
    coach = Actor(role=Role.COACH, user_id=1)
    for actor in (cast.asks, coach):
        assert isinstance(
            refused(work_as, actor, lambda uow: writing.write_story(uow, details=details)), NotAllowedError
        )
        assert isinstance(
            refused(work_as, actor, lambda uow: writing.withdraw_story(uow, story_id=story.id)), NotAllowedError
        )


def test_a_story_that_is_not_there_is_not_found(work_as: WorkAs, cast: Cast) -> None:
    error = refused(work_as, cast.writes, lambda uow: writing.submit_story(uow, story_id=987))
    assert isinstance(error, NotFoundError)
    with work_as(SYSTEM) as uow:
        assert uow.session.scalars(select(Story)).all() == []
