"""The team plans tours, answers proposals, puts tours online, changes and cancels them."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.employers.queries import approved_employers
from portal.events import desk_queries, staff_queries, tours
from portal.events.models import Tour
from portal.events.policies import can_edit_tour
from portal.events.rules import TOUR_LIFE
from portal.events.staff_forms import FIELDS, CancelForm, DeclineForm, PlacesForm, PlanForm, TeamTourForm, held_tour
from portal.events.tour_rules import rules_of
from portal.events.views.desk import desk_actor, now, tour_tabs
from portal.events.vocabulary import InterpreterLanguage, TourStatus, Visibility
from portal.kernel.errors import ConflictError, DomainError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import portal
from portal.web.errors import sentence, status_of
from portal.web.forms import Form, add_domain_error
from portal.web.paging import Page, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("events_team", __name__, url_prefix="/team/rondleidingen")
TABS = ("komend", "voorstellen", "geweest")


@bp.get("")
@access(Permission.EVENTS_TOUR_MANAGE)
def tour_list() -> str:
    """The tours that come, the proposals, and what was."""
    tab, words, number = request.args.get("lijst", ""), request.args.get("zoek", ""), page_number()
    with reading() as session:
        rows, total = staff_queries.tour_list(
            session,
            desk_actor(),
            now(),
            status=TourStatus.PROPOSED if tab == "voorstellen" else None,
            past=tab == "geweest",
            words=words,
            number=number,
        )
    found = Page(rows, total, number, staff_queries.PAGE_SIZE)
    return render("events/team_tours.html", tours=found, tab=tab if tab in TABS else "komend", words=words)


@bp.get("/nieuw")
@access(Permission.EVENTS_TOUR_MANAGE)
def plan_form() -> str:
    """A form for a tour at an approved employer."""
    return _plan_page(PlanForm(data={"werkgever": request.args.get("werkgever", "")}))


@bp.post("/nieuw")
@access(Permission.EVENTS_TOUR_MANAGE)
def plan() -> ResponseReturnValue:
    """Make the tour; it is not online yet."""
    form = PlanForm()
    if not form.sent:
        return _plan_page(form), 422
    try:
        with work() as uow:
            tour_id = tours.plan_tour(uow, employer_id=form.employer_id, tour=form.to_team_input())
    except DomainError as refusal:
        add_domain_error(form, refusal, FIELDS)
        return _plan_page(form), status_of(refusal)
    flash(_("De rondleiding staat klaar als concept. Controleer haar en zet haar online."), "good")
    return redirect(url_for(".tour", tour_id=tour_id), 303)


@bp.get("/<int:tour_id>")
@access(Permission.EVENTS_TOUR_MANAGE)
def tour(tour_id: int) -> str:
    """Everything about one tour, and what can be done with it."""
    return _tour_page(tour_id)


@bp.get("/<int:tour_id>/wijzigen")
@access(Permission.EVENTS_TOUR_MANAGE)
def edit_form(tour_id: int) -> str:
    """The form with what is known now."""
    found = _tour(tour_id)
    return render("events/team_tour_edit.html", form=TeamTourForm(data=held_tour(found)), tour=found)


@bp.post("/<int:tour_id>/wijzigen")
@access(Permission.EVENTS_TOUR_MANAGE)
def edit(tour_id: int) -> ResponseReturnValue:
    """Save it, unless a colleague was earlier."""
    found, form = _tour(tour_id), TeamTourForm()
    if not form.sent:
        return render("events/team_tour_edit.html", form=form, tour=found), 422
    try:
        with work() as uow:
            tours.edit_tour(uow, tour_id=tour_id, details_version=form.versie.data or 0, tour=form.to_team_input())
    except DomainError as refusal:
        form.versie.data = found.details_version
        add_domain_error(form, refusal, FIELDS)
        return render("events/team_tour_edit.html", form=form, tour=found), status_of(refusal)
    flash(_("De rondleiding is opgeslagen."), "good")
    return redirect(url_for(".tour", tour_id=tour_id), 303)


@bp.get("/<int:tour_id>/plekken")
@access(Permission.EVENTS_TOUR_MANAGE)
def places(tour_id: int) -> ResponseReturnValue:
    """The form for the number of places stands on the tour's own page."""
    return redirect(url_for(".tour", tour_id=tour_id), 303)


@bp.post("/<int:tour_id>/plekken")
@access(Permission.EVENTS_TOUR_MANAGE)
def resize(tour_id: int) -> ResponseReturnValue:
    """Another number of places."""
    form = PlacesForm()
    if not form.sent:
        return _tour_page(tour_id, form), 422
    try:
        with work() as uow:
            tours.resize_tour(uow, tour_id=tour_id, capacity=form.plekken.number)
    except DomainError as refusal:
        add_domain_error(form, refusal, FIELDS)
        return _tour_page(tour_id, form), status_of(refusal)
    flash(_("Het aantal plekken is gewijzigd."), "good")
    return redirect(url_for(".tour", tour_id=tour_id), 303)


