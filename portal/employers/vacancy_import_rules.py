"""Reads a list of vacancies into a plan: which are new, double or refused, and what a person should look at first."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from portal.employers.sector_words import find_sector
from portal.employers.vacancy_cells import (
    Wage,
    names_amount,
    read_hours,
    read_kind,
    read_needed_level,
    read_places,
    read_trial,
    read_wage,
)
from portal.employers.vacancy_texts import SENTENCES as TEXT_SENTENCES
from portal.employers.vacancy_texts import clear_kinds, minimum_wage, trial_terms, weeks_of
from portal.kernel import sensitive
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.import_report import ImportPlan, Report, holds_bsn, too_long
from portal.kernel.levels import LanguageLevel
from portal.kernel.names import company_key, fold
from portal.kernel.tabular import Record, Table, header_key, pick

COLUMNS = {
    "title": ("Titel", "Functie", "Vacature", "Naam vacature"),
    "employer": ("Bedrijfsnaam", "Werkgever", "Bedrijf", "Organisatie"),
    "sector": ("Branche", "Sector"),
    "kind": ("Soort", "Type", "Soort plek"),
    "tasks": ("Taken", "Omschrijving", "Werkzaamheden"),
    "hours": ("Uren per week", "Uren", "Aantal uren"),
    "wage": ("Uurloon", "Loon", "Salaris"),
    "level": ("Taalniveau", "Niveau", "Taal"),
    "licence": ("Rijbewijs",),
    "lifting": ("Tillen", "Zwaar werk"),
    "shifts": ("Ploegendienst", "Diensten", "Werktijden"),
    "city": ("Plaats", "Standplaats", "Werkplaats"),
    "start": ("Start", "Startdatum", "Per"),
    "places": ("Plekken", "Aantal", "Aantal plekken"),
    "remark": ("Opmerking", "Opmerkingen", "Bijzonderheden", "Goed om te weten"),
}
REQUIRED = ("title", "employer", "kind", "hours")
LIMITS = {"title": 120, "wage_text": 120, "level_text": 120, "city": 80, "start_text": 80}
LIMITS |= {"lifting": 120, "shifts": 120, "licence": 120}
USUAL_LEVEL = LanguageLevel.A2
USUAL_TRIAL_WEEKS = 2
LONGEST_TRIAL_WEEKS = 26

SENTENCES = {
    **TEXT_SENTENCES,
    "title_missing": lazy("Er staat geen titel in deze rij."),
    "employer_unknown": lazy("Deze werkgever is onbekend. Voeg de werkgever eerst toe."),
    "employer_ambiguous": lazy("Er zijn meer werkgevers met deze naam. Zet de vacature er met de hand bij."),
    "kind_unknown": lazy("Kies een soort: vacature, proefplaatsing, werkervaringsplaats, bbl of taalstage."),
    "hours_missing": lazy("Er staat niet hoeveel uur per week het is."),
    "duplicate_row": lazy("Dubbel: deze vacature staat ook op rij %(other)s."),
    "duplicate_known": lazy("Dubbel: deze vacature staat al in het portaal."),
    "wage_below_minimum": lazy("Het loon ligt onder het minimumloon voor volwassenen (vanaf 21 jaar)."),
    "wage_missing": lazy("Er staat geen loon bij. Vraag wat het uurloon is."),
    "level_missing": lazy("Het taalniveau is niet te lezen. Er is A2 ingevuld; vraag of dat klopt."),
    "trial_too_long": lazy("De proefplaatsing is te lang: langer dan %(months)s maanden mag alleen met toestemming."),
    "no_job_intention": lazy("Er is geen uitzicht op een baan na de proefplaatsing. Dat is wel nodig."),
    "trial_weeks_missing": lazy("Er staat niet hoelang de proefplaatsing duurt. Er is 2 weken ingevuld; vraag na."),
}
_AROUND = re.compile(r"\b(?:e\.?\s?o\.?|en omgeving|omgeving|regio)(?=\W|$)")


@dataclass(frozen=True, slots=True)
class KnownEmployerName:
    """An employer in the portal, by the name that a list may use."""

    id: int
    name: str
    city: str = ""


@dataclass(frozen=True, slots=True)
class KnownVacancy:
    """A vacancy in the portal, as far as a double is told by it."""

    employer_id: int
    title: str
    kind: str
    city: str = ""


@dataclass(frozen=True, slots=True)
class TrialRow:
    """The terms of a trial."""

    weeks: int
    intends_contract: bool
    contract_months: int | None


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """One vacancy, clean; `findings` are the codes of what a person should look at."""

    employer_id: int
    title: str
    kind: str
    sector: str | None
    tasks: str
    hours_min: int
    hours_max: int
    wage_min_cents: int | None
    wage_max_cents: int | None
    wage_text: str
    level: LanguageLevel
    level_text: str
    licence: str
    lifting: str
    shifts: str
    city: str
    start_text: str
    places: int
    good_to_know: str
    trial: TrialRow | None
    findings: tuple[str, ...] = ()


_Seen = dict[tuple[int, str, str], list[tuple[str, int | None]]]


def plan_vacancies(
    table: Table,
    employers: Sequence[KnownEmployerName],
    existing: Sequence[KnownVacancy] = (),
    *,
    on: date,
    sectors: Mapping[str, str] | None = None,
) -> ImportPlan[VacancyRow]:
    """What to do with a list of vacancies, by the rules of a day."""
    records = pick(table, COLUMNS, REQUIRED)
    report: Report[VacancyRow] = Report(SENTENCES)
    by_name = _by_name(employers)
    seen: _Seen = defaultdict(list)
    for known in existing:
        seen[_key(known)].append((_city_key(known.city), None))
    for record in records:
        remark = report.keep_remark(record, sensitive.guard_text)
        employer, refusal = _employer(record, by_name)
        refusal = next(_refusals(record), refusal)
        row = None if refusal or employer is None else _clean(record, employer, remark, sectors)
        if row is None or too_long(row, LIMITS):
            report.add("refused", record.number, refusal or "text_too_long")
        else:
            _place(record.number, _judged(record, row, on), seen, report, on)
    return report.plan(len(records))


def _by_name(employers: Sequence[KnownEmployerName]) -> dict[str, list[KnownEmployerName]]:
    found: dict[str, list[KnownEmployerName]] = defaultdict(list)
    for employer in employers:
        found[company_key(employer.name)].append(employer)
    return found


def _employer(
    record: Record, employers: Mapping[str, Sequence[KnownEmployerName]]
) -> tuple[KnownEmployerName | None, str | None]:
    """The employer by its name, and by its place where two have that name; else why it is refused."""
    key = company_key(record["employer"])
    found = employers.get(key, ()) if key else ()
    if len(found) > 1:
        found = [employer for employer in found if _city_key(employer.city) == _city_key(record["city"])]
        return (found[0], None) if len(found) == 1 else (None, "employer_ambiguous")
    return (found[0], None) if found else (None, "employer_unknown")


def _refusals(record: Record) -> Iterator[str]:
    if holds_bsn(record, phone="phone"):
        yield "bsn"
    if not record["title"]:
        yield "title_missing"
    if read_kind(record["kind"]) is None:
        yield "kind_unknown"
    if read_hours(record["hours"]) is None:
        yield "hours_missing"


def _clean(
    record: Record, employer: KnownEmployerName, remark: str, sectors: Mapping[str, str] | None
) -> VacancyRow | None:
    hours, kind = read_hours(record["hours"]), read_kind(record["kind"])
    if hours is None or kind is None:
        return None
    wage = read_wage(record["wage"])
    level = read_needed_level(record["level"])
    return VacancyRow(
        employer_id=employer.id,
        title=" ".join(record["title"].split()),
        kind=kind,
        sector=find_sector(record["sector"], sectors),
        tasks=record["tasks"],
        hours_min=hours[0],
        hours_max=hours[1],
        wage_min_cents=wage.min_cents,
        wage_max_cents=wage.max_cents,
        wage_text=record["wage"],
        level=level or USUAL_LEVEL,
        level_text=record["level"] if header_key(record["level"]) != header_key(level or "") else "",
        licence=record["licence"],
        lifting=record["lifting"],
        shifts=record["shifts"],
        city=" ".join(record["city"].split()) or employer.city,
        start_text=record["start"],
        places=read_places(record["places"]),
        good_to_know=remark,
        trial=_trial(record) if kind == "trial" else None,
    )


def _trial(record: Record) -> TrialRow:
    promise = read_trial(_texts(record))
    weeks = min(promise.weeks or USUAL_TRIAL_WEEKS, LONGEST_TRIAL_WEEKS)
    return TrialRow(weeks, promise.intends_contract, promise.contract_months)


def _texts(record: Record) -> str:
    """The texts that say how long a trial takes and what comes after it."""
    return " | ".join(record[column] for column in ("title", "wage", "tasks", "start", "remark"))


def _judged(record: Record, row: VacancyRow, on: date) -> VacancyRow:
    """The row with the codes of what a person should look at."""
    findings = [*clear_kinds("\n".join((row.title, row.tasks, row.good_to_know)))]
    findings += _wage_findings(row, on)
    if read_needed_level(record["level"]) is None:
        findings.append("level_missing")
    if row.kind == "trial":
        findings += _trial_findings(record, on)
    return replace(row, findings=tuple(findings))


def _wage_findings(row: VacancyRow, on: date) -> Iterator[str]:
    lowest = minimum_wage(on)
    wage = Wage(row.wage_min_cents, row.wage_max_cents)
    if wage.min_cents is not None and lowest is not None and Decimal(wage.min_cents) / 100 < lowest:
        yield "wage_below_minimum"
    if row.kind in {"job", "bbl"} and wage.min_cents is None and not names_amount(row.wage_text):
        yield "wage_missing"


def _trial_findings(record: Record, on: date) -> Iterator[str]:
    promise, terms = read_trial(_texts(record)), trial_terms(on)
    if promise.weeks is None:
        yield "trial_weeks_missing"
    if terms is None:
        return
    if promise.weeks is not None and promise.weeks > weeks_of(terms.standard_months):
        yield "trial_too_long"
    if not promise.intends_contract and (promise.weeks is None or promise.weeks > terms.short_weeks):
        yield "no_job_intention"


def _place(number: int, row: VacancyRow, seen: _Seen, report: Report[VacancyRow], on: date) -> None:
    """Decide whether a sound row is new or a double, and remember it for the rows below."""
    key, city = _key(KnownVacancy(row.employer_id, row.title, row.kind)), _city_key(row.city)
    double = next((other_row for other, other_row in seen[key] if not (city and other and city != other)), 0)
    if double:
        report.add("duplicates", number, "duplicate_row", other=double)
    elif double is None:
        report.add("duplicates", number, "duplicate_known")
    else:
        seen[key].append((city, number))
        _flag(number, row, report, on)
        report.new.append((number, row))


def _flag(number: int, row: VacancyRow, report: Report[VacancyRow], on: date) -> None:
    terms = trial_terms(on)
    for code in row.findings:
        facts = {"months": terms.standard_months} if code == "trial_too_long" and terms else {}
        report.add("flagged", number, code, **facts)


def _key(vacancy: KnownVacancy) -> tuple[int, str, str]:
    """Same employer, kind and title; a place only tells vacancies apart when both name one."""
    return vacancy.employer_id, vacancy.kind, header_key(fold(vacancy.title))


def _city_key(city: str) -> str:
    return header_key(_AROUND.sub("", fold(city)))
