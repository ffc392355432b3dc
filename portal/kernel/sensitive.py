"""Finds what the portal never keeps: a BSN, a V-number, other numbers of papers, and private matters in a remark.

Nothing here returns what it found, only a code: the digits and the words stay out of reports, logs and errors.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from stdnum.nl import bsn

from portal.kernel import phones
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.names import fold

SENTENCES = {
    "bsn": lazy("Hier staat een burgerservicenummer (BSN). Dat bewaren wij nooit."),
    "v_number": lazy("Hier staat een V-nummer. Dat bewaren wij niet."),
    "identification_number": lazy("De opmerking is weggelaten: er staat een nummer van een pas, rekening of polis in."),
    "health": lazy("De opmerking is weggelaten: die gaat over gezondheid."),
    "sensitive": lazy(
        "De opmerking is weggelaten: die gaat over iets gevoeligs, zoals geloof, schulden, justitie of privézaken."
    ),
}

_WORD_LISTS = Path(__file__).parent / "data" / "sensitive_words.toml"
_SEPARATOR = r"[ \t\n./_-]{1,3}"
_RUN = re.compile(rf"\d+(?:{_SEPARATOR}\d+)*")
_BSN_LENGTHS = (8, 9)
_BSN_WORD = re.compile(
    r"\b(?:bsn|burger\W?service\w*|sofi(?:nummer|nr)?)[\s.:=-]*(?:nr|nummer)?[\s.:=-]*(?:is|van \w+ is)?[\s.:=-]*"
    r"\d(?:\W{0,3}\d){7,8}(?!\d)"
)
_V_WORD = re.compile(
    r"\b(?:v\W?(?:nr|nummer)|vreemdelingen\W?(?:nr|nummer)|ind\W?(?:nr|nummer))\W{0,4}\d(?:\W{0,2}\d){5,11}"
)
_V_NUMBER = re.compile(r"(?<![\d+])[12]\d{9}(?!\d)")
_PAPERS = re.compile(
    r"\b(?:pas|paspoort|id|identiteits?|document|rijbewijs|verblijfs?\w*|vergunning|polis|zorgpas|zorgverzekering"
    r"|verzekering|klant|rekening|bank|digid|crv|client)"
    r"(?:[\s-]?(?:kaart|pas|bewijs|document))?[\s.-]?(?:nr|nummer|no)?[\s.:#-]{0,4}"
    r"(?:[a-z]{1,3}[\s-]?)?\d(?:[ .-]?\d){4,}"
)
_IBAN = re.compile(r"\b[a-z]{2}\d{2}\s?[a-z]{4}\s?\d(?:\s?\d){7,13}\b")
_LOOSE_NUMBER = re.compile(r"(?<!\d)\d{8,10}(?!\d)")
_NOT_A_PERSON = (
    _IBAN,
    re.compile(r"\+\s?\d[\d ().-]{7,18}\d"),
    re.compile(r"(?<!\d)0(?:0\s?31[\s.-]*(?:\(0\)\s*)?)?(?:[\s./()-]*\d){9}(?!\d)"),
    re.compile(r"\b(?:kvk|kamer van koophandel)\W*(?:nr|nummer)?\W*\d{8}(?!\d)"),
    re.compile(r"\bvestigings?\W*(?:nr|nummer)?\W*\d{12}(?!\d)"),
    re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:19|20)\d\d(?!\d)"),
    re.compile(r"(?<!\d)(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?![-/.]?\d)"),
    re.compile(r"(?<![\d.])(?:[01]?\d|2[0-4])[.:][0-5]\d(?:\s?-\s?(?:[01]?\d|2[0-4])[.:][0-5]\d)?(?![\d.]\d|\d)"),
)


def find_bsn(text: str) -> bool:
    """Whether the text holds a BSN: eight or nine digits, in whatever groups, that pass the eleven test.

    Digits right behind the word BSN count always; phone numbers, dates, times, bank accounts and KVK numbers never.
    """
    plain = _without_other_numbers(_plain(text))
    return bool(_BSN_WORD.search(plain)) or any(bsn.is_valid(number) for number in _candidates(plain))


def find_bsn_in_phone(cell: str) -> bool:
    """The same for a cell that should hold a phone number: a mobile number without its zero may pass the test too."""
    number, rest = phones.split(cell)
    if find_bsn(rest) or _BSN_WORD.search(_plain(cell)):
        return True
    digits = phones.digits(number)
    looks_like_phone = number.startswith("+") or digits.startswith(("0", "31", "6"))
    if looks_like_phone and phones.parse(number):
        return False
    return len(digits) in _BSN_LENGTHS and bsn.is_valid(digits)


def find_v_number(text: str) -> bool:
    """Whether the text holds a V-number of the immigration service."""
    plain = _plain(text)
    return bool(_V_WORD.search(plain) or _V_NUMBER.search(_without_other_numbers(plain)))


def guard_text(text: str) -> str | None:
    """The code of what a free text may not hold: "bsn" or "v_number"; nothing when it is fine."""
    if find_bsn(text):
        return "bsn"
    return "v_number" if find_v_number(text) else None


def left_out_reason(remark: str) -> str | None:
    """Why a remark about a person is not kept: "bsn", "v_number", "identification_number", "health" or "sensitive"."""
    code = guard_text(remark)
    if code:
        return code
    plain = _plain(remark)
    numbers = _without_other_numbers(plain)
    if _IBAN.search(plain) or _PAPERS.search(numbers) or _LOOSE_NUMBER.search(numbers):
        return "identification_number"
    words, harmless = _rules()
    meant = harmless.sub(" ", plain)
    return next((code for code, pattern in words if pattern.search(meant)), None)


def _plain(text: str) -> str:
    return fold(phones.tidy(text))


def _without_other_numbers(plain: str) -> str:
    for pattern in _NOT_A_PERSON:
        plain = pattern.sub(" | ", plain)
    return plain


def _candidates(plain: str) -> Iterator[str]:
    """Digits that could be a BSN: a whole run, one group, or groups in a longer run that make nine digits."""
    for run in _RUN.finditer(plain):
        groups = re.findall(r"\d+", run.group())
        whole = "".join(groups)
        if len(whole) in _BSN_LENGTHS:
            yield whole
            continue
        yield from (group for group in groups if len(group) in _BSN_LENGTHS)
        for start in range(len(groups)):
            for end in range(start + 2, len(groups) + 1):
                part = "".join(groups[start:end])
                if len(part) == max(_BSN_LENGTHS):
                    yield part


@cache
def _rules() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], re.Pattern[str]]:
    lists = tomllib.loads(_WORD_LISTS.read_text(encoding="utf-8"))
    words = tuple((code, _any_of(lists[code]["patterns"])) for code in ("health", "sensitive"))
    return words, re.compile("|".join(lists["harmless"]))


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_as_regex(pattern) for pattern in patterns)})(?!\w)")


def _as_regex(pattern: str) -> str:
    """The small language of the word lists, explained there."""
    words = [re.escape(word).replace(r"\*", r"\w*") for word in fold(pattern).replace(" .. ", " ").split()]
    between = [r"\W+(?:\w+\W+){0,3}" if gap == " .. " else r"\W+" for gap in re.findall(r" \.\. | ", pattern)]
    return "".join(part for pair in zip(words, [*between, ""], strict=True) for part in pair)
