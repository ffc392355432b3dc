"""Pages of the team about calls: 'ik heb ze aan de telefoon', the summary afterwards, people who want to be called."""

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.employers.callbacks import finish_callback
from portal.employers.calls import end_call, start_call
from portal.employers.queries import employer_contact
from portal.employers.team_queries import callbacks
from portal.employers.trail_queries import deeds_of_call, phone_call
from portal.employers.views.team import bp
from portal.employers.vocabulary import PHONE_CALL_KEY
from portal.kernel.errors import ConflictError, NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.errors import sentence
from portal.web.paging import PAGE_SIZE, Page, offset, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work


@bp.post("/werkgevers/<int:employer_id>/telefoon")
@access(Permission.EMPLOYERS_CALL_MAKE)
def begin_call(employer_id: int) -> ResponseReturnValue:
    """From now on this browser acts for the company."""
    try:
        with work() as uow:
            session[PHONE_CALL_KEY] = start_call(uow, employer_id=employer_id)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
        return redirect(url_for(".employer", employer_id=employer_id), 303)
    return redirect(url_for("employers_employer.home"), 303)


@bp.post("/gesprek/afronden")
@access(Permission.EMPLOYERS_CALL_MAKE)
def finish_call() -> ResponseReturnValue:
    """The call is over; what was done is listed."""
    session.pop(PHONE_CALL_KEY, None)
    try:
        with work() as uow:
            call_id = end_call(uow)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
        return redirect(url_for(".employers"), 303)
    return redirect(url_for(".call", call_id=call_id), 303)


@bp.get("/gesprek/<int:call_id>")
@access(Permission.EMPLOYERS_CALL_MAKE)
def call(call_id: int) -> ResponseReturnValue:
    """What was done during a call, and whether the company said that it is right."""
    with reading() as db:
        found = phone_call(db, call_id)
        if found is None:
            raise NotFoundError
        deeds = deeds_of_call(db, call_id)
        has_mail = employer_contact(db, found.employer_id) is not None
    return render("employers/team_call.html", call=found, deeds=deeds, has_mail=has_mail)


@bp.get("/terugbellen")
@access(Permission.EMPLOYERS_EMPLOYER_SEE)
def callback_list() -> ResponseReturnValue:
    """People who want to be called, who waits longest first."""
    done, number = request.args.get("gebeld") == "ja", page_number()
    with reading() as db:
        rows, total = callbacks(db, done=done, offset=offset(number), limit=PAGE_SIZE)
    return render("employers/team_callbacks.html", found=Page(rows, total, number), done=done)


@bp.post("/terugbellen/<int:callback_id>")
@access(Permission.EMPLOYERS_EMPLOYER_SEE)
def called(callback_id: int) -> ResponseReturnValue:
    """Somebody was called."""
    with work() as uow:
        finish_callback(uow, callback_id=callback_id)
    flash(_("Genoteerd: gebeld."), "good")
    return redirect(url_for(".callback_list"), 303)
