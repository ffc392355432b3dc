"""What goes a year after it was over."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.clock import FixedClock
from portal.kernel.retention import RULES, run_rule
from portal.placements.models import Issue, IssueMessage, Placement
from tests.conftest import WorkAs
from tests.factories.participants import a_participant
from tests.factories.placements import a_placement, an_issue
from tests.placements.conftest import SYSTEM, Cast
from tests.support.browser import Browser
from tests.support.people import sign_in


def run(work_as: WorkAs, rule: str) -> int:
    with work_as(SYSTEM) as uow:
        uow.without_audit("the register is the trail")
        result = run_rule(uow.session, RULES[rule], uow.now)
        return result.removed if result else 0


def test_the_words_of_an_issue_go_a_year_after_it_was_resolved(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock, browser: Browser
) -> None:
    with work_as(SYSTEM) as uow:
        old = an_issue(uow, cast.placement, status="resolved", resolved_at=uow.now, call_when="na 15.00 uur")
        an_issue(uow, cast.placement)
    clock.advance(timedelta(days=364))
    assert run(work_as, "issue_texts") == 0
    clock.advance(timedelta(days=2))
    assert run(work_as, "issue_texts") == 1
    assert run(work_as, "issue_texts") == 0
    assert session.get_one(Issue, old.id).call_when is None
    assert [bool(message.body) for message in session.scalars(select(IssueMessage).order_by(IssueMessage.id))] == [
        False,
        True,
    ]
    assert "Opgelost" in sign_in(browser, cast.owner).get(f"/mijn-bedrijf/meldingen/{old.id}").text


def test_the_link_to_the_person_goes_a_year_after_the_end(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock
) -> None:
    with work_as(SYSTEM) as uow:
        person = a_participant(uow)
        today = uow.now.date()
        ended = a_placement(
            uow, cast.employer, status="ended", ends_on=today, participant_id=person.id, end_reason="De reis."
        )
        a_placement(uow, cast.employer, ends_on=today, participant_id=person.id)
    clock.advance(timedelta(days=365))
    assert run(work_as, "placement_links") == 0
    clock.advance(timedelta(days=1))
    assert run(work_as, "placement_links") == 1
    found = session.get_one(Placement, ended.id)
    assert (found.participant_id, found.reference, found.end_reason) == (None, None, None)
    assert found.number == ended.number
