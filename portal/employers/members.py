"""The people of a company: invite, let in or not, change, take leave; a company always keeps an owner."""

from sqlalchemy import select

from portal.accounts.links import request_confirmation, request_invitation, void_links
from portal.accounts.models import User
from portal.accounts.users import normal_email
from portal.employers.companies import accept_location, refuse_location
from portal.employers.inputs import PersonInput
from portal.employers.models import Employer, Location, Member
from portal.employers.notifications import EmployerJoinAccepted, EmployerJoinRefused
from portal.employers.policies import can_manage_members
from portal.employers.records import account_for, flush_or_refuse, lock_employer, lock_member, put_member
from portal.employers.rules import loses_last_owner
from portal.employers.vocabulary import EmployersAction, EmployerStatus, MemberRole, MemberStatus
from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.outbox import Recipient
from portal.kernel.permissions import Permission
from portal.kernel.uow import UnitOfWork


def add_member(uow: UnitOfWork, *, employer_id: int, person: PersonInput, role: MemberRole) -> int:
    """Add a colleague to a company; whoever has a mail address is invited. Raises ConflictError('email_taken')."""
    employer = _managed_employer(uow, employer_id)
    user = account_for(uow, person)
    member = put_member(uow, employer, person, user=user, role=role)
    if user is not None:
        uow.audit(EmployersAction.MEMBER_INVITED, member)
        request_invitation(uow, user)
    return member.id


def accept_member(uow: UnitOfWork, *, member_id: int) -> None:
    """Let somebody who asked to join act for the company, and accept the place that came with it."""
    member = _asking(uow, member_id)
    if member is None:
        return
    member.status = MemberStatus.ACTIVE
    place = _place_of(uow, member)
    if place is not None:
        accept_location(uow, place)
    uow.audit(EmployersAction.MEMBER_ACCEPTED, member)
    uow.notify(_recipient(member), EmployerJoinAccepted(member_id=member.id))


def refuse_member(uow: UnitOfWork, *, member_id: int, reason: str) -> None:
    """Do not let somebody act for the company, and say why. Raises InvalidError('text_needed') without a reason."""
    member = _asking(uow, member_id)
    if member is None:
        raise ConflictError("move_not_possible")
    if not reason.strip():
        raise InvalidError("text_needed")
    member.status, member.reason, member.ended_at = MemberStatus.REFUSED, reason.strip(), uow.now
    place = _place_of(uow, member)
    if place is not None:
        refuse_location(uow, place)
    uow.audit(EmployersAction.MEMBER_REFUSED, member)
    uow.notify(_recipient(member), EmployerJoinRefused(member_id=member.id))


def change_role(uow: UnitOfWork, *, member_id: int, role: MemberRole) -> None:
    """Make somebody owner or contact person. Raises ConflictError('last_owner')."""
    employer, member = _managed_member(uow, member_id)
    _check_owner_stays(uow, employer, member, role)
    member.role = role
    uow.audit(EmployersAction.MEMBER_CHANGED, member, role=role)


def remove_member(uow: UnitOfWork, *, member_id: int) -> None:
    """Somebody no longer acts for the company. Raises ConflictError('last_owner')."""
    employer, member = _managed_member(uow, member_id)
    _check_owner_stays(uow, employer, member, None)
    member.status, member.ended_at = MemberStatus.LEFT, uow.now
    uow.audit(EmployersAction.MEMBER_LEFT, member)


def edit_member(uow: UnitOfWork, *, member_id: int, person: PersonInput) -> None:
    """Change a contact person. A first mail address brings an invitation; one that was confirmed is not changed here.

    Raises ConflictError: 'email_taken', 'email_confirmed'.
    """
    _employer, member = _managed_member(uow, member_id)
    member.name, member.job_title, member.phone = person.name, person.job_title, person.phone
    user = uow.session.get(User, member.user_id) if member.user_id is not None else None
    if user is None:
        _give_account(uow, member, person)
    elif person.email and normal_email(person.email) != user.email:
        _correct_address(uow, member, user, normal_email(person.email))
    uow.audit(EmployersAction.MEMBER_CHANGED, member, changed=["details"])


