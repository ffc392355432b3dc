"""Mails about vacancies: to the team when one comes in, to the company when it is online, came back or was closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from sqlalchemy.orm import Session

from portal.employers.models import Employer, Vacancy
from portal.employers.vocabulary import EmployerStatus
from portal.kernel.outbox import Message, MessageKit, message
from portal.kernel.phones import display


@dataclass(frozen=True)
class _AboutVacancy(Message):
    """A message about one vacancy at one moment, so that a second decision is told again."""

    vacancy_id: int
    moment: str

    def context(self, session: Session, kit: MessageKit) -> Mapping[str, object]:
        """The vacancy, its company, and their pages."""
        vacancy = session.get_one(Vacancy, self.vacancy_id)
        employer = session.get_one(Employer, vacancy.employer_id)
        return {
            "title": vacancy.title,
            "kind": vacancy.kind.label,
            "city": vacancy.city,
            "company": employer.name,
            "approved": employer.status is EmployerStatus.APPROVED,
            "points": len(vacancy.findings),
            "reason": vacancy.reason or "",
            "public_url": kit.links.url(f"/vacatures/{vacancy.id}"),
            "own_url": kit.links.url(f"/mijn-bedrijf/vacatures/{vacancy.id}"),
            "team_url": kit.links.url(f"/team/vacatures/{vacancy.id}"),
            "team_phone": display(kit.settings.team_phone),
        }


@message
@dataclass(frozen=True)
class VacancySubmitted(_AboutVacancy):
    """A company sent a vacancy in, or changed one that was online: the team reads it."""

    name: ClassVar[str] = "vacancy_submitted"
    audience: ClassVar[Literal["team"]] = "team"


@message
@dataclass(frozen=True)
class VacancyPublished(_AboutVacancy):
    """The vacancy is online."""

    name: ClassVar[str] = "vacancy_published"
    audience: ClassVar[Literal["employer"]] = "employer"


@message
@dataclass(frozen=True)
class VacancyReturned(_AboutVacancy):
    """The team sent the vacancy back, and says why."""

    name: ClassVar[str] = "vacancy_returned"
    audience: ClassVar[Literal["employer"]] = "employer"


@message
@dataclass(frozen=True)
class VacancyClosedByTeam(_AboutVacancy):
    """The team took the vacancy down."""

    name: ClassVar[str] = "vacancy_closed"
    audience: ClassVar[Literal["employer"]] = "employer"
