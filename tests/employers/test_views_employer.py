"""The pages of a company about itself."""

import pytest
from sqlalchemy import Engine, select

from portal.employers.models import Employer, Location, Member
from portal.employers.vocabulary import MemberRole, MemberStatus
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from tests.factories.employers import a_member, a_sector, an_employer, an_employer_user, an_owner
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.people import a_team_member, sign_in
from tests.support.queries import at_most

SYSTEM = Actor(role=Role.SYSTEM, name="test")


@pytest.fixture
def company(browser: Browser, database: Database) -> Employer:
    """An approved company whose owner is signed in."""
    with database.work(SYSTEM) as uow:
        a_sector(uow, "kapper")
        contact = a_team_member(uow)
        employer, owner = an_owner(uow, team_contact_id=contact.id, website="https://www.veldhoek.example")
    sign_in(browser, owner)
    return employer


def test_the_start_page_shows_state_next_step_and_who_helps(
    browser: Browser, company: Employer, engine: Engine
) -> None:
    with at_most(5, engine):
        page = browser.get("/mijn-bedrijf/")
    for words in ("Goedgekeurd", "Zet uw eerste vacature online", "Marleen Visscher", "www.veldhoek.example"):
        assert words in page.text
    assert page.link("Maak een vacature of proefplaats") == "/mijn-bedrijf/vacatures/nieuw"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("unconfirmed", "Bevestig uw e-mailadres"),
        ("submitted", "Schrijf alvast uw eerste vacature"),
        ("refused", "Wij vonden het KVK-nummer niet."),
    ],
)
def test_an_applicant_reads_how_it_stands(browser: Browser, database: Database, status: str, words: str) -> None:
    with database.work(SYSTEM) as uow:
        _employer, owner = an_owner(uow, status=status, submitted_at=uow.now, reason="Wij vonden het KVK-nummer niet.")
    sign_in(browser, owner)
    page = browser.get("/mijn-bedrijf/")
    assert words in page.text
    assert "Gegevens wijzigen" not in page.text
    browser.get("/mijn-bedrijf/gegevens", status=403)


def test_who_asks_to_join_sees_nothing_of_the_company(browser: Browser, database: Database) -> None:
    with database.work(SYSTEM) as uow:
        employer, _owner = an_owner(uow, website="https://www.veldhoek.example")
        user = an_employer_user(uow, name="Sjoerd Bakker")
        a_member(uow, employer, user=user, status="requested")
    sign_in(browser, user)
    page = browser.get("/mijn-bedrijf/")
    assert "Uw verzoek is verstuurd" in page.text
    assert employer.kvk_number not in page.html
    assert "veldhoek.example" not in page.html
    browser.get("/mijn-bedrijf/mensen", status=404)


def test_whoever_left_is_told_so(browser: Browser, database: Database) -> None:
    with database.work(SYSTEM) as uow:
        user = an_employer_user(uow)
        a_member(uow, an_employer(uow), user=user, status="left", ended_at=uow.now)
    sign_in(browser, user)
    assert "U doet nu voor geen bedrijf mee" in browser.get("/mijn-bedrijf/").text


def test_the_company_changes_its_data(browser: Browser, company: Employer, database: Database) -> None:
    browser.get("/mijn-bedrijf/gegevens")
    page = browser.submit({"bedrijfsnaam": "Veldhoek Bouw", "branche": "kapper", "website": "veldhoek.example"})
    assert "Uw gegevens zijn opgeslagen." in page.text
    with database.reading() as db:
        row = db.get_one(Employer, company.id)
        assert (row.name, row.website) == ("Veldhoek Bouw", "https://veldhoek.example")


def test_a_stale_form_is_refused_and_keeps_the_text(browser: Browser, company: Employer) -> None:
    first = browser.get("/mijn-bedrijf/gegevens")
    browser.submit({"bedrijfsnaam": "Eerste"})
    page = browser.submit({"bedrijfsnaam": "Tweede"}, on=first, status=422)
    assert page.errors()[0].startswith("Iemand anders heeft dit net veranderd.")
    assert 'value="Tweede"' in page.html


def test_the_company_adds_and_changes_a_place(browser: Browser, company: Employer, database: Database) -> None:
    browser.get("/mijn-bedrijf/vestigingen/nieuw")
    browser.submit({"straat": ""}, status=422)
    page = browser.submit({"straat": "Laan 9", "postcode": "8161 ab", "plaats": "Epe"})
    assert "het team zoekt het vestigingsnummer op" in page.text
    with database.reading() as db:
        place = db.scalars(select(Location).where(Location.city == "Epe")).one()
        assert place.postcode == "8161 AB"
    browser.get(f"/mijn-bedrijf/vestigingen/{place.id}")
    browser.submit({"plaats": "Heerde"})
    with database.reading() as db:
        assert db.get_one(Location, place.id).city == "Heerde"


