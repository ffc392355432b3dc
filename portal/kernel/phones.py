"""Phone numbers as people write them, kept as E.164 and shown the Dutch way."""

import re
import unicodedata

import phonenumbers

REGION = "NL"
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_REMARK = re.compile(r"[^\W\d_]|\((?=\s*[^\W\d_])|\n")
_SECOND_NUMBER = re.compile(r"[/;,|]|(?<=\d)\s+(?=\+)")
_ZERO_IN_BRACKETS = re.compile(r"\(\s*0\s*\)")
_START = re.compile(r"[+(\d]")
_SHORTEST = 8
_LOST_ZERO = 9


def tidy(text: str) -> str:
    """The text with plain digits, plain dashes and without the invisible marks that chat programs add."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain)
    return _DASHES.sub("-", plain)


def split(text: str) -> tuple[str, str]:
    """The first number in a phone cell, and whatever else stands there: '06 89… (app)' gives ('06 89…', '(app)')."""
    plain = tidy(text)
    start = _START.search(plain)
    if start is None:
        return "", plain.strip()
    before, number = plain[: start.start()], plain[start.start() :]
    end = _REMARK.search(number)
    number, after = (number[: end.start()], number[end.start() :]) if end else (number, "")
    second = next(
        (at for at in _SECOND_NUMBER.finditer(number) if len(digits(number[: at.start()])) >= _SHORTEST), None
    )
    if second:
        number, after = number[: second.start()], number[second.start() :] + after
    return number.strip(), f"{before} {after}".strip()


def digits(text: str) -> str:
    """Only the digits."""
    return "".join(sign for sign in text if sign.isdigit())


def parse(text: str) -> str | None:
    """The E.164 form of the first number in the text, or nothing when that is not a number that exists."""
    number, _ = split(text)
    number = _ZERO_IN_BRACKETS.sub("", number)
    plain = digits(number)
    if number.lstrip("( ").startswith("+"):
        plain = f"+{plain}"
    elif plain.startswith("00"):
        plain = f"+{plain[2:]}"
    elif len(plain) == _LOST_ZERO and not plain.startswith("0"):
        plain = f"0{plain}"
    try:
        parsed = phonenumbers.parse(plain, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def display(e164: str) -> str:
    """'06 12345678' for a Dutch number, '+49 1512 3456789' for another; what cannot be read stays as it is."""
    try:
        parsed = phonenumbers.parse(e164, REGION)
    except phonenumbers.NumberParseException:
        return e164
    dutch = parsed.country_code == phonenumbers.country_code_for_region(REGION)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if dutch else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)
