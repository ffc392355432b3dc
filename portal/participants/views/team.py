"""The team's list of participants, adding somebody, and correcting what is known."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.kernel.errors import DomainError
from portal.kernel.i18n import gettext as _
from portal.kernel.levels import LanguageLevel
from portal.kernel.permissions import Permission
from portal.participants import people_edit, staff_queries
from portal.participants.models import Participant
from portal.participants.staff_forms import WISHES, PersonForm, held
from portal.participants.staff_queries import PeopleFilter
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.errors import status_of
from portal.web.forms import add_domain_error
from portal.web.paging import Page, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("participants_team", __name__, url_prefix="/team/deelnemers")
FIELDS = {"first_name_missing": "voornaam"}


@bp.get("")
@access(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
def people() -> str:
    """Everybody, found by name, phone, mail address or reference."""
    given = request.args
    wanted = PeopleFilter(
        words=given.get("zoek", ""),
        level=given.get("niveau", ""),
        coach=given.get("coach", ""),
        wish=given.get("wens", ""),
    )
    number = page_number()
    with reading() as session:
        rows, total = staff_queries.people_list(session, current_actor(), wanted, number=number)
        coaches = staff_queries.coach_names(session)
    return render(
        "participants/team_people.html",
        people=Page(rows, total, number, staff_queries.PAGE_SIZE),
        wanted=wanted,
        coaches=coaches,
        levels=[*LanguageLevel.choices(), (staff_queries.UNKNOWN, _("Nog niet bekend"))],
        wishes=WISHES,
    )


@bp.get("/nieuw")
@access(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
def new_person() -> str:
    """A form for somebody new."""
    return _new_page(PersonForm())


@bp.post("/nieuw")
@access(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
def add() -> ResponseReturnValue:
    """Add somebody, after asking about who looks the same."""
    form = PersonForm()
    if not form.sent:
        return _new_page(form), 422
    details = form.to_details()
    with reading() as session:
        similar = staff_queries.similar_people(session, details)
    if similar and not form.anders.data:
        return _new_page(form, similar), 422
    try:
        with work() as uow:
            person_id = people_edit.add_person(uow, details=details, wishes=form.wensen.data or ())
    except DomainError as refusal:
        add_domain_error(form, refusal, FIELDS)
        return _new_page(form), status_of(refusal)
    flash(_("%(name)s staat in de lijst.", name=details.first_name), "good")
    return redirect(url_for("events_people_team.person", participant_id=person_id), 303)


@bp.get("/<int:participant_id>/wijzigen")
@access(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
def edit_form(participant_id: int) -> str:
    """The form with what is known now."""
    person = _person(participant_id)
    return _edit_page(PersonForm(data=held(person) | {"wensen": [wish.subject for wish in person.wishes]}), person)


@bp.post("/<int:participant_id>/wijzigen")
@access(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
def edit(participant_id: int) -> ResponseReturnValue:
    """Save it, unless a colleague was earlier."""
    person, form = _person(participant_id), PersonForm()
    if not form.sent:
        return _edit_page(form, person), 422
    version, details, wishes = form.versie.data or 0, form.to_details(), form.wensen.data or ()
    try:
        with work() as uow:
            people_edit.change_person(
                uow, participant_id=participant_id, details_version=version, details=details, wishes=wishes
            )
    except DomainError as refusal:
        form.versie.data = person.details_version
        add_domain_error(form, refusal, FIELDS)
        return _edit_page(form, person), status_of(refusal)
    flash(_("De gegevens zijn opgeslagen."), "good")
    return redirect(url_for("events_people_team.person", participant_id=participant_id), 303)


def _person(participant_id: int) -> Participant:
    with reading() as session:
        return staff_queries.person_page(session, current_actor(), participant_id)


def _new_page(form: PersonForm, similar: list[Participant] | None = None) -> str:
    return render("participants/team_person_new.html", form=form, similar=similar or ())


def _edit_page(form: PersonForm, person: Participant) -> str:
    return render("participants/team_person_edit.html", form=form, person=person)
