"""Messages that a person tells: told, or not needed any more."""

from collections.abc import Collection

from sqlalchemy import Update, update

from portal.kernel.errors import NotFoundError
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork
from portal.participants.models import CallTask
from portal.participants.policies import visible_call_tasks
from portal.participants.vocabulary import ParticipantsAction


def mark_told(uow: UnitOfWork, *, call_task_id: int) -> CallTask:
    """Note that a message was told; a second tap changes nothing."""
    uow.actor.require(Permission.PARTICIPANTS_CALL_TASK_HANDLE)
    task = _task(uow, call_task_id)
    if task.told_at is None and task.dropped_at is None:
        task.told_at = uow.now
        task.told_by_id = uow.actor.user_id
        uow.audit(ParticipantsAction.CALL_TASK_TOLD, task, message=task.message_name)
    return task


def drop(uow: UnitOfWork, *, call_task_id: int) -> None:
    """Take a message off the list without telling it."""
    uow.actor.require(Permission.PARTICIPANTS_CALL_TASK_HANDLE)
    task = _task(uow, call_task_id)
    if task.told_at is None and task.dropped_at is None:
        task.dropped_at = uow.now
        uow.audit(ParticipantsAction.CALL_TASK_DROPPED, task, message=task.message_name)


def drop_for_registration(uow: UnitOfWork, registration_id: int) -> None:
    """Older news about a registration need not be told any more; the newer fact carries the trail."""
    uow.session.execute(_open_tasks(uow).where(CallTask.registration_id == registration_id))


def drop_for_registrations(uow: UnitOfWork, registration_ids: Collection[int], message_name: str | None = None) -> None:
    """The same for several; with a message's name only that kind."""
    if not registration_ids:
        return
    statement = _open_tasks(uow).where(CallTask.registration_id.in_(registration_ids))
    uow.session.execute(statement.where(CallTask.message_name == message_name) if message_name else statement)


def _open_tasks(uow: UnitOfWork) -> Update:
    return (
        update(CallTask)
        .where(CallTask.told_at.is_(None), CallTask.dropped_at.is_(None))
        .values(dropped_at=uow.now)
        .execution_options(synchronize_session=False)
    )


def _task(uow: UnitOfWork, call_task_id: int) -> CallTask:
    task = uow.session.scalars(
        visible_call_tasks(uow.actor)
        .where(CallTask.id == call_task_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if task is None:
        raise NotFoundError
    return task
