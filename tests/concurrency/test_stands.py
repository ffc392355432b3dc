"""Two employers at the same second: one stand, one per sector, one per employer. Each race with its control.

The controls look first and book afterwards, as two transactions: then both see a free stand, and only the index stops
the second. The rule "one per sector" has no index: there the control books two, so the fair's lock is all there is.
"""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.employers.models import Employer
from portal.events.fair_rules import booking_of
from portal.events.models import JobFair, StandBooking
from portal.events.stand_queries import stands_with_holders, taken_of
from portal.events.stands import StandWish, book_stand, release_stand
from portal.events.vocabulary import BookingStatus, EventsAction
from portal.kernel.db import constraint_of
from portal.kernel.errors import DomainError
from portal.kernel.permissions import Actor, Role, system_actor
from portal.kernel.uow import Database
from tests.conftest import TEAM
from tests.factories.employers import an_employer
from tests.factories.fairs import a_booking, a_fair, stand_id

AT_ONCE = 4
BUILDER = system_actor("test")


def at_the_same_time(*deeds: Callable[[], object]) -> list[str]:
    """Do all of it at once; what each answered: its result, the code of the refusal or the broken constraint."""
    start = threading.Barrier(len(deeds))
    answers: list[str] = []

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            answers.append(str(deed()))
        except DomainError as refusal:
            answers.append(refusal.code)
        except IntegrityError as problem:
            answers.append(constraint_of(problem) or "unknown")

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


class Fair:
    """A fair with some employers, to race on."""

    def __init__(self, database: Database, sectors: list[str], stands: int = 6) -> None:
        self.database = database
        with database.work(BUILDER) as uow:
            fair = a_fair(uow, stands)
            self.id = fair.id
            self.stands = {number: stand_id(uow, fair, number) for number in range(1, stands + 1)}
            self.employers = [an_employer(uow, f"Bedrijf {n}", sector=key) for n, key in enumerate(sectors)]

    def book(self, employer: Employer, number: int) -> str:
        """Book as the employer's owner."""
        actor = Actor(role=Role.EMPLOYER_OWNER, employer_id=employer.id)
        with self.database.work(actor) as uow:
            result = book_stand(uow, fair_id=self.id, wish=StandWish(stand_id=self.stands[number]))
        return "booked" if result.is_new else "same"

    def look_and_then_book(self, employer: Employer, number: int, both: threading.Barrier) -> str:
        """The control: decide on what a page showed, and write later."""
        with self.database.reading() as db:
            taken = taken_of(stands_with_holders(db, self.id))
            assert not any(one.number == number for one in taken)
            assert booking_of(taken, employer.id) is None
        both.wait()
        with self.database.work(BUILDER) as uow:
            booking = StandBooking(
                fair_id=self.id,
                stand_id=self.stands[number],
                employer_id=employer.id,
                status=BookingStatus.BOOKED,
                created_at=uow.now,
            )
            uow.session.add(booking)
            uow.audit(EventsAction.STAND_BOOKED, booking)
        return "booked"

    def booked(self) -> int:
        """How many stands are taken."""
        with self.database.reading() as db:
            taken = select(func.count()).select_from(StandBooking).where(StandBooking.status == BookingStatus.BOOKED)
            return db.scalar(taken) or 0


SECTORS = ["bouw", "bakkerij", "groen", "logistiek"]


def test_one_stand_goes_to_one_employer(database: Database) -> None:
    fair = Fair(database, SECTORS)
    answers = at_the_same_time(*[lambda e=employer: fair.book(e, 3) for employer in fair.employers])
    assert answers == ["booked", "stand_taken", "stand_taken", "stand_taken"]
    assert fair.booked() == 1


def test_control_one_stand_seen_free_by_two_is_stopped_by_the_index(database: Database) -> None:
    fair, both = Fair(database, SECTORS[:2]), threading.Barrier(2)
    answers = at_the_same_time(*[lambda e=e: fair.look_and_then_book(e, 3, both) for e in fair.employers])
    assert answers == ["booked", "uq_stand_booking_stand_id"]


def test_sector_takes_one_employer(database: Database) -> None:
    fair = Fair(database, ["bouw"] * AT_ONCE)
    deeds = [lambda e=employer, n=n: fair.book(e, n) for n, employer in enumerate(fair.employers, start=1)]
    assert at_the_same_time(*deeds) == ["booked", "sector_full", "sector_full", "sector_full"]
    assert fair.booked() == 1


def test_control_sector_seen_empty_by_two_gets_two(database: Database) -> None:
    fair, both = Fair(database, ["bouw", "bouw"]), threading.Barrier(2)
    deeds = [lambda e=e, n=n: fair.look_and_then_book(e, n, both) for n, e in enumerate(fair.employers, start=1)]
    assert at_the_same_time(*deeds) == ["booked", "booked"]
    assert fair.booked() == 2


def test_double_click_is_one_booking(database: Database) -> None:
    fair = Fair(database, ["bouw"])
    answers = at_the_same_time(*[lambda: fair.book(fair.employers[0], 2)] * AT_ONCE)
    assert answers == ["booked", "same", "same", "same"]
    assert fair.booked() == 1


def test_two_stands_in_two_windows_are_one_booking(database: Database) -> None:
    fair = Fair(database, ["bouw"])
    employer = fair.employers[0]
    answers = at_the_same_time(lambda: fair.book(employer, 1), lambda: fair.book(employer, 2))
    assert answers == ["booked", "stand_already_yours"]
    assert fair.booked() == 1


def test_control_employer_seen_without_stand_is_stopped_by_the_index(database: Database) -> None:
    fair, both = Fair(database, ["bouw"]), threading.Barrier(2)
    employer = fair.employers[0]
    deeds = [lambda n=number: fair.look_and_then_book(employer, n, both) for number in (1, 2)]
    assert at_the_same_time(*deeds) == ["booked", "uq_stand_booking_fair_id_employer_id"]


@pytest.mark.parametrize("_round", range(3))
def test_giving_back_and_booking_never_leave_two_on_one_stand(database: Database, _round: int) -> None:
    fair = Fair(database, ["bouw", "bakkerij"])
    first, second = fair.employers
    with database.work(BUILDER) as uow:
        booking = a_booking(uow, uow.session.get_one(JobFair, fair.id), first, 1)

    def release() -> str:
        with database.work(TEAM) as uow:
            release_stand(uow, booking_id=booking.id, reason="Ruil.")
        return "released"

    answers = at_the_same_time(release, lambda: fair.book(second, 1))
    assert answers in (["booked", "released"], ["released", "stand_taken"])
    assert fair.booked() == (1 if "booked" in answers else 0)
