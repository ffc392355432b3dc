"""Races for places of a tour, on both databases, each with its control: the same without the lock goes wrong."""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError

from portal.events import places
from portal.events.models import Registration, Tour
from portal.events.offers import accept_offer, lapse_offers
from portal.events.registrations import RegistrationResult, VisitorDetails, cancel_registration, register_visitor
from portal.events.vocabulary import RegistrationStatus
from portal.kernel.audit import AuditEntry
from portal.kernel.clock import FixedClock
from portal.kernel.db import constraint_of
from portal.kernel.errors import ConflictError
from portal.kernel.permissions import VISITOR, system_actor
from portal.kernel.uow import Database
from portal.participants.models import CallTask, Participant
from tests.concurrency.support import open_the_window, refused_by_sqlite, together, without_lock
from tests.conftest import NOW
from tests.factories.events import a_registration, a_tour
from tests.factories.participants import a_participant
from tests.support.outbox import Outbox

S = RegistrationStatus
WORKER = system_actor("worker")
PEOPLE, PLACES = 12, 3


@pytest.fixture(autouse=True)
def _window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "waiting_count", open_the_window(places.waiting_count))


def a_full_tour(database: Database, capacity: int, *, waiting: int = 0) -> tuple[int, list[int]]:
    """A tour whose places are all taken; the numbers of its registrations, the waiting ones last."""
    with database.work(WORKER) as uow:
        tour = a_tour(uow, capacity)
        rows = []
        for number in range(capacity + waiting):
            status = S.CONFIRMED if number < capacity else S.WAITING
            person = a_participant(uow, email=f"p{number}@postvak.example")
            rows.append(a_registration(uow, tour, person, status=status))
            uow.flush()
    return tour.id, [row.id for row in rows]


def register(database: Database, tour_id: int, key: str) -> RegistrationResult:
    details = VisitorDetails(first_name=f"P{key}", email=f"{key}@postvak.example")
    with database.work(VISITOR) as uow:
        return register_visitor(uow, tour_id=tour_id, details=details, form_key=key)


def stored(database: Database, tour_id: int) -> tuple[Tour, list[Registration]]:
    with database.reading() as db:
        rows = db.scalars(select(Registration).where(Registration.tour_id == tour_id).order_by(Registration.id))
        return db.get_one(Tour, tour_id), list(rows)


def unlocked_registration(tour_id: int, status: RegistrationStatus, number: int) -> Registration:
    """What somebody without the lock would store."""
    person = Participant(
        first_name=f"P{number}", source="web", delete_on=NOW.date(), created_at=NOW, details_changed_at=NOW
    )
    return Registration(
        tour_id=tour_id,
        participant=person,
        status=status,
        ticket=f"Z{number}",
        calendar_uid=f"unlocked-{number}",
        queued_at=NOW,
        created_at=NOW,
    )


def test_twelve_people_three_places(database: Database, outbox: Outbox) -> None:
    with database.work(WORKER) as uow:
        tour_id = a_tour(uow, PLACES).id
    told = together([partial(register, database, tour_id, str(number)) for number in range(PEOPLE)])
    tour, rows = stored(database, tour_id)
    assert Counter(row.status for row in rows) == {S.CONFIRMED: PLACES, S.WAITING: PEOPLE - PLACES}
    assert tour.places_taken == PLACES
    waiting = [row.id for row in rows if row.status is S.WAITING]
    for result in told:
        position = waiting.index(result.registration_id) + 1 if result.registration_id in waiting else None
        assert (result.status, result.position) == (S.WAITING if position else S.CONFIRMED, position)
    assert len({row.ticket for row in rows}) == PEOPLE
    assert Counter(outbox.names()) == {
        "tour_place_confirmed": PLACES,
        "tour_waiting_list_joined": PEOPLE - PLACES,
        "tour_full": 1,
    }


def test_control_twelve_people_who_count_without_the_lock(database: Database, engine: Engine) -> None:
    with database.work(WORKER) as uow:
        tour_id = a_tour(uow, PLACES).id
    with without_lock(engine) as session:
        first, last = session(), session()
        for db in (first, last):
            taken = db.scalar(select(func.count()).where(Registration.tour_id == tour_id))
            assert taken == 0
        for number in range(PLACES):
            first.add(unlocked_registration(tour_id, S.CONFIRMED, number))
        first.commit()
        with refused_by_sqlite(engine):
            last.add(unlocked_registration(tour_id, S.CONFIRMED, PLACES))
            last.commit()
        first.close()
        last.close()
    if engine.dialect.name == "postgresql":
        _tour, rows = stored(database, tour_id)
        assert len(rows) == PLACES + 1, "one more than there are places"


def test_leaving_against_registering(database: Database) -> None:
    for attempt in range(5):
        tour_id, [first] = a_full_tour(database, 1)

        def leave(number: int = first) -> None:
            with database.work(VISITOR) as uow:
                cancel_registration(uow, registration_id=number, link_version=1)

        together([leave, lambda tour=tour_id, key=f"new{attempt}": register(database, tour, key)])
        tour, rows = stored(database, tour_id)
        assert [row.status for row in rows] in ([S.CANCELLED, S.CONFIRMED], [S.CANCELLED, S.OFFERED])
        assert tour.places_taken == 1


