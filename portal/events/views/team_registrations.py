"""The team's pages of who comes to a tour: the people, the waiting list, the door list, registering and cancelling."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.queries import coaches
from portal.events import desk_queries, staff_queries
from portal.events.models import Tour
from portal.events.offers import accept_offer, confirm_by_phone, decline_offer
from portal.events.registrations import RegistrationResult, cancel_registration, register_for_tour
from portal.events.rules import is_open, may_leave, reply_deadline
from portal.events.staff_forms import HelpedPersonForm
from portal.events.staff_queries import PersonRow, TourCounts
from portal.events.tour_rules import rules_of
from portal.events.views.desk import desk_actor, now, printed_cards, tour_tabs
from portal.events.vocabulary import RegistrationStatus
from portal.kernel.errors import ConflictError, DomainError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.participants.models import Participant
from portal.participants.people_edit import add_person
from portal.participants.staff_forms import LANGUAGE_WORDS
from portal.participants.staff_queries import find_people, similar_people
from portal.web.access import access
from portal.web.errors import sentence, status_of
from portal.web.forms import add_domain_error
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("events_registrations_team", __name__, url_prefix="/team")
S = RegistrationStatus
FIELDS = {"first_name_missing": "voornaam"}


@bp.get("/rondleidingen/<int:tour_id>/deelnemers")
@access(Permission.EVENTS_TOUR_MANAGE)
def people(tour_id: int) -> str:
    """Who comes."""
    tour, rows = _people(tour_id)
    coming = [row for row in rows if row.status.takes_place]
    tabs = tour_tabs(tour, _counts(rows), "events_registrations_team.people")
    return render(
        "events/team_people.html",
        tour=tour,
        tabs=tabs,
        people=coming,
        waiting=len(rows) - len(coming),
        open=is_open(tour.status, tour.starts_at, now()),
        languages=LANGUAGE_WORDS,
    )


@bp.get("/rondleidingen/<int:tour_id>/wachtlijst")
@access(Permission.EVENTS_TOUR_MANAGE)
def waiting(tour_id: int) -> str:
    """Who is offered a place and who waits, in order; and whom to call when there is no time for offers."""
    tour, rows = _people(tour_id)
    moment = now()
    tabs = tour_tabs(tour, _counts(rows), "events_registrations_team.waiting")
    return render(
        "events/team_waiting.html",
        tour=tour,
        tabs=tabs,
        offers=[row for row in rows if row.status is S.OFFERED],
        queue=[row for row in rows if row.status is S.WAITING],
        open=is_open(tour.status, tour.starts_at, moment),
        call_now=tour.free_places > 0 and reply_deadline(moment, tour.starts_at) is None,
        languages=LANGUAGE_WORDS,
    )


@bp.get("/rondleidingen/<int:tour_id>/deurlijst")
@access(Permission.EVENTS_TOUR_MANAGE)
def door_list(tour_id: int) -> str:
    """The list for the door, to print: first names only."""
    tour, rows = _people(tour_id)
    return render(
        "events/team_door_list.html",
        tour=tour,
        tabs=tour_tabs(tour, _counts(rows), "events_registrations_team.door_list"),
        people=sorted((row for row in rows if row.status.takes_place), key=lambda row: row.first_name.casefold()),
        rules=rules_of(tour.rules),
        languages=LANGUAGE_WORDS,
    )


@bp.get("/rondleidingen/<int:tour_id>/kaartjes")
@access(Permission.EVENTS_TOUR_MANAGE)
def tour_cards(tour_id: int) -> str:
    """Cards for everybody who gets no mail."""
    tour, rows = _people(tour_id)
    ids = [row.registration_id for row in rows if not row.email]
    with reading() as session:
        found = desk_queries.cards(session, desk_actor(), ids)
    return render("events/team_cards.html", tour=tour, cards=printed_cards(found))


@bp.get("/rondleidingen/<int:tour_id>/aanmelden")
@access(Permission.EVENTS_GROUP_REGISTER)
def find(tour_id: int) -> str:
    """Search somebody to register, or choose who wished to see this kind of company."""
    words, actor = request.args.get("zoek", ""), desk_actor()
    with reading() as session:
        tour = staff_queries.tour_for_edit(session, actor, tour_id)
        found = find_people(session, actor, words)
        there = desk_queries.registered(session, tour_id, [person.id for person in found])
        wishing = [] if words else staff_queries.wishing_participants(session, tour, limit=40)
    return render("events/team_register.html", tour=tour, words=words, found=found, there=there, wishing=wishing)


@bp.post("/rondleidingen/<int:tour_id>/aanmelden")
@access(Permission.EVENTS_GROUP_REGISTER)
def register(tour_id: int) -> ResponseReturnValue:
    """Register somebody who is known."""
    person_id = request.form.get("deelnemer", 0, type=int)
    try:
        with work() as uow:
            result = register_for_tour(uow, tour_id=tour_id, participant_id=person_id)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
        return redirect(url_for(".people", tour_id=tour_id), 303)
    return _registered(tour_id, result)


@bp.get("/rondleidingen/<int:tour_id>/aanmelden/nieuw")
@access(Permission.EVENTS_GROUP_REGISTER)
def new_form(tour_id: int) -> str:
    """A short form for somebody new."""
    return _new_page(tour_id, HelpedPersonForm())


@bp.post("/rondleidingen/<int:tour_id>/aanmelden/nieuw")
@access(Permission.EVENTS_GROUP_REGISTER)
def register_new(tour_id: int) -> ResponseReturnValue:
    """Add somebody new and register this person, in one go."""
    form = HelpedPersonForm()
    with reading() as session:
        form.offer([(coach.id, coach.name) for coach in coaches(session)])
        similar = similar_people(session, form.to_details()) if form.sent else []
    if not form.sent or (similar and not form.anders.data):
        return _new_page(tour_id, form, similar), 422
    try:
        result = _add_and_register(tour_id, form)
    except DomainError as refusal:
        add_domain_error(form, refusal, FIELDS)
        return _new_page(tour_id, form), status_of(refusal)
    return _registered(tour_id, result)


@bp.get("/aanmeldingen/<int:registration_id>/afmelden")
@access(Permission.EVENTS_GROUP_REGISTER)
def cancel_form(registration_id: int) -> ResponseReturnValue:
    """Ask whether this is the right person."""
    found = _registration(registration_id)
    if not may_leave(found.registration.status, found.tour.starts_at, now()):
        flash(_("Afmelden kan niet meer."), "few")
        return redirect(url_for(".people", tour_id=found.tour.id), 303)
    return render("events/team_leave.html", found=found)


@bp.post("/aanmeldingen/<int:registration_id>/afmelden")
@access(Permission.EVENTS_GROUP_REGISTER)
def cancel(registration_id: int) -> ResponseReturnValue:
    """Cancel somebody's place; it goes to who waits longest."""
    found = _registration(registration_id)
    with work() as uow:
        cancel_registration(uow, registration_id=registration_id)
    flash(_("%(name)s is afgemeld.", name=found.person.first_name), "good")
    return redirect(url_for(".people", tour_id=found.tour.id), 303)


