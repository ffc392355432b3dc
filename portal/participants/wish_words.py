"""Which tours somebody wishes for: 'vlees of schoonmaak', 'NIET vlees, rest is goed', 'maakt niet uit'."""

import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from portal.kernel.names import fold
from portal.participants.vocabulary import TourSubject

_WORDS = Path(__file__).parent / "data" / "tour_words.toml"
_CLAUSES = re.compile(r"[,;.+/()?]|\bmaar\b|\bwel\b|\banders\b")
_NO = re.compile(r"\b(?:niet|geen|behalve|zonder|nooit|uitgezonderd)\b")
_NO_AT_END = re.compile(r"\b(?:niet|nooit)\s*$")
_NOT_ONLY = re.compile(r"\bniet alleen\b")
_CLOSE = 0.84
_SHORTEST_TYPED = 5


@dataclass(frozen=True, slots=True)
class Wishes:
    """The subjects in the order of the wish; all of them; or a text that somebody should ask about."""

    subjects: tuple[TourSubject, ...] = ()
    everything: bool = False
    unclear: bool = False


def read_wishes(text: str) -> Wishes:
    """What a list says about the tours that somebody wishes for. Nothing wished is an answer too."""
    plain = _NOT_ONLY.sub(" ", _corrected(fold(text)))
    if not any(sign.isalpha() for sign in plain):
        return Wishes(unclear="-" not in plain)
    rules = _rules()
    if rules.nothing.fullmatch(plain.strip()):
        return Wishes()
    everything = bool(rules.everything.search(plain))
    wished, unwished = _subjects(rules.everything.sub(lambda found: found[0] if _is_rest(found[0]) else " ", plain))
    if everything and unwished:
        return Wishes(tuple(subject for subject in TourSubject if subject not in unwished))
    if everything:
        return Wishes(everything=True)
    subjects = tuple(subject for subject in wished if subject not in unwished)
    return Wishes(subjects, unclear=not subjects)


def _is_rest(words: str) -> bool:
    """Words that may stand between 'not' and a subject without changing what is meant."""
    return not _NO.search(words)


def _subjects(text: str) -> tuple[list[TourSubject], set[TourSubject]]:
    """The subjects that are wished for and those that are not, clause by clause."""
    wished: list[TourSubject] = []
    unwished: set[TourSubject] = set()
    for clause in _CLAUSES.split(text):
        no = _NO.search(clause)
        if no is None:
            wished += [subject for subject in _named(clause) if subject not in wished]
        elif _NO_AT_END.search(clause):
            unwished |= set(_named(clause))
        else:
            wished += [subject for subject in _named(clause[: no.start()]) if subject not in wished]
            unwished |= set(_named(clause[no.end() :]))
    return wished, unwished


def _named(clause: str) -> list[TourSubject]:
    """The subjects in a clause, in their order."""
    found = {
        subject: min(at.start() for at in pattern.finditer(clause))
        for subject, pattern in _rules().subjects.items()
        if pattern.search(clause)
    }
    return sorted(found, key=lambda subject: found[subject])


def _corrected(text: str) -> str:
    """The text with typing errors in our own words put right."""
    return re.sub(r"[a-z]+", lambda word: _typed(word.group()), text)


def _typed(word: str) -> str:
    if len(word) < _SHORTEST_TYPED:
        return word
    return next(iter(get_close_matches(word, _rules().typed, n=1, cutoff=_CLOSE)), word)


@dataclass(frozen=True, slots=True)
class _Rules:
    subjects: dict[TourSubject, re.Pattern[str]]
    typed: list[str]
    everything: re.Pattern[str]
    nothing: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data: dict[str, Any] = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    phrases = data["phrases"]
    return _Rules(
        {TourSubject(key): _any_of(words) for key, words in data["subjects"].items()},
        phrases["typed"],
        re.compile("|".join(phrases["everything"])),
        re.compile(phrases["nothing"]),
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    patterns = (re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")
