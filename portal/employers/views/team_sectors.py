"""Pages of the team about the list of sectors."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.employers.forms import SectorForm
from portal.employers.models import Sector
from portal.employers.sectors import add_sector, change_sector, switch_sector
from portal.employers.team_queries import sector_by_id, sector_counts
from portal.employers.views.team import bp
from portal.employers.vocabulary import SectorGroup
from portal.kernel.errors import DomainError, NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.forms import add_domain_error
from portal.web.templating import render
from portal.web.transactions import reading, work

FIELDS = {"sector_name_taken": "naam"}


@bp.get("/branches")
@access(Permission.EMPLOYERS_SECTOR_MANAGE)
def sector_list() -> ResponseReturnValue:
    """All sectors under their groups, and the form to add one."""
    return _list_page(SectorForm())


@bp.post("/branches")
@access(Permission.EMPLOYERS_SECTOR_MANAGE)
def new_sector() -> ResponseReturnValue:
    """Add a sector."""
    form = SectorForm()
    if not form.sent:
        return _list_page(form), 422
    try:
        with work() as uow:
            add_sector(uow, name=str(form.naam.data), group=SectorGroup(str(form.groep.data)))
    except DomainError as refusal:
        add_domain_error(form, refusal, FIELDS)
        return _list_page(form), 422
    flash(_("De branche staat erbij."), "good")
    return redirect(url_for(".sector_list"), 303)


@bp.get("/branches/<int:sector_id>")
@access(Permission.EMPLOYERS_SECTOR_MANAGE)
def sector(sector_id: int) -> ResponseReturnValue:
    """The form of one sector."""
    found = _sector(sector_id)
    form = SectorForm(data={"naam": found.name, "groep": found.group.value})
    return render("employers/team_sector.html", form=form, sector=found)


@bp.post("/branches/<int:sector_id>")
@access(Permission.EMPLOYERS_SECTOR_MANAGE)
def save_sector(sector_id: int) -> ResponseReturnValue:
    """Save the name and the group of a sector."""
    found, form = _sector(sector_id), SectorForm()
    if not form.sent:
        return render("employers/team_sector.html", form=form, sector=found), 422
    try:
        with work() as uow:
            change_sector(uow, sector_id=sector_id, name=str(form.naam.data), group=SectorGroup(str(form.groep.data)))
    except DomainError as refusal:
        add_domain_error(form, refusal, FIELDS)
        return render("employers/team_sector.html", form=form, sector=found), 422
    flash(_("De branche is opgeslagen."), "good")
    return redirect(url_for(".sector_list"), 303)


@bp.post("/branches/<int:sector_id>/aan")
@access(Permission.EMPLOYERS_SECTOR_MANAGE)
def switch_on(sector_id: int) -> ResponseReturnValue:
    """Offer a sector in forms again."""
    with work() as uow:
        switch_sector(uow, sector_id=sector_id, active=True)
    flash(_("De branche staat weer in de formulieren."), "good")
    return redirect(url_for(".sector_list"), 303)


@bp.post("/branches/<int:sector_id>/uit")
@access(Permission.EMPLOYERS_SECTOR_MANAGE)
def switch_off(sector_id: int) -> ResponseReturnValue:
    """No longer offer a sector in forms."""
    with work() as uow:
        switch_sector(uow, sector_id=sector_id, active=False)
    flash(_("De branche staat niet meer in de formulieren. Bedrijven die hem hebben, houden hem."), "good")
    return redirect(url_for(".sector_list"), 303)


def _sector(sector_id: int) -> Sector:
    with reading() as db:
        found = sector_by_id(db, sector_id)
    if found is None:
        raise NotFoundError
    return found


def _list_page(form: SectorForm) -> str:
    with reading() as db:
        rows = sector_counts(db)
    return render("employers/team_sectors.html", form=form, rows=rows)
