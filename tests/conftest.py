"""What every test can use: a database of its own, a clock that stands still, the portal, a browser."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal import schema
from portal.accounts.passwords import use_cheap_hashes
from portal.app import assemble, create_app
from portal.kernel.clock import FixedClock
from portal.kernel.config import Mode, Settings
from portal.kernel.db import make_engine
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database, UnitOfWork
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.templates import TemplateDatabase, template_database

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEAM = Actor(role=Role.TEAM_MEMBER, name="Marleen Visscher")

pytest_plugins = ["tests.support.plugin"]


def settings_for(database_url: str, instance: Path) -> Settings:
    """Settings of the portal under test."""
    return Settings(
        mode=Mode.TEST,
        database_url=database_url,
        secret_key="a-long-secret-only-for-the-tests-0123456789",
        base_url="http://localhost",
        instance_dir=instance,
    )


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> None:
    use_cheap_hashes()


@pytest.fixture(scope="session")
def template(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[TemplateDatabase]:
    """A migrated, empty database to copy."""
    with template_database(request.config.getoption("--db"), tmp_path_factory.mktemp("template"), worker_id) as made:
        yield made


@pytest.fixture
def settings(template: TemplateDatabase, tmp_path: Path) -> Iterator[Settings]:
    """The settings of the portal under test, with a fresh database."""
    with template.copy(tmp_path) as url:
        yield settings_for(url, tmp_path / "instance")


@pytest.fixture
def clock() -> FixedClock:
    """Tuesday 24 November 2026, ten o'clock in Amsterdam."""
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Routes and templates, compiled once; each test gives it parts of its own."""
    folder = tmp_path_factory.mktemp("never_opened")
    return create_app(settings_for(f"sqlite:///{folder}/portal.db", folder))


@pytest.fixture
def app(web: Flask, settings: Settings, clock: FixedClock) -> Iterator[Flask]:
    """The whole portal, on a database and a clock of this test."""
    parts = web.extensions["portal"] = assemble(settings, clock)
    yield web
    parts.database.engine.dispose()


@pytest.fixture
def database(app: Flask) -> Database:
    """The portal's database."""
    database: Database = app.extensions["portal"].database
    return database


@pytest.fixture
def engine(database: Database) -> Engine:
    """The portal's engine, to count statements on."""
    return database.engine


WorkAs = Callable[[Actor], AbstractContextManager[UnitOfWork]]


@pytest.fixture
def work_as(database: Database) -> WorkAs:
    """Opens a unit of work in the name of somebody."""
    return database.work


@pytest.fixture
def uow(database: Database) -> Iterator[UnitOfWork]:
    """One unit of work in the name of the system, for building what a test needs; committed when it ends well."""
    with database.work(Actor(role=Role.SYSTEM, name="test")) as unit:
        yield unit


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A read-only session."""
    with database.reading() as db:
        yield db


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A visitor's browser."""
    return Browser(app)


@pytest.fixture
def outbox(app: Flask) -> Outbox:
    """The messages that would be sent, and the mails they become."""
    return Outbox(app)


__all__ = ["NOW", "TEAM", "WorkAs", "make_engine", "schema"]
