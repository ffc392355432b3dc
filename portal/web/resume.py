"""Nothing that was typed is lost when a session ends: the form comes back after signing in again.

The text stays in the visitor's own browser, in the signed session cookie: nothing is stored on the server.
"""

from urllib.parse import urlsplit

from flask import current_app, request, session
from werkzeug.exceptions import HTTPException

KEY = "getypt"
MAX_CHARACTERS = 2500
SECRET_WORDS = ("wachtwoord", "csrf_token", "code")


def keep_typed_text() -> None:
    """Keep the fields of a posted form for after the sign-in, when they fit in the cookie."""
    if request.method != "POST":
        return
    fields = {name: values for name, values in request.form.lists() if not any(word in name for word in SECRET_WORDS)}
    if sum(len(name) + sum(map(len, values)) for name, values in fields.items()) <= MAX_CHARACTERS:
        session[KEY] = {"path": page_to_return_to(), "fields": fields}


def page_to_return_to() -> str:
    """The page with the form: this address when it can be opened, else the page it was sent from, else the start."""
    if request.method != "POST":
        return request.full_path.rstrip("?")
    if _opens(request.path):
        return request.path
    came_from = urlsplit(request.referrer or "")
    return came_from.path if came_from.netloc == request.host and _opens(came_from.path) else "/"


def _opens(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True


def typed_text() -> dict[str, list[str]] | None:
    """The fields that were kept for this page, once."""
    kept = session.get(KEY)
    if request.method != "GET" or not isinstance(kept, dict) or kept.get("path") != request.path:
        return None
    session.pop(KEY)
    fields: dict[str, list[str]] = kept["fields"]
    return fields
