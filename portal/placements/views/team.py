"""Placements at the desk: record, change, end, find."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.queries import team_members
from portal.employers.queries import approved_employers
from portal.kernel.errors import ConflictError, InvalidError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.participants.models import Participant
from portal.participants.staff_queries import find_people
from portal.placements import staff_queries
from portal.placements.forms import EndForm, PlacementForm, filled_placement_form
from portal.placements.recording import change_placement, end_placement, record_placement
from portal.placements.rules import PLACEMENT
from portal.placements.staff_queries import PlacementDesk
from portal.placements.vocabulary import PlacementStatus
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.errors import status_of
from portal.web.forms import add_domain_error
from portal.web.paging import PAGE_SIZE, Page, offset, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("placements_team", __name__, url_prefix="/team")
FIELDS = {
    "colleague_unknown": "contact",
    "employer_unknown": "werkgever",
    "ends_before_start": "laatste_dag",
    "hours_range": "uren",
    "participant_unknown": "deelnemer",
    "person_missing": "kenmerk",
    "placement_too_long": "laatste_dag",
    "reference_form": "kenmerk",
    "text_needed": "functie",
    "trial_needs_end": "laatste_dag",
    "trial_too_long": "laatste_dag",
}
END_FIELDS = {"end_in_future": "dag", "ends_before_start": "dag", "sensitive_number": "reden", "text_needed": "reden"}
PEOPLE = 12


@bp.get("/plaatsingen")
@access(Permission.PLACEMENTS_PLACEMENT_MANAGE)
def placement_list() -> ResponseReturnValue:
    """All placements."""
    status, words, number = _status(), request.args.get("zoek", ""), page_number()
    with reading() as session:
        rows, total = staff_queries.placement_desk_rows(
            session, current_actor(), status=status, words=words, offset=offset(number), limit=PAGE_SIZE
        )
        counts = staff_queries.placement_counts(session)
    return render(
        "placements/team/placement_list.html",
        placements=Page(rows, total, number),
        status=status,
        words=words,
        counts=counts,
        states=PlacementStatus,
    )


@bp.get("/plaatsingen/nieuw")
@access(Permission.PLACEMENTS_PLACEMENT_MANAGE)
def new_placement() -> ResponseReturnValue:
    """An empty form; `?werkgever=` chooses the company beforehand."""
    actor = current_actor()
    values = {"werkgever": request.args.get("werkgever", ""), "contact": str(actor.user_id or "")}
    return _form_page(_with_choices(PlacementForm(data=values)))


@bp.post("/plaatsingen/nieuw")
@access(Permission.PLACEMENTS_PLACEMENT_MANAGE)
def add_placement() -> ResponseReturnValue:
    """Record a placement."""
    form = _with_choices(PlacementForm())
    if not form.sent:
        return _form_page(form), 422
    try:
        with work() as uow:
            placement_id = record_placement(uow, employer_id=form.employer_id(), details=form.to_input())
    except InvalidError as error:
        add_domain_error(form, error, FIELDS)
        return _form_page(form), 422
    flash(_("De plaatsing is vastgelegd."), "good")
    return redirect(url_for(".placement", placement_id=placement_id), 303)


@bp.get("/plaatsingen/<int:placement_id>")
@access(Permission.PLACEMENTS_PLACEMENT_MANAGE)
def placement(placement_id: int) -> ResponseReturnValue:
    """One placement and its issues; that a person was looked at is noted beside it."""
    desk = _desk(placement_id)
    if desk.participant is not None:
        with work() as uow:
            uow.looked_at("participant", desk.participant.id)
    moves = PLACEMENT.moves_for(desk.placement.status, current_actor())
    return render("placements/team/placement_page.html", desk=desk, moves=moves)


@bp.get("/plaatsingen/<int:placement_id>/wijzigen")
@access(Permission.PLACEMENTS_PLACEMENT_MANAGE)
def edit_placement(placement_id: int) -> ResponseReturnValue:
    """The form with the placement as it is."""
    desk = _desk(placement_id)
    form = PlacementForm(data=filled_placement_form(desk.placement))
    return _form_page(_with_choices(form, desk), desk)


@bp.post("/plaatsingen/<int:placement_id>/wijzigen")
@access(Permission.PLACEMENTS_PLACEMENT_MANAGE)
def save_placement(placement_id: int) -> ResponseReturnValue:
    """Keep the changes."""
    desk = _desk(placement_id)
    form = _with_choices(PlacementForm(), desk)
    if not form.sent:
        return _form_page(form, desk), 422
    try:
        with work() as uow:
            change_placement(uow, placement_id=placement_id, version=form.version(), details=form.to_input())
    except (InvalidError, ConflictError) as error:
        add_domain_error(form, error, FIELDS)
        return _form_page(form, desk), 422 if isinstance(error, InvalidError) else status_of(error)
    flash(_("De plaatsing is gewijzigd."), "good")
    return redirect(url_for(".placement", placement_id=placement_id), 303)


@bp.get("/plaatsingen/<int:placement_id>/beeindigen")
@access(Permission.PLACEMENTS_PLACEMENT_MANAGE)
def ending(placement_id: int) -> ResponseReturnValue:
    """The form for how it ended."""
    return _end_page(_desk(placement_id), EndForm())


@bp.post("/plaatsingen/<int:placement_id>/beeindigen")
@access(Permission.PLACEMENTS_PLACEMENT_MANAGE)
def end(placement_id: int) -> ResponseReturnValue:
    """Note how it ended."""
    desk, form = _desk(placement_id), EndForm()
    if not form.sent or form.dag.data is None:
        return _end_page(desk, form), 422
    outcome, day, reason = form.afloop.data, form.dag.data, form.reden.data or ""
    try:
        with work() as uow:
            end_placement(uow, placement_id=placement_id, outcome=outcome, ended_on=day, reason=reason)
    except InvalidError as error:
        add_domain_error(form, error, END_FIELDS)
        return _end_page(desk, form), 422
    flash(_("Het einde van de plaatsing is vastgelegd."), "good")
    return redirect(url_for(".placement", placement_id=placement_id), 303)


def _desk(placement_id: int) -> PlacementDesk:
    with reading() as session:
        return staff_queries.placement_desk(session, current_actor(), placement_id)


def _with_choices(form: PlacementForm, desk: PlacementDesk | None = None) -> PlacementForm:
    """Offer the companies, the colleagues, who was found by the search and who is linked already."""
    with reading() as session:
        employers = dict(approved_employers(session))
        colleagues = [(row.id, row.name) for row in team_members(session)]
        people = find_people(session, current_actor(), request.args.get("zoek", ""), limit=PEOPLE)
    found = {str(row.id): _name(row) for row in people}
    if desk is not None:
        employers.setdefault(desk.placement.employer_id, desk.employer)
        if desk.person:
            found.setdefault(str(desk.placement.participant_id), desk.person)
    form.offer(employers.items(), found.items(), colleagues)
    return form


def _form_page(form: PlacementForm, desk: PlacementDesk | None = None) -> str:
    words = request.args.get("zoek", "")
    return render("placements/team/placement_form.html", form=form, desk=desk, words=words)


def _end_page(desk: PlacementDesk, form: EndForm) -> str:
    return render("placements/team/placement_end.html", desk=desk, form=form)


def _name(person: Participant) -> str:
    return f"{person.full_name} ({person.reference})" if person.reference else person.full_name


def _status() -> PlacementStatus | None:
    try:
        return PlacementStatus(request.args.get("status", ""))
    except ValueError:
        return None
