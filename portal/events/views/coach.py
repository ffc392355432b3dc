"""'Mijn mensen': a coach registers several people at once, prints their cards, and tells what nobody else can tell."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.events import desk_queries, staff_queries
from portal.events.offers import accept_offer, decline_offer
from portal.events.queries import PublicTour, open_tours
from portal.events.registrations import cancel_registration, register_for_tour
from portal.events.rules import below_level, may_leave
from portal.events.staff_forms import GroupForm
from portal.events.staff_queries import CoachRegistrationRow
from portal.events.views.desk import calls_of, kit, now, printed_cards
from portal.events.vocabulary import RegistrationStatus
from portal.kernel.errors import ConflictError
from portal.kernel.i18n import format_clock, format_short_day, ngettext
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.participants import queries
from portal.participants.contact import channel_of
from portal.participants.models import Participant
from portal.participants.staff_forms import LANGUAGE_WORDS
from portal.participants.staff_queries import people_of
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.errors import sentence
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("events_coach", __name__, url_prefix="/mijn-mensen")
S = RegistrationStatus
CALLS = 50


@bp.get("/")
@access(Permission.PARTICIPANTS_OWN_SEE)
def people() -> str:
    """The own people, what waits for an answer, and what must be told."""
    return _page(GroupForm(data={"rondleiding": request.args.get("rondleiding", "")}))


@bp.get("/aanmelden")
@access(Permission.PARTICIPANTS_OWN_SEE)
def register_form() -> ResponseReturnValue:
    """The form for several people stands on the list itself."""
    return redirect(url_for(".people"), 303)


@bp.post("/aanmelden")
@access(Permission.EVENTS_GROUP_REGISTER)
def register() -> ResponseReturnValue:
    """Register the people that were ticked; each gets an own answer."""
    form = GroupForm()
    with reading() as session:
        form.offer([(tour.id, _tour_line(tour)) for tour in open_tours(session, now())])
    if not form.sent:
        return _page(form), 422
    tour_id, person_ids = form.tour_id or 0, dict.fromkeys(form.mensen.data or ())
    try:
        with work() as uow:
            results = [register_for_tour(uow, tour_id=tour_id, participant_id=person_id) for person_id in person_ids]
    except ConflictError as refusal:
        form.form_errors.append(sentence(refusal))
        return _page(form), 409
    known = [result.registration_id for result in results if not result.is_new]
    return redirect(url_for(".answers", aanmelding=[result.registration_id for result in results], al=known), 303)


@bp.get("/aangemeld")
@access(Permission.PARTICIPANTS_OWN_SEE)
def answers() -> str:
    """The answer for each person who was just registered."""
    actor, ids = current_actor(), _ids("aanmelding")
    with reading() as session:
        rows = desk_queries.registrations_of(session, actor, ids=ids)
        coming = staff_queries.coach_registrations(session, actor.user_id or 0, now())
    positions = {row.registration_id: row.position for row in coming}
    return render(
        "events/coach_answers.html",
        rows=sorted(rows, key=lambda row: row.registration.id),
        positions=positions,
        known=set(_ids("al")),
        below={row.registration.id for row in rows if below_level(row.person.level, row.tour.level)},
        ids=ids,
    )


@bp.post("/kaartjes")
@access(Permission.PARTICIPANTS_OWN_SEE)
def choose_cards() -> ResponseReturnValue:
    """The cards of the people that were ticked."""
    wanted = set(request.form.getlist("mensen", type=int))
    with reading() as session:
        rows = staff_queries.coach_registrations(session, current_actor().user_id or 0, now())
    ids = [row.registration_id for row in rows if row.participant_id in wanted and row.status.is_active]
    if not ids:
        flash(_("Vink eerst mensen aan die een plek hebben of op de wachtlijst staan."), "few")
        return redirect(url_for(".people"), 303)
    return redirect(url_for(".cards", aanmelding=ids), 303)


@bp.get("/kaartjes")
@access(Permission.PARTICIPANTS_OWN_SEE)
def cards() -> str:
    """Cards to print, each in the language of its person."""
    with reading() as session:
        rows = desk_queries.cards(session, current_actor(), _ids("aanmelding"))
    return render("events/coach_cards.html", cards=printed_cards(rows))


@bp.get("/<int:participant_id>")
@access(Permission.PARTICIPANTS_OWN_SEE)
def person(participant_id: int) -> str:
    """One of the own people, with their tours. That somebody looked is noted."""
    actor, moment = current_actor(), now()
    with reading() as session:
        found = queries.participant(session, actor, participant_id)
        rows = desk_queries.registrations_of(session, actor, participant_id=participant_id)
    with work() as uow:
        uow.looked_at(Participant.__tablename__, participant_id)
    return render(
        "events/coach_person.html",
        person=found,
        rows=rows,
        leaving={row.registration.id: may_leave(row.registration.status, row.tour.starts_at, moment) for row in rows},
        channel=channel_of(found),
        language=LANGUAGE_WORDS[found.language],
    )


@bp.get("/aanmeldingen/<int:registration_id>/afmelden")
@access(Permission.PARTICIPANTS_OWN_SEE)
def cancel_form(registration_id: int) -> ResponseReturnValue:
    """Ask whether this is the right person."""
    found = _registration(registration_id)
    if not may_leave(found.registration.status, found.tour.starts_at, now()):
        flash(_("Afmelden kan niet meer."), "few")
        return redirect(url_for(".person", participant_id=found.person.id), 303)
    return render("events/coach_leave.html", found=found)


@bp.post("/aanmeldingen/<int:registration_id>/afmelden")
@access(Permission.PARTICIPANTS_OWN_SEE)
def cancel(registration_id: int) -> ResponseReturnValue:
    """Cancel somebody's place; it goes to who waits longest."""
    found = _registration(registration_id)
    with work() as uow:
        cancel_registration(uow, registration_id=registration_id)
    flash(_("%(name)s is afgemeld.", name=found.person.first_name), "good")
    return redirect(url_for(".people"), 303)


