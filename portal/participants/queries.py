"""What pages read of participants and of the messages that a person must tell."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.kernel import mail
from portal.kernel.errors import NotFoundError
from portal.kernel.i18n import LANGUAGES, SOURCE
from portal.kernel.outbox import MESSAGES, MessageKit
from portal.kernel.permissions import Actor
from portal.participants.models import CallTask, Participant
from portal.participants.policies import call_list_of, visible_participants


@dataclass(frozen=True, slots=True)
class CallRow:
    """A message to tell: who, how, and the words in their language and in Dutch."""

    id: int
    participant_id: int
    name: str
    phone: str | None
    language: str
    language_name: str
    direction: str
    text: str
    text_nl: str
    due_at: datetime
    message_name: str
    registration_id: int | None
    coach_name: str | None


def people_of_coach(session: Session, coach_id: int) -> list[Participant]:
    """The people whom a coach helps, by name, with their wishes."""
    return list(
        session.scalars(
            select(Participant)
            .where(Participant.coach_id == coach_id, Participant.removed_at.is_(None))
            .options(selectinload(Participant.wishes))
            .order_by(func.lower(Participant.first_name), Participant.id)
        )
    )


def participant(session: Session, actor: Actor, participant_id: int) -> Participant:
    """One participant, as far as it exists for this actor. Raises NotFoundError."""
    found = session.scalars(visible_participants(actor).where(Participant.id == participant_id)).one_or_none()
    if found is None:
        raise NotFoundError
    return found


def call_list(
    session: Session, kit: MessageKit, actor: Actor, *, number: int = 1, size: int = 20
) -> tuple[list[CallRow], int]:
    """One page of the messages that this actor must tell, the most urgent first; and how many there are."""
    tasks = call_list_of(actor)
    total = session.scalar(select(func.count()).select_from(tasks.subquery())) or 0
    found = session.scalars(
        tasks.options(joinedload(CallTask.participant, innerjoin=True))
        .order_by(CallTask.due_at, CallTask.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    return [_call_row(session, kit, task) for task in found], total


def count_calls(session: Session, actor: Actor) -> int:
    """How many messages wait to be told by this actor."""
    return session.scalar(select(func.count()).select_from(call_list_of(actor).subquery())) or 0


def open_calls(session: Session, registration_ids: Collection[int], message_name: str) -> set[int]:
    """Which of these registrations have this message waiting to be told."""
    found = session.scalars(
        select(CallTask.registration_id).where(
            CallTask.registration_id.in_(registration_ids),
            CallTask.message_name == message_name,
            CallTask.told_at.is_(None),
            CallTask.dropped_at.is_(None),
        )
    )
    return {number for number in found if number is not None}


def registrations_with_calls(session: Session) -> list[int]:
    """The registrations about which something waits to be told."""
    return [
        number
        for number in session.scalars(
            select(CallTask.registration_id)
            .where(CallTask.told_at.is_(None), CallTask.dropped_at.is_(None), CallTask.registration_id.is_not(None))
            .distinct()
        )
        if number is not None
    ]


def _call_row(session: Session, kit: MessageKit, task: CallTask) -> CallRow:
    person = task.participant
    language = LANGUAGES.get(person.language, LANGUAGES[SOURCE])
    context = MESSAGES[task.message_name](**task.payload).context(session, kit)
    return CallRow(
        id=task.id,
        participant_id=person.id,
        name=person.full_name,
        phone=person.phone,
        language=language.code,
        language_name=language.name,
        direction=language.direction,
        text=mail.render_short(task.message_name, context, language.code),
        text_nl=mail.render_short(task.message_name, context, SOURCE),
        due_at=task.due_at,
        message_name=task.message_name,
        registration_id=task.registration_id,
        coach_name=person.coach_name,
    )
