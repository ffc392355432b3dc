"""Undelivered messages: try once more, or set aside because somebody called."""

from portal.kernel.errors import NotFoundError
from portal.kernel.outbox import OutboxMessage
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork
from portal.team.vocabulary import TeamAction


def retry_message(uow: UnitOfWork, *, message_id: int) -> None:
    """Let the worker try a message again, from the first attempt."""
    row = _undelivered(uow, message_id)
    row.dead_at = None
    row.attempts = 0
    row.available_at = uow.now
    uow.audit(TeamAction.MESSAGE_RETRIED, row)


def set_message_aside(uow: UnitOfWork, *, message_id: int) -> None:
    """Take a message off the list: the receiver heard it in another way."""
    row = _undelivered(uow, message_id)
    row.attempts = 1
    row.last_error = "set aside"
    uow.audit(TeamAction.MESSAGE_SET_ASIDE, row)


def _undelivered(uow: UnitOfWork, message_id: int) -> OutboxMessage:
    uow.actor.require(Permission.TEAM_WORK_LIST_SEE)
    row = uow.session.get(OutboxMessage, message_id, with_for_update=True)
    if row is None or row.dead_at is None or row.sent_at is not None:
        raise NotFoundError
    return row
