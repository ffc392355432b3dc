"""When two spellings are one person or one company. Keys are for comparing only; what people typed is kept."""

import re
import unicodedata
from difflib import SequenceMatcher

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
_HARD_C = re.compile(r"c(?!h)")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiuv]")
_NEAR = 0.8
_NEAR_ACROSS_SCRIPTS = 0.75
_ROMAN_PAIRS = (
    "ب=b پ=p ت=t ث=t ج=j چ=sh ح=h خ=k د=d ذ=d ر=r ز=z ژ=z س=s ش=s ص=s "
    "ض=d ط=t ظ=z ع= غ=g ف=f ق=k ك=k ک=k گ=g ل=l م=m ن=n ه=h ة= و= "
    "а=a б=b в=v г=h ґ=g д=d е=e є=e ж=zh з=z и=i і=i ї=i й=i к=k л=l "
    "м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=sh ь= ъ= "
    "ы=i э=e ю=u я=a ё=e"
)
_ROMAN = dict(pair.split("=") for pair in _ROMAN_PAIRS.split())


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


def _sound(word: str) -> str:
    """Spellings of one sound become one: Noor and Nour, Mohammed and Muhammad; Hassan and Hussein stay two."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", _HARD_C.sub("k", word))


def _skeleton(word: str) -> str:
    """Only the consonants that every script writes, in Latin letters."""
    plain = _romanised(word)
    for written, heard in _SKELETON:
        plain = plain.replace(written, heard)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", _HARD_C.sub("k", plain)))


def _romanised(word: str) -> str:
    return "".join(_roman_letter(sign) for sign in word)


def _roman_letter(sign: str) -> str:
    if sign in _ROMAN:
        return _ROMAN[sign]
    name = unicodedata.name(sign, "")
    if name.startswith("ETHIOPIC SYLLABLE"):
        return name.split()[-1].lower()
    return sign if name.startswith("LATIN") else ""
