"""Languages: translations from the catalogues, lazy sentences, and dates, times and money as each language writes them.

Msgids are the Dutch sentences. The language of the moment is a context variable, so that pages and mails use it alike.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from babel.support import NullTranslations, Translations
from jinja2 import Environment
from markupsafe import escape

from portal.kernel.clock import local

CATALOGUES = Path(__file__).parent.parent / "translations"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the portal: its own name, its direction, whether a native speaker has read the translation."""

    code: str
    name: str
    locale: str
    direction: str = "ltr"
    reviewed: bool = True


LANGUAGES = {
    "nl": Language("nl", "Nederlands", "nl_NL"),
    "ar": Language("ar", "العربية", "ar", direction="rtl", reviewed=False),
    "ti": Language("ti", "ትግርኛ", "ti_ER", reviewed=False),
    "en": Language("en", "English", "en_GB"),
}
SOURCE = "nl"
PARTICIPANT_LANGUAGES = ("nl", "ar", "ti", "en")
STAFF_LANGUAGES = ("nl", "en")

_current: ContextVar[str] = ContextVar("language", default=SOURCE)


def current_language() -> str:
    """The code of the language of the moment."""
    return _current.get()


def set_language(code: str) -> None:
    """Make this the language of the moment; an unknown code means Dutch."""
    _current.set(code if code in LANGUAGES else SOURCE)


@contextmanager
def use_language(code: str) -> Iterator[None]:
    """Speak another language inside the block."""
    token = _current.set(code if code in LANGUAGES else SOURCE)
    try:
        yield
    finally:
        _current.reset(token)


@cache
def translations(code: str) -> NullTranslations:
    """The catalogue of a language, compiled once per process from its .po file."""
    path = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    if code == SOURCE or not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=LANGUAGES[code].locale)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def catalogue_text(message: str) -> str:
    """The sentence in the language of the moment, its %(name)s places still open."""
    return translations(_current.get()).ugettext(message) if message else ""


def catalogue_plural(singular: str, plural: str, n: int) -> str:
    """The sentence for a number, by the plural rule of the language, its places still open."""
    return translations(_current.get()).ungettext(singular, plural, n)


def gettext(message: str, **values: object) -> str:
    """The sentence in the language of the moment; values fill its %(name)s places."""
    text = catalogue_text(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, n: int, **values: object) -> str:
    """The sentence for a number; %(num)s is the number."""
    return catalogue_plural(singular, plural, n) % {"num": n, **values}


def prepare_jinja(jinja: Environment) -> None:
    """Give templates the catalogue; Jinja fills the places itself."""
    jinja.add_extension("jinja2.ext.i18n")
    jinja.install_gettext_callables(  # type: ignore[attr-defined]
        catalogue_text, catalogue_plural, newstyle=True
    )


class LazyString:
    """A sentence that is translated when it is shown."""

    __slots__ = ("message", "values")

    def __init__(self, message: str, **values: object) -> None:
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return gettext(self.message, **self.values)

    def __html__(self) -> str:
        """For Jinja: the text, escaped."""
        return str(escape(str(self)))

    def __mod__(self, values: object) -> str:
        return str(self) % values

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(self.message)

    def __repr__(self) -> str:
        return f"lazy({self.message!r})"


def lazy_gettext(message: str, **values: object) -> LazyString:
    """A sentence that is translated when it is shown."""
    return LazyString(message, **values)


def locale() -> Locale:
    """Babel's locale for the language of the moment."""
    return _locale(_current.get())


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(LANGUAGES[code].locale)


@cache
def _format_day(day: date, pattern: str, code: str) -> str:
    return format_date(day, pattern, locale=_locale(code))


def _day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def format_day(value: date | datetime) -> str:
    """'donderdag 29 oktober 2026'; a moment counts as its day in Amsterdam."""
    return _format_day(_day(value), "EEEE d MMMM y", _current.get())


def format_short_day(value: date | datetime) -> str:
    """'do 29 okt'."""
    return _format_day(_day(value), "EEE d MMM", _current.get())


def format_day_part(value: date | datetime, pattern: str) -> str:
    """One part of a day for the date block: 'EEE', 'd' or 'MMM'."""
    return _format_day(_day(value), pattern, _current.get()).strip(".")


def format_clock(moment: datetime) -> str:
    """'09.50 uur' in Dutch, '09:50' elsewhere: always 24 hours, Western digits, Amsterdam time."""
    at = local(moment)
    return f"{at:%H.%M} uur" if _current.get() == SOURCE else f"{at:%H:%M}"


def format_moment(moment: datetime) -> str:
    """'donderdag 29 oktober 2026, 09.50 uur'."""
    return f"{format_day(moment)}, {format_clock(moment)}"


def format_money(amount: Decimal) -> str:
    """'€ 15,62'."""
    return format_currency(amount, "EUR", locale=locale())


def format_number(value: int | Decimal) -> str:
    """'1.000'."""
    return format_decimal(value, locale=locale())


def format_cents(cents: int) -> str:
    """'€ 15,62' for an amount kept in cents."""
    return format_money(Decimal(cents) / 100)
