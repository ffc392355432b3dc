"""Placements and issues for the company that has the people at work."""

from datetime import datetime

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.kernel.errors import InvalidError
from portal.kernel.i18n import format_moment
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.placements import queries
from portal.placements.forms import IssueForm, MessageForm, ObjectionForm, new_form_key
from portal.placements.issues import IssueResult, object_to_solution, reply_to_issue, report_issue
from portal.placements.rules import answer_by
from portal.placements.views.timeline import Step, next_step, steps
from portal.placements.vocabulary import IssueUrgency
from portal.web.access import access
from portal.web.context import current_actor, portal
from portal.web.forms import add_domain_error
from portal.web.paging import PAGE_SIZE, Page, offset, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("placements_employer", __name__, url_prefix="/mijn-bedrijf")
MESSAGE_FIELDS = {"sensitive_number": "bericht", "text_needed": "bericht"}


@bp.get("/plaatsingen")
@access(Permission.PLACEMENTS_OWN_SEE)
def placement_list() -> ResponseReturnValue:
    """The people at work here, as numbers and jobs."""
    number = page_number()
    with reading() as session:
        rows, total = queries.placement_rows(session, current_actor(), offset=offset(number), limit=PAGE_SIZE)
    return render("placements/placement_list.html", placements=Page(rows, total, number))


@bp.get("/plaatsingen/<int:placement_id>")
@access(Permission.PLACEMENTS_OWN_SEE)
def placement(placement_id: int) -> ResponseReturnValue:
    """One placement and what was reported on it."""
    with reading() as session:
        row = queries.placement_row(session, current_actor(), placement_id)
        issues = queries.issue_rows(session, placement_id)
    return render("placements/placement_page.html", placement=row, issues=issues)


@bp.get("/plaatsingen/<int:placement_id>/melden")
@access(Permission.PLACEMENTS_ISSUE_REPORT)
def new_issue(placement_id: int) -> ResponseReturnValue:
    """The form; nothing is chosen beforehand."""
    form = IssueForm()
    form.sleutel.data = form.sleutel.data or new_form_key()
    return _report_page(placement_id, form)


@bp.post("/plaatsingen/<int:placement_id>/melden")
@access(Permission.PLACEMENTS_ISSUE_REPORT)
def report(placement_id: int) -> ResponseReturnValue:
    """Report it."""
    form = IssueForm()
    if not form.sent:
        return _report_page(placement_id, form), 422
    try:
        with work() as uow:
            result = report_issue(uow, placement_id=placement_id, details=form.to_input())
    except InvalidError as error:
        add_domain_error(form, error, {"sensitive_number": "gebeurd", "text_needed": "gebeurd"})
        return _report_page(placement_id, form), 422
    flash(_thanks(result, IssueUrgency(form.spoed.data)), "good")
    return redirect(url_for(".issue", issue_id=result.issue_id), 303)


@bp.get("/meldingen/<int:issue_id>/bericht", alias=True)
@bp.get("/meldingen/<int:issue_id>/heropenen", alias=True)
@bp.get("/meldingen/<int:issue_id>")
@access(Permission.PLACEMENTS_OWN_SEE)
def issue(issue_id: int) -> ResponseReturnValue:
    """One issue as a time line."""
    return _issue_page(issue_id, MessageForm(), ObjectionForm())


@bp.post("/meldingen/<int:issue_id>/bericht")
@access(Permission.PLACEMENTS_ISSUE_REPORT)
def reply(issue_id: int) -> ResponseReturnValue:
    """Write a next message."""
    form = MessageForm()
    if not form.sent:
        return _issue_page(issue_id, form, ObjectionForm(formdata=None)), 422
    try:
        with work() as uow:
            reply_to_issue(uow, issue_id=issue_id, text=form.bericht.data or "")
    except InvalidError as error:
        add_domain_error(form, error, MESSAGE_FIELDS)
        return _issue_page(issue_id, form, ObjectionForm(formdata=None)), 422
    flash(_("Uw bericht is bij ons."), "good")
    return redirect(url_for(".issue", issue_id=issue_id), 303)


@bp.post("/meldingen/<int:issue_id>/heropenen")
@access(Permission.PLACEMENTS_ISSUE_REPORT)
def reopen(issue_id: int) -> ResponseReturnValue:
    """Say that it is not solved after all."""
    form = ObjectionForm()
    if not form.sent:
        return _issue_page(issue_id, MessageForm(formdata=None), form), 422
    try:
        with work() as uow:
            object_to_solution(uow, issue_id=issue_id, text=form.bericht.data or "")
    except InvalidError as error:
        add_domain_error(form, error, MESSAGE_FIELDS)
        return _issue_page(issue_id, MessageForm(formdata=None), form), 422
    flash(_("Goed dat u het zegt. De melding is weer open."), "good")
    return redirect(url_for(".issue", issue_id=issue_id), 303)


def _report_page(placement_id: int, form: IssueForm) -> str:
    now = portal().database.clock.now()
    with reading() as session:
        row = queries.placement_row(session, current_actor(), placement_id)
    promises = {urgency.value: _promise(urgency, answer_by(urgency, now)) for urgency in IssueUrgency}
    return render("placements/issue_form.html", placement=row, form=form, promises=promises)


def _promise(urgency: IssueUrgency, moment: datetime) -> str:
    """What each choice means today: it never promises a call in an hour when nobody is there."""
    if urgency is IssueUrgency.TODAY:
        return _(
            "De plek is in gevaar, of iemand voelt zich niet veilig. Wij bellen uiterlijk %(moment)s.",
            moment=format_moment(moment),
        )
    if urgency is IssueUrgency.THIS_WEEK:
        return _("Binnen 2 werkdagen: uiterlijk %(moment)s.", moment=format_moment(moment))
    return _("Wij lezen het, en bellen als het vaker voorkomt.")


def _thanks(result: IssueResult, urgency: IssueUrgency) -> str:
    """What happens now; a mail is only named where one is sent."""
    if not result.is_new:
        return _("Deze melding was al bij ons: nummer %(number)s.", number=result.number)
    parts = [_("Uw melding is bij ons: nummer %(number)s.", number=result.number)]
    if urgency is not IssueUrgency.FOR_INFORMATION:
        parts.append(_("Wij bellen uiterlijk %(moment)s.", moment=format_moment(result.answer_by)))
    if result.is_confirmed_by_mail:
        parts.append(_("U krijgt ook een mail."))
    return " ".join(parts)


def _issue_page(issue_id: int, message: MessageForm, objection: ObjectionForm) -> str:
    with reading() as session:
        found = queries.issue_page(session, current_actor(), issue_id)
    return render(
        "placements/issue_page.html",
        issue=found,
        steps=_steps(found),
        message=message,
        objection=objection,
        has_errors=bool(message.errors or objection.errors),
    )


def _steps(issue: queries.IssuePage) -> list[Step]:
    done = steps(issue.thread, urgency=issue.urgency, first_answer_at=issue.first_answer_at, for_team=False)
    now = next_step(issue.status, issue.answer_by, waits_for_team=issue.waits_for_team, urgency=issue.urgency)
    return [*done, now] if now else done
