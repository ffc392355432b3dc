"""The life of a vacancy: a company writes it and sends it in, the team publishes or returns it, either closes it."""

from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.employers.models import Employer, Sector, TrialOffer, Vacancy
from portal.employers.queries import employer_contact
from portal.employers.records import lock_employer
from portal.employers.vacancy_findings import findings_of, input_problem
from portal.employers.vacancy_inputs import TrialInput, VacancyInput
from portal.employers.vacancy_notifications import (
    VacancyClosedByTeam,
    VacancyPublished,
    VacancyReturned,
    VacancySubmitted,
)
from portal.employers.vacancy_policies import judged_vacancies, own_vacancies
from portal.employers.vacancy_rules import (
    UNPAID_TEXT,
    VACANCY_LIFE,
    is_unpaid,
    publish_problem,
    search_text,
    submit_problem,
)
from portal.employers.vocabulary import EmployersAction, VacancyStatus
from portal.kernel.clock import local_day
from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.outbox import Message, Recipient
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork

REPEATED_WITHIN = timedelta(minutes=2)
FIELDS = (
    "title",
    "kind",
    "tasks",
    "hours_min",
    "hours_max",
    "wage_min_cents",
    "wage_max_cents",
    "wage_text",
    "level",
    "level_text",
    "city",
    "start_text",
    "lifting",
    "shifts",
    "licence",
    "places",
    "good_to_know",
)


def write_vacancy(uow: UnitOfWork, *, vacancy: VacancyInput) -> int:
    """Keep a new vacancy as a draft, also before the company is approved; a repeated click makes no second one."""
    uow.actor.require(Permission.EMPLOYERS_VACANCY_WRITE)
    if uow.actor.employer_id is None:
        raise NotAllowedError("no_company")
    employer = lock_employer(uow, uow.actor.employer_id)
    sector = _checked(uow, vacancy)
    again = _just_written(uow, employer, vacancy)
    if again is not None:
        return again
    row = Vacancy(employer_id=employer.id, status=VacancyStatus.DRAFT, created_at=uow.now)
    row.trial_offer = None
    _put(uow, row, vacancy, employer, sector)
    uow.session.add(row)
    uow.audit(EmployersAction.VACANCY_DRAFTED, row, kind=row.kind)
    return row.id


def edit_vacancy(uow: UnitOfWork, *, vacancy_id: int, version: int, vacancy: VacancyInput) -> VacancyStatus:
    """Change a text; one that was online goes back to the team first. Raises ConflictError('stale_edit')."""
    row = _own(uow, vacancy_id)
    if row.details_version != version:
        raise ConflictError("stale_edit")
    target = VACANCY_LIFE.check("edit", row.status, uow.actor)
    sector = _checked(uow, vacancy)
    changed = _changes(row, vacancy, sector)
    if not changed:
        return row.status
    was_online = row.status is VacancyStatus.PUBLISHED
    _put(uow, row, vacancy, uow.session.get_one(Employer, row.employer_id), sector)
    row.status = target
    row.details_version += 1
    uow.audit(EmployersAction.VACANCY_CHANGED, row, changed=changed)
    if was_online:
        _send_in(uow, row)
    return target


def submit_vacancy(uow: UnitOfWork, *, vacancy_id: int) -> None:
    """Ask the team to publish it. Raises ConflictError: 'company_unconfirmed', 'company_refused'."""
    row = _own(uow, vacancy_id)
    row.status = VACANCY_LIFE.check("submit", row.status, uow.actor)
    problem = submit_problem(uow.session.get_one(Employer, row.employer_id).status)
    if problem is not None:
        raise ConflictError(problem)
    _send_in(uow, row)


def close_vacancy(uow: UnitOfWork, *, vacancy_id: int) -> None:
    """The company takes its vacancy down, or throws away one that was never online."""
    row = _own(uow, vacancy_id)
    move = "close" if row.status is VacancyStatus.PUBLISHED else "discard"
    _close(uow, row, move)


def close_vacancy_by_team(uow: UnitOfWork, *, vacancy_id: int) -> bool:
    """The team takes a vacancy down; tells whether the company gets a mail."""
    row = _judged(uow, vacancy_id)
    _close(uow, row, "close")
    return _tell(uow, row, VacancyClosedByTeam(vacancy_id=row.id, moment=uow.now.isoformat()))


def publish_vacancy(uow: UnitOfWork, *, vacancy_id: int) -> bool:
    """Put it online; tells whether the company gets a mail. Raises ConflictError('company_not_approved')."""
    return _publish(uow, _judged(uow, vacancy_id))


def publish_submitted_of(uow: UnitOfWork, employer_id: int) -> int:
    """Put everything online that a company has sent in; tells how many that were."""
    uow.actor.require(Permission.EMPLOYERS_VACANCY_JUDGE)
    waiting = judged_vacancies(uow.actor).where(
        Vacancy.employer_id == employer_id, Vacancy.status == VacancyStatus.SUBMITTED
    )
    rows = uow.session.scalars(_locked(waiting).order_by(Vacancy.id)).all()
    for row in rows:
        _publish(uow, row)
    return len(rows)


def return_vacancy(uow: UnitOfWork, *, vacancy_id: int, reason: str) -> bool:
    """Send it back with a reason; tells whether the company gets a mail. Raises InvalidError('text_needed')."""
    row = _judged(uow, vacancy_id)
    row.status = VACANCY_LIFE.check("return", row.status, uow.actor, reason)
    row.reason = reason.strip()
    row.details_changed_at = uow.now
    uow.audit(EmployersAction.VACANCY_RETURNED, row)
    return _tell(uow, row, VacancyReturned(vacancy_id=row.id, moment=uow.now.isoformat()))


