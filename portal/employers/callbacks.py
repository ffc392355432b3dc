"""'Bel mij': somebody leaves a name and a number, the team calls."""

from sqlalchemy import select

from portal.employers.models import CallbackRequest
from portal.employers.notifications import EmployerCallbackAsked
from portal.employers.vocabulary import CallbackTime, EmployersAction
from portal.kernel.errors import NotFoundError
from portal.kernel.outbox import Recipient
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork


def ask_callback(uow: UnitOfWork, *, name: str, phone: str, at: CallbackTime) -> int:
    """Ask to be called; the same number that is not called yet is not put on the list twice."""
    uow.actor.require(Permission.PUBLIC)
    waiting = uow.session.scalar(
        select(CallbackRequest).where(CallbackRequest.phone == phone, CallbackRequest.done_at.is_(None)).limit(1)
    )
    if waiting is not None:
        waiting.name, waiting.at = name, at
        uow.audit(EmployersAction.CALLBACK_ASKED, waiting)
        return waiting.id
    asked = CallbackRequest(name=name, phone=phone, at=at, created_at=uow.now)
    uow.session.add(asked)
    uow.audit(EmployersAction.CALLBACK_ASKED, asked)
    uow.notify(Recipient.team(), EmployerCallbackAsked(callback_id=asked.id))
    return asked.id


def finish_callback(uow: UnitOfWork, *, callback_id: int) -> None:
    """Note that somebody was called; the second colleague who notes it changes nothing."""
    uow.actor.require(Permission.EMPLOYERS_EMPLOYER_SEE)
    asked = uow.session.get(CallbackRequest, callback_id, with_for_update=True)
    if asked is None:
        raise NotFoundError
    if asked.done_at is None:
        asked.done_at, asked.done_by_id = uow.now, uow.actor.user_id
        uow.audit(EmployersAction.CALLBACK_DONE, asked)
