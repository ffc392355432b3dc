"""Registering for a tour: a place when there is one, the queue when there is none, and the same answer twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.events.models import Registration, Tour
from portal.events.registrations import VisitorDetails, cancel_registration, register_for_tour, register_visitor
from portal.events.vocabulary import RegistrationStatus, TourStatus, Visibility
from portal.kernel.clock import FixedClock
from portal.kernel.errors import ConflictError, NotFoundError
from portal.kernel.levels import LanguageLevel
from portal.kernel.permissions import VISITOR, Actor, Role
from portal.kernel.uow import Database
from portal.participants.models import CallTask, Participant
from tests.conftest import TEAM, WorkAs
from tests.factories.events import a_registration, a_tour
from tests.factories.participants import a_coach, a_participant
from tests.support.outbox import Outbox

SYSTEM = Actor(role=Role.SYSTEM, name="test")
YONAS = VisitorDetails(first_name="Yonas", phone="+31689000001")
S = RegistrationStatus


def a_new_tour(work_as: WorkAs, capacity: int = 1, **fields: object) -> Tour:
    with work_as(SYSTEM) as uow:
        return a_tour(uow, capacity, **fields)


def test_visitor_takes_a_free_place(work_as: WorkAs, database: Database) -> None:
    tour = a_new_tour(work_as, 2)
    with work_as(VISITOR) as uow:
        result = register_visitor(uow, tour_id=tour.id, details=YONAS, form_key="one")
    assert (result.status, result.position, result.is_new) == (S.CONFIRMED, None, True)
    with database.reading() as db:
        row = db.get_one(Registration, result.registration_id)
        person = db.get_one(Participant, row.participant_id)
        assert db.get_one(Tour, tour.id).places_taken == 1
        assert (person.first_name, person.phone, person.language) == ("Yonas", "+31689000001", "nl")
        assert (person.delete_on - tour.starts_at.date()).days == 30


def test_second_visitor_joins_the_waiting_list_when_the_tour_is_full(work_as: WorkAs, database: Database) -> None:
    tour = a_new_tour(work_as)
    with work_as(VISITOR) as uow:
        register_visitor(uow, tour_id=tour.id, details=YONAS, form_key="one")
    with work_as(VISITOR) as uow:
        second = register_visitor(uow, tour_id=tour.id, details=VisitorDetails(first_name="Salam"), form_key="two")
    with work_as(VISITOR) as uow:
        third = register_visitor(uow, tour_id=tour.id, details=VisitorDetails(first_name="Noor"), form_key="three")
    assert (second.status, second.position) == (S.WAITING, 1)
    assert (third.status, third.position) == (S.WAITING, 2)
    with database.reading() as db:
        assert db.get_one(Tour, tour.id).places_taken == 1


def test_the_same_form_sent_twice_gives_the_same_answer(work_as: WorkAs, database: Database, outbox: Outbox) -> None:
    tour = a_new_tour(work_as, 2)
    details = VisitorDetails(first_name="Yonas", email="yonas@postvak.example")
    results = []
    for _try in range(2):
        with work_as(VISITOR) as uow:
            results.append(register_visitor(uow, tour_id=tour.id, details=details, form_key="one"))
    assert results[0].registration_id == results[1].registration_id
    assert [result.is_new for result in results] == [True, False]
    assert outbox.names().count("tour_place_confirmed") == 1
    with database.reading() as db:
        assert len(db.scalars(select(Participant)).all()) == 1


def test_a_form_of_another_tour_is_refused(work_as: WorkAs) -> None:
    first, second = a_new_tour(work_as), a_new_tour(work_as)
    with work_as(VISITOR) as uow:
        register_visitor(uow, tour_id=first.id, details=YONAS, form_key="one")
    with pytest.raises(ConflictError, match="form_used"), work_as(VISITOR) as uow:
        register_visitor(uow, tour_id=second.id, details=YONAS, form_key="one")


@pytest.mark.parametrize("status", [TourStatus.PLANNED, TourStatus.CANCELLED])
def test_nobody_registers_for_a_tour_that_is_not_online(work_as: WorkAs, status: TourStatus) -> None:
    tour = a_new_tour(work_as, status=status)
    with pytest.raises(ConflictError, match="tour_closed"), work_as(VISITOR) as uow:
        register_visitor(uow, tour_id=tour.id, details=YONAS, form_key="one")


def test_nobody_registers_for_a_tour_that_has_begun(work_as: WorkAs, clock: FixedClock) -> None:
    tour = a_new_tour(work_as, in_days=0)
    clock.moment = tour.starts_at
    with pytest.raises(ConflictError, match="tour_closed"), work_as(VISITOR) as uow:
        register_visitor(uow, tour_id=tour.id, details=YONAS, form_key="one")


def test_a_tour_with_a_code_does_not_exist_without_it(work_as: WorkAs) -> None:
    tour = a_new_tour(work_as, visibility=Visibility.CODE, access_code="Sprenge24")
    for code in (None, "", "wrong"):
        with pytest.raises(NotFoundError), work_as(VISITOR) as uow:
            register_visitor(uow, tour_id=tour.id, details=YONAS, form_key="one", code=code)
    with work_as(VISITOR) as uow:
        result = register_visitor(uow, tour_id=tour.id, details=YONAS, form_key="one", code=" sprenge24 ")
    assert result.status is S.CONFIRMED


def test_a_double_of_name_and_phone_is_only_marked(work_as: WorkAs, database: Database) -> None:
    tour = a_new_tour(work_as, 5)
    same_phone = VisitorDetails(first_name="Salam", phone=YONAS.phone)
    for number, details in enumerate((YONAS, same_phone, VisitorDetails(first_name="YONAS", phone=YONAS.phone))):
        with work_as(VISITOR) as uow:
            register_visitor(uow, tour_id=tour.id, details=details, form_key=str(number))
    with database.reading() as db:
        rows = db.scalars(select(Registration).order_by(Registration.id)).all()
        assert [row.looks_alike for row in rows] == [False, False, True]
        assert len({row.participant_id for row in rows}) == 3


def test_who_has_no_mail_is_told_by_the_team(work_as: WorkAs, database: Database, outbox: Outbox) -> None:
    tour = a_new_tour(work_as, 2)
    with work_as(VISITOR) as uow:
        register_visitor(uow, tour_id=tour.id, details=YONAS, form_key="one")
    assert "tour_place_confirmed" not in outbox.names()
    with database.reading() as db:
        task = db.scalars(select(CallTask)).one()
        assert (task.message_name, task.coach_id) == ("tour_place_confirmed", None)


def test_a_coach_registers_own_people_and_nobody_elses(work_as: WorkAs, database: Database) -> None:
    tour = a_new_tour(work_as, 3)
    with work_as(SYSTEM) as uow:
        coach, other = a_coach(uow), a_coach(uow, "Wouter Dijkgraaf")
        own, stranger = a_participant(uow, coach=coach), a_participant(uow, "Salam", coach=other)
        uow.flush()
    actor = Actor(role=Role.COACH, user_id=coach.id, name=coach.name)
    with work_as(actor) as uow:
        result = register_for_tour(uow, tour_id=tour.id, participant_id=own.id)
    with work_as(actor) as uow:
        again = register_for_tour(uow, tour_id=tour.id, participant_id=own.id)
    assert result.is_new
    assert (again.registration_id, again.is_new) == (result.registration_id, False)
    with pytest.raises(NotFoundError), work_as(actor) as uow:
        register_for_tour(uow, tour_id=tour.id, participant_id=stranger.id)
    with database.reading() as db:
        assert db.scalars(select(CallTask)).one().coach_id == coach.id
        assert db.get_one(Registration, result.registration_id).registered_by_id == coach.id


def test_dutch_below_the_level_is_a_warning_not_a_refusal(work_as: WorkAs) -> None:
    tour = a_new_tour(work_as, 3, level=LanguageLevel.B1)
    with work_as(SYSTEM) as uow:
        people = [a_participant(uow, level=level) for level in (LanguageLevel.A2, LanguageLevel.B1, None)]
        uow.flush()
    found = []
    for person in people:
        with work_as(TEAM) as uow:
            found.append(register_for_tour(uow, tour_id=tour.id, participant_id=person.id))
    assert [result.below_level for result in found] == [True, False, False]
    assert {result.status for result in found} == {S.CONFIRMED}


def test_a_later_tour_keeps_the_data_longer(work_as: WorkAs, database: Database) -> None:
    tour = a_new_tour(work_as, in_days=60)
    with work_as(SYSTEM) as uow:
        person = a_participant(uow)
        uow.flush()
    before = person.delete_on
    with work_as(TEAM) as uow:
        register_for_tour(uow, tour_id=tour.id, participant_id=person.id)
    with database.reading() as db:
        assert db.get_one(Participant, person.id).delete_on > before


def test_every_tour_that_fills_tells_the_employer_once(work_as: WorkAs, outbox: Outbox) -> None:
    tour = a_new_tour(work_as, 1)
    with work_as(VISITOR) as uow:
        first = register_visitor(uow, tour_id=tour.id, details=YONAS, form_key="one")
    assert outbox.names().count("tour_full") == 1
    with work_as(TEAM) as uow:
        cancel_registration(uow, registration_id=first.registration_id)
    with work_as(VISITOR) as uow:
        register_visitor(uow, tour_id=tour.id, details=YONAS, form_key="two")
    assert outbox.names().count("tour_full") == 2


def test_nobody_overtakes_who_waits(work_as: WorkAs, database: Database, clock: FixedClock) -> None:
    with work_as(SYSTEM) as uow:
        tour = a_tour(uow, 2, in_days=0)
        a_registration(uow, tour)
        a_registration(uow, tour, status=S.WAITING)
    assert tour.places_taken == 1
    clock.moment = tour.starts_at - timedelta(hours=1)
    with work_as(VISITOR) as uow:
        result = register_visitor(uow, tour_id=tour.id, details=YONAS, form_key="one")
    assert (result.status, result.position) == (S.WAITING, 2)
    with database.reading() as db:
        calls = db.scalars(select(CallTask).where(CallTask.message_name == "place_free_call")).all()
        assert len(calls) == 2
