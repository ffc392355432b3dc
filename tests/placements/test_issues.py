"""Issues from both sides."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.audit import AuditEntry
from portal.kernel.clock import FixedClock
from portal.kernel.errors import DomainError, NotAllowedError, NotFoundError
from portal.kernel.permissions import Actor
from portal.kernel.uow import UnitOfWork
from portal.placements.handling import answer_issue, reopen_issue, resolve_issue, take_up_issue
from portal.placements.issues import object_to_solution, reply_to_issue, report_issue
from portal.placements.models import Issue, IssueMessage
from portal.placements.vocabulary import IssueCategory, IssueParty, IssueStatus, IssueUrgency
from tests.conftest import WorkAs
from tests.factories.placements import an_issue, issue_input
from tests.placements.conftest import SYSTEM, TEAM_MAIL, Cast
from tests.support.outbox import Outbox


def refused(work_as: WorkAs, actor: Actor, deed: Callable[[UnitOfWork], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, work_as(actor) as uow:
        deed(uow)
    return caught.value


def the_issue(session: Session) -> Issue:
    session.rollback()
    return session.scalars(select(Issue)).one()


def test_a_report_reaches_the_team_its_contact_and_the_reporter(
    work_as: WorkAs, cast: Cast, session: Session, outbox: Outbox
) -> None:
    with work_as(cast.company) as uow:
        result = report_issue(uow, placement_id=cast.placement.id, details=issue_input())
    assert result.number == "2026-001"
    assert str(result.answer_by) == "2026-11-26 16:00:00+00:00"
    assert (result.is_new, result.is_confirmed_by_mail) == (True, True)
    issue = the_issue(session)
    assert (issue.status, issue.may_discuss, issue.call_when) == (IssueStatus.REPORTED, True, "na 15.00 uur")
    for address in (TEAM_MAIL, cast.contact.email, cast.owner.email):
        (mail,) = outbox.to(address)
        assert "2026-001" in str(mail["Subject"])
        assert "kleedkamer" not in str(mail)


def test_a_report_by_phone_carries_the_call_and_promises_no_mail(
    work_as: WorkAs, cast: Cast, session: Session, outbox: Outbox
) -> None:
    with work_as(cast.by_phone) as uow:
        result = report_issue(uow, placement_id=cast.placement.id, details=issue_input())
    assert not result.is_confirmed_by_mail
    assert "issue_confirmed" not in outbox.names()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "placements.issue.reported")).one()
    assert (entry.phone_call_id, entry.employer_id) == (1, cast.employer.id)


def test_a_second_click_is_the_same_report(work_as: WorkAs, cast: Cast, session: Session, outbox: Outbox) -> None:
    details = issue_input(form_key="one-form")
    found = []
    for _ in range(2):
        with work_as(cast.company) as uow:
            found.append(report_issue(uow, placement_id=cast.placement.id, details=details))
            uow.without_audit("the second click changes nothing")
    assert [result.is_new for result in found] == [True, False]
    assert len({result.issue_id for result in found}) == 1
    assert the_issue(session).number == "2026-001"
    assert outbox.names().count("issue_reported") == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": "Zijn BSN is 999910012"}, "sensitive_number"),
        ({"call_when": "op 2990004417, v-nr 2990004417"}, "sensitive_number"),
        ({"text": "  "}, "text_needed"),
    ],
)
def test_a_report_that_breaks_a_rule_is_refused(
    work_as: WorkAs, cast: Cast, fields: dict[str, object], code: str
) -> None:
    details = issue_input(**fields)
    deed = lambda uow: report_issue(uow, placement_id=cast.placement.id, details=details)  # noqa: E731
    assert refused(work_as, cast.company, deed).code == code


def test_something_personal_needs_no_words(work_as: WorkAs, cast: Cast, session: Session) -> None:
    details = issue_input(category=IssueCategory.CALL_ME, text="", urgency=IssueUrgency.TODAY)
    with work_as(cast.company) as uow:
        report_issue(uow, placement_id=cast.placement.id, details=details)
    assert session.scalars(select(IssueMessage)).one().body == ""


def test_another_company_finds_nothing(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.owner)
    for deed in (
        lambda uow: report_issue(uow, placement_id=cast.placement.id, details=issue_input()),
        lambda uow: reply_to_issue(uow, issue_id=issue.id, text="Hallo"),
        lambda uow: object_to_solution(uow, issue_id=issue.id, text="Nee"),
    ):
        assert isinstance(refused(work_as, cast.stranger, deed), NotFoundError)


def test_a_team_member_without_a_call_reports_nothing(work_as: WorkAs, cast: Cast) -> None:
    deed = lambda uow: report_issue(uow, placement_id=cast.placement.id, details=issue_input())  # noqa: E731
    assert isinstance(refused(work_as, cast.team, deed), NotAllowedError)


def test_the_first_answer_is_timed_and_mailed_without_its_words(
    work_as: WorkAs, cast: Cast, session: Session, outbox: Outbox, clock: FixedClock
) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.owner)
    clock.advance(timedelta(minutes=52))
    first = clock.now()
    with work_as(cast.second) as uow:
        answer_issue(uow, issue_id=issue.id, text="Ik bel u morgen na 15.00 uur.")
    clock.advance(timedelta(hours=5))
    with work_as(cast.team) as uow:
        answer_issue(uow, issue_id=issue.id, text="Het is besproken.")
    found = the_issue(session)
    assert (found.status, found.first_answer_at, found.handled_by_id) == (
        IssueStatus.IN_PROGRESS,
        first,
        cast.contact.id,
    )
    assert str(found.answer_by) == "2026-12-01 16:00:00+00:00"
    mails = outbox.to(cast.owner.email)
    assert len(mails) == 2
    assert all("morgen" not in str(mail) and f"/mijn-bedrijf/meldingen/{issue.id}" in str(mail) for mail in mails)


def test_taking_up_keeps_the_promise_and_is_no_answer(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.owner)
    with work_as(cast.second) as uow:
        take_up_issue(uow, issue_id=issue.id)
    found = the_issue(session)
    assert (found.status, found.handled_by_id) == (IssueStatus.IN_PROGRESS, cast.colleague.id)
    assert (found.first_answer_at, found.answer_by) == (None, issue.answer_by)


def test_an_issue_is_resolved_objected_to_and_resolved_again(
    work_as: WorkAs, cast: Cast, session: Session, outbox: Outbox, clock: FixedClock
) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.owner)
    with work_as(cast.team) as uow:
        resolve_issue(uow, issue_id=issue.id, text="Uitrusten mag op de bank in de kantine.")
    found = the_issue(session)
    assert (found.status, found.resolved_at) == (IssueStatus.RESOLVED, clock.now())
    assert found.first_answer_at == clock.now()
    with work_as(cast.company) as uow:
        object_to_solution(uow, issue_id=issue.id, text="Vandaag lag hij er weer.")
    found = the_issue(session)
    assert (found.status, found.resolved_at) == (IssueStatus.IN_PROGRESS, None)
    assert str(found.answer_by) == "2026-11-26 16:00:00+00:00"
    with work_as(cast.team) as uow:
        resolve_issue(uow, issue_id=issue.id, text="Nu met een tolk besproken.")
    with work_as(cast.team) as uow:
        reopen_issue(uow, issue_id=issue.id, text="De werkgever belde: het gaat nog mis.")
    assert the_issue(session).status is IssueStatus.IN_PROGRESS
    thread = [
        (message.party, message.resolves) for message in session.scalars(select(IssueMessage).order_by(IssueMessage.id))
    ]
    E, T = IssueParty.EMPLOYER, IssueParty.TEAM  # noqa: N806
    assert thread == [(E, False), (T, True), (E, False), (T, True), (T, False)]
    assert [mail["Subject"] for mail in outbox.to(cast.owner.email)] == [
        f"Uw melding {issue.number} is afgesloten",
        f"Uw melding {issue.number} is afgesloten",
        f"Er is een antwoord op uw melding {issue.number}",
    ]
    assert outbox.names().count("issue_objected") == 2


def test_a_reply_reaches_the_colleague_who_handles_it(work_as: WorkAs, cast: Cast, outbox: Outbox) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.owner)
    with work_as(cast.second) as uow:
        take_up_issue(uow, issue_id=issue.id)
    with work_as(cast.company) as uow:
        reply_to_issue(uow, issue_id=issue.id, text="Het was er vandaag weer.")
    assert len(outbox.to(cast.colleague.email)) == 1
    assert outbox.to(cast.contact.email) == []


def test_words_are_needed_and_moves_follow_the_table(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.owner)
        done = an_issue(uow, cast.placement, user=cast.owner, status="resolved")
    team = [
        (lambda uow: resolve_issue(uow, issue_id=issue.id, text=" "), "text_needed"),
        (lambda uow: answer_issue(uow, issue_id=issue.id, text=""), "text_needed"),
        (lambda uow: answer_issue(uow, issue_id=issue.id, text="BSN 999910012"), "sensitive_number"),
        (lambda uow: reopen_issue(uow, issue_id=issue.id, text="Toch"), "move_not_possible"),
        (lambda uow: take_up_issue(uow, issue_id=done.id), "move_not_possible"),
        (lambda uow: take_up_issue(uow, issue_id=987), "not_found"),
    ]
    for deed, code in team:
        assert refused(work_as, cast.team, deed).code == code
    company = [
        (lambda uow: reply_to_issue(uow, issue_id=issue.id, text=""), "text_needed"),
        (lambda uow: reply_to_issue(uow, issue_id=done.id, text="Nog iets"), "move_not_possible"),
        (lambda uow: object_to_solution(uow, issue_id=issue.id, text="Nee"), "move_not_possible"),
        (lambda uow: answer_issue(uow, issue_id=issue.id, text="Ik"), "not_allowed"),
    ]
    for deed, code in company:
        assert refused(work_as, cast.company, deed).code == code
