"""What a person should look at in a vacancy: words that shut people out, wage, trial. It warns and never blocks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.employers.vacancy_cells import names_amount
from portal.employers.vacancy_import_rules import SENTENCES as IMPORT_SENTENCES
from portal.employers.vacancy_inputs import TrialInput, VacancyInput
from portal.employers.vacancy_rules import (
    LONGEST_TRIAL_WEEKS,
    LONGEST_WEEK,
    MOST_PLACES,
    SHORTEST_CONTRACT_MONTHS,
    is_unpaid,
)
from portal.employers.vacancy_texts import check_text, clear_kinds, minimum_wage, trial_terms, weeks_of
from portal.employers.vocabulary import VacancyKind
from portal.kernel.i18n import LazyString, gettext
from portal.kernel.i18n import lazy_gettext as lazy

SENTENCES: Mapping[str, LazyString] = {
    **IMPORT_SENTENCES,
    "contract_short": lazy("Het contract na de proefplaatsing is korter dan 6 maanden. Wij vragen minstens 6 maanden."),
    "contract_months_missing": lazy("Er staat niet hoelang het contract na de proefplaatsing duurt."),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at: what is the matter and how to do it instead; `quotes` are the words it is about."""

    code: str
    sentence: str
    quotes: tuple[str, ...] = ()


def input_problem(vacancy: VacancyInput) -> str | None:
    """The code of what does not hold together and is therefore refused; all else only gives a warning."""
    return next(_problems(vacancy), None)


def _problems(vacancy: VacancyInput) -> Iterator[str]:
    lowest, highest, trial = vacancy.wage_min_cents, vacancy.wage_max_cents, vacancy.trial
    if not 0 < vacancy.hours_min <= vacancy.hours_max <= LONGEST_WEEK:
        yield "hours_order"
    if not 1 <= vacancy.places <= MOST_PLACES:
        yield "places_range"
    if is_unpaid(vacancy.kind) and (lowest or highest):
        yield "wage_for_unpaid"
    if highest is not None and (lowest is None or highest < lowest):
        yield "wage_order"
    if (trial is not None) != (vacancy.kind is VacancyKind.TRIAL):
        yield "trial_terms_missing"
    if trial is not None and not 1 <= trial.weeks <= LONGEST_TRIAL_WEEKS:
        yield "trial_weeks_range"


def findings_of(vacancy: VacancyInput, on: date) -> list[str]:
    """The codes of what somebody should look at, by the rules of a day; kept with the vacancy."""
    found = [*clear_kinds(checked_text(vacancy.title, vacancy.tasks, vacancy.good_to_know))]
    found += _wage_findings(vacancy, on)
    if vacancy.kind is VacancyKind.TRIAL and vacancy.trial is not None:
        found += _trial_findings(vacancy.trial, on)
    return found


def checked_text(title: str, tasks: str, good_to_know: str | None) -> str:
    """The texts of a vacancy in which words may shut people out."""
    return "\n".join((title, tasks, good_to_know or ""))


def _wage_findings(vacancy: VacancyInput, on: date) -> Iterator[str]:
    if is_unpaid(vacancy.kind):
        return
    lowest = minimum_wage(on)
    if vacancy.wage_min_cents is None:
        if not names_amount(vacancy.wage_text or ""):
            yield "wage_missing"
    elif lowest is not None and Decimal(vacancy.wage_min_cents) / 100 < lowest:
        yield "wage_below_minimum"


def _trial_findings(trial: TrialInput, on: date) -> Iterator[str]:
    terms = trial_terms(on)
    if terms is not None and trial.weeks > weeks_of(terms.standard_months):
        yield "trial_too_long"
    if not trial.intends_contract:
        if terms is not None and trial.weeks > terms.short_weeks:
            yield "no_job_intention"
    elif trial.contract_months is None:
        yield "contract_months_missing"
    elif trial.contract_months < SHORTEST_CONTRACT_MONTHS:
        yield "contract_short"


def advice(codes: Sequence[str], text: str, on: date, *, doubts: bool = False) -> list[Advice]:
    """The stored codes as sentences, with the words of the text they are about; `doubts`: for the writer's own page."""
    quotes: dict[str, list[str]] = {}
    for finding in check_text(text):
        if doubts or finding.kind in codes:
            quotes.setdefault(finding.kind, []).append(finding.quote)
    all_codes = dict.fromkeys((*codes, *quotes))
    return [Advice(code, sentence_of(code, on), tuple(dict.fromkeys(quotes.get(code, ())))) for code in all_codes]


def sentence_of(code: str, on: date) -> str:
    """The sentence for a code that is kept with a vacancy."""
    terms = trial_terms(on)
    months = terms.standard_months if terms else 2
    return gettext(SENTENCES[code].message, months=months) if code in SENTENCES else ""
