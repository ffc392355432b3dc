"""Signing up, 'Bel mij' and the link after a call, through the pages."""

import re
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine, select

from portal.employers import calls, companies
from portal.employers.inputs import LocationInput
from portal.employers.models import CallbackRequest, Employer, Member, PhoneCall
from portal.employers.vocabulary import EmployerStatus
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from tests.factories.employers import a_member, a_sector, an_employer, an_employer_user, an_owner
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.people import a_team_member, sign_in
from tests.support.queries import at_most

SYSTEM = Actor(role=Role.SYSTEM, name="test")
TYPED = {
    "bedrijfsnaam": "Bakkerij De Sprenge",
    "kvk": "0092 14 63",
    "branche": "bakkerij",
    "vestiging": "",
    "straat": "Molenbeekstraat 8",
    "postcode": "7315ab",
    "plaats": "Ugchelen",
    "naam": "Els Bakker",
    "email": "els@sprenge.example",
    "telefoon": "06-12345678",
}


@pytest.fixture(autouse=True)
def _sectors(database: Database) -> None:
    with database.work(SYSTEM) as uow:
        a_sector(uow, "bakkerij")
        a_sector(uow, "bouw")


def links_in(mail: EmailMessage) -> list[str]:
    body = mail.get_body(("plain",))
    assert body is not None
    return re.findall(r"http://localhost(/\S+)", body.get_content())


def test_an_employer_signs_up_confirms_and_sees_the_state(browser: Browser, database: Database, outbox: Outbox) -> None:
    browser.get("/werkgevers/aanmelden")
    page = browser.submit(TYPED)
    assert page.url == "/werkgevers/aanmelden/verstuurd"
    assert "els@sprenge.example" in page.text
    (path,) = links_in(outbox.to("els@sprenge.example")[0])
    browser.get(path)
    page = browser.submit({}, action=path)
    assert page.url == "/mijn-bedrijf/"
    assert "Wij kijken naar uw aanmelding. U hoort uiterlijk donderdag 26 november 2026 van ons." in page.text
    assert "Schrijf alvast uw eerste vacature" in page.text
    with database.reading() as db:
        employer = db.scalars(select(Employer)).one()
        assert (employer.kvk_number, employer.status) == ("00921463", EmployerStatus.SUBMITTED)


def test_an_empty_form_says_what_to_do_and_keeps_what_was_typed(browser: Browser) -> None:
    browser.get("/werkgevers/aanmelden")
    page = browser.submit({"bedrijfsnaam": "Bakkerij De Sprenge", "kvk": "123", "telefoon": "06"}, status=422)
    assert page.errors()[:2] == [
        "Vul het KVK-nummer in met 8 cijfers, bijvoorbeeld 01234567",
        "Kies de branche die het beste past",
    ]
    assert "Vul een telefoonnummer in met 10 cijfers, bijvoorbeeld 06 12345678" in page.errors()
    assert 'value="Bakkerij De Sprenge"' in page.html
    assert "<title>Fout: Bedrijf aanmelden" in page.html


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("vestiging", "123", "Een vestigingsnummer heeft 12 cijfers. Weet u het niet? Laat het leeg."),
        ("postcode", "1234", "Vul de postcode in, bijvoorbeeld 7311 AB"),
        ("website", "javascript:alert(1)", "Vul het adres van de website in, bijvoorbeeld www.bedrijf.nl"),
        ("email", "els@", "Vul een e-mailadres in zoals naam@voorbeeld.nl"),
        ("branche", "bestaat-niet", None),
    ],
)
def test_each_field_is_checked(browser: Browser, field: str, value: str, error: str | None) -> None:
    browser.get("/werkgevers/aanmelden")
    page = browser.submit({**TYPED, field: value}, status=422)
    assert len(page.errors()) == 1
    assert error is None or page.errors() == [error]


def test_a_double_is_explained_at_the_kvk_number(browser: Browser, database: Database) -> None:
    with database.work(SYSTEM) as uow:
        an_employer(uow, kvk_number="00921463")
    browser.get("/werkgevers/aanmelden")
    page = browser.submit(TYPED, status=422)
    assert page.errors()[0].startswith("Dit bedrijf is al bij ons bekend. Log in, vraag een collega")
    assert 'value="els@sprenge.example"' in page.html


def test_a_known_address_gives_the_same_page(browser: Browser, database: Database, outbox: Outbox) -> None:
    with database.work(SYSTEM) as uow:
        an_employer_user(uow, email="els@sprenge.example")
    browser.get("/werkgevers/aanmelden")
    page = browser.submit(TYPED)
    assert page.url == "/werkgevers/aanmelden/verstuurd"
    assert outbox.names() == ["employer_address_known"]


