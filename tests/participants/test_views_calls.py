"""The team's call list, and what waits for the team on its start page."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine

from portal.events.models import Registration, Tour
from portal.events.registrations import cancel_registration, register_for_tour
from portal.events.staff_queries import work_items as tour_items
from portal.events.vocabulary import RegistrationStatus, TourStatus
from portal.kernel.clock import FixedClock
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from portal.participants.models import CallTask
from portal.participants.staff_queries import work_items as call_items
from tests.conftest import WorkAs
from tests.factories.events import a_tour
from tests.factories.participants import a_participant
from tests.support.browser import Browser
from tests.support.people import a_coach, a_team_member, sign_in
from tests.support.queries import at_most

SYSTEM = Actor(role=Role.SYSTEM, name="test")
URL = "/team/bellen"


@pytest.fixture
def desk(app: Flask, work_as: WorkAs) -> Browser:
    with work_as(SYSTEM) as uow:
        return sign_in(Browser(app), a_team_member(uow))


def registered(work_as: WorkAs, tour: Tour, name: str, **fields: object) -> int:
    with work_as(SYSTEM) as uow:
        person = a_participant(uow, name, **fields)
    with work_as(SYSTEM) as uow:
        return register_for_tour(uow, tour_id=tour.id, participant_id=person.id).registration_id


def a_made_tour(work_as: WorkAs, capacity: int = 3, **fields: object) -> Tour:
    with work_as(SYSTEM) as uow:
        return a_tour(uow, capacity, **fields)


def test_each_row_has_the_words_in_two_languages_and_ways_to_reach_somebody(
    desk: Browser, work_as: WorkAs, engine: Engine
) -> None:
    tour = a_made_tour(work_as)
    registered(work_as, tour, "Amina", language="ar", phone="+31689000001")
    registered(work_as, tour, "Farah", phone=None)
    registered(work_as, tour, "Yonas", email="y@postvak.example")
    with at_most(6, engine):
        page = desk.get(URL)
    assert "2 berichten" in page.text
    assert "Yonas" not in page.text
    assert 'href="tel:+31689000001"' in page.html
    assert 'href="sms:+31689000001?body=' in page.html
    assert 'lang="ar" dir="rtl"' in page.html
    assert "Je plek is bevestigd" in page.text
    assert "Geen telefoonnummer" in page.text


def test_told_and_not_needed_take_a_row_off(desk: Browser, work_as: WorkAs, database: Database) -> None:
    tour = a_made_tour(work_as)
    registered(work_as, tour, "Amina")
    registered(work_as, tour, "Dawit")
    desk.get(URL)
    assert "1 bericht" in desk.submit({}, button="Verteld").text
    assert "Alles is verteld" in desk.submit({}, button="Niet meer nodig").text
    with database.reading() as db:
        assert [(task.told_at is None, task.dropped_at is None) for task in db.query(CallTask)] == [
            (False, True),
            (True, False),
        ]


def test_the_answer_to_an_offer_is_noted_on_the_list(desk: Browser, work_as: WorkAs, database: Database) -> None:
    tour = a_made_tour(work_as, 1)
    placed = registered(work_as, tour, "Yonas", email="y@postvak.example")
    waiting = registered(work_as, tour, "Amina")
    with work_as(SYSTEM) as uow:
        cancel_registration(uow, registration_id=placed)
    assert "Er is een plek voor je vrij" in desk.get(URL).text
    page = desk.submit({}, button="Zegt ja")
    assert page.url == URL
    assert "Amina heeft een plek" in page.text
    with database.reading() as db:
        assert db.get_one(Registration, waiting).status is RegistrationStatus.CONFIRMED


def test_the_team_can_tell_what_a_coach_did_not(
    desk: Browser, work_as: WorkAs, database: Database, clock: FixedClock
) -> None:
    with work_as(SYSTEM) as uow:
        coach = a_coach(uow)
    registered(work_as, a_made_tour(work_as), "Amina", coach=coach)
    assert "Alles is verteld" in desk.get(URL).text
    page = desk.get(f"{URL}?coach={coach.id}")
    assert "Amina" in page.text
    assert "Samira Belhadj" in page.text
    page = desk.submit({}, button="Verteld")
    assert "Bellijst van een coach" in page.text
    with database.reading() as db:
        assert db.query(CallTask).one().told_at == clock.now()


def test_the_start_page_knows_what_must_be_told(work_as: WorkAs, database: Database, clock: FixedClock) -> None:
    with work_as(SYSTEM) as uow:
        coach = a_coach(uow)
    tour = a_made_tour(work_as)
    registered(work_as, tour, "Amina", coach=coach)
    registered(work_as, tour, "Dawit")
    with database.reading() as db:
        [item] = call_items(db, clock.now())
        assert (item.title, item.url, item.facts) == ("1 bericht om te vertellen", "/team/bellen", ())
    clock.advance(timedelta(days=3))
    with database.reading() as db:
        titles = {item.title: item for item in call_items(db, clock.now())}
    assert titles["1 bericht om te vertellen"].facts == ("1 is te laat",)
    assert titles["Samira Belhadj heeft nog niet alles verteld"].url == f"/team/bellen?coach={coach.id}"


def test_the_start_page_knows_proposals_offers_and_door_lists(
    work_as: WorkAs, database: Database, clock: FixedClock
) -> None:
    full = a_made_tour(work_as, 1)
    placed = registered(work_as, full, "Yonas", email="y@postvak.example")
    registered(work_as, full, "Amina")
    with work_as(SYSTEM) as uow:
        cancel_registration(uow, registration_id=placed)
    a_made_tour(work_as, status=TourStatus.PROPOSED, published_at=None)
    a_made_tour(work_as, in_days=1)
    a_made_tour(work_as, in_days=2)
    with database.reading() as db:
        items = tour_items(db, clock.now())
    assert [(item.title, item.url) for item in items] == [
        ("Bakkerij De Sprenge stelt een rondleiding voor", f"/team/rondleidingen/{full.id + 1}"),
        ("Plek vrij bij Bakkerij De Sprenge: nog niet verteld", f"/team/rondleidingen/{full.id}/wachtlijst"),
        ("Bakkerij De Sprenge: deurlijst printen", f"/team/rondleidingen/{full.id + 2}/deurlijst"),
    ]
    assert all(item.due_at and item.due_at > clock.now() for item in items)
    assert "Amina" not in str(items)


def test_nothing_waits_when_there_is_nothing(database: Database, clock: FixedClock) -> None:
    with database.reading() as db:
        assert (tour_items(db, clock.now()), call_items(db, clock.now())) == ([], [])
