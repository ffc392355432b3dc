"""Issues from the employer's side: report something, write on, say that it is not solved after all."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.kernel.errors import InvalidError, NotFoundError
from portal.kernel.outbox import Message, Recipient
from portal.kernel.permissions import Permission
from portal.kernel.sensitive import guard_text
from portal.kernel.uow import UnitOfWork
from portal.placements.models import Issue, IssueMessage, Placement
from portal.placements.notifications import IssueConfirmed, IssueObjected, IssueReplied, IssueReported
from portal.placements.numbers import ISSUES, next_number
from portal.placements.policies import own_issues, own_placements
from portal.placements.rules import ISSUE, answer_by, reply_by
from portal.placements.vocabulary import IssueCategory, IssueParty, IssueStatus, IssueUrgency, PlacementsAction


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueInput:
    """What the employer tells. The key is made with the form, so that a second click is the same report."""

    category: IssueCategory
    urgency: IssueUrgency
    text: str
    may_discuss: bool
    call_when: str | None
    form_key: str


@dataclass(frozen=True, slots=True)
class IssueResult:
    """The issue, until when the team answers, and whether a mail confirms it."""

    issue_id: int
    number: str
    answer_by: datetime
    is_confirmed_by_mail: bool
    is_new: bool


def report_issue(uow: UnitOfWork, *, placement_id: int, details: IssueInput) -> IssueResult:
    """Report something on an own placement. The placement's row is the lock: two clicks are one issue."""
    uow.actor.require(Permission.PLACEMENTS_ISSUE_REPORT)
    for text in (details.text, details.call_when or ""):
        refuse_numbers(text)
    if not details.text.strip() and details.category is not IssueCategory.CALL_ME:
        raise InvalidError("text_needed")
    placement = _own_placement(uow, placement_id)
    known = uow.session.scalar(
        select(Issue).where(Issue.placement_id == placement.id, Issue.form_key == details.form_key)
    )
    if known is not None:
        return _result(uow, known, is_new=False)
    issue = Issue(
        number=next_number(uow, ISSUES),
        form_key=details.form_key,
        placement_id=placement.id,
        category=details.category,
        urgency=details.urgency,
        status=IssueStatus.REPORTED,
        may_discuss=details.may_discuss,
        call_when=(details.call_when or "").strip() or None,
        reported_by_id=uow.actor.user_id,
        answer_by=answer_by(details.urgency, uow.now),
        created_at=uow.now,
    )
    uow.session.add(issue)
    uow.flush()
    add_message(uow, issue, IssueParty.EMPLOYER, details.text)
    uow.audit(PlacementsAction.ISSUE_REPORTED, issue, urgency=details.urgency, category=details.category)
    tell_team(uow, issue, IssueReported(issue.id), placement.team_contact_id)
    result = _result(uow, issue, is_new=True)
    if result.is_confirmed_by_mail and uow.actor.user_id is not None:
        uow.notify(Recipient.user(uow.actor.user_id), IssueConfirmed(issue.id))
    return result


def reply_to_issue(uow: UnitOfWork, *, issue_id: int, text: str) -> None:
    """Write a next message; the team answers it."""
    issue = _moved(uow, issue_id, "reply", text)
    message = add_message(uow, issue, IssueParty.EMPLOYER, text)
    uow.audit(PlacementsAction.ISSUE_REPLIED, issue)
    tell_team(uow, issue, IssueReplied(issue.id, message.id), _contact(uow, issue))


def object_to_solution(uow: UnitOfWork, *, issue_id: int, text: str) -> None:
    """Say that it is not solved after all: the issue is open again."""
    issue = _moved(uow, issue_id, "object", text)
    issue.resolved_at = None
    message = add_message(uow, issue, IssueParty.EMPLOYER, text)
    uow.audit(PlacementsAction.ISSUE_REOPENED, issue)
    tell_team(uow, issue, IssueObjected(issue.id, message.id), _contact(uow, issue))


def add_message(uow: UnitOfWork, issue: Issue, party: IssueParty, text: str, *, resolves: bool = False) -> IssueMessage:
    """Add to the thread of a locked issue."""
    message = IssueMessage(
        issue_id=issue.id,
        party=party,
        author_id=uow.actor.user_id,
        body=text.strip(),
        resolves=resolves,
        created_at=uow.now,
    )
    uow.session.add(message)
    uow.flush()
    return message


def tell_team(uow: UnitOfWork, issue: Issue, message: Message, team_contact_id: int | None) -> None:
    """Tell the team's mailbox and the colleague who handles it or is the company's contact."""
    uow.notify(Recipient.team(), message)
    colleague = issue.handled_by_id or team_contact_id
    if colleague is not None and colleague != uow.actor.user_id:
        uow.notify(Recipient.user(colleague), message)


def refuse_numbers(text: str) -> None:
    """A BSN or V-number never stands in a thread."""
    if guard_text(text):
        raise InvalidError("sensitive_number")


def _own_placement(uow: UnitOfWork, placement_id: int) -> Placement:
    placement = uow.session.scalars(
        own_placements(uow.actor).where(Placement.id == placement_id).with_for_update()
    ).one_or_none()
    if placement is None:
        raise NotFoundError
    return placement


def _moved(uow: UnitOfWork, issue_id: int, move: str, text: str) -> Issue:
    uow.actor.require(Permission.PLACEMENTS_ISSUE_REPORT)
    refuse_numbers(text)
    issue = uow.session.scalars(
        own_issues(uow.actor)
        .where(Issue.id == issue_id)
        .with_for_update(of=Issue)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if issue is None:
        raise NotFoundError
    issue.status = ISSUE.check(move, issue.status, uow.actor, text)
    issue.answer_by = reply_by(issue.urgency, uow.now)
    return issue


def _contact(uow: UnitOfWork, issue: Issue) -> int | None:
    return uow.session.scalar(select(Placement.team_contact_id).where(Placement.id == issue.placement_id))


def _result(uow: UnitOfWork, issue: Issue, *, is_new: bool) -> IssueResult:
    by_mail = uow.actor.user_id is not None and not uow.actor.by_phone
    return IssueResult(issue.id, issue.number, issue.answer_by, by_mail, is_new)
