"""Signing up: from a form by anybody to a company that the team can decide about; and adding one during a call."""

from datetime import timedelta

from sqlalchemy import delete, or_, select

from portal.accounts.links import on_confirmed, request_confirmation, request_invitation
from portal.accounts.models import User
from portal.employers import rules
from portal.employers.inputs import CompanyInput, LocationInput, PersonInput
from portal.employers.models import Employer, Location, Member
from portal.employers.notifications import (
    EmployerAddressKnown,
    EmployerJoinAsked,
    EmployerJoinAskedTeam,
    EmployerSubmitted,
)
from portal.employers.queries import owners
from portal.employers.records import (
    account_for,
    flush_or_refuse,
    put_employer,
    put_location,
    put_member,
    release,
    sector_id,
)
from portal.employers.rules import EMPLOYER_LIFE, SameCompany
from portal.employers.vocabulary import EmployersAction, EmployerSource, EmployerStatus, MemberRole, MemberStatus
from portal.kernel.errors import ConflictError
from portal.kernel.outbox import Recipient
from portal.kernel.permissions import Permission, Role
from portal.kernel.throttle import too_often
from portal.kernel.uow import UnitOfWork

CALLER_LIMIT = 30
WINDOW = timedelta(hours=1)
ONE_MAIL_PER = timedelta(minutes=1)


def count_caller(uow: UnitOfWork, *, what: str, caller: str) -> None:
    """Count one more form from one place. Raises ConflictError('too_often')."""
    uow.actor.require(Permission.PUBLIC)
    uow.without_audit("counters only")
    if too_often(uow.session, what, caller, limit=CALLER_LIMIT, window=WINDOW, now=uow.now):
        raise ConflictError("too_often")


def sign_up(uow: UnitOfWork, *, company: CompanyInput, location: LocationInput, person: PersonInput) -> None:
    """Sign a company up, or ask to join a known one with a new location; a mail asks to confirm the address.

    The answer is the same whether the mail address has an account or not. Raises ConflictError('employer_double').
    """
    uow.actor.require(Permission.PUBLIC)
    known = _known_company(uow, company.kvk_number)
    if known is not None and _sent_again(uow, known, company, location, person):
        return
    if known is not None and rules.is_abandoned(known.status, known.created_at, uow.now):
        _forget(uow, known)
        known = None
    if known is not None:
        _check_not_double(uow, known, location)
    user = _own_account(uow, person)
    if user is None:
        return
    if known is None:
        _new_company(uow, company, location, person, user)
    else:
        _ask_to_join(uow, known, location, person, user)
    _confirm_or_ask(uow, user)


def _known_company(uow: UnitOfWork, kvk_number: str) -> Employer | None:
    return uow.session.scalar(select(Employer).where(Employer.kvk_number == kvk_number).with_for_update())


def _check_not_double(uow: UnitOfWork, known: Employer, location: LocationInput) -> None:
    places = uow.session.execute(
        select(Location.establishment_number, Location.postcode).where(Location.employer_id == known.id)
    ).all()
    pairs = [(row.establishment_number, row.postcode) for row in places]
    if rules.same_company(pairs, location.establishment_number, location.postcode) is SameCompany.DOUBLE:
        raise ConflictError("employer_double")


def _sent_again(
    uow: UnitOfWork, known: Employer, company: CompanyInput, location: LocationInput, person: PersonInput
) -> bool:
    """Whether the same person sends the form again before confirming: a repeated click, or a corrected address.

    The same mail address or the same phone number is the same person; a new link goes out, at most one per minute.
    """
    email = (person.email or "").strip().lower()
    found = uow.session.execute(
        select(Member, User)
        .join(User, User.id == Member.user_id)
        .where(Member.employer_id == known.id, User.email_confirmed_at.is_(None))
        .where(or_(User.email == email, Member.phone == person.phone))
        .order_by((User.email == email).desc(), Member.id)
    ).first()
    if found is None:
        return False
    member, user = found
    if user.email != email:
        corrected = _own_account(uow, person)
        if corrected is None:
            return True
        member.user_id, member.email = corrected.id, corrected.email
        uow.flush()
        uow.session.delete(user)
        user = corrected
    member.name, member.job_title, member.phone = person.name, person.job_title, person.phone
    uow.audit(EmployersAction.MEMBER_CHANGED, member, changed=["details"])
    if known.status is EmployerStatus.UNCONFIRMED:
        _correct(uow, known, company, location)
    _mail_link(uow, user)
    return True


def _correct(uow: UnitOfWork, known: Employer, company: CompanyInput, location: LocationInput) -> None:
    """What was typed the second time counts."""
    known.name, known.website = company.name, company.website
    known.sector_id = sector_id(uow, company.sector_key)
    place = uow.session.scalar(select(Location).where(Location.employer_id == known.id).order_by(Location.id).limit(1))
    if place is not None:
        place.establishment_number = location.establishment_number
        place.street, place.postcode, place.city = location.street, location.postcode, location.city
    flush_or_refuse(uow)
    uow.audit(EmployersAction.EMPLOYER_CHANGED, known, changed=["details"])


