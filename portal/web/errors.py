"""From refusals to pages: one sentence per code, one handler, and a 500 page that touches nothing."""

import logging
from collections.abc import Mapping

from flask import Flask, flash, g, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from portal.kernel import i18n
from portal.kernel.errors import ConflictError, DomainError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.i18n import LazyString
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.uow import request_id
from portal.web.context import portal
from portal.web.resume import keep_typed_text, page_to_return_to

logger = logging.getLogger("portal")

SENTENCES: dict[str, LazyString] = {
    "not_found": lazy("Deze pagina is er niet (meer)."),
    "not_allowed": lazy("U mag deze pagina niet bekijken. Klopt dat niet? Bel ons."),
    "move_not_possible": lazy("Dit kan nu niet meer. Iemand was u misschien net voor. Kijk hoe het er nu voor staat."),
    "text_needed": lazy("Schrijf er kort bij waarom."),
    "stale_edit": lazy("Iemand anders heeft dit net veranderd. Uw tekst staat er nog; kijk eerst wat er anders is."),
    "stale_form": lazy("Het formulier stond lang open. Ga terug en probeer het nog een keer."),
    "too_often": lazy("Dat was een paar keer te vaak. Wacht een kwartier en probeer het opnieuw, of bel ons."),
}
TITLES: Mapping[int, LazyString] = {
    400: lazy("Dat lukte niet"),
    403: lazy("Geen toegang"),
    404: lazy("Pagina niet gevonden"),
    405: lazy("Dat lukte niet"),
    409: lazy("Dat kan nu niet"),
    410: lazy("Deze link werkt niet meer"),
    413: lazy("Bestand te groot"),
    429: lazy("Even wachten"),
}


def register_sentences(sentences: Mapping[str, LazyString]) -> None:
    """Add the sentences for a slice's codes; its forms module calls this."""
    for code, text in sentences.items():
        if code in SENTENCES and SENTENCES[code].message != text.message:
            raise ValueError(f"two sentences for {code}")
        SENTENCES[code] = text


def sentence(error: DomainError) -> str:
    """What a person reads for a refusal."""
    text = SENTENCES.get(error.code)
    if text is None:
        raise LookupError(f"no sentence for {error.code}")
    return i18n.gettext(text.message, **error.facts)


def status_of(error: DomainError) -> int:
    """The status for a refusal that no view caught."""
    if isinstance(error, NotFoundError):
        return 404
    if isinstance(error, NotAllowedError):
        return 403
    if isinstance(error, (ConflictError, InvalidError)):
        return 429 if error.code == "too_often" else 409
    return 400


def page(status: int, text: object = None) -> tuple[str, int]:
    """The error page for a status."""
    title = TITLES.get(status, TITLES[400])
    template = status if status in {400, 403, 404, 409, 410, 429} else 400
    return render_template(f"errors/{template}.html", title=title, sentence=text or title), status


def on_domain_error(error: DomainError) -> tuple[str, int] | Response:
    """A refusal that no view caught."""
    if error.code == "stale_form":
        keep_typed_text()
        if request.method == "POST" and page_to_return_to() != request.path:
            flash(sentence(error), "few")
            return redirect(page_to_return_to(), 303)
    return page(status_of(error), sentence(error))


def on_http_error(error: HTTPException) -> tuple[str, int] | HTTPException | Response:
    """A refusal by the framework: wrong address, wrong method, too large."""
    if error.code is None or error.code < 400:
        return error
    if error.code == 404:
        return page(404, SENTENCES["not_found"])
    if error.code >= 500:
        return on_unknown_error(error)
    return page(error.code)


def on_unknown_error(error: Exception) -> tuple[str, int]:
    """A bug: logged with the request's id, answered by a page that needs nothing."""
    logger.error("unhandled error, request %s", request_id.get(), exc_info=error)
    settings = portal().settings
    site = {"team_phone": settings.team_phone, "team_email": settings.team_email, "request_id": g.get("request_id")}
    return render_template("errors/500.html", site=site), 500


def install(app: Flask) -> None:
    """Answer refusals and bugs with pages. Under test a bug stays a bug."""
    app.register_error_handler(DomainError, on_domain_error)
    app.register_error_handler(HTTPException, on_http_error)
    if not app.testing:
        app.register_error_handler(Exception, on_unknown_error)
