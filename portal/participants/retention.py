"""What is removed of participants, and when. Their registrations stay, as numbers that lead to nobody."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from portal.kernel.clock import local_day
from portal.kernel.retention import RetentionRule, retention_rule
from portal.participants.models import CallTask, Participant, ParticipantWish


def count_due(session: Session, now: datetime) -> int:
    """How many people's data must go today."""
    due = (Participant.delete_on <= local_day(now), Participant.removed_at.is_(None))
    return session.scalar(select(func.count()).select_from(Participant).where(*due)) or 0


def remove_due(session: Session, now: datetime) -> int:
    """Take away names, contact, wishes and untold messages; the row stays, so that counts stay right."""
    due = (Participant.delete_on <= local_day(now), Participant.removed_at.is_(None))
    ids = list(session.scalars(select(Participant.id).where(*due)))
    if not ids:
        return 0
    session.execute(delete(ParticipantWish).where(ParticipantWish.participant_id.in_(ids)))
    session.execute(delete(CallTask).where(CallTask.participant_id.in_(ids)))
    session.execute(
        update(Participant)
        .where(Participant.id.in_(ids))
        .values(
            first_name="",
            last_name=None,
            phone=None,
            email=None,
            spoken_language=None,
            level=None,
            level_to_confirm=False,
            coach_id=None,
            coach_name=None,
            reference=None,
            removed_at=now,
        )
    )
    return len(ids)


PARTICIPANTS = retention_rule(RetentionRule("participants", count_due, remove_due))
