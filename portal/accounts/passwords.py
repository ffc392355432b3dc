"""Passwords: argon2id, at most two checks at once per process, because each takes 64 MiB."""

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.accounts.rules import is_easy
from portal.kernel.errors import InvalidError

MIN_LENGTH = 12
MAX_LENGTH = 200
_hasher = PasswordHasher()
_slots = threading.BoundedSemaphore(2)


def use_cheap_hashes() -> None:
    """For tests: the same algorithm with the smallest cost."""
    global _hasher  # noqa: PLW0603  one hasher per process
    _hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def hash_chosen_password(password: str, *, email: str, name: str) -> str:
    """The hash of a password that somebody chose. Raises InvalidError('password_easy') when anybody guesses it."""
    if len(password) >= MIN_LENGTH and is_easy(password, email=email, name=name):
        raise InvalidError("password_easy")
    return hash_password(password)


def hash_password(password: str) -> str:
    """The hash to store. Raises InvalidError('password_short') below 12 characters, or 'password_long'."""
    if len(password) < MIN_LENGTH:
        raise InvalidError("password_short", minimum=MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        raise InvalidError("password_long", maximum=MAX_LENGTH)
    with _slots:
        return _hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether this is the password; takes as long for an account that does not exist."""
    with _slots:
        try:
            _hasher.verify(stored or _nobody(_hasher), password[:MAX_LENGTH])
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


@cache
def _nobody(hasher: PasswordHasher) -> str:
    """A hash of nobody's password, as costly as a real one."""
    return hasher.hash("the password of nobody")
