"""Random histories of one tour: whatever happens in whatever order, the places and the queue stay right."""

import contextlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.events import offers, places, registrations, rules, tours
from portal.events.models import Registration, Tour
from portal.events.notifications import FreePlaceCall, PlaceOffered
from portal.events.registrations import VisitorDetails
from portal.events.vocabulary import RegistrationStatus
from portal.kernel.clock import FixedClock
from portal.kernel.errors import ConflictError
from portal.kernel.permissions import VISITOR, Actor, system_actor
from portal.kernel.uow import Database, UnitOfWork
from portal.participants import queries
from portal.participants.models import CallTask
from tests.conftest import NOW, TEAM
from tests.factories.events import a_tour

S = RegistrationStatus
WORKER = system_actor("worker")
DEEDS = (
    *("register", "register", "register", "leave", "leave", "wait", "wait"),
    *("accept", "decline", "told", "by_phone", "resize"),
)
STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(min_value=0, max_value=19)), min_size=15, max_size=40)


class History:
    """One tour, told step by step; after every step everything must be right."""

    def __init__(self, database: Database, clock: FixedClock, capacity: int, hours: int) -> None:
        clock.moment = NOW
        self.database, self.clock = database, clock
        self.ended: set[int] = set()
        self.forms = 0
        with database.work(WORKER) as uow:
            start = NOW + timedelta(hours=hours)
            times = {"starts_at": start, "be_there_at": start, "ends_at": start + timedelta(hours=1)}
            self.tour_id = a_tour(uow, capacity, **times).id

    def act(self, deed: str, number: int) -> None:
        """Do one thing; a refusal is a fine answer."""
        before = self.rows()
        with contextlib.suppress(ConflictError):
            getattr(self, deed)(number)
        self.check(before)

    def register(self, number: int) -> None:
        self.forms += 1
        contact = {"email": f"p{self.forms}@postvak.example"} if number % 2 else {"phone": "+31689000001"}
        details = VisitorDetails(first_name=f"P{self.forms}", **contact)  # type: ignore[arg-type]
        key = f"{self.tour_id}-{self.forms}"
        self.work(VISITOR, registrations.register_visitor, tour_id=self.tour_id, details=details, form_key=key)

    def leave(self, number: int) -> None:
        self.to(number, registrations.cancel_registration, S.CONFIRMED, S.OFFERED, S.WAITING)

    def accept(self, number: int) -> None:
        self.to(number, offers.accept_offer, S.OFFERED)

    def decline(self, number: int) -> None:
        self.to(number, offers.decline_offer, S.OFFERED)

    def by_phone(self, number: int) -> None:
        self.to(number, offers.confirm_by_phone, S.OFFERED, S.WAITING)

    def told(self, number: int) -> None:
        with self.database.reading() as db:
            tasks = list(
                db.scalars(
                    select(CallTask.id)
                    .where(CallTask.told_at.is_(None), CallTask.dropped_at.is_(None))
                    .where(CallTask.message_name.in_((PlaceOffered.name, FreePlaceCall.name)))
                    .where(CallTask.registration_id.in_([row.id for row in self.rows()]))
                )
            )
        if tasks:
            self.work(TEAM, offers.note_told, call_task_id=tasks[number % len(tasks)])

    def lapse(self, _number: int) -> None:
        self.work(WORKER, offers.lapse_offers)
        held = [row.offer_ends_at for row in self.rows() if row.status is S.OFFERED]
        assert all(until is None or until >= self.clock.now() for until in held)

    def resize(self, number: int) -> None:
        self.work(TEAM, tours.resize_tour, tour_id=self.tour_id, capacity=1 + number % 6)

    def wait(self, number: int) -> None:
        self.clock.advance(timedelta(hours=3 * number))
        self.lapse(0)

    def to(self, number: int, deed: Callable[..., None], *statuses: RegistrationStatus) -> None:
        """Do something to one of the registrations in such a state."""
        fitting = [row for row in self.rows() if row.status in statuses]
        if fitting:
            self.work(TEAM, deed, registration_id=fitting[number % len(fitting)].id)

    def work(self, actor: Actor, command: Callable[..., object], **values: Any) -> None:
        with self.database.work(actor) as uow:
            command(uow, **values)

    def rows(self) -> list[Registration]:
        with self.database.reading() as db:
            found = select(Registration).where(Registration.tour_id == self.tour_id).order_by(Registration.id)
            return list(db.scalars(found))

    def check(self, before: list[Registration]) -> None:
        rows = self.rows()
        with self.database.work(WORKER) as uow:
            tour = uow.session.get_one(Tour, self.tour_id)
            self.places_are_right(uow, tour, rows)
            self.nobody_waits_in_vain(uow, tour, rows)
        self.nobody_overtakes(before, rows)
        assert self.ended <= {row.id for row in rows if not row.status.is_active}
        self.ended = {row.id for row in rows if not row.status.is_active}

    def places_are_right(self, uow: UnitOfWork, tour: Tour, rows: list[Registration]) -> None:
        taken = sum(row.status.takes_place for row in rows)
        assert taken == tour.places_taken == places.counted(uow, tour.id) <= tour.capacity
        people = [row.participant_id for row in rows if row.status.is_active]
        assert len(people) == len(set(people))
        assert len({row.ticket for row in rows}) == len(rows)

    def nobody_waits_in_vain(self, uow: UnitOfWork, tour: Tour, rows: list[Registration]) -> None:
        waiting = [row.id for row in rows if row.status is S.WAITING]
        if not waiting or tour.free_places <= 0 or not rules.is_open(tour.status, tour.starts_at, uow.now):
            return
        assert rules.reply_deadline(uow.now, tour.starts_at) is None
        told = set(
            uow.session.scalars(
                select(CallTask.registration_id).where(
                    CallTask.message_name == FreePlaceCall.name, CallTask.told_at.is_not(None)
                )
            )
        )
        assert queries.open_calls(uow.session, waiting, FreePlaceCall.name) | told >= set(waiting)

    def nobody_overtakes(self, before: list[Registration], after: list[Registration]) -> None:
        """Who got an offer in this step had waited longer than everybody who still waits."""
        was = {row.id: row.status for row in before}
        offered = [row.id for row in after if row.status is S.OFFERED and was.get(row.id) is S.WAITING]
        waiting = [row.id for row in after if row.status is S.WAITING]
        assert not offered or not waiting or max(offered) < min(waiting)
        confirmed = [row.id for row in after if row.status is S.CONFIRMED and row.id not in was]
        assert not confirmed or not waiting


@given(
    steps=STEPS,
    capacity=st.integers(min_value=1, max_value=3),
    hours=st.sampled_from((3, 30, 150, 340)),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@example(steps=[("register", 1), ("register", 1), ("leave", 0), ("wait", 19), ("register", 1)], capacity=1, hours=340)
@example(steps=[("register", 1), ("register", 1), ("leave", 0), ("register", 1), ("by_phone", 0)], capacity=1, hours=3)
@example(steps=[("register", 1), ("register", 2), ("leave", 0), ("wait", 10), ("told", 0)], capacity=1, hours=40)
def test_whatever_happens_the_places_and_the_queue_stay_right(
    database: Database, clock: FixedClock, steps: list[tuple[str, int]], capacity: int, hours: int
) -> None:
    history = History(database, clock, capacity, hours)
    for deed, number in steps:
        history.act(deed, number)
