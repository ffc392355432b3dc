"""Decisions about vacancies on plain values: the life cycle, hours, wages, trials, and what a search looks in."""

import re
from datetime import datetime

from portal.employers.rules import answer_due
from portal.employers.vocabulary import EmployerStatus, VacancyKind, VacancyStatus
from portal.kernel.names import fold
from portal.kernel.permissions import Permission
from portal.kernel.workflow import Move, Workflow

S, P = VacancyStatus, Permission
VACANCY_LIFE: Workflow[VacancyStatus] = Workflow(
    S.DRAFT,
    (
        Move("edit", (S.DRAFT,), S.DRAFT, P.EMPLOYERS_VACANCY_WRITE),
        Move("edit", (S.RETURNED,), S.RETURNED, P.EMPLOYERS_VACANCY_WRITE),
        Move("edit", (S.SUBMITTED, S.PUBLISHED), S.SUBMITTED, P.EMPLOYERS_VACANCY_WRITE),
        Move("submit", (S.DRAFT, S.RETURNED), S.SUBMITTED, P.EMPLOYERS_VACANCY_WRITE),
        Move("publish", (S.SUBMITTED,), S.PUBLISHED, P.EMPLOYERS_VACANCY_JUDGE),
        Move("return", (S.SUBMITTED,), S.RETURNED, P.EMPLOYERS_VACANCY_JUDGE, needs_text=True),
        Move("close", (S.PUBLISHED,), S.CLOSED, P.EMPLOYERS_VACANCY_WRITE),
        Move("close", (S.PUBLISHED, S.SUBMITTED), S.CLOSED, P.EMPLOYERS_VACANCY_JUDGE),
        Move("discard", (S.DRAFT, S.RETURNED, S.SUBMITTED), S.CLOSED, P.EMPLOYERS_VACANCY_WRITE),
    ),
)
UNPAID = frozenset({VacancyKind.TRIAL, VacancyKind.WORK_EXPERIENCE, VacancyKind.LANGUAGE_PLACEMENT})
UNPAID_TEXT = "met behoud van uitkering"
LONGEST_WEEK = 60
MOST_PLACES = 500
LONGEST_TRIAL_WEEKS = 26
SHORTEST_CONTRACT_MONTHS = 6
LONGEST_CONTRACT_MONTHS = 60
MOST_SEARCH_WORDS = 6

_AMOUNT = r"€?\s*\d{1,3}(?:[.,]\d{1,2})?(?!\d)"
_AMOUNTS = re.compile(rf"^\s*{_AMOUNT}(?:\s*(?:-|–|tot|t/m)\s*{_AMOUNT})?\s*(?:euro)?\s*(?:bruto)?\s*(?:per uur|p/u)?")
_YES_NO = re.compile(r"(?i)\s*(?P<word>ja|nee)\b")
_NOTHING = re.compile(r"(?i)n\.?v\.?t\.?|geen|nee")


def search_text(*parts: str) -> str:
    """What a search looks in: all words of a vacancy in lower case, without accents."""
    return " ".join(" ".join(fold(part) for part in parts).split())


def search_words(text: str) -> tuple[str, ...]:
    """The words that somebody looks for, as they stand in the text to search in."""
    return tuple(dict.fromkeys(fold(text).split()))[:MOST_SEARCH_WORDS]


def is_unpaid(kind: VacancyKind) -> bool:
    """Whether somebody works without wage, and the benefit continues."""
    return kind in UNPAID


def wage_note(text: str | None) -> str:
    """What a wage text says besides the amounts: '16,41 + 50% nachttoeslag' becomes '50% nachttoeslag'."""
    rest = _AMOUNTS.sub("", text or "", count=1).strip(" +,;-–")
    return rest if any(sign.isalpha() for sign in rest) and not _NOTHING.fullmatch(rest) else ""


def shift_words(text: str | None) -> str:
    """Working hours as a person reads them; lists answer 'ploegendienst?' with 'nee', 'nee, dagdienst' or 'ja'."""
    found = _YES_NO.match(text or "")
    if found is None:
        return (text or "").strip()
    rest = (text or "")[found.end() :].strip(" ,;:")
    return rest or ("in ploegen" if found["word"].lower() == "ja" else "")


def submit_problem(status: EmployerStatus) -> str | None:
    """The code of why a company may not send a vacancy in: before approval it may, unless it was refused."""
    return {
        EmployerStatus.UNCONFIRMED: "company_unconfirmed",
        EmployerStatus.REFUSED: "company_refused",
    }.get(status)


def publish_problem(status: EmployerStatus) -> str | None:
    """The code of why a vacancy of this company may not be published."""
    return None if status is EmployerStatus.APPROVED else "company_not_approved"


def review_due(submitted_at: datetime) -> datetime:
    """When the team has read a vacancy that was sent in, at the latest."""
    return answer_due(submitted_at)
