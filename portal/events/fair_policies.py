"""Who may see and do what with job fairs and stands."""

from sqlalchemy import Select, false, select

from portal.events.models import JobFair, StandBooking
from portal.kernel.permissions import Actor, Permission


def visible_fairs(actor: Actor) -> Select[JobFair]:
    """The team sees every fair, an approved employer those that were opened, nobody else any."""
    found = select(JobFair)
    if actor.can(Permission.EVENTS_FAIR_MANAGE):
        return found
    if actor.can(Permission.EVENTS_STAND_BOOK):
        return found.where(JobFair.opened_at.is_not(None))
    return found.where(false())


def can_release_stand(actor: Actor, booking: StandBooking) -> bool:
    """An employer gives its own stand back; the team frees any."""
    return actor.can(Permission.EVENTS_FAIR_MANAGE) or is_own_booking(actor, booking)


def is_own_booking(actor: Actor, booking: StandBooking) -> bool:
    """Whether the actor acts for the employer that has this stand."""
    return actor.can(Permission.EVENTS_STAND_BOOK) and actor.employer_id == booking.employer_id
