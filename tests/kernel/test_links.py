"""Secret links."""

import pytest

from portal.kernel.links import Links

LINKS = Links("secret-one", "https://meedraaien.example")


def test_a_token_opens_for_its_purpose() -> None:
    assert LINKS.open("registration", LINKS.secret("registration", 12, 3)) == (12, 3)


def test_a_token_does_not_open_another_purpose_or_another_portal() -> None:
    token = LINKS.secret("registration", 12)
    assert LINKS.open("phone-call", token) is None
    assert Links("secret-two", "https://x.example").open("registration", token) is None


@pytest.mark.parametrize("token", ["", "12", "12-1", "12-1-", "x-1-abc", "12-1-abc", "９-1-abc", "1" * 40 + "-1-a"])
def test_nonsense_opens_nothing(token: str) -> None:
    assert LINKS.open("registration", token) is None


def test_another_thing_needs_another_signature() -> None:
    token = LINKS.secret("registration", 12)
    assert LINKS.open("registration", token.replace("12-", "13-", 1)) is None
