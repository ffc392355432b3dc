"""The command line and the two addresses that a supervisor asks: accounts, database, worker, health."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, func, inspect, select, update

from portal import schema
from portal.accounts.models import User
from portal.accounts.passwords import matches
from portal.accounts.vocabulary import AccountsAction, UserRole
from portal.app import create_app
from portal.cli import portal_commands
from portal.employers.models import Sector
from portal.employers.sector_data import SECTORS
from portal.events.models import Tour
from portal.kernel.audit import AuditEntry
from portal.kernel.config import Settings
from portal.kernel.uow import Database
from tests.conftest import TEAM
from tests.factories.events import a_registration, a_tour
from tests.support.browser import Browser
from tests.support.people import PASSWORD, an_admin

Run = Callable[..., Result]
SYSTEM_WORDS = ("Traceback", "sqlite", "postgresql", "argon2")


@pytest.fixture
def run(app: Flask) -> Run:
    """Give a command of the portal, with what is typed on standard input."""

    def give(*args: str, typed: str | None = None) -> Result:
        return app.test_cli_runner().invoke(args=["portal", *args], input=typed)

    return give


@pytest.fixture
def a_full_tour(database: Database) -> Tour:
    """A tour with two people."""
    with database.work(TEAM) as uow:
        tour = a_tour(uow, 2)
        a_registration(uow, tour)
        a_registration(uow, tour)
    return tour


def users(database: Database) -> list[User]:
    with database.reading() as session:
        return list(session.scalars(select(User).order_by(User.id)))


@pytest.mark.parametrize(
    ("word", "role"),
    [("team", UserRole.TEAM_MEMBER), ("lead", UserRole.TEAM_LEAD), ("admin", UserRole.ADMINISTRATOR)],
)
def test_user_add_makes_an_account_that_works(
    run: Run, app: Flask, database: Database, word: str, role: UserRole
) -> None:
    email = "Noor@Meedraaien.example"
    result = run("user", "add", "--email", email, "--role", word, "--password-stdin", typed=f"{PASSWORD}\n")
    assert (result.exit_code, result.output) == (0, "The account was added.\n")
    [user] = users(database)
    assert (user.email, user.role, user.name) == ("noor@meedraaien.example", role, email)
    assert matches(PASSWORD, user.password_hash)
    with database.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == AccountsAction.USER_ADDED)).all()
    assert [entry.actor_name for entry in entries] == ["command line"]
    browser = Browser(app)
    browser.get("/inloggen")
    page = browser.submit({"email": "noor@meedraaien.example", "wachtwoord": PASSWORD})
    assert not page.errors()
    assert "Uitloggen" in page.text


def test_user_add_takes_a_name(run: Run, database: Database) -> None:
    args = ("--email", "n@meedraaien.example", "--role", "admin", "--name", "Noor Kamphuis", "--password-stdin")
    assert run("user", "add", *args, typed=f"{PASSWORD}\r\n").exit_code == 0
    [user] = users(database)
    assert user.name == "Noor Kamphuis"


@pytest.mark.parametrize(
    ("email", "typed", "code"),
    [
        ("geen adres", PASSWORD, "email_invalid"),
        ("noor@meedraaien.example", "kort", "password_short"),
        ("noor@meedraaien.example", "", "password_short"),
        ("noor@meedraaien.example", "x" * 201, "password_long"),
    ],
)
def test_user_add_refuses_with_one_sentence(run: Run, database: Database, email: str, typed: str, code: str) -> None:
    result = run("user", "add", "--email", email, "--role", "admin", "--password-stdin", typed=typed)
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {code}: ")
    assert len(result.output.splitlines()) == 1
    assert not [word for word in SYSTEM_WORDS if word in result.output]
    assert users(database) == []


def test_user_add_knows_who_is_there(run: Run, database: Database) -> None:
    args = ("user", "add", "--email", "noor@meedraaien.example", "--role", "admin", "--password-stdin")
    assert run(*args, typed=PASSWORD).exit_code == 0
    again = run(*args, typed="een heel ander wachtwoord")
    assert (again.exit_code, len(users(database))) == (1, 1)
    assert again.output.startswith("Error: email_taken: ")
    assert matches(PASSWORD, users(database)[0].password_hash)


@pytest.mark.parametrize(
    "args",
    [
        ("--email", "n@meedraaien.example", "--role", "admin"),
        ("--email", "n@meedraaien.example", "--role", "coach", "--password-stdin"),
        ("--role", "admin", "--password-stdin"),
    ],
)
def test_user_add_says_what_it_needs(run: Run, database: Database, args: tuple[str, ...]) -> None:
    result = run("user", "add", *args, typed=PASSWORD)
    assert result.exit_code == 2
    assert users(database) == []


@pytest.mark.usefixtures("a_full_tour")
def test_check_is_content_with_right_counters(run: Run) -> None:
    result = run("check")
    assert (result.exit_code, result.output) == (0, "All counters are right.\n")


def test_check_says_which_counter_is_wrong(run: Run, database: Database, a_full_tour: Tour) -> None:
    with database.engine.begin() as connection:
        connection.execute(update(Tour).where(Tour.id == a_full_tour.id).values(places_taken=1))
    result = run("check")
    assert result.exit_code == 1
    assert result.output == f"tour {a_full_tour.id}: the counter says 1, the registrations say 2\n"


def test_db_upgrade_migrates_and_adds_the_branches(run: Run, database: Database) -> None:
    schema.downgrade(database.engine, "base")
    assert not schema.is_current(database.engine)
    result = run("db", "upgrade")
    assert (result.exit_code, result.output) == (0, "The database is up to date.\n")
    assert schema.is_current(database.engine)
    with database.reading() as session:
        assert set(session.scalars(select(Sector.key))) == {sector.key for sector in SECTORS}


def test_db_upgrade_twice_changes_nothing_and_keeps_what_the_team_changed(run: Run, database: Database) -> None:
    assert run("db", "upgrade").exit_code == 0
    with database.engine.begin() as connection:
        connection.execute(update(Sector).where(Sector.key == "bouw").values(name="Bouw en verbouw", active=False))
    assert run("db", "upgrade").exit_code == 0
    with database.reading() as session:
        bouw = session.scalars(select(Sector).where(Sector.key == "bouw")).one()
        assert (bouw.name, bouw.active) == ("Bouw en verbouw", False)
        assert session.scalar(select(func.count()).select_from(Sector)) == len(SECTORS)


def test_db_upgrade_makes_the_file_of_a_new_sqlite_database(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    app = create_app(replace(settings, database_url=f"sqlite:///{path}"))
    assert app.test_cli_runner().invoke(args=["portal", "db", "upgrade"]).exit_code == 0
    app.extensions["portal"].database.engine.dispose()
    engine = create_engine(f"sqlite:///{path}")
    assert "tour" in inspect(engine).get_table_names()
    engine.dispose()


def test_healthz_says_only_that_the_process_is_up(browser: Browser, database: Database) -> None:
    schema.downgrade(database.engine, "base")
    answer = browser.get("/healthz").response
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok\n", "text/plain")
    assert answer.headers["Cache-Control"] == "no-store"


def test_readyz_is_ready_when_the_tables_are_current(browser: Browser) -> None:
    answer = browser.get("/readyz").response
    assert (answer.status_code, answer.text) == (200, "ready\n")


def test_readyz_waits_for_the_migration(browser: Browser, database: Database, run: Run) -> None:
    schema.downgrade(database.engine, "base")
    answer = browser.get("/readyz", status=503).response
    assert answer.text == "not ready\n"
    assert run("db", "upgrade").exit_code == 0
    assert browser.get("/readyz").response.text == "ready\n"


def test_readyz_says_no_when_the_database_does_not_answer(settings: Settings, tmp_path: Path) -> None:
    gone = create_app(replace(settings, database_url=f"sqlite:///{tmp_path}/no/such/folder/portal.db"))
    answer = Browser(gone).get("/readyz", status=503).response
    assert answer.text == "not ready\n"
    assert Browser(gone).get("/healthz").status == 200
    gone.extensions["portal"].database.engine.dispose()


def test_one_round_of_the_worker_delivers_what_waits(run: Run, app: Flask, database: Database) -> None:
    with database.work(TEAM) as uow:
        an_admin(uow, email="noor@meedraaien.example", password=None)
    browser = Browser(app)
    browser.get("/wachtwoord-vergeten")
    browser.submit({"email": "noor@meedraaien.example"})
    assert run("worker", "--once").exit_code == 0
    files = list((Path(app.extensions["portal"].settings.instance_dir) / "mail").glob("*.eml"))
    assert len(files) == 1


def test_every_command_explains_itself(run: Run) -> None:
    for name, command in portal_commands.commands.items():
        assert (command.help or command.short_help or "").strip(), name
        assert run(name, "--help").exit_code == 0
