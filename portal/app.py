"""Puts the portal together: the only module that knows everything."""

import logging
from datetime import timedelta

from flask import Flask, Response, g
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import actors, schema
from portal.blueprints import all_blueprints
from portal.cli import portal_commands
from portal.kernel.clock import Clock, SystemClock
from portal.kernel.config import Settings
from portal.kernel.db import make_engine
from portal.kernel.errors import ConfigurationError
from portal.kernel.facts import holds_demo_data
from portal.kernel.links import Links
from portal.kernel.uow import Database, request_id
from portal.web import access, assets, errors, language, security, templating
from portal.web.context import Portal, new_request_id

MAX_UPLOAD_BYTES = 6 * 1024 * 1024
SESSION_DAYS = 14


def create_app(settings: Settings | None = None, *, clock: Clock | None = None) -> Flask:
    """The portal as a web application. Raises ConfigurationError when it may not start."""
    settings = settings or Settings.from_env()
    parts = assemble(settings, clock or SystemClock())
    if settings.is_production:
        refuse_demo_data(parts.database)
    app = Flask("portal", template_folder="../templates", static_folder="../static")
    _configure(app, settings)
    app.extensions["portal"] = parts
    _begin_requests(app)
    actors.install(app)
    language.install(app)
    templating.install(app)
    access.install(app)
    errors.install(app)
    security.install(app, settings)
    assets.install(app)
    for blueprint in all_blueprints(settings):
        app.register_blueprint(blueprint)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    app.cli.add_command(portal_commands)
    return app


def assemble(settings: Settings, clock: Clock) -> Portal:
    """What every request uses, for these settings; the application finds it at `extensions["portal"]`."""
    schema.load_models()
    engine = make_engine(settings.database_url, pool_size=settings.pool_size)
    return Portal(
        settings,
        Database(engine, settings, clock),
        Links(settings.secret_key, settings.base_url),
        load_actor=actors.load_actor,
        ready=lambda: schema.is_current(engine),
    )


def refuse_demo_data(database: Database) -> None:
    """Real people and the demo's people never share a database."""
    if not schema.is_current(database.engine):
        return
    with database.reading() as db:
        refused = holds_demo_data(db)
    if refused:
        database.engine.dispose()
        raise ConfigurationError("This database holds demo data: production mode needs a database of its own.")


def _configure(app: Flask, settings: Settings) -> None:
    app.testing = settings.mode == "test"
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_UPLOAD_BYTES,
        MAX_FORM_MEMORY_SIZE=1_000_000,
        PERMANENT_SESSION_LIFETIME=timedelta(days=SESSION_DAYS),
        SESSION_REFRESH_EACH_REQUEST=False,
        SESSION_COOKIE_NAME="meedraaien",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=settings.base_url.startswith("https://"),
        REMEMBER_COOKIE_DURATION=timedelta(days=SESSION_DAYS),
        WTF_CSRF_ENABLED=True,
        WTF_CSRF_TIME_LIMIT=8 * 3600,
        WTF_CSRF_SSL_STRICT=False,
    )
    if not logging.getLogger("portal").handlers and settings.is_production:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")


def _begin_requests(app: Flask) -> None:
    def begin() -> None:
        g.request_id = new_request_id()
        request_id.set(g.request_id)

    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        return response

    app.before_request(begin)
    app.after_request(end)
