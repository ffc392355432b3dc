"""Where mails to participants go."""

from sqlalchemy.orm import Session

from portal.kernel.outbox import ADDRESS_BOOKS, Address
from portal.participants.models import Participant


def participant_address(session: Session, participant_id: int) -> Address | None:
    """The mail address of a participant, or nothing when there is none or the data is gone."""
    participant = session.get(Participant, participant_id)
    if participant is None or participant.removed_at is not None or not participant.email:
        return None
    return Address(participant.email, participant.full_name, participant.language)


ADDRESS_BOOKS["participant"] = participant_address
