"""Issues from the team's side: take one up, answer, resolve with words, open it again."""

from sqlalchemy import select

from portal.kernel.errors import NotFoundError
from portal.kernel.outbox import Message
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork
from portal.placements.issues import add_message, refuse_numbers
from portal.placements.models import Issue, Placement
from portal.placements.notifications import IssueAnswered, IssueResolved
from portal.placements.policies import all_issues
from portal.placements.rules import ISSUE, follow_up_by
from portal.placements.vocabulary import IssueParty, PlacementsAction
from portal.stories.queries import hears_answer


def take_up_issue(uow: UnitOfWork, *, issue_id: int) -> None:
    """Say that this is mine; the promise to the employer stays as it was."""
    issue = _moved(uow, issue_id, "take_up")
    issue.handled_by_id = uow.actor.user_id
    uow.audit(PlacementsAction.ISSUE_TAKEN_UP, issue)


def answer_issue(uow: UnitOfWork, *, issue_id: int, text: str) -> None:
    """Write an answer; the employer gets a mail that it is there."""
    issue = _moved(uow, issue_id, "answer", text)
    _note_answer(uow, issue)
    issue.answer_by = follow_up_by(uow.now)
    message = add_message(uow, issue, IssueParty.TEAM, text)
    uow.audit(PlacementsAction.ISSUE_ANSWERED, issue)
    _tell_employer(uow, issue, IssueAnswered(issue.id, message.id))


def resolve_issue(uow: UnitOfWork, *, issue_id: int, text: str) -> None:
    """Close an issue with what was agreed; the employer can still say that it is not solved."""
    issue = _moved(uow, issue_id, "resolve", text)
    _note_answer(uow, issue)
    issue.resolved_at = uow.now
    message = add_message(uow, issue, IssueParty.TEAM, text, resolves=True)
    uow.audit(PlacementsAction.ISSUE_RESOLVED, issue)
    _tell_employer(uow, issue, IssueResolved(issue.id, message.id))


def reopen_issue(uow: UnitOfWork, *, issue_id: int, text: str) -> None:
    """Open a resolved issue again, because the team heard that it goes on."""
    issue = _moved(uow, issue_id, "reopen", text)
    issue.resolved_at = None
    issue.handled_by_id = uow.actor.user_id
    issue.answer_by = follow_up_by(uow.now)
    message = add_message(uow, issue, IssueParty.TEAM, text)
    uow.audit(PlacementsAction.ISSUE_REOPENED, issue)
    _tell_employer(uow, issue, IssueAnswered(issue.id, message.id))


def _moved(uow: UnitOfWork, issue_id: int, move: str, text: str = "") -> Issue:
    uow.actor.require(Permission.PLACEMENTS_ISSUE_HANDLE)
    refuse_numbers(text)
    issue = uow.session.scalars(
        all_issues(uow.actor)
        .where(Issue.id == issue_id)
        .with_for_update(of=Issue)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if issue is None:
        raise NotFoundError
    issue.status = ISSUE.check(move, issue.status, uow.actor, text)
    return issue


def _note_answer(uow: UnitOfWork, issue: Issue) -> None:
    """Who answers, handles; the first time counts for how fast the team is."""
    issue.handled_by_id = uow.actor.user_id
    if issue.first_answer_at is None:
        issue.first_answer_at = uow.now


def _tell_employer(uow: UnitOfWork, issue: Issue, message: Message) -> None:
    """Tell who reported it when that is a person of the company, else whoever gets the company's mail."""
    employer_id = uow.session.scalar(select(Placement.employer_id).where(Placement.id == issue.placement_id))
    if employer_id is None:
        raise NotFoundError
    recipient = hears_answer(uow.session, employer_id, issue.reported_by_id)
    if recipient is not None:
        uow.notify(recipient, message)
