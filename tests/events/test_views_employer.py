"""An employer's pages of tours: proposing, taking back, and numbers without names."""

import pytest
from flask import Flask
from sqlalchemy import Engine

from portal.accounts.models import User
from portal.actors import PHONE_CALL_KEY
from portal.employers.calls import start_call
from portal.employers.models import Employer
from portal.events.models import Tour
from portal.events.vocabulary import RegistrationStatus, TourStatus
from portal.kernel.audit import AuditEntry
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from tests.conftest import WorkAs
from tests.factories.employers import an_employer, an_owner
from tests.factories.events import a_registration, a_tour
from tests.factories.participants import a_participant
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.people import a_team_member, actor_of, sign_in
from tests.support.queries import at_most

SYSTEM = Actor(role=Role.SYSTEM, name="test")
S = RegistrationStatus
URL = "/mijn-bedrijf/rondleidingen"
FILLED = {
    "titel": "Een ochtend op de bouw",
    "dag-dag": "10",
    "dag-maand": "12",
    "dag-jaar": "2026",
    "begin": "9.30",
    "einde": "1100",
    "aanwezig": "9:15",
    "plaats": "Molenweg 1, Apeldoorn, de grote poort",
    "plekken": "8",
    "regels": ["safety_shoes", "photos"],
    "tolken": ["ar"],
}
NAMES = ("Yonas", "Tesfay", "Amina", "Dawit", "89000001", "postvak.example", "K7-42")


@pytest.fixture
def company(work_as: WorkAs) -> tuple[Employer, User]:
    with work_as(SYSTEM) as uow:
        return an_owner(uow)


@pytest.fixture
def owner(app: Flask, company: tuple[Employer, User]) -> Browser:
    return sign_in(Browser(app), company[1])


def a_proposal(work_as: WorkAs, employer: Employer) -> Tour:
    with work_as(SYSTEM) as uow:
        employer = uow.session.get_one(Employer, employer.id)
        return a_tour(uow, employer=employer, status=TourStatus.PROPOSED, published_at=None)


def test_a_tour_is_proposed_and_the_team_hears_it(owner: Browser, database: Database, outbox: Outbox) -> None:
    assert "Nog geen rondleidingen" in owner.get(URL).text
    owner.follow("Stel een rondleiding voor")
    page = owner.submit(FILLED, with_field="titel")
    assert "Uw voorstel ligt bij ons" in page.text
    assert "Geen foto" in page.text
    with database.reading() as db:
        tour = db.query(Tour).one()
        assert (tour.status, tour.capacity, tour.rules) == (TourStatus.PROPOSED, 8, ["safety_shoes", "photos"])
        assert (tour.starts_at - tour.be_there_at).seconds == 15 * 60
    assert outbox.names() == ["tour_proposed"]
    assert "Voorstel" in owner.get(URL).text


def test_nothing_typed_is_lost_when_something_is_missing(owner: Browser, database: Database) -> None:
    owner.get(f"{URL}/nieuw")
    page = owner.submit({**FILLED, "titel": " ", "plekken": "500"}, with_field="titel", status=422)
    assert page.errors() == ["Vul een titel in", "Vul een aantal in van 1 tot 200, bijvoorbeeld 10"]
    for typed in ("9.30", "1100", "9:15", "500", "Molenweg 1, Apeldoorn, de grote poort"):
        assert f'value="{typed}"' in page.html
    assert 'value="safety_shoes" checked' in page.html
    page = owner.submit({"titel": "Op de bouw", "plekken": "8", "aanwezig": "10.30"}, with_field="titel", status=409)
    assert page.errors() == ["Mensen moeten er vóór het begin zijn, of precies op tijd."]
    secret = owner.submit({"weten": "Mijn BSN is 123456782"}, with_field="titel", status=422)
    assert any("BSN" in sentence for sentence in secret.errors())
    with database.reading() as db:
        assert db.query(Tour).count() == 0


def test_a_proposal_can_be_changed_until_the_team_takes_it_over(
    owner: Browser, company: tuple[Employer, User], work_as: WorkAs, database: Database
) -> None:
    tour = a_proposal(work_as, company[0])
    owner.get(f"{URL}/{tour.id}")
    owner.follow("Wijzig het voorstel")
    assert "opgeslagen" in owner.submit({"titel": "Anders"}, with_field="titel").text
    stale = owner.get(f"{URL}/{tour.id}/wijzigen")
    with work_as(SYSTEM) as uow:
        row = uow.session.get_one(Tour, tour.id)
        row.status = TourStatus.PLANNED
        uow.without_audit("the team takes it over, for this test")
    page = owner.submit({"titel": "Te laat"}, with_field="titel", on=stale, status=409)
    assert "Dit kan nu niet meer" in page.text
    assert "al van het team" in owner.get(f"{URL}/{tour.id}/wijzigen").text
    with database.reading() as db:
        assert db.get_one(Tour, tour.id).title == "Anders"


