"""The demo's desk: lists that are taken over, vacancies that are published, and work that waits."""

from sqlalchemy import select

from portal.demo.world import World
from portal.employers.callbacks import ask_callback
from portal.employers.inputs import CompanyInput, LocationInput, PersonInput
from portal.employers.models import Vacancy
from portal.employers.records import account_for, put_employer, put_location, put_member
from portal.employers.vacancies import publish_vacancy
from portal.employers.vocabulary import (
    CallbackTime,
    EmployersAction,
    EmployerSource,
    EmployerStatus,
    MemberRole,
)
from portal.events.tours import TourInput, propose_tour
from portal.kernel.levels import LanguageLevel
from portal.kernel.names import company_key
from portal.kernel.tabular import read_table
from portal.team.imports import IMPORTERS
from portal.team.vocabulary import ImportKind

LISTS = {
    ImportKind.EMPLOYERS: "werkgevers.csv",
    ImportKind.PARTICIPANTS: "deelnemers.xlsx",
    ImportKind.VACANCIES: "vacatures.csv",
}


def take_over_lists(world: World) -> None:
    """The three lists of the scenario, as the team would take them over."""
    for kind, name in LISTS.items():
        table = read_table((world.folder / name).read_bytes(), name)
        with world.as_staff("marleen") as uow:
            IMPORTERS[kind].write(uow, table)


def publish_vacancies(world: World) -> None:
    """The team publishes what has no remark; what has one waits, with its advice."""
    with world.database.reading() as session:
        rows = session.scalars(select(Vacancy).order_by(Vacancy.id)).all()
    for row in rows:
        if not row.findings:
            with world.as_staff("joris") as uow:
                publish_vacancy(uow, vacancy_id=row.id)


def leave_work(world: World) -> None:
    """Things that wait for the team this morning: a new company with its first vacancy, a call, a proposed tour."""
    with world.as_system() as uow:
        ask_callback(uow, name="Gerrit van Essen", phone="+31689003456", at=CallbackTime.AFTERNOON)
    with world.as_system() as uow:
        company = CompanyInput(name="Koffiebranderij De Maalsteen", kvk_number="00912345", sector_key="horeca")
        place = LocationInput(street="Molenstraat 12", postcode="7311 NL", city="Apeldoorn")
        person = PersonInput(name="Anneke Brandsma", email="anneke@maalsteen.example", phone="+31689004567")
        employer = put_employer(uow, company, EmployerStatus.SUBMITTED, EmployerSource.WEB)
        put_location(uow, employer, place, accepted=True)
        put_member(uow, employer, person, user=account_for(uow, person), role=MemberRole.OWNER)
        uow.audit(EmployersAction.EMPLOYER_SUBMITTED, employer)
    bakery = world.employers()[company_key("Bakkerij Deegenaar")]
    day = world.day(18, "donderdag")
    with world.as_employer(bakery.id, None) as uow:
        propose_tour(
            uow,
            tour=TourInput(
                title="Brood bakken bij Deegenaar",
                description="Je ziet hoe brood gemaakt wordt, van meel tot oven.",
                starts_at=world.moment(day, "09:30"),
                ends_at=world.moment(day, "10:45"),
                be_there_at=world.moment(day, "09:20"),
                meeting_point="Korenaar 6, Loenen, de deur naast de winkel",
                district="Loenen",
                rules=("shoes", "hairnet", "jewellery", "heat"),
                capacity=8,
                level=LanguageLevel.A2,
            ),
        )
