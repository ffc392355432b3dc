"""Adding and changing participants."""

from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal.kernel.errors import ConflictError, InvalidError, NotFoundError
from portal.kernel.names import compatible, tidy_name
from portal.kernel.uow import UnitOfWork
from portal.participants.inputs import PersonDetails
from portal.participants.models import Participant
from portal.participants.policies import can_handle_participant
from portal.participants.vocabulary import ParticipantsAction, ParticipantSource


def new_person(
    uow: UnitOfWork, details: PersonDetails, *, source: ParticipantSource, delete_on: date, coach_id: int | None = None
) -> Participant:
    """Put a person in the session; the caller sends it to the database and writes the trail."""
    first_name = tidy_name(details.first_name)
    if not first_name:
        raise InvalidError("first_name_missing")
    person = Participant(
        first_name=first_name,
        last_name=tidy_name(details.last_name or "") or None,
        phone=details.phone or None,
        email=(details.email or "").strip().lower() or None,
        language=details.language,
        spoken_language=details.spoken_language,
        level=details.level,
        coach_id=coach_id,
        coach_name=tidy_name(details.coach_name or "") or None,
        source=source,
        delete_on=delete_on,
        created_at=uow.now,
        details_changed_at=uow.now,
    )
    uow.session.add(person)
    return person


def add_participant(
    uow: UnitOfWork,
    *,
    details: PersonDetails,
    source: ParticipantSource,
    delete_on: date,
    coach_id: int | None = None,
) -> Participant:
    """Add a person. The caller has checked that this actor may add people."""
    person = new_person(uow, details, source=source, delete_on=delete_on, coach_id=coach_id)
    uow.audit(ParticipantsAction.PARTICIPANT_ADDED, person, source=source)
    return person


def edit_participant(uow: UnitOfWork, *, participant_id: int, details_version: int, details: PersonDetails) -> None:
    """Change what is known of a person, by the team or by the person's own coach."""
    person = uow.session.scalars(
        select(Participant).where(Participant.id == participant_id).with_for_update()
    ).one_or_none()
    if person is None or not can_handle_participant(uow.actor, person):
        raise NotFoundError
    if person.details_version != details_version:
        raise ConflictError("stale_edit")
    if not tidy_name(details.first_name):
        raise InvalidError("first_name_missing")
    values = {
        "first_name": tidy_name(details.first_name),
        "last_name": tidy_name(details.last_name or "") or None,
        "phone": details.phone or None,
        "email": (details.email or "").strip().lower() or None,
        "language": details.language,
        "spoken_language": details.spoken_language,
        "level": details.level,
    }
    changed = sorted(name for name, value in values.items() if getattr(person, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(person, name, values[name])
    if "level" in changed:
        person.level_to_confirm = False
    person.details_version += 1
    person.details_changed_at = uow.now
    uow.audit(ParticipantsAction.PARTICIPANT_CHANGED, person, changed=changed)


def keep_until(uow: UnitOfWork, participant: Participant, day: date) -> None:
    """Data stays until this day when that is later than it was: a newer tour needs it."""
    participant.delete_on = max(participant.delete_on, day)


def looks_like_somebody(session: Session, details: PersonDetails) -> bool:
    """Whether somebody with the same phone or mail address and the same name is known. Families share a phone."""
    ways: list[ColumnElement[bool]] = []
    if details.phone:
        ways.append(Participant.phone == details.phone)
    if details.email:
        ways.append(Participant.email == details.email.strip().lower())
    if not ways:
        return False
    found = session.execute(
        select(Participant.first_name, Participant.last_name).where(or_(*ways), Participant.removed_at.is_(None))
    )
    name = (details.first_name, details.last_name or "")
    return any(compatible((row.first_name, row.last_name or ""), name) for row in found)
