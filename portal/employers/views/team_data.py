"""Pages of the team to change a company: its data, the note, its places."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.queries import team_members
from portal.employers.companies import (
    add_location,
    confirm_numbers,
    edit_employer,
    edit_location,
    note_employer,
)
from portal.employers.forms import COMPANY_FIELDS, PLACE_FIELDS, CompanyForm, LocationForm, NoteForm, sector_choices
from portal.employers.models import Employer, Location, Sector
from portal.employers.queries import sectors
from portal.employers.team_queries import employer_to_edit, location_of
from portal.employers.views.employer import location_form
from portal.employers.views.team import bp
from portal.kernel.errors import DomainError, NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.forms import add_domain_error
from portal.web.templating import render
from portal.web.transactions import reading, work


@bp.get("/werkgevers/<int:employer_id>/gegevens")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def employer_data(employer_id: int) -> ResponseReturnValue:
    """The form with the company's data."""
    employer, sector = _found(employer_id)
    data = {
        "bedrijfsnaam": employer.name,
        "kvk": employer.kvk_number,
        "branche": sector.key,
        "website": employer.website,
        "versie": employer.details_version,
    }
    return _data_page(employer, sector, CompanyForm(data=data))


@bp.post("/werkgevers/<int:employer_id>/gegevens")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def save_employer_data(employer_id: int) -> ResponseReturnValue:
    """Save the company's data."""
    employer, sector = _found(employer_id)
    form = _with_sectors(CompanyForm(), sector.id)
    if not form.sent:
        return _data_page(employer, sector, form), 422
    try:
        with work() as uow:
            edit_employer(uow, employer_id=employer_id, version=int(form.versie.data or 0), company=form.company())
    except DomainError as refusal:
        add_domain_error(form, refusal, COMPANY_FIELDS)
        return _data_page(employer, sector, form), 422
    flash(_("De gegevens zijn opgeslagen."), "good")
    return redirect(url_for(".employer", employer_id=employer_id), 303)


@bp.get("/werkgevers/<int:employer_id>/notitie")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def note(employer_id: int) -> ResponseReturnValue:
    """The form for the note and the contact of the team."""
    employer, _sector = _found(employer_id)
    data = {"contact": str(employer.team_contact_id or ""), "notitie": employer.team_note or ""}
    return _note_page(employer, NoteForm(data=data))


@bp.post("/werkgevers/<int:employer_id>/notitie")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def save_note(employer_id: int) -> ResponseReturnValue:
    """Save the note and the contact of the team."""
    employer, _sector = _found(employer_id)
    form = _with_colleagues(NoteForm())
    if not form.sent:
        return _note_page(employer, form), 422
    with work() as uow:
        contact_id = int(form.contact.data) if form.contact.data else None
        note_employer(uow, employer_id=employer_id, contact_id=contact_id, note=form.notitie.data or "")
    flash(_("De notitie is opgeslagen."), "good")
    return redirect(url_for(".employer", employer_id=employer_id), 303)


@bp.post("/werkgevers/<int:employer_id>/nummers")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def numbers_are_right(employer_id: int) -> ResponseReturnValue:
    """The numbers were compared with the register."""
    with work() as uow:
        confirm_numbers(uow, employer_id=employer_id)
    flash(_("Genoteerd: de nummers kloppen."), "good")
    return redirect(url_for(".employer", employer_id=employer_id), 303)


@bp.get("/werkgevers/<int:employer_id>/vestigingen/nieuw")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def new_location(employer_id: int) -> ResponseReturnValue:
    """The form for one more place."""
    employer, _sector = _found(employer_id)
    return render("employers/team_location.html", form=LocationForm(), employer=employer, place=None)


@bp.post("/werkgevers/<int:employer_id>/vestigingen/nieuw")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def save_new_location(employer_id: int) -> ResponseReturnValue:
    """Add a place."""
    employer, form = _found(employer_id)[0], LocationForm()
    if not form.sent:
        return render("employers/team_location.html", form=form, employer=employer, place=None), 422
    try:
        with work() as uow:
            add_location(uow, employer_id=employer_id, location=form.location())
    except DomainError as refusal:
        add_domain_error(form, refusal, PLACE_FIELDS)
        return render("employers/team_location.html", form=form, employer=employer, place=None), 422
    flash(_("De vestiging staat erbij."), "good")
    return redirect(url_for(".employer", employer_id=employer_id), 303)


@bp.get("/werkgevers/<int:employer_id>/vestigingen/<int:location_id>")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def location(employer_id: int, location_id: int) -> ResponseReturnValue:
    """The form of one place, to add its number for instance."""
    employer, place = _place(employer_id, location_id)
    return render("employers/team_location.html", form=location_form(place), employer=employer, place=place)


@bp.post("/werkgevers/<int:employer_id>/vestigingen/<int:location_id>")
@access(Permission.EMPLOYERS_EMPLOYER_JUDGE)
def save_location(employer_id: int, location_id: int) -> ResponseReturnValue:
    """Save one place."""
    employer, place = _place(employer_id, location_id)
    form = LocationForm()
    if not form.sent:
        return render("employers/team_location.html", form=form, employer=employer, place=place), 422
    try:
        with work() as uow:
            edit_location(uow, location_id=location_id, location=form.location())
    except DomainError as refusal:
        add_domain_error(form, refusal, PLACE_FIELDS)
        return render("employers/team_location.html", form=form, employer=employer, place=place), 422
    flash(_("De vestiging is opgeslagen."), "good")
    return redirect(url_for(".employer", employer_id=employer_id), 303)


def _found(employer_id: int) -> tuple[Employer, Sector]:
    with reading() as db:
        found = employer_to_edit(db, current_actor(), employer_id)
    if found is None:
        raise NotFoundError
    return found


def _place(employer_id: int, location_id: int) -> tuple[Employer, Location]:
    employer, _sector = _found(employer_id)
    with reading() as db:
        place = location_of(db, current_actor(), location_id)
    if place is None or place.employer_id != employer.id:
        raise NotFoundError
    return employer, place


def _with_sectors(form: CompanyForm, sector_id: int) -> CompanyForm:
    with reading() as db:
        form.branche.choices = sector_choices(sectors(db, also=sector_id))
    return form


def _data_page(employer: Employer, sector: Sector, form: CompanyForm) -> str:
    if form.branche.choices is None:
        _with_sectors(form, sector.id)
    return render("employers/team_data.html", form=form, employer=employer)


def _with_colleagues(form: NoteForm) -> NoteForm:
    with reading() as db:
        people = team_members(db)
    form.contact.choices = [("", _("Nog niemand")), *((str(person.id), person.name) for person in people)]
    return form


def _note_page(employer: Employer, form: NoteForm) -> str:
    return render("employers/team_note.html", form=_with_colleagues(form), employer=employer)
