"""Decisions about accounts on plain values: how long links live, which code is right, which password is too easy."""

import hashlib
import hmac
from datetime import datetime, timedelta

import pyotp

from portal.accounts.vocabulary import LinkPurpose

LINK_LIFETIME = {
    LinkPurpose.SIGN_IN: timedelta(minutes=20),
    LinkPurpose.RESET: timedelta(minutes=20),
    LinkPurpose.CONFIRM: timedelta(days=2),
    LinkPurpose.INVITE: timedelta(days=7),
}
CODE_DIGITS = 6
RECOVERY_CODES = 8
RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_GROUPS = 3
RECOVERY_GROUP_LENGTH = 4
MIN_DIFFERENT_SIGNS = 5
EASY_WORDS = ("wachtwoord", "password", "meedraaien", "welkom", "123456", "qwerty")


def is_easy(password: str, *, email: str = "", name: str = "") -> bool:
    """Whether a password is mostly a word that everybody tries first, or the person's own name or address."""
    plain = password.casefold()
    if len(set(plain)) < MIN_DIFFERENT_SIGNS:
        return True
    own = [word for word in (email.partition("@")[0], *name.split()) if len(word) > 3]
    rest = plain
    for word in (*EASY_WORDS, *(word.casefold() for word in own)):
        rest = rest.replace(word, "")
    return len(rest.strip("0123456789!.?-_ ")) < MIN_DIFFERENT_SIGNS and rest != plain


def link_is_open(expires_at: datetime, used_at: datetime | None, now: datetime) -> bool:
    """Whether a link can still be spent."""
    return used_at is None and now < expires_at


def matching_step(secret: str, typed: str, *, now: datetime, last_step: int) -> int | None:
    """The time step of which this is the code: now, the one before or after; never one that was used already."""
    code = "".join(typed.split())
    if len(code) != CODE_DIGITS or not (code.isascii() and code.isdecimal()):
        return None
    totp = pyotp.TOTP(secret)
    this = totp.timecode(now)
    for step in (this - 1, this, this + 1):
        if step > last_step and hmac.compare_digest(totp.generate_otp(step), code):
            return step
    return None


def plain_recovery_code(typed: str) -> str:
    """A recovery code as it is compared: small letters and digits only."""
    return "".join(sign for sign in typed.casefold() if sign.isalnum())


def recovery_code_hash(user_id: int, typed: str) -> str:
    """What is stored of a recovery code: 60 random bits hashed together with whose it is."""
    return hashlib.sha256(f"{user_id}:{plain_recovery_code(typed)}".encode()).hexdigest()
