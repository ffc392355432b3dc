"""Vacancies and trial offers for tests."""

from itertools import count

from portal.employers.models import Employer, TrialOffer, Vacancy
from portal.employers.vacancy_inputs import TrialInput, VacancyInput
from portal.employers.vacancy_rules import UNPAID_TEXT, is_unpaid, search_text
from portal.employers.vocabulary import EmployersAction, VacancyKind, VacancyStatus
from portal.kernel.levels import LanguageLevel
from portal.kernel.uow import UnitOfWork
from tests.factories.employers import a_sector, an_employer

_numbers = count(1)
ONLINE = frozenset({VacancyStatus.PUBLISHED, VacancyStatus.CLOSED})


def a_vacancy(
    uow: UnitOfWork,
    title: str = "Medewerker bakkerij",
    *,
    employer: Employer | None = None,
    status: VacancyStatus | str = "published",
    kind: VacancyKind | str = "job",
    sector: str = "bakkerij",
    weeks: int = 2,
    **fields: object,
) -> Vacancy:
    """A vacancy that is online, of an approved company; of kind trial with terms."""
    employer = employer or an_employer(uow, f"Bakkerij {next(_numbers)}", sector=sector)
    status, kind = VacancyStatus(status), VacancyKind(kind)
    row = a_sector(uow, sector)
    values: dict[str, object] = {
        "tasks": "Deeg wegen, broodjes vormen, ovenplaten leegmaken.",
        "hours_min": 24,
        "hours_max": 32,
        "wage_min_cents": None if is_unpaid(kind) else 1575,
        "wage_max_cents": None if is_unpaid(kind) else 1640,
        "wage_text": UNPAID_TEXT if is_unpaid(kind) else None,
        "level": LanguageLevel.A2,
        "city": "Ugchelen",
        "findings": [],
        "submitted_at": None if status is VacancyStatus.DRAFT else uow.now,
        "published_at": uow.now if status in ONLINE else None,
        "closed_at": uow.now if status is VacancyStatus.CLOSED else None,
        "reason": "Zet er het uurloon bij." if status is VacancyStatus.RETURNED else None,
        "created_at": uow.now,
        "details_changed_at": uow.now,
        **fields,
    }
    vacancy = Vacancy(employer_id=employer.id, sector_id=row.id, title=title, kind=kind, status=status, **values)
    vacancy.search_text = search_text(title, str(values["tasks"]), vacancy.city, employer.name, row.name)
    if kind is VacancyKind.TRIAL:
        vacancy.trial_offer = TrialOffer(weeks=weeks, intends_contract=True, contract_months=7)
    uow.session.add(vacancy)
    uow.audit(EmployersAction.VACANCY_DRAFTED, vacancy)
    return vacancy


def an_input(**fields: object) -> VacancyInput:
    """What somebody types for a job in a bakery."""
    values: dict[str, object] = {
        "title": "Bakkershulp",
        "kind": VacancyKind.JOB,
        "sector_key": "bakkerij",
        "tasks": "Deeg wegen en broodjes vormen.",
        "hours_min": 24,
        "hours_max": 32,
        "wage_min_cents": 1575,
        "level": LanguageLevel.A2,
        "city": "Loenen",
        **fields,
    }
    return VacancyInput(**values)  # type: ignore[arg-type]


def a_trial_input(weeks: int = 2, *, intends: bool = True, months: int | None = 7, **fields: object) -> VacancyInput:
    """What somebody types for a trial."""
    trial = TrialInput(weeks=weeks, intends_contract=intends, contract_months=months)
    return an_input(kind=VacancyKind.TRIAL, wage_min_cents=None, trial=trial, **fields)
