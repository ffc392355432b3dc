"""What stands on the card of a stand: who it is, which work there is now, and how much Dutch that takes."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.employers.models import Vacancy
from portal.employers.queries import EmployerCard, employer_cards
from portal.employers.vacancy_policies import public_vacancies
from portal.employers.vacancy_queries import VacancyView, view_of, with_views
from portal.events.stand_queries import stands_with_holders
from portal.kernel.levels import LanguageLevel

MOST_VACANCIES = 4


@dataclass(frozen=True, slots=True)
class StandCard:
    """One card."""

    number: int
    employer: EmployerCard
    vacancies: tuple[VacancyView, ...]

    @property
    def level(self) -> LanguageLevel | None:
        """The lowest level that is enough for some of the work."""
        return min((vacancy.level for vacancy in self.vacancies), key=lambda level: level.rank, default=None)


def stand_cards(session: Session, fair_id: int) -> list[StandCard]:
    """The cards of all stands that somebody has, by number; three statements."""
    pairs = stands_with_holders(session, fair_id)
    holders = [(stand.number, holder.booking.employer_id) for stand, holder in pairs if holder is not None]
    ids = [employer_id for _number, employer_id in holders]
    employers, work = employer_cards(session, ids), _work_of(session, ids)
    return [StandCard(number, employers[id_], tuple(work.get(id_, ())[:MOST_VACANCIES])) for number, id_ in holders]


def _work_of(session: Session, employer_ids: list[int]) -> dict[int, list[VacancyView]]:
    """What each employer has online, the newest first."""
    wanted = public_vacancies().where(Vacancy.employer_id.in_(employer_ids))
    rows = session.execute(with_views(wanted).order_by(Vacancy.published_at.desc(), Vacancy.id.desc()))
    found: dict[int, list[VacancyView]] = {}
    for row in rows:
        found.setdefault(row[0].employer_id, []).append(view_of(*row))
    return found
