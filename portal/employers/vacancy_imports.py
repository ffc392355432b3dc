"""Takes over lists of vacancies: they come in as sent in by the employer, and the team publishes."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.employers.imports import sector_names
from portal.employers.models import Employer, Location, Sector, TrialOffer, Vacancy
from portal.employers.vacancy_import_rules import KnownEmployerName, KnownVacancy, VacancyRow, plan_vacancies
from portal.employers.vacancy_rules import search_text
from portal.employers.vocabulary import EmployersAction, EmployerStatus, VacancyKind, VacancyStatus
from portal.kernel.clock import local_day
from portal.kernel.import_report import ImportPlan
from portal.kernel.permissions import Permission
from portal.kernel.tabular import Table
from portal.kernel.uow import UnitOfWork


def plan_vacancy_list(session: Session, table: Table, *, now: datetime) -> ImportPlan[VacancyRow]:
    """What a list of vacancies would do now; writes nothing."""
    city = select(func.min(Location.city)).where(Location.employer_id == Employer.id).scalar_subquery()
    employers = [
        KnownEmployerName(*row)
        for row in session.execute(
            select(Employer.id, Employer.name, func.coalesce(city, "")).where(Employer.status != EmployerStatus.REFUSED)
        )
    ]
    existing = [
        KnownVacancy(row.employer_id, row.title, row.kind.value, row.city)
        for row in session.execute(
            select(Vacancy.employer_id, Vacancy.title, Vacancy.kind, Vacancy.city).where(
                Vacancy.status != VacancyStatus.CLOSED
            )
        )
    ]
    return plan_vacancies(table, employers, existing, on=local_day(now), sectors=sector_names(session))


def import_vacancies(uow: UnitOfWork, *, table: Table) -> ImportPlan[VacancyRow]:
    """Write a list of vacancies. Each waits for the team's check; no mail goes out."""
    uow.actor.require(Permission.EMPLOYERS_VACANCY_IMPORT)
    plan = plan_vacancy_list(uow.session, table, now=uow.now)
    sectors = {row.key: (row.id, row.name) for row in uow.session.scalars(select(Sector))}
    employers = {row.id: row for row in uow.session.scalars(select(Employer))}
    names = dict(sectors.values())
    for _number, row in plan.new:
        employer = employers[row.employer_id]
        sector_id = sectors[row.sector][0] if row.sector else employer.sector_id
        _add_vacancy(uow, row, sector_id, f"{employer.name} {names[sector_id]}")
    return plan


def _add_vacancy(uow: UnitOfWork, row: VacancyRow, sector_id: int, around: str) -> None:
    vacancy = Vacancy(
        employer_id=row.employer_id,
        sector_id=sector_id,
        title=row.title,
        kind=VacancyKind(row.kind),
        status=VacancyStatus.SUBMITTED,
        tasks=row.tasks,
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        wage_min_cents=row.wage_min_cents,
        wage_max_cents=row.wage_max_cents,
        wage_text=row.wage_text or None,
        level=row.level,
        level_text=row.level_text or None,
        city=row.city,
        start_text=row.start_text or None,
        lifting=row.lifting or None,
        shifts=row.shifts or None,
        licence=row.licence or None,
        places=row.places,
        good_to_know=row.good_to_know or None,
        search_text=search_text(row.title, row.tasks, row.city, around),
        findings=list(row.findings),
        submitted_at=uow.now,
        created_at=uow.now,
        details_changed_at=uow.now,
    )
    if row.trial:
        vacancy.trial_offer = TrialOffer(
            weeks=row.trial.weeks,
            intends_contract=row.trial.intends_contract,
            contract_months=row.trial.contract_months,
        )
    uow.session.add(vacancy)
    uow.audit(EmployersAction.VACANCY_IMPORTED, vacancy)
