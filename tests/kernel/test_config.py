"""Settings: read once, refused early with one clear sentence."""

from pathlib import Path

import pytest

from portal.kernel.config import Mode, Settings, is_weak
from portal.kernel.errors import ConfigurationError

GOOD_SECRET = "k3v9-LmQ2x_7Zr8tYw4Bn6Pd1Sf5Hg0Jc"


def production(**changes: str) -> dict[str, str]:
    env = {
        "PORTAL_MODE": "production",
        "DATABASE_URL": "postgresql+psycopg://portal@db/portal",
        "SECRET_KEY": GOOD_SECRET,
        "BASE_URL": "https://meedraaien.example",
    }
    return {**env, **changes}


def test_production_starts_with_good_settings() -> None:
    settings = Settings.from_env(production(TEAM_PHONE="+31550009999"))
    assert settings.mode is Mode.PRODUCTION
    assert settings.team_phone == "+31550009999"
    assert settings.host == "meedraaien.example"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is missing or weak"),
        ("SECRET_KEY", "changeme", "SECRET_KEY is missing or weak"),
        ("SECRET_KEY", "a" * 64, "SECRET_KEY is missing or weak"),
        ("DATABASE_URL", "", "DATABASE_URL is missing"),
        ("BASE_URL", "http://meedraaien.example", "BASE_URL must be"),
        ("POOL_SIZE", "many", "POOL_SIZE must be a whole number"),
        ("PORTAL_MODE", "prod", "PORTAL_MODE must be one of"),
    ],
)
def test_production_refuses_bad_settings_with_one_sentence(name: str, value: str, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words) as refusal:
        Settings.from_env(production(**{name: value}))
    assert "\n" not in str(refusal.value)


def test_the_demo_makes_its_own_secret_and_keeps_it(tmp_path: Path) -> None:
    env = {"PORTAL_INSTANCE": str(tmp_path / "instance")}
    first, second = Settings.from_env(env), Settings.from_env(env)
    assert first.secret_key == second.secret_key
    assert not is_weak(first.secret_key)
    assert first.database_url.startswith("sqlite:///")
