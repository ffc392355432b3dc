"""Telling a participant something: by mail where that works, else a person tells it and says so."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from portal.kernel.outbox import Message, Recipient
from portal.kernel.uow import UnitOfWork
from portal.participants.call_tasks import drop_for_registration
from portal.participants.models import CallTask, Participant
from portal.participants.rules import tell_before
from portal.participants.vocabulary import Channel


def tell(
    uow: UnitOfWork,
    participant: Participant,
    message: Message,
    *,
    registration_id: int | None = None,
    due_at: datetime | None = None,
    supersede: bool = True,
) -> Channel:
    """Bring a message: by mail, or as a row on the list of the coach or the team. Newer news replaces untold news.

    The trail is that of the fact itself, which the caller writes.
    """
    if registration_id is not None and supersede:
        drop_for_registration(uow, registration_id)
    channel = channel_of(participant)
    if channel is Channel.MAIL:
        uow.notify(Recipient.participant(participant.id), message)
    else:
        _add_task(uow, participant, message, participant.coach_id, registration_id, due_at)
    return channel


def ask_team_to_call(
    uow: UnitOfWork, participant: Participant, message: Message, *, registration_id: int, due_at: datetime
) -> None:
    """Put a call on the team's own list, whatever other ways there are: there is no time to wait for an answer."""
    _add_task(uow, participant, message, None, registration_id, due_at)


def channel_of(participant: Participant) -> Channel:
    """The way that works for this person."""
    if participant.email:
        return Channel.MAIL
    return Channel.COACH if participant.coach_id is not None else Channel.TEAM


def _add_task(
    uow: UnitOfWork,
    participant: Participant,
    message: Message,
    coach_id: int | None,
    registration_id: int | None,
    due_at: datetime | None,
) -> None:
    make = postgresql.insert if uow.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = make(CallTask).values(
        participant_id=participant.id,
        coach_id=coach_id,
        message_name=message.name,
        payload=asdict(message),
        registration_id=registration_id,
        dedupe_key=f"{participant.id}:{message.fact()}",
        due_at=due_at or tell_before(uow.now),
        created_at=uow.now,
    )
    uow.session.execute(statement.on_conflict_do_nothing())
