"""Styles joined into one file, and icons as inline SVG; read once per process, addressed by their content."""

import gzip
import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request, url_for
from markupsafe import Markup

from portal.kernel.permissions import Permission
from portal.web.access import access

STATIC = Path(__file__).parents[2] / "static"
STYLES = (
    "css/tokens.css",
    "css/vendor/nl-skip-link.css",
    "css/vendor/nl-data-badge.css",
    "css/vendor/nl-number-badge.css",
    "css/base.css",
    "css/extra.css",
)
COMMENT = re.compile(r"<!--.*?-->|<\?xml.*?\?>", re.DOTALL)

bp = Blueprint("assets", __name__)


@cache
def stylesheet() -> tuple[bytes, bytes, str]:
    """The joined styles, the same compressed, and the hash of their content."""
    joined = b"\n".join((STATIC / name).read_bytes() for name in STYLES if (STATIC / name).exists())
    return joined, gzip.compress(joined, 9, mtime=0), hashlib.sha256(joined).hexdigest()[:12]


@bp.get("/static/portal-<string:version>.css")
@access(Permission.PUBLIC)
def styles(version: str) -> Response:
    """The styles; another version than ours does not exist."""
    joined, compressed, ours = stylesheet()
    if version != ours:
        abort(404)
    response = Response(joined, mimetype="text/css")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.set_data(compressed)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response


@cache
def _version(path: str) -> str:
    return hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:8]


def static_url(path: str) -> str:
    """The address of a static file; it changes when the file does, so browsers may keep it for ever."""
    return url_for("static", filename=path, v=_version(path))


def stylesheet_url() -> str:
    """The address of the joined styles."""
    return url_for("assets.styles", version=stylesheet()[2])


@cache
def _svg(path: str) -> str:
    return COMMENT.sub("", (STATIC / path).read_text(encoding="utf-8")).strip()


@cache
def icon(name: str, mirror: bool = False) -> Markup:
    """A line icon beside a word; hidden for screen readers. `mirror` turns it round in right-to-left pages."""
    body = re.sub(r"^<svg[^>]*>|</svg>$", "", _svg(f"icons/{name}.svg")).strip()
    css = "icon icon--mirror" if mirror else "icon"
    return Markup(  # noqa: S704  our own file
        f'<svg class="{css}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{body}</svg>'
    )


@cache
def pictogram(name: str) -> Markup:
    """A safety pictogram; always beside its words."""
    body = re.sub(r"^<svg[^>]*>|</svg>$", "", _svg(f"pictograms/{name}.svg")).strip()
    return Markup(  # noqa: S704  our own file
        f'<svg viewBox="0 0 72 72" aria-hidden="true" focusable="false" fill="none">{body}</svg>'
    )


@cache
def mark(inverse: bool = False) -> Markup:
    """The mill wheel of eight blades, one of them just joining."""
    svg = _svg("pictograms/mark.svg")
    body = re.sub(r"^<svg[^>]*>|</svg>$", "", svg).strip()
    if inverse:
        body = body.replace("#10312c", "#f6f3ea").replace("#7f2a5e", "#eab13c")
    return Markup(  # noqa: S704  our own file
        f'<svg class="mark" viewBox="-1 -1 42 42" aria-hidden="true" focusable="false">{body}</svg>'
    )


@cache
def wheel() -> Markup:
    """The large wheel of the home page."""
    body = re.sub(r"^<svg[^>]*>|</svg>$", "", _svg("pictograms/wheel.svg")).strip()
    return Markup(  # noqa: S704  our own file
        f'<svg class="wheel" viewBox="0 0 600 600" aria-hidden="true" focusable="false">{body}</svg>'
    )


def install(app: Flask) -> None:
    """Serve the styles and give templates the asset functions."""
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        static_url=static_url,
        stylesheet_url=stylesheet_url,
        icon=icon,
        pictogram=pictogram,
        mark=mark,
        wheel=wheel,
    )
