"""The team makes a fair, fills its floor, books and frees stands, and prints the cards."""

import pytest
from sqlalchemy import Engine

from portal.employers.models import Employer, Vacancy
from portal.employers.vocabulary import EmployersAction, VacancyKind, VacancyStatus
from portal.events.models import JobFair
from portal.events.vocabulary import Visibility
from portal.kernel.levels import LanguageLevel
from portal.kernel.permissions import system_actor
from portal.kernel.uow import UnitOfWork
from tests.conftest import WorkAs
from tests.factories.employers import a_member, a_sector, an_employer, an_owner
from tests.factories.fairs import a_booking, a_fair
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.people import a_team_member, sign_in
from tests.support.queries import at_most

BUILDER = system_actor("test")
PATH = "/team/werkmarkten"
FAIR = {
    "titel": "Werkmarkt voor statushouders",
    "dag-dag": "29",
    "dag-maand": "12",
    "dag-jaar": "2026",
    "begin": "13.00",
    "einde": "1630",
    "opbouw": "11:00",
    "plek": "Sporthal De Mheenschans",
    "adres": "Mheenschans 1, Apeldoorn",
    "wijk": "Noord",
    "breedte": "40",
    "diepte": "25",
    "zones": "16; 10; 8; 6; koffie",
    "uitzonderingen": "Ouderenzorg; 2",
}
STANDS = "1; 1; 0,5; 3; 2; ja\n2; 5; 0,5; 3; 2; nee\n3; 9; 0,5; 3; 2; ja"


@pytest.fixture
def team(browser: Browser, work_as: WorkAs) -> Browser:
    with work_as(BUILDER) as uow:
        user = a_team_member(uow)
        a_sector(uow, "ouderenzorg")
    return sign_in(browser, user)


def make(work_as: WorkAs, *employers: str, **fields: object) -> tuple[JobFair, list[Employer]]:
    """A fair with a stand for each of these employers, all of other sectors."""
    sectors = ("bakkerij", "groen", "logistiek")
    with work_as(BUILDER) as uow:
        fair = a_fair(uow, **fields)
        made = [an_employer(uow, name, sector=sectors[n]) for n, name in enumerate(employers)]
        for number, employer in enumerate(made, start=1):
            a_booking(uow, fair, employer, number, brings="een oven")
    return fair, made


def test_team_makes_a_fair_from_nothing_to_open(team: Browser) -> None:
    assert "Nog geen werkmarkten" in team.get(PATH).text
    team.get(f"{PATH}/nieuw")
    page = team.submit(FAIR)
    assert "Zet nu de stands op de plattegrond." in page.text
    page = team.submit({"stands": STANDS})
    assert "3 stands staan op de plattegrond." in page.text
    assert "koffie" in page.text
    page = team.submit(button="Open het boeken")
    assert "Bedrijven kunnen nu een stand boeken." in page.text
    page = team.submit(button="Sluit het boeken")
    assert "Boeken gesloten" in page.text
    assert "0 van 3" in team.get(PATH).text


def test_fair_without_stands_does_not_open(team: Browser, work_as: WorkAs) -> None:
    fair, _ = make(work_as, status="planned", stands=0)
    team.get(f"{PATH}/{fair.id}")
    assert "Er zijn nog geen stands." in team.submit(button="Open het boeken").text


def test_refused_fair_keeps_what_was_typed(team: Browser) -> None:
    team.get(f"{PATH}/nieuw")
    wrong = {**FAIR, "breedte": "breed", "zones": "16; 10; koffie", "uitzonderingen": "Onbekend; 2", "per_branche": "0"}
    page = team.submit(wrong, status=422)
    assert page.errors() == [
        "Vul een maat in meters in, bijvoorbeeld 2,5",
        "Regel 1 is niet te lezen. Schrijf hem zoals het voorbeeld.",
        "Vul een getal in, bijvoorbeeld 1",
        "Regel 1 is niet te lezen. Schrijf hem zoals het voorbeeld.",
    ]
    assert "Onbekend; 2" in page.html
    page = team.submit({**FAIR, "per_branche": "1", "einde": "12.00", "uitzonderingen": "ouderenzorg; 99"}, status=422)
    assert page.errors() == ["Kies een aantal van 1 tot 50."]
    page = team.submit({**FAIR, "einde": "12.00"}, status=409)
    assert page.errors() == ["Het einde moet na het begin komen."]
    page = team.submit({**FAIR, "dag-jaar": "2020"}, status=409)
    assert page.errors() == ["Kies een dag en een tijd die nog komen."]


