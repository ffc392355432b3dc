"""Issues at the desk: who waits, and what the employer hears."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.kernel.errors import ConflictError, InvalidError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.placements import staff_queries
from portal.placements.forms import MessageForm, SolutionForm
from portal.placements.handling import answer_issue, reopen_issue, resolve_issue, take_up_issue
from portal.placements.rules import ISSUE
from portal.placements.views.team import bp
from portal.placements.views.timeline import steps
from portal.web.access import access
from portal.web.context import current_actor, portal
from portal.web.errors import sentence
from portal.web.forms import add_domain_error
from portal.web.paging import PAGE_SIZE, Page, offset, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work


@bp.get("/meldingen")
@access(Permission.PLACEMENTS_ISSUE_HANDLE)
def issue_list() -> ResponseReturnValue:
    """The open issues by their promise; `?alle=ja` shows the resolved ones too."""
    only_open, number = request.args.get("alle") != "ja", page_number()
    with reading() as session:
        rows, total = staff_queries.issue_desk_rows(
            session, current_actor(), only_open=only_open, offset=offset(number), limit=PAGE_SIZE
        )
    now = portal().database.clock.now()
    return render("placements/team/issue_list.html", issues=Page(rows, total, number), only_open=only_open, now=now)


@bp.get("/meldingen/<int:issue_id>/antwoorden", alias=True)
@bp.get("/meldingen/<int:issue_id>/oplossen", alias=True)
@bp.get("/meldingen/<int:issue_id>/heropenen", alias=True)
@bp.get("/meldingen/<int:issue_id>")
@access(Permission.PLACEMENTS_ISSUE_HANDLE)
def issue(issue_id: int) -> ResponseReturnValue:
    """One issue with what can be done now."""
    return _page(issue_id, MessageForm(), SolutionForm())


@bp.post("/meldingen/<int:issue_id>/opnemen")
@access(Permission.PLACEMENTS_ISSUE_HANDLE)
def take_up(issue_id: int) -> ResponseReturnValue:
    """Say that this is mine."""
    try:
        with work() as uow:
            take_up_issue(uow, issue_id=issue_id)
    except ConflictError as error:
        flash(sentence(error), "bad")
    else:
        flash(_("De melding staat op uw naam."), "good")
    return redirect(url_for(".issue", issue_id=issue_id), 303)


@bp.post("/meldingen/<int:issue_id>/antwoorden")
@access(Permission.PLACEMENTS_ISSUE_HANDLE)
def answer(issue_id: int) -> ResponseReturnValue:
    """Write an answer."""
    return _write(issue_id, answer_issue, _("Uw antwoord staat erbij."))


@bp.post("/meldingen/<int:issue_id>/heropenen")
@access(Permission.PLACEMENTS_ISSUE_HANDLE)
def reopen(issue_id: int) -> ResponseReturnValue:
    """Open it again."""
    return _write(issue_id, reopen_issue, _("De melding is weer open."))


@bp.post("/meldingen/<int:issue_id>/oplossen")
@access(Permission.PLACEMENTS_ISSUE_HANDLE)
def resolve(issue_id: int) -> ResponseReturnValue:
    """Close it with what was agreed."""
    form = SolutionForm()
    if not form.sent:
        return _page(issue_id, MessageForm(formdata=None), form), 422
    try:
        with work() as uow:
            resolve_issue(uow, issue_id=issue_id, text=form.oplossing.data or "")
    except InvalidError as error:
        add_domain_error(form, error, {"sensitive_number": "oplossing", "text_needed": "oplossing"})
        return _page(issue_id, MessageForm(formdata=None), form), 422
    flash(_("De melding is opgelost. De werkgever kan nog zeggen dat het niet zo is."), "good")
    return redirect(url_for(".issue", issue_id=issue_id), 303)


def _write(issue_id: int, command: Callable[..., None], done: str) -> ResponseReturnValue:
    form = MessageForm()
    if not form.sent:
        return _page(issue_id, form, SolutionForm(formdata=None)), 422
    try:
        with work() as uow:
            command(uow, issue_id=issue_id, text=form.bericht.data or "")
    except InvalidError as error:
        add_domain_error(form, error, {"sensitive_number": "bericht", "text_needed": "bericht"})
        return _page(issue_id, form, SolutionForm(formdata=None)), 422
    flash(done, "good")
    return redirect(url_for(".issue", issue_id=issue_id), 303)


def _page(issue_id: int, message: MessageForm, solution: SolutionForm) -> str:
    actor = current_actor()
    with reading() as session:
        desk = staff_queries.issue_desk(session, actor, issue_id)
    return render(
        "placements/team/issue_page.html",
        desk=desk,
        steps=steps(desk.thread, urgency=desk.issue.urgency, first_answer_at=desk.issue.first_answer_at, for_team=True),
        moves=ISSUE.moves_for(desk.issue.status, actor),
        message=message,
        solution=solution,
        now=portal().database.clock.now(),
        has_errors=bool(message.errors or solution.errors),
    )
