"""Takes over lists of employers: read into a plan, shown, and then written in one transaction."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.accounts.models import User
from portal.accounts.users import new_user
from portal.accounts.vocabulary import UserRole
from portal.employers.import_rules import EmployerRow, KnownEmployer, plan_employers
from portal.employers.models import Employer, Location, Member, Sector
from portal.employers.vocabulary import (
    EmployersAction,
    EmployerSource,
    EmployerStatus,
    MemberRole,
    MemberStatus,
)
from portal.kernel.import_report import ImportPlan
from portal.kernel.permissions import Permission
from portal.kernel.tabular import Table
from portal.kernel.uow import UnitOfWork


def plan_employer_list(session: Session, table: Table) -> ImportPlan[EmployerRow]:
    """What a list of employers would do now; writes nothing."""
    employers = session.scalars(select(Employer).options(selectinload(Employer.locations)))
    known = [
        KnownEmployer(e.id, e.name, e.kvk_number, tuple(place.establishment_number or "" for place in e.locations))
        for e in employers
    ]
    return plan_employers(table, known, sector_names(session))


def sector_names(session: Session) -> dict[str, str]:
    """The keys and names of the sectors that are in use."""
    return dict(session.execute(select(Sector.key, Sector.name).where(Sector.active)).all())


def import_employers(uow: UnitOfWork, *, table: Table) -> ImportPlan[EmployerRow]:
    """Write a list of employers. They come from the team, so they are approved at once; no mail goes out."""
    uow.actor.require(Permission.EMPLOYERS_EMPLOYER_IMPORT)
    plan = plan_employer_list(uow.session, table)
    sectors = dict(uow.session.execute(select(Sector.key, Sector.id)).all())
    made: dict[int, int] = {}
    for number, row in plan.new:
        employer_id = row.known_id or made.get(row.first_row or 0)
        if employer_id is None:
            employer_id = _add_employer(uow, row, sectors[row.sector])
            made[number] = employer_id
        _add_location(uow, row, employer_id)
    return plan


def _add_employer(uow: UnitOfWork, row: EmployerRow, sector_id: int) -> int:
    employer = Employer(
        name=row.name,
        kvk_number=row.kvk,
        sector_id=sector_id,
        website=row.website or None,
        status=EmployerStatus.APPROVED,
        source=EmployerSource.IMPORT,
        team_note=row.remark or None,
        numbers_to_confirm=row.numbers_to_confirm,
        decided_at=uow.now,
        decided_by_id=uow.actor.user_id,
        submitted_at=uow.now,
        created_at=uow.now,
        details_changed_at=uow.now,
    )
    uow.session.add(employer)
    uow.flush()
    uow.audit(EmployersAction.EMPLOYER_ADDED, employer, source=EmployerSource.IMPORT)
    return employer.id


def _add_location(uow: UnitOfWork, row: EmployerRow, employer_id: int) -> None:
    location = Location(
        employer_id=employer_id,
        establishment_number=row.establishment or None,
        street=row.street,
        postcode=row.postcode,
        city=row.city,
        created_at=uow.now,
    )
    uow.session.add(location)
    uow.flush()
    uow.audit(EmployersAction.LOCATION_ADDED, location)
    if row.contact or row.email:
        _add_contact(uow, row, employer_id, location.id)


def _add_contact(uow: UnitOfWork, row: EmployerRow, employer_id: int, location_id: int) -> None:
    """The contact person; with a mail address that nobody has yet, an account that a mail link opens."""
    taken = uow.session.scalar(select(User.id).where(User.email == row.email)) if row.email else None
    user = None
    name = row.contact or row.email
    if row.email and taken is None:
        user = new_user(uow, email=row.email, name=name, role=UserRole.EMPLOYER, phone=row.phone or None)
    member = Member(
        employer_id=employer_id,
        location_id=location_id,
        user_id=user.id if user else None,
        name=name,
        job_title=row.job_title or None,
        email=row.email or None,
        phone=row.phone or None,
        role=MemberRole.OWNER,
        status=MemberStatus.ACTIVE,
        created_at=uow.now,
    )
    uow.session.add(member)
    uow.flush()
    uow.audit(EmployersAction.MEMBER_ADDED, member)