def test_stands_with_a_mistake_are_named_by_line(team: Browser, work_as: WorkAs) -> None:
    fair, _ = make(work_as, status="planned", stands=1)
    team.get(f"{PATH}/{fair.id}/stands")
    page = team.submit({"stands": "2; 5; 0,5; 3; 2\nstand drie"}, status=422)
    assert page.errors() == ["Regel 2 is niet te lezen. Schrijf hem zoals het voorbeeld."]
    page = team.submit({"stands": "2; 2; 0,5; 3; 2"}, status=409)
    assert page.errors() == ["Stand 1 en stand 2 staan op elkaar. Geef een van de twee een andere plek."]
    assert "2; 2; 0,5; 3; 2" in page.html


def test_team_changes_a_fair_and_a_stale_form_is_refused(team: Browser, work_as: WorkAs) -> None:
    fair, _ = make(work_as)
    first = team.get(f"{PATH}/{fair.id}/wijzigen")
    page = team.submit({"titel": "Banenmarkt"}, on=first)
    assert "De werkmarkt is opgeslagen." in page.text
    page = team.submit({"titel": "Te laat"}, on=first, status=409)
    assert "Iemand anders heeft dit net veranderd." in page.errors()[0]
    assert "Te laat" in page.html


def test_team_moves_and_removes_a_stand(team: Browser, work_as: WorkAs) -> None:
    fair, _ = make(work_as, "Bakkerij De Sprenge")
    team.get(f"{PATH}/{fair.id}/stands/1")
    page = team.submit({"nummer": "9"}, status=409)
    assert page.errors() == ["Deze stand is geboekt en houdt zijn nummer."]
    team.get(f"{PATH}/{fair.id}/stands/2")
    assert "Stand 12 is opgeslagen." in team.submit({"nummer": "12", "x": "30,5"}).text
    team.get(f"{PATH}/{fair.id}/stands/12")
    assert "Stand 12 is weg." in team.submit(button="Haal deze stand weg").text
    team.get(f"{PATH}/{fair.id}/stands/12", status=404)


def test_team_books_for_an_employer(team: Browser, work_as: WorkAs, outbox: Outbox) -> None:
    fair, _ = make(work_as, status="closed")
    with work_as(BUILDER) as uow:
        employer, _owner = an_owner(uow)
        rival = an_employer(uow, "Bouwbedrijf Mortelman")
    team.get(f"{PATH}/{fair.id}/boeken?stand=2")
    page = team.submit({"stroom": "y", "meeneemt": "een opstelling"}, status=422)
    assert page.errors() == ["Kies een bedrijf"]
    page = team.submit({"werkgever": str(employer.id), "stroom": "y"}, status=409)
    assert "Stand 2 heeft geen stroom." in page.errors()[0]
    assert "een opstelling" in page.html
    page = team.submit({"werkgever": str(employer.id), "stand": "", "stroom": "y"})
    assert "Stand 1 is geboekt." in page.text
    assert outbox.names() == ["stand_booked"]
    team.get(f"{PATH}/{fair.id}/boeken")
    page = team.submit({"werkgever": str(rival.id)}, status=409)
    assert "Er is al een bedrijf uit deze branche." in page.errors()[0]
    page = team.submit({"werkgever": str(employer.id), "stand": "4"}, status=409)
    assert page.errors() == ["Dit bedrijf heeft al stand 1."]


def test_team_frees_a_stand_with_a_reason(team: Browser, work_as: WorkAs) -> None:
    fair, _ = make(work_as, "Bakkerij De Sprenge")
    team.get(f"{PATH}/{fair.id}")
    team.follow("Maak vrij")
    assert team.submit({"reden": ""}, status=422).errors() == ["Schrijf kort waarom"]
    page = team.submit({"reden": "Dubbel geboekt."})
    assert "De stand is vrij." in page.text
    assert "Bakkerij De Sprenge" not in page.text


