"""Home, privacy, accessibility, health, and the two files that machines look for."""

from datetime import timedelta

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.events.fair_queries import FairRow, next_fair
from portal.events.queries import next_tours
from portal.kernel import personal_data
from portal.kernel.i18n import STAFF_LANGUAGES, current_language
from portal.kernel.permissions import Permission
from portal.kernel.personal_data import Subject
from portal.web.access import access
from portal.web.context import portal
from portal.web.templating import render
from portal.web.transactions import reading

bp = Blueprint("site", __name__)
TOURS_ON_HOME = 3
KEPT_FROM_SEARCH = (
    "/mijn-plek/",
    "/verhalen/",
    "/inloggen/",
    "/wachtwoord/",
    "/uitnodiging/",
    "/bevestigen/",
    "/team/",
)
SECURITY_DAYS = 180


@bp.get("/")
@access(Permission.PUBLIC)
def home() -> ResponseReturnValue:
    """What this is, the three doors, the next tours and the next fair that needs no code. No stories."""
    now = portal().database.clock.now()
    with reading() as db:
        tours = next_tours(db, now, TOURS_ON_HOME)
        fair = next_fair(db, now)
    return render("site/home.html", tours=tours, fair=fair if isinstance(fair, FairRow) else None)


@bp.get("/privacy")
@access(Permission.PUBLIC)
def privacy() -> ResponseReturnValue:
    """Everything that is kept about people. What is for employers and staff is written in their languages only."""
    subjects = list(Subject) if current_language() in STAFF_LANGUAGES else [Subject.PARTICIPANT]
    parts = [(about, [personal_data.as_row(item) for item in personal_data.items_about(about)]) for about in subjects]
    return render("site/privacy.html", parts=parts)


@bp.get("/privacy/<string:form_name>")
@access(Permission.PUBLIC)
def notice(form_name: str) -> ResponseReturnValue:
    """What one form asks and what happens with it."""
    return render("site/notice.html", notice=personal_data.notice(form_name))


@bp.get("/toegankelijkheid")
@access(Permission.PUBLIC)
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render("site/accessibility.html")


@bp.get("/healthz")
@access(Permission.PUBLIC)
def health() -> ResponseReturnValue:
    """The process is up."""
    return _plain("ok\n")


@bp.get("/readyz")
@access(Permission.PUBLIC)
def readiness() -> ResponseReturnValue:
    """The database answers and its tables are those of this version."""
    try:
        with reading() as db:
            db.execute(text("SELECT 1"))
        ready = portal().ready()
    except SQLAlchemyError:
        ready = False
    return _plain("ready\n" if ready else "not ready\n", 200 if ready else 503)


@bp.get("/robots.txt")
@access(Permission.PUBLIC)
def robots() -> ResponseReturnValue:
    """What search engines leave alone."""
    return _plain("\n".join(["User-agent: *", *(f"Disallow: {path}" for path in KEPT_FROM_SEARCH), ""]))


@bp.get("/.well-known/security.txt")
@access(Permission.PUBLIC)
def security() -> ResponseReturnValue:
    """Whom to tell about a weakness (RFC 9116)."""
    settings = portal().settings
    ends = (portal().database.clock.now() + timedelta(days=SECURITY_DAYS)).replace(microsecond=0)
    lines = (
        f"Contact: mailto:{settings.team_email}",
        f"Expires: {ends:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.base_url}/.well-known/security.txt",
    )
    return _plain("\n".join([*lines, ""]))


def _plain(content: str, status: int = 200) -> Response:
    response = Response(content, status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
