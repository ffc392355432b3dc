"""The public pages of tours: the agenda, one tour, registering, and somebody's own place behind a secret link."""

from datetime import datetime
from typing import Protocol

import segno
from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.http import quote_etag

from portal.events import calendar, queries
from portal.events.forms import LostLinkForm, RegistrationForm
from portal.events.notifications import LINK_PURPOSE
from portal.events.offers import accept_offer, decline_offer
from portal.events.queries import MyPlace, TourPage
from portal.events.registrations import cancel_registration, register_visitor, send_lost_link
from portal.events.rules import may_leave
from portal.events.tour_rules import rules_of
from portal.events.vocabulary import InterpreterLanguage, RegistrationStatus
from portal.kernel import personal_data
from portal.kernel.db import new_public_id
from portal.kernel.errors import ConflictError, NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork
from portal.participants.contact import channel_of
from portal.participants.vocabulary import Channel
from portal.web.access import access
from portal.web.context import portal
from portal.web.errors import sentence
from portal.web.paging import Page, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("events", __name__)
CALENDAR_TYPE = "text/calendar; charset=utf-8"


@bp.get("/rondleidingen")
@access(Permission.PUBLIC)
def tours() -> ResponseReturnValue:
    """The agenda."""
    number = page_number()
    with reading() as db:
        rows, total = queries.agenda(db, _now(), number=number)
    return render("events/tour_list.html", tours=Page(rows, total, number, queries.PAGE_SIZE))


@bp.get("/rondleidingen/<int:tour_id>")
@access(Permission.PUBLIC)
def tour(tour_id: int) -> ResponseReturnValue:
    """One tour: what, when, where, the rules of the company, and then the button."""
    with reading() as db:
        found = queries.tour_page(db, _now(), tour_id, _code())
    return render("events/tour_page.html", **_words(found))


@bp.get("/rondleidingen/<int:tour_id>.ics")
@access(Permission.PUBLIC)
def tour_calendar(tour_id: int) -> ResponseReturnValue:
    """The tour as a calendar file, without people."""
    with reading() as db:
        found = queries.tour_page(db, _now(), tour_id, _code()).tour
    tag = calendar.tour_tag(found)
    if request.if_none_match.contains(tag):
        return Response(status=304, headers={"ETag": quote_etag(tag)})
    url = portal().links.url(url_for("events.tour", tour_id=tour_id)) if _code() is None else None
    response = _file(calendar.tour_file(found, portal().settings, url=url), f"rondleiding-{tour_id}.ics")
    response.set_etag(tag)
    response.last_modified = found.details_changed_at
    return response


@bp.get("/rondleidingen/<int:tour_id>/privacy")
@access(Permission.PUBLIC)
def notice(tour_id: int) -> ResponseReturnValue:
    """What happens with somebody's data, until which day."""
    with reading() as db:
        found = queries.tour_page(db, _now(), tour_id, _code())
    rows = personal_data.notice("rondleiding", found.delete_on).rows
    return render("events/notice.html", found=found, rows=rows, code=_code())


@bp.get("/rondleidingen/<int:tour_id>/aanmelden")
@access(Permission.EVENTS_TOUR_REGISTER)
def register_form(tour_id: int) -> ResponseReturnValue:
    """The rules once more, and the form."""
    with reading() as db:
        found = queries.tour_page(db, _now(), tour_id, _code())
    if not found.open:
        return redirect(url_for("events.tour", tour_id=tour_id, code=_code()), 303)
    return render("events/tour_register.html", form=RegistrationForm(), **_words(found))


@bp.post("/rondleidingen/<int:tour_id>/aanmelden")
@access(Permission.EVENTS_TOUR_REGISTER)
def register(tour_id: int) -> ResponseReturnValue:
    """Register, and go on to the own page."""
    form = RegistrationForm()
    if not form.sent:
        with reading() as db:
            found = queries.tour_page(db, _now(), tour_id, _code())
        return render("events/tour_register.html", form=form, **_words(found)), 422
    try:
        with work() as uow:
            result = register_visitor(
                uow, tour_id=tour_id, details=form.to_details(), form_key=_form_key(form), code=_code()
            )
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
        return redirect(url_for("events.tour", tour_id=tour_id, code=_code()), 303)
    token = portal().links.secret(LINK_PURPOSE, result.registration_id, result.link_version)
    return redirect(url_for("events.my_place", token=token), 303)


@bp.get("/mijn-plek/kwijt")
@access(Permission.PUBLIC)
def lost_link_form() -> ResponseReturnValue:
    """'I lost my link'."""
    return render("events/lost_link.html", form=LostLinkForm(), asked=False)


@bp.post("/mijn-plek/kwijt")
@access(Permission.PUBLIC)
def lost_link() -> ResponseReturnValue:
    """The same answer for everybody, whether there was somebody or not."""
    form = LostLinkForm()
    if not form.sent:
        return render("events/lost_link.html", form=form, asked=False), 422
    with work() as uow:
        send_lost_link(uow, phone=form.phone, email=form.email)
    return redirect(url_for("events.lost_link_asked"), 303)


