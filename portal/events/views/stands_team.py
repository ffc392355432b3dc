"""The team puts stands on the floor, books and frees them for employers, and prints the cards for the tables."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.employers.queries import approved_employers
from portal.events import fair_queries, job_fairs, stand_queries
from portal.events.fair_forms import STAND_FIELDS, STANDS_FIELDS, ReasonForm, StandForm, StandsForm
from portal.events.fair_queries import FairPage
from portal.events.models import Stand
from portal.events.stand_cards import stand_cards
from portal.events.stand_forms import BOOKING_FIELDS, TeamBookingForm
from portal.events.stand_queries import TeamStandRow
from portal.events.stands import book_stand, release_stand
from portal.events.views.fair_plan import plan_of
from portal.kernel.errors import DomainError, NotFoundError
from portal.kernel.i18n import SOURCE, ngettext
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.errors import sentence, status_of
from portal.web.forms import add_domain_error, add_error
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("stands_team", __name__, url_prefix="/team/werkmarkten/<int:fair_id>")


@bp.get("/stands")
@access(Permission.EVENTS_FAIR_MANAGE)
def add_form(fair_id: int) -> str:
    """Many stands at once, and what there is already."""
    return _stands_page(fair_id, StandsForm())


@bp.post("/stands")
@access(Permission.EVENTS_FAIR_MANAGE)
def add(fair_id: int) -> ResponseReturnValue:
    """Put the stands on the floor, all or none."""
    form = StandsForm()
    if not form.sent:
        return _stands_page(fair_id, form), 422
    try:
        with work() as uow:
            number = job_fairs.add_stands(uow, fair_id=fair_id, places=form.places)
    except DomainError as refusal:
        if isinstance(refusal, NotFoundError):
            raise
        add_domain_error(form, refusal, STANDS_FIELDS)
        return _stands_page(fair_id, form), status_of(refusal)
    flash(ngettext("%(num)s stand staat op de plattegrond.", "%(num)s stands staan op de plattegrond.", number), "good")
    return redirect(url_for("fairs_team.fair", fair_id=fair_id), 303)


@bp.get("/stands/<int:number>")
@access(Permission.EVENTS_FAIR_MANAGE)
def edit_form(fair_id: int, number: int) -> str:
    """One stand to move or change."""
    page, stand = _stand(fair_id, number)
    return _stand_page(page, stand, StandForm.of(stand))


@bp.post("/stands/<int:number>")
@access(Permission.EVENTS_FAIR_MANAGE)
def edit(fair_id: int, number: int) -> ResponseReturnValue:
    """Save the stand."""
    page, stand = _stand(fair_id, number)
    form = StandForm()
    if not form.sent:
        return _stand_page(page, stand, form), 422
    try:
        with work() as uow:
            job_fairs.edit_stand(uow, stand_id=stand.id, place=form.place)
    except DomainError as refusal:
        add_domain_error(form, refusal, STAND_FIELDS)
        return _stand_page(page, stand, form), status_of(refusal)
    flash(_("Stand %(number)s is opgeslagen.", number=form.place.number), "good")
    return redirect(url_for("fairs_team.fair", fair_id=fair_id), 303)


@bp.post("/stands/<int:number>/verwijderen")
@access(Permission.EVENTS_FAIR_MANAGE)
def remove(fair_id: int, number: int) -> ResponseReturnValue:
    """Take a free stand off the floor."""
    _page, stand = _stand(fair_id, number)
    with work() as uow:
        job_fairs.remove_stand(uow, stand_id=stand.id)
    flash(_("Stand %(number)s is weg.", number=number), "good")
    return redirect(url_for("fairs_team.fair", fair_id=fair_id), 303)


@bp.get("/boeken")
@access(Permission.EVENTS_FAIR_MANAGE)
def book_form(fair_id: int) -> str:
    """A stand for an employer that the team names."""
    asked = {"stand": request.args.get("stand", ""), "werkgever": request.args.get("werkgever", "")}
    return _booking_page(fair_id, TeamBookingForm(data=asked))


@bp.post("/boeken")
@access(Permission.EVENTS_FAIR_MANAGE)
def book(fair_id: int) -> ResponseReturnValue:
    """Book it; nothing that was chosen is lost when it cannot be."""
    form, page = TeamBookingForm(), _page(fair_id)
    form.offer(page.free, [])
    if not form.sent:
        return _booking_page(fair_id, form), 422
    try:
        with work() as uow:
            wish = form.to_wish(page.stands)
            result = book_stand(uow, fair_id=fair_id, wish=wish, employer_id=form.employer_id)
    except DomainError as refusal:
        _tell_team(form, refusal)
        return _booking_page(fair_id, form), status_of(refusal)
    flash(_("Stand %(number)s is geboekt.", number=result.number), "good")
    return redirect(url_for("fairs_team.fair", fair_id=fair_id), 303)


@bp.get("/boekingen/<int:booking_id>/vrijgeven")
@access(Permission.EVENTS_FAIR_MANAGE)
def release_form(fair_id: int, booking_id: int) -> str:
    """Ask why, and whether it is really to be freed."""
    return _release_page(fair_id, booking_id, ReasonForm())


@bp.post("/boekingen/<int:booking_id>/vrijgeven")
@access(Permission.EVENTS_FAIR_MANAGE)
def release(fair_id: int, booking_id: int) -> ResponseReturnValue:
    """Free the stand; the employer hears why."""
    form = ReasonForm()
    if not form.sent:
        return _release_page(fair_id, booking_id, form), 422
    with work() as uow:
        release_stand(uow, booking_id=booking_id, reason=str(form.reden.data))
    flash(_("De stand is vrij. Het bedrijf krijgt bericht."), "good")
    return redirect(url_for("fairs_team.fair", fair_id=fair_id), 303)


@bp.get("/standkaarten")
@access(Permission.EVENTS_FAIR_MANAGE, languages=(SOURCE,))
def cards(fair_id: int) -> str:
    """The cards for the tables, one A4 each; `?stand=7` for one. Always in Dutch: the visitors read them."""
    number = request.args.get("stand", "")
    with reading() as db:
        fair = fair_queries.team_fair(db, current_actor(), fair_id)
        found = stand_cards(db, fair_id)
    shown = [card for card in found if not number or str(card.number) == number]
    return render("events/stand_cards.html", fair=fair, cards=shown, total=len(found), number=number)


def _page(fair_id: int) -> FairPage[TeamStandRow]:
    with reading() as db:
        return fair_queries.team_fair_page(db, current_actor(), fair_id)


def _stands_page(fair_id: int, form: StandsForm) -> str:
    page = _page(fair_id)
    return render("events/fair_team_stands.html", form=form, found=page, fair=page.fair, plan=plan_of(page.stands))


def _stand(fair_id: int, number: int) -> tuple[FairPage[TeamStandRow], Stand]:
    with reading() as db:
        page = fair_queries.team_fair_page(db, current_actor(), fair_id)
        stand = stand_queries.stand_by_number(db, fair_id, number)
    return page, stand


def _stand_page(page: FairPage[TeamStandRow], stand: Stand, form: StandForm) -> str:
    row = next(row for row in page.stands if row.id == stand.id)
    plan = plan_of(page.stands, mine=stand.number)
    return render("events/fair_team_stand.html", form=form, found=page, fair=page.fair, stand=row, plan=plan)


def _booking_page(fair_id: int, form: TeamBookingForm) -> str:
    with reading() as db:
        page = fair_queries.team_fair_page(db, current_actor(), fair_id)
        form.offer(page.free, approved_employers(db))
    return render("events/fair_team_book.html", form=form, found=page, fair=page.fair, plan=plan_of(page.stands))


def _release_page(fair_id: int, booking_id: int, form: ReasonForm) -> str:
    page = _page(fair_id)
    stand = next((row for row in page.stands if row.booking_id == booking_id), None)
    if stand is None:
        raise NotFoundError
    return render("events/fair_team_release.html", form=form, fair=page.fair, stand=stand)


def _tell_team(form: TeamBookingForm, refusal: DomainError) -> None:
    """The same refusal in the team's words."""
    if refusal.code == "sector_full":
        text = _("Er is al een bedrijf uit deze branche. Mag er een bij? Verhoog het aantal eerst bij Wijzigen.")
        add_error(form.werkgever, text)
    elif refusal.code == "stand_already_yours":
        add_error(form.werkgever, _("Dit bedrijf heeft al stand %(number)s.", number=refusal.facts["number"]))
    elif refusal.code == "stand_employer_not_approved":
        add_error(form.werkgever, sentence(refusal))
    else:
        add_domain_error(form, refusal, BOOKING_FIELDS)
