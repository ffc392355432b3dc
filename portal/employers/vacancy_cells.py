"""Reads the cells of a list of vacancies: hours, wage, level, kind, places and the terms of a trial."""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from portal.kernel.level_reading import read_level
from portal.kernel.levels import LanguageLevel
from portal.kernel.names import fold

LONGEST_WEEK = 60
HOURLY = (Decimal(5), Decimal(150))
MOST_PLACES = 500
MONTHS_IN_YEAR = 12
WEEKS_IN_YEAR = 52
DAYS_IN_WORK_WEEK = 5

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_AMOUNT = re.compile(
    r"(?<![\d.,])(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:[.,](?P<cents>\d{1,2}))?(?![\d])"
    r"(?!\s*(?:%|procent|maand|mnd|week|weken|jaar|jr|uur\b|uren|dag|x\b))"
)
_OTHER_LANGUAGE = re.compile(
    r"\b(?:engels|duits|frans|arabisch|tigrinya|farsi|turks|spaans|pools|oekraiens|somalisch)\b"
)
_LEVEL_PARTS = re.compile(r"[,;+]|\ben\b")
_KINDS = (
    ("trial", re.compile(r"\b(?:proef\w*|kijkweek|kijkstage|snuffel\w*|meeloop\w*)")),
    ("work_experience", re.compile(r"\b(?:werkervaring\w*|leerwerk(?:plek|plaats)\w*|wep)\b")),
    ("bbl", re.compile(r"\b(?:bbl\w*|leerbaan\w*|leerling\w*|leerwerkbaan\w*)")),
    ("language_placement", re.compile(r"\btaal(?:stage|plek|plaats|werkplek)\w*")),
    ("job", re.compile(r"\b(?:vacature\w*|baan|banen|werk|regulier\w*|betaald\w*|functie)\b")),
)
_COUNTS = {
    "een": 1,
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "zeven": 7,
    "acht": 8,
    "negen": 9,
    "tien": 10,
    "twaalf": 12,
}
_SPAN = re.compile(
    rf"(?<![\d.,x])\b(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)}|half)\s*(?P<unit>weken|week|wk|maanden|maand|mnd|dagen|dag|jaar)\b"
    r"(?!\s*(?:contract|per\b|school|ervaring|vakantie|taal))"
)
_CONTRACT_SPAN = re.compile(
    rf"\bcontract\s+(?:van|voor)\s+(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)}|half)\s*(?P<unit>maanden|maand|mnd|jaar)\b"
)
_SPAN_CONTRACT = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)}|half)\s*(?P<unit>maanden|maand|mnd|jaar)\s*contract\b"
)
_YEAR_CONTRACT = re.compile(r"\bjaarcontract\w*")
_INTENTION = re.compile(
    r"\b(?:\w*contract\w*|in (?:loon)?dienst|dienstverband|vast werk|baan|banen|aannemen|aangenomen)\b"
)
_NO_INTENTION = re.compile(
    r"\b(?:geen|zonder|nog geen|niet|geen uitzicht op|geen kans op)\W+(?:\w+\W+){0,2}"
    r"(?:\w*contract\w*|in dienst|dienstverband|baan|banen|aannemen|aangenomen|werk)\b"
)


@dataclass(frozen=True, slots=True)
class Wage:
    """Gross euro cents per hour, lowest and highest, as far as the text says so."""

    min_cents: int | None
    max_cents: int | None


@dataclass(frozen=True, slots=True)
class TrialPromise:
    """What the texts of a trial say: how many weeks, whether a job may follow, and for how many months."""

    weeks: int | None
    intends_contract: bool
    contract_months: int | None


def read_hours(text: str) -> tuple[int, int] | None:
    """'32-40', '24 uur' and 'max 32': the fewest and the most hours per week, whole hours."""
    found = [Decimal(number.replace(",", ".")) for number in _NUMBER.findall(text)[:2]]
    if not found or not all(0 < hours <= LONGEST_WEEK for hours in found):
        return None
    return int(min(found)), ceil(max(found))


def read_wage(text: str) -> Wage:
    """'15,80 - 17,25', '€ 15,40' and '16,41 + 50% nachttoeslag'; a wage per month or in words has no hourly amount."""
    amounts = [
        Decimal(f"{found['whole'].replace('.', '')}.{found['cents'] or 0}")
        for found in _AMOUNT.finditer(fold(text).partition("+")[0])
    ]
    hourly = [amount for amount in amounts if HOURLY[0] <= amount <= HOURLY[1]][:2]
    if not hourly or any(amount > HOURLY[1] for amount in amounts):
        return Wage(None, None)
    return Wage(int(min(hourly) * 100), int(max(hourly) * 100))


def names_amount(text: str) -> bool:
    """Whether a wage text holds an amount at all, per whatever time."""
    return any(True for _ in _AMOUNT.finditer(fold(text)))


def read_needed_level(text: str) -> LanguageLevel | None:
    """The lowest level of Dutch that is enough: 'A1/A2' is A1, 'Engels B2, Nederlands A2' is A2."""
    parts = [part for part in _LEVEL_PARTS.split(fold(text)) if not _OTHER_LANGUAGE.search(part)]
    return read_level(" / ".join(parts)).level


def read_kind(text: str) -> str | None:
    """The kind of place by its word in a list."""
    plain = fold(text)
    return next((kind for kind, pattern in _KINDS if pattern.search(plain)), None)


def read_places(text: str) -> int:
    """How many places; one when the list does not say."""
    found = re.search(r"\d+", text)
    return min(max(int(found.group()), 1), MOST_PLACES) if found and len(found.group()) < 6 else 1


def read_trial(text: str) -> TrialPromise:
    """What the texts of a trial promise. The longest span counts; a contract's span is not the trial's."""
    plain = fold(text)
    contract = _CONTRACT_SPAN.search(plain) or _SPAN_CONTRACT.search(plain)
    rest = _CONTRACT_SPAN.sub(" contract ", plain)
    spans = [_weeks(found) for found in _SPAN.finditer(rest)]
    months = 12 if contract is None and _YEAR_CONTRACT.search(plain) else contract and _months(contract)
    meant = _NO_INTENTION.sub(" ", plain)
    return TrialPromise(max(spans, default=None), bool(_INTENTION.search(meant)), months)


def _count(found: re.Match[str]) -> Decimal:
    word = found["count"]
    return Decimal("0.5") if word == "half" else Decimal(_COUNTS.get(word) or int(word))


def _weeks(found: re.Match[str]) -> int:
    """A span in whole weeks, begun weeks counted."""
    count, unit = _count(found), found["unit"]
    if unit.startswith("dag"):
        count /= DAYS_IN_WORK_WEEK
    elif unit == "jaar":
        count *= WEEKS_IN_YEAR
    elif unit.startswith(("maand", "mnd")):
        count = count * WEEKS_IN_YEAR / MONTHS_IN_YEAR
    return max(1, ceil(count))


def _months(found: re.Match[str]) -> int:
    return int(_count(found) * (MONTHS_IN_YEAR if found["unit"] == "jaar" else 1))
