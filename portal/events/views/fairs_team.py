"""The team plans fairs, opens and closes booking, changes and cancels them."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.employers.queries import sectors
from portal.events import fair_queries, job_fairs
from portal.events.fair_forms import FAIR_FIELDS, FairForm, ReasonForm
from portal.events.fair_rules import FAIR_LIFE
from portal.events.models import JobFair
from portal.events.stand_queries import calls_to_make
from portal.events.views.desk import now
from portal.events.views.fair_plan import plan_of
from portal.events.vocabulary import FairStatus, Visibility
from portal.kernel.errors import ConflictError, DomainError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import current_actor, portal
from portal.web.errors import sentence, status_of
from portal.web.forms import add_domain_error
from portal.web.paging import Page, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("fairs_team", __name__, url_prefix="/team/werkmarkten")


@bp.get("")
@access(Permission.EVENTS_FAIR_MANAGE)
def fair_list() -> str:
    """All fairs, the last one first."""
    number = page_number()
    with reading() as db:
        rows, total = fair_queries.team_fairs(db, current_actor(), number=number)
    return render("events/fair_team_list.html", fairs=Page(rows, total, number), now=now())


@bp.get("/nieuw")
@access(Permission.EVENTS_FAIR_MANAGE)
def plan_form() -> str:
    """A form for a new fair."""
    return render("events/fair_team_new.html", form=FairForm(_sectors(), data={"breedte": "40", "diepte": "25"}))


@bp.post("/nieuw")
@access(Permission.EVENTS_FAIR_MANAGE)
def plan() -> ResponseReturnValue:
    """Make the fair; employers do not see it yet."""
    form = FairForm(_sectors())
    if not form.sent:
        return render("events/fair_team_new.html", form=form), 422
    try:
        with work() as uow:
            fair_id = job_fairs.plan_fair(uow, fair=form.to_input())
    except DomainError as refusal:
        add_domain_error(form, refusal, FAIR_FIELDS)
        return render("events/fair_team_new.html", form=form), status_of(refusal)
    flash(_("De werkmarkt staat klaar als concept. Zet nu de stands op de plattegrond."), "good")
    return redirect(url_for("stands_team.add_form", fair_id=fair_id), 303)


@bp.get("/<int:fair_id>")
@access(Permission.EVENTS_FAIR_MANAGE)
def fair(fair_id: int) -> str:
    """Everything about one fair, and what can be done with it."""
    actor = current_actor()
    with reading() as db:
        page = fair_queries.team_fair_page(db, actor, fair_id)
        calls = calls_to_make(db, fair_id) if page.fair.status is FairStatus.CANCELLED else []
    hidden = page.fair.visibility is not Visibility.PUBLIC
    code = page.fair.access_code if hidden else None
    return render(
        "events/fair_team_page.html",
        found=page,
        fair=page.fair,
        plan=plan_of(page.stands),
        calls=calls,
        moves=[] if page.fair.ends_at <= now() else FAIR_LIFE.moves_for(page.fair.status, actor),
        is_past=page.fair.ends_at <= now(),
        public_url=portal().links.url(url_for("fairs.fair", fair_id=fair_id, code=code)),
    )


@bp.get("/<int:fair_id>/wijzigen")
@access(Permission.EVENTS_FAIR_MANAGE)
def edit_form(fair_id: int) -> str:
    """The fair to change."""
    with reading() as db:
        found = fair_queries.team_fair(db, current_actor(), fair_id)
        names = _names(db)
    return render("events/fair_team_edit.html", form=FairForm.of(found, names), fair=found)


@bp.post("/<int:fair_id>/wijzigen")
@access(Permission.EVENTS_FAIR_MANAGE)
def edit(fair_id: int) -> ResponseReturnValue:
    """Save the fair, unless somebody else was earlier; who has a stand hears of another time or place."""
    found, form = _fair(fair_id), FairForm(_sectors())
    if not form.sent:
        return render("events/fair_team_edit.html", form=form, fair=found), 422
    try:
        with work() as uow:
            job_fairs.edit_fair(uow, fair_id=fair_id, details_version=form.version, fair=form.to_input())
    except DomainError as refusal:
        form.versie.data = str(found.details_version)
        add_domain_error(form, refusal, FAIR_FIELDS)
        return render("events/fair_team_edit.html", form=form, fair=found), status_of(refusal)
    flash(_("De werkmarkt is opgeslagen."), "good")
    return redirect(url_for(".fair", fair_id=fair_id), 303)


@bp.post("/<int:fair_id>/openen")
@access(Permission.EVENTS_FAIR_MANAGE)
def open_fair(fair_id: int) -> ResponseReturnValue:
    """Let employers book."""
    try:
        with work() as uow:
            job_fairs.open_fair(uow, fair_id=fair_id)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
    else:
        flash(_("Bedrijven kunnen nu een stand boeken. De werkmarkt staat ook online."), "good")
    return redirect(url_for(".fair", fair_id=fair_id), 303)


@bp.post("/<int:fair_id>/sluiten")
@access(Permission.EVENTS_FAIR_MANAGE)
def close_fair(fair_id: int) -> ResponseReturnValue:
    """No more booking by employers themselves."""
    with work() as uow:
        job_fairs.close_fair(uow, fair_id=fair_id)
    flash(_("Bedrijven kunnen zelf geen stand meer boeken. U kunt dat nog wel."), "good")
    return redirect(url_for(".fair", fair_id=fair_id), 303)


@bp.get("/<int:fair_id>/afzeggen")
@access(Permission.EVENTS_FAIR_MANAGE)
def cancel_form(fair_id: int) -> str:
    """Ask why, and whether it is really to be cancelled."""
    with reading() as db:
        found = fair_queries.team_fair_page(db, current_actor(), fair_id)
    return render("events/fair_team_cancel.html", form=ReasonForm(), found=found, fair=found.fair)


@bp.post("/<int:fair_id>/afzeggen")
@access(Permission.EVENTS_FAIR_MANAGE)
def cancel(fair_id: int) -> ResponseReturnValue:
    """Cancel the fair; everybody with a stand hears it."""
    form = ReasonForm()
    if not form.sent:
        with reading() as db:
            found = fair_queries.team_fair_page(db, current_actor(), fair_id)
        return render("events/fair_team_cancel.html", form=form, found=found, fair=found.fair), 422
    with work() as uow:
        job_fairs.cancel_fair(uow, fair_id=fair_id, reason=str(form.reden.data))
    flash(_("De werkmarkt is afgezegd. Bedrijven met een stand krijgen bericht."), "good")
    return redirect(url_for(".fair", fair_id=fair_id), 303)


def _fair(fair_id: int) -> JobFair:
    with reading() as db:
        return fair_queries.team_fair(db, current_actor(), fair_id)


def _sectors() -> dict[str, str]:
    with reading() as db:
        return _names(db)


def _names(db: Session) -> dict[str, str]:
    """The name of each sector, for the exceptions."""
    return {sector.key: sector.name for sector in sectors(db)}
