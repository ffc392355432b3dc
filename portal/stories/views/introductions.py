"""Introductions at the desk: who asked, and what the employer hears."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.kernel.errors import InvalidError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.stories import staff_queries
from portal.stories.forms import DeclineForm, PlanForm
from portal.stories.introductions import decline_introduction, plan_introduction
from portal.stories.rules import INTRODUCTION
from portal.stories.views.team import bp
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.forms import add_domain_error
from portal.web.templating import render
from portal.web.transactions import reading, work


@bp.get("/kennismakingen")
@access(Permission.STORIES_INTRODUCTION_HANDLE)
def introduction_list() -> ResponseReturnValue:
    """All introductions, those that wait first."""
    with reading() as session:
        rows = staff_queries.introduction_rows(session, current_actor())
    return render("stories/team/introduction_list.html", rows=rows)


@bp.get("/kennismakingen/<int:introduction_id>/afspreken", alias=True)
@bp.get("/kennismakingen/<int:introduction_id>/afwijzen", alias=True)
@bp.get("/kennismakingen/<int:introduction_id>")
@access(Permission.STORIES_INTRODUCTION_HANDLE)
def introduction(introduction_id: int) -> ResponseReturnValue:
    """One introduction, with both answers."""
    return _page(introduction_id, PlanForm(), DeclineForm())


@bp.post("/kennismakingen/<int:introduction_id>/afspreken")
@access(Permission.STORIES_INTRODUCTION_HANDLE)
def plan(introduction_id: int) -> ResponseReturnValue:
    """Tell the employer when and where."""
    form = PlanForm()
    if not form.sent:
        return _page(introduction_id, form, DeclineForm(formdata=None), 422)
    try:
        with work() as uow:
            plan_introduction(uow, introduction_id=introduction_id, answer=form.afspraak.data or "")
    except InvalidError as error:
        add_domain_error(form, error, {"sensitive_number": "afspraak", "text_needed": "afspraak"})
        return _page(introduction_id, form, DeclineForm(formdata=None), 422)
    flash(_("De afspraak staat vast. De werkgever leest uw antwoord."), "good")
    return redirect(url_for(".introduction", introduction_id=introduction_id), 303)


@bp.post("/kennismakingen/<int:introduction_id>/afwijzen")
@access(Permission.STORIES_INTRODUCTION_HANDLE)
def decline(introduction_id: int) -> ResponseReturnValue:
    """Tell the employer that it does not go on."""
    form = DeclineForm()
    if not form.sent:
        return _page(introduction_id, PlanForm(formdata=None), form, 422)
    try:
        with work() as uow:
            decline_introduction(uow, introduction_id=introduction_id, answer=form.uitleg.data or "")
    except InvalidError as error:
        add_domain_error(form, error, {"sensitive_number": "uitleg", "text_needed": "uitleg"})
        return _page(introduction_id, PlanForm(formdata=None), form, 422)
    flash(_("De werkgever leest dat het niet doorgaat."), "good")
    return redirect(url_for(".introduction", introduction_id=introduction_id), 303)


def _page(introduction_id: int, yes: PlanForm, no: DeclineForm, status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    with reading() as session:
        row = staff_queries.introduction_row(session, actor, introduction_id)
    page = render(
        "stories/team/introduction_page.html",
        row=row,
        moves=INTRODUCTION.moves_for(row.status, actor),
        yes=yes,
        no=no,
        has_errors=bool(yes.errors or no.errors),
    )
    return page, status
