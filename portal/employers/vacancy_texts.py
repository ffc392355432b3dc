"""What to look at in a vacancy: words that shut people out, a wage below the minimum, a trial that is too long.

The rules are dated rows in `data/`, each with its source. They warn and explain; a person decides.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from portal.kernel.i18n import LazyString
from portal.kernel.i18n import lazy_gettext as lazy

ADULT = 21
CLEAR = "clear"
DOUBT = "doubt"

SENTENCES = {
    "age": lazy(
        "De tekst noemt een leeftijd of vraagt om jonge mensen. Schrijf liever wat iemand moet kunnen;"
        " een leeftijd mag alleen als de wet die vraagt, bijvoorbeeld bij machines."
    ),
    "sex": lazy(
        "De tekst noemt een geslacht: man, vrouw, meid of jongen. Schrijf liever: medewerker, of collega (m/v/x)."
    ),
    "origin": lazy(
        "De tekst vraagt een afkomst of Nederlands als moedertaal. Schrijf liever welk taalniveau nodig is,"
        " bijvoorbeeld A2, en waarvoor."
    ),
    "religion": lazy("De tekst gaat over geloof. Schrijf liever welke kleding of welk werk het is, en waarom."),
    "health": lazy(
        "De tekst vraagt naar gezondheid. Schrijf liever hoe zwaar het werk is, bijvoorbeeld: tillen tot 12 kilo."
    ),
    "appearance": lazy("De tekst gaat over uiterlijk. Schrijf liever welke kleding u geeft of vraagt."),
}


@dataclass(frozen=True, slots=True)
class TextFinding:
    """Words that may shut people out. `quote` is for the writer's own page; a report shows the sentence alone."""

    kind: str
    certainty: str
    start: int
    end: int
    quote: str

    @property
    def sentence(self) -> LazyString:
        """What is the matter, and how to write it instead."""
        return SENTENCES[self.kind]


@dataclass(frozen=True, slots=True)
class TrialTerms:
    """How long an unpaid trial may take on a day."""

    standard_months: int
    longest_months: int
    short_weeks: int


def check_text(text: str) -> tuple[TextFinding, ...]:
    """All words that may shut people out, in the order of the text."""
    plain = _folded(text)
    rules, harmless = _exclusion_rules()
    meant = harmless.sub(lambda fine: " " * len(fine.group()), plain)
    found = [
        TextFinding(kind, certainty, at.start(), at.end(), text[at.start() : at.end()])
        for kind, certainty, pattern in rules
        for at in pattern.finditer(meant)
    ]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def clear_kinds(text: str) -> tuple[str, ...]:
    """The kinds of exclusion that are beyond doubt, each once."""
    return tuple(dict.fromkeys(finding.kind for finding in check_text(text) if finding.certainty == CLEAR))


def minimum_wage(on: date, age: int = ADULT, *, bbl: bool = False) -> Decimal | None:
    """The lowest gross wage per hour on a day; nothing before the table begins, or for children."""
    adult, youth = _row_on("minimum_wages", "adult", on), _row_on("minimum_wages", "youth", on)
    if adult is None or youth is None:
        return None
    amount = Decimal(adult["amount"])
    if age >= ADULT:
        return amount
    percentages = youth["percentages"] | (youth["bbl"] if bbl else {})
    percentage = percentages.get(str(age))
    if percentage is None:
        return None
    return (amount * Decimal(percentage) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def trial_terms(on: date) -> TrialTerms | None:
    """The terms of a trial on a day; nothing before the table begins."""
    row = _row_on("trial_terms", "terms", on)
    if row is None:
        return None
    return TrialTerms(row["standard_months"], row["longest_months"], row["short_weeks"])


def weeks_of(months: int) -> int:
    """Whole weeks that so many months hold at most."""
    return -(-months * 52 // 12)


def _folded(text: str) -> str:
    """Lower case without accents, sign for sign, so that a place here is the same place in the text."""
    return "".join(_folded_sign(sign) for sign in text)


def _folded_sign(sign: str) -> str:
    base = unicodedata.normalize("NFKD", sign)[0].lower()
    if len(base) != 1:
        return sign
    return "-" if unicodedata.category(base) == "Pd" else base


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def _row_on(name: str, table: str, on: date) -> dict[str, Any] | None:
    """The dated row that counts on a day."""
    rows = [row for row in _data(name)[table] if row["from"] <= on]
    return max(rows, key=lambda row: row["from"], default=None)


@cache
def _exclusion_rules() -> tuple[tuple[tuple[str, str, re.Pattern[str]], ...], re.Pattern[str]]:
    data = _data("exclusion_words")
    rules = tuple((rule["kind"], rule["certainty"], re.compile(rule["pattern"])) for rule in data["rule"])
    return rules, re.compile("|".join(data["harmless"]))