def test_another_companys_things_do_not_exist(browser: Browser, company: Employer, database: Database) -> None:
    with database.work(SYSTEM) as uow:
        other, _owner = an_owner(uow, name="Ander bedrijf")
        member_id = uow.session.scalars(select(Member.id).where(Member.employer_id == other.id)).one()
        location_id = uow.session.scalars(select(Location.id).where(Location.employer_id == other.id)).one()
    for path in (f"vestigingen/{location_id}", f"mensen/{member_id}", f"mensen/{member_id}/weigeren"):
        browser.get(f"/mijn-bedrijf/{path}", status=404)
        browser.get("/mijn-bedrijf/vestigingen/999999", status=404)
    browser.get("/mijn-bedrijf/mensen")
    assert "Ander bedrijf" not in browser.page.text  # type: ignore[union-attr]


def test_an_owner_invites_changes_and_takes_leave_of_a_colleague(
    browser: Browser, company: Employer, database: Database, outbox: Outbox, engine: Engine
) -> None:
    browser.get("/mijn-bedrijf/mensen")
    browser.follow("Nodig een collega uit")
    browser.submit({"naam": "Anja Post"}, status=422)
    page = browser.submit({"naam": "Anja Post", "email": "anja@veldhoek.example", "rol": "member"})
    assert "Uw collega krijgt een mail met een uitnodiging." in page.text
    assert "Uitgenodigd" in page.text
    assert len(outbox.to("anja@veldhoek.example")) == 1
    with at_most(6, engine):
        browser.get("/mijn-bedrijf/mensen")
    with database.reading() as db:
        member_id = db.scalars(select(Member.id).where(Member.name == "Anja Post")).one()
    browser.get(f"/mijn-bedrijf/mensen/{member_id}")
    browser.submit({"naam": "Anja de Post", "telefoon": "0612345678"})
    browser.get(f"/mijn-bedrijf/mensen/{member_id}")
    browser.submit({}, button="Maak beheerder")
    with database.reading() as db:
        row = db.get_one(Member, member_id)
        assert (row.name, row.phone, row.role) == ("Anja de Post", "+31612345678", MemberRole.OWNER)
    browser.get(f"/mijn-bedrijf/mensen/{member_id}")
    browser.submit({}, button="Maak contactpersoon")
    browser.get(f"/mijn-bedrijf/mensen/{member_id}")
    page = browser.submit({}, button="Haal weg")
    assert "Anja de Post doet niet meer mee voor uw bedrijf." in page.text
    with database.reading() as db:
        assert db.get_one(Member, member_id).status is MemberStatus.LEFT


def test_the_last_owner_cannot_be_removed(browser: Browser, company: Employer, database: Database) -> None:
    with database.reading() as db:
        own_id = db.scalars(select(Member.id).where(Member.employer_id == company.id)).one()
    browser.get(f"/mijn-bedrijf/mensen/{own_id}")
    page = browser.submit({}, button="Haal weg")
    assert "Een bedrijf heeft altijd een beheerder." in page.text
    page = browser.submit({}, button="Maak contactpersoon")
    assert "Een bedrijf heeft altijd een beheerder." in page.text


def test_an_owner_lets_somebody_in_and_refuses_another(browser: Browser, company: Employer, database: Database) -> None:
    with database.work(SYSTEM) as uow:
        for name in ("Sjoerd Bakker", "Onbekende"):
            a_member(uow, company, user=an_employer_user(uow, name=name), status="requested")
    page = browser.get("/mijn-bedrijf/")
    assert "2 mensen willen meedoen namens uw bedrijf." in page.text
    browser.follow("Kijk wie")
    page = browser.submit({}, button="Toelaten")
    assert "Sjoerd Bakker doet nu mee" in page.text
    browser.follow("Niet toelaten")
    browser.submit({"reden": ""}, status=422)
    page = browser.submit({"reden": "Deze persoon werkt niet bij ons."})
    assert "Onbekende krijgt een mail met uw reden." in page.text


def test_a_contact_person_sees_colleagues_but_does_not_manage_them(browser: Browser, database: Database) -> None:
    with database.work(SYSTEM) as uow:
        employer, _owner = an_owner(uow)
        user = an_employer_user(uow)
        a_member(uow, employer, user=user)
        a_member(uow, employer, user=an_employer_user(uow, name="Sjoerd Bakker"), status="requested")
    sign_in(browser, user)
    page = browser.get("/mijn-bedrijf/mensen")
    assert "Een beheerder van uw bedrijf beslist." in page.text
    assert "Nodig een collega uit" not in page.text
    browser.get("/mijn-bedrijf/mensen/uitnodigen", status=403)


def test_a_visitor_is_asked_to_sign_in(browser: Browser) -> None:
    assert browser.get("/mijn-bedrijf/").url == "/inloggen"
