"""Stories for readers: an explanation for everybody, the stories for approved employers and the team alone."""

from datetime import date

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.employers.vocabulary import SectorGroup
from portal.kernel.clock import local_day
from portal.kernel.errors import InvalidError
from portal.kernel.i18n import STAFF_LANGUAGES
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import EMPLOYER_ROLES, Permission
from portal.stories import queries
from portal.stories.forms import IntroductionForm
from portal.stories.introductions import ask_introduction
from portal.web.access import access
from portal.web.context import current_actor, portal
from portal.web.forms import add_domain_error
from portal.web.paging import PAGE_SIZE, Page, offset, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("stories", __name__)


@bp.get("/verhalen")
@access(Permission.PUBLIC)
def story_list() -> ResponseReturnValue:
    """The stories for who may read them; an explanation and no story for everybody else."""
    actor = current_actor()
    if not actor.can(Permission.STORIES_STORY_READ):
        return render("stories/explanation.html", is_applicant=actor.role in EMPLOYER_ROLES)
    group, number = _group(), page_number()
    with reading() as session:
        cards, total = queries.story_cards(
            session, actor, today=_today(), group=group, offset=offset(number), limit=PAGE_SIZE
        )
    return _not_indexed(
        render(
            "stories/story_list.html",
            stories=Page(cards, total, number),
            groups=[(item.value, item.label, None, item is group) for item in SectorGroup],
            group=group,
        )
    )


@bp.get("/verhalen/<string:public_id>/kennismaken", alias=True)
@bp.get("/verhalen/<string:public_id>")
@access(Permission.STORIES_STORY_READ, languages=STAFF_LANGUAGES)
def story(public_id: str) -> ResponseReturnValue:
    """One story; that it was read is noted beside the page."""
    return _story_page(public_id, IntroductionForm())


@bp.post("/verhalen/<string:public_id>/kennismaken")
@access(Permission.STORIES_INTRODUCTION_ASK, languages=STAFF_LANGUAGES)
def ask(public_id: str) -> ResponseReturnValue:
    """Ask to meet."""
    form = IntroductionForm()
    if not form.sent:
        return _story_page(public_id, form, 422)
    try:
        with work() as uow:
            result = ask_introduction(uow, public_id=public_id, message=form.bericht.data or "")
    except InvalidError as error:
        add_domain_error(form, error, {"sensitive_number": "bericht"})
        return _story_page(public_id, form, 422)
    flash(_("Uw vraag is bij ons.") if result.is_new else _("Deze vraag was al bij ons."), "good")
    return redirect(url_for(".story", public_id=public_id), 303)


def _story_page(public_id: str, form: IntroductionForm, status: int = 200) -> Response:
    actor = current_actor()
    with reading() as session:
        text = queries.story_text(session, actor, public_id=public_id, today=_today())
        introduction = queries.introduction_state(session, actor, text.number)
    if request.method == "GET":
        with work() as uow:
            uow.looked_at("story", text.number)
    can_ask = actor.employer_id is not None and actor.can(Permission.STORIES_INTRODUCTION_ASK)
    page = render("stories/story_page.html", story=text, introduction=introduction, can_ask=can_ask, form=form)
    return _not_indexed(page, status)


def _not_indexed(page: str, status: int = 200) -> Response:
    """A story is for its readers, never for a search engine or a cache."""
    response: Response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _group() -> SectorGroup | None:
    try:
        return SectorGroup(request.args.get("branche", ""))
    except ValueError:
        return None


def _today() -> date:
    return local_day(portal().database.clock.now())
