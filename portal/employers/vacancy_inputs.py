"""What commands about vacancies take, as the form hands it over."""

from dataclasses import dataclass

from portal.employers.vocabulary import VacancyKind
from portal.kernel.levels import LanguageLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialInput:
    """The terms of a trial."""

    weeks: int
    intends_contract: bool
    contract_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyInput:
    """A vacancy as somebody wrote it; a kind without wage has no amounts, only a trial has terms."""

    title: str
    kind: VacancyKind
    sector_key: str
    tasks: str
    hours_min: int
    hours_max: int
    level: LanguageLevel
    city: str
    wage_min_cents: int | None = None
    wage_max_cents: int | None = None
    wage_text: str | None = None
    level_text: str | None = None
    start_text: str | None = None
    lifting: str | None = None
    shifts: str | None = None
    licence: str | None = None
    places: int = 1
    good_to_know: str | None = None
    trial: TrialInput | None = None
