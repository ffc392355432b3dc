"""Four phones in four languages fill a tour; a fifth waits, is offered a place and takes it."""

import pytest

from portal.events.models import Tour
from tests.conftest import WorkAs
from tests.factories.events import a_company, a_tour
from tests.journeys.conftest import NewPerson
from tests.journeys.steps import BUILDER, opens_mail, signs_in
from tests.support.chromium import Person
from tests.support.outbox import Outbox
from tests.support.people import a_team_member

pytestmark = pytest.mark.browser

NAMES = {"nl": "Yonas", "en": "Maryam", "ar": "Hiwot", "ti": "Tesfay"}


@pytest.fixture
def tour(work_as: WorkAs) -> Tour:
    """A tour with four places."""
    with work_as(BUILDER) as uow:
        return a_tour(
            uow,
            4,
            employer=a_company(uow),
            description="Je loopt mee van deeg tot doos.",
            transport="Bus 15, halte Ugchelen Dorp.",
            bring="Een pen",
            accessibility="Alles is gelijkvloers",
            good_to_know="Het ruikt er lekker",
        )


def registers(somebody: Person, tour: Tour, **typed: str) -> Person:
    """From the agenda to the own place, looking at each page on the way."""
    somebody.opens("/rondleidingen").follows(f"/rondleidingen/{tour.id}").fits().passes_axe()
    somebody.follows(f"/rondleidingen/{tour.id}/aanmelden").fits().passes_axe()
    somebody.fills(**typed).sends(f"/rondleidingen/{tour.id}/aanmelden").at("/mijn-plek/")
    return somebody.fits().passes_axe()


def test_four_languages_fill_a_tour_and_the_fifth_gets_the_place_that_comes_free(
    person: NewPerson, work_as: WorkAs, outbox: Outbox, tour: Tour
) -> None:
    phones = {}
    for number, (language, name) in enumerate(NAMES.items()):
        phones[language] = person(phone=True, language=language)
        registers(phones[language], tour, voornaam=name, telefoon=f"06 8900000{number}").speaks(language).sees(name)

    fifth = registers(person(phone=True), tour, voornaam="Noor", email="noor@postvak.example")
    fifth.sees("Je staat op plek 1 van de wachtlijst")

    hiwot = phones["ar"].follows("/afmelden").fits().passes_axe()
    hiwot.sends("/afmelden").at("/mijn-plek/").fits().passes_axe()

    opens_mail(fifth, outbox, "noor@postvak.example", "/mijn-plek/")
    fifth.sees("Er is een plek voor je vrij, Noor").fits().passes_axe().presses("Ja, ik ga mee")
    fifth.sees("Je plek is bevestigd, Noor").fits().passes_axe()

    with work_as(BUILDER) as uow:
        marleen = a_team_member(uow)
    team = signs_in(person(), marleen).opens(f"/team/rondleidingen/{tour.id}/deurlijst").fits().passes_axe()
    team.sees("4 deelnemers, op voornaam")
    for name in ("Yonas", "Maryam", "Tesfay", "Noor"):
        team.sees(name)
    team.misses("Hiwot")
