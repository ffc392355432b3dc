"""The public page of a fair: what it is, when and where, and who stands there."""

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.http import quote_etag

from portal.events import fair_calendar, fair_queries
from portal.events.fair_rules import is_open
from portal.events.views.desk import now
from portal.events.views.fair_plan import plan_of
from portal.kernel.permissions import Permission
from portal.web.access import access
from portal.web.context import portal
from portal.web.templating import render
from portal.web.transactions import reading

bp = Blueprint("fairs", __name__)
CALENDAR_TYPE = "text/calendar; charset=utf-8"


@bp.get("/werkmarkten/<int:fair_id>")
@access(Permission.PUBLIC)
def fair(fair_id: int) -> ResponseReturnValue:
    """One fair: the plan is the picture, the list says the same."""
    code, moment = request.args.get("code"), now()
    with reading() as db:
        found = fair_queries.public_fair_page(db, moment, fair_id, code)
    return render(
        "events/fair_page.html",
        found=found,
        fair=found.fair,
        plan=plan_of(found.stands),
        code=code,
        is_past=found.fair.ends_at <= moment,
        may_book=is_open(found.fair.status, found.fair.starts_at, moment) and bool(found.free),
    )


@bp.get("/werkmarkten/<int:fair_id>.ics")
@access(Permission.PUBLIC)
def fair_calendar_file(fair_id: int) -> ResponseReturnValue:
    """The fair as a calendar file, without people."""
    code = request.args.get("code")
    with reading() as db:
        found = fair_queries.public_fair(db, now(), fair_id, code)
    tag = fair_calendar.fair_tag(found)
    if request.if_none_match.contains(tag):
        return Response(status=304, headers={"ETag": quote_etag(tag)})
    url = portal().links.url(url_for("fairs.fair", fair_id=fair_id)) if code is None else None
    response = calendar_response(fair_calendar.fair_file(found, portal().settings, url=url), f"werkmarkt-{fair_id}.ics")
    response.set_etag(tag)
    response.last_modified = found.details_changed_at
    return response


def calendar_response(content: bytes, name: str) -> Response:
    """A calendar file to keep."""
    response = Response(content, content_type=CALENDAR_TYPE)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