@bp.post("/aanmeldingen/<int:registration_id>/ja")
@access(Permission.EVENTS_GROUP_REGISTER)
def say_yes(registration_id: int) -> ResponseReturnValue:
    """Somebody says yes on the phone: to an offer, or to a place that is free now."""
    found = _registration(registration_id)
    try:
        with work() as uow:
            if found.registration.status is S.OFFERED:
                accept_offer(uow, registration_id=registration_id)
            else:
                confirm_by_phone(uow, registration_id=registration_id)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
    else:
        flash(_("%(name)s heeft een plek.", name=found.person.first_name), "good")
    return _back_to_list(found.tour.id)


@bp.post("/aanmeldingen/<int:registration_id>/nee")
@access(Permission.EVENTS_GROUP_REGISTER)
def say_no(registration_id: int) -> ResponseReturnValue:
    """Somebody says no on the phone: to an offer, or to waiting any longer."""
    found = _registration(registration_id)
    try:
        with work() as uow:
            if found.registration.status is S.OFFERED:
                decline_offer(uow, registration_id=registration_id)
            else:
                cancel_registration(uow, registration_id=registration_id)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
    else:
        flash(_("%(name)s gaat niet mee. De plek gaat naar de volgende.", name=found.person.first_name), "good")
    return _back_to_list(found.tour.id)


def _people(tour_id: int) -> tuple[Tour, list[PersonRow]]:
    with reading() as session:
        tour = staff_queries.tour_for_edit(session, desk_actor(), tour_id)
        return tour, staff_queries.tour_people(session, tour)


def _registration(registration_id: int) -> desk_queries.DeskRegistration:
    with reading() as session:
        return desk_queries.registration_of(session, desk_actor(), registration_id)


def _counts(rows: list[PersonRow]) -> TourCounts:
    statuses = [row.status for row in rows]
    return TourCounts(
        confirmed=statuses.count(S.CONFIRMED), offered=statuses.count(S.OFFERED), waiting=statuses.count(S.WAITING)
    )


def _new_page(tour_id: int, form: HelpedPersonForm, similar: list[Participant] | None = None) -> str:
    with reading() as session:
        tour = staff_queries.tour_for_edit(session, desk_actor(), tour_id)
        form.offer([(coach.id, coach.name) for coach in coaches(session)])
    return render("events/team_register_new.html", form=form, tour=tour, similar=similar or ())


def _add_and_register(tour_id: int, form: HelpedPersonForm) -> RegistrationResult:
    coach_id, coach_name = form.helper_of()
    details, wishes = form.to_details(coach_name), form.wensen.data or ()
    with work() as uow:
        person_id = add_person(uow, details=details, wishes=wishes, coach_id=coach_id)
        return register_for_tour(
            uow, tour_id=tour_id, participant_id=person_id, wants_interpreter=form.wants_interpreter
        )


def _registered(tour_id: int, result: RegistrationResult) -> ResponseReturnValue:
    """Say how it stands, and warn about the level; nobody is refused for it."""
    if not result.is_new:
        flash(_("Deze persoon stond al op de lijst."), "info")
    elif result.status is S.CONFIRMED:
        flash(_("De plek is bevestigd."), "good")
    else:
        flash(_("De rondleiding is vol. Plek %(place)s op de wachtlijst.", place=result.position or 1), "info")
    if result.below_level:
        flash(_("Het Nederlands is lager dan deze rondleiding vraagt. Regel een tolk of ga mee."), "few")
    page = ".people" if result.status is S.CONFIRMED else ".waiting"
    return redirect(url_for(page, tour_id=tour_id), 303)


def _back_to_list(tour_id: int) -> ResponseReturnValue:
    if request.form.get("terug") == "bellen":
        return redirect(url_for("events_calls_team.calls"), 303)
    return redirect(url_for(".waiting", tour_id=tour_id), 303)
