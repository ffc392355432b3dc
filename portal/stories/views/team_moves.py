"""The moves of a story at the desk: hand in, release, give back, take down, put back."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.kernel.errors import ConflictError, InvalidError
from portal.kernel.i18n import gettext as _
from portal.kernel.permissions import Permission
from portal.stories import writing
from portal.stories.consents import withdraw_consent
from portal.stories.forms import RemarkForm
from portal.stories.views.team import bp, story_page
from portal.web.access import access
from portal.web.errors import sentence
from portal.web.forms import add_domain_error
from portal.web.transactions import work


@bp.post("/verhalen/<int:story_id>/insturen")
@access(Permission.STORIES_STORY_WRITE)
def submit(story_id: int) -> ResponseReturnValue:
    """Ask a colleague to read it."""
    return _do(story_id, writing.submit_story, _("Een collega leest het verhaal en geeft het vrij."))


@bp.post("/verhalen/<int:story_id>/vrijgeven")
@access(Permission.STORIES_STORY_RELEASE)
def release(story_id: int) -> ResponseReturnValue:
    """Let employers read it."""
    return _do(story_id, writing.release_story, _("Werkgevers kunnen het verhaal nu lezen."))


@bp.post("/verhalen/<int:story_id>/terug")
@access(Permission.STORIES_STORY_RELEASE)
def give_back(story_id: int) -> ResponseReturnValue:
    """Give it back to the writer, with a remark."""
    form = RemarkForm()
    if not form.sent:
        return story_page(story_id, form, 422)
    try:
        with work() as uow:
            writing.return_story(uow, story_id=story_id, reason=form.opmerking.data or "")
    except InvalidError as error:
        add_domain_error(form, error, {"sensitive_number": "opmerking", "text_needed": "opmerking"})
        return story_page(story_id, form, 422)
    flash(_("Het verhaal is terug bij de schrijver."), "good")
    return redirect(url_for(".story", story_id=story_id), 303)


@bp.post("/verhalen/<int:story_id>/intrekken")
@access(Permission.STORIES_STORY_WRITE)
def withdraw(story_id: int) -> ResponseReturnValue:
    """Take it down, at once."""
    return _do(story_id, writing.withdraw_story, _("Het verhaal is ingetrokken. Werkgevers zien het niet meer."))


@bp.post("/verhalen/<int:story_id>/herstellen")
@access(Permission.STORIES_STORY_WRITE)
def restore(story_id: int) -> ResponseReturnValue:
    """Make a draft of it again."""
    return _do(
        story_id, writing.restore_story, _("Het verhaal is weer een concept. Vraag de persoon opnieuw om een ja.")
    )


@bp.post("/verhalen/<int:story_id>/toestemming/intrekken")
@access(Permission.STORIES_STORY_WRITE)
def end_consent(story_id: int) -> ResponseReturnValue:
    """The person takes the yes back."""
    return _do(
        story_id, withdraw_consent, _("De toestemming is ingetrokken. Het verhaal is meteen weg bij werkgevers.")
    )


def _do(story_id: int, command: Callable[..., None], done: str) -> ResponseReturnValue:
    """Make one move; a refusal is told on the page of the story."""
    try:
        with work() as uow:
            command(uow, story_id=story_id)
    except ConflictError as error:
        flash(sentence(error), "bad")
    else:
        flash(done, "good")
    return redirect(url_for(".story", story_id=story_id), 303)
