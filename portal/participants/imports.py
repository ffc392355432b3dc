"""Takes over lists of participants with their wishes. Nobody is registered by it and no mail goes out."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.clock import local_day
from portal.kernel.permissions import Permission
from portal.kernel.tabular import Table
from portal.kernel.uow import UnitOfWork
from portal.participants.import_rules import (
    ContactUpdate,
    KnownParticipant,
    ParticipantPlan,
    ParticipantRow,
    plan_participants,
)
from portal.participants.models import Participant, ParticipantWish
from portal.participants.vocabulary import ParticipantsAction, ParticipantSource
from portal.participants.wish_words import Wishes

KEEP_DAYS = 365
EVERYTHING = "*"


def plan_participant_list(session: Session, table: Table, *, coaches: Sequence[tuple[int, str]]) -> ParticipantPlan:
    """What a list of participants would do now; writes nothing."""
    known = [
        KnownParticipant(
            person.id,
            person.first_name,
            person.last_name or "",
            person.phone,
            person.email,
            person.reference,
            person.coach_id,
            person.coach_name or "",
        )
        for person in session.scalars(select(Participant).where(Participant.removed_at.is_(None)))
    ]
    return plan_participants(table, known, coaches)


def import_participants(uow: UnitOfWork, *, table: Table, coaches: Sequence[tuple[int, str]]) -> ParticipantPlan:
    """Write a list of participants: new people, and new contact details of those who are known."""
    uow.actor.require(Permission.PARTICIPANTS_PARTICIPANT_IMPORT)
    plan = plan_participant_list(uow.session, table, coaches=coaches)
    made: dict[int, int] = {}
    for number, row in plan.new:
        made[number] = _add_person(uow, row)
    for update in plan.updates:
        _renew_contact(uow, update, update.known_id or made[update.first_row or 0])
    return plan


def _add_person(uow: UnitOfWork, row: ParticipantRow) -> int:
    person = Participant(
        first_name=row.first_name,
        last_name=row.last_name or None,
        phone=row.phone,
        email=row.email,
        language=row.language,
        spoken_language=row.spoken_language or None,
        level=row.level.level,
        level_to_confirm=row.level.to_confirm,
        coach_id=row.coach_id,
        coach_name=row.coach_name or None,
        reference=row.reference,
        source=ParticipantSource.IMPORT,
        delete_on=local_day(uow.now) + timedelta(days=KEEP_DAYS),
        created_at=uow.now,
        details_changed_at=uow.now,
        wishes=[ParticipantWish(subject=subject) for subject in _subjects(row.wishes)],
    )
    uow.session.add(person)
    uow.audit(ParticipantsAction.PARTICIPANT_ADDED, person, source=ParticipantSource.IMPORT)
    return person.id


def _subjects(wishes: Wishes) -> list[str]:
    return [EVERYTHING] if wishes.everything else [subject.value for subject in wishes.subjects]


def _renew_contact(uow: UnitOfWork, update: ContactUpdate, person_id: int) -> None:
    person = uow.session.get_one(Participant, person_id)
    changed = [name for name in ("phone", "email", "reference") if getattr(update, name)]
    for name in changed:
        setattr(person, name, getattr(update, name))
    person.details_version += 1
    person.details_changed_at = uow.now
    uow.audit(ParticipantsAction.PARTICIPANT_CHANGED, person, changed=changed)
