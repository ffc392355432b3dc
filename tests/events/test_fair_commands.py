"""Making, changing, opening, closing and cancelling a fair, and putting stands on its floor."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.employers.models import Employer
from portal.events import job_fairs
from portal.events.fair_rules import StandPlace, Zone
from portal.events.job_fairs import FairInput
from portal.events.models import JobFair, Stand
from portal.events.vocabulary import FairStatus
from portal.kernel.audit import AuditEntry
from portal.kernel.errors import ConflictError, DomainError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database, UnitOfWork
from tests.conftest import NOW, TEAM, WorkAs
from tests.factories.employers import a_member, an_employer, an_owner
from tests.factories.fairs import a_booking, a_fair, stand_id
from tests.support.outbox import Outbox

EMPLOYER = Actor(role=Role.EMPLOYER_OWNER, employer_id=1, user_id=1)


def an_input(**fields: object) -> FairInput:
    values: dict[str, object] = {
        "title": "Werkmarkt voor statushouders",
        "starts_at": NOW + timedelta(days=35),
        "ends_at": NOW + timedelta(days=35, hours=3),
        "place": "Sporthal De Mheenschans",
        "address": "Mheenschans 1, Apeldoorn",
        "zones": (Zone(16, 10, 8, 6, "koffie"),),
        "sector_exceptions": {"ouderenzorg": 2},
        **fields,
    }
    return FairInput(**values)  # type: ignore[arg-type]


def as_input(fair: JobFair, **fields: object) -> FairInput:
    names = ("title", "starts_at", "ends_at", "place", "address", "build_up_at", "description", "district")
    return an_input(**{name: getattr(fair, name) for name in names} | fields)


def test_team_makes_a_fair_and_opens_it(work_as: WorkAs, database: Database) -> None:
    with work_as(TEAM) as uow:
        fair_id = job_fairs.plan_fair(uow, fair=an_input())
        with pytest.raises(ConflictError, match="fair_without_stands"):
            job_fairs.open_fair(uow, fair_id=fair_id)
        assert job_fairs.add_stands(uow, fair_id=fair_id, places=[StandPlace(1, 1, 1, 3, 2, True)]) == 1
        job_fairs.open_fair(uow, fair_id=fair_id)
    with database.reading() as db:
        fair = db.get_one(JobFair, fair_id)
        assert (fair.status, fair.opened_at, fair.details_version) == (FairStatus.OPEN, NOW, 2)
        assert fair.zones == [{"x": 16, "y": 10, "width": 8, "depth": 6, "label": "koffie"}]
        actions = db.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        assert actions == ["events.fair.planned", "events.stand.added", "events.fair.opened"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"starts_at": NOW}, "fair_in_past"),
        ({"ends_at": NOW + timedelta(days=35)}, "fair_end_before_start"),
        ({"build_up_at": NOW + timedelta(days=36)}, "build_up_after_start"),
        ({"hall_width": 0}, "hall_size_invalid"),
        ({"max_per_sector": 0}, "sector_limit_invalid"),
    ],
)
def test_fair_that_cannot_be_is_refused(work_as: WorkAs, fields: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError) as refusal, work_as(TEAM) as uow:
        job_fairs.plan_fair(uow, fair=an_input(**fields))
    assert refusal.value.code == code


def test_employer_makes_nothing(work_as: WorkAs, uow: UnitOfWork) -> None:
    fair = a_fair(uow)
    uow.session.commit()
    deeds: list[Callable[[UnitOfWork], object]] = [
        lambda work: job_fairs.plan_fair(work, fair=an_input()),
        lambda work: job_fairs.edit_fair(work, fair_id=fair.id, details_version=1, fair=an_input()),
        lambda work: job_fairs.close_fair(work, fair_id=fair.id),
        lambda work: job_fairs.cancel_fair(work, fair_id=fair.id, reason="Nee"),
        lambda work: job_fairs.add_stands(work, fair_id=fair.id, places=[]),
        lambda work: job_fairs.remove_stand(work, stand_id=1),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowedError), work_as(EMPLOYER) as work:
            deed(work)


def test_stale_edit_is_refused(work_as: WorkAs, uow: UnitOfWork) -> None:
    fair = a_fair(uow)
    uow.session.commit()
    with work_as(TEAM) as work:
        job_fairs.edit_fair(work, fair_id=fair.id, details_version=1, fair=as_input(fair, title="Banenmarkt"))
    with pytest.raises(ConflictError, match="stale_edit"), work_as(TEAM) as work:
        job_fairs.edit_fair(work, fair_id=fair.id, details_version=1, fair=as_input(fair, title="Andere naam"))


def test_hall_does_not_become_smaller_than_its_stands(work_as: WorkAs, uow: UnitOfWork) -> None:
    fair = a_fair(uow, stands=9)
    uow.session.commit()
    with pytest.raises(InvalidError, match="stand_outside_hall"), work_as(TEAM) as work:
        job_fairs.edit_fair(work, fair_id=fair.id, details_version=1, fair=as_input(fair, hall_width=20.0))


def test_moved_fair_tells_who_has_a_stand(work_as: WorkAs, uow: UnitOfWork, outbox: Outbox) -> None:
    employer, owner = an_owner(uow)
    fair = a_fair(uow)
    a_booking(uow, fair, employer, 2)
    uow.session.commit()
    with work_as(TEAM) as work:
        job_fairs.edit_fair(work, fair_id=fair.id, details_version=1, fair=as_input(fair, title="Nieuwe naam"))
    assert outbox.names() == []
    later = as_input(
        fair, starts_at=fair.starts_at + timedelta(days=1), ends_at=fair.ends_at + timedelta(days=1), build_up_at=None
    )
    with work_as(TEAM) as work:
        job_fairs.edit_fair(work, fair_id=fair.id, details_version=2, fair=later)
    assert outbox.names() == ["fair_moved"]
    (mail,) = outbox.to(owner.email)
    calendar = str(mail)
    assert "METHOD:REQUEST" in calendar
    assert "SEQUENCE:1" in calendar


def test_cancelled_fair_tells_everybody_with_a_stand_once(work_as: WorkAs, uow: UnitOfWork, outbox: Outbox) -> None:
    first, owner = an_owner(uow)
    second = an_employer(uow, "Bakkerij De Sprenge", sector="bakkerij")
    a_member(uow, second, email="bakker@sprenge.example")
    fair = a_fair(uow)
    a_booking(uow, fair, first, 1)
    a_booking(uow, fair, second, 2)
    uow.session.commit()
    with pytest.raises(InvalidError, match="text_needed"), work_as(TEAM) as work:
        job_fairs.cancel_fair(work, fair_id=fair.id, reason=" ")
    with work_as(TEAM) as work:
        job_fairs.cancel_fair(work, fair_id=fair.id, reason="De hal is stuk.")
    assert outbox.names() == ["fair_cancelled", "fair_cancelled"]
    for address in (owner.email, "bakker@sprenge.example"):
        (mail,) = outbox.to(address)
        assert "METHOD:CANCEL" in str(mail)
        assert "De hal is stuk." in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    with pytest.raises(ConflictError, match="move_not_possible"), work_as(TEAM) as work:
        job_fairs.cancel_fair(work, fair_id=fair.id, reason="Nog eens")


def test_stands_are_added_all_or_none(work_as: WorkAs, uow: UnitOfWork, database: Database) -> None:
    fair = a_fair(uow, stands=2)
    uow.session.commit()
    with pytest.raises(InvalidError, match="stand_number_double"), work_as(TEAM) as work:
        job_fairs.add_stands(work, fair_id=fair.id, places=[StandPlace(7, 30, 1, 3, 2), StandPlace(2, 35, 1, 3, 2)])
    with database.reading() as db:
        assert numbers(db, fair) == [1, 2]


def test_stand_that_somebody_has_keeps_its_number_and_power(work_as: WorkAs, uow: UnitOfWork) -> None:
    employer: Employer = an_employer(uow)
    fair = a_fair(uow)
    a_booking(uow, fair, employer, 1, needs_power=True)
    stand = stand_id(uow, fair, 1)
    uow.session.commit()
    for place, code in (
        (StandPlace(9, 1, 0.5, 3, 2, True), "stand_number_booked"),
        (StandPlace(1, 1, 0.5, 3, 2, False), "stand_power_needed"),
    ):
        with pytest.raises(ConflictError, match=code), work_as(TEAM) as work:
            job_fairs.edit_stand(work, stand_id=stand, place=place)
    with pytest.raises(ConflictError, match="stand_booked"), work_as(TEAM) as work:
        job_fairs.remove_stand(work, stand_id=stand)
    with work_as(TEAM) as work:
        job_fairs.edit_stand(work, stand_id=stand, place=StandPlace(1, 30, 20, 3, 2, True))


def test_free_stand_is_moved_and_removed(work_as: WorkAs, uow: UnitOfWork, database: Database) -> None:
    fair = a_fair(uow, stands=2)
    stand = stand_id(uow, fair, 2)
    uow.session.commit()
    with work_as(TEAM) as work:
        job_fairs.edit_stand(work, stand_id=stand, place=StandPlace(12, 30, 20, 4, 2, True))
    with database.reading() as db:
        assert numbers(db, fair) == [1, 12]
    with work_as(TEAM) as work:
        job_fairs.remove_stand(work, stand_id=stand)
    with database.reading() as db:
        assert numbers(db, fair) == [1]
    with pytest.raises(NotFoundError), work_as(TEAM) as work:
        job_fairs.remove_stand(work, stand_id=stand)


def test_fair_that_is_over_is_not_changed(work_as: WorkAs, uow: UnitOfWork) -> None:
    fair = a_fair(uow, in_days=-2)
    uow.session.commit()
    with pytest.raises(ConflictError, match="fair_ended"), work_as(TEAM) as work:
        job_fairs.add_stands(work, fair_id=fair.id, places=[])


def numbers(db: Session, fair: JobFair) -> list[int]:
    return list(db.scalars(select(Stand.number).where(Stand.fair_id == fair.id).order_by(Stand.number)))
