"""One decision for a company and what it sent in: let it in and put its vacancies online."""

from portal.employers.companies import approve_employer
from portal.employers.models import Vacancy
from portal.employers.vacancies import publish_submitted_of, publish_vacancy
from portal.employers.vacancy_policies import judged_vacancies
from portal.kernel.errors import NotFoundError
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork


def approve_and_publish(uow: UnitOfWork, *, vacancy_id: int) -> bool:
    """Let the company of a vacancy in and put the vacancy online; tells whether the company gets a mail."""
    uow.actor.require(Permission.EMPLOYERS_VACANCY_JUDGE)
    employer_id = uow.session.scalar(
        judged_vacancies(uow.actor).where(Vacancy.id == vacancy_id).with_only_columns(Vacancy.employer_id)
    )
    if employer_id is None:
        raise NotFoundError
    approve_employer(uow, employer_id=employer_id)
    return publish_vacancy(uow, vacancy_id=vacancy_id)


def approve_with_vacancies(uow: UnitOfWork, *, employer_id: int) -> int:
    """Let a company in and put all that it sent in online; tells how many vacancies that were."""
    approve_employer(uow, employer_id=employer_id)
    return publish_submitted_of(uow, employer_id)
