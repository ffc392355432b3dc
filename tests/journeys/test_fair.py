"""Two companies want the same stand; one gets it, the other is told and takes another."""

import pytest

from portal.events.models import JobFair
from tests.conftest import WorkAs
from tests.factories.fairs import a_fair
from tests.journeys.conftest import NewPerson
from tests.journeys.steps import BUILDER, an_owner_with_password, opens_mail, signs_in
from tests.support.chromium import Person
from tests.support.outbox import Outbox

pytestmark = pytest.mark.browser
REFUSED = "Stand 1 is net gekozen door een ander bedrijf. Kies een andere; uw gegevens zijn bewaard."


def chooses_stand(owner: Person, fair: JobFair, number: str) -> Person:
    """From the list of fairs to the second step."""
    owner.opens("/mijn-bedrijf/werkmarkten").follows(f"/werkmarkten/{fair.id}").fits().passes_axe()
    owner.presses("Kies uw stand").fits().passes_axe().chooses(stand=number)
    return owner.presses("Verder").sees(f"Wat hebt u nodig op stand {number}?").fits().passes_axe()


def test_a_stand_goes_to_who_books_first(person: NewPerson, work_as: WorkAs, outbox: Outbox) -> None:
    with work_as(BUILDER) as uow:
        fair = a_fair(uow)
        _bakery, els = an_owner_with_password(uow, "Bakkerij De Sprenge", sector="bakkerij")
        _builder, herman = an_owner_with_password(uow, "Bouwbedrijf Veldhoek", sector="bouw")

    first = chooses_stand(signs_in(person(), els), fair, "1")
    second = chooses_stand(signs_in(person(phone=True), herman), fair, "1")

    first.chooses(stroom="y").fills(meeneemt="een oven").presses("Boek stand 1")
    first.sees("Stand 1 is van u.").sees("Uw stand: 1").sees("een oven").fits().passes_axe()
    first.opens("/mijn-bedrijf/werkmarkten").sees("U hebt stand 1")
    opens_mail(first, outbox, els.email, "/mijn-bedrijf/werkmarkten/").sees("Uw stand: 1")

    second.fills(meeneemt="een kraan").presses("Boek stand 1").sees(REFUSED).fits().passes_axe()
    second.chooses(stand="3").presses("Boek deze stand")
    second.sees("Uw stand: 3").sees("een kraan").sees("Bakkerij De Sprenge")
    visitor = person(phone=True).opens(f"/werkmarkten/{fair.id}").fits().passes_axe()
    visitor.sees("Bakkerij De Sprenge").sees("Bouwbedrijf Veldhoek").misses("een kraan")
