"""Passwords: argon2id, at most two checks at once per process, because each takes 64 MiB."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.kernel.errors import InvalidError

MIN_LENGTH = 12
MAX_LENGTH = 200
_hasher = PasswordHasher()
_slots = threading.BoundedSemaphore(2)
_DUMMY = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$"
    "1rrDSvbMkvYHXQXdVZGAJpZlDHu4vu3mBUyCyGcXzS4"
)


def use_cheap_hashes() -> None:
    """For tests: the same algorithm with the smallest cost."""
    global _hasher  # noqa: PLW0603  one hasher per process
    _hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def hash_password(password: str) -> str:
    """The hash to store. Raises InvalidError('password_short') below 12 characters."""
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
            _hasher.verify(stored or _DUMMY, password[:MAX_LENGTH])
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None
