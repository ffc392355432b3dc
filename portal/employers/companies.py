"""A company and its places: let it in or not, change its data, accept a new place."""

from portal.employers.inputs import CompanyInput, LocationInput
from portal.employers.models import Employer, Location
from portal.employers.notifications import EmployerApproved, EmployerRefused
from portal.employers.policies import can_edit_employer
from portal.employers.queries import employer_contact
from portal.employers.records import flush_or_refuse, lock_employer, lock_location, put_location, sector_id
from portal.employers.rules import EMPLOYER_LIFE
from portal.employers.vocabulary import EmployersAction
from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork


def approve_employer(uow: UnitOfWork, *, employer_id: int) -> None:
    """Let a company in and tell it; who approves becomes its contact when it has none."""
    employer = _decide(uow, employer_id, "approve")
    employer.reason = None
    if employer.team_contact_id is None:
        employer.team_contact_id = uow.actor.user_id
    uow.audit(EmployersAction.EMPLOYER_APPROVED, employer)
    contact = employer_contact(uow.session, employer.id)
    if contact is not None:
        uow.notify(contact, EmployerApproved(employer_id=employer.id, moment=uow.now.isoformat()))


def refuse_employer(uow: UnitOfWork, *, employer_id: int, reason: str) -> None:
    """Do not let a company in, and tell it why. Raises InvalidError('text_needed') without a reason."""
    employer = _decide(uow, employer_id, "refuse", reason)
    employer.reason = reason.strip()
    uow.audit(EmployersAction.EMPLOYER_REFUSED, employer)
    contact = employer_contact(uow.session, employer.id) if employer.submitted_at is not None else None
    if contact is not None:
        uow.notify(contact, EmployerRefused(employer_id=employer.id, moment=uow.now.isoformat()))


def _decide(uow: UnitOfWork, employer_id: int, move: str, text: str = "") -> Employer:
    uow.actor.require(Permission.EMPLOYERS_EMPLOYER_JUDGE)
    employer = lock_employer(uow, employer_id)
    employer.status = EMPLOYER_LIFE.check(move, employer.status, uow.actor, text)
    employer.decided_at, employer.decided_by_id = uow.now, uow.actor.user_id
    return employer


def edit_employer(uow: UnitOfWork, *, employer_id: int, version: int, company: CompanyInput) -> None:
    """Change a company's own data; the KVK number only by the team. Raises ConflictError('stale_edit')."""
    if not can_edit_employer(uow.actor, employer_id):
        raise NotAllowedError
    employer = lock_employer(uow, employer_id)
    if employer.details_version != version:
        raise ConflictError("stale_edit")
    before = (employer.name, employer.kvk_number, employer.sector_id, employer.website)
    employer.name, employer.website = company.name, company.website
    employer.sector_id = sector_id(uow, company.sector_key)
    if uow.actor.is_team and company.kvk_number:
        employer.kvk_number = company.kvk_number
    after = (employer.name, employer.kvk_number, employer.sector_id, employer.website)
    names = ("name", "kvk_number", "sector", "website")
    changed = [name for name, old, new in zip(names, before, after, strict=True) if old != new]
    employer.details_version += 1
    employer.details_changed_at = uow.now
    flush_or_refuse(uow)
    uow.audit(EmployersAction.EMPLOYER_CHANGED, employer, changed=changed)


def note_employer(uow: UnitOfWork, *, employer_id: int, contact_id: int | None, note: str) -> None:
    """Who of the team knows this company, and what colleagues should know."""
    uow.actor.require(Permission.EMPLOYERS_EMPLOYER_JUDGE)
    employer = lock_employer(uow, employer_id)
    employer.team_contact_id, employer.team_note = contact_id, note.strip() or None
    uow.audit(EmployersAction.EMPLOYER_NOTED, employer)


def confirm_numbers(uow: UnitOfWork, *, employer_id: int) -> None:
    """The numbers that a list brought were compared with the register and are right."""
    uow.actor.require(Permission.EMPLOYERS_EMPLOYER_JUDGE)
    employer = lock_employer(uow, employer_id)
    employer.numbers_to_confirm = False
    uow.audit(EmployersAction.EMPLOYER_CHANGED, employer, changed=["numbers_to_confirm"])


def add_location(uow: UnitOfWork, *, employer_id: int, location: LocationInput) -> int:
    """Add a place to a company. Raises ConflictError('establishment_taken')."""
    if not can_edit_employer(uow.actor, employer_id):
        raise NotAllowedError
    return put_location(uow, lock_employer(uow, employer_id), location, accepted=True).id


def edit_location(uow: UnitOfWork, *, location_id: int, location: LocationInput) -> None:
    """Change a place; an establishment number that is there is only changed by the team."""
    employer, place = lock_location(uow, location_id)
    if not can_edit_employer(uow.actor, employer.id):
        raise NotAllowedError
    number = location.establishment_number
    if place.establishment_number is not None and place.establishment_number != number and not uow.actor.is_team:
        raise InvalidError("establishment_by_team")
    before = (place.establishment_number, place.street, place.postcode, place.city)
    place.establishment_number = number
    place.street, place.postcode, place.city = location.street, location.postcode, location.city
    after = (place.establishment_number, place.street, place.postcode, place.city)
    names = ("establishment_number", "street", "postcode", "city")
    changed = [name for name, old, new in zip(names, before, after, strict=True) if old != new]
    flush_or_refuse(uow)
    uow.audit(EmployersAction.LOCATION_CHANGED, place, changed=changed)


def accept_location(uow: UnitOfWork, place: Location) -> None:
    """A new place belongs to the company from now on; called with the person who asked."""
    if not place.accepted:
        place.accepted = True
        uow.audit(EmployersAction.LOCATION_ACCEPTED, place)


def refuse_location(uow: UnitOfWork, place: Location) -> None:
    """A place that was asked for does not belong to the company; its row goes, so that the number is free again."""
    if not place.accepted:
        uow.audit(EmployersAction.LOCATION_REFUSED, place)
        uow.session.delete(place)
