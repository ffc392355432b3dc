"""A phone call in which a team member acts for a company: begins, ends with a list, is confirmed with one tap."""

from sqlalchemy import select

from portal.employers.models import PhoneCall
from portal.employers.notifications import EmployerCallEnded
from portal.employers.queries import employer_contact
from portal.employers.records import lock_employer
from portal.employers.trail_queries import deeds_of_call
from portal.employers.vocabulary import EmployersAction
from portal.kernel.errors import ConflictError, NotFoundError
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork


def start_call(uow: UnitOfWork, *, employer_id: int) -> int:
    """Begin to act for a company, or go on with the call that is open. Raises ConflictError('call_running')."""
    uow.actor.require(Permission.EMPLOYERS_CALL_MAKE)
    employer = lock_employer(uow, employer_id)
    running = _running(uow)
    if running is not None:
        if running.employer_id != employer.id:
            raise ConflictError("call_running")
        uow.without_audit("the call goes on")
        return running.id
    call = PhoneCall(employer_id=employer.id, user_id=_caller(uow), created_at=uow.now)
    uow.session.add(call)
    uow.audit(EmployersAction.CALL_STARTED, call)
    return call.id


def end_call(uow: UnitOfWork) -> int:
    """End the own open call; its list goes to the contact person when something was done and there is an address."""
    uow.actor.require(Permission.EMPLOYERS_CALL_MAKE)
    call = _running(uow)
    if call is None:
        raise ConflictError("no_call")
    call.ended_at = uow.now
    uow.audit(EmployersAction.CALL_ENDED, call)
    uow.flush()
    contact = employer_contact(uow.session, call.employer_id)
    if contact is not None and deeds_of_call(uow.session, call.id):
        uow.notify(contact, EmployerCallEnded(call_id=call.id))
    return call.id


def confirm_call(uow: UnitOfWork, *, call_id: int) -> None:
    """The company says that the list is right; whoever has the link may, a second tap changes nothing."""
    uow.actor.require(Permission.PUBLIC)
    call = uow.session.get(PhoneCall, call_id, with_for_update=True)
    if call is None or call.ended_at is None:
        raise NotFoundError
    if call.confirmed_at is None:
        call.confirmed_at = uow.now
        uow.audit(EmployersAction.CALL_CONFIRMED, call)


def _caller(uow: UnitOfWork) -> int:
    if uow.actor.user_id is None:
        raise NotFoundError
    return uow.actor.user_id


def _running(uow: UnitOfWork) -> PhoneCall | None:
    """The open call of this colleague, whether this browser knows of it or not."""
    return uow.session.scalar(
        select(PhoneCall)
        .where(PhoneCall.user_id == uow.actor.user_id, PhoneCall.ended_at.is_(None))
        .order_by(PhoneCall.id.desc())
        .limit(1)
        .with_for_update()
    )
