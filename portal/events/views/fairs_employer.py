"""An employer sees the fairs, picks a stand, says what it needs, and gives the stand back."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.events import fair_calendar, fair_queries
from portal.events.fair_queries import EmployerFairPage
from portal.events.fair_rules import is_open, may_release
from portal.events.stand_forms import BOOKING_FIELDS, BookingForm, by_number, stand_words
from portal.events.stands import book_stand, release_stand
from portal.events.views.desk import now
from portal.events.views.fair_plan import plan_of
from portal.events.views.fairs_public import calendar_response
from portal.kernel.errors import ConflictError, InvalidError, NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import current_actor, portal
from portal.web.errors import sentence
from portal.web.forms import add_domain_error
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("fairs_employer", __name__, url_prefix="/mijn-bedrijf/werkmarkten")
ELSEWHERE = frozenset({"sector_full", "fair_closed", "stand_already_yours", "stand_employer_not_approved"})
"""Refusals for which choosing another stand is no help: they are told on the page of the fair."""


@bp.get("")
@access(Permission.EVENTS_STAND_BOOK)
def fair_list() -> str:
    """The fairs to come, and the own stand on each."""
    with reading() as db:
        fairs = fair_queries.employer_fairs(db, current_actor(), now())
    return render("events/fair_employer_list.html", fairs=fairs)


@bp.get("/<int:fair_id>")
@access(Permission.EVENTS_STAND_BOOK)
def fair(fair_id: int) -> str:
    """One fair: the own stand, or the way to one, and who stands where."""
    page, moment = _page(fair_id), now()
    may_book = _may_book(page)
    plan = _hall(page)["plan"] if may_book else plan_of(page.stands, mine=page.own_number)
    return render(
        "events/fair_employer_page.html",
        found=page,
        fair=page.fair,
        plan=plan,
        may_book=may_book,
        may_release=page.own is not None and may_release(page.fair.status, page.fair.starts_at, moment),
        is_past=page.fair.ends_at <= moment,
    )


@bp.get("/<int:fair_id>/stand")
@access(Permission.EVENTS_STAND_BOOK)
def choose(fair_id: int) -> ResponseReturnValue:
    """First the stand, then what the employer needs there."""
    page = _page(fair_id)
    if not _may_book(page):
        return redirect(url_for(".fair", fair_id=fair_id), 303)
    number = request.args.get("stand")
    if by_number(page.free, number):
        return _book_page(page, BookingForm(data={"stand": number}), choosing=False)
    form = BookingForm()
    form.offer(page.free)
    if number is not None or "verder" in request.args:
        form.stand.errors = [_("Kies een stand die vrij is.") if number else _("Kies een stand")]
    return render("events/fair_stand_choose.html", found=page, fair=page.fair, form=form, **_hall(page))


@bp.post("/<int:fair_id>/stand")
@access(Permission.EVENTS_STAND_BOOK)
def book(fair_id: int) -> ResponseReturnValue:
    """Take the stand. Somebody else was earlier: choose another, and nothing that was typed is lost."""
    form, page = BookingForm(), _page(fair_id)
    form.offer(page.free)
    wish = form.to_wish(page.stands)
    if not form.sent or wish is None:
        return _book_page(page, form, choosing=wish is None), 422
    try:
        with work() as uow:
            result = book_stand(uow, fair_id=fair_id, wish=wish)
    except (ConflictError, InvalidError) as refusal:
        if refusal.code in ELSEWHERE:
            flash(sentence(refusal), "few")
            return redirect(url_for(".fair", fair_id=fair_id), 303)
        page = _page(fair_id)
        form.offer(page.free)
        add_domain_error(form, refusal, BOOKING_FIELDS)
        return _book_page(page, form, choosing=True), 422
    flash(_("Stand %(number)s is van u. De bevestiging komt per mail.", number=result.number), "good")
    return redirect(url_for(".fair", fair_id=fair_id), 303)


@bp.get("/<int:fair_id>/mijn-stand.ics")
@access(Permission.EVENTS_STAND_BOOK)
def own_calendar(fair_id: int) -> ResponseReturnValue:
    """The own stand as a calendar file: the same entry as the invitation."""
    page = _page(fair_id)
    if page.own is None or page.own_number is None:
        raise NotFoundError
    stand = fair_calendar.own_stand(page.fair, page.own, page.own_number)
    return calendar_response(fair_calendar.stand_file(stand, portal().settings), "mijn-stand.ics")


@bp.get("/<int:fair_id>/stand/teruggeven")
@access(Permission.EVENTS_STAND_BOOK)
def ask_release(fair_id: int) -> ResponseReturnValue:
    """Ask whether it is really to be given back."""
    page = _page(fair_id)
    if page.own is None or not may_release(page.fair.status, page.fair.starts_at, now()):
        return redirect(url_for(".fair", fair_id=fair_id), 303)
    return render("events/fair_stand_release.html", found=page, fair=page.fair)


@bp.post("/<int:fair_id>/stand/teruggeven")
@access(Permission.EVENTS_STAND_BOOK)
def release(fair_id: int) -> ResponseReturnValue:
    """Give the stand back."""
    page = _page(fair_id)
    if page.own is not None:
        with work() as uow:
            release_stand(uow, booking_id=page.own.id)
        flash(
            _("Stand %(number)s is teruggegeven. Dank u: nu kan een ander bedrijf komen.", number=page.own_number),
            "good",
        )
    return redirect(url_for(".fair", fair_id=fair_id), 303)


def _page(fair_id: int) -> EmployerFairPage:
    with reading() as db:
        return fair_queries.employer_fair(db, current_actor(), fair_id)


def _may_book(page: EmployerFairPage) -> bool:
    """Whether choosing a stand makes sense; during a call the team may also book after booking was closed."""
    fair, moment = page.fair, now()
    open_now = is_open(fair.status, fair.starts_at, moment) or (
        current_actor().by_phone and may_release(fair.status, fair.starts_at, moment)
    )
    return open_now and page.own is None and not page.sector_full and bool(page.free)


def _book_page(page: EmployerFairPage, form: BookingForm, *, choosing: bool) -> str:
    """What the employer needs; with the stands once more when the chosen one cannot be had."""
    chosen = None if choosing else by_number(page.stands, form.stand.data)
    return render(
        "events/fair_stand_book.html",
        found=page,
        fair=page.fair,
        form=form,
        chosen=chosen,
        chosen_words=stand_words(chosen) if chosen else "",
        **_hall(page, chosen.number if chosen else None, here=choosing),
    )


def _hall(page: EmployerFairPage, mine: int | None = None, *, here: bool = False) -> dict[str, object]:
    """The plan and the hints of the list. A tap on the plan opens the stand, or, `here`, goes to it in the list."""
    order = {stand.number: place for place, stand in enumerate(page.free)}

    def url(number: int) -> str:
        if here:
            return f"#stand-{order[number]}" if order[number] else "#stand"
        return url_for("fairs_employer.choose", fair_id=page.fair.id, stand=number)

    return {
        "plan": plan_of(page.stands, mine=mine, url=lambda stand: url(stand.number)),
        "hints": {str(stand.number): stand_words(stand) for stand in page.free},
    }
