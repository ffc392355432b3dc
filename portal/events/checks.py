"""Compares the counters of places with the registrations, for the operator."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.events.models import Registration, Tour
from portal.events.vocabulary import RegistrationStatus


def wrong_counters(session: Session) -> list[tuple[int, int, int]]:
    """Tours whose counter differs from their registrations: the tour, its counter, the count. None is good."""
    counted = (
        select(func.count())
        .where(
            Registration.tour_id == Tour.id,
            Registration.status.in_([RegistrationStatus.CONFIRMED, RegistrationStatus.OFFERED]),
        )
        .scalar_subquery()
    )
    rows = session.execute(select(Tour.id, Tour.places_taken, counted).where(Tour.places_taken != counted))
    return [(row[0], row[1], row[2]) for row in rows]
