"""Placements as the team keeps them: recorded, changed, started by their day, ended with an outcome."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy import select

from portal.accounts.queries import team_members
from portal.employers.queries import employer_contact, is_approved
from portal.kernel.clock import local_day
from portal.kernel.errors import ConflictError, InvalidError, NotFoundError
from portal.kernel.permissions import Permission
from portal.kernel.sensitive import guard_text
from portal.kernel.uow import UnitOfWork
from portal.participants.models import Participant
from portal.participants.policies import visible_participants
from portal.placements.models import Placement
from portal.placements.notifications import PlacementRecorded
from portal.placements.numbers import PLACEMENTS, next_number
from portal.placements.policies import all_placements
from portal.placements.rules import MAX_HOURS, PLACEMENT, dates_problem, first_status, is_reference
from portal.placements.vocabulary import PlacementKind, PlacementsAction, PlacementStatus

TELL_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementInput:
    """What is kept of a placement. Whom it is about is a reference of the municipality or a known participant."""

    reference: str | None
    participant_id: int | None
    job_title: str
    kind: PlacementKind
    starts_on: date
    ends_on: date | None
    hours: int | None
    team_contact_id: int | None


def record_placement(uow: UnitOfWork, *, employer_id: int, details: PlacementInput) -> int:
    """Record a placement and give it its number; the employer hears of one that begins now or soon."""
    uow.actor.require(Permission.PLACEMENTS_PLACEMENT_MANAGE)
    if not is_approved(uow.session, employer_id):
        raise InvalidError("employer_unknown")
    _check(uow, details)
    today = local_day(uow.now)
    placement = Placement(
        number=next_number(uow, PLACEMENTS),
        employer_id=employer_id,
        status=first_status(details.starts_on, today),
        created_at=uow.now,
        details_version=1,
        details_changed_at=uow.now,
        **asdict(details),
    )
    uow.session.add(placement)
    uow.audit(PlacementsAction.PLACEMENT_RECORDED, placement, kind=details.kind, starts_on=details.starts_on)
    recipient = employer_contact(uow.session, employer_id)
    if recipient is not None and details.starts_on > today - TELL_WITHIN:
        uow.notify(recipient, PlacementRecorded(placement.id))
    return placement.id


def change_placement(uow: UnitOfWork, *, placement_id: int, version: int, details: PlacementInput) -> None:
    """Change a placement that is planned or runs."""
    uow.actor.require(Permission.PLACEMENTS_PLACEMENT_MANAGE)
    _check(uow, details)
    placement = _locked(uow, placement_id)
    if placement.details_version != version:
        raise ConflictError("stale_edit")
    PLACEMENT.check("change", placement.status, uow.actor)
    changed = [name for name, value in asdict(details).items() if getattr(placement, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(placement, name, getattr(details, name))
    placement.status = first_status(placement.starts_on, local_day(uow.now))
    placement.details_version += 1
    placement.details_changed_at = uow.now
    uow.audit(PlacementsAction.PLACEMENT_CHANGED, placement, fields=changed, ends_on=placement.ends_on)


def end_placement(uow: UnitOfWork, *, placement_id: int, outcome: str, ended_on: date, reason: str = "") -> None:
    """End a placement: 'convert' it into a contract, let it 'end', or note that it was 'stop'ped and why."""
    uow.actor.require(Permission.PLACEMENTS_PLACEMENT_MANAGE)
    if guard_text(reason):
        raise InvalidError("sensitive_number")
    placement = _locked(uow, placement_id)
    target = PLACEMENT.check(outcome, placement.status, uow.actor, reason)
    if ended_on > local_day(uow.now):
        raise InvalidError("end_in_future")
    if ended_on < placement.starts_on and placement.status is PlacementStatus.RUNNING:
        raise InvalidError("ends_before_start")
    placement.status = target
    placement.ends_on = max(ended_on, placement.starts_on)
    placement.end_reason = reason.strip() or None
    placement.details_version += 1
    placement.details_changed_at = uow.now
    uow.audit(PlacementsAction.PLACEMENT_ENDED, placement, outcome=target, ended_on=ended_on)


def start_placements(uow: UnitOfWork) -> int:
    """A duty of the worker: a planned placement runs from its first day."""
    uow.actor.require(Permission.SYSTEM_JOB_RUN)
    due = uow.session.scalars(
        select(Placement)
        .where(Placement.status == PlacementStatus.PLANNED, Placement.starts_on <= local_day(uow.now))
        .order_by(Placement.id)
        .with_for_update(skip_locked=True)
    ).all()
    for placement in due:
        placement.status = PLACEMENT.check("start", placement.status, uow.actor)
        uow.audit(PlacementsAction.PLACEMENT_STARTED, placement)
    return len(due)


def _locked(uow: UnitOfWork, placement_id: int) -> Placement:
    placement = uow.session.scalars(
        all_placements(uow.actor)
        .where(Placement.id == placement_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if placement is None:
        raise NotFoundError
    return placement


def _check(uow: UnitOfWork, details: PlacementInput) -> None:
    if not details.job_title.strip():
        raise InvalidError("text_needed")
    if details.reference is None and details.participant_id is None:
        raise InvalidError("person_missing")
    for text in (details.reference or "", details.job_title):
        if guard_text(text):
            raise InvalidError("sensitive_number")
    if details.reference is not None and not is_reference(details.reference):
        raise InvalidError("reference_form")
    problem = dates_problem(details.kind, details.starts_on, details.ends_on)
    if problem:
        raise InvalidError(problem)
    if details.hours is not None and not 1 <= details.hours <= MAX_HOURS:
        raise InvalidError("hours_range", least=1, most=MAX_HOURS)
    _check_people(uow, details)


def _check_people(uow: UnitOfWork, details: PlacementInput) -> None:
    if details.participant_id is not None:
        known = visible_participants(uow.actor).where(Participant.id == details.participant_id)
        if uow.session.scalars(known).one_or_none() is None:
            raise InvalidError("participant_unknown")
    colleagues = {person.id for person in team_members(uow.session)} if details.team_contact_id is not None else set()
    if details.team_contact_id is not None and details.team_contact_id not in colleagues:
        raise InvalidError("colleague_unknown")
