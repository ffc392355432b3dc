"""What the team and coaches change about people: adding, correcting, another coach, and removing their data."""

from collections.abc import Collection

from sqlalchemy import delete, select, update

from portal.kernel.clock import local_day
from portal.kernel.errors import NotAllowedError, NotFoundError
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork
from portal.participants.inputs import PersonDetails
from portal.participants.models import CallTask, Participant, ParticipantWish
from portal.participants.people import add_participant, edit_participant
from portal.participants.policies import can_handle_participant
from portal.participants.rules import delete_on
from portal.participants.vocabulary import ParticipantsAction, ParticipantSource


def add_person(
    uow: UnitOfWork, *, details: PersonDetails, wishes: Collection[str] = (), coach_id: int | None = None
) -> int:
    """The team adds somebody; the data stays thirty days, longer when a tour needs it."""
    uow.actor.require(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
    person = add_participant(
        uow,
        details=details,
        source=ParticipantSource.TEAM,
        delete_on=delete_on(local_day(uow.now)),
        coach_id=coach_id,
    )
    uow.session.add_all(ParticipantWish(participant_id=person.id, subject=subject) for subject in wishes)
    return person.id


def add_own_person(uow: UnitOfWork, *, details: PersonDetails) -> int:
    """A coach adds somebody of the own people."""
    uow.actor.require(Permission.PARTICIPANTS_OWN_SEE)
    if uow.actor.user_id is None:
        raise NotAllowedError
    person = add_participant(
        uow,
        details=details,
        source=ParticipantSource.COACH,
        delete_on=delete_on(local_day(uow.now)),
        coach_id=uow.actor.user_id,
    )
    return person.id


def change_person(
    uow: UnitOfWork,
    *,
    participant_id: int,
    details_version: int,
    details: PersonDetails,
    wishes: Collection[str] | None = None,
) -> None:
    """Correct what is known of somebody. Raises ConflictError('stale_edit') when somebody else was earlier."""
    edit_participant(uow, participant_id=participant_id, details_version=details_version, details=details)
    if wishes is None:
        return
    rows = uow.session.scalars(select(ParticipantWish).where(ParticipantWish.participant_id == participant_id))
    known = {row.subject: row for row in rows}
    if set(known) == set(wishes):
        return
    for subject in set(known) - set(wishes):
        uow.session.delete(known[subject])
    uow.session.add_all(
        ParticipantWish(participant_id=participant_id, subject=subject) for subject in wishes if subject not in known
    )
    person = uow.session.get_one(Participant, participant_id)
    person.details_version = details_version + 1
    person.details_changed_at = uow.now
    uow.audit(ParticipantsAction.PARTICIPANT_CHANGED, person, changed=["wishes"])


def assign_coach(uow: UnitOfWork, *, participant_id: int, coach_id: int | None, coach_name: str | None) -> None:
    """Another coach helps, or nobody but the team; what the old coach had to tell goes along."""
    uow.actor.require(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
    person = _lock(uow, participant_id)
    if (person.coach_id, person.coach_name) == (coach_id, coach_name):
        return
    if person.coach_id is not None:
        uow.session.execute(
            update(CallTask)
            .where(
                CallTask.participant_id == person.id,
                CallTask.coach_id == person.coach_id,
                CallTask.told_at.is_(None),
                CallTask.dropped_at.is_(None),
            )
            .values(coach_id=coach_id)
            .execution_options(synchronize_session=False)
        )
    person.coach_id, person.coach_name = coach_id, coach_name
    person.details_version += 1
    person.details_changed_at = uow.now
    uow.audit(ParticipantsAction.PARTICIPANT_CHANGED, person, changed=["coach"])


def erase_person(uow: UnitOfWork, *, participant_id: int) -> None:
    """Take away names, contact, wishes and untold messages; the row stays, so that counts stay right."""
    uow.actor.require(Permission.PARTICIPANTS_PARTICIPANT_MANAGE)
    person = _lock(uow, participant_id)
    uow.session.execute(delete(ParticipantWish).where(ParticipantWish.participant_id == person.id))
    uow.session.execute(delete(CallTask).where(CallTask.participant_id == person.id))
    person.first_name = ""
    person.last_name = person.phone = person.email = person.spoken_language = None
    person.level = person.coach_id = person.coach_name = person.reference = None
    person.level_to_confirm = False
    person.removed_at = uow.now
    person.delete_on = local_day(uow.now)
    person.details_version += 1
    uow.audit(ParticipantsAction.PARTICIPANT_REMOVED, person)


def _lock(uow: UnitOfWork, participant_id: int) -> Participant:
    person = uow.session.scalars(
        select(Participant)
        .where(Participant.id == participant_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if person is None or not can_handle_participant(uow.actor, person):
        raise NotFoundError
    return person
