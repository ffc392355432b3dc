"""Searching for work on plain values: what somebody looks for, and how many places each answer would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from portal.employers.vocabulary import SectorGroup, VacancyKind
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.levels import LanguageLevel
from portal.kernel.vocabulary import Vocabulary


class HoursBand(Vocabulary):
    """How many hours per week somebody wants to work."""

    FEW = "tot-16", lazy("Tot en met 16 uur")
    HALF = "17-24", lazy("17 tot en met 24 uur")
    MOST = "25-32", lazy("25 tot en met 32 uur")
    FULL = "33-plus", lazy("33 uur of meer")

    @property
    def lowest(self) -> int:
        """The fewest hours in it."""
        return {"tot-16": 0, "17-24": 17, "25-32": 25, "33-plus": 33}[self.value]

    @property
    def highest(self) -> int:
        """The most hours in it."""
        return {"tot-16": 16, "17-24": 24, "25-32": 32, "33-plus": 168}[self.value]

    def fits(self, hours_min: int, hours_max: int) -> bool:
        """Whether a place of so many hours can be had with hours in this band."""
        return hours_min <= self.highest and hours_max >= self.lowest


KIND_WORDS: Mapping[str, VacancyKind] = {
    "baan": VacancyKind.JOB,
    "proefplaats": VacancyKind.TRIAL,
    "werkervaring": VacancyKind.WORK_EXPERIENCE,
    "bbl": VacancyKind.BBL,
    "taalstage": VacancyKind.LANGUAGE_PLACEMENT,
}
"""The kinds of places as addresses and forms name them."""


def word_of(kind: VacancyKind) -> str:
    """The kind as addresses and forms name it."""
    return next(word for word, known in KIND_WORDS.items() if known is kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyFilter:
    """What somebody looks for; an empty set asks nothing."""

    words: tuple[str, ...] = ()
    sectors: frozenset[str] = frozenset()
    levels: frozenset[LanguageLevel] = frozenset()
    hours: frozenset[HoursBand] = frozenset()
    kinds: frozenset[VacancyKind] = frozenset()

    @property
    def asks_anything(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.words or self.sectors or self.levels or self.hours or self.kinds)


@dataclass(frozen=True, slots=True)
class Bunch:
    """Open places that are the same for every filter, and how many there are."""

    sector: str
    sector_name: str
    group: SectorGroup
    level: LanguageLevel
    kind: VacancyKind
    hours_min: int
    hours_max: int
    number: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many places fit, and how many would with each answer when the other questions stay as they are."""

    total: int
    sectors: Mapping[str, int]
    levels: Mapping[LanguageLevel, int]
    hours: Mapping[HoursBand, int]
    kinds: Mapping[VacancyKind, int]


def fits(bunch: Bunch, wanted: VacancyFilter) -> bool:
    """Whether places like these are among what somebody looks for."""
    return (
        (not wanted.sectors or bunch.sector in wanted.sectors)
        and (not wanted.levels or bunch.level in wanted.levels)
        and (not wanted.kinds or bunch.kind in wanted.kinds)
        and (not wanted.hours or any(band.fits(bunch.hours_min, bunch.hours_max) for band in wanted.hours))
    )


def counts_of(bunches: Iterable[Bunch], wanted: VacancyFilter) -> Counts:
    """The number beside every answer; each question is counted as if it was not answered yet."""
    every = list(bunches)
    sectors: Counter[str] = Counter()
    levels: Counter[LanguageLevel] = Counter()
    hours: Counter[HoursBand] = Counter()
    kinds: Counter[VacancyKind] = Counter()
    for bunch in every:
        if fits(bunch, replace(wanted, sectors=frozenset())):
            sectors[bunch.sector] += bunch.number
        if fits(bunch, replace(wanted, levels=frozenset())):
            levels[bunch.level] += bunch.number
        if fits(bunch, replace(wanted, kinds=frozenset())):
            kinds[bunch.kind] += bunch.number
        if fits(bunch, replace(wanted, hours=frozenset())):
            for band in HoursBand:
                hours[band] += bunch.number * band.fits(bunch.hours_min, bunch.hours_max)
    total = sum(bunch.number for bunch in every if fits(bunch, wanted))
    return Counts(total, sectors, levels, hours, kinds)
