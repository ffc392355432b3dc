"""What an installation may be started with: production refuses early, each time with one sentence."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from portal import schema
from portal.app import create_app
from portal.demo.load import load_demo
from portal.kernel.config import Mode, Settings
from portal.kernel.errors import ConfigurationError
from portal.kernel.facts import DEMO, InstallationFact
from portal.kernel.mail import FileMailer, SmtpMailer, make_mailer
from portal.kernel.uow import Database
from tests.conftest import TEAM
from tests.support.browser import Browser

ROOT = Path(__file__).parents[1]
GOOD_SECRET = "k3v9-LmQ2x_7Zr8tYw4Bn6Pd1Sf5Hg0Jc"
DEMO_SENTENCE = "This database holds demo data: production mode needs a database of its own."
LOAD_SENTENCE = "The demo is not loaded in production mode: its people are invented."


def production(**changes: str) -> dict[str, str]:
    """The least that production needs."""
    return {
        "PORTAL_MODE": "production",
        "DATABASE_URL": "postgresql+psycopg://portal@db/portal",
        "SECRET_KEY": GOOD_SECRET,
        "BASE_URL": "https://meedraaien.example",
        **changes,
    }


@contextmanager
def started(settings: Settings) -> Iterator[Flask]:
    """The portal, put together and closed again."""
    app = create_app(settings)
    try:
        yield app
    finally:
        app.extensions["portal"].database.engine.dispose()


@pytest.fixture
def real(settings: Settings) -> Settings:
    """The settings of the portal under test, as if it were the real thing."""
    return replace(settings, mode=Mode.PRODUCTION, base_url="https://meedraaien.example")


def remember_demo(database: Database) -> None:
    with database.work(TEAM) as uow:
        uow.session.add(InstallationFact(key=DEMO, value="scenario"))
        uow.without_audit("a fact about this installation")


def test_every_setting_of_a_real_installation_is_read() -> None:
    settings = Settings.from_env(
        production(
            BASE_URL="https://meedraaien.example/",
            SMTP_URL="smtp+starttls://portal:geheim@mail.example:587",
            MAIL_FROM="Meedraaien <post@meedraaien.example>",
            REGION_NAME="regio Zutphen",
            TEAM_NAME="team Werk",
            TEAM_PHONE="+31550009999",
            TEAM_EMAIL="team@meedraaien.example",
            POOL_SIZE="12",
            TRUSTED_PROXIES="1",
            PORTAL_INSTANCE="/srv/portal",
        )
    )
    assert (settings.is_production, settings.is_demo) == (True, False)
    assert (settings.base_url, settings.host) == ("https://meedraaien.example", "meedraaien.example")
    assert settings.secret_key == GOOD_SECRET
    assert settings.database_url == "postgresql+psycopg://portal@db/portal"
    assert settings.mail_from == "Meedraaien <post@meedraaien.example>"
    assert (settings.region_name, settings.team_name) == ("regio Zutphen", "team Werk")
    assert (settings.team_phone, settings.team_email) == ("+31550009999", "team@meedraaien.example")
    assert (settings.pool_size, settings.proxies) == (12, 1)
    assert settings.instance_dir == Path("/srv/portal")
    assert isinstance(make_mailer(settings), SmtpMailer)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        *(
            (
                {"SECRET_KEY": secret},
                "SECRET_KEY is missing or weak: production mode needs a random one of at least 32 characters.",
            )
            for secret in ("", "geheim", "Kort-maar-wel-W1llekeurig", "0" * 64, "abcdefg" * 8)
        ),
        ({"DATABASE_URL": ""}, "DATABASE_URL is missing: production mode needs the address of its database."),
        *(
            (
                {"BASE_URL": address},
                "BASE_URL must be the public https:// address of the portal in production mode.",
            )
            for address in ("", "http://meedraaien.example", "meedraaien.example")
        ),
        ({"POOL_SIZE": "veel"}, "POOL_SIZE must be a whole number."),
        ({"POOL_SIZE": "-1"}, "POOL_SIZE must be a whole number."),
        ({"TRUSTED_PROXIES": "1.5"}, "TRUSTED_PROXIES must be a whole number."),
        ({"PORTAL_MODE": "live"}, "PORTAL_MODE must be one of demo, production, test."),
    ],
)
def test_production_refuses_with_one_sentence(changes: Mapping[str, str], sentence: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        Settings.from_env(production(**changes))
    assert str(refusal.value) == sentence


def test_a_refusal_does_not_repeat_the_secret() -> None:
    with pytest.raises(ConfigurationError) as refusal:
        Settings.from_env(production(SECRET_KEY="zomer2026"))
    assert "zomer2026" not in str(refusal.value)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL", "BASE_URL"])
def test_production_needs_the_three_that_have_no_default(missing: str, tmp_path: Path) -> None:
    env = production(PORTAL_INSTANCE=str(tmp_path / "instance"))
    del env[missing]
    with pytest.raises(ConfigurationError, match=missing):
        Settings.from_env(env)
    assert not (tmp_path / "instance").exists()


def test_the_demo_needs_no_setting_at_all(tmp_path: Path) -> None:
    settings = Settings.from_env({"PORTAL_INSTANCE": str(tmp_path / "instance"), "PORT": "8123"})
    assert (settings.is_demo, settings.is_production) == (True, False)
    assert settings.base_url == "http://localhost:8123"
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/portal.db"
    assert isinstance(make_mailer(settings), FileMailer)
    assert (tmp_path / "instance" / "secret_key").stat().st_mode & 0o077 == 0


def test_the_demo_takes_the_settings_that_are_given(tmp_path: Path) -> None:
    env = {"PORTAL_INSTANCE": str(tmp_path), "SECRET_KEY": GOOD_SECRET, "SMTP_URL": "smtp://localhost:2525"}
    settings = Settings.from_env({**env, "DATABASE_URL": "sqlite:////tmp/elsewhere.db"})
    assert (settings.secret_key, settings.database_url) == (GOOD_SECRET, "sqlite:////tmp/elsewhere.db")
    assert isinstance(make_mailer(settings), SmtpMailer)
    assert not (tmp_path / "secret_key").exists()


def test_production_starts_on_an_empty_database(real: Settings) -> None:
    with started(real) as app:
        assert app.config["SESSION_COOKIE_SECURE"]
        assert app.config["SESSION_COOKIE_HTTPONLY"]
        assert not app.testing
        answer = Browser(app).get("/readyz").response
        assert answer.text == "ready\n"
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_production_has_no_pages_for_developers(real: Settings) -> None:
    with started(real) as app:
        for path in ("/_componenten", "/dev/mail", "/dev/mail/1"):
            assert app.test_client().get(path).status_code == 404


def test_production_refuses_a_database_with_demo_data(real: Settings, database: Database) -> None:
    remember_demo(database)
    with pytest.raises(ConfigurationError) as refusal:
        create_app(real)
    assert str(refusal.value) == DEMO_SENTENCE


def test_production_can_still_migrate_a_database_without_tables(real: Settings, database: Database) -> None:
    schema.downgrade(database.engine, "base")
    with started(real) as app:
        assert app.test_cli_runner().invoke(args=["portal", "db", "upgrade"]).exit_code == 0
    assert schema.is_current(database.engine)


def test_the_demo_is_not_loaded_into_production(real: Settings) -> None:
    with started(real) as app:
        with pytest.raises(ConfigurationError) as refusal:
            load_demo(app.extensions["portal"].database)
        assert str(refusal.value) == LOAD_SENTENCE
        result = app.test_cli_runner().invoke(args=["portal", "demo", "load", "--once"])
        assert (result.exit_code, result.output) == (1, f"Error: {LOAD_SENTENCE}\n")


def test_a_cookie_over_plain_http_is_for_the_demo_only(settings: Settings, real: Settings) -> None:
    with started(replace(settings, mode=Mode.DEMO)) as demo:
        assert not demo.config["SESSION_COOKIE_SECURE"]
        assert "Strict-Transport-Security" not in Browser(demo).get("/healthz").response.headers
    with started(real) as app:
        assert app.config["REMEMBER_COOKIE_SECURE"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": "geheim"}, "SECRET_KEY is missing or weak"),
        ({"BASE_URL": "http://x.example"}, "BASE_URL must be"),
    ],
)
def test_the_entry_for_web_servers_stops_with_the_sentence(changes: Mapping[str, str], sentence: str) -> None:
    env = {"PATH": "/usr/bin:/bin", **production(**changes)}
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"The portal does not start: {sentence}")
    assert len(done.stderr.splitlines()) == 1
