"""Participants for tests."""

from datetime import timedelta
from itertools import count

from portal.accounts.models import User
from portal.accounts.vocabulary import UserRole
from portal.kernel.clock import local_day
from portal.kernel.uow import UnitOfWork
from portal.participants.models import Participant, ParticipantWish
from portal.participants.vocabulary import ParticipantsAction, ParticipantSource

_numbers = count(1)


def a_participant(
    uow: UnitOfWork,
    first_name: str = "Yonas",
    *,
    coach: User | None = None,
    wishes: tuple[str, ...] = (),
    **fields: object,
) -> Participant:
    """Somebody who looks for work, with a phone of their own unless told otherwise."""
    number = next(_numbers)
    values: dict[str, object] = {
        "phone": f"+316890{number:05d}",
        "email": None,
        "language": "nl",
        "source": ParticipantSource.TEAM,
        "delete_on": local_day(uow.now) + timedelta(days=60),
        "coach_id": coach.id if coach else None,
        "coach_name": coach.name if coach else None,
        "created_at": uow.now,
        "details_changed_at": uow.now,
        **fields,
    }
    participant = Participant(first_name=first_name, **values)
    participant.wishes = [ParticipantWish(subject=subject) for subject in wishes]
    uow.session.add(participant)
    uow.audit(ParticipantsAction.PARTICIPANT_ADDED, participant)
    return participant


def a_coach(uow: UnitOfWork, name: str = "Samira Belhadj", **fields: object) -> User:
    """A coach with an account."""
    number = next(_numbers)
    values: dict[str, object] = {
        "email": f"coach{number}@inburgering.example",
        "phone": "+31550001235",
        "role": UserRole.COACH,
        "created_at": uow.now,
        **fields,
    }
    user = User(name=name, **values)
    uow.session.add(user)
    uow.without_audit("a coach for a test")
    uow.flush()
    return user
