"""Reading vacancies for who writes them and who decides: a company's own list and text, the team's list and desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.employers.company_queries import MemberRow, members
from portal.employers.models import Employer, TrialOffer, Vacancy
from portal.employers.queries import employer_contact
from portal.employers.trail_queries import TrailRow, label_of
from portal.employers.vacancy_policies import judged_vacancies, own_vacancies
from portal.employers.vacancy_queries import VacancyView, matches_words, view_of, with_views
from portal.employers.vacancy_rules import search_words
from portal.employers.vocabulary import EmployerStatus, VacancyKind, VacancyStatus
from portal.kernel.audit import AuditEntry
from portal.kernel.errors import NotFoundError
from portal.kernel.permissions import Actor, Role

S = VacancyStatus
OWN_ORDER = (S.RETURNED, S.DRAFT, S.SUBMITTED, S.PUBLISHED, S.CLOSED)
DESK_ORDER = (S.SUBMITTED, S.RETURNED, S.PUBLISHED, S.DRAFT, S.CLOSED)


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """One line of a list of vacancies."""

    id: int
    title: str
    employer: str
    employer_status: EmployerStatus
    kind: VacancyKind
    status: VacancyStatus
    city: str
    hours_min: int
    hours_max: int
    places: int
    findings: int
    reason: str | None
    changed_at: datetime
    submitted_at: datetime | None
    published_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnVacancy:
    """A vacancy for who writes it: the row behind the form, what others read of it, and how the company stands."""

    vacancy: Vacancy
    trial: TrialOffer | None
    sector_key: str
    view: VacancyView
    employer_status: EmployerStatus


@dataclass(frozen=True, slots=True)
class VacancyDesk:
    """A vacancy for who decides about it: with the company, its people and the trail."""

    vacancy: Vacancy
    view: VacancyView
    employer_status: EmployerStatus
    people: Sequence[MemberRow]
    can_be_mailed: bool
    history: Sequence[TrailRow]


def own_list(session: Session, actor: Actor, *, offset: int, limit: int) -> tuple[list[VacancyRow], int]:
    """A company's vacancies, what needs it first. Two statements."""
    return _list(session, own_vacancies(actor), OWN_ORDER, [], offset=offset, limit=limit)


def desk_list(
    session: Session, actor: Actor, *, status: VacancyStatus | None, words: str, offset: int, limit: int
) -> tuple[list[VacancyRow], int]:
    """The team's list, what waits for it first. Two statements."""
    conditions = matches_words(search_words(words))
    if status is not None:
        conditions.append(Vacancy.status == status)
    return _list(session, judged_vacancies(actor), DESK_ORDER, conditions, offset=offset, limit=limit)


def _list(
    session: Session,
    query: Select[Vacancy],
    order: Sequence[VacancyStatus],
    conditions: Sequence[ColumnElement[bool]],
    *,
    offset: int,
    limit: int,
) -> tuple[list[VacancyRow], int]:
    query = query.where(*conditions)
    total = session.scalar(query.with_only_columns(func.count(Vacancy.id))) or 0
    ranks = {status: number for number, status in enumerate(order)}
    waiting = case((Vacancy.status == S.SUBMITTED, Vacancy.submitted_at))
    rows = session.execute(
        query.join(Employer, Employer.id == Vacancy.employer_id)
        .add_columns(Employer.name, Employer.status)
        .order_by(case(ranks, value=Vacancy.status), waiting, Vacancy.details_changed_at.desc(), Vacancy.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [_row(*row) for row in rows], total


def _row(vacancy: Vacancy, employer: str, employer_status: EmployerStatus) -> VacancyRow:
    return VacancyRow(
        vacancy.id,
        vacancy.title,
        employer,
        employer_status,
        vacancy.kind,
        vacancy.status,
        vacancy.city,
        vacancy.hours_min,
        vacancy.hours_max,
        vacancy.places,
        len(vacancy.findings),
        vacancy.reason,
        vacancy.details_changed_at,
        vacancy.submitted_at,
        vacancy.published_at,
        vacancy.closed_at,
    )


def status_counts(session: Session, actor: Actor) -> Mapping[VacancyStatus, int]:
    """How many vacancies are in each state."""
    rows = session.execute(
        judged_vacancies(actor).with_only_columns(Vacancy.status, func.count(Vacancy.id)).group_by(Vacancy.status)
    )
    return {row[0]: row[1] for row in rows}


def own_vacancy(session: Session, actor: Actor, vacancy_id: int) -> OwnVacancy:
    """One vacancy of the own company. One statement."""
    row = session.execute(
        with_views(own_vacancies(actor).where(Vacancy.id == vacancy_id)).add_columns(Employer.status)
    ).one_or_none()
    if row is None:
        raise NotFoundError
    vacancy, employer, sector, trial, status = row
    return OwnVacancy(vacancy, trial, sector.key, view_of(vacancy, employer, sector, trial), status)


def vacancy_desk(session: Session, actor: Actor, vacancy_id: int) -> VacancyDesk:
    """One vacancy as the team decides about it. Four statements."""
    row = session.execute(
        with_views(judged_vacancies(actor).where(Vacancy.id == vacancy_id)).add_columns(Employer.status)
    ).one_or_none()
    if row is None:
        raise NotFoundError
    vacancy, employer, sector, trial, status = row
    return VacancyDesk(
        vacancy=vacancy,
        view=view_of(vacancy, employer, sector, trial),
        employer_status=status,
        people=[person for person in members(session, actor, vacancy.employer_id) if person.is_active],
        can_be_mailed=employer_contact(session, vacancy.employer_id) is not None,
        history=_history(session, vacancy_id),
    )


def _history(session: Session, vacancy_id: int) -> list[TrailRow]:
    """What happened to a vacancy, oldest first."""
    rows = session.execute(
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.subject_type == Vacancy.__tablename__, AuditEntry.subject_id == vacancy_id)
        .order_by(AuditEntry.id)
    )
    return [
        TrailRow(
            entry.at,
            label_of(entry.action),
            name or entry.actor_name or Role(entry.actor_role).label,
            entry.phone_call_id is not None,
        )
        for entry, name in rows
    ]
