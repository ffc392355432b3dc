"""Which stories exist for whom."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.kernel.clock import FixedClock, local_day
from portal.kernel.errors import NotFoundError
from portal.kernel.permissions import VISITOR, Actor, Role
from portal.stories import queries
from portal.stories.policies import can_release_story, visible_introductions, visible_stories
from tests.conftest import WorkAs
from tests.factories.employers import an_owner, owner_actor
from tests.factories.stories import a_consent, a_story, an_introduction
from tests.stories.conftest import SYSTEM, Cast

NOBODY = (VISITOR, Actor(role=Role.COACH, user_id=5), Actor(role=Role.EMPLOYER_APPLICANT, user_id=5, employer_id=5))


def test_only_readers_see_stories(work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    today = local_day(clock.now())
    for actor in NOBODY:
        assert session.scalars(visible_stories(actor, today)).all() == []
    for actor in (cast.asks, cast.writes):
        assert [found.id for found in session.scalars(visible_stories(actor, today))] == [story.id]


@pytest.mark.parametrize("state", ["draft", "review", "withdrawn"])
def test_what_was_not_released_is_hidden(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock, state: str
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status=state)
    with pytest.raises(NotFoundError):
        queries.story_text(session, cast.asks, public_id=story.public_id, today=local_day(clock.now()))


@pytest.mark.parametrize("fields", [{"days": -1}, {"text_version": 9}])
def test_a_released_story_is_hidden_the_moment_its_consent_does_not_hold(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock, fields: dict[str, int]
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, consent=False)
        a_consent(uow, story, **fields)  # type: ignore[arg-type]
    assert session.scalars(visible_stories(cast.asks, local_day(clock.now()))).all() == []


def test_a_story_is_hidden_from_the_day_after_the_last_one_also_without_the_worker(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock
) -> None:
    with work_as(SYSTEM) as uow:
        a_story(uow, days=10)
    clock.advance(timedelta(days=10))
    assert len(session.scalars(visible_stories(cast.asks, local_day(clock.now()))).all()) == 1
    clock.advance(timedelta(days=1))
    assert session.scalars(visible_stories(cast.asks, local_day(clock.now()))).all() == []


def test_an_employer_sees_its_own_introductions_only(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
        own = an_introduction(uow, story, cast.employer)
        other, other_owner = an_owner(uow, name="Een ander bedrijf")
        an_introduction(uow, story, other)
    assert [row.id for row in session.scalars(visible_introductions(cast.asks))] == [own.id]
    assert len(session.scalars(visible_introductions(cast.writes)).all()) == 2
    assert len(session.scalars(visible_introductions(owner_actor(other, other_owner))).all()) == 1
    for actor in NOBODY:
        assert session.scalars(visible_introductions(actor)).all() == []


def test_only_a_colleague_who_did_not_write_releases(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status="review", writer=cast.writer)
    assert can_release_story(cast.releases, story)
    assert not can_release_story(cast.writes, story)
    assert not can_release_story(cast.asks, story)


def test_the_rows_for_employers_have_no_field_for_a_person() -> None:
    fields = {*queries.StoryText.__dataclass_fields__, *queries.StoryCard.__dataclass_fields__}
    assert fields.isdisjoint({"participant_id", "participant", "consent", "written_by_id", "released_by_id", "reason"})