def _own(uow: UnitOfWork, vacancy_id: int) -> Vacancy:
    uow.actor.require(Permission.EMPLOYERS_VACANCY_WRITE)
    return _found(uow, own_vacancies(uow.actor).where(Vacancy.id == vacancy_id))


def _judged(uow: UnitOfWork, vacancy_id: int) -> Vacancy:
    uow.actor.require(Permission.EMPLOYERS_VACANCY_JUDGE)
    return _found(uow, judged_vacancies(uow.actor).where(Vacancy.id == vacancy_id))


def _found(uow: UnitOfWork, query: Select[Vacancy]) -> Vacancy:
    row = uow.session.scalar(_locked(query))
    if row is None:
        raise NotFoundError
    return row


def _locked(query: Select[Vacancy]) -> Select[Vacancy]:
    return (
        query.options(joinedload(Vacancy.trial_offer))
        .with_for_update(of=Vacancy)
        .execution_options(populate_existing=True)
    )


def _checked(uow: UnitOfWork, vacancy: VacancyInput) -> Sector:
    """The sector of a vacancy that holds together. Raises InvalidError with the code of what does not."""
    problem = input_problem(vacancy)
    if problem is not None:
        raise InvalidError(problem)
    sector = uow.session.scalar(select(Sector).where(Sector.key == vacancy.sector_key))
    if sector is None:
        raise InvalidError("sector_unknown")
    return sector


def _just_written(uow: UnitOfWork, employer: Employer, vacancy: VacancyInput) -> int | None:
    """The draft that the same form made a moment ago; the company's row is locked."""
    return uow.session.scalar(
        select(Vacancy.id).where(
            Vacancy.employer_id == employer.id,
            Vacancy.status == VacancyStatus.DRAFT,
            Vacancy.created_at > uow.now - REPEATED_WITHIN,
            Vacancy.details_version == 1,
            Vacancy.title == vacancy.title,
            Vacancy.kind == vacancy.kind,
            Vacancy.tasks == vacancy.tasks,
        )
    )


def _values(vacancy: VacancyInput) -> dict[str, object]:
    """The columns as they are kept; who works without wage keeps the benefit."""
    values = {name: getattr(vacancy, name) for name in FIELDS}
    return {**values, "wage_text": UNPAID_TEXT} if is_unpaid(vacancy.kind) else values


def _changes(row: Vacancy, vacancy: VacancyInput, sector: Sector) -> list[str]:
    """The names of what is new."""
    changed = [name for name, value in _values(vacancy).items() if getattr(row, name) != value]
    offer = row.trial_offer
    terms = offer and TrialInput(
        weeks=offer.weeks, intends_contract=offer.intends_contract, contract_months=offer.contract_months
    )
    changed += ["sector"] if row.sector_id != sector.id else []
    return changed + (["trial"] if terms != vacancy.trial else [])


def _put(uow: UnitOfWork, row: Vacancy, vacancy: VacancyInput, employer: Employer, sector: Sector) -> None:
    for name, value in _values(vacancy).items():
        setattr(row, name, value)
    row.sector_id = sector.id
    row.findings = findings_of(vacancy, local_day(uow.now))
    row.search_text = _search_text(row, employer, sector)
    row.details_changed_at = uow.now
    trial = vacancy.trial
    if trial is None:
        row.trial_offer = None
        return
    row.trial_offer = row.trial_offer or TrialOffer()
    row.trial_offer.weeks = trial.weeks
    row.trial_offer.intends_contract = trial.intends_contract
    row.trial_offer.contract_months = trial.contract_months


def _search_text(row: Vacancy, employer: Employer, sector: Sector) -> str:
    words = (row.kind.label.message, sector.name, sector.group.label.message)
    return search_text(row.title, row.tasks, row.city, employer.name, *words)


def _send_in(uow: UnitOfWork, row: Vacancy) -> None:
    row.submitted_at = uow.now
    uow.audit(EmployersAction.VACANCY_SUBMITTED, row)
    uow.notify(Recipient.team(), VacancySubmitted(vacancy_id=row.id, moment=uow.now.isoformat()))


def _publish(uow: UnitOfWork, row: Vacancy) -> bool:
    row.status = VACANCY_LIFE.check("publish", row.status, uow.actor)
    employer = uow.session.get_one(Employer, row.employer_id)
    problem = publish_problem(employer.status)
    if problem is not None:
        raise ConflictError(problem)
    row.published_at, row.reason = uow.now, None
    row.search_text = _search_text(row, employer, uow.session.get_one(Sector, row.sector_id))
    uow.audit(EmployersAction.VACANCY_PUBLISHED, row, findings=len(row.findings))
    return _tell(uow, row, VacancyPublished(vacancy_id=row.id, moment=uow.now.isoformat()))


def _close(uow: UnitOfWork, row: Vacancy, move: str) -> None:
    before = row.status
    row.status = VACANCY_LIFE.check(move, row.status, uow.actor)
    row.closed_at = uow.now
    uow.audit(EmployersAction.VACANCY_CLOSED, row, before=before)


def _tell(uow: UnitOfWork, row: Vacancy, note: Message) -> bool:
    contact = employer_contact(uow.session, row.employer_id)
    if contact is not None:
        uow.notify(contact, note)
    return contact is not None
