"""A coach adds somebody of the own people and corrects what is known."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.kernel.errors import DomainError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.participants import people_edit, queries
from portal.participants.models import Participant
from portal.participants.staff_forms import OwnPersonForm, held
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.errors import status_of
from portal.web.forms import add_domain_error
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("participants_coach", __name__, url_prefix="/mijn-mensen")
FIELDS = {"first_name_missing": "voornaam"}


@bp.get("/nieuw")
@access(Permission.PARTICIPANTS_OWN_SEE)
def new_person() -> str:
    """A form for somebody new."""
    return render("participants/coach_person.html", form=OwnPersonForm(), person=None)


@bp.post("/nieuw")
@access(Permission.PARTICIPANTS_OWN_SEE)
def add() -> ResponseReturnValue:
    """Add somebody to the own people."""
    form = OwnPersonForm()
    if not form.sent:
        return render("participants/coach_person.html", form=form, person=None), 422
    details = form.to_details(current_actor().name)
    try:
        with work() as uow:
            people_edit.add_own_person(uow, details=details)
    except DomainError as refusal:
        add_domain_error(form, refusal, FIELDS)
        return render("participants/coach_person.html", form=form, person=None), status_of(refusal)
    flash(_("%(name)s staat bij uw mensen. Kies nu een rondleiding.", name=details.first_name), "good")
    return redirect(url_for("events_coach.people"), 303)


@bp.get("/<int:participant_id>/wijzigen")
@access(Permission.PARTICIPANTS_OWN_SEE)
def edit_form(participant_id: int) -> str:
    """The form with what is known now."""
    person = _person(participant_id)
    return render("participants/coach_person.html", form=OwnPersonForm(data=held(person)), person=person)


@bp.post("/<int:participant_id>/wijzigen")
@access(Permission.PARTICIPANTS_OWN_SEE)
def edit(participant_id: int) -> ResponseReturnValue:
    """Save it, unless a colleague was earlier."""
    person, form = _person(participant_id), OwnPersonForm()
    if not form.sent:
        return render("participants/coach_person.html", form=form, person=person), 422
    version, details = form.versie.data or 0, form.to_details()
    try:
        with work() as uow:
            people_edit.change_person(uow, participant_id=participant_id, details_version=version, details=details)
    except DomainError as refusal:
        form.versie.data = person.details_version
        add_domain_error(form, refusal, FIELDS)
        return render("participants/coach_person.html", form=form, person=person), status_of(refusal)
    flash(_("De gegevens zijn opgeslagen."), "good")
    return redirect(url_for("events_coach.person", participant_id=participant_id), 303)


def _person(participant_id: int) -> Participant:
    with reading() as session:
        return queries.participant(session, current_actor(), participant_id)
