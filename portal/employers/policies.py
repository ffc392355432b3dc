"""Which employers and contact persons exist for somebody, and who may decide about them."""

from sqlalchemy import Select, false, select

from portal.employers.models import Employer, Location, Member
from portal.kernel.permissions import Actor, Permission


def visible_employers(actor: Actor) -> Select[Employer]:
    """The team sees every employer, an employer only its own company, everybody else none."""
    found = select(Employer)
    if actor.can(Permission.EMPLOYERS_EMPLOYER_SEE):
        return found
    return found.where(Employer.id == actor.employer_id) if actor.employer_id is not None else found.where(false())


def visible_members(actor: Actor) -> Select[Member]:
    """The team sees every contact person, an employer those of its own company."""
    found = select(Member)
    if actor.can(Permission.EMPLOYERS_EMPLOYER_SEE):
        return found
    return (
        found.where(Member.employer_id == actor.employer_id) if actor.employer_id is not None else found.where(false())
    )


def visible_locations(actor: Actor) -> Select[Location]:
    """The team sees every location, an employer those of its own company."""
    found = select(Location)
    if actor.can(Permission.EMPLOYERS_EMPLOYER_SEE):
        return found
    if actor.employer_id is None:
        return found.where(false())
    return found.where(Location.employer_id == actor.employer_id)


def can_edit_employer(actor: Actor, employer_id: int) -> bool:
    """The team edits every company; somebody of an approved company edits the own one."""
    if actor.can(Permission.EMPLOYERS_EMPLOYER_JUDGE):
        return True
    return actor.can(Permission.EMPLOYERS_OWN_EDIT) and actor.employer_id == employer_id


def can_manage_members(actor: Actor, employer_id: int) -> bool:
    """The team and the company's owners decide who acts for the company."""
    if actor.can(Permission.EMPLOYERS_EMPLOYER_JUDGE):
        return True
    return actor.can(Permission.EMPLOYERS_MEMBER_MANAGE) and actor.employer_id == employer_id
