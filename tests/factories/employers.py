"""Employers, their people and their sectors for tests."""

from itertools import count

from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.vocabulary import AccountsAction, UserRole
from portal.employers.models import Employer, Location, Member, Sector
from portal.employers.sector_data import SECTORS
from portal.employers.vocabulary import EmployersAction, EmployerSource, EmployerStatus, MemberRole, MemberStatus
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import UnitOfWork

_numbers = count(1)


def a_sector(uow: UnitOfWork, key: str = "bouw") -> Sector:
    """One of the 22 sectors; the same row each time."""
    found = uow.session.scalar(select(Sector).where(Sector.key == key))
    if found is None:
        seed = next(seed for seed in SECTORS if seed.key == key)
        found = Sector(key=key, name=seed.name.message, group=seed.group, icon=seed.icon)
        uow.session.add(found)
        uow.audit(EmployersAction.SECTOR_ADDED, found)
    return found


def an_employer(
    uow: UnitOfWork,
    name: str = "Bouwbedrijf Veldhoek",
    *,
    status: EmployerStatus | str = "approved",
    sector: str = "bouw",
    establishment: str | None = "",
    city: str = "Apeldoorn",
    **fields: object,
) -> Employer:
    """An approved employer with one location; `establishment=None` leaves its number to the team."""
    number = next(_numbers)
    values: dict[str, object] = {
        "kvk_number": f"{number:08d}",
        "source": EmployerSource.WEB,
        "created_at": uow.now,
        "details_changed_at": uow.now,
        **fields,
    }
    employer = Employer(name=name, status=EmployerStatus(status), sector_id=a_sector(uow, sector).id, **values)
    uow.session.add(employer)
    uow.audit(EmployersAction.EMPLOYER_ADDED, employer)
    location = Location(
        employer_id=employer.id,
        establishment_number=f"{number:012d}" if establishment == "" else establishment,
        street="Molenweg 1",
        postcode="7311 AB",
        city=city,
        created_at=uow.now,
    )
    uow.session.add(location)
    uow.flush()
    return employer


def a_member(
    uow: UnitOfWork,
    employer: Employer,
    *,
    user: User | None = None,
    role: MemberRole | str = "member",
    status: MemberStatus | str = "active",
    **fields: object,
) -> Member:
    """A contact person; without `user` one without an account, for whom the team acts."""
    number = next(_numbers)
    values: dict[str, object] = {
        "name": user.name if user else "Gerda Hoekstra",
        "email": user.email if user else f"contact{number}@voorbeeld.example",
        "phone": f"+316891{number:05d}",
        "created_at": uow.now,
        **fields,
    }
    member = Member(
        employer_id=employer.id,
        user_id=user.id if user else None,
        role=MemberRole(role),
        status=MemberStatus(status),
        **values,
    )
    uow.session.add(member)
    uow.audit(EmployersAction.MEMBER_ADDED, member)
    return member


def an_employer_user(uow: UnitOfWork, name: str = "Herman Veldhoek", **fields: object) -> User:
    """An account of an employer, not yet tied to one."""
    number = next(_numbers)
    values: dict[str, object] = {
        "email": f"werkgever{number}@voorbeeld.example",
        "role": UserRole.EMPLOYER,
        "email_confirmed_at": uow.now,
        "created_at": uow.now,
        **fields,
    }
    user = User(name=name, **values)
    uow.session.add(user)
    uow.audit(AccountsAction.USER_ADDED, user)
    return user


def an_owner(uow: UnitOfWork, employer: Employer | None = None, **fields: object) -> tuple[Employer, User]:
    """An employer (approved unless the fields say otherwise) with its owner's account."""
    employer = employer or an_employer(uow, **fields)  # type: ignore[arg-type]
    user = an_employer_user(uow)
    a_member(uow, employer, user=user, role=MemberRole.OWNER)
    return employer, user


def a_team_user(uow: UnitOfWork, name: str = "Marleen Visscher", **fields: object) -> User:
    """Somebody of the werkgeversteam with an account."""
    number = next(_numbers)
    values: dict[str, object] = {
        "email": f"team{number}@werkgeversteam.example",
        "phone": "+31550001236",
        "role": UserRole.TEAM_MEMBER,
        "email_confirmed_at": uow.now,
        "created_at": uow.now,
        **fields,
    }
    user = User(name=name, **values)
    uow.session.add(user)
    uow.audit(AccountsAction.USER_ADDED, user)
    return user


def owner_actor(employer: Employer, user: User) -> Actor:
    """The actor that signing in as this owner gives; for commands without pages."""
    role = Role.EMPLOYER_OWNER if employer.status is EmployerStatus.APPROVED else Role.EMPLOYER_APPLICANT
    return Actor(role=role, user_id=user.id, name=user.name, employer_id=employer.id)


def team_actor(user: User) -> Actor:
    """The actor that signing in as this member of the team gives."""
    return Actor(role=Role.TEAM_MEMBER, user_id=user.id, name=user.name)