@bp.get("/mijn-plek/kwijt/gevraagd")
@access(Permission.PUBLIC)
def lost_link_asked() -> ResponseReturnValue:
    """What happens now."""
    return render("events/lost_link.html", form=None, asked=True)


@bp.get("/mijn-plek/<string:token>")
@access(Permission.PUBLIC)
def my_place(token: str) -> ResponseReturnValue:
    """Somebody's own place: how it stands, what to bring, and what can be done."""
    place = _place(token)
    channel = channel_of(place.participant)
    return _private(
        render(
            "events/registration_page.html",
            place=place,
            token=token,
            rules=rules_of(place.tour.rules),
            channel=channel,
            photo=channel is not Channel.MAIL,
            code_image=_qr(token) if channel is not Channel.MAIL else "",
            may_leave=may_leave(place.registration.status, place.tour.starts_at, _now()),
            S=RegistrationStatus,
        )
    )


@bp.get("/mijn-plek/<string:token>/agenda.ics")
@access(Permission.PUBLIC)
def my_calendar(token: str) -> ResponseReturnValue:
    """The own place as a calendar file: the same entry as the invitation."""
    place = _place(token)
    if place.registration.status is not RegistrationStatus.CONFIRMED:
        raise NotFoundError
    own = calendar.place_of(place.tour, place.registration)
    return _file(calendar.place_file(own, portal().settings), "mijn-rondleiding.ics")


@bp.get("/mijn-plek/<string:token>/afmelden")
@access(Permission.PUBLIC)
def leave_form(token: str) -> ResponseReturnValue:
    """Asks whether somebody is sure."""
    place = _place(token)
    if not may_leave(place.registration.status, place.tour.starts_at, _now()):
        return redirect(url_for("events.my_place", token=token), 303)
    return _private(render("events/registration_leave.html", place=place, token=token, S=RegistrationStatus))


@bp.post("/mijn-plek/<string:token>/afmelden")
@access(Permission.EVENTS_TOUR_REGISTER)
def leave(token: str) -> ResponseReturnValue:
    """Give the place up."""
    return _do(token, cancel_registration)


@bp.post("/mijn-plek/<string:token>/ja")
@access(Permission.EVENTS_TOUR_REGISTER)
def accept(token: str) -> ResponseReturnValue:
    """Yes to the place that is held."""
    return _do(token, accept_offer)


@bp.post("/mijn-plek/<string:token>/nee")
@access(Permission.EVENTS_TOUR_REGISTER)
def decline(token: str) -> ResponseReturnValue:
    """No to the place that is held."""
    return _do(token, decline_offer)


class _OwnDeed(Protocol):
    """A command of the holder of a secret link."""

    def __call__(self, uow: UnitOfWork, *, registration_id: int, link_version: int | None) -> None:
        """Do it."""
        ...


def _do(token: str, deed: _OwnDeed) -> ResponseReturnValue:
    """Do it and show how it stands now; too late is said on the same page."""
    registration_id, link_version = _open(token)
    try:
        with work() as uow:
            deed(uow, registration_id=registration_id, link_version=link_version)
    except ConflictError as refusal:
        flash(sentence(refusal), "few")
    return redirect(url_for("events.my_place", token=token), 303)


def _open(token: str) -> tuple[int, int]:
    opened = portal().links.open(LINK_PURPOSE, token)
    if opened is None:
        raise NotFoundError
    return opened


def _place(token: str) -> MyPlace:
    registration_id, link_version = _open(token)
    with reading() as db:
        return queries.my_place(db, registration_id, link_version)


def _words(found: TourPage) -> dict[str, object]:
    """What the page and the form of a tour both show."""
    return {
        "found": found,
        "tour": found.tour,
        "rules": rules_of(found.tour.rules),
        "interpreters": [str(InterpreterLanguage(code).label) for code in found.tour.interpreters],
        "code": _code(),
    }


def _qr(token: str) -> Markup:
    """The own address as a picture, for somebody who has only a photo of the screen."""
    picture = segno.make(portal().links.url(url_for("events.my_place", token=token)), error="m", micro=False)
    svg = picture.svg_inline(
        scale=4, border=3, dark="#1c2624", light="#fff", svgclass="qr", lineclass=None, title=_("QR-code")
    )
    return Markup(svg)  # noqa: S704  made here, from our own address


def _private(page: str) -> Response:
    """A page that no search engine and no shared computer keeps."""
    response = Response(page, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _file(content: bytes, name: str) -> Response:
    response = Response(content, content_type=CALENDAR_TYPE)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _form_key(form: RegistrationForm) -> str:
    return form.form_key.data or new_public_id()


def _code() -> str | None:
    return request.args.get("code")


def _now() -> datetime:
    return portal().database.clock.now()