def test_control_leaving_against_registering_without_the_lock(database: Database, engine: Engine) -> None:
    tour_id, [first] = a_full_tour(database, 1)
    with without_lock(engine) as session:
        newcomer = session()
        assert newcomer.get_one(Tour, tour_id).is_full
        with database.work(VISITOR) as uow:
            cancel_registration(uow, registration_id=first, link_version=1)
        with refused_by_sqlite(engine):
            newcomer.add(unlocked_registration(tour_id, S.WAITING, 1))
            newcomer.commit()
        newcomer.close()
    if engine.dialect.name == "postgresql":
        tour, rows = stored(database, tour_id)
        assert (tour.free_places, rows[1].status) == (1, S.WAITING), "a free place, and somebody who waits for it"


def test_ten_taps_on_one_form(database: Database, outbox: Outbox) -> None:
    with database.work(WORKER) as uow:
        tour_id = a_tour(uow, PLACES).id
    told = together([partial(register, database, tour_id, "same") for _tap in range(10)])
    assert len({(result.registration_id, result.status, result.position) for result in told}) == 1
    assert [result.is_new for result in told].count(True) == 1
    tour, [_row] = stored(database, tour_id)
    assert tour.places_taken == 1
    assert outbox.names() == ["tour_place_confirmed"]
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Participant)) == 1
        entries = db.scalars(select(AuditEntry.action).where(AuditEntry.subject_type == "registration"))
        assert list(entries) == ["events.registration.confirmed"]


def test_control_two_taps_without_the_lock(database: Database, engine: Engine) -> None:
    with database.work(WORKER) as uow:
        tour_id = a_tour(uow, PLACES).id
    with without_lock(engine) as session:
        slow = session()
        assert slow.scalar(select(Registration.id).where(Registration.form_key == "same")) is None
        register(database, tour_id, "same")
        row = unlocked_registration(tour_id, S.CONFIRMED, 1)
        row.form_key = "same"
        slow.add(row)
        if engine.dialect.name == "sqlite":
            with refused_by_sqlite(engine):
                slow.commit()
        else:
            with pytest.raises(IntegrityError) as problem:
                slow.commit()
            assert constraint_of(problem.value) == "uq_registration_form_key"
        slow.close()


def at(database: Database, moment: datetime) -> Database:
    """The same database, for somebody whose unit of work begins at another moment."""
    return Database(database.engine, database.settings, FixedClock(moment))


def an_offer(database: Database) -> tuple[int, list[int], datetime]:
    """A tour whose only place is offered, with somebody else behind it; and when the offer ends."""
    tour_id, [first, second, third] = a_full_tour(database, 1, waiting=2)
    with database.work(VISITOR) as uow:
        cancel_registration(uow, registration_id=first, link_version=1)
    with database.reading() as db:
        ends_at = db.get_one(Registration, second).offer_ends_at
    assert ends_at is not None
    return tour_id, [second, third], ends_at


def test_yes_against_the_end_of_the_offer(database: Database) -> None:
    for _attempt in range(5):
        tour_id, [offered, behind], ends_at = an_offer(database)

        def say_yes(number: int = offered, moment: datetime = ends_at) -> str:
            try:
                with at(database, moment).work(VISITOR) as uow:
                    accept_offer(uow, registration_id=number, link_version=1)
            except ConflictError as refusal:
                return refusal.code
            return "yes"

        def lapse(moment: datetime = ends_at) -> str:
            with at(database, moment + timedelta(seconds=1)).work(WORKER) as uow:
                lapse_offers(uow)
            return ""

        answer, _nothing = together([say_yes, lapse])
        tour, rows = stored(database, tour_id)
        found = {row.id: row.status for row in rows}
        expected = (S.CONFIRMED, S.WAITING) if answer == "yes" else (S.LAPSED, S.OFFERED)
        assert (found[offered], found[behind]) == expected
        assert answer in {"yes", "offer_ended"}
        assert tour.places_taken == 1


def test_control_yes_against_the_end_of_the_offer_without_the_lock(database: Database, engine: Engine) -> None:
    tour_id, [offered, _behind], ends_at = an_offer(database)
    with without_lock(engine) as session:
        person = session()
        row = person.get_one(Registration, offered)
        assert row.status is S.OFFERED
        with at(database, ends_at + timedelta(seconds=1)).work(WORKER) as uow:
            lapse_offers(uow)
        with refused_by_sqlite(engine):
            row.status = S.CONFIRMED
            person.commit()
        person.close()
    if engine.dialect.name == "postgresql":
        tour, rows = stored(database, tour_id)
        held = [row for row in rows if row.status.takes_place]
        assert (len(held), tour.places_taken) == (2, 1), "two people for one place"


def test_two_workers_pass_an_offer_on_once(database: Database) -> None:
    tour_id, [offered, behind], ends_at = an_offer(database)

    def lapse() -> int:
        with at(database, ends_at + timedelta(seconds=1)).work(WORKER) as uow:
            return lapse_offers(uow)

    assert sorted(together([lapse, lapse])) == [0, 1]
    _tour, rows = stored(database, tour_id)
    assert {row.id: row.status for row in rows if row.id in {offered, behind}} == {offered: S.LAPSED, behind: S.OFFERED}
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(CallTask)) == 0
