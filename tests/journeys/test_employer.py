"""A company joins, and its first vacancy is found."""

import pytest

from tests.conftest import WorkAs
from tests.factories.employers import a_sector
from tests.journeys.conftest import NewPerson
from tests.journeys.steps import BUILDER, opens_mail, signs_in
from tests.support.chromium import Person
from tests.support.outbox import Outbox
from tests.support.people import a_team_member

pytestmark = pytest.mark.browser
EMAIL = "els@sprenge.example"


def signs_up(owner: Person) -> Person:
    """Fill in the form for companies."""
    owner.opens("/werkgevers/aanmelden").fits().passes_axe()
    owner.fills(bedrijfsnaam="Bakkerij De Sprenge", kvk="0092 14 63", straat="Molenbeekstraat 8", postcode="7315ab")
    owner.fills(plaats="Ugchelen", naam="Els Bakker", email=EMAIL, telefoon="06-12345678")
    return owner.chooses(branche="bakkerij").presses("Meld mijn bedrijf aan")


def writes_vacancy(owner: Person) -> Person:
    """Fill in the form for a vacancy."""
    owner.opens("/mijn-bedrijf/vacatures").presses("Maak een vacature").fits().passes_axe()
    owner.chooses(soort="baan", branche="bakkerij", niveau="A2")
    owner.fills(titel="Bakkershulp", taken="Deeg wegen.\nBroodjes vormen.", plaats="Ugchelen", plekken="2")
    return owner.fills(uren_van="24", uren_tot="32", loon_van="15,75").presses("Bewaar en bekijk")


def test_a_company_joins_and_its_vacancy_is_found(person: NewPerson, work_as: WorkAs, outbox: Outbox) -> None:
    with work_as(BUILDER) as uow:
        a_sector(uow, "bakkerij")
        marleen = a_team_member(uow)

    owner = signs_up(person())
    owner.sees(EMAIL).fits().passes_axe()
    opens_mail(owner, outbox, EMAIL, "/bevestigen/").sees(EMAIL).presses("Ja, dit is mijn adres")
    owner.sees("Wij kijken naar uw aanmelding").fits().passes_axe()

    team = signs_in(person(), marleen)
    team.opens("/team/werkgevers").presses("Bakkerij De Sprenge").sees("00921463").presses("Goedkeuren")
    team.sees("Goedgekeurd. Het bedrijf krijgt een mail.").fits().passes_axe()
    assert outbox.to(EMAIL)[-1]["Subject"]

    writes_vacancy(owner).sees("Zo zien mensen uw vacature").fits().passes_axe().presses("Stuur in")
    owner.sees("Ingestuurd").sees("U hoort binnen 2 werkdagen van ons.")

    team.opens("/team/vacatures").presses("Bakkershulp").fits().passes_axe().presses("Plaats")
    team.sees("De plek staat online")

    visitor = person(phone=True).opens("/vacatures").fits().passes_axe().presses("Bakkershulp")
    visitor.sees("Bakkerij De Sprenge").sees("€ 15,75").fits().passes_axe()
    opens_mail(owner, outbox, EMAIL, "/vacatures/").sees("Bakkershulp")


def test_a_company_that_is_let_in_signs_in_with_a_mailed_link(
    person: NewPerson, work_as: WorkAs, outbox: Outbox
) -> None:
    with work_as(BUILDER) as uow:
        a_sector(uow, "bakkerij")
    opens_mail(signs_up(person()), outbox, EMAIL, "/bevestigen/").presses("Ja, dit is mijn adres")

    owner = person(phone=True).opens("/inloggen").fits().passes_axe().fills(email=EMAIL).presses("Stuur mij een link")
    opens_mail(owner, outbox, EMAIL, "/inloggen/link/").fits().passes_axe().presses("Log mij in")
    owner.sees("Wij kijken naar uw aanmelding").fits().passes_axe()
