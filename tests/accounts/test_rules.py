"""Decisions about accounts on plain values."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from portal.accounts.rules import is_easy, link_is_open, matching_step, plain_recovery_code, recovery_code_hash

NOW = datetime(2026, 11, 24, 9, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


def step(moment: datetime) -> int:
    return pyotp.TOTP(SECRET).timecode(moment)


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_code_of_now_and_its_neighbours_is_right(seconds: int) -> None:
    moment = NOW + timedelta(seconds=seconds)
    assert matching_step(SECRET, code(moment), now=NOW, last_step=0) == step(moment)


@pytest.mark.parametrize("seconds", [-90, 90])
def test_code_of_another_time_is_wrong(seconds: int) -> None:
    assert matching_step(SECRET, code(NOW + timedelta(seconds=seconds)), now=NOW, last_step=0) is None


def test_code_is_read_with_spaces() -> None:
    typed = code(NOW)
    assert matching_step(SECRET, f" {typed[:3]} {typed[3:]} ", now=NOW, last_step=0) == step(NOW)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"])
def test_what_is_no_code_is_wrong(typed: str) -> None:
    assert matching_step(SECRET, typed, now=NOW, last_step=0) is None


def test_code_works_once() -> None:
    assert matching_step(SECRET, code(NOW), now=NOW, last_step=step(NOW)) is None
    earlier = NOW - timedelta(seconds=30)
    assert matching_step(SECRET, code(earlier), now=NOW, last_step=step(NOW)) is None


def test_link_is_open_until_it_ends_or_is_used() -> None:
    assert link_is_open(NOW + timedelta(seconds=1), None, NOW)
    assert not link_is_open(NOW, None, NOW)
    assert not link_is_open(NOW + timedelta(days=1), NOW, NOW)


def test_recovery_code_is_compared_without_dashes_and_capitals() -> None:
    assert plain_recovery_code(" ABCD-efgh 2345") == "abcdefgh2345"
    assert recovery_code_hash(1, "ABCD-EFGH-2345") == recovery_code_hash(1, "abcdefgh2345")
    assert recovery_code_hash(1, "abcdefgh2345") != recovery_code_hash(2, "abcdefgh2345")


@pytest.mark.parametrize(
    "password", ["aaaaaaaaaaaaaa", "wachtwoord123", "Meedraaien2026!", "121212121212", "welkom123456", "hannekebos12"]
)
def test_password_that_everybody_tries_is_easy(password: str) -> None:
    assert is_easy(password, email="hannekebos@bakkerij.example", name="Hanneke Bos")


@pytest.mark.parametrize("password", ["vier molens draaien mee", "kp7!xQz2mWv9", "wachtwoorden zijn lastige dingen"])
def test_password_of_a_few_words_is_not_easy(password: str) -> None:
    assert not is_easy(password, email="hannekebos@bakkerij.example", name="Hanneke Bos")
