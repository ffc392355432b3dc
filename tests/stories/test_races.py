"""At the same second: two clicks on "Ik wil kennismaken", and a click while the person says no."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.errors import DomainError
from portal.kernel.outbox import OutboxMessage
from portal.kernel.uow import Database
from portal.stories.consents import withdraw_consent
from portal.stories.introductions import ask_introduction
from portal.stories.models import Introduction
from portal.stories.vocabulary import IntroductionStatus
from tests.conftest import WorkAs
from tests.factories.stories import a_story
from tests.stories.conftest import SYSTEM, Cast

THREADS = 4


def together(*deeds: Callable[[], object]) -> list[object]:
    """Do these things at the same moment; a refusal is an answer."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return deed()
        except DomainError as error:
            return error.code

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_clicks_at_the_same_second_are_one_question_and_one_mail(
    database: Database, work_as: WorkAs, cast: Cast, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)

    def ask() -> int:
        with database.work(cast.asks) as uow:
            result = ask_introduction(uow, public_id=story.public_id)
            uow.without_audit("a later click changes nothing")
        return result.introduction_id

    answers = together(*[ask] * THREADS)
    assert len(set(answers)) == 1
    assert [row.status for row in session.scalars(select(Introduction))] == [IntroductionStatus.ASKED]
    assert len(session.scalars(select(OutboxMessage)).all()) == 1


def test_a_question_never_stays_open_on_a_story_that_is_taken_back(
    database: Database, work_as: WorkAs, cast: Cast, session: Session
) -> None:
    stories = []
    with work_as(SYSTEM) as uow:
        stories = [a_story(uow) for _ in range(5)]
    for story in stories:

        def ask(public_id: str = story.public_id) -> str:
            with database.work(cast.asks) as uow:
                ask_introduction(uow, public_id=public_id)
            return "asked"

        def withdraw(story_id: int = story.id) -> str:
            with database.work(cast.writes) as uow:
                withdraw_consent(uow, story_id=story_id)
            return "withdrawn"

        answers = together(ask, withdraw)
        assert answers in (["asked", "withdrawn"], ["not_found", "withdrawn"])
    assert IntroductionStatus.ASKED not in {row.status for row in session.scalars(select(Introduction))}
