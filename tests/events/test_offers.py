"""A free place is offered to who waits longest; an answer, silence or a phone call decides."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.events.models import Registration, Tour
from portal.events.offers import accept_offer, confirm_by_phone, decline_offer, lapse_offers, note_told
from portal.events.registrations import VisitorDetails, cancel_registration, register_visitor
from portal.events.vocabulary import RegistrationStatus
from portal.kernel.clock import FixedClock
from portal.kernel.errors import ConflictError, NotAllowedError, NotFoundError
from portal.kernel.permissions import VISITOR, Actor, Role, system_actor
from portal.kernel.uow import Database
from portal.participants.models import CallTask
from tests.conftest import TEAM, WorkAs
from tests.factories.events import a_registration, a_tour
from tests.factories.participants import a_coach, a_participant
from tests.support.outbox import Outbox

S = RegistrationStatus
WORKER = system_actor("worker")
MAIL = "@postvak.example"


class Scene:
    """A full tour with one place, one person who has it, and people who wait."""

    def __init__(self, work_as: WorkAs, database: Database, waiting: Sequence[str | None], **tour: object) -> None:
        self.work_as, self.database = work_as, database
        with work_as(WORKER) as uow:
            made = a_tour(uow, 1, **tour)
            rows = [a_registration(uow, made, a_participant(uow, email=f"first{MAIL}"))]
            for email in waiting:
                rows.append(a_registration(uow, made, a_participant(uow, email=email), status=S.WAITING))
                uow.flush()
        self.tour_id, self.starts_at = made.id, made.starts_at
        self.ids = [row.id for row in rows]

    def status(self, number: int) -> RegistrationStatus:
        return self.row(number).status

    def row(self, number: int) -> Registration:
        with self.database.reading() as db:
            return db.get_one(Registration, self.ids[number])

    def taken(self) -> int:
        with self.database.reading() as db:
            return db.get_one(Tour, self.tour_id).places_taken

    def calls(self, name: str | None = None) -> list[CallTask]:
        with self.database.reading() as db:
            tasks = select(CallTask).where(CallTask.told_at.is_(None), CallTask.dropped_at.is_(None))
            found = db.scalars(tasks.order_by(CallTask.id))
            return [task for task in found if name is None or task.message_name == name]

    def leaves(self, number: int) -> None:
        with self.work_as(TEAM) as uow:
            cancel_registration(uow, registration_id=self.ids[number])

    def lapse(self) -> int:
        with self.work_as(WORKER) as uow:
            return lapse_offers(uow)


def test_a_cancelled_place_is_offered_to_who_waits_longest(
    work_as: WorkAs, database: Database, outbox: Outbox, clock: FixedClock
) -> None:
    scene = Scene(work_as, database, [f"a{MAIL}", f"b{MAIL}"])
    scene.leaves(0)
    offer = scene.row(1)
    assert (offer.status, scene.status(2), scene.taken()) == (S.OFFERED, S.WAITING, 1)
    assert offer.offer_ends_at == clock.now() + timedelta(hours=24)
    assert outbox.names().count("place_offered") == 1


def test_yes_gives_the_place_and_an_invitation(work_as: WorkAs, database: Database, outbox: Outbox) -> None:
    scene = Scene(work_as, database, [f"a{MAIL}"])
    scene.leaves(0)
    for _tap in range(2):
        with work_as(VISITOR) as uow:
            accept_offer(uow, registration_id=scene.ids[1], link_version=1)
    assert (scene.status(1), scene.taken()) == (S.CONFIRMED, 1)
    assert outbox.names().count("tour_place_confirmed") == 1


def test_no_passes_the_place_on(work_as: WorkAs, database: Database) -> None:
    scene = Scene(work_as, database, [f"a{MAIL}", f"b{MAIL}"])
    scene.leaves(0)
    with work_as(VISITOR) as uow:
        decline_offer(uow, registration_id=scene.ids[1], link_version=1)
    assert (scene.status(1), scene.status(2), scene.taken()) == (S.CANCELLED, S.OFFERED, 1)


def test_silence_passes_the_place_on(work_as: WorkAs, database: Database, clock: FixedClock, outbox: Outbox) -> None:
    scene = Scene(work_as, database, [f"a{MAIL}", f"b{MAIL}"])
    scene.leaves(0)
    clock.advance(timedelta(hours=24))
    assert scene.lapse() == 0
    clock.advance(timedelta(seconds=1))
    with pytest.raises(ConflictError, match="offer_ended"), work_as(VISITOR) as uow:
        accept_offer(uow, registration_id=scene.ids[1], link_version=1)
    assert scene.lapse() == 1
    assert (scene.status(1), scene.status(2), scene.taken()) == (S.LAPSED, S.OFFERED, 1)
    assert "place_offer_lapsed" in outbox.names()
    assert scene.lapse() == 0


def test_only_the_worker_lets_offers_lapse(work_as: WorkAs) -> None:
    with pytest.raises(NotAllowedError), work_as(TEAM) as uow:
        lapse_offers(uow)


def test_leaving_while_waiting_promotes_nobody(work_as: WorkAs, database: Database) -> None:
    scene = Scene(work_as, database, [f"a{MAIL}", f"b{MAIL}"])
    scene.leaves(1)
    assert (scene.status(0), scene.status(2), scene.taken()) == (S.CONFIRMED, S.WAITING, 1)


def test_without_mail_the_clock_starts_when_it_is_told(work_as: WorkAs, database: Database, clock: FixedClock) -> None:
    scene = Scene(work_as, database, [None])
    scene.leaves(0)
    assert (scene.row(1).offer_ends_at, scene.row(1).offer_told_at) == (None, None)
    clock.advance(timedelta(hours=48))
    assert scene.lapse() == 0
    [task] = scene.calls()
    assert task.message_name == "place_offered"
    with work_as(TEAM) as uow:
        note_told(uow, call_task_id=task.id)
    told = scene.row(1)
    assert (told.offer_told_at, told.offer_ends_at) == (clock.now(), clock.now() + timedelta(hours=24))
    clock.advance(timedelta(hours=1))
    with work_as(TEAM) as uow:
        note_told(uow, call_task_id=task.id)
    assert scene.row(1).offer_told_at == told.offer_told_at
    assert scene.calls() == []


def test_a_coach_tells_own_people_and_nobody_elses(work_as: WorkAs, database: Database) -> None:
    scene = Scene(work_as, database, [])
    with work_as(WORKER) as uow:
        coach, other = a_coach(uow), a_coach(uow)
        person = a_participant(uow, coach=coach)
        row = a_registration(uow, uow.session.get_one(Tour, scene.tour_id), person, status=S.WAITING)
        uow.flush()
    scene.leaves(0)
    [task] = scene.calls()
    assert task.coach_id == coach.id
    with pytest.raises(NotFoundError), work_as(Actor(role=Role.COACH, user_id=other.id)) as uow:
        note_told(uow, call_task_id=task.id)
    with pytest.raises(NotFoundError), work_as(Actor(role=Role.COACH, user_id=other.id)) as uow:
        accept_offer(uow, registration_id=row.id)
    with work_as(Actor(role=Role.COACH, user_id=coach.id)) as uow:
        note_told(uow, call_task_id=task.id)
    with work_as(Actor(role=Role.COACH, user_id=coach.id)) as uow:
        accept_offer(uow, registration_id=row.id)
    with database.reading() as db:
        assert db.get_one(Registration, row.id).status is S.CONFIRMED


def test_an_offer_that_nobody_could_tell_goes_back_to_its_place_in_the_queue(
    work_as: WorkAs, database: Database, clock: FixedClock
) -> None:
    scene = Scene(work_as, database, [None, f"b{MAIL}"])
    scene.leaves(0)
    clock.moment = scene.starts_at - timedelta(hours=3)
    assert scene.lapse() == 0
    assert (scene.status(1), scene.status(2), scene.taken()) == (S.WAITING, S.WAITING, 0)
    assert [task.registration_id for task in scene.calls("place_free_call")] == scene.ids[1:]
    assert scene.calls("place_offered") == []


def test_late_the_team_calls_in_order_and_ticks_who_says_yes(
    work_as: WorkAs, database: Database, clock: FixedClock
) -> None:
    scene = Scene(work_as, database, [f"a{MAIL}", None, f"c{MAIL}"])
    clock.moment = scene.starts_at - timedelta(hours=3)
    scene.leaves(0)
    calls = scene.calls("place_free_call")
    assert [(task.registration_id, task.coach_id) for task in calls] == [(number, None) for number in scene.ids[1:]]
    with work_as(TEAM) as uow:
        note_told(uow, call_task_id=calls[0].id)
    with work_as(TEAM) as uow:
        confirm_by_phone(uow, registration_id=scene.ids[2])
    assert (scene.status(1), scene.status(2), scene.taken()) == (S.WAITING, S.CONFIRMED, 1)
    assert scene.calls("place_free_call") == []
    with pytest.raises(ConflictError, match="no_free_place"), work_as(TEAM) as uow:
        confirm_by_phone(uow, registration_id=scene.ids[3])


def test_who_registers_late_stands_behind_who_waits(work_as: WorkAs, database: Database, clock: FixedClock) -> None:
    scene = Scene(work_as, database, [None])
    clock.moment = scene.starts_at - timedelta(hours=3)
    scene.leaves(0)
    with work_as(VISITOR) as uow:
        late = register_visitor(uow, tour_id=scene.tour_id, details=VisitorDetails(first_name="Noor"), form_key="late")
    assert (late.status, late.position) == (S.WAITING, 2)
    assert [task.registration_id for task in scene.calls("place_free_call")][-1] == late.registration_id


def test_calls_about_a_tour_that_is_over_leave_the_list(work_as: WorkAs, database: Database, clock: FixedClock) -> None:
    scene = Scene(work_as, database, [None])
    clock.moment = scene.starts_at - timedelta(hours=3)
    scene.leaves(0)
    assert scene.calls()
    clock.advance(timedelta(hours=8))
    scene.lapse()
    assert scene.calls() == []


def test_the_wrong_link_or_an_old_one_does_nothing(work_as: WorkAs, database: Database) -> None:
    scene = Scene(work_as, database, [f"a{MAIL}"])
    for version in (0, 2):
        with pytest.raises(NotFoundError), work_as(VISITOR) as uow:
            cancel_registration(uow, registration_id=scene.ids[0], link_version=version)
    with pytest.raises(NotFoundError), work_as(VISITOR) as uow:
        cancel_registration(uow, registration_id=scene.ids[0])
    assert scene.status(0) is S.CONFIRMED


def test_nobody_leaves_after_the_start(work_as: WorkAs, database: Database, clock: FixedClock) -> None:
    scene = Scene(work_as, database, [])
    clock.moment = scene.starts_at
    with pytest.raises(ConflictError, match="too_late_to_leave"):
        scene.leaves(0)


def test_newer_news_replaces_what_was_not_told(work_as: WorkAs, database: Database) -> None:
    scene = Scene(work_as, database, [])
    with work_as(VISITOR) as uow:
        register_visitor(uow, tour_id=scene.tour_id, details=VisitorDetails(first_name="Noor"), form_key="x")
    assert [task.message_name for task in scene.calls()] == ["tour_waiting_list_joined"]
    scene.leaves(0)
    assert [task.message_name for task in scene.calls()] == ["place_offered"]


def test_who_leaves_by_the_own_page_needs_no_call(work_as: WorkAs, database: Database, outbox: Outbox) -> None:
    scene = Scene(work_as, database, [])
    with work_as(VISITOR) as uow:
        own = register_visitor(uow, tour_id=scene.tour_id, details=VisitorDetails(first_name="Noor"), form_key="x")
    with work_as(VISITOR) as uow:
        cancel_registration(uow, registration_id=own.registration_id, link_version=own.link_version)
    assert scene.calls() == []
    with work_as(VISITOR) as uow:
        cancel_registration(uow, registration_id=scene.ids[0], link_version=1)
    assert "tour_registration_cancelled" in outbox.names()
