"""The session of somebody who signs in: a new one each time, and where to go afterwards."""

import hashlib
from datetime import timedelta
from urllib.parse import urlsplit

from flask import redirect, request, session, url_for
from flask_login import UserMixin, login_user, logout_user
from werkzeug.wrappers import Response

from portal.accounts.sign_in import Entry
from portal.accounts.vocabulary import STAFF_ROLES, SignInWay, UserRole
from portal.kernel.permissions import Actor, Role
from portal.web.context import portal
from portal.web.language import KEY as LANGUAGE
from portal.web.menus import home_of
from portal.web.resume import KEY as TYPED_TEXT

NEXT = "volgende"
PENDING = "tweede_stap"
PENDING_LIFETIME = timedelta(minutes=10)
KEPT = (LANGUAGE, TYPED_TEXT)


class _SessionUser(UserMixin):
    def __init__(self, user_id: int, version: int) -> None:
        self.id = f"{user_id}:{version}"


def begin(user_id: int, version: int) -> None:
    """Begin a new session; nothing of the old one stays but the language and a half-filled form."""
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)
    session.permanent = True
    login_user(_SessionUser(user_id, version))


def end() -> None:
    """End the session of this browser; the language stays."""
    kept = {LANGUAGE: session[LANGUAGE]} if LANGUAGE in session else {}
    logout_user()
    session.clear()
    session.update(kept)


def enter(entry: Entry, way: SignInWay) -> Response:
    """Go in, or first to the second step."""
    next_path = session.get(NEXT)
    if entry.needs_code:
        moment = int(portal().database.clock.now().timestamp())
        session[PENDING] = [entry.user_id, entry.session_version, way.value, moment]
        return redirect(url_for("accounts.second_step"), 303)
    begin(entry.user_id, entry.session_version)
    return redirect(next_path or start_of(entry.role), 303)


def pending() -> tuple[int, int, SignInWay] | None:
    """Who has taken the first step in this browser, not too long ago."""
    held = session.get(PENDING)
    if not isinstance(held, list) or len(held) != 4:
        return None
    user_id, version, way, moment = held
    age = portal().database.clock.now().timestamp() - moment
    return (user_id, version, SignInWay(way)) if age < PENDING_LIFETIME.total_seconds() else None


def remember_next() -> None:
    """Keep the page that somebody wanted, when it is one of ours; a plain visit to the sign-in page forgets it."""
    path = own_path(request.args.get(NEXT, ""))
    if path:
        session[NEXT] = path
    elif request.method == "GET":
        session.pop(NEXT, None)


def own_path(text: str) -> str | None:
    """The text when it is a path of this site, never another site's address."""
    parts = urlsplit(text)
    plain = text.startswith("/") and not text.startswith(("//", "/\\")) and "\\" not in text and text.isprintable()
    return text if plain and not parts.scheme and not parts.netloc and parts.path != "/inloggen" else None


def start_of(role: UserRole) -> str:
    """Where somebody with this role begins."""
    return home_of(Actor(role=STAFF_ROLES.get(role, Role.EMPLOYER_APPLICANT), user_id=0))


def caller() -> str:
    """Where a request comes from, for the brakes: a keyed hash, so that no list of addresses is kept."""
    text = f"{portal().settings.secret_key}:{request.remote_addr}"
    return hashlib.sha256(text.encode()).hexdigest()
