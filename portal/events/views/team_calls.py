"""The call list of the team: messages that no automatic channel can bring."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.queries import contact_of
from portal.events.offers import note_told
from portal.events.views.desk import calls_of, desk_actor, kit
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Actor, Permission, Role
from portal.participants import call_tasks, queries
from portal.web.access import access
from portal.web.paging import PAGE_SIZE, Page, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("events_calls_team", __name__, url_prefix="/team/bellen")


@bp.get("")
@access(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
def calls() -> str:
    """What the team must tell; or, when a coach is away, what that coach must tell."""
    coach_id, number = request.args.get("coach", 0, type=int), page_number()
    with reading() as session:
        coach = contact_of(session, coach_id) if coach_id else None
        reader = Actor(role=Role.COACH, user_id=coach_id) if coach_id else desk_actor()
        rows, total = queries.call_list(session, kit(), reader, number=number)
    found = Page(calls_of(rows), total, number, PAGE_SIZE)
    return render("events/team_calls.html", calls=found, coach=coach, coach_id=coach_id)


@bp.post("/<int:call_task_id>/verteld")
@access(Permission.PARTICIPANTS_CALL_TASK_HANDLE)
def told(call_task_id: int) -> ResponseReturnValue:
    """Note that it was told: the clock of an offer starts now."""
    with work() as uow:
        note_told(uow, call_task_id=call_task_id)
    flash(_("Genoteerd: verteld."), "good")
    return _back()


@bp.post("/<int:call_task_id>/niet-nodig")
@access(Permission.PARTICIPANTS_CALL_TASK_HANDLE)
def drop(call_task_id: int) -> ResponseReturnValue:
    """Take it off the list."""
    with work() as uow:
        call_tasks.drop(uow, call_task_id=call_task_id)
    flash(_("Het bericht is van de lijst."), "good")
    return _back()


def _back() -> ResponseReturnValue:
    """The list it was on: the team's, a coach's as the team sees it, or the coach's own."""
    if not desk_actor().is_team:
        return redirect(url_for("events_coach.people"), 303)
    coach_id = request.form.get("coach", 0, type=int)
    return redirect(url_for(".calls", coach=coach_id or None), 303)
