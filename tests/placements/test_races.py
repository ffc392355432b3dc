"""At the same second: numbers, two clicks on one report, a reply while the team closes the issue."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.errors import DomainError
from portal.kernel.uow import Database
from portal.placements.handling import resolve_issue
from portal.placements.issues import object_to_solution, reply_to_issue, report_issue
from portal.placements.models import Issue, IssueMessage, NumberSeries, Placement
from portal.placements.numbers import ISSUES, next_number
from portal.placements.recording import record_placement
from portal.placements.vocabulary import IssueStatus
from tests.conftest import WorkAs
from tests.factories.placements import an_issue, issue_input, placement_input
from tests.placements.conftest import SYSTEM, Cast

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


def test_numbers_are_never_given_twice_and_none_is_left_out(
    database: Database, work_as: WorkAs, cast: Cast, session: Session
) -> None:
    def record() -> int:
        with database.work(cast.team) as uow:
            return record_placement(uow, employer_id=cast.employer.id, details=placement_input(uow))

    for _ in range(3):
        together(*[record] * THREADS)
    numbers = session.scalars(select(Placement.number).where(Placement.number.like("P-2026-%")))
    assert sorted(numbers) == [f"P-2026-{number:03d}" for number in range(1, 3 * THREADS + 1)]


def test_control_reading_the_last_number_first_gives_it_twice(database: Database, cast: Cast) -> None:
    """Why the series is one statement under a lock: without it this happens."""
    with database.work(SYSTEM) as uow:
        uow.without_audit("a series for the control")
        next_number(uow, ISSUES)
    both_have_read = Barrier(2)

    def naive() -> int:
        with database.reading() as reading:
            last = reading.scalars(select(NumberSeries.last).where(NumberSeries.name == "issue")).one()
        both_have_read.wait()
        return last + 1

    assert together(naive, naive) == [2, 2]


def test_clicks_on_one_form_at_the_same_second_are_one_issue(database: Database, cast: Cast, session: Session) -> None:
    details = issue_input(form_key="one-form")

    def report() -> int:
        with database.work(cast.company) as uow:
            result = report_issue(uow, placement_id=cast.placement.id, details=details)
            uow.without_audit("a later click changes nothing")
        return result.issue_id

    assert len(set(together(*[report] * THREADS))) == 1
    assert [issue.number for issue in session.scalars(select(Issue))] == ["2026-001"]
    assert len(session.scalars(select(IssueMessage)).all()) == 1


def test_a_reply_and_a_solution_at_the_same_second_leave_one_clear_state(
    database: Database, work_as: WorkAs, cast: Cast, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.owner)

    def reply() -> str:
        with database.work(cast.company) as uow:
            reply_to_issue(uow, issue_id=issue.id, text="Vandaag weer.")
        return "replied"

    def resolve() -> str:
        with database.work(cast.team) as uow:
            resolve_issue(uow, issue_id=issue.id, text="Afgesproken.")
        return "resolved"

    answers = together(reply, resolve)
    assert answers in (["replied", "resolved"], ["move_not_possible", "resolved"])
    assert session.get_one(Issue, issue.id).status is IssueStatus.RESOLVED
    last = session.scalars(select(IssueMessage).order_by(IssueMessage.id.desc())).first()
    assert last is not None
    assert last.resolves


def test_two_colleagues_of_the_company_object_at_the_same_second(
    database: Database, work_as: WorkAs, cast: Cast, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.owner, status="resolved", resolved_at=uow.now)

    def objection() -> str:
        with database.work(cast.company) as uow:
            object_to_solution(uow, issue_id=issue.id, text="Het gebeurt nog.")
        return "open"

    assert sorted(map(str, together(objection, objection))) == ["move_not_possible", "open"]
    assert len(session.scalars(select(IssueMessage)).all()) == 2
