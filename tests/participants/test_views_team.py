"""The team's list of participants, and one of them: finding, adding, correcting, another coach, removing."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine

from portal.accounts.models import User
from portal.events.models import Registration, Tour
from portal.events.registrations import register_for_tour
from portal.events.vocabulary import RegistrationStatus
from portal.kernel.audit import AuditEntry, LookEntry
from portal.kernel.clock import FixedClock, local_day
from portal.kernel.levels import LanguageLevel
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from portal.participants.models import CallTask, Participant, ParticipantWish
from portal.participants.vocabulary import ParticipantSource
from tests.conftest import WorkAs
from tests.factories.events import a_tour
from tests.factories.participants import a_participant
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.people import a_coach, a_team_member, sign_in
from tests.support.queries import at_most

SYSTEM = Actor(role=Role.SYSTEM, name="test")
URL = "/team/deelnemers"
S = RegistrationStatus


@pytest.fixture
def team(work_as: WorkAs) -> User:
    with work_as(SYSTEM) as uow:
        return a_team_member(uow)


@pytest.fixture
def desk(app: Flask, team: User) -> Browser:
    return sign_in(Browser(app), team)


def a_person(work_as: WorkAs, first_name: str = "Yonas", **fields: object) -> Participant:
    with work_as(SYSTEM) as uow:
        return a_participant(uow, first_name, **fields)


def named(page_text: str, *names: str) -> list[str]:
    return [name for name in names if name in page_text]


def test_people_are_found_by_name_number_mail_and_reference(desk: Browser, work_as: WorkAs) -> None:
    a_person(work_as, "Yonas", last_name="Tesfay", phone="+31689001234", reference="D-77")
    a_person(work_as, "Amina", email="amina@postvak.example")
    for words, found in (
        ("tesf", ["Yonas"]),
        ("06 8900 1234", ["Yonas"]),
        ("1234", ["Yonas"]),
        ("d-77", ["Yonas"]),
        ("AMINA@postvak", ["Amina"]),
        ("", ["Yonas", "Amina"]),
        ("iemand anders", []),
    ):
        assert named(desk.get(f"{URL}?zoek={words}").text, "Yonas", "Amina") == found, words
    assert "Niemand gevonden" in desk.page.text if desk.page else False


def test_people_are_filtered_by_level_coach_and_wish(desk: Browser, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        coach = a_coach(uow)
        a_participant(uow, "Yonas", coach=coach, level=LanguageLevel.A2, wishes=("vlees",))
        a_participant(uow, "Amina", wishes=("*",))
    everybody = ("Yonas", "Amina")
    assert named(desk.get(f"{URL}?niveau=A2").text, *everybody) == ["Yonas"]
    assert named(desk.get(f"{URL}?niveau=onbekend").text, *everybody) == ["Amina"]
    assert named(desk.get(f"{URL}?coach=Samira+Belhadj").text, *everybody) == ["Yonas"]
    assert named(desk.get(f"{URL}?coach=-").text, *everybody) == ["Amina"]
    assert named(desk.get(f"{URL}?wens=vlees").text, *everybody) == ["Yonas"]
    page = desk.submit({"wens": "*"}, on=desk.get(URL), with_field="wens")
    assert named(page.text, *everybody) == ["Amina"]
    assert "maakt niet uit, alles" in page.text


def test_the_list_has_pages_and_keeps_its_budget(desk: Browser, work_as: WorkAs, engine: Engine) -> None:
    assert "Nog geen deelnemers" in desk.get(URL).text
    with work_as(SYSTEM) as uow:
        for number in range(21):
            a_participant(uow, f"Persoon {number:02}", wishes=("vlees",))
    with at_most(6, engine):
        page = desk.get(URL)
    assert "Persoon 20" not in page.text
    assert "Persoon 20" in desk.follow("Volgende").text


def test_somebody_is_added_with_wishes(desk: Browser, database: Database, clock: FixedClock) -> None:
    desk.get(f"{URL}/nieuw")
    wrong = {"voornaam": "  ", "telefoon": "12", "email": "geen"}
    page = desk.submit(wrong, with_field="voornaam", status=422)
    assert len(page.errors()) == 4
    assert 'value="12"' in page.html
    filled = {"voornaam": "Amina", "taal": "ar", "telefoon": "06 89000001", "email": "", "wensen": ["vlees", "sauna"]}
    page = desk.submit(filled, with_field="voornaam")
    assert "vleesverwerking, sauna" in page.text
    with database.reading() as db:
        amina = db.query(Participant).one()
        assert (amina.source, amina.phone, amina.language) == (ParticipantSource.TEAM, "+31689000001", "ar")
        assert amina.delete_on == local_day(clock.now()) + timedelta(days=30)
        assert db.query(ParticipantWish).count() == 2


def test_a_number_that_is_a_bsn_is_refused_as_a_name(desk: Browser) -> None:
    desk.get(f"{URL}/nieuw")
    page = desk.submit({"voornaam": "Amina 123456782", "taal": "nl"}, with_field="voornaam", status=422)
    assert "BSN" in page.errors()[0]


def test_who_looks_the_same_is_asked_about(desk: Browser, work_as: WorkAs, database: Database) -> None:
    known = a_person(work_as, "Nour", phone="+31689000001")
    a_person(work_as, "Karim", phone="+31689000001")
    desk.get(f"{URL}/nieuw")
    filled = {"voornaam": "Noor", "taal": "nl", "telefoon": "06 89000001"}
    page = desk.submit(filled, with_field="voornaam", status=422)
    assert "Is dit dezelfde persoon?" in page.text
    assert f"/team/deelnemers/{known.id}" in page.html
    assert "Karim" not in page.text
    desk.submit({"anders": "y"}, with_field="voornaam")
    with database.reading() as db:
        assert db.query(Participant).count() == 3


def test_a_correction_is_saved_and_a_stale_one_refused(
    desk: Browser, app: Flask, work_as: WorkAs, database: Database
) -> None:
    person = a_person(work_as, wishes=("vlees",), level_to_confirm=True)
    with work_as(SYSTEM) as uow:
        other = sign_in(Browser(app), a_team_member(uow, "Henk-Jan Prins"))
    stale = other.get(f"{URL}/{person.id}/wijzigen")
    desk.get(f"{URL}/{person.id}/wijzigen")
    changed = {"achternaam": "Tesfay", "niveau": "B1", "wensen": ["sauna"], "telefoon": "06 89009999"}
    page = desk.submit(changed, with_field="voornaam")
    assert "Yonas Tesfay" in page.text
    page = other.submit({"achternaam": "Anders"}, with_field="voornaam", on=stale, status=409)
    assert "Iemand anders heeft dit net veranderd" in page.errors()[0]
    assert 'value="Anders"' in page.html
    with database.reading() as db:
        row = db.get_one(Participant, person.id)
        assert (row.last_name, row.level, row.level_to_confirm) == ("Tesfay", LanguageLevel.B1, False)
        assert row.phone == "+31689009999"
        assert [wish.subject for wish in db.query(ParticipantWish)] == ["sauna"]


def test_only_other_wishes_are_a_change_too(desk: Browser, work_as: WorkAs, database: Database) -> None:
    person = a_person(work_as, wishes=("vlees",))
    desk.get(f"{URL}/{person.id}/wijzigen")
    desk.submit({"wensen": ["vlees", "*"]}, with_field="voornaam")
    with database.reading() as db:
        assert db.get_one(Participant, person.id).details_version == 2
        assert db.query(ParticipantWish).count() == 2
        changes = db.query(AuditEntry).filter_by(action="participants.participant.changed").all()
        assert [entry.details for entry in changes] == [{"changed": ["wishes"]}]


def test_opening_a_person_is_noted_and_shown(
    desk: Browser, work_as: WorkAs, database: Database, engine: Engine, team: User
) -> None:
    person = a_person(work_as, wishes=("vlees",), reference="D-77")
    with work_as(SYSTEM) as uow:
        tour = a_tour(uow)
    with work_as(SYSTEM) as uow:
        register_for_tour(uow, tour_id=tour.id, participant_id=person.id)
    with at_most(5, engine):
        page = desk.get(f"{URL}/{person.id}")
    for words in ("Bakkerij De Sprenge", "Plek bevestigd", "1 bericht wacht", "vleesverwerking", "D-77", "het team"):
        assert words in page.text
    with database.reading() as db:
        assert [(look.actor_id, look.subject_id) for look in db.query(LookEntry)] == [(team.id, person.id)]
    log = desk.follow("Wie keek en wie wijzigde?").text
    assert "Marleen Visscher" in log
    assert "Deelnemer toegevoegd" in log


def test_another_coach_takes_the_messages_along(desk: Browser, work_as: WorkAs, database: Database) -> None:
    with work_as(SYSTEM) as uow:
        samira, wouter = a_coach(uow), a_coach(uow, "Wouter Dijkgraaf")
        person = a_participant(uow, "Yonas", coach=samira)
        tour = a_tour(uow)
    with work_as(SYSTEM) as uow:
        register_for_tour(uow, tour_id=tour.id, participant_id=person.id)
    desk.get(f"{URL}/{person.id}")
    desk.follow("Kies een coach")
    assert "Wouter Dijkgraaf" in desk.submit({"helper": str(wouter.id)}).text
    with database.reading() as db:
        assert db.get_one(Participant, person.id).coach_name == "Wouter Dijkgraaf"
        assert db.query(CallTask).one().coach_id == wouter.id
    desk.get(f"{URL}/{person.id}/coach")
    assert "Niemand. Het team belt zelf." in desk.submit({"helper": ""}).text
    with database.reading() as db:
        assert db.query(CallTask).one().coach_id is None


def test_a_coach_without_account_stays_a_choice(desk: Browser, work_as: WorkAs, database: Database) -> None:
    person = a_person(work_as, coach_name="Marloes Tiemessen")
    page = desk.get(f"{URL}/{person.id}/coach")
    assert "Marloes Tiemessen" in page.text
    desk.submit({})
    with database.reading() as db:
        assert db.get_one(Participant, person.id).coach_name == "Marloes Tiemessen"


def test_removing_gives_the_place_to_who_waits_and_leaves_no_name(
    desk: Browser, work_as: WorkAs, database: Database, outbox: Outbox
) -> None:
    with work_as(SYSTEM) as uow:
        tour = a_tour(uow, 1)
        yonas = a_participant(uow, "Yonas", last_name="Tesfay", email="y@postvak.example", wishes=("vlees",))
        amina = a_participant(uow, "Amina", email="amina@postvak.example")
    for person in (yonas, amina):
        with work_as(SYSTEM) as uow:
            register_for_tour(uow, tour_id=tour.id, participant_id=person.id)
    outbox.deliver()
    page = desk.get(f"{URL}/{yonas.id}/verwijderen")
    assert "Bakkerij De Sprenge" in page.text
    assert "zijn verwijderd" in desk.submit({}, button="Verwijder de gegevens").text
    with database.reading() as db:
        row = db.get_one(Participant, yonas.id)
        assert (row.first_name, row.last_name, row.email, row.phone) == ("", None, None, None)
        assert row.removed_at is not None
        statuses = [row.status for row in db.query(Registration).order_by(Registration.id)]
        assert statuses == [S.CANCELLED, S.OFFERED]
        assert db.get_one(Tour, tour.id).places_taken == 1
        assert db.query(ParticipantWish).count() == 0
    assert len(outbox.to("y@postvak.example")) == 1
    for path in ("", "/wijzigen", "/coach", "/logboek", "/verwijderen"):
        desk.get(f"{URL}/{yonas.id}{path}", status=404)
    assert "Tesfay" not in desk.get(URL).text


def test_who_does_not_exist_is_not_found(desk: Browser, database: Database) -> None:
    for path in ("", "/wijzigen", "/coach", "/logboek", "/verwijderen"):
        desk.get(f"{URL}/99{path}", status=404)
    with database.reading() as db:
        assert db.query(LookEntry).count() == 0


def test_participants_are_for_the_team(app: Flask, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        person, coach = a_participant(uow), a_coach(uow)
    browser = sign_in(Browser(app), coach)
    for path in ("", "/nieuw", f"/{person.id}", f"/{person.id}/wijzigen"):
        browser.get(f"{URL}{path}", status=403)