def _give_account(uow: UnitOfWork, member: Member, person: PersonInput) -> None:
    user = account_for(uow, person)
    if user is None:
        member.email = None
        return
    member.user_id, member.email = user.id, user.email
    uow.audit(EmployersAction.MEMBER_INVITED, member)
    request_invitation(uow, user)


def _correct_address(uow: UnitOfWork, member: Member, user: User, email: str) -> None:
    """A mistyped address that nobody confirmed is put right; old links end, a new one goes out."""
    if user.email_confirmed_at is not None:
        raise ConflictError("email_confirmed")
    if uow.session.scalar(select(User.id).where(User.email == email)) is not None:
        raise ConflictError("email_taken")
    void_links(uow, user)
    user.email = member.email = email
    flush_or_refuse(uow)
    send_link_again(uow, member_id=member.id)


def send_link_again(uow: UnitOfWork, *, member_id: int) -> None:
    """Mail somebody who has not come in yet the link again: to confirm a sign-up, or the invitation."""
    employer, member = _managed_member(uow, member_id)
    user = uow.session.get(User, member.user_id) if member.user_id is not None else None
    if user is None or not user.active or user.email_confirmed_at is not None:
        raise ConflictError("move_not_possible")
    uow.audit(EmployersAction.MEMBER_INVITED, member)
    if employer.status is EmployerStatus.UNCONFIRMED or member.status is MemberStatus.REQUESTED:
        request_confirmation(uow, user)
    else:
        request_invitation(uow, user)


def _managed_employer(uow: UnitOfWork, employer_id: int) -> Employer:
    uow.actor.require(Permission.EMPLOYERS_OWN_SEE if not uow.actor.is_team else Permission.EMPLOYERS_EMPLOYER_SEE)
    employer = lock_employer(uow, employer_id)
    if not can_manage_members(uow.actor, employer.id):
        raise NotAllowedError
    return employer


def _managed_member(uow: UnitOfWork, member_id: int) -> tuple[Employer, Member]:
    employer, member = lock_member(uow, member_id)
    if not can_manage_members(uow.actor, employer.id):
        raise NotAllowedError
    if member.status in {MemberStatus.LEFT, MemberStatus.REFUSED}:
        raise ConflictError("move_not_possible")
    return employer, member


def _asking(uow: UnitOfWork, member_id: int) -> Member | None:
    """Somebody who asks to join and proved the mail address; None when that person was let in already."""
    _employer, member = lock_member(uow, member_id)
    if not can_manage_members(uow.actor, member.employer_id):
        raise NotAllowedError
    if member.status is MemberStatus.ACTIVE:
        return None
    user = uow.session.get(User, member.user_id) if member.user_id is not None else None
    if member.status is not MemberStatus.REQUESTED:
        raise ConflictError("move_not_possible")
    if user is None or user.email_confirmed_at is None:
        raise NotFoundError
    return member


def _place_of(uow: UnitOfWork, member: Member) -> Location | None:
    return uow.session.get(Location, member.location_id) if member.location_id is not None else None


def _recipient(member: Member) -> Recipient:
    return Recipient.user(member.user_id) if member.user_id is not None else Recipient.member(member.id)


def _check_owner_stays(uow: UnitOfWork, employer: Employer, member: Member, role: MemberRole | None) -> None:
    """The company is locked: of two owners who leave at the same moment one stays."""
    owners = uow.session.scalars(
        select(Member.id).where(
            Member.employer_id == employer.id,
            Member.role == MemberRole.OWNER,
            Member.status == MemberStatus.ACTIVE,
        )
    ).all()
    if loses_last_owner(owners, member.id, role):
        raise ConflictError("last_owner")
