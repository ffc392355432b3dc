"""Adding people, seeing them, and letting their data go."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.events import retention as registrations_retention
from portal.events.models import Registration
from portal.events.vocabulary import RegistrationStatus
from portal.kernel.clock import FixedClock, local_day
from portal.kernel.errors import ConflictError, InvalidError, NotFoundError
from portal.kernel.levels import LanguageLevel
from portal.kernel.permissions import VISITOR, Actor, Role, system_actor
from portal.kernel.retention import run_rule
from portal.kernel.uow import Database
from portal.participants import retention
from portal.participants.inputs import PersonDetails
from portal.participants.models import CallTask, Participant, ParticipantWish
from portal.participants.people import add_participant, edit_participant, looks_like_somebody
from portal.participants.policies import can_handle_participant, visible_participants
from portal.participants.vocabulary import ParticipantSource
from tests.conftest import NOW, TEAM, WorkAs
from tests.factories.events import a_registration, a_tour
from tests.factories.participants import a_coach, a_participant
from tests.support.browser import Browser

WORKER = system_actor("test")
PHONE = "+31689000001"


def test_a_person_is_stored_tidily(work_as: WorkAs, database: Database) -> None:
    details = PersonDetails(first_name="  Yonas ", last_name=" ", email=" Yonas@Postvak.example ", phone=PHONE)
    with work_as(TEAM) as uow:
        person = add_participant(uow, details=details, source=ParticipantSource.TEAM, delete_on=NOW.date())
    with database.reading() as db:
        found = db.get_one(Participant, person.id)
        assert (found.first_name, found.last_name, found.email) == ("Yonas", None, "yonas@postvak.example")
    with pytest.raises(InvalidError, match="first_name_missing"), work_as(TEAM) as uow:
        add_participant(uow, details=PersonDetails(first_name=" "), source=ParticipantSource.TEAM, delete_on=NOW.date())


@pytest.mark.parametrize(
    ("first_name", "last_name", "phone", "email", "same"),
    [
        ("Mohammed", "Ahmad", PHONE, None, True),
        ("Muhammad", "Ahmed", PHONE, None, True),
        ("mohammed", None, None, "MO@postvak.example", True),
        ("Nabil", "Ahmad", PHONE, None, False),
        ("Mohammed", "Ahmad", "+31689000002", None, False),
        ("Mohammed", "Ahmad", None, None, False),
    ],
)
def test_same_contact_and_same_name_look_alike(
    work_as: WorkAs, first_name: str, last_name: str | None, phone: str | None, email: str | None, same: bool
) -> None:
    with work_as(WORKER) as uow:
        a_participant(uow, "Mohammed", last_name="Ahmad", phone=PHONE, email="mo@postvak.example")
        uow.flush()
        details = PersonDetails(first_name=first_name, last_name=last_name, phone=phone, email=email)
        assert looks_like_somebody(uow.session, details) is same


def test_who_sees_whom(work_as: WorkAs, database: Database) -> None:
    with work_as(WORKER) as uow:
        coach, other = a_coach(uow), a_coach(uow)
        own, stranger = a_participant(uow, coach=coach), a_participant(uow, coach=other)
        gone = a_participant(uow, coach=coach, removed_at=uow.now)
        uow.flush()
    seen = {
        TEAM: {own.id, stranger.id},
        Actor(role=Role.COACH, user_id=coach.id): {own.id},
        Actor(role=Role.EMPLOYER_OWNER, user_id=9, employer_id=1): set(),
        VISITOR: set(),
    }
    with database.reading() as db:
        for actor, expected in seen.items():
            assert {person.id for person in db.scalars(visible_participants(actor))} == expected
            assert {person.id for person in (own, stranger, gone) if can_handle_participant(actor, person)} == expected


def test_a_coach_changes_own_people_only(work_as: WorkAs, database: Database) -> None:
    with work_as(WORKER) as uow:
        coach, other = a_coach(uow), a_coach(uow)
        person = a_participant(uow, coach=coach, level_to_confirm=True)
        uow.flush()
    new = PersonDetails(first_name="Yonas", phone=PHONE, level=LanguageLevel.B1)
    with pytest.raises(NotFoundError), work_as(Actor(role=Role.COACH, user_id=other.id)) as uow:
        edit_participant(uow, participant_id=person.id, details_version=1, details=new)
    with work_as(Actor(role=Role.COACH, user_id=coach.id)) as uow:
        edit_participant(uow, participant_id=person.id, details_version=1, details=new)
    with pytest.raises(ConflictError, match="stale_edit"), work_as(TEAM) as uow:
        edit_participant(uow, participant_id=person.id, details_version=1, details=new)
    with database.reading() as db:
        found = db.get_one(Participant, person.id)
        assert (found.phone, found.level, found.level_to_confirm) == (PHONE, LanguageLevel.B1, False)


def test_data_goes_thirty_days_after_the_tour_and_counts_stay(
    work_as: WorkAs, database: Database, clock: FixedClock, browser: Browser
) -> None:
    with work_as(WORKER) as uow:
        tour = a_tour(uow, 3)
        end = local_day(tour.starts_at) + timedelta(days=30)
        person = a_participant(uow, "Yonas", last_name="Haile", email="y@postvak.example", delete_on=end, wishes=("*",))
        later = a_participant(uow, "Salam", delete_on=end + timedelta(days=1))
        row = a_registration(uow, tour, person, wants_interpreter=True, form_key="key")
        a_registration(uow, tour, later)
        uow.flush()
        uow.session.add(
            CallTask(
                participant_id=person.id,
                message_name="tour_moved",
                payload={},
                dedupe_key="x",
                due_at=uow.now,
                created_at=uow.now,
            )
        )
    links = browser.app.extensions["portal"].links
    address = f"/mijn-plek/{links.secret('registration', row.id, 1)}"
    assert "Yonas" in browser.get(address).text
    clock.moment = NOW + (end - NOW.date()) - timedelta(days=1)
    assert run(database, clock) == [None, None]
    clock.advance(timedelta(days=1))
    assert run(database, clock) == [1, 1]
    assert run(database, clock) == [None, None]
    with database.reading() as db:
        found = db.get_one(Participant, person.id)
        left = (found.first_name, found.last_name, found.phone, found.email, found.coach_id, found.reference)
        assert left == ("", None, None, None, None, None)
        assert db.scalars(select(ParticipantWish)).all() == db.scalars(select(CallTask)).all() == []
        kept = db.get_one(Registration, row.id)
        assert (kept.status, kept.wants_interpreter, kept.form_key) == (RegistrationStatus.CONFIRMED, None, None)
        assert db.get_one(Participant, later.id).first_name == "Salam"
    browser.get(address, status=404)


def run(database: Database, clock: FixedClock) -> list[int | None]:
    """Run both rules as the worker does; how many rows each removed."""
    found = []
    for rule in (retention.PARTICIPANTS, registrations_retention.REGISTRATIONS):
        with database.work(WORKER) as uow:
            uow.without_audit("the register of destruction is the trail")
            made = run_rule(uow.session, rule, clock.now())
            found.append(made.removed if made else None)
    return found
