"""Stories at the desk: write, note the person's yes, look at what may give somebody away."""

from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.employers.queries import sectors
from portal.kernel.clock import local_day
from portal.kernel.days import add_months
from portal.kernel.errors import ConflictError, InvalidError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.participants.models import Participant
from portal.participants.staff_queries import find_people
from portal.stories import staff_queries
from portal.stories.consents import note_consent
from portal.stories.forms import ConsentForm, RemarkForm, StoryForm, filled_story_form
from portal.stories.models import Story
from portal.stories.policies import can_release_story
from portal.stories.queries import text_of
from portal.stories.rules import CONSENT_MONTHS, STORY, findings
from portal.stories.staff_queries import StoryDesk
from portal.stories.vocabulary import StoryStatus
from portal.stories.writing import edit_story, write_story
from portal.web.access import access
from portal.web.context import current_actor, portal
from portal.web.errors import status_of
from portal.web.forms import add_domain_error
from portal.web.paging import PAGE_SIZE, Page, offset, page_number
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("stories_team", __name__, url_prefix="/team")
STORY_FIELDS = {"hours_range": "uren", "sector_unknown": "branche"}
CONSENT_FIELDS = {
    "consent_in_future": "gegeven_op",
    "consent_over": "geldt_tot",
    "consent_too_long": "geldt_tot",
    "participant_unknown": "deelnemer",
}
PEOPLE = 12


@bp.get("/verhalen")
@access(Permission.STORIES_STORY_WRITE)
def story_list() -> ResponseReturnValue:
    """All stories, the last changed first."""
    status, words, number = _status(), request.args.get("zoek", ""), page_number()
    with reading() as session:
        rows, total = staff_queries.story_rows(
            session, status=status, words=words, offset=offset(number), limit=PAGE_SIZE
        )
        counts = staff_queries.story_counts(session)
    return render(
        "stories/team/story_list.html",
        stories=Page(rows, total, number),
        status=status,
        words=words,
        counts=counts,
        states=StoryStatus,
    )


@bp.get("/verhalen/nieuw")
@access(Permission.STORIES_STORY_WRITE)
def new_story() -> ResponseReturnValue:
    """An empty form."""
    return _story_form(_with_sectors(StoryForm()))


@bp.post("/verhalen/nieuw")
@access(Permission.STORIES_STORY_WRITE)
def add_story() -> ResponseReturnValue:
    """Keep a new story as a draft."""
    form = _with_sectors(StoryForm())
    if not form.sent:
        return _story_form(form), 422
    try:
        with work() as uow:
            story_id = write_story(uow, details=form.to_input())
    except InvalidError as error:
        add_domain_error(form, error, STORY_FIELDS)
        return _story_form(form), 422
    flash(_("Het verhaal is bewaard als concept. Leg nu de toestemming vast."), "good")
    return redirect(url_for(".story", story_id=story_id), 303)


@bp.get("/verhalen/<int:story_id>/terug", alias=True)
@bp.get("/verhalen/<int:story_id>")
@access(Permission.STORIES_STORY_WRITE)
def story(story_id: int) -> ResponseReturnValue:
    """One story with its consent, its warnings and what can be done now."""
    return story_page(story_id, RemarkForm())


@bp.get("/verhalen/<int:story_id>/wijzigen")
@access(Permission.STORIES_STORY_WRITE)
def change_story(story_id: int) -> ResponseReturnValue:
    """The form with the text as it is."""
    desk = _desk(story_id)
    form = _with_sectors(StoryForm(data=filled_story_form(desk.story)), desk.story.sector_id)
    return _story_form(form, desk.story)


@bp.post("/verhalen/<int:story_id>/wijzigen")
@access(Permission.STORIES_STORY_WRITE)
def save_story(story_id: int) -> ResponseReturnValue:
    """Keep the changed text."""
    desk = _desk(story_id)
    form = _with_sectors(StoryForm(), desk.story.sector_id)
    if not form.sent:
        return _story_form(form, desk.story), 422
    try:
        with work() as uow:
            edit_story(uow, story_id=story_id, version=form.version(), details=form.to_input())
    except (InvalidError, ConflictError) as error:
        add_domain_error(form, error, STORY_FIELDS)
        return _story_form(form, desk.story), status_of(error) if error.code == "stale_edit" else 422
    flash(_("De tekst is bewaard."), "good")
    return redirect(url_for(".story", story_id=story_id), 303)