def test_a_proposal_is_taken_back(
    owner: Browser, company: tuple[Employer, User], work_as: WorkAs, database: Database
) -> None:
    tour = a_proposal(work_as, company[0])
    owner.get(f"{URL}/{tour.id}")
    owner.follow("Trek het voorstel in")
    assert "ingetrokken" in owner.submit({}, button="Trek het voorstel in").text
    with database.reading() as db:
        assert db.get_one(Tour, tour.id).status is TourStatus.CANCELLED


def test_an_employer_sees_numbers_and_never_names(
    owner: Browser, company: tuple[Employer, User], work_as: WorkAs, engine: Engine
) -> None:
    with work_as(SYSTEM) as uow:
        employer = uow.session.get_one(Employer, company[0].id)
        tour = a_tour(uow, 2, employer=employer)
        yonas = a_participant(uow, "Yonas", last_name="Tesfay", phone="+31689000001", email="yonas@postvak.example")
        a_registration(uow, tour, yonas, ticket="K7-42")
        a_registration(uow, tour, a_participant(uow, "Amina"))
        a_registration(uow, tour, a_participant(uow, "Dawit"), status=S.WAITING)
    with at_most(6, engine):
        listed = owner.get(URL)
    with at_most(5, engine):
        page = owner.get(f"{URL}/{tour.id}")
    assert "2 mensen hebben een plek. 1 mens wacht op een plek." in page.text
    for name in NAMES:
        assert name not in page.html
        assert name not in listed.html


def test_an_employer_is_blind_to_the_tours_of_others(
    owner: Browser, company: tuple[Employer, User], work_as: WorkAs
) -> None:
    with work_as(SYSTEM) as uow:
        other = a_tour(uow, employer=an_employer(uow, "Hoveniers Koldewijn"), title="Bij de buren")
    assert "Bij de buren" not in owner.get(URL).text
    for path in ("", "/wijzigen", "/intrekken"):
        owner.get(f"{URL}/{other.id}{path}", status=404)
    mine = a_proposal(work_as, company[0])
    page = owner.get(f"{URL}/{mine.id}/intrekken")
    form = page.form(button="Trek het voorstel in")
    form.set("action", f"{URL}/{other.id}/intrekken")
    owner.submit({}, on=page, button="Trek het voorstel in", status=404)


def test_what_was_stays_with_its_number(owner: Browser, company: tuple[Employer, User], work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        employer = uow.session.get_one(Employer, company[0].id)
        tour = a_tour(uow, employer=employer, in_days=-3, title="Vorige week")
        a_registration(uow, tour)
    page = owner.get(URL)
    assert "Vorige week" in page.text
    assert "Geweest" in page.text


def test_an_employer_who_waits_for_approval_has_no_tours(app: Flask, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        _company, user = an_owner(uow, status="submitted")
    sign_in(Browser(app), user).get(URL, status=403)


def test_the_team_proposes_during_a_call_and_still_sees_every_tour(
    app: Flask, company: tuple[Employer, User], work_as: WorkAs, database: Database
) -> None:
    with work_as(SYSTEM) as uow:
        marleen = a_team_member(uow)
        other = a_tour(uow, employer=an_employer(uow, "Hoveniers Koldewijn"))
    with work_as(actor_of(marleen)) as uow:
        call = start_call(uow, employer_id=company[0].id)
    desk = sign_in(Browser(app), marleen)
    with desk.client.session_transaction() as session:
        session[PHONE_CALL_KEY] = call
    desk.get(f"{URL}/nieuw")
    page = desk.submit(FILLED, with_field="titel")
    assert "Uw voorstel ligt bij ons" in page.text
    with database.reading() as db:
        entry = db.query(AuditEntry).filter_by(action="events.tour.proposed").one()
        assert (entry.phone_call_id, entry.employer_id, entry.actor_id) == (call, company[0].id, marleen.id)
    assert "Hoveniers Koldewijn" in desk.get("/team/rondleidingen").text
    assert "Hoveniers Koldewijn" in desk.get(f"/team/rondleidingen/{other.id}").text
    assert "per telefoon" in desk.get(f"/team/rondleidingen/{other.id + 1}/logboek").text
