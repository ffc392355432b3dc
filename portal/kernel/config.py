"""The settings of one installation, read from the environment once, refused early with a clear sentence."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from portal.kernel.errors import ConfigurationError

WEAK_SECRETS = frozenset({"secret", "changeme", "change-me", "dev", "test", "geheim", "meedraaien"})
MIN_SECRET_LENGTH = 32
MIN_SECRET_VARIETY = 8


class Mode(StrEnum):
    """How the portal runs: the demo on one machine, the real thing, or under test."""

    DEMO = "demo"
    PRODUCTION = "production"
    TEST = "test"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that differs between installations."""

    mode: Mode
    database_url: str
    secret_key: str
    base_url: str
    instance_dir: Path
    smtp_url: str | None = None
    mail_from: str = "Meedraaien <meedraaien@meedraaien.example>"
    region_name: str = "regio Apeldoorn"
    team_name: str = "werkgeversteam"
    team_phone: str = "+31550001234"
    team_email: str = "werkgeversteam@meedraaien.example"
    pool_size: int = 4
    proxies: int = 0

    @property
    def is_production(self) -> bool:
        """Whether real people use this installation."""
        return self.mode is Mode.PRODUCTION

    @property
    def is_demo(self) -> bool:
        """Whether the demo's extras (mail reader, sign-in hints) exist."""
        return self.mode is Mode.DEMO

    @property
    def host(self) -> str:
        """The public host name; calendar identifiers and Message-IDs end with it."""
        return urlsplit(self.base_url).hostname or "localhost"

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Read the environment. Raises ConfigurationError with one sentence for the operator."""
        env = os.environ if env is None else env
        mode = _mode(env.get("PORTAL_MODE", Mode.DEMO))
        instance = Path(env.get("PORTAL_INSTANCE", "instance")).absolute()
        port = env.get("PORT", "8000")
        settings = cls(
            mode=mode,
            database_url=_database_url(env.get("DATABASE_URL"), mode, instance),
            secret_key=_secret_key(env.get("SECRET_KEY", ""), mode, instance),
            base_url=env.get("BASE_URL", f"http://localhost:{port}").rstrip("/"),
            instance_dir=instance,
            smtp_url=env.get("SMTP_URL") or None,
            mail_from=env.get("MAIL_FROM", cls.mail_from),
            region_name=env.get("REGION_NAME", cls.region_name),
            team_name=env.get("TEAM_NAME", cls.team_name),
            team_phone=env.get("TEAM_PHONE", cls.team_phone),
            team_email=env.get("TEAM_EMAIL", cls.team_email),
            pool_size=_number(env, "POOL_SIZE", cls.pool_size),
            proxies=_number(env, "TRUSTED_PROXIES", cls.proxies),
        )
        if settings.is_production and not settings.base_url.startswith("https://"):
            raise ConfigurationError("BASE_URL must be the public https:// address of the portal in production mode.")
        return settings


def _mode(value: str) -> Mode:
    try:
        return Mode(value)
    except ValueError:
        choices = ", ".join(Mode)
        raise ConfigurationError(f"PORTAL_MODE must be one of {choices}.") from None


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, str(default))
    if not value.isdecimal():
        raise ConfigurationError(f"{name} must be a whole number.")
    return int(value)


def _database_url(value: str | None, mode: Mode, instance: Path) -> str:
    if value:
        return value
    if mode is Mode.PRODUCTION:
        raise ConfigurationError("DATABASE_URL is missing: production mode needs the address of its database.")
    instance.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{instance / 'portal.db'}"


def _secret_key(value: str, mode: Mode, instance: Path) -> str:
    if value and not is_weak(value):
        return value
    if mode is Mode.PRODUCTION:
        raise ConfigurationError(
            "SECRET_KEY is missing or weak: "
            f"production mode needs a random one of at least {MIN_SECRET_LENGTH} characters."
        )
    return value or _kept_secret(instance)


def is_weak(secret: str) -> bool:
    """Whether a secret is short, well known or made of few different characters."""
    return len(secret) < MIN_SECRET_LENGTH or secret.lower() in WEAK_SECRETS or len(set(secret)) < MIN_SECRET_VARIETY


def _kept_secret(instance: Path) -> str:
    """The demo's own secret, made once, so that a restart keeps everybody signed in."""
    path = instance / "secret_key"
    instance.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")
