"""What goes, and when."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.clock import FixedClock
from portal.kernel.retention import RULES, run_rule
from portal.stories.models import Introduction, Story, StoryConsent
from tests.conftest import WorkAs
from tests.factories.stories import a_story, an_introduction
from tests.stories.conftest import SYSTEM, Cast


def run(work_as: WorkAs, rule: str) -> int:
    with work_as(SYSTEM) as uow:
        uow.without_audit("the register is the trail")
        result = run_rule(uow.session, RULES[rule], uow.now)
        return result.removed if result else 0


def test_a_withdrawn_story_goes_after_thirty_days_with_all_that_hangs_on_it(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock
) -> None:
    with work_as(SYSTEM) as uow:
        gone, kept = a_story(uow, status="withdrawn"), a_story(uow)
        an_introduction(uow, gone, cast.employer, status="declined")
    clock.advance(timedelta(days=30))
    assert run(work_as, "stories") == 0
    clock.advance(timedelta(minutes=1))
    assert run(work_as, "stories") == 1
    assert list(session.scalars(select(Story.id))) == [kept.id]
    assert list(session.scalars(select(StoryConsent.story_id))) == [kept.id]
    assert list(session.scalars(select(Introduction))) == []


def test_a_forgotten_draft_goes_after_a_year(work_as: WorkAs, cast: Cast, clock: FixedClock) -> None:
    with work_as(SYSTEM) as uow:
        a_story(uow, status="draft", consent=False)
        a_story(uow, days=365)
    clock.advance(timedelta(days=366))
    assert run(work_as, "stories") == 1


def test_the_words_of_an_introduction_go_after_a_year(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock
) -> None:
    with work_as(SYSTEM) as uow:
        an_introduction(
            uow, a_story(uow), cast.employer, status="planned", message="Werk", answer="Dinsdag", handled_at=uow.now
        )
    clock.advance(timedelta(days=364))
    assert run(work_as, "introductions") == 0
    clock.advance(timedelta(days=2))
    assert run(work_as, "introductions") == 1
    row = session.scalars(select(Introduction)).one()
    assert (row.message, row.answer) == (None, None)
    assert run(work_as, "introductions") == 0
