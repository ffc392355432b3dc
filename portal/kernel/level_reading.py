"""Reads a level of Dutch out of what people write in a list: 'A2/B1', 'bijna B1', 'NT2 programma I gehaald'."""

import re
from dataclasses import dataclass

from portal.kernel.levels import LanguageLevel
from portal.kernel.names import fold

_LADDER = tuple(LanguageLevel)
_ROUTE = re.compile(r"\b(?:[abc][012]|z|onderwijs)[\s-]?route\b")
_CODE = re.compile(r"(?<![a-z0-9])([abc])[\s-]?([012])(?![0-9])")
_BELOW_BEFORE = re.compile(
    r"(?:\b(?:bijna|net geen|nog geen|geen|nog niet|niet|onder|lager dan|minder dan|op weg naar|richting|naar|bezig met"
    r"|bezig voor|gezakt voor|leert voor|les voor|cursus|volgt)|<)\s*$"
)
_BELOW_AFTER = re.compile(r"^[^abc]{0,20}(?:\bniet gehaald\b|\bgezakt\b|\bnog niet\b|\bbezig\b)")
_BEGINNER = re.compile(r"\b(?:analfabe|alfabetiser|gealfabetiseerd|kan niet (?:lezen|schrijven)|leest niet|a0\b)")
_UNDER_WAY = re.compile(r"\b(?:bijna|nog niet|niet|bezig|deels|gezakt|geen|wacht|vrijstelling|ontheffing)\b")
_DONE = re.compile(r"\b(?:gehaald|behaald|geslaagd|diploma|klaar|afgerond|certificaat)\b")
_CIVIC = re.compile(r"\b(?:inburger\w*|ingeburgerd)\b")
_STATE_EXAM = re.compile(r"\b(?:nt ?2|staatsexamen)\b")
_PROGRAMME = re.compile(r"\b(ii|2|i|1)\b")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of Dutch, or none when the text says nothing about it; `to_confirm` when somebody should ask."""

    level: LanguageLevel | None
    to_confirm: bool = False

    def at_least(self, needed: LanguageLevel) -> bool | None:
        """Whether this is enough; unknown is no answer."""
        return None if self.level is None else self.level.rank >= needed.rank


def read_level(text: str) -> Level:
    """The lowest level that the text names; an exam counts as its level, a course that is under way does not."""
    plain = _ROUTE.sub(" ", " ".join(fold(text).split()))
    named = [_named(found, plain) for found in _CODE.finditer(plain)]
    if named:
        return Level(min(named, key=lambda level: level.rank), to_confirm="?" in plain)
    if _BEGINNER.search(plain):
        return Level(LanguageLevel.A1)
    if _STATE_EXAM.search(plain):
        return _state_exam(plain)
    done = _DONE.search(plain) or "ingeburgerd" in plain
    if _CIVIC.search(plain) and done and not _UNDER_WAY.search(plain):
        return Level(LanguageLevel.A2, to_confirm=True)
    return Level(None)


def _named(found: re.Match[str], text: str) -> LanguageLevel:
    """One level code; one step lower when the words around it say that it is not reached."""
    letter, number = found[1], int(found[2])
    place = {"a": 0, "b": 2, "c": 4}[letter] + number - 1
    if _BELOW_BEFORE.search(text[: found.start()]) or _BELOW_AFTER.search(text[found.end() :]):
        place -= 1
    return _LADDER[min(max(place, 0), len(_LADDER) - 1)]


def _state_exam(text: str) -> Level:
    programme = _PROGRAMME.search(_STATE_EXAM.sub(" ", text))
    if programme is None or _UNDER_WAY.search(text):
        return Level(None)
    level = LanguageLevel.B2 if programme[1] in {"ii", "2"} else LanguageLevel.B1
    return Level(level, to_confirm=not _DONE.search(text))
