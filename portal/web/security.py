"""Headers on every answer: a strict content policy (the portal has no script at all), no sniffing, no framing."""

from flask import Flask, Response, request

from portal.kernel.config import Settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
YEAR = 31_536_000
KEPT = {200, 206, 304}  # a file that one process does not have yet may exist a minute later


def install(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer."""

    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=()"
        if settings.is_production:
            headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
        if request.endpoint in {"static", "assets.styles"} and response.status_code in KEPT:
            headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        else:
            headers.setdefault("Cache-Control", "private, no-cache")
        return response

    app.after_request(add_headers)