@bp.get("/verhalen/<int:story_id>/toestemming")
@access(Permission.STORIES_STORY_WRITE)
def consent(story_id: int) -> ResponseReturnValue:
    """The form for the person's yes."""
    desk = _desk(story_id)
    form = ConsentForm(data=_consent_values(desk))
    return _consent_page(desk, _with_people(form, desk))


@bp.post("/verhalen/<int:story_id>/toestemming")
@access(Permission.STORIES_STORY_WRITE)
def save_consent(story_id: int) -> ResponseReturnValue:
    """Note the person's yes."""
    desk = _desk(story_id)
    form = _with_people(ConsentForm(), desk)
    if not form.sent:
        return _consent_page(desk, form), 422
    try:
        with work() as uow:
            note_consent(uow, story_id=story_id, details=form.to_input())
    except (InvalidError, ConflictError) as error:
        add_domain_error(form, error, CONSENT_FIELDS)
        return _consent_page(desk, form), 422
    flash(_("De toestemming is vastgelegd."), "good")
    return redirect(url_for(".story", story_id=story_id), 303)


def story_page(story_id: int, remark: RemarkForm, status: int = 200) -> ResponseReturnValue:
    """The page of one story; that it was looked at is noted beside it, for the person behind it too."""
    desk = _desk(story_id)
    if request.method == "GET":
        with work() as uow:
            uow.looked_at("story", story_id)
            if desk.participant is not None:
                uow.looked_at("participant", desk.participant.id)
    found, actor = desk.story, current_actor()
    page = render(
        "stories/team/story_page.html",
        desk=desk,
        text=text_of(found, desk.sector),
        moves=STORY.moves_for(found.status, actor),
        is_second=can_release_story(actor, found),
        consent=desk.running_consent,
        problem=desk.consent_problem(_today()),
        findings=findings(_texts(found), desk.person),
        remark=remark,
    )
    return page, status


def _texts(found: Story) -> dict[str, str]:
    """The fields of a story under the words that the team knows them by."""
    return {
        _("Kop"): found.heading,
        _("Verhaal"): found.body,
        _("Wat gaat goed?"): "\n".join(found.goes_well),
        _("Wat heeft aandacht nodig?"): "\n".join(found.attention),
        _("Wat staat klaar aan hulp?"): "\n".join(found.support),
        _("Wat zoekt deze persoon?"): found.seeks,
    }


def _desk(story_id: int) -> StoryDesk:
    with reading() as session:
        return staff_queries.story_desk(session, current_actor(), story_id)


def _with_sectors(form: StoryForm, chosen: int | None = None) -> StoryForm:
    with reading() as session:
        form.offer((row.id, row.name) for row in sectors(session, also=chosen))
    return form


def _story_form(form: StoryForm, found: Story | None = None) -> str:
    return render("stories/team/story_form.html", form=form, story=found)


def _with_people(form: ConsentForm, desk: StoryDesk) -> ConsentForm:
    """Offer who was found by the search, and who is linked already."""
    with reading() as session:
        people = find_people(session, current_actor(), request.args.get("zoek", ""), limit=PEOPLE)
    choices = {str(row.id): _name(row) for row in people}
    if desk.participant is not None and desk.participant.removed_at is None:
        choices.setdefault(str(desk.participant.id), desk.participant.full_name)
    form.offer(choices.items())
    return form


def _consent_values(desk: StoryDesk) -> dict[str, object]:
    today = _today()
    return {
        "deelnemer": str(desk.consent.participant_id or "") if desk.consent else "",
        "gegeven_op": today,
        "geldt_tot": add_months(today, CONSENT_MONTHS),
        "taal": desk.consent.language.value if desk.consent else "",
        "tekstversie": str(desk.story.details_version),
    }


def _consent_page(desk: StoryDesk, form: ConsentForm) -> str:
    return render(
        "stories/team/consent_form.html",
        desk=desk,
        form=form,
        text=text_of(desk.story, desk.sector),
        words=request.args.get("zoek", ""),
    )


def _name(person: Participant) -> str:
    return f"{person.full_name} ({person.reference})" if person.reference else person.full_name


def _status() -> StoryStatus | None:
    try:
        return StoryStatus(request.args.get("status", ""))
    except ValueError:
        return None


def _today() -> date:
    return local_day(portal().database.clock.now())
