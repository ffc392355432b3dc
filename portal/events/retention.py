"""What is removed of registrations when the person's data is gone. The row stays, as a number in a count."""

from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, func, select, update
from sqlalchemy.orm import Session

from portal.events.models import Registration
from portal.kernel.retention import RetentionRule, retention_rule
from portal.participants.models import Participant

EMPTIED = "removed-"


def count_due(session: Session, _now: datetime) -> int:
    """How many registrations still hold something of people whose data is gone."""
    return session.scalar(select(func.count()).select_from(Registration).where(*_due())) or 0


def remove_due(session: Session, _now: datetime) -> int:
    """Take away the answers, the form's key and what a calendar or a door list knows; old links stop working."""
    number = cast(Registration.id, String)
    result = session.execute(
        update(Registration)
        .where(*_due())
        .values(
            wants_interpreter=None,
            form_key=None,
            looks_alike=False,
            calendar_uid=EMPTIED + number,
            ticket=number,
            link_version=Registration.link_version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    return int(getattr(result, "rowcount", 0))


def _due() -> tuple[ColumnElement[bool], ...]:
    gone = select(Participant.id).where(Participant.removed_at.is_not(None))
    return Registration.participant_id.in_(gone), Registration.calendar_uid.not_like(f"{EMPTIED}%")


REGISTRATIONS = retention_rule(RetentionRule("registrations", count_due, remove_due))
