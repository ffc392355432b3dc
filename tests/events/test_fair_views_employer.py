"""An employer finds the fair, picks a stand, and gives it back."""

import pytest
from sqlalchemy import Engine, select

from portal.accounts.models import User
from portal.employers.models import Employer, PhoneCall
from portal.employers.vocabulary import PHONE_CALL_KEY, EmployersAction
from portal.events.models import JobFair
from portal.events.stands import StandWish, book_stand
from portal.events.vocabulary import EventsAction
from portal.kernel.audit import AuditEntry
from portal.kernel.permissions import system_actor
from portal.kernel.uow import Database, UnitOfWork
from tests.conftest import WorkAs
from tests.factories.employers import an_employer, an_owner
from tests.factories.fairs import a_booking, a_fair, stand_id
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.people import a_team_member, sign_in
from tests.support.queries import at_most

BUILDER = system_actor("test")
PATH = "/mijn-bedrijf/werkmarkten"


@pytest.fixture
def owner(work_as: WorkAs) -> tuple[Employer, User]:
    with work_as(BUILDER) as uow:
        return an_owner(uow)


@pytest.fixture
def fair(work_as: WorkAs) -> JobFair:
    with work_as(BUILDER) as uow:
        return a_fair(uow)


@pytest.fixture
def employer(browser: Browser, owner: tuple[Employer, User]) -> Browser:
    return sign_in(browser, owner[1])


def taken(work_as: WorkAs, fair: JobFair, number: int, sector: str = "bakkerij", **fields: object) -> Employer:
    with work_as(BUILDER) as uow:
        other = an_employer(uow, "Bakkerij De Sprenge", sector=sector)
        a_booking(uow, fair, other, number, **fields)
    return other


def test_no_fair_says_what_else_can_be_done(employer: Browser) -> None:
    assert "Er staat nu geen werkmarkt gepland" in employer.get(PATH).text


def test_employer_books_through_the_pages(employer: Browser, fair: JobFair, outbox: Outbox) -> None:
    page = employer.get(PATH)
    assert "Nog 4 stands vrij" in page.text
    employer.follow("Werkmarkt voor statushouders")
    employer.follow("Kies uw stand")
    page = employer.submit({"stand": "3"}, with_field="stand")
    assert "Wat hebt u nodig op stand 3?" in page.text
    assert "3 bij 2 meter, met stroom" in page.text
    page = employer.submit({"stroom": "y", "meeneemt": "een palletwagen"})
    assert "Stand 3 is van u." in page.text
    assert "Uw stand: 3" in page.text
    assert "een palletwagen" in page.text
    assert outbox.names() == ["stand_booked"]
    assert "U hebt stand 3" in employer.get(PATH).text
    assert "Uw stand: 3" in employer.get(f"{PATH}/{fair.id}/stand").text


def test_plan_leads_to_the_same_step_as_the_list(employer: Browser, fair: JobFair) -> None:
    html = employer.get(f"{PATH}/{fair.id}/stand").html
    assert f'<a class="stand" href="{PATH}/{fair.id}/stand?stand=3"' in html
    assert "Boek stand 3" in employer.get(f"{PATH}/{fair.id}/stand?stand=3").text


def test_list_comes_before_the_plan_on_a_phone(employer: Browser, fair: JobFair) -> None:
    html = employer.get(f"{PATH}/{fair.id}/stand").html
    phone = html[html.index('id="stand"') :]
    assert 'class="only-phone stack' in phone
    assert html.count('class="hall"') == 2  # once for a wide screen, before the list; once for a phone, after it


def test_choosing_nothing_or_a_taken_stand_is_said(employer: Browser, work_as: WorkAs, fair: JobFair) -> None:
    taken(work_as, fair, 1)
    assert employer.get(f"{PATH}/{fair.id}/stand?verder=ja").errors() == ["Kies een stand"]
    page = employer.get(f"{PATH}/{fair.id}/stand?stand=1")
    assert page.errors() == ["Kies een stand die vrij is."]
    assert "Bakkerij De Sprenge" in page.text


def test_stand_taken_while_typing_keeps_the_text(employer: Browser, work_as: WorkAs, fair: JobFair) -> None:
    employer.get(f"{PATH}/{fair.id}/stand?stand=1")
    taken(work_as, fair, 1)
    page = employer.submit({"stroom": "y", "meeneemt": "een koelvitrine"}, status=422)
    assert page.errors() == [
        "Stand 1 is net gekozen door een ander bedrijf. Kies een andere; uw gegevens zijn bewaard."
    ]
    assert "een koelvitrine" in page.html
    assert 'href="#stand-' in page.html
    page = employer.submit({"stand": "3"})
    assert "Uw stand: 3" in page.text
    assert "een koelvitrine" in page.text


def test_power_where_there_is_none_is_said_at_the_stand(employer: Browser, fair: JobFair) -> None:
    employer.get(f"{PATH}/{fair.id}/stand?stand=2")
    page = employer.submit({"stroom": "y", "meeneemt": "soepketel"}, status=422)
    assert "Stand 2 heeft geen stroom." in page.errors()[0]
    assert "soepketel" in page.html


def test_number_that_looks_like_a_bsn_is_refused(employer: Browser, fair: JobFair) -> None:
    employer.get(f"{PATH}/{fair.id}/stand?stand=2")
    page = employer.submit({"meeneemt": "999990019"}, status=422)
    assert "BSN" in page.errors()[0]
    assert "Boek stand 2" in page.text


