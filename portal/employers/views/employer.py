"""Pages of a company about itself: how it stands, its own data, its places."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.employers.companies import add_location, edit_employer, edit_location
from portal.employers.company_queries import locations, own_company, own_membership
from portal.employers.forms import COMPANY_FIELDS, PLACE_FIELDS, LocationForm, OwnCompanyForm, sector_choices
from portal.employers.models import Location
from portal.employers.queries import sectors
from portal.employers.rules import answer_due, next_step
from portal.employers.team_queries import employer_to_edit, location_of
from portal.kernel.errors import DomainError, NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.forms import add_domain_error
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("employers_employer", __name__, url_prefix="/mijn-bedrijf")


def own_id() -> int:
    """The company that this request is for; whoever has none finds nothing."""
    employer_id = current_actor().employer_id
    if employer_id is None:
        raise NotFoundError
    return employer_id


@bp.get("/")
@access(Permission.EMPLOYERS_OWN_SEE)
def home() -> ResponseReturnValue:
    """How the company stands, and the one next step."""
    actor = current_actor()
    with reading() as db:
        if actor.employer_id is None:
            return render("employers/own_waiting.html", own=own_membership(db, actor.user_id))
        own = own_company(db, actor)
        places = locations(db, actor.employer_id)
    if own is None:
        raise NotFoundError
    employer = own.employer
    return render(
        "employers/own_home.html",
        own=own,
        places=[place for place in places if place.accepted],
        step=next_step(employer.status, own.vacancy_states).value,
        due=answer_due(employer.submitted_at or employer.created_at),
    )


@bp.get("/gegevens")
@access(Permission.EMPLOYERS_OWN_EDIT)
def own_data() -> ResponseReturnValue:
    """The form with the company's own data."""
    return _data_page(_company_form(fill=True))


@bp.post("/gegevens")
@access(Permission.EMPLOYERS_OWN_EDIT)
def save_own_data() -> ResponseReturnValue:
    """Save the company's own data."""
    form = _company_form()
    if not form.sent:
        return _data_page(form), 422
    try:
        with work() as uow:
            edit_employer(uow, employer_id=own_id(), version=int(form.versie.data or 0), company=form.company())
    except DomainError as refusal:
        add_domain_error(form, refusal, COMPANY_FIELDS)
        return _data_page(form), 422
    flash(_("Uw gegevens zijn opgeslagen."), "good")
    return redirect(url_for(".home"), 303)


@bp.get("/vestigingen/nieuw")
@access(Permission.EMPLOYERS_OWN_EDIT)
def new_location() -> ResponseReturnValue:
    """The form for one more place."""
    return _location_page(LocationForm(), None)


@bp.post("/vestigingen/nieuw")
@access(Permission.EMPLOYERS_OWN_EDIT)
def save_new_location() -> ResponseReturnValue:
    """Add a place."""
    form = LocationForm()
    if not form.sent:
        return _location_page(form, None), 422
    try:
        with work() as uow:
            add_location(uow, employer_id=own_id(), location=form.location())
    except DomainError as refusal:
        add_domain_error(form, refusal, PLACE_FIELDS)
        return _location_page(form, None), 422
    flash(_("De vestiging staat erbij."), "good")
    return redirect(url_for(".home"), 303)


@bp.get("/vestigingen/<int:location_id>")
@access(Permission.EMPLOYERS_OWN_EDIT)
def location(location_id: int) -> ResponseReturnValue:
    """The form of one place."""
    place = _own_location(location_id)
    return _location_page(location_form(place), place)


@bp.post("/vestigingen/<int:location_id>")
@access(Permission.EMPLOYERS_OWN_EDIT)
def save_location(location_id: int) -> ResponseReturnValue:
    """Save one place."""
    place, form = _own_location(location_id), LocationForm()
    if not form.sent:
        return _location_page(form, place), 422
    try:
        with work() as uow:
            edit_location(uow, location_id=place.id, location=form.location())
    except DomainError as refusal:
        add_domain_error(form, refusal, PLACE_FIELDS)
        return _location_page(form, place), 422
    flash(_("De vestiging is opgeslagen."), "good")
    return redirect(url_for(".home"), 303)


def location_form(place: Location) -> LocationForm:
    """The form filled with a place."""
    data = {
        "vestiging": place.establishment_number,
        "straat": place.street,
        "postcode": place.postcode,
        "plaats": place.city,
    }
    return LocationForm(data=data)


def _own_location(location_id: int) -> Location:
    """A place of this company, also for a team member who acts for it by phone."""
    with reading() as db:
        place = location_of(db, current_actor(), location_id)
    if place is None or place.employer_id != own_id() or not place.accepted:
        raise NotFoundError
    return place


def _location_page(form: LocationForm, place: Location | None) -> str:
    own_id()
    return render("employers/own_location.html", form=form, place=place)


def _company_form(*, fill: bool = False) -> OwnCompanyForm:
    with reading() as db:
        found = employer_to_edit(db, current_actor(), own_id())
        if found is None:
            raise NotFoundError
        employer, sector = found
        rows = sectors(db, also=sector.id)
    data = {
        "bedrijfsnaam": employer.name,
        "branche": sector.key,
        "website": employer.website,
        "versie": employer.details_version,
    }
    form = OwnCompanyForm(data=data) if fill else OwnCompanyForm()
    form.branche.choices = sector_choices(rows)
    return form


def _data_page(form: OwnCompanyForm) -> str:
    return render("employers/own_data.html", form=form)