@bp.post("/aanmeldingen/<int:registration_id>/ja")
@access(Permission.PARTICIPANTS_OWN_SEE)
def say_yes(registration_id: int) -> ResponseReturnValue:
    """Somebody says yes to a place that is held."""
    found = _registration(registration_id)
    try:
        with work() as uow:
            accept_offer(uow, registration_id=registration_id)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
    else:
        flash(_("%(name)s heeft een plek.", name=found.person.first_name), "good")
    return redirect(url_for(".people"), 303)


@bp.post("/aanmeldingen/<int:registration_id>/nee")
@access(Permission.PARTICIPANTS_OWN_SEE)
def say_no(registration_id: int) -> ResponseReturnValue:
    """Somebody says no to a place that is held."""
    found = _registration(registration_id)
    try:
        with work() as uow:
            decline_offer(uow, registration_id=registration_id)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
    else:
        flash(_("%(name)s gaat niet mee. De plek gaat naar de volgende.", name=found.person.first_name), "good")
    return redirect(url_for(".people"), 303)


def _page(form: GroupForm) -> str:
    actor, moment, words = current_actor(), now(), request.args.get("zoek", "")
    with reading() as session:
        mine = people_of(session, actor, words)
        rows = staff_queries.coach_registrations(session, actor.user_id or 0, moment)
        tours = open_tours(session, moment)
        calls, total = queries.call_list(session, kit(), actor, size=CALLS)
    form.offer([(tour.id, _tour_line(tour)) for tour in tours])
    return render(
        "events/coach_people.html",
        form=form,
        people=mine,
        words=words,
        coming=_next_of(rows),
        offers=sorted(
            (row for row in rows if row.status is S.OFFERED), key=lambda row: row.offer_ends_at or row.starts_at
        ),
        calls=calls_of(calls),
        calls_total=total,
        tours=tours,
        chosen=set(form.mensen.data or ()),
        languages=LANGUAGE_WORDS,
    )


def _next_of(rows: list[CoachRegistrationRow]) -> dict[int, CoachRegistrationRow]:
    """The first tour of each person, whether there is a place yet or not."""
    found: dict[int, CoachRegistrationRow] = {}
    for row in rows:
        if row.status.is_active:
            found.setdefault(row.participant_id, row)
    return found


def _tour_line(tour: PublicTour) -> str:
    free = tour.free_places
    places = ngettext("nog %(num)d plek", "nog %(num)d plekken", free) if free else _("vol, met wachtlijst")
    return f"{format_short_day(tour.starts_at)}, {format_clock(tour.be_there_at)}: {tour.employer} ({places})"


def _registration(registration_id: int) -> desk_queries.DeskRegistration:
    with reading() as session:
        return desk_queries.registration_of(session, current_actor(), registration_id)


def _ids(name: str) -> list[int]:
    return request.args.getlist(name, type=int)[:200]