def _mail_link(uow: UnitOfWork, user: User) -> None:
    if not too_often(uow.session, "sign-up-mail", user.email, limit=1, window=ONE_MAIL_PER, now=uow.now):
        request_confirmation(uow, user)


def _forget(uow: UnitOfWork, employer: Employer) -> None:
    """A sign-up that nobody confirmed makes place for the next one."""
    uow.audit(EmployersAction.EMPLOYER_FORGOTTEN, employer)
    users = select(Member.user_id).where(Member.employer_id == employer.id)
    ids = uow.session.scalars(select(User.id).where(User.id.in_(users), User.email_confirmed_at.is_(None))).all()
    uow.session.execute(delete(Employer).where(Employer.id == employer.id))
    uow.session.execute(delete(User).where(User.id.in_(ids)))
    uow.session.expunge(employer)


def _own_account(uow: UnitOfWork, person: PersonInput) -> User | None:
    """The account of who signs up: of who is signed in, a new one, or none because the address is in use."""
    if uow.actor.signed_in:
        user = uow.session.get_one(User, uow.actor.user_id)
        if uow.actor.role is not Role.EMPLOYER_APPLICANT or not release(uow, user):
            raise ConflictError("already_signed_up")
        return user
    known = uow.session.scalar(select(User).where(User.email == (person.email or "").strip().lower()))
    if known is None:
        return account_for(uow, person)
    uow.without_audit("an answer to somebody with an account changes nothing")
    if known.active and not too_often(
        uow.session, "sign-up-mail", known.email, limit=1, window=ONE_MAIL_PER, now=uow.now
    ):
        note = EmployerAddressKnown(user_id=known.id, moment=uow.now.isoformat(timespec="minutes"))
        uow.notify(Recipient.user(known.id), note)
    return None


def _new_company(
    uow: UnitOfWork, company: CompanyInput, location: LocationInput, person: PersonInput, user: User
) -> None:
    employer = put_employer(uow, company, EmployerStatus.UNCONFIRMED, EmployerSource.WEB)
    uow.audit(EmployersAction.EMPLOYER_SIGNED_UP, employer)
    put_location(uow, employer, location, accepted=True)
    put_member(uow, employer, person, user=user, role=MemberRole.OWNER)


def _ask_to_join(uow: UnitOfWork, known: Employer, location: LocationInput, person: PersonInput, user: User) -> None:
    place = put_location(uow, known, location, accepted=False)
    member = put_member(uow, known, person, user=user, role=MemberRole.MEMBER, status=MemberStatus.REQUESTED)
    member.location_id = place.id


def _confirm_or_ask(uow: UnitOfWork, user: User) -> None:
    if user.email_confirmed_at is None:
        _mail_link(uow, user)
    else:
        take_in(uow, user)


def take_in(uow: UnitOfWork, user: User) -> None:
    """What follows when a mail address is confirmed: a new company waits for the team, a request for an owner."""
    found = uow.session.execute(
        select(Member, Employer).join(Employer, Employer.id == Member.employer_id).where(Member.user_id == user.id)
    ).one_or_none()
    if found is None:
        return
    member, employer = found
    if member.status is MemberStatus.REQUESTED:
        for owner in owners(uow.session, employer.id):
            uow.notify(owner, EmployerJoinAsked(member_id=member.id))
        uow.notify(Recipient.team(), EmployerJoinAskedTeam(member_id=member.id))
    elif employer.status is EmployerStatus.UNCONFIRMED:
        employer.status = EMPLOYER_LIFE.check("confirm", employer.status, uow.actor)
        employer.submitted_at = uow.now
        uow.audit(EmployersAction.EMPLOYER_SUBMITTED, employer)
        uow.notify(Recipient.team(), EmployerSubmitted(employer_id=employer.id, moment=uow.now.isoformat()))


on_confirmed.append(take_in)


def add_employer(uow: UnitOfWork, *, company: CompanyInput, location: LocationInput, person: PersonInput) -> int:
    """Add a company that the team knows, approved at once; its contact gets an invitation when there is a mail address.

    Raises ConflictError: 'employer_double', 'establishment_taken', 'email_taken'.
    """
    uow.actor.require(Permission.EMPLOYERS_EMPLOYER_JUDGE)
    employer = put_employer(uow, company, EmployerStatus.APPROVED, EmployerSource.TEAM)
    employer.decided_at, employer.decided_by_id = uow.now, uow.actor.user_id
    employer.team_contact_id = uow.actor.user_id
    uow.audit(EmployersAction.EMPLOYER_ADDED, employer)
    put_location(uow, employer, location, accepted=True)
    user = account_for(uow, person)
    put_member(uow, employer, person, user=user, role=MemberRole.OWNER)
    if user is not None:
        request_invitation(uow, user)
    return employer.id
