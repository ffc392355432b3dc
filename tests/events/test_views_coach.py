"""'Mijn mensen': own people only, several at once, cards, offers and messages to tell."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine

from portal.accounts.models import User
from portal.events.models import Registration, Tour
from portal.events.registrations import cancel_registration, register_for_tour
from portal.events.vocabulary import RegistrationStatus, TourStatus
from portal.kernel.audit import LookEntry
from portal.kernel.clock import FixedClock
from portal.kernel.levels import LanguageLevel
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from portal.participants.models import CallTask, Participant
from tests.conftest import WorkAs
from tests.factories.events import a_tour
from tests.factories.participants import a_participant
from tests.support.browser import Browser
from tests.support.people import a_coach, sign_in
from tests.support.queries import at_most

SYSTEM = Actor(role=Role.SYSTEM, name="test")
S = RegistrationStatus
URL = "/mijn-mensen/"


@pytest.fixture
def samira(work_as: WorkAs) -> User:
    with work_as(SYSTEM) as uow:
        return a_coach(uow)


@pytest.fixture
def coach(app: Flask, samira: User) -> Browser:
    return sign_in(Browser(app), samira)


def people(work_as: WorkAs, coach: User | None, *names: str, **fields: object) -> list[Participant]:
    with work_as(SYSTEM) as uow:
        return [a_participant(uow, name, coach=coach, **fields) for name in names]


def a_made_tour(work_as: WorkAs, capacity: int = 3, **fields: object) -> Tour:
    with work_as(SYSTEM) as uow:
        return a_tour(uow, capacity, **fields)


def registered(work_as: WorkAs, tour: Tour, person: Participant) -> int:
    with work_as(SYSTEM) as uow:
        return register_for_tour(uow, tour_id=tour.id, participant_id=person.id).registration_id


def post(browser: Browser, url: str) -> int:
    """Send a form to an address that no page of this person has, with a good token; the status of the answer."""
    assert browser.page is not None
    token = next(field.get("value") for form in browser.page.forms() for field in form.iter("input"))
    return browser.client.post(url, data={"csrf_token": token}).status_code


def test_a_coach_sees_own_people_with_their_next_tour(
    coach: Browser, samira: User, work_as: WorkAs, engine: Engine
) -> None:
    with work_as(SYSTEM) as uow:
        wouter = a_coach(uow, "Wouter Dijkgraaf")
    [yonas] = people(work_as, samira, "Yonas", level=LanguageLevel.A2)
    people(work_as, wouter, "Layla")
    people(work_as, None, "Zahra")
    registered(work_as, a_made_tour(work_as), yonas)
    with at_most(6, engine):
        page = coach.get(URL)
    for words in ("Yonas", "Nederlands A2", "Plek bevestigd", "Bakkerij De Sprenge"):
        assert words in page.text
    assert "Layla" not in page.text
    assert "Zahra" not in page.text


def test_without_people_the_page_says_what_to_do(coach: Browser) -> None:
    assert "Nog geen mensen" in coach.get(URL).text
    assert "Niemand gevonden" in coach.get(f"{URL}?zoek=xyz").text


def test_several_people_are_registered_at_once_and_each_gets_an_answer(
    coach: Browser, samira: User, work_as: WorkAs, database: Database
) -> None:
    tour = a_made_tour(work_as, 2)
    yonas, amina, dawit = people(work_as, samira, "Yonas", "Amina", "Dawit", level=LanguageLevel.A1)
    registered(work_as, tour, yonas)
    coach.get(URL)
    chosen = [str(person.id) for person in (yonas, amina, dawit)]
    page = coach.submit({"mensen": chosen, "rondleiding": str(tour.id), "besproken": "y"}, with_field="mensen")
    assert page.url == "/mijn-mensen/aangemeld"
    for words in ("Stond er al op", "Plek bevestigd", "Wachtlijst, plek 1", "Nederlands lager dan gevraagd"):
        assert words in page.text
    with database.reading() as db:
        rows = db.query(Registration).order_by(Registration.id).all()
        assert [row.status for row in rows] == [S.CONFIRMED, S.CONFIRMED, S.WAITING]
        assert [row.registered_by_id for row in rows[1:]] == [samira.id, samira.id]
    coach.follow("Print de kaartjes")


def test_the_yes_of_the_people_is_asked_and_the_ticks_stay(
    coach: Browser, samira: User, work_as: WorkAs, database: Database
) -> None:
    a_made_tour(work_as)
    [yonas] = people(work_as, samira, "Yonas")
    coach.get(URL)
    page = coach.submit({}, with_field="mensen", status=422)
    assert page.errors() == [
        "Vink eerst aan wie meegaat",
        "Kies een rondleiding",
        "Bespreek het eerst met hen. Zet dan hier een vinkje.",
    ]
    page = coach.submit({"mensen": [str(yonas.id)]}, with_field="mensen", status=422)
    assert f'value="{yonas.id}" checked' in page.html
    with database.reading() as db:
        assert db.query(Registration).count() == 0


def test_somebody_elses_person_cannot_be_registered(
    coach: Browser, samira: User, work_as: WorkAs, database: Database
) -> None:
    tour = a_made_tour(work_as)
    [mine] = people(work_as, samira, "Yonas")
    [other] = people(work_as, None, "Layla")
    coach.get(URL)
    wanted = {"mensen": [str(mine.id), str(other.id)], "rondleiding": str(tour.id), "besproken": "y"}
    coach.submit(wanted, with_field="mensen", status=404)
    with database.reading() as db:
        assert db.query(Registration).count() == 0


def test_a_tour_that_closed_meanwhile_is_refused_with_a_sentence(coach: Browser, samira: User, work_as: WorkAs) -> None:
    tour = a_made_tour(work_as)
    [yonas] = people(work_as, samira, "Yonas")
    coach.get(URL)
    with work_as(SYSTEM) as uow:
        uow.session.get_one(Tour, tour.id).status = TourStatus.CANCELLED
        uow.without_audit("cancelled, for this test")
    wanted = {"mensen": [str(yonas.id)], "rondleiding": str(tour.id), "besproken": "y"}
    assert coach.submit(wanted, with_field="mensen", status=422).errors() == ["Kies een rondleiding"]


def test_two_coaches_are_blind_to_each_others_people(app: Flask, samira: User, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        wouter = a_coach(uow, "Wouter Dijkgraaf")
    [yonas] = people(work_as, samira, "Yonas")
    registration = registered(work_as, a_made_tour(work_as), yonas)
    stranger = sign_in(Browser(app), wouter)
    for path in (f"{yonas.id}", f"{yonas.id}/wijzigen", f"aanmeldingen/{registration}/afmelden"):
        stranger.get(f"{URL}{path}", status=404)
    for path in (f"kaartjes?aanmelding={registration}", f"aangemeld?aanmelding={registration}", ""):
        assert "Yonas" not in stranger.get(f"{URL}{path}").text
    stranger.get(f"{URL}nieuw")
    for path in ("afmelden", "ja", "nee"):
        assert post(stranger, f"{URL}aanmeldingen/{registration}/{path}") == 404


def test_cards_are_in_the_language_of_the_person_and_name_the_coach(
    coach: Browser, samira: User, work_as: WorkAs
) -> None:
    tour = a_made_tour(work_as)
    amina, dawit = people(work_as, samira, "Amina", "Dawit", language="ar")
    registered(work_as, tour, amina)
    coach.get(URL)
    form = coach.page.form(with_field="mensen") if coach.page else None
    assert form is not None
    form.set("action", "/mijn-mensen/kaartjes")
    page = coach.submit({"mensen": [str(amina.id), str(dawit.id)]}, with_field="mensen")
    assert page.url == "/mijn-mensen/kaartjes"
    for words in ("Amina", "Samira Belhadj", "06 12345678", "Molenbeekstraat 8", "Code"):
        assert words in page.text
    assert "Dawit" not in page.text
    assert 'lang="ar" dir="rtl"' in page.html
    assert 'class="qr"' in page.html


def test_cards_without_a_tick_say_so(coach: Browser, samira: User, work_as: WorkAs) -> None:
    people(work_as, samira, "Yonas")
    page = coach.get(URL)
    page.form(with_field="mensen").set("action", "/mijn-mensen/kaartjes")
    assert "Vink eerst mensen aan" in coach.submit({}, with_field="mensen").text
    assert "Geen kaartjes" in coach.get("/mijn-mensen/kaartjes").text


def test_an_offer_waits_on_top_and_its_clock_starts_when_told(
    coach: Browser, samira: User, work_as: WorkAs, database: Database, clock: FixedClock
) -> None:
    tour = a_made_tour(work_as, 1)
    [stranger] = people(work_as, None, "Zahra")
    [yonas] = people(work_as, samira, "Yonas")
    placed = registered(work_as, tour, stranger)
    waiting = registered(work_as, tour, yonas)
    with work_as(SYSTEM) as uow:
        cancel_registration(uow, registration_id=placed)
    page = coach.get(URL)
    assert "Nog niet verteld" in page.text
    assert "Er is een plek voor je vrij" in page.text
    assert "tel:+31" in page.html
    assert "sms:+31" in page.html
    clock.advance(timedelta(hours=1))
    page = coach.submit({}, button="Verteld")
    assert "Genoteerd" in page.text
    assert "Nog niet verteld" not in page.text
    with database.reading() as db:
        assert db.get_one(Registration, waiting).offer_told_at == clock.now()
    assert "Yonas heeft een plek" in coach.submit({}, button="Zegt ja").text
    with database.reading() as db:
        assert db.get_one(Registration, waiting).status is S.CONFIRMED


def test_a_no_passes_the_place_on(coach: Browser, samira: User, work_as: WorkAs, database: Database) -> None:
    tour = a_made_tour(work_as, 1)
    [stranger] = people(work_as, None, "Zahra")
    [yonas] = people(work_as, samira, "Yonas")
    placed, waiting = registered(work_as, tour, stranger), registered(work_as, tour, yonas)
    with work_as(SYSTEM) as uow:
        cancel_registration(uow, registration_id=placed)
    coach.get(URL)
    assert "Yonas gaat niet mee" in coach.submit({}, button="Zegt nee").text
    with database.reading() as db:
        assert db.get_one(Registration, waiting).status is S.CANCELLED
        assert db.get_one(Tour, tour.id).places_taken == 0


def test_a_message_of_another_list_does_not_exist(
    coach: Browser, samira: User, work_as: WorkAs, database: Database
) -> None:
    [yonas] = people(work_as, samira, "Yonas")
    [zahra] = people(work_as, None, "Zahra")
    tour = a_made_tour(work_as)
    registered(work_as, tour, yonas)
    registered(work_as, tour, zahra)
    with database.reading() as db:
        other = db.query(CallTask).filter_by(participant_id=zahra.id).one()
    assert "Zahra" not in coach.get(URL).text
    for deed in ("verteld", "niet-nodig"):
        assert post(coach, f"/team/bellen/{other.id}/{deed}") == 404


def test_a_message_that_is_not_needed_leaves_the_list(
    coach: Browser, samira: User, work_as: WorkAs, database: Database
) -> None:
    [yonas] = people(work_as, samira, "Yonas")
    registered(work_as, a_made_tour(work_as), yonas)
    coach.get(URL)
    assert "van de lijst" in coach.submit({}, button="Niet meer nodig").text
    with database.reading() as db:
        assert db.query(CallTask).one().dropped_at is not None


def test_a_coach_opens_a_person_and_cancels(
    coach: Browser, samira: User, work_as: WorkAs, database: Database, engine: Engine
) -> None:
    [yonas] = people(work_as, samira, "Yonas")
    registration = registered(work_as, a_made_tour(work_as), yonas)
    with at_most(5, engine):
        page = coach.get(f"{URL}{yonas.id}")
    assert "de coach vertelt het" in page.text
    with database.reading() as db:
        look = db.query(LookEntry).one()
        assert (look.actor_id, look.subject_id) == (samira.id, yonas.id)
    coach.follow("Afmelden")
    assert "Yonas is afgemeld" in coach.submit({}, button="Meld af").text
    with database.reading() as db:
        assert db.get_one(Registration, registration).status is S.CANCELLED
    assert "Afmelden kan niet meer" in coach.get(f"{URL}aanmeldingen/{registration}/afmelden").text


def test_the_coach_page_is_for_coaches(browser: Browser, work_as: WorkAs) -> None:
    assert "/inloggen" in browser.get(URL, follow=False).response.headers["Location"]
