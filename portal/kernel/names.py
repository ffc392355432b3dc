"""When two spellings are the same person or the same company. Keys are for comparing only; what people typed is kept."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache

_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "ß": "ss", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"})
_APOSTROPHES = re.compile(r"['’‘‛ʼʻ`´]")
_WORDS = re.compile(r"[^\W_]+")
_PREFIXES = frozenset({"al", "el", "ul", "ad", "ar", "as", "az", "an", "at", "abu", "bin", "ibn", "bint"})
_LEGAL_FORMS = frozenset({"bv", "nv", "vof", "cv", "ua", "stichting", "vereniging", "maatschap", "holding"})
_SOUNDS = (
    ("tch", "ch"),
    ("sch", "sh"),
    ("ph", "f"),
    ("kh", "k"),
    ("gh", "g"),
    ("dj", "j"),
    ("ck", "k"),
    ("q", "k"),
    ("ou", "u"),
    ("oe", "u"),
    ("oo", "u"),
    ("o", "u"),
    ("ee", "i"),
    ("ie", "i"),
    ("y", "i"),
    ("e", "a"),
    ("w", "v"),
)
_SKELETON = (*_SOUNDS, ("ch", "s"), ("sh", "s"), ("th", "t"), ("dh", "d"), ("zh", "z"), ("ts", "s"), ("tz", "s"))
_NEAR = 0.8
_NEAR_ACROSS_SCRIPTS = 0.75
_ARABIC = dict(
    zip(
        "بپتثجچحخدذرزژسشصضطظعغفقكکگلمنهةو",
        ["b", "p", "t", "t", "j", "sh", "h", "k", "d", "d", "r", "z", "z", "s", "s", "s", "d", "t", "z", "_", "g", "f", "k", "k", "k", "g", "l", "m", "n", "h", "_", "_"],
        strict=True,
    )
)
_CYRILLIC = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьъыэюяё",
        ["a", "b", "v", "h", "g", "d", "e", "e", "zh", "z", "i", "i", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "sh", "_", "_", "i", "e", "u", "a", "e"],
        strict=True,
    )
)


@cache
def fold(text: str) -> str:
    """Lower case without diacritics: 'Yalçıner' becomes 'yalciner'."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def tidy_name(text: str) -> str:
    """What was typed, without double spaces and without the quotes or commas around it."""
    return " ".join(text.split()).strip(' ,;"')


def words(name: str) -> list[str]:
    """The words of a name to compare: 'Al-Hamdan', 'Al Hamdan' and 'Alhamdan' are one word."""
    found = _WORDS.findall(_APOSTROPHES.sub("", fold(name)))
    joined: list[str] = []
    prefix = ""
    for word in found:
        if word in _PREFIXES:
            prefix += word
            continue
        joined.append(prefix + word)
        prefix = ""
    return [*joined, prefix] if prefix else joined


def person_key(*parts: str) -> tuple[str, ...]:
    """The same for 'Darwish, Khaled', 'KHALED DARWISH' and first and last name the other way round."""
    return tuple(sorted(words(" ".join(parts))))


def company_key(name: str) -> str:
    """The same for "Hoed & Steel V.O.F." and 'hoed en steel vof', for curly and straight apostrophes."""
    plain = _APOSTROPHES.sub("", fold(name)).replace("&", " en ").replace("+", " en ")
    plain = re.sub(r"\b((?:[a-z]\.){2,})", lambda found: found[1].replace(".", ""), plain)
    return " ".join(word for word in _WORDS.findall(plain) if word not in _LEGAL_FORMS)


def compatible(first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Whether two (first name, last name) pairs that share a phone or a mail address can be one person.

    Other order, other spelling of the same sound, a missing last name and another script are the same person;
    another first name is not: couples and children share a phone.
    """
    if person_key(*first) == person_key(*second):
        return True
    one, other = _split(first), _split(second)
    if not (one and other):
        return False
    if not (_is_latin(first) and _is_latin(second)):
        return _same_across_scripts(one, other)
    return _same_in_latin(one, other)


def overlap(first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Whether two names have anything in common: one word that sounds the same, in whatever script."""
    sounds = [{_skeleton(word) for word in _split(name)} - {""} for name in (first, second)]
    return bool(sounds[0] & sounds[1]) or compatible(first, second)


def _split(name: tuple[str, str]) -> list[str]:
    """The words, first name first, also when the cell says 'last name, first name'."""
    whole = " ".join(name)
    last, comma, first = whole.partition(",")
    return words(f"{first} {last}" if comma else whole)


def _is_latin(name: tuple[str, str]) -> bool:
    return all(unicodedata.name(sign, "LATIN").startswith("LATIN") for sign in "".join(name) if sign.isalpha())


def _same_in_latin(one: list[str], other: list[str]) -> bool:
    first, second = [_sound(word) for word in one], [_sound(word) for word in other]
    if sorted(first) == sorted(second) or "".join(first) == "".join(second):
        return True
    shorter, longer = sorted((first, second), key=len)
    if shorter[0] != longer[0]:
        return False
    if set(shorter) <= set(longer):
        return True
    return _near("".join(shorter[1:]), "".join(longer[1:]), _NEAR)


def _same_across_scripts(one: list[str], other: list[str]) -> bool:
    first, second = [_skeleton(word) for word in one], [_skeleton(word) for word in other]
    if sorted(first) == sorted(second):
        return True
    if first[0] != second[0]:
        return False
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) == 1 or _near("".join(shorter), "".join(longer), _NEAR_ACROSS_SCRIPTS)


def _near(one: str, other: str, least: float) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= least


@cache
def _sound(word: str) -> str:
    """Spellings of one sound become one: Noor and Nour, Mohammed and Muhammad; Hassan and Hussein stay two."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", word)


@cache
def _skeleton(word: str) -> str:
    """Only the consonants that every script writes, in Latin letters."""
    plain = _romanised(word)
    for written, heard in _SKELETON:
        plain = plain.replace(written, heard)
    plain = re.sub(r"[aeiuv]", "", plain)
    return re.sub(r"(.)\1+", r"\1", plain)


def _romanised(word: str) -> str:
    return "".join(_roman_letter(sign) for sign in word)


def _roman_letter(sign: str) -> str:
    if sign in _ARABIC:
        return _ARABIC[sign].replace("_", "")
    if sign in _CYRILLIC:
        return _CYRILLIC[sign].replace("_", "")
    name = unicodedata.name(sign, "")
    if name.startswith("ETHIOPIC SYLLABLE"):
        return name.split()[-1].lower()
    return sign if name.startswith("LATIN") else ""
