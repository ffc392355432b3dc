"""Lists in the browser: choose, look, say yes."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.kernel.errors import InvalidError, NotFoundError
from portal.kernel.i18n import ngettext
from portal.kernel.permissions import Permission
from portal.team.forms import ListForm
from portal.team.imports import read_list, take_over_list
from portal.team.models import ImportBatch
from portal.team.vocabulary import ImportKind
from portal.web.access import access
from portal.web.context import current_actor
from portal.web.errors import sentence
from portal.web.forms import add_error
from portal.web.templating import render
from portal.web.transactions import reading, work

bp = Blueprint("imports_team", __name__, url_prefix="/team")


@bp.get("/importeren")
@access(Permission.EMPLOYERS_EMPLOYER_IMPORT)
def choose() -> str:
    """Choose a list."""
    return render("team/import_choose.html", form=ListForm())


@bp.post("/importeren")
@access(Permission.EMPLOYERS_EMPLOYER_IMPORT)
def read() -> ResponseReturnValue:
    """Read a list and show what it would do."""
    form = ListForm()
    if not form.sent:
        return render("team/import_choose.html", form=form), 422
    file = request.files["bestand"]
    try:
        with work() as uow:
            batch_id = read_list(uow, kind=ImportKind(form.soort.data), data=file.read(), filename=file.filename or "")
    except InvalidError as refusal:
        add_error(form.bestand, sentence(refusal))
        return render("team/import_choose.html", form=form), 422
    return redirect(url_for(".preview", batch_id=batch_id), 303)


@bp.get("/importeren/<int:batch_id>")
@access(Permission.EMPLOYERS_EMPLOYER_IMPORT)
def preview(batch_id: int) -> str:
    """What the list would do, row by row; or what it did."""
    with reading() as session:
        batch = session.get(ImportBatch, batch_id)
    if batch is None or batch.user_id != current_actor().user_id:
        raise NotFoundError
    return render("team/import_preview.html", batch=batch, report=batch.report)


@bp.post("/importeren/<int:batch_id>")
@access(Permission.EMPLOYERS_EMPLOYER_IMPORT)
def take_over(batch_id: int) -> ResponseReturnValue:
    """Write the list."""
    with work() as uow:
        plan = take_over_list(uow, batch_id=batch_id)
    text = ngettext("%(num)d rij is overgenomen.", "%(num)d rijen zijn overgenomen.", plan.accepted)
    flash(text, "good")
    return redirect(url_for(".preview", batch_id=batch_id), 303)