def test_the_page_after_signing_up_is_only_for_who_signed_up(browser: Browser) -> None:
    assert browser.get("/werkgevers/aanmelden/verstuurd").url == "/werkgevers/aanmelden"


def test_who_takes_part_already_is_led_on(browser: Browser, database: Database) -> None:
    with database.work(SYSTEM) as uow:
        _employer, owner = an_owner(uow)
        team = a_team_member(uow)
        asking = an_employer_user(uow)
        a_member(uow, an_employer(uow), user=asking, status="requested")
    for user in (owner, team, asking):
        sign_in(browser, user)
        assert "U doet al mee" in browser.get("/werkgevers/aanmelden").text


def test_who_was_refused_signs_up_while_signed_in(browser: Browser, database: Database) -> None:
    with database.work(SYSTEM) as uow:
        user = an_employer_user(uow, email="els@sprenge.example")
        member = a_member(uow, an_employer(uow), user=user, status="refused", reason="Onbekend adres.")
        member.ended_at = uow.now
    sign_in(browser, user)
    assert "Onbekend adres." in browser.get("/mijn-bedrijf/").text
    browser.follow("Meld uw bedrijf aan")
    page = browser.submit(TYPED)
    assert page.url == "/mijn-bedrijf/"
    assert "Wij kijken naar uw aanmelding" in page.text


def test_call_me_stands_beside_the_form(browser: Browser, database: Database) -> None:
    browser.get("/werkgevers/aanmelden")
    page = browser.submit({"bel_naam": "Riek Nijland", "bel_telefoon": "055 000 12 34", "bel_wanneer": "morning"})
    assert "Wij bellen u, uiterlijk woensdag 25 november 2026." in page.text
    with database.reading() as db:
        asked = db.scalars(select(CallbackRequest)).one()
        assert (asked.name, asked.phone, asked.at.value) == ("Riek Nijland", "+31550001234", "morning")


def test_call_me_with_a_wrong_number_keeps_the_name(browser: Browser) -> None:
    browser.get("/werkgevers/aanmelden")
    page = browser.submit({"bel_naam": "Riek", "bel_telefoon": "12"}, status=422)
    assert page.errors() == ["Vul een telefoonnummer in met 10 cijfers, bijvoorbeeld 06 12345678"]
    assert 'value="Riek"' in page.html
    assert "<title>Fout: " in page.html


def test_the_notice_says_why_who_and_until_when(browser: Browser) -> None:
    browser.get("/werkgevers/aanmelden")
    page = browser.follow("Wat doen we met uw gegevens?")
    assert "Uw bedrijf: naam, KVK-nummer en adres." in page.text
    browser.get("/werkgevers/aanmelden")
    assert "Dan kunnen wij u bellen." in browser.follow("Wat doen we met uw nummer?").text


def test_the_form_is_there_in_english_and_not_in_arabic(browser: Browser) -> None:
    assert '<html lang="en" dir="ltr"' in browser.get("/werkgevers/aanmelden?taal=en").html
    assert '<html lang="nl" dir="ltr"' in browser.get("/werkgevers/aanmelden?taal=ar").html


def test_the_form_needs_two_statements_at_most(browser: Browser, engine: Engine) -> None:
    with at_most(2, engine):
        browser.get("/werkgevers/aanmelden")


def test_the_company_confirms_a_call_with_one_button(
    browser: Browser, database: Database, outbox: Outbox, engine: Engine
) -> None:
    with database.work(SYSTEM) as uow:
        employer, owner = an_owner(uow)
        team = a_team_member(uow)
    base = Actor(role=Role.TEAM_MEMBER, user_id=team.id)
    with database.work(base) as uow:
        call_id = calls.start_call(uow, employer_id=employer.id)
    actor = Actor(role=Role.TEAM_MEMBER, user_id=team.id, employer_id=employer.id, phone_call_id=call_id)
    with database.work(actor) as uow:
        place = LocationInput(street="Laan 9", postcode="7311 CD", city="Epe")
        companies.add_location(uow, employer_id=employer.id, location=place)
        calls.end_call(uow)
    path = next(link for link in links_in(outbox.to(owner.email)[0]) if "/gesprek/" in link)
    with at_most(3, engine):
        page = browser.get(path)
    assert "Marleen Visscher van ons team belde met Bouwbedrijf Veldhoek" in page.text
    assert "vestiging toegevoegd: Laan 9, Epe" in page.text
    page = browser.submit({}, button="Klopt")
    assert "Wij hebben genoteerd dat het klopt" in page.text
    assert "Bevestigd op dinsdag 24 november 2026" in page.text
    with database.reading() as db:
        assert db.get_one(PhoneCall, call_id).confirmed_at is not None
        assert db.scalars(select(Member.id)).all()
    browser.get(f"{path[:-1]}x", status=404)
    browser.get("/gesprek/iets-anders", status=404)
