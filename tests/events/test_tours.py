"""Planning, changing and ending tours."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.employers.models import Employer
from portal.employers.vocabulary import EmployerStatus
from portal.events.models import Registration, Tour
from portal.events.tours import (
    TourInput,
    cancel_tour,
    decline_proposal,
    edit_tour,
    plan_tour,
    propose_tour,
    publish_tour,
    resize_tour,
    take_over_proposal,
    withdraw_proposal,
)
from portal.events.vocabulary import RegistrationStatus, TourStatus
from portal.kernel.audit import AuditEntry
from portal.kernel.clock import FixedClock
from portal.kernel.errors import ConflictError, DomainError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.permissions import VISITOR, Actor, Role, system_actor
from portal.kernel.uow import Database
from portal.participants.models import CallTask, Participant
from tests.conftest import NOW, TEAM, WorkAs
from tests.factories.events import a_company, a_registration, a_tour
from tests.factories.participants import a_participant
from tests.support.outbox import Outbox

S = RegistrationStatus
WORKER = system_actor("test")
START = NOW + timedelta(days=14)
GOOD = TourInput(
    title="Kijken in de snijderij",
    starts_at=START,
    ends_at=START + timedelta(minutes=105),
    be_there_at=START - timedelta(minutes=15),
    meeting_point="Receptie, Koeldijk 14, Apeldoorn",
    capacity=12,
    rules=("shoes", "cold"),
    interpreters=("ar", "ti"),
)


@pytest.fixture
def employer(work_as: WorkAs) -> Employer:
    with work_as(WORKER) as uow:
        return a_company(uow)


@pytest.fixture
def member(employer: Employer) -> Actor:
    return Actor(role=Role.EMPLOYER_MEMBER, user_id=7, name="Hanneke", employer_id=employer.id)


def get_tour(database: Database, tour_id: int) -> Tour:
    with database.reading() as db:
        return db.get_one(Tour, tour_id)


def test_an_employer_proposes_and_the_team_publishes(
    work_as: WorkAs, database: Database, outbox: Outbox, member: Actor
) -> None:
    with work_as(member) as uow:
        tour_id = propose_tour(uow, tour=GOOD)
    assert get_tour(database, tour_id).status is TourStatus.PROPOSED
    with pytest.raises(NotAllowedError), work_as(member) as uow:
        publish_tour(uow, tour_id=tour_id)
    with work_as(TEAM) as uow:
        publish_tour(uow, tour_id=tour_id)
    tour = get_tour(database, tour_id)
    assert (tour.status, tour.published_at, tour.rules) == (TourStatus.PUBLISHED, NOW, ["shoes", "cold"])
    assert outbox.names() == ["tour_proposed", "tour_published"]


def test_the_team_plans_a_tour_for_an_approved_employer_only(work_as: WorkAs, employer: Employer) -> None:
    with work_as(TEAM) as uow:
        plan_tour(uow, employer_id=employer.id, tour=GOOD)
    with work_as(WORKER) as uow:
        uow.session.get_one(Employer, employer.id).status = EmployerStatus.SUBMITTED
        uow.without_audit("the test sets the scene")
    with pytest.raises(ConflictError, match="tour_employer_not_approved"), work_as(TEAM) as uow:
        plan_tour(uow, employer_id=employer.id, tour=GOOD)
    with pytest.raises(NotFoundError), work_as(TEAM) as uow:
        plan_tour(uow, employer_id=999, tour=GOOD)


def test_nobody_else_plans_or_proposes(work_as: WorkAs, employer: Employer, member: Actor) -> None:
    for actor in (VISITOR, Actor(role=Role.COACH, user_id=1), Actor(role=Role.EMPLOYER_APPLICANT, user_id=2)):
        with pytest.raises(NotAllowedError), work_as(actor) as uow:
            propose_tour(uow, tour=GOOD)
    with pytest.raises(NotAllowedError), work_as(member) as uow:
        plan_tour(uow, employer_id=employer.id, tour=GOOD)


def test_a_proposal_is_declined_with_a_reason(
    work_as: WorkAs, database: Database, outbox: Outbox, member: Actor
) -> None:
    with work_as(member) as uow:
        tour_id = propose_tour(uow, tour=GOOD)
    with pytest.raises(InvalidError, match="text_needed"), work_as(TEAM) as uow:
        decline_proposal(uow, tour_id=tour_id, reason=" ")
    with work_as(TEAM) as uow:
        decline_proposal(uow, tour_id=tour_id, reason="Die dag is er al een rondleiding.")
    assert get_tour(database, tour_id).status is TourStatus.DECLINED
    mail = outbox.deliver()[-1]
    assert "Die dag is er al een rondleiding." in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_an_employer_edits_and_withdraws_its_own_proposal_only(
    work_as: WorkAs, database: Database, member: Actor
) -> None:
    other = Actor(role=Role.EMPLOYER_MEMBER, user_id=8, employer_id=999)
    with work_as(member) as uow:
        tour_id = propose_tour(uow, tour=GOOD)
    for forbidden in (
        lambda uow: edit_tour(uow, tour_id=tour_id, details_version=1, tour=replace(GOOD, title="Anders")),
        lambda uow: withdraw_proposal(uow, tour_id=tour_id),
    ):
        with pytest.raises(NotFoundError), work_as(other) as uow:
            forbidden(uow)
    with work_as(member) as uow:
        edit_tour(uow, tour_id=tour_id, details_version=1, tour=replace(GOOD, title="Anders"))
    with work_as(TEAM) as uow:
        take_over_proposal(uow, tour_id=tour_id)
    assert get_tour(database, tour_id).title == "Anders"
    with pytest.raises(ConflictError, match="move_not_possible"), work_as(member) as uow:
        edit_tour(uow, tour_id=tour_id, details_version=3, tour=GOOD)
    with pytest.raises(ConflictError, match="move_not_possible"), work_as(member) as uow:
        withdraw_proposal(uow, tour_id=tour_id)


def test_a_stale_edit_is_refused(work_as: WorkAs, employer: Employer, database: Database) -> None:
    with work_as(TEAM) as uow:
        tour_id = plan_tour(uow, employer_id=employer.id, tour=GOOD)
    with work_as(TEAM) as uow:
        edit_tour(uow, tour_id=tour_id, details_version=1, tour=replace(GOOD, title="Eerst"))
    with pytest.raises(ConflictError, match="stale_edit"), work_as(TEAM) as uow:
        edit_tour(uow, tour_id=tour_id, details_version=1, tour=replace(GOOD, title="Te laat"))
    assert get_tour(database, tour_id).title == "Eerst"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ends_at": START}, "end_before_start"),
        ({"be_there_at": START + timedelta(minutes=1)}, "be_there_after_start"),
        ({"capacity": 0}, "capacity_invalid"),
        ({"rules": ("dance",)}, "rule_unknown"),
        ({"interpreters": ("xx",)}, "interpreter_unknown"),
    ],
)
def test_what_cannot_be_is_refused(work_as: WorkAs, employer: Employer, change: dict[str, object], code: str) -> None:
    with pytest.raises(InvalidError, match=code), work_as(TEAM) as uow:
        plan_tour(uow, employer_id=employer.id, tour=replace(GOOD, **change))  # type: ignore[arg-type]


def test_a_tour_in_the_past_is_not_published(work_as: WorkAs, employer: Employer, clock: FixedClock) -> None:
    with work_as(TEAM) as uow:
        tour_id = plan_tour(uow, employer_id=employer.id, tour=GOOD)
    clock.moment = START
    with pytest.raises(ConflictError, match="tour_in_past"), work_as(TEAM) as uow:
        publish_tour(uow, tour_id=tour_id)
    with pytest.raises(ConflictError, match="tour_in_past"), work_as(TEAM) as uow:
        plan_tour(uow, employer_id=employer.id, tour=GOOD)


class Visited:
    """A published tour with one person who has a place, one who waits, and one who left."""

    def __init__(self, work_as: WorkAs) -> None:
        with work_as(WORKER) as uow:
            self.tour = a_tour(uow, 1)
            self.people = [a_participant(uow, email=f"p{number}@postvak.example") for number in range(3)]
            states = (S.CONFIRMED, S.WAITING, S.CANCELLED)
            self.rows = [
                a_registration(uow, self.tour, person, status=status)
                for person, status in zip(self.people, states, strict=True)
            ]

    def input(self, **changes: object) -> TourInput:
        names = [name for name in TourInput.__slots__ if name not in {"rules", "interpreters"}]
        values = {name: getattr(self.tour, name) for name in names}
        lists = {"rules": tuple(self.tour.rules), "interpreters": tuple(self.tour.interpreters)}
        return TourInput(**values | lists | changes)


def test_a_move_reaches_everybody_concerned(work_as: WorkAs, database: Database, outbox: Outbox) -> None:
    scene = Visited(work_as)
    later = {name: getattr(scene.tour, name) + timedelta(days=40) for name in ("starts_at", "ends_at", "be_there_at")}
    with work_as(TEAM) as uow:
        edit_tour(uow, tour_id=scene.tour.id, details_version=1, tour=scene.input(**later))
    names = [(row.name, row.recipient_kind, row.recipient_id) for row in outbox.rows()]
    told = {number for name, kind, number in names if name == "tour_moved" and kind == "participant"}
    assert told == {scene.people[0].id, scene.people[1].id}
    assert [kind for name, kind, _number in names if name == "tour_moved_employer"] == ["member"]
    with database.reading() as db:
        assert db.get_one(Tour, scene.tour.id).calendar_sequence == 1
        sequences = [db.get_one(Registration, row.id).calendar_sequence for row in scene.rows]
        assert sequences == [1, 0, 0]
        new_end = later["starts_at"].date() + timedelta(days=30)
        assert [db.get_one(Participant, person.id).delete_on == new_end for person in scene.people[:2]] == [True, True]


def test_another_title_moves_nothing(work_as: WorkAs, database: Database, outbox: Outbox) -> None:
    scene = Visited(work_as)
    with work_as(TEAM) as uow:
        edit_tour(uow, tour_id=scene.tour.id, details_version=1, tour=scene.input(title="Anders"))
    assert outbox.names() == []
    assert get_tour(database, scene.tour.id).calendar_sequence == 0
    with work_as(TEAM) as uow:
        edit_tour(uow, tour_id=scene.tour.id, details_version=2, tour=scene.input(title="Anders"))
    assert get_tour(database, scene.tour.id).details_version == 2


def test_cancelling_tells_everybody_and_frees_the_places(work_as: WorkAs, database: Database, outbox: Outbox) -> None:
    scene = Visited(work_as)
    with pytest.raises(InvalidError, match="text_needed"), work_as(TEAM) as uow:
        cancel_tour(uow, tour_id=scene.tour.id, reason="")
    with work_as(TEAM) as uow:
        cancel_tour(uow, tour_id=scene.tour.id, reason="De machine is stuk.")
    assert sorted(outbox.names()) == ["tour_cancelled", "tour_cancelled", "tour_cancelled_employer"]
    with database.reading() as db:
        tour = db.get_one(Tour, scene.tour.id)
        assert (tour.status, tour.places_taken, tour.calendar_sequence) == (TourStatus.CANCELLED, 0, 1)
        assert {row.status for row in db.scalars(select(Registration))} == {S.CANCELLED}
        assert [db.get_one(Registration, row.id).calendar_sequence for row in scene.rows] == [1, 0, 0]


def test_a_smaller_tour_never_loses_who_comes(work_as: WorkAs, database: Database) -> None:
    with work_as(WORKER) as uow:
        tour = a_tour(uow, 3)
        a_registration(uow, tour)
        a_registration(uow, tour)
    with pytest.raises(ConflictError, match="below_taken") as refusal, work_as(TEAM) as uow:
        resize_tour(uow, tour_id=tour.id, capacity=1)
    assert refusal.value.facts == {"taken": 2}
    with work_as(TEAM) as uow:
        resize_tour(uow, tour_id=tour.id, capacity=2)
    assert get_tour(database, tour.id).capacity == 2


def test_more_places_are_offered_to_who_waits(work_as: WorkAs, database: Database) -> None:
    scene = Visited(work_as)
    with work_as(TEAM) as uow:
        resize_tour(uow, tour_id=scene.tour.id, capacity=3)
    with database.reading() as db:
        assert db.get_one(Registration, scene.rows[1].id).status is S.OFFERED
        assert db.get_one(Tour, scene.tour.id).places_taken == 2


def test_fewer_places_end_needless_calls(work_as: WorkAs, database: Database, clock: FixedClock) -> None:
    scene = Visited(work_as)
    clock.moment = scene.tour.starts_at - timedelta(hours=2)
    with work_as(TEAM) as uow:
        resize_tour(uow, tour_id=scene.tour.id, capacity=2)
    with work_as(TEAM) as uow:
        resize_tour(uow, tour_id=scene.tour.id, capacity=1)
    with database.reading() as db:
        task = db.scalars(select(CallTask)).one()
        assert task.dropped_at is not None


def test_every_command_leaves_a_trail(work_as: WorkAs, database: Database, employer: Employer) -> None:
    with work_as(TEAM) as uow:
        tour_id = plan_tour(uow, employer_id=employer.id, tour=GOOD)
    with work_as(TEAM) as uow:
        publish_tour(uow, tour_id=tour_id)
    with work_as(TEAM) as uow:
        cancel_tour(uow, tour_id=tour_id, reason="Ziek")
    with database.reading() as db:
        entries = db.scalars(select(AuditEntry).where(AuditEntry.subject_type == "tour").order_by(AuditEntry.id))
        actions = [(entry.action, entry.actor_role) for entry in entries]
    assert [action for action, _role in actions[-3:]] == [
        "events.tour.planned",
        "events.tour.published",
        "events.tour.cancelled",
    ]
    with pytest.raises(DomainError), work_as(TEAM) as uow:
        publish_tour(uow, tour_id=tour_id)
