"""Placements as the team keeps them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.audit import AuditEntry
from portal.kernel.clock import FixedClock, local_day
from portal.kernel.errors import DomainError, NotAllowedError, NotFoundError
from portal.kernel.permissions import Actor
from portal.kernel.uow import UnitOfWork
from portal.placements.models import Placement
from portal.placements.recording import change_placement, end_placement, record_placement, start_placements
from portal.placements.vocabulary import PlacementKind, PlacementStatus
from tests.conftest import WorkAs
from tests.factories.employers import an_employer
from tests.factories.participants import a_participant
from tests.factories.placements import a_placement, placement_input
from tests.placements.conftest import SYSTEM, Cast
from tests.support.outbox import Outbox


def refused(work_as: WorkAs, actor: Actor, deed: Callable[[UnitOfWork], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, work_as(actor) as uow:
        deed(uow)
    return caught.value


def test_a_placement_gets_the_next_number_of_its_year(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock
) -> None:
    found = []
    for days in (0, 0, 60):
        clock.advance(timedelta(days=days))
        with work_as(cast.team) as uow:
            placement_id = record_placement(uow, employer_id=cast.employer.id, details=placement_input(uow))
        found.append(session.get_one(Placement, placement_id).number)
        session.rollback()
    assert found == ["P-2026-001", "P-2026-002", "P-2027-001"]


def test_a_refused_placement_uses_no_number(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        wrong = placement_input(uow, kind=PlacementKind.TRIAL)
    deed = lambda uow: record_placement(uow, employer_id=cast.employer.id, details=wrong)  # noqa: E731
    assert refused(work_as, cast.team, deed).code == "trial_needs_end"
    with work_as(cast.team) as uow:
        placement_id = record_placement(uow, employer_id=cast.employer.id, details=placement_input(uow))
    assert session.get_one(Placement, placement_id).number == "P-2026-001"


def test_the_company_hears_of_a_placement_that_begins_and_of_an_old_one_not(
    work_as: WorkAs, cast: Cast, outbox: Outbox
) -> None:
    with work_as(cast.team) as uow:
        record_placement(uow, employer_id=cast.employer.id, details=placement_input(uow))
        old = placement_input(uow, starts_on=local_day(uow.now) - timedelta(days=60))
        record_placement(uow, employer_id=cast.employer.id, details=old)
    (mail,) = outbox.to(cast.owner.email)
    assert "P-2026-001" in str(mail["Subject"])
    assert "AP-2231" not in str(mail)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reference": None}, "person_missing"),
        ({"reference": "Tesfay"}, "reference_form"),
        ({"reference": "999910012"}, "sensitive_number"),
        ({"job_title": "bakker 999910012"}, "sensitive_number"),
        ({"participant_id": 9876}, "participant_unknown"),
        ({"team_contact_id": 9876}, "colleague_unknown"),
        ({"hours": 80}, "hours_range"),
        ({"job_title": " "}, "text_needed"),
    ],
)
def test_what_breaks_a_rule_is_refused(work_as: WorkAs, cast: Cast, fields: dict[str, object], code: str) -> None:
    with work_as(SYSTEM) as uow:
        details = placement_input(uow, **fields)
    deed = lambda uow: record_placement(uow, employer_id=cast.employer.id, details=details)  # noqa: E731
    assert refused(work_as, cast.team, deed).code == code


def test_only_at_a_company_that_the_team_let_in(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        waiting = an_employer(uow, "Nieuw bedrijf", status="submitted")
        details = placement_input(uow)
    for employer_id in (waiting.id, 98765):
        deed = lambda uow, e=employer_id: record_placement(uow, employer_id=e, details=details)  # noqa: E731
        assert refused(work_as, cast.team, deed).code == "employer_unknown"


def test_a_participant_may_stand_for_the_reference(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        person = a_participant(uow, "Tesfay")
    with work_as(cast.team) as uow:
        details = placement_input(uow, reference=None, participant_id=person.id)
        placement_id = record_placement(uow, employer_id=cast.employer.id, details=details)
    assert session.get_one(Placement, placement_id).participant_id == person.id


def test_a_change_is_kept_and_the_trail_names_only_the_fields(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock
) -> None:
    with work_as(cast.team) as uow:
        soon = local_day(uow.now) + timedelta(days=3)
        details = placement_input(uow, reference="AP-7002", starts_on=soon, team_contact_id=cast.contact.id)
        change_placement(uow, placement_id=cast.placement.id, version=1, details=details)
    changed = session.get_one(Placement, cast.placement.id)
    assert (changed.reference, changed.status, changed.details_version) == ("AP-7002", PlacementStatus.PLANNED, 2)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "placements.placement.changed")).one()
    assert entry.details["fields"] == ["reference", "starts_on"]
    assert "AP-7002" not in repr(entry.details)


def test_a_stale_change_is_refused(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        details = placement_input(uow)
    deed = lambda uow: change_placement(uow, placement_id=cast.placement.id, version=7, details=details)  # noqa: E731
    assert refused(work_as, cast.team, deed).code == "stale_edit"


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("convert", PlacementStatus.CONVERTED), ("end", PlacementStatus.ENDED), ("stop", PlacementStatus.STOPPED)],
)
def test_a_placement_ends_with_an_outcome(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock, outcome: str, status: PlacementStatus
) -> None:
    today = local_day(clock.now())
    with work_as(cast.team) as uow:
        end_placement(
            uow, placement_id=cast.placement.id, outcome=outcome, ended_on=today, reason="De reis was te lang."
        )
    ended = session.get_one(Placement, cast.placement.id)
    assert (ended.status, ended.ends_on, ended.end_reason) == (status, today, "De reis was te lang.")


def test_an_end_that_cannot_be_is_refused(work_as: WorkAs, cast: Cast, clock: FixedClock) -> None:
    today = local_day(clock.now())
    for outcome, day, reason, code in [
        ("stop", today, " ", "text_needed"),
        ("end", today + timedelta(days=1), "", "end_in_future"),
        ("end", today - timedelta(days=100), "", "ends_before_start"),
        ("stop", today, "BSN 999910012", "sensitive_number"),
    ]:
        deed = lambda uow, o=outcome, d=day, r=reason: end_placement(  # noqa: E731
            uow, placement_id=cast.placement.id, outcome=o, ended_on=d, reason=r
        )
        assert refused(work_as, cast.team, deed).code == code


def test_what_ended_stays_ended(work_as: WorkAs, cast: Cast, clock: FixedClock) -> None:
    today = local_day(clock.now())
    with work_as(cast.team) as uow:
        end_placement(uow, placement_id=cast.placement.id, outcome="end", ended_on=today)
        details = placement_input(uow)
    again = lambda uow: end_placement(uow, placement_id=cast.placement.id, outcome="convert", ended_on=today)  # noqa: E731
    change = lambda uow: change_placement(uow, placement_id=cast.placement.id, version=2, details=details)  # noqa: E731
    assert refused(work_as, cast.team, again).code == "move_not_possible"
    assert refused(work_as, cast.team, change).code == "move_not_possible"


def test_a_planned_placement_is_only_stopped_or_started_by_its_day(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock
) -> None:
    with work_as(SYSTEM) as uow:
        soon, later = a_placement(uow, cast.employer, in_days=3), a_placement(uow, cast.employer, in_days=4)
    deed = lambda uow: end_placement(uow, placement_id=soon.id, outcome="end", ended_on=local_day(uow.now))  # noqa: E731
    assert refused(work_as, cast.team, deed).code == "move_not_possible"
    clock.advance(timedelta(days=3))
    with work_as(SYSTEM) as uow:
        assert start_placements(uow) == 1
    with work_as(SYSTEM) as uow:
        assert start_placements(uow) == 0
    assert session.get_one(Placement, soon.id).status is PlacementStatus.RUNNING
    with work_as(cast.team) as uow:
        end_placement(uow, placement_id=later.id, outcome="stop", ended_on=local_day(uow.now), reason="Ging niet door.")
    session.rollback()
    stopped = session.get_one(Placement, later.id)
    assert (stopped.status, stopped.ends_on) == (PlacementStatus.STOPPED, stopped.starts_on)


def test_a_company_records_and_ends_nothing(work_as: WorkAs, cast: Cast, clock: FixedClock) -> None:
    today = local_day(clock.now())
    with work_as(SYSTEM) as uow:
        details = placement_input(uow)
    record = lambda uow: record_placement(uow, employer_id=cast.employer.id, details=details)  # noqa: E731
    end = lambda uow: end_placement(uow, placement_id=cast.placement.id, outcome="end", ended_on=today)  # noqa: E731
    for deed in (record, end):
        assert isinstance(refused(work_as, cast.company, deed), NotAllowedError)
    missing = lambda uow: end_placement(uow, placement_id=9876, outcome="end", ended_on=today)  # noqa: E731
    assert isinstance(refused(work_as, cast.team, missing), NotFoundError)
