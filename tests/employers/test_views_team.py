"""The pages of the team about employers."""

import pytest
from sqlalchemy import Engine, select

from portal.accounts.models import User
from portal.employers.models import CallbackRequest, Employer, Location, Member, Sector
from portal.employers.vocabulary import CallbackTime, EmployerStatus, MemberRole, MemberStatus
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from tests.factories.employers import a_member, a_sector, an_employer, an_employer_user, an_owner
from tests.factories.vacancies import a_vacancy
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.people import a_team_lead, a_team_member, sign_in
from tests.support.queries import at_most

SYSTEM = Actor(role=Role.SYSTEM, name="test")


@pytest.fixture
def colleague(browser: Browser, database: Database) -> User:
    """Somebody of the team, signed in."""
    with database.work(SYSTEM) as uow:
        a_sector(uow, "bakkerij")
        user = a_team_member(uow)
    sign_in(browser, user)
    return user


def test_the_list_is_searched_filtered_and_paged(
    browser: Browser, colleague: User, database: Database, engine: Engine
) -> None:
    with database.work(SYSTEM) as uow:
        for number in range(21):
            an_employer(uow, f"Bedrijf {number:02}")
        an_employer(uow, "Bakkerij De Sprenge", sector="bakkerij", status="submitted")
    with at_most(6, engine):
        page = browser.get("/team/werkgevers")
    assert "22 bedrijven" in page.text
    assert "Bedrijf 20" not in page.text
    assert "Bedrijf 20" in browser.follow("Volgende").text
    browser.get("/team/werkgevers?status=submitted&branche=bakkerij")
    assert "1 bedrijf" in browser.page.text  # type: ignore[union-attr]
    page = browser.submit({"zoek": "sprenge"})
    assert "Bakkerij De Sprenge" in page.text
    page = browser.submit({"zoek": "bestaat niet"})
    assert "Geen bedrijf gevonden" in page.text


def test_a_sign_up_is_approved_with_one_button(
    browser: Browser, colleague: User, database: Database, outbox: Outbox, engine: Engine
) -> None:
    with database.work(SYSTEM) as uow:
        employer, owner = an_owner(uow, status="submitted", submitted_at=uow.now)
    with at_most(5, engine):
        page = browser.get(f"/team/werkgevers/{employer.id}")
    assert "Mag dit bedrijf meedoen?" in page.text
    page = browser.submit({}, button="Goedkeuren")
    assert "Goedgekeurd. Het bedrijf krijgt een mail." in page.text
    assert "Bedrijf goedgekeurd" in page.text
    assert len(outbox.to(owner.email)) == 1


def test_one_decision_lets_the_company_in_and_its_vacancies_online(
    browser: Browser, colleague: User, database: Database
) -> None:
    with database.work(SYSTEM) as uow:
        employer, _owner = an_owner(uow, status="submitted", submitted_at=uow.now)
        vacancy = a_vacancy(uow, status="submitted", employer=employer)
    page = browser.get(f"/team/werkgevers/{employer.id}")
    assert "Er wacht ook 1 vacature." in page.text
    assert "Medewerker bakkerij" in browser.follow("Lees die eerst").text
    browser.get(f"/team/werkgevers/{employer.id}")
    assert "Goedgekeurd." in browser.submit({}, button="Goedkeuren en plaatsen").text
    assert "Medewerker bakkerij" in browser.get(f"/vacatures/{vacancy.id}").text


def test_a_refusal_needs_its_reason(browser: Browser, colleague: User, database: Database) -> None:
    with database.work(SYSTEM) as uow:
        employer, _owner = an_owner(uow, status="submitted")
    browser.get(f"/team/werkgevers/{employer.id}")
    browser.follow("Niet toelaten")
    page = browser.submit({"reden": " "}, status=422)
    assert page.errors() == ["Schrijf er kort bij waarom"]
    page = browser.submit({"reden": "Wij vonden het KVK-nummer niet."})
    assert "Wij vonden het KVK-nummer niet." in page.text
    with database.reading() as db:
        assert db.get_one(Employer, employer.id).status is EmployerStatus.REFUSED
    page = browser.submit({}, button="Toch goedkeuren")
    assert "Goedgekeurd" in page.text


def test_a_company_without_mail_address_is_added_and_approved(
    browser: Browser, colleague: User, database: Database, outbox: Outbox
) -> None:
    browser.get("/team/werkgevers/toevoegen")
    typed = {
        "bedrijfsnaam": "Wasserij Het Wit",
        "kvk": "08012345",
        "branche": "bakkerij",
        "straat": "Loods 1",
        "postcode": "7311 AB",
        "plaats": "Apeldoorn",
        "naam": "Willem Wit",
    }
    page = browser.submit(typed, status=422)
    assert page.errors() == ["Vul een telefoonnummer in"]
    page = browser.submit({"telefoon": "0612340000"})
    assert "Zonder e-mailadres gaat er niets per mail; het team belt." in page.text
    assert "Per telefoon" in page.text
    assert outbox.names() == []
    browser.get("/team/werkgevers/toevoegen")
    page = browser.submit({**typed, "telefoon": "0612340000"}, status=422)
    assert page.errors()[0].startswith("Dit bedrijf is al bij ons bekend.")


