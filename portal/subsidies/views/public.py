"""The page of subsidies and other support. It knows schemes, never persons, so it reads no database."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.kernel.clock import local_day
from portal.kernel.i18n import STAFF_LANGUAGES, current_language
from portal.kernel.permissions import Permission
from portal.subsidies.queries import scheme_page
from portal.web.access import access
from portal.web.context import portal
from portal.web.templating import render

bp = Blueprint("subsidies", __name__)


@bp.get("/subsidies")
@access(Permission.PUBLIC, languages=STAFF_LANGUAGES)
def schemes() -> ResponseReturnValue:
    """All schemes as they stand today."""
    found = scheme_page(local_day(portal().database.clock.now()), current_language())
    return render("subsidies/schemes.html", found=found)