def test_full_sector_gets_a_sentence_and_a_number(employer: Browser, work_as: WorkAs, fair: JobFair) -> None:
    employer.get(f"{PATH}/{fair.id}/stand?stand=2")
    taken(work_as, fair, 1, "bouw")
    page = employer.submit({"meeneemt": "troffel"})
    assert "Uw branche (Bouw) is al bezet" in page.text
    assert page.html.count("tel:") > 0
    assert "Kies uw stand" not in employer.get(f"{PATH}/{fair.id}").text
    assert employer.get(f"{PATH}/{fair.id}/stand").url == f"{PATH}/{fair.id}"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "closed"}, "Boeken is gesloten"),
        ({"in_days": -1}, "is geweest"),
    ],
)
def test_fair_that_takes_no_bookings_says_so(
    employer: Browser, work_as: WorkAs, fields: dict[str, object], words: str
) -> None:
    with work_as(BUILDER) as uow:
        fair = a_fair(uow, **fields)
    assert words in employer.get(f"{PATH}/{fair.id}").text


def test_all_stands_taken_says_so(employer: Browser, work_as: WorkAs) -> None:
    with work_as(BUILDER) as uow:
        fair = a_fair(uow, stands=1)
    taken(work_as, fair, 1)
    assert "Alle stands zijn bezet" in employer.get(f"{PATH}/{fair.id}").text
    assert "Alle stands zijn bezet" in employer.get(PATH).text


def test_employer_gives_the_stand_back_after_confirming(
    employer: Browser, work_as: WorkAs, fair: JobFair, owner: tuple[Employer, User]
) -> None:
    with work_as(BUILDER) as uow:
        book(uow, fair, owner[0], 2)
    file = employer.get(f"{PATH}/{fair.id}/mijn-stand.ics")
    assert "SUMMARY:Werkmarkt: uw stand 2" in file.html
    employer.get(f"{PATH}/{fair.id}")
    page = employer.follow("Geef de stand terug")
    assert "Stand 2 teruggeven?" in page.text
    page = employer.submit(button="Ja, geef stand 2 terug")
    assert "Stand 2 is teruggegeven." in page.text
    assert employer.get(f"{PATH}/{fair.id}/stand/teruggeven").url == f"{PATH}/{fair.id}"
    employer.get(f"{PATH}/{fair.id}/mijn-stand.ics", status=404)


def test_cancelled_fair_stays_for_who_had_a_stand(
    employer: Browser, work_as: WorkAs, owner: tuple[Employer, User]
) -> None:
    with work_as(BUILDER) as uow:
        fair = a_fair(uow, status="cancelled", reason="De hal is stuk.")
        a_booking(uow, fair, owner[0], 2)
        a_fair(uow, status="cancelled", title="Andere markt")
    assert "Gaat niet door" in employer.get(PATH).text
    assert "Andere markt" not in employer.get(PATH).text
    page = employer.get(f"{PATH}/{fair.id}")
    assert "De hal is stuk." in page.text
    assert "Geef de stand terug" not in page.text


def test_team_books_on_these_pages_during_a_call_also_after_closing(
    browser: Browser, work_as: WorkAs, database: Database, owner: tuple[Employer, User]
) -> None:
    with work_as(BUILDER) as uow:
        fair = a_fair(uow, status="closed")
        colleague = a_team_member(uow)
        call = PhoneCall(employer_id=owner[0].id, user_id=colleague.id, created_at=uow.now)
        uow.session.add(call)
        uow.audit(EmployersAction.CALL_STARTED, call)
    sign_in(browser, colleague)
    with browser.client.session_transaction() as session:
        session[PHONE_CALL_KEY] = call.id
    browser.get(f"{PATH}/{fair.id}/stand?stand=1")
    assert "Uw stand: 1" in browser.submit({"meeneemt": "een troffel"}).text
    with database.reading() as db:
        entry = db.scalars(select(AuditEntry).where(AuditEntry.action == EventsAction.STAND_BOOKED)).one()
    assert (entry.phone_call_id, entry.employer_id, entry.actor_id) == (call.id, owner[0].id, colleague.id)


def test_needs_of_others_are_not_shown(employer: Browser, work_as: WorkAs, fair: JobFair) -> None:
    taken(work_as, fair, 1, brings="geheime oven")
    assert "geheime oven" not in employer.get(f"{PATH}/{fair.id}").html


def test_fair_that_is_not_open_yet_is_missing(employer: Browser, work_as: WorkAs) -> None:
    with work_as(BUILDER) as uow:
        fair = a_fair(uow, status="planned")
    employer.get(f"{PATH}/{fair.id}", status=404)
    employer.get(f"{PATH}/987654", status=404)


def test_pages_stay_within_their_budget(employer: Browser, fair: JobFair, engine: Engine) -> None:
    with at_most(4 + 2, engine):
        employer.get(PATH)
    with at_most(3 + 2, engine):
        employer.get(f"{PATH}/{fair.id}")
    with at_most(3 + 2, engine):
        employer.get(f"{PATH}/{fair.id}/stand?stand=1")
    with at_most(12, engine):
        employer.submit({"meeneemt": "niets"}, follow=False)


def book(uow: UnitOfWork, fair: JobFair, employer: Employer, number: int) -> None:
    wish = StandWish(stand_id=stand_id(uow, fair, number))
    book_stand(uow, fair_id=fair.id, wish=wish, employer_id=employer.id)