def test_the_team_changes_data_note_and_numbers(browser: Browser, colleague: User, database: Database) -> None:
    with database.work(SYSTEM) as uow:
        employer = an_employer(uow, establishment=None, numbers_to_confirm=True)
        location_id = uow.session.scalars(select(Location.id)).one()
    here = f"/team/werkgevers/{employer.id}"
    browser.get(f"{here}/gegevens")
    browser.submit({"kvk": "1"}, status=422)
    browser.submit({"kvk": "87654321", "branche": "bakkerij"})
    browser.get(f"{here}/notitie")
    browser.submit({"notitie": "Het BSN is 111222333"}, status=422)
    page = browser.submit({"contact": str(colleague.id), "notitie": "Bel na 14.00 uur."})
    assert "Bel na 14.00 uur." in page.text
    page = browser.submit({}, button="De nummers kloppen")
    assert "Genoteerd: de nummers kloppen." in page.text
    browser.get(f"{here}/vestigingen/{location_id}")
    browser.submit({"vestiging": "12"}, status=422)
    browser.submit({"vestiging": "0000 1234 5678"})
    browser.get(f"{here}/vestigingen/nieuw")
    page = browser.submit(
        {"vestiging": "000012345678", "straat": "Laan 1", "postcode": "7311 AB", "plaats": "Epe"}, status=422
    )
    assert page.errors() == ["Dit vestigingsnummer staat al bij een bedrijf. Kijk het na, of bel ons."]
    browser.submit({"vestiging": ""})
    with database.reading() as db:
        assert db.get_one(Employer, employer.id).kvk_number == "87654321"
        assert db.get_one(Location, location_id).establishment_number == "000012345678"
        assert db.get_one(Employer, employer.id).team_contact_id == colleague.id


def test_the_team_manages_people(browser: Browser, colleague: User, database: Database, outbox: Outbox) -> None:
    with database.work(SYSTEM) as uow:
        employer, _owner = an_owner(uow)
        asking = a_member(uow, employer, user=an_employer_user(uow, name="Sjoerd Bakker"), status="requested")
    here = f"/team/werkgevers/{employer.id}"
    page = browser.get(here)
    assert "Sjoerd Bakker wil meedoen" in page.text
    page = browser.submit({}, button="Toelaten")
    assert "Sjoerd Bakker doet nu mee en krijgt een mail." in page.text
    browser.get(f"{here}/mensen/nieuw")
    browser.submit({"naam": ""}, status=422)
    browser.submit({"naam": "Anja Post", "email": "anja@fout.example"})
    with database.reading() as db:
        anja = db.scalars(select(Member).where(Member.name == "Anja Post")).one()
    browser.get(f"{here}/mensen/{anja.id}")
    browser.submit({}, button="Stuur de link opnieuw")
    browser.get(f"{here}/mensen/{anja.id}")
    browser.submit({"email": "anja@goed.example"})
    assert len(outbox.to("anja@goed.example")) >= 1
    for button, role in (("Maak beheerder", MemberRole.OWNER), ("Maak contactpersoon", MemberRole.MEMBER)):
        browser.get(f"{here}/mensen/{anja.id}")
        browser.submit({}, button=button)
        with database.reading() as db:
            assert db.get_one(Member, anja.id).role is role
    browser.get(f"{here}/mensen/{anja.id}")
    browser.submit({}, button="Haal weg")
    with database.reading() as db:
        assert db.get_one(Member, anja.id).status is MemberStatus.LEFT
        assert db.get_one(Member, asking.id).status is MemberStatus.ACTIVE
    browser.get(f"/team/werkgevers/{employer.id + 1}/mensen/{anja.id}", status=404)


def test_the_team_refuses_a_request_with_the_reason(browser: Browser, colleague: User, database: Database) -> None:
    with database.work(SYSTEM) as uow:
        employer = an_employer(uow)
        a_member(uow, employer, user=an_employer_user(uow, name="Sjoerd Bakker"), status="requested")
    browser.get(f"/team/werkgevers/{employer.id}")
    browser.follow("Niet toelaten")
    browser.submit({"reden": ""}, status=422)
    page = browser.submit({"reden": "Deze vestiging hoort bij een ander bedrijf."})
    assert "Sjoerd Bakker krijgt een mail met de reden." in page.text


