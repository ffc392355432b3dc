"""Which language a page speaks: asked for, remembered, of the account, of the browser, else Dutch."""

from collections.abc import Sequence

from flask import Flask, current_app, g, request, session

from portal.kernel import i18n
from portal.web.context import current_actor

STAFF_SUFFIXES = ("_employer", "_coach", "_team")
KEY = "taal"


def languages_of_page() -> Sequence[str]:
    """The languages that this page exists in."""
    view = current_app.view_functions.get(request.endpoint or "")
    marked: Sequence[str] | None = getattr(view, "languages", None)
    if marked:
        return marked
    if (request.blueprint or "").endswith(STAFF_SUFFIXES) or request.blueprint == "accounts":
        return i18n.STAFF_LANGUAGES
    return i18n.PARTICIPANT_LANGUAGES


def choose_language() -> None:
    """Before every request: set the language of the moment."""
    possible = languages_of_page()
    asked = request.args.get(KEY, "")
    if asked in i18n.LANGUAGES:
        session[KEY] = asked
    wanted = session.get(KEY) or (current_actor().language if "_user_id" in session else None)
    if wanted is None:
        wanted = request.accept_languages.best_match(possible, default=i18n.SOURCE)
    language = wanted if wanted in possible else i18n.SOURCE
    g.language = language
    i18n.set_language(language)


def install(app: Flask) -> None:
    """Make every request choose its language."""
    app.before_request(choose_language)
