"""Shared by the commands about employers: find and lock, make rows, give accounts; no permission is asked here."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import User
from portal.accounts.users import new_user
from portal.accounts.vocabulary import UserRole
from portal.employers.inputs import CompanyInput, LocationInput, PersonInput
from portal.employers.models import Employer, Location, Member, Sector
from portal.employers.policies import visible_employers, visible_locations, visible_members
from portal.employers.vocabulary import (
    EmployersAction,
    EmployerSource,
    EmployerStatus,
    MemberRole,
    MemberStatus,
)
from portal.kernel.db import constraint_of
from portal.kernel.errors import ConflictError, InvalidError, NotFoundError
from portal.kernel.uow import UnitOfWork

TAKEN = {"uq_employer_kvk_number": "employer_double", "uq_location_establishment_number": "establishment_taken"}


def lock_employer(uow: UnitOfWork, employer_id: int | None) -> Employer:
    """The company, locked, when the actor may see it; decisions about its people start here too."""
    query = visible_employers(uow.actor).where(Employer.id == employer_id).with_for_update()
    employer = uow.session.scalar(query.execution_options(populate_existing=True))
    if employer is None:
        raise NotFoundError
    return employer


def lock_member(uow: UnitOfWork, member_id: int) -> tuple[Employer, Member]:
    """A contact person with the company, when the actor may see them; the company is locked first."""
    member = uow.session.scalar(visible_members(uow.actor).where(Member.id == member_id))
    if member is None:
        raise NotFoundError
    employer = lock_employer(uow, member.employer_id)
    uow.session.refresh(member)
    return employer, member


def lock_location(uow: UnitOfWork, location_id: int) -> tuple[Employer, Location]:
    """A place with its company, when the actor may see them; the company is locked first."""
    location = uow.session.scalar(visible_locations(uow.actor).where(Location.id == location_id))
    if location is None:
        raise NotFoundError
    employer = lock_employer(uow, location.employer_id)
    uow.session.refresh(location)
    return employer, location


def sector_id(uow: UnitOfWork, key: str) -> int:
    """The sector with this key. Raises InvalidError('sector_unknown')."""
    found = uow.session.scalar(select(Sector.id).where(Sector.key == key))
    if found is None:
        raise InvalidError("sector_unknown")
    return found


def flush_or_refuse(uow: UnitOfWork) -> None:
    """Write what is pending; a number that somebody else just took becomes a refusal."""
    try:
        uow.flush()
    except IntegrityError as problem:
        code = TAKEN.get(constraint_of(problem) or "")
        if code is None:
            raise
        raise ConflictError(code) from None


def put_employer(uow: UnitOfWork, company: CompanyInput, status: EmployerStatus, source: EmployerSource) -> Employer:
    """Add a company. Raises ConflictError('employer_double')."""
    employer = Employer(
        name=company.name,
        kvk_number=company.kvk_number,
        sector_id=sector_id(uow, company.sector_key),
        website=company.website,
        status=status,
        source=source,
        submitted_at=None if status is EmployerStatus.UNCONFIRMED else uow.now,
        created_at=uow.now,
        details_changed_at=uow.now,
    )
    uow.session.add(employer)
    flush_or_refuse(uow)
    return employer


def put_location(uow: UnitOfWork, employer: Employer, place: LocationInput, *, accepted: bool) -> Location:
    """Add a place to a company. Raises ConflictError('establishment_taken')."""
    location = Location(
        employer_id=employer.id,
        establishment_number=place.establishment_number,
        street=place.street,
        postcode=place.postcode,
        city=place.city,
        accepted=accepted,
        created_at=uow.now,
    )
    uow.session.add(location)
    flush_or_refuse(uow)
    uow.audit(EmployersAction.LOCATION_ADDED, location)
    return location


def put_member(
    uow: UnitOfWork,
    employer: Employer,
    person: PersonInput,
    *,
    user: User | None,
    role: MemberRole,
    status: MemberStatus = MemberStatus.ACTIVE,
) -> Member:
    """Add a contact person to a company."""
    member = Member(
        employer_id=employer.id,
        user_id=user.id if user else None,
        name=person.name,
        job_title=person.job_title,
        email=user.email if user else person.email,
        phone=person.phone,
        role=role,
        status=status,
        created_at=uow.now,
    )
    uow.session.add(member)
    uow.flush()
    requested = status is MemberStatus.REQUESTED
    uow.audit(EmployersAction.MEMBER_REQUESTED if requested else EmployersAction.MEMBER_ADDED, member)
    return member


def account_for(uow: UnitOfWork, person: PersonInput) -> User | None:
    """A new account for somebody with a mail address, or the account of who left a company or was refused.

    Raises ConflictError('email_taken') for an address that is in use.
    """
    if not person.email:
        return None
    known = uow.session.scalar(
        select(User).where(User.email == person.email.strip().lower(), User.active, User.role == UserRole.EMPLOYER)
    )
    if known is not None and known.email_confirmed_at is not None and release(uow, known):
        return known
    return new_user(uow, email=person.email, name=person.name, role=UserRole.EMPLOYER, phone=person.phone)


def release(uow: UnitOfWork, user: User) -> bool:
    """Untie an account from a company that it left or that refused it; tells whether it is free now."""
    member = uow.session.scalar(select(Member).where(Member.user_id == user.id).with_for_update())
    if member is None:
        return True
    if member.status not in {MemberStatus.LEFT, MemberStatus.REFUSED}:
        return False
    member.user_id = None
    uow.audit(EmployersAction.MEMBER_CHANGED, member, changed=["account"])
    uow.flush()
    return True