@bp.post("/<int:tour_id>/online-zetten")
@access(Permission.EVENTS_TOUR_MANAGE)
def publish(tour_id: int) -> ResponseReturnValue:
    """Put the tour online."""
    try:
        with work() as uow:
            tours.publish_tour(uow, tour_id=tour_id)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
    else:
        flash(_("De rondleiding staat online. Mensen kunnen zich aanmelden."), "good")
    return redirect(url_for(".tour", tour_id=tour_id), 303)


@bp.post("/<int:tour_id>/overnemen")
@access(Permission.EVENTS_TOUR_MANAGE)
def take_over(tour_id: int) -> ResponseReturnValue:
    """Work a proposal out before it goes online."""
    with work() as uow:
        tours.take_over_proposal(uow, tour_id=tour_id)
    flash(_("Het voorstel is nu een concept van het team. Vul het aan en zet het online."), "good")
    return redirect(url_for(".edit_form", tour_id=tour_id), 303)


@bp.get("/<int:tour_id>/niet-overnemen")
@access(Permission.EVENTS_TOUR_MANAGE)
def decline_form(tour_id: int) -> str:
    """Ask why not."""
    return render("events/team_tour_decline.html", form=DeclineForm(), tour=_tour(tour_id))


@bp.post("/<int:tour_id>/niet-overnemen")
@access(Permission.EVENTS_TOUR_MANAGE)
def decline(tour_id: int) -> ResponseReturnValue:
    """Tell the employer why not."""
    form = DeclineForm()
    if not form.sent:
        return render("events/team_tour_decline.html", form=form, tour=_tour(tour_id)), 422
    with work() as uow:
        tours.decline_proposal(uow, tour_id=tour_id, reason=form.reden.data or "")
    flash(_("De werkgever leest waarom."), "good")
    return redirect(url_for(".tour", tour_id=tour_id), 303)


@bp.get("/<int:tour_id>/afzeggen")
@access(Permission.EVENTS_TOUR_MANAGE)
def cancel_form(tour_id: int) -> str:
    """Show who will hear it, and ask why."""
    return _cancel_page(tour_id, CancelForm())


@bp.post("/<int:tour_id>/afzeggen")
@access(Permission.EVENTS_TOUR_MANAGE)
def cancel(tour_id: int) -> ResponseReturnValue:
    """The tour does not take place; everybody hears it."""
    form = CancelForm()
    if not form.sent:
        return _cancel_page(tour_id, form), 422
    with work() as uow:
        tours.cancel_tour(uow, tour_id=tour_id, reason=form.reden.data or "")
    flash(_("De rondleiding is afgezegd. Wie geen mail krijgt, staat op de bellijst."), "good")
    return redirect(url_for(".tour", tour_id=tour_id), 303)


@bp.get("/<int:tour_id>/logboek")
@access(Permission.EVENTS_TOUR_MANAGE)
def log(tour_id: int) -> str:
    """What happened, by whom."""
    number = page_number()
    with reading() as session:
        found = staff_queries.tour_for_edit(session, desk_actor(), tour_id)
        counts = staff_queries.tour_counts(session, tour_id)
        rows, total = desk_queries.tour_log(session, tour_id, number=number)
    return render(
        "events/team_tour_log.html",
        tour=found,
        tabs=tour_tabs(found, counts, "events_team.log"),
        log=Page(rows, total, number, desk_queries.LOG_SIZE),
    )


def _tour(tour_id: int) -> Tour:
    with reading() as session:
        return staff_queries.tour_for_edit(session, desk_actor(), tour_id)


def _plan_page(form: PlanForm) -> str:
    with reading() as session:
        form.offer(approved_employers(session))
    return render("events/team_tour_plan.html", form=form)


def _tour_page(tour_id: int, form: Form | None = None) -> str:
    actor = desk_actor()
    with reading() as session:
        found = staff_queries.tour_for_edit(session, actor, tour_id)
        counts = staff_queries.tour_counts(session, tour_id)
    is_public = found.visibility is Visibility.PUBLIC
    path = url_for("events.tour", tour_id=tour_id)
    return render(
        "events/team_tour.html",
        tour=found,
        counts=counts,
        tabs=tour_tabs(found, counts, "events_team.tour"),
        form=form or PlacesForm(data={"plekken": str(found.capacity)}),
        moves=TOUR_LIFE.moves_for(found.status, actor),
        may_edit=can_edit_tour(actor, found),
        rules=rules_of(found.rules),
        interpreters=[InterpreterLanguage(code).label for code in found.interpreters],
        public_url=portal().links.url(path) if is_public else portal().links.url(path, code=found.access_code),
    )


def _cancel_page(tour_id: int, form: CancelForm) -> str:
    with reading() as session:
        found = staff_queries.tour_for_edit(session, desk_actor(), tour_id)
        people = staff_queries.tour_people(session, found)
    return render("events/team_tour_cancel.html", form=form, tour=found, people=people)
