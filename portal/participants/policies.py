"""Who may see and help which participant."""

from sqlalchemy import Select, false, select

from portal.kernel.permissions import Actor, Permission, Role
from portal.participants.models import CallTask, Participant


def visible_participants(actor: Actor) -> Select[Participant]:
    """The participants that exist for this actor: all for the team, their own people for a coach."""
    found = select(Participant).where(Participant.removed_at.is_(None))
    if _sees_all(actor):
        return found
    if actor.role is Role.COACH and actor.user_id is not None:
        return found.where(Participant.coach_id == actor.user_id)
    return found.where(false())


def can_handle_participant(actor: Actor, participant: Participant) -> bool:
    """Whether this actor may act for this person: the team for all, a coach for their own people."""
    if participant.removed_at is not None:
        return False
    if _sees_all(actor):
        return True
    return actor.role is Role.COACH and actor.user_id is not None and participant.coach_id == actor.user_id


def visible_call_tasks(actor: Actor) -> Select[CallTask]:
    """The messages that this actor may tell: a coach those for their own people, the team all."""
    found = select(CallTask)
    if not actor.can(Permission.PARTICIPANTS_CALL_TASK_HANDLE):
        return found.where(false())
    if actor.role is Role.COACH:
        return found.where(CallTask.coach_id == actor.user_id)
    return found


def call_list_of(actor: Actor) -> Select[CallTask]:
    """The open messages on this actor's own list: a coach's own, or those that nobody but the team can tell."""
    found = visible_call_tasks(actor).where(CallTask.told_at.is_(None), CallTask.dropped_at.is_(None))
    if actor.role is Role.COACH:
        return found
    return found.where(CallTask.coach_id.is_(None))


def _sees_all(actor: Actor) -> bool:
    return actor.is_team or actor.role is Role.SYSTEM