def test_cancelled_fair_names_who_must_be_called(team: Browser, work_as: WorkAs, outbox: Outbox) -> None:
    fair, employers = make(work_as, "Supermarkt Zwermers Epe", "Bakkerij De Sprenge")
    with work_as(BUILDER) as uow:
        a_member(uow, employers[0], email=None, phone="+31578001234")
        a_member(uow, employers[1], email="bakker@sprenge.example")
    team.get(f"{PATH}/{fair.id}/afzeggen")
    assert "2 bedrijven hebben een stand en krijgen bericht." in team.page.text  # type: ignore[union-attr]
    page = team.submit({"reden": "De hal is stuk."})
    assert "Deze bedrijven krijgen geen mail. Bel ze:" in page.text
    assert "tel:+31578001234" in page.html
    assert "stand 1" in page.text
    assert "stand 2): " not in page.text
    assert outbox.names() == ["fair_cancelled"]


def test_link_with_the_code_is_there_to_share(team: Browser, work_as: WorkAs) -> None:
    fair, _ = make(work_as, visibility=Visibility.CODE)
    assert f"/werkmarkten/{fair.id}?code={fair.access_code}" in team.get(f"{PATH}/{fair.id}").html


def test_cards_show_the_work_and_the_level(team: Browser, work_as: WorkAs, engine: Engine) -> None:
    fair, employers = make(work_as, "Bakkerij De Sprenge", "Groenvoorziening Lommerhaag")
    with work_as(BUILDER) as uow:
        a_vacancy(uow, employers[0], "Hulpbakker", LanguageLevel.B1)
        a_vacancy(uow, employers[0], "Inpakker", LanguageLevel.A1)
        a_vacancy(uow, employers[0], "Nog niet online", LanguageLevel.A1, VacancyStatus.DRAFT)
    with at_most(4 + 2, engine):
        page = team.get(f"{PATH}/{fair.id}/standkaarten")
    assert page.html.count('class="stand-sheet"') == 2
    assert "Hulpbakker" in page.text
    assert "niveau A1" in page.text
    assert "Nog niet online" not in page.text
    assert "Vraag hier wat het werk is." in page.text
    assert "een oven" not in page.text
    one = team.get(f"{PATH}/{fair.id}/standkaarten?stand=2")
    assert one.html.count('class="stand-sheet"') == 1
    assert "Toon alle 2 kaarten" in one.text


def test_no_cards_yet(team: Browser, work_as: WorkAs) -> None:
    fair, _ = make(work_as)
    assert "Nog geen kaarten" in team.get(f"{PATH}/{fair.id}/standkaarten").text


def test_pages_stay_within_their_budget(team: Browser, work_as: WorkAs, engine: Engine) -> None:
    fair, _ = make(work_as, "Bakkerij De Sprenge", "Groenvoorziening Lommerhaag", "Ruttekamp Logistiek")
    with at_most(4 + 2, engine):
        team.get(PATH)
    for path in ("", "/stands", "/wijzigen", "/boeken", "/stands/1", "/afzeggen"):
        with at_most(3 + 2, engine):
            team.get(f"{PATH}/{fair.id}{path}")


def a_vacancy(
    uow: UnitOfWork,
    employer: Employer,
    title: str,
    level: LanguageLevel,
    status: VacancyStatus = VacancyStatus.PUBLISHED,
) -> None:
    vacancy = Vacancy(
        employer_id=employer.id,
        sector_id=employer.sector_id,
        title=title,
        kind=VacancyKind.JOB,
        status=status,
        tasks="Brood inpakken.",
        hours_min=24,
        hours_max=32,
        level=level,
        city="Apeldoorn",
        findings=[],
        published_at=uow.now,
        created_at=uow.now,
        details_changed_at=uow.now,
    )
    uow.session.add(vacancy)
    uow.audit(EmployersAction.VACANCY_PUBLISHED, vacancy)
