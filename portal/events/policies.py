"""Who may see and do what with tours and registrations."""

from sqlalchemy import Select, false, select

from portal.events.models import Registration, Tour
from portal.events.vocabulary import TourStatus
from portal.kernel.permissions import Actor, Permission, Role
from portal.participants.models import Participant
from portal.participants.policies import can_handle_participant

CLOSED = (TourStatus.CANCELLED, TourStatus.DECLINED)


def visible_tours(actor: Actor) -> Select[Tour]:
    """The tours that exist for this actor in its own pages: all for the team, its own for an employer."""
    found = select(Tour)
    if actor.employer_id is not None and actor.can(Permission.EVENTS_TOUR_PROPOSE):
        return found.where(Tour.employer_id == actor.employer_id)
    if actor.can(Permission.EVENTS_TOUR_MANAGE):
        return found
    if actor.role is Role.COACH:
        return found.where(Tour.status == TourStatus.PUBLISHED)
    return found.where(false())


def can_see_tour(actor: Actor, tour: Tour) -> bool:
    """Whether the tour exists for this actor as a thing to manage."""
    return actor.can(Permission.EVENTS_TOUR_MANAGE) or _is_own(actor, tour)


def can_edit_tour(actor: Actor, tour: Tour) -> bool:
    """The team edits what is not over; an employer its own proposal, until the team takes it over."""
    if tour.status in CLOSED:
        return False
    if actor.can(Permission.EVENTS_TOUR_MANAGE):
        return True
    return _is_own(actor, tour) and tour.status is TourStatus.PROPOSED


def can_withdraw_tour(actor: Actor, tour: Tour) -> bool:
    """An employer takes its own proposal back."""
    return _is_own(actor, tour)


def can_handle_registration(
    actor: Actor, registration: Registration, participant: Participant, link_version: int | None
) -> bool:
    """The holder of the secret link, the person's own coach, or the team."""
    if participant.removed_at is not None:
        return False
    if link_version is not None:
        return registration.link_version == link_version
    return can_handle_participant(actor, participant)


def _is_own(actor: Actor, tour: Tour) -> bool:
    return actor.can(Permission.EVENTS_TOUR_PROPOSE) and actor.employer_id == tour.employer_id
