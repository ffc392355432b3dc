"""Reads the schemes from their data files, strictly, and puts them in order for a page."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from portal.subsidies.rules import Scheme, SchemeText, Source
from portal.subsidies.vocabulary import SchemeStatus

DATA = Path(__file__).parent / "data"
LANGUAGES = ("nl", "en")
REQUIRED: Mapping[str, type] = {
    "order": int,
    "status": str,
    "needs_disability": bool,
    "checked_on": date,
    "next_check": date,
}
DATES = ("valid_from", "valid_until", "window_from", "window_until", "amount_read_for")
TEXT_REQUIRED = ("name", "what", "who", "where")
TEXT_OPTIONAL = ("amount", "duration", "note")


class SchemeFileError(ValueError):
    """A data file that cannot be trusted; the message begins with its name."""


@dataclass(frozen=True, slots=True)
class SchemeRow:
    """A scheme as a page shows it on one day, in one language."""

    key: str
    text: SchemeText
    status: SchemeStatus
    amount: str
    is_overdue: bool
    checked_on: date
    next_check: date
    ended_on: date | None
    sources: Sequence[Source]


@dataclass(frozen=True, slots=True)
class SchemePage:
    """All schemes in three groups: what may fit, what needs a work disability, what is over or closed now."""

    usual: Sequence[SchemeRow]
    disability: Sequence[SchemeRow]
    gone: Sequence[SchemeRow]
    checked_on: date


def scheme_page(day: date, language: str) -> SchemePage:
    """The schemes as they stand on a day."""
    rows = [(scheme, _row(scheme, day, language)) for scheme in all_schemes()]
    standing = [(scheme, row) for scheme, row in rows if not row.status.is_gone]
    return SchemePage(
        usual=[row for scheme, row in standing if not scheme.needs_disability],
        disability=[row for scheme, row in standing if scheme.needs_disability],
        gone=[row for _scheme, row in rows if row.status.is_gone],
        checked_on=max(row.checked_on for _scheme, row in rows),
    )


@cache
def all_schemes() -> tuple[Scheme, ...]:
    """Every scheme, in the order of the page; read once per process."""
    return load_schemes(DATA)


def load_schemes(folder: Path) -> tuple[Scheme, ...]:
    """Every data file of a folder. Raises SchemeFileError for the first that is not right."""
    found = [load_scheme(path) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(found, key=lambda scheme: (scheme.order, scheme.key)))


def load_scheme(path: Path) -> Scheme:
    """One data file. Raises SchemeFileError with its name when anything is missing, unknown or contradictory."""
    try:
        scheme = _scheme(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, SchemeFileError, ValueError, TypeError) as problem:
        raise SchemeFileError(f"{path.name}: {problem}") from problem
    problems = scheme.problems()
    if problems:
        raise SchemeFileError(f"{path.name}: {'; '.join(problems)}")
    return scheme


def _scheme(key: str, data: dict[str, Any]) -> Scheme:
    _only(data, {*REQUIRED, *DATES, "source", *LANGUAGES})
    for name, kind in REQUIRED.items():
        if type(data.get(name)) is not kind:
            raise SchemeFileError(f"{name} must be a {kind.__name__}")
    for name in DATES:
        if name in data and type(data[name]) is not date:
            raise SchemeFileError(f"{name} must be a date")
    return Scheme(
        key=key,
        status=SchemeStatus(data["status"]),
        sources=tuple(_source(source) for source in data.get("source", [])),
        texts={language: _text(language, data.get(language)) for language in LANGUAGES},
        **{name: data[name] for name in REQUIRED if name != "status"},
        **{name: data[name] for name in DATES if name in data},
    )


def _source(data: dict[str, Any]) -> Source:
    _only(data, {"title", "url"})
    return Source(str(data.get("title", "")), str(data.get("url", "")))


def _text(language: str, data: dict[str, Any] | None) -> SchemeText:
    if data is None:
        raise SchemeFileError(f"the texts of [{language}] are missing")
    _only(data, {*TEXT_REQUIRED, *TEXT_OPTIONAL, "duties"})
    missing = [name for name in TEXT_REQUIRED if not str(data.get(name, "")).strip()]
    if missing:
        raise SchemeFileError(f"[{language}] lacks {', '.join(missing)}")
    duties = data.get("duties", [])
    words = {name: data[name] for name in (*TEXT_REQUIRED, *TEXT_OPTIONAL) if name in data}
    if not all(type(word) is str and word.strip() for word in (*words.values(), *duties)):
        raise SchemeFileError(f"[{language}] holds something that is no text")
    return SchemeText(duties=tuple(duties), **words)


def _only(data: dict[str, Any], known: set[str]) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise SchemeFileError(f"unknown: {', '.join(unknown)}")


def _row(scheme: Scheme, day: date, language: str) -> SchemeRow:
    return SchemeRow(
        key=scheme.key,
        text=scheme.texts[language],
        status=scheme.status_on(day),
        amount=scheme.amount_on(day, language),
        is_overdue=scheme.is_overdue(day),
        checked_on=scheme.checked_on,
        next_check=scheme.next_check,
        ended_on=_ended_on(scheme, day),
        sources=scheme.sources,
    )


def _ended_on(scheme: Scheme, day: date) -> date | None:
    """The last day that it could be asked for."""
    status = scheme.status_on(day)
    if status is SchemeStatus.ENDED:
        return scheme.valid_until
    return scheme.window_until if status is SchemeStatus.CLOSED else None