def test_acting_for_a_company_by_phone(browser: Browser, colleague: User, database: Database, outbox: Outbox) -> None:
    with database.work(SYSTEM) as uow:
        employer, owner = an_owner(uow, status="submitted")
        other = an_employer(uow, "Ander bedrijf")
    browser.get("/mijn-bedrijf/", status=403)
    browser.get(f"/team/werkgevers/{employer.id}")
    page = browser.submit({}, button="Ik heb ze aan de telefoon")
    assert page.url == "/mijn-bedrijf/"
    assert "U bent aan de telefoon met Bouwbedrijf Veldhoek" in page.text
    browser.get("/mijn-bedrijf/vestigingen/nieuw")
    browser.submit({"straat": "Laan 9", "postcode": "8161 AB", "plaats": "Epe"})
    browser.get(f"/team/werkgevers/{other.id}")
    page = browser.submit({}, button="Ik heb ze aan de telefoon")
    assert "U bent nog aan de telefoon met een ander bedrijf." in page.text
    page = browser.get(f"/team/werkgevers/{employer.id}")
    assert "Naar hun pagina’s" in page.text
    page = browser.submit({}, button="Klaar met bellen")
    assert "Vestiging toegevoegd: Laan 9, Epe" in page.text
    assert "De contactpersoon krijgt deze lijst per mail" in page.text
    assert len(outbox.to(owner.email)) == 1
    browser.get("/mijn-bedrijf/", status=403)
    history = browser.get(f"/team/werkgevers/{employer.id}").text
    assert "Vestiging toegevoegd Marleen Visscher Per telefoon" in history


def test_a_call_without_mail_address_promises_none(browser: Browser, colleague: User, database: Database) -> None:
    with database.work(SYSTEM) as uow:
        employer = an_employer(uow)
        a_member(uow, employer, email=None)
    browser.get(f"/team/werkgevers/{employer.id}")
    browser.submit({}, button="Ik heb ze aan de telefoon")
    browser.get("/mijn-bedrijf/vestigingen/nieuw")
    browser.submit({"straat": "Laan 9", "postcode": "8161 AB", "plaats": "Epe"})
    page = browser.submit({}, button="Klaar met bellen")
    assert "Er is geen e-mailadres, dus er gaat geen mail." in page.text
    browser.get("/team/gesprek/999", status=404)


def test_who_wants_to_be_called_is_called(browser: Browser, colleague: User, database: Database) -> None:
    with database.work(SYSTEM) as uow:
        uow.without_audit("a test")
        uow.session.add(
            CallbackRequest(name="Riek Nijland", phone="+31612345678", at=CallbackTime.ANY, created_at=uow.now)
        )
    page = browser.get("/team/terugbellen")
    assert "06 12345678" in page.text
    page = browser.submit({}, button="Gebeld")
    assert "Niemand wacht op een telefoontje" in page.text
    assert "Riek Nijland" in browser.follow("Gebeld").text


def test_sectors_are_for_leads(browser: Browser, colleague: User, database: Database) -> None:
    browser.get("/team/branches", status=403)
    with database.work(SYSTEM) as uow:
        lead = a_team_lead(uow)
    sign_in(browser, lead)
    browser.get("/team/branches")
    page = browser.submit({"naam": "bakkerij", "groep": "voeding"}, status=422)
    assert page.errors() == ["Er is al een branche met deze naam"]
    page = browser.submit({"naam": "Zonnepanelen", "groep": "techniek"})
    assert "Zonnepanelen" in page.text
    with database.reading() as db:
        sector = db.scalars(select(Sector).where(Sector.key == "zonnepanelen")).one()
    browser.get(f"/team/branches/{sector.id}")
    browser.submit({"naam": ""}, status=422)
    browser.submit({"naam": "Zon op het dak"})
    for button in ("Zet uit", "Zet aan", "Zet uit"):
        browser.get(f"/team/branches/{sector.id}")
        browser.submit({}, button=button)
    with database.reading() as db:
        row = db.get_one(Sector, sector.id)
        assert (row.name, row.active) == ("Zon op het dak", False)
    assert "Zon op het dak" not in browser.get("/team/werkgevers/toevoegen").text
    browser.get("/team/branches/999", status=404)


def test_hidden_and_missing_are_the_same(browser: Browser, colleague: User) -> None:
    for path in ("", "/gegevens", "/notitie", "/weigeren", "/mensen/1", "/vestigingen/1", "/mensen/nieuw"):
        browser.get(f"/team/werkgevers/999{path}", status=404)


def test_the_second_colleague_reads_that_somebody_was_earlier(
    browser: Browser, colleague: User, database: Database
) -> None:
    with database.work(SYSTEM) as uow:
        employer, _owner = an_owner(uow, status="submitted")
    page = browser.get(f"/team/werkgevers/{employer.id}")
    browser.submit({}, button="Goedkeuren")
    assert "Dit kan nu niet meer." in browser.submit({}, on=page, button="Goedkeuren").text
    page = browser.submit({}, button="Ik heb ze aan de telefoon")
    browser.submit({}, button="Klaar met bellen")
    page = browser.submit({}, on=page, button="Klaar met bellen")
    assert "Er is geen gesprek om af te ronden." in page.text
