"""Which vacancies exist for somebody: everybody sees what is online, a company its own, the team all."""

from sqlalchemy import Select, false, select

from portal.employers.models import Vacancy
from portal.employers.vocabulary import VacancyStatus
from portal.kernel.permissions import Actor, Permission


def public_vacancies() -> Select[Vacancy]:
    """What everybody may see."""
    return select(Vacancy).where(Vacancy.status == VacancyStatus.PUBLISHED)


def own_vacancies(actor: Actor) -> Select[Vacancy]:
    """The vacancies of the company that somebody acts for, a team member during a call too."""
    if actor.employer_id is None or not actor.can(Permission.EMPLOYERS_VACANCY_WRITE):
        return select(Vacancy).where(false())
    return select(Vacancy).where(Vacancy.employer_id == actor.employer_id)


def judged_vacancies(actor: Actor) -> Select[Vacancy]:
    """The vacancies that somebody decides about: all for the team, none for others."""
    found = select(Vacancy)
    return found if actor.can(Permission.EMPLOYERS_VACANCY_JUDGE) else found.where(false())
