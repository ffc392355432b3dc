"""An employer proposes a tour and sees how many people come: numbers, never names."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.events import staff_queries, tours
from portal.events.models import Tour
from portal.events.policies import can_edit_tour
from portal.events.rules import TOUR_LIFE
from portal.events.staff_forms import FIELDS, TourForm, held_tour
from portal.events.tour_rules import rules_of
from portal.events.views.desk import now
from portal.events.vocabulary import InterpreterLanguage
from portal.kernel.errors import ConflictError, DomainError, NotAllowedError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.errors import sentence, status_of
from portal.web.forms import add_domain_error
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("events_employer", __name__, url_prefix="/mijn-bedrijf/rondleidingen")


@bp.get("")
@access(Permission.EVENTS_TOUR_PROPOSE)
def tour_list() -> str:
    """The own tours: what comes, and what was."""
    with reading() as session:
        rows = staff_queries.employer_tours(session, _employer_id())
    moment = now()
    coming = sorted((row for row in rows if row.starts_at > moment), key=lambda row: row.starts_at)
    past = [row for row in rows if row.starts_at <= moment]
    return render("events/employer_tour_list.html", coming=coming, past=past)


@bp.get("/nieuw")
@access(Permission.EVENTS_TOUR_PROPOSE)
def propose_form() -> str:
    """A form for a proposal."""
    return render("events/employer_tour_propose.html", form=TourForm())


@bp.post("/nieuw")
@access(Permission.EVENTS_TOUR_PROPOSE)
def propose() -> ResponseReturnValue:
    """Send the proposal to the team."""
    form = TourForm()
    if not form.sent:
        return render("events/employer_tour_propose.html", form=form), 422
    try:
        with work() as uow:
            tour_id = tours.propose_tour(uow, tour=form.to_input())
    except DomainError as refusal:
        add_domain_error(form, refusal, FIELDS | {"tour_employer_not_approved": "titel"})
        return render("events/employer_tour_propose.html", form=form), status_of(refusal)
    flash(_("Uw voorstel is verstuurd. Wij laten binnen twee werkdagen weten of het doorgaat."), "good")
    return redirect(url_for(".tour", tour_id=tour_id), 303)


@bp.get("/<int:tour_id>")
@access(Permission.EVENTS_TOUR_PROPOSE)
def tour(tour_id: int) -> str:
    """One tour: how it stands, how many people come, what is agreed."""
    actor = current_actor()
    with reading() as session:
        found = staff_queries.tour_for_edit(session, actor, tour_id)
        counts = staff_queries.tour_counts(session, tour_id)
    return render(
        "events/employer_tour.html",
        tour=found,
        counts=counts,
        rules=rules_of(found.rules),
        interpreters=[InterpreterLanguage(code).label for code in found.interpreters],
        may_edit=can_edit_tour(actor, found),
        may_withdraw="withdraw" in TOUR_LIFE.moves_for(found.status, actor),
        is_past=found.ends_at <= now(),
    )


@bp.get("/<int:tour_id>/wijzigen")
@access(Permission.EVENTS_TOUR_PROPOSE)
def edit_form(tour_id: int) -> ResponseReturnValue:
    """The proposal again, as long as the team did not take it over."""
    found = _tour(tour_id)
    if not can_edit_tour(current_actor(), found):
        flash(_("Deze rondleiding is al van het team. Bel ons als er iets anders moet."), "few")
        return redirect(url_for(".tour", tour_id=tour_id), 303)
    return render("events/employer_tour_edit.html", form=TourForm(data=held_tour(found)), tour=found)


@bp.post("/<int:tour_id>/wijzigen")
@access(Permission.EVENTS_TOUR_PROPOSE)
def edit(tour_id: int) -> ResponseReturnValue:
    """Save the proposal, unless somebody else was earlier."""
    found, form = _tour(tour_id), TourForm()
    if not form.sent:
        return render("events/employer_tour_edit.html", form=form, tour=found), 422
    wanted = form.to_input(visibility=found.visibility, subject=found.subject)
    try:
        with work() as uow:
            tours.edit_tour(uow, tour_id=tour_id, details_version=form.versie.data or 0, tour=wanted)
    except DomainError as refusal:
        form.versie.data = found.details_version
        add_domain_error(form, refusal, FIELDS)
        return render("events/employer_tour_edit.html", form=form, tour=found), status_of(refusal)
    flash(_("Uw voorstel is opgeslagen."), "good")
    return redirect(url_for(".tour", tour_id=tour_id), 303)


@bp.get("/<int:tour_id>/intrekken")
@access(Permission.EVENTS_TOUR_PROPOSE)
def withdraw_form(tour_id: int) -> str:
    """Ask whether it is really to be taken back."""
    return render("events/employer_tour_withdraw.html", tour=_tour(tour_id))


@bp.post("/<int:tour_id>/intrekken")
@access(Permission.EVENTS_TOUR_PROPOSE)
def withdraw(tour_id: int) -> ResponseReturnValue:
    """Take the proposal back."""
    try:
        with work() as uow:
            tours.withdraw_proposal(uow, tour_id=tour_id)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
    else:
        flash(_("Uw voorstel is ingetrokken."), "good")
    return redirect(url_for(".tour", tour_id=tour_id), 303)


def _employer_id() -> int:
    employer_id = current_actor().employer_id
    if employer_id is None:
        raise NotAllowedError
    return employer_id


def _tour(tour_id: int) -> Tour:
    with reading() as session:
        return staff_queries.tour_for_edit(session, current_actor(), tour_id)
