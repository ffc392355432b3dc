"""What a scheme is, how it stands on a day, and when its amount may be shown.

A scheme knows nothing of people. Past its end it has ended, past its window it is closed, past its next check it is
being checked: in none of these an amount is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.subsidies.vocabulary import SchemeStatus


@dataclass(frozen=True, slots=True)
class Source:
    """Where it was read; the title says which text and of when."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeText:
    """A scheme in one language."""

    name: str
    what: str
    who: str
    where: str
    amount: str = ""
    duration: str = ""
    note: str = ""
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A subsidy or another support for an employer, with its dates and its source."""

    key: str
    order: int
    status: SchemeStatus
    needs_disability: bool
    checked_on: date
    next_check: date
    sources: tuple[Source, ...]
    texts: Mapping[str, SchemeText]
    valid_from: date | None = None
    valid_until: date | None = None
    window_from: date | None = None
    window_until: date | None = None
    amount_read_for: date | None = None

    def problems(self) -> list[str]:
        """What is wrong with these facts, in words for who keeps the file."""
        nl = self.texts["nl"]
        found = {
            "next_check comes before checked_on": self.next_check < self.checked_on,
            "valid_until comes before valid_from": _wrong_order(self.valid_from, self.valid_until),
            "window_until comes before window_from": _wrong_order(self.window_from, self.window_until),
            "an amount needs amount_read_for": bool(nl.amount) != (self.amount_read_for is not None),
            "an amount is read for the year of checked_on": self.amount_read_for is not None
            and self.amount_read_for.year != self.checked_on.year,
            "only an open scheme or a pilot has an amount": bool(nl.amount)
            and self.status not in {SchemeStatus.OPEN, SchemeStatus.PILOT},
            "a source is an https address with a title": not self.sources
            or any(not source.title or not source.url.startswith("https://") for source in self.sources),
            "a text is missing in a language": len({_shape(text) for text in self.texts.values()}) > 1,
        }
        return [problem for problem, is_there in found.items() if is_there]

    def status_on(self, day: date) -> SchemeStatus:
        """How it stands on a day: past its end it has ended, outside its window it is closed."""
        if self.status is SchemeStatus.ENDED or (self.valid_until is not None and day > self.valid_until):
            return SchemeStatus.ENDED
        if self.valid_from is not None and day < self.valid_from:
            return SchemeStatus.CLOSED
        if self.window_from is not None and day < self.window_from:
            return SchemeStatus.CLOSED
        if self.window_until is not None and day > self.window_until:
            return SchemeStatus.CLOSED
        return self.status

    def is_overdue(self, day: date) -> bool:
        """Whether these facts had to be checked again before this day; what has ended needs no check."""
        return day > self.next_check and self.status_on(day) is not SchemeStatus.ENDED

    def amount_on(self, day: date, language: str) -> str:
        """The amount or the formula, only while it is certain; else nothing."""
        if self.is_overdue(day) or self.status_on(day) not in {SchemeStatus.OPEN, SchemeStatus.PILOT}:
            return ""
        return self.texts[language].amount


def _wrong_order(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and last < first


def _shape(text: SchemeText) -> tuple[bool, bool, bool, int]:
    return bool(text.amount), bool(text.duration), bool(text.note), len(text.duties)
