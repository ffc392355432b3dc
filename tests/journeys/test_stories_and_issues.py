"""A story that two colleagues let out and an employer answers; an issue that is reported, answered and solved."""

from datetime import timedelta

import pytest

from portal.kernel.clock import FixedClock
from portal.kernel.config import Settings
from tests.conftest import WorkAs
from tests.factories.employers import a_sector
from tests.factories.participants import a_participant
from tests.factories.placements import a_placement
from tests.journeys.conftest import NewPerson
from tests.journeys.steps import BUILDER, an_owner_with_password, gives_code, opens_mail, signs_in
from tests.support.chromium import Person
from tests.support.outbox import Outbox
from tests.support.people import a_team_member

pytestmark = pytest.mark.browser
HEADING = "Zorgzame vrouw met medische opleiding"


def writes_story(writer: Person, sector_id: int) -> Person:
    """Fill in the form for a story."""
    writer.opens("/team/verhalen").presses("Schrijf een verhaal").fits().passes_axe()
    writer.fills(kop=HEADING, tekst="Deze persoon had een medisch beroep.\n\nZij werkt graag met ouderen.")
    writer.fills(gaat_goed="rustig en precies", aandacht="kan alleen onder schooltijd", staat_klaar="een taalcoach")
    writer.fills(zoekt="Een baan van 24 uur in de ouderenzorg.", uren="24")
    writer.chooses(branche=str(sector_id), spreken="B1", schrijven="B1")
    return writer.presses("Bewaar het verhaal").sees("bewaard als concept").fits().passes_axe()


def notes_consent(writer: Person, participant_id: int) -> Person:
    """Find the person and note the yes."""
    writer.presses("Leg de toestemming vast").fits().passes_axe().fills(zoek="hiwot").presses("Zoek")
    writer.chooses(deelnemer=str(participant_id), taal="ti").presses("De persoon zei ja")
    return writer.sees("De toestemming is vastgelegd")


def test_a_story_is_written_released_read_and_answered(person: NewPerson, work_as: WorkAs, outbox: Outbox) -> None:
    with work_as(BUILDER) as uow:
        sector = a_sector(uow, "ouderenzorg")
        hiwot = a_participant(uow, "Hiwot", last_name="Berhane")
        marleen, joris = a_team_member(uow), a_team_member(uow, "Joris Tempelman")
        _employer, els = an_owner_with_password(uow, "Zorghuis De Linde", sector="ouderenzorg")

    writer = notes_consent(writes_story(signs_in(person(), marleen), sector.id), hiwot.id)
    writer.presses("Laat een collega lezen").sees("Een collega leest het en geeft het vrij").fits().passes_axe()

    second = signs_in(person(), joris).opens("/team/verhalen").presses(HEADING).presses("Geef vrij")
    second.sees("Werkgevers kunnen het verhaal nu lezen").fits().passes_axe()

    owner = signs_in(person(phone=True), els).opens("/verhalen").fits().passes_axe().presses(HEADING)
    owner.sees("kan alleen onder schooltijd").misses("Hiwot").misses("Berhane").fits().passes_axe()
    owner.fills(bericht="Wij zoeken iemand voor de dagbesteding.").sends("/kennismaken")
    owner.sees("om een kennismaking").fits().passes_axe()

    second.opens("/team/kennismakingen").presses("Zorghuis De Linde").fits().passes_axe()
    second.sees("Wij zoeken iemand voor de dagbesteding.").fills(afspraak="Dinsdag 1 december, 10.00 uur, bij u.")
    second.presses("Laat de werkgever weten")
    opens_mail(owner, outbox, els.email, "/verhalen/").sees("De kennismaking is afgesproken.")
    owner.sees("Dinsdag 1 december")


def test_an_issue_is_reported_answered_and_solved(
    person: NewPerson, work_as: WorkAs, outbox: Outbox, settings: Settings, clock: FixedClock
) -> None:
    with work_as(BUILDER) as uow:
        marleen = a_team_member(uow, with_second_factor=True)
        employer, els = an_owner_with_password(uow, "Bakkerij De Sprenge", sector="bakkerij")
        placement = a_placement(uow, employer, contact=marleen)

    owner = signs_in(person(phone=True), els).opens("/mijn-bedrijf/plaatsingen").fits().passes_axe()
    owner.follows(f"/plaatsingen/{placement.id}").fits().passes_axe().presses("Iets melden").fits().passes_axe()
    owner.chooses(spoed="this_week", soort="work_rules", bespreken="nee")
    owner.fills(gebeurd="In de pauze gaat hij even liggen.", bellen="na 15.00 uur").presses("Verstuur melding")
    owner.sees("Uw melding is bij ons: nummer 2026-001.").fits().passes_axe()

    team = gives_code(signs_in(person(), marleen), marleen, settings, clock.now())
    team.opens("/team/meldingen").fits().passes_axe().presses("2026-001").fits().passes_axe()
    team.presses("Ik pak dit op").fills(bericht="Ik bel u morgen om 15.30 uur.").presses("Verstuur het antwoord")
    opens_mail(owner, outbox, els.email, "/mijn-bedrijf/meldingen/").sees("Ik bel u morgen om 15.30 uur.")

    clock.advance(timedelta(hours=4))
    team.unfolds("Het is opgelost").fills(oplossing="Uitrusten mag in de kantine.").presses("Sluit de melding")
    team.sees("Opgelost").fits().passes_axe()
    opens_mail(owner, outbox, els.email, "/mijn-bedrijf/meldingen/").sees("Uitrusten mag in de kantine.")
    owner.sees("Opgelost").fits().passes_axe()
