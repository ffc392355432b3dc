"""Tours and registrations for tests."""

from datetime import time, timedelta
from itertools import count

from portal.employers.models import Employer, Location, Member, Sector
from portal.employers.vocabulary import EmployerSource, EmployerStatus, MemberRole, MemberStatus, SectorGroup
from portal.events.models import Registration, Tour
from portal.events.vocabulary import EventsAction, RegistrationStatus, TourStatus, Visibility
from portal.kernel.clock import from_local, local_day
from portal.kernel.levels import LanguageLevel
from portal.kernel.uow import UnitOfWork
from portal.participants.models import Participant
from tests.factories.participants import a_participant

_numbers = count(1)


def a_company(uow: UnitOfWork, name: str = "Bakkerij De Sprenge", *, with_mail: bool = True) -> Employer:
    """An approved employer with one location and one owner, for a tour."""
    number = next(_numbers)
    sector = Sector(key=f"bakkerij-{number}", name="Bakkerij", group=SectorGroup.FOOD, icon="croissant")
    employer = Employer(
        name=name,
        kvk_number=f"98{number:06d}",
        sector=sector,
        status=EmployerStatus.APPROVED,
        source=EmployerSource.WEB,
        created_at=uow.now,
        details_changed_at=uow.now,
    )
    employer.locations = [
        Location(street="Molenbeekstraat 8", postcode="7339 AA", city="Ugchelen", created_at=uow.now),
    ]
    employer.members = [
        Member(
            name="Hanneke Bos",
            email=f"hanneke{number}@sprenge.example" if with_mail else None,
            role=MemberRole.OWNER,
            status=MemberStatus.ACTIVE,
            created_at=uow.now,
        )
    ]
    uow.session.add(employer)
    uow.without_audit("an employer for a test")
    uow.flush()
    return employer


def a_tour(
    uow: UnitOfWork, capacity: int = 3, *, employer: Employer | None = None, in_days: int = 7, **fields: object
) -> Tour:
    """A published, public tour a week ahead, at ten o'clock; be there ten minutes before."""
    number = next(_numbers)
    day = local_day(uow.now) + timedelta(days=in_days)
    starts_at = from_local(day, time(10, 0))
    values: dict[str, object] = {
        "title": "Kijken hoe brood en koekjes gemaakt worden",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=75),
        "be_there_at": starts_at - timedelta(minutes=10),
        "meeting_point": "Molenbeekstraat 8, Ugchelen, bij de groene deur",
        "district": "Ugchelen",
        "rules": ["shoes", "jewellery", "photos"],
        "interpreters": ["ar"],
        "level": LanguageLevel.A2,
        "visibility": Visibility.PUBLIC,
        "access_code": f"CODE{number:05d}",
        "status": TourStatus.PUBLISHED,
        "published_at": uow.now,
        "created_at": uow.now,
        "details_changed_at": uow.now,
        **fields,
    }
    tour = Tour(employer=employer or a_company(uow), capacity=capacity, **values)
    uow.session.add(tour)
    uow.audit(EventsAction.TOUR_PLANNED, tour)
    return tour


def a_registration(
    uow: UnitOfWork,
    tour: Tour,
    participant: Participant | None = None,
    *,
    status: RegistrationStatus = RegistrationStatus.CONFIRMED,
    **fields: object,
) -> Registration:
    """A place, an offer or a spot on the waiting list; the counter of the tour stays right."""
    number = next(_numbers)
    values: dict[str, object] = {
        "ticket": f"T{number:04d}",
        "calendar_uid": f"test-{number}@localhost",
        "queued_at": uow.now,
        "created_at": uow.now,
        **fields,
    }
    registration = Registration(tour_id=tour.id, participant=participant or a_participant(uow), status=status, **values)
    if status.takes_place:
        tour.places_taken += 1
    uow.session.add(registration)
    uow.audit(EventsAction.REGISTRATION_CONFIRMED, registration)
    return registration
