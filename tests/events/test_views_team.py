"""The team's pages of tours: planning, answering, changing, ending; who comes, who waits, the door."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine

from portal.accounts.models import User
from portal.events.models import Registration, Tour
from portal.events.registrations import register_for_tour
from portal.events.vocabulary import RegistrationStatus, TourStatus, Visibility
from portal.kernel.clock import FixedClock
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from portal.participants.models import Participant
from tests.conftest import WorkAs
from tests.factories.events import a_company, a_registration, a_tour
from tests.factories.participants import a_participant
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.people import a_coach, a_team_member, actor_of, sign_in
from tests.support.queries import at_most

SYSTEM = Actor(role=Role.SYSTEM, name="test")
S = RegistrationStatus
FILLED = {
    "titel": "Kijken hoe brood gemaakt wordt",
    "dag-dag": "10",
    "dag-maand": "12",
    "dag-jaar": "2026",
    "begin": "10.00",
    "einde": "11.15",
    "plaats": "Molenbeekstraat 8, Ugchelen",
    "plekken": "10",
}


@pytest.fixture
def team(work_as: WorkAs) -> User:
    with work_as(SYSTEM) as uow:
        return a_team_member(uow)


@pytest.fixture
def desk(app: Flask, team: User) -> Browser:
    return sign_in(Browser(app), team)


def a_made_tour(work_as: WorkAs, capacity: int = 3, **fields: object) -> Tour:
    with work_as(SYSTEM) as uow:
        return a_tour(uow, capacity, **fields)


def people_at(work_as: WorkAs, tour: Tour, *names: str, **fields: object) -> list[int]:
    """Register people in this order, as the team does."""
    ids = []
    for name in names:
        with work_as(SYSTEM) as uow:
            person = a_participant(uow, name, **fields)
        with work_as(SYSTEM) as uow:
            ids.append(register_for_tour(uow, tour_id=tour.id, participant_id=person.id).registration_id)
    return ids


def status_of(database: Database, registration_id: int) -> RegistrationStatus:
    with database.reading() as db:
        return db.get_one(Registration, registration_id).status


def test_the_list_shows_what_comes_what_was_and_what_is_proposed(desk: Browser, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        bakery, plumber = a_company(uow), a_company(uow, "Loodgietersbedrijf Hofstee")
        a_tour(uow, employer=bakery)
        a_tour(uow, employer=plumber, status=TourStatus.PROPOSED, published_at=None)
        a_tour(uow, employer=plumber, in_days=-5, title="Eerste bezoek")
    assert "2 rondleidingen" in desk.get("/team/rondleidingen").text
    proposals = desk.get("/team/rondleidingen?lijst=voorstellen").text
    assert "Hofstee" in proposals
    assert "De Sprenge" not in proposals
    past = desk.get("/team/rondleidingen?lijst=geweest").text
    assert "Eerste bezoek" in past
    assert "Geweest" in past
    found = desk.submit({"zoek": "sprenge"}, on=desk.get("/team/rondleidingen")).text
    assert "1 rondleiding" in found
    assert "Niets gevonden" in desk.get("/team/rondleidingen?zoek=zwembad").text


def test_an_empty_list_says_what_to_do(desk: Browser) -> None:
    assert "Er staat niets gepland" in desk.get("/team/rondleidingen").text
    assert "Geen voorstellen" in desk.get("/team/rondleidingen?lijst=voorstellen").text


def test_the_list_has_pages_and_keeps_its_budget(desk: Browser, work_as: WorkAs, engine: Engine) -> None:
    with work_as(SYSTEM) as uow:
        company = a_company(uow)
        for day in range(1, 24):
            a_tour(uow, employer=company, in_days=day)
    with at_most(6, engine):
        first = desk.get("/team/rondleidingen")
    assert "Volgende" in first.text
    assert "pagina=2" in first.html
    desk.get("/team/rondleidingen?pagina=2")


def test_a_tour_is_planned_as_a_concept_and_put_online(
    desk: Browser, work_as: WorkAs, database: Database, outbox: Outbox
) -> None:
    with work_as(SYSTEM) as uow:
        company = a_company(uow)
        member = company.members[0].email
    desk.get("/team/rondleidingen/nieuw")
    wanted = {**FILLED, "werkgever": str(company.id), "zichtbaarheid": "code", "regels": ["shoes", "hairnet"]}
    page = desk.submit(wanted, with_field="titel")
    assert "Concept" in page.text
    page = desk.submit({}, button="Zet online")
    assert "staat online" in page.text
    assert "?code=" in page.html
    with database.reading() as db:
        tour = db.query(Tour).one()
        assert (tour.status, tour.visibility) == (TourStatus.PUBLISHED, Visibility.CODE)
        assert tour.rules == ["shoes", "hairnet"]
        assert tour.starts_at - tour.be_there_at == timedelta(minutes=10)
    assert len(outbox.to(str(member))) == 1


def test_what_was_typed_stays_when_a_field_is_missing(desk: Browser, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        company = a_company(uow)
    desk.get("/team/rondleidingen/nieuw")
    wrong = {**FILLED, "werkgever": str(company.id), "plekken": "veel", "einde": "25.00", "titel": ""}
    page = desk.submit(wrong, with_field="titel", status=422)
    assert page.errors() == [
        "Vul een titel in",
        "Vul een tijd in, bijvoorbeeld 09.50",
        "Vul een aantal in van 1 tot 200, bijvoorbeeld 10",
    ]
    assert 'value="Molenbeekstraat 8, Ugchelen"' in page.html
    assert 'value="veel"' in page.html
    past = {**FILLED, "werkgever": str(company.id), "dag-jaar": "2025"}
    page = desk.submit(past, with_field="titel", status=409)
    assert page.errors() == ["Kies een dag en een tijd die nog komen."]
    late = {**FILLED, "werkgever": str(company.id), "einde": "9.00"}
    page = desk.submit(late, with_field="titel", status=409)
    assert page.errors() == ["Het einde moet na het begin komen."]


def test_a_stale_edit_is_refused_and_nothing_typed_is_lost(desk: Browser, app: Flask, work_as: WorkAs) -> None:
    tour = a_made_tour(work_as)
    with work_as(SYSTEM) as uow:
        other = sign_in(Browser(app), a_team_member(uow, "Henk-Jan Prins"))
    mine = desk.get(f"/team/rondleidingen/{tour.id}/wijzigen")
    other.get(f"/team/rondleidingen/{tour.id}/wijzigen")
    other.submit({"titel": "Van Henk-Jan"}, with_field="titel")
    page = desk.submit({"titel": "Van Marleen"}, with_field="titel", on=mine, status=409)
    assert page.errors() == [
        "Iemand anders heeft dit net veranderd. Uw tekst staat er nog; kijk eerst wat er anders is."
    ]
    assert 'value="Van Marleen"' in page.html
    assert "Van Henk-Jan" in desk.get(f"/team/rondleidingen/{tour.id}").text


def test_a_proposal_is_taken_over_or_declined_with_a_reason(desk: Browser, work_as: WorkAs, outbox: Outbox) -> None:
    one = a_made_tour(work_as, status=TourStatus.PROPOSED, published_at=None)
    two = a_made_tour(work_as, status=TourStatus.PROPOSED, published_at=None)
    desk.get(f"/team/rondleidingen/{one.id}")
    page = desk.submit({}, button="Neem over en vul aan")
    assert page.url == f"/team/rondleidingen/{one.id}/wijzigen"
    desk.get(f"/team/rondleidingen/{two.id}")
    desk.follow("Niet overnemen")
    assert desk.submit({"reden": "  "}, status=422).errors() == ["Schrijf kort waarom"]
    page = desk.submit({"reden": "Die week is het werkmarkt. In januari kan wel."})
    assert "Niet overgenomen" in page.text
    assert "In januari kan wel." in page.text
    assert outbox.names() == ["tour_proposal_declined"]


def test_cancelling_says_first_who_will_hear_it(desk: Browser, work_as: WorkAs, database: Database) -> None:
    tour = a_made_tour(work_as)
    people_at(work_as, tour, "Yonas", email="yonas@postvak.example")
    with work_as(SYSTEM) as uow:
        coach = a_coach(uow)
    people_at(work_as, tour, "Amina", coach=coach)
    people_at(work_as, tour, "Dawit")
    page = desk.get(f"/team/rondleidingen/{tour.id}/afzeggen")
    assert "1 deelnemer krijgt een mail" in page.text
    assert "1 deelnemer hoort het van de coach" in page.text
    assert "1 deelnemer moet het team bellen" in page.text
    page = desk.submit({"reden": "De oven is stuk."})
    assert "Gaat niet door" in page.text
    with database.reading() as db:
        assert db.get_one(Tour, tour.id).places_taken == 0


def test_more_places_are_offered_and_fewer_than_taken_refused(
    desk: Browser, work_as: WorkAs, database: Database
) -> None:
    tour = a_made_tour(work_as, 2)
    *_placed, waiting = people_at(work_as, tour, "Yonas", "Amina", "Dawit")
    desk.get(f"/team/rondleidingen/{tour.id}")
    page = desk.submit({"plekken": "1"}, status=409)
    assert page.errors() == ["Er zijn al 2 plekken bezet of aangeboden. Kies dat aantal of meer."]
    assert desk.submit({"plekken": "nul"}, status=422).errors()
    desk.submit({"plekken": "3"})
    assert status_of(database, waiting) is S.OFFERED


def test_the_people_of_a_tour_show_code_language_channel_and_marks(
    desk: Browser, work_as: WorkAs, engine: Engine
) -> None:
    tour = a_made_tour(work_as)
    with work_as(SYSTEM) as uow:
        person = a_participant(uow, "Yonas", last_name="Tesfay", language="ti", phone="+31689000001")
        a_registration(uow, tour, person, ticket="K7-42", looks_alike=True, wants_interpreter=True)
    with at_most(5, engine):
        page = desk.get(f"/team/rondleidingen/{tour.id}/deelnemers")
    for words in ("K7-42", "Yonas", "Tigrinya", "Plek bevestigd", "06 89000001", "Lijkt op iemand"):
        assert words in page.text
    assert 'href="tel:+31689000001"' in page.html


def test_the_door_list_has_first_names_only(desk: Browser, work_as: WorkAs) -> None:
    tour = a_made_tour(work_as)
    with work_as(SYSTEM) as uow:
        yonas = a_participant(uow, "Yonas", last_name="Tesfay", phone="+31689000001", email="y@postvak.example")
        a_registration(uow, tour, yonas, wants_interpreter=True)
        a_registration(uow, tour, a_participant(uow, "Amina"), status=S.OFFERED)
        a_registration(uow, tour, a_participant(uow, "Zahra"), status=S.WAITING)
    page = desk.get(f"/team/rondleidingen/{tour.id}/deurlijst")
    for words in ("Yonas", "Amina", "Tolk", "Bellen", "Nood: bel 112", "Na afloop vernietigen", "Geen sieraden"):
        assert words in page.text
    for words in ("Tesfay", "89000001", "y@postvak.example", "Zahra"):
        assert words not in page.html


def test_the_log_names_who_did_what_and_codes_instead_of_people(
    desk: Browser, work_as: WorkAs, team: User, engine: Engine
) -> None:
    tour = a_made_tour(work_as)
    with work_as(SYSTEM) as uow:
        person = a_participant(uow, "Yonas")
    with work_as(actor_of(team)) as uow:
        register_for_tour(uow, tour_id=tour.id, participant_id=person.id)
    with at_most(5, engine):
        page = desk.get(f"/team/rondleidingen/{tour.id}/logboek")
    assert "Plek bevestigd" in page.text
    assert "Marleen Visscher" in page.text
    assert "Yonas" not in page.text


def test_somebody_known_is_found_by_name_or_number_and_registered(
    desk: Browser, work_as: WorkAs, database: Database
) -> None:
    tour = a_made_tour(work_as)
    with work_as(SYSTEM) as uow:
        a_participant(uow, "Yonas", last_name="Tesfay", phone="+31689004321")
        a_participant(uow, "Amina")
    url = f"/team/rondleidingen/{tour.id}/aanmelden"
    desk.get(url)
    page = desk.submit({"zoek": "06 8900 4321"})
    assert "1 mens gevonden" in page.text
    page = desk.submit({}, button="Meld aan")
    assert "De plek is bevestigd" in page.text
    with database.reading() as db:
        assert db.query(Registration).one().status is S.CONFIRMED
    assert "Staat al op de lijst" in desk.get(f"{url}?zoek=tesf").text
    assert "Niemand gevonden" in desk.get(f"{url}?zoek=xyz").text


def test_who_wished_for_it_stands_ready(desk: Browser, work_as: WorkAs, engine: Engine) -> None:
    tour = a_made_tour(work_as, subject="vlees")
    with work_as(SYSTEM) as uow:
        a_participant(uow, "Samir", wishes=("vlees",))
        a_participant(uow, "Zahra", wishes=("sauna",))
    with at_most(5, engine):
        page = desk.get(f"/team/rondleidingen/{tour.id}/aanmelden")
    assert "Samir" in page.text
    assert "Zahra" not in page.text


def test_somebody_new_is_registered_with_who_helps(desk: Browser, work_as: WorkAs, database: Database) -> None:
    tour = a_made_tour(work_as, 1)
    people_at(work_as, tour, "Yonas")
    with work_as(SYSTEM) as uow:
        coach = a_coach(uow)
    url = f"/team/rondleidingen/{tour.id}/aanmelden/nieuw"
    desk.get(url)
    assert desk.submit({"voornaam": ""}, with_field="voornaam", status=422).errors() == [
        "Vul de voornaam in",
        "Kies de taal van de berichten",
    ]
    filled = {"voornaam": "Amina", "taal": "ar", "helper": str(coach.id), "tolk": "ja", "niveau": "A1"}
    page = desk.submit(filled, with_field="voornaam")
    assert "Plek 1 op de wachtlijst" in page.text
    assert "lager dan deze rondleiding vraagt" in page.text
    with database.reading() as db:
        amina = db.query(Participant).filter_by(first_name="Amina").one()
        assert (amina.coach_id, amina.coach_name, amina.language) == (coach.id, "Samira Belhadj", "ar")
        assert db.query(Registration).filter_by(participant_id=amina.id).one().wants_interpreter is True


def test_who_looks_like_somebody_known_is_asked_about_first(desk: Browser, work_as: WorkAs, database: Database) -> None:
    tour = a_made_tour(work_as)
    with work_as(SYSTEM) as uow:
        a_participant(uow, "Mohammed", phone="+31689000001")
    desk.get(f"/team/rondleidingen/{tour.id}/aanmelden/nieuw")
    filled = {"voornaam": "Muhammad", "taal": "nl", "telefoon": "06 89000001"}
    page = desk.submit(filled, with_field="voornaam", status=422)
    assert "Is dit dezelfde persoon?" in page.text
    page = desk.submit({"anders": "y"}, with_field="voornaam")
    assert "De plek is bevestigd" in page.text
    with database.reading() as db:
        assert db.query(Participant).count() == 2


def test_a_cancelled_place_goes_to_who_waits(desk: Browser, work_as: WorkAs, database: Database) -> None:
    tour = a_made_tour(work_as, 1)
    placed, waiting = people_at(work_as, tour, "Yonas", "Amina")
    desk.get(f"/team/rondleidingen/{tour.id}/deelnemers")
    page = desk.follow("Afmelden")
    assert "De plek gaat naar wie het langst wacht" in page.text
    assert "Yonas is afgemeld" in desk.submit({}, button="Meld af").text
    assert (status_of(database, placed), status_of(database, waiting)) == (S.CANCELLED, S.OFFERED)
    page = desk.get(f"/team/rondleidingen/{tour.id}/wachtlijst")
    assert "Nog niet verteld" in page.text
    assert "Amina heeft een plek" in desk.submit({}, button="Zegt ja").text
    assert status_of(database, waiting) is S.CONFIRMED


def test_late_the_team_calls_in_order(desk: Browser, work_as: WorkAs, database: Database, clock: FixedClock) -> None:
    tour = a_made_tour(work_as, 1, in_days=1)
    placed, first, second = people_at(work_as, tour, "Yonas", "Amina", "Dawit")
    clock.advance(timedelta(hours=13))
    desk.get(f"/team/aanmeldingen/{placed}/afmelden")
    desk.submit({}, button="Meld af")
    page = desk.get(f"/team/rondleidingen/{tour.id}/wachtlijst")
    assert "Bel in volgorde: er is 1 plek vrij" in page.text
    assert status_of(database, first) is S.WAITING
    desk.submit({}, action=f"/team/aanmeldingen/{first}/nee")
    page = desk.submit({}, action=f"/team/aanmeldingen/{second}/ja")
    assert "Dawit heeft een plek" in page.text
    assert (status_of(database, first), status_of(database, second)) == (S.CANCELLED, S.CONFIRMED)


def test_cards_are_printed_for_who_gets_no_mail(desk: Browser, work_as: WorkAs) -> None:
    tour = a_made_tour(work_as)
    people_at(work_as, tour, "Yonas", email="y@postvak.example")
    people_at(work_as, tour, "Amina", language="ar")
    page = desk.get(f"/team/rondleidingen/{tour.id}/kaartjes")
    assert "Amina" in page.text
    assert "Yonas" not in page.text
    assert 'lang="ar" dir="rtl"' in page.html


def test_what_does_not_exist_is_not_found(desk: Browser) -> None:
    for path in ("rondleidingen/99", "rondleidingen/99/deelnemers", "aanmeldingen/99/afmelden"):
        desk.get(f"/team/{path}", status=404)
