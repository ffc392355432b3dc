"""Mails about employers: signing up, joining, being let in or not, calls; and how contact persons are reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.employers.models import CallbackRequest, Employer, Location, Member
from portal.employers.queries import employer_card
from portal.employers.trail_queries import deeds_of_call
from portal.employers.trail_queries import phone_call as call_row
from portal.employers.vocabulary import PHONE_CALL_LINK, MemberStatus
from portal.kernel.i18n import SOURCE
from portal.kernel.outbox import ADDRESS_BOOKS, Address, Message, MessageKit, message
from portal.kernel.phones import display

Context = Mapping[str, object]


def member_address(session: Session, member_id: int) -> Address | None:
    """Where mail for a contact person goes: the account's address, else the one that was noted."""
    row = session.execute(
        select(Member.email, Member.name, User.email.label("account"), User.language, User.active)
        .outerjoin(User, User.id == Member.user_id)
        .where(Member.id == member_id, Member.status.in_([MemberStatus.ACTIVE, MemberStatus.REQUESTED]))
    ).one_or_none()
    if row is None or row.active is False:
        return None
    email = row.account or row.email
    return Address(email, row.name, row.language or SOURCE) if email else None


ADDRESS_BOOKS["member"] = member_address


def _phone(kit: MessageKit) -> str:
    return display(kit.settings.team_phone)


@message
@dataclass(frozen=True)
class EmployerAddressKnown(Message):
    """Somebody signs up with a mail address that has an account; the page does not tell, this mail does."""

    user_id: int
    moment: str
    name: ClassVar[str] = "employer_address_known"
    audience: ClassVar[Literal["employer"]] = "employer"

    def context(self, session: Session, kit: MessageKit) -> Context:
        """Whom, and where to sign in."""
        user = session.get_one(User, self.user_id)
        return {"name": user.name, "url": kit.links.url("/inloggen"), "team_phone": _phone(kit)}


@dataclass(frozen=True)
class _AboutEmployer(Message):
    """A message about one company at one moment, so that a second decision is told again."""

    employer_id: int
    moment: str

    def context(self, session: Session, kit: MessageKit) -> Context:
        """The company, and the pages of the team and of the company."""
        employer = session.get_one(Employer, self.employer_id)
        return {
            "company": employer.name,
            "reason": employer.reason or "",
            "team_url": kit.links.url(f"/team/werkgevers/{employer.id}"),
            "own_url": kit.links.url("/mijn-bedrijf/"),
            "team_phone": _phone(kit),
        }


@message
@dataclass(frozen=True)
class EmployerSubmitted(_AboutEmployer):
    """A company signed up and its mail address is confirmed: the team decides."""

    name: ClassVar[str] = "employer_submitted"
    audience: ClassVar[Literal["team"]] = "team"

    def context(self, session: Session, kit: MessageKit) -> Context:
        """The company with its sector and place."""
        card = employer_card(session, self.employer_id)
        known = super().context(session, kit)
        return {**known, "sector": card.sector_name if card else "", "city": card.city if card else ""}


@message
@dataclass(frozen=True)
class EmployerApproved(_AboutEmployer):
    """The team let the company in."""

    name: ClassVar[str] = "employer_approved"
    audience: ClassVar[Literal["employer"]] = "employer"


@message
@dataclass(frozen=True)
class EmployerRefused(_AboutEmployer):
    """The team did not let the company in, and says why."""

    name: ClassVar[str] = "employer_refused"
    audience: ClassVar[Literal["employer"]] = "employer"


@dataclass(frozen=True)
class _AboutMember(Message):
    """A message about somebody who wants to act for a company."""

    member_id: int

    def context(self, session: Session, kit: MessageKit) -> Context:
        """Who, for which company, at which new place."""
        member = session.get_one(Member, self.member_id)
        employer = session.get_one(Employer, member.employer_id)
        place = session.get(Location, member.location_id) if member.location_id else None
        return {
            "person": member.name,
            "company": employer.name,
            "place": f"{place.street}, {place.city}" if place else "",
            "reason": member.reason or "",
            "team_url": kit.links.url(f"/team/werkgevers/{employer.id}"),
            "people_url": kit.links.url("/mijn-bedrijf/mensen"),
            "own_url": kit.links.url("/mijn-bedrijf/"),
            "team_phone": _phone(kit),
        }


@message
@dataclass(frozen=True)
class EmployerJoinAsked(_AboutMember):
    """Somebody of another location wants to join: for the owners of the company."""

    name: ClassVar[str] = "employer_join_asked"
    audience: ClassVar[Literal["employer"]] = "employer"


@message
@dataclass(frozen=True)
class EmployerJoinAskedTeam(_AboutMember):
    """Somebody of another location wants to join: for the team."""

    name: ClassVar[str] = "employer_join_asked_team"
    audience: ClassVar[Literal["team"]] = "team"


@message
@dataclass(frozen=True)
class EmployerJoinAccepted(_AboutMember):
    """The request to join was accepted."""

    name: ClassVar[str] = "employer_join_accepted"
    audience: ClassVar[Literal["employer"]] = "employer"


@message
@dataclass(frozen=True)
class EmployerJoinRefused(_AboutMember):
    """The request to join was refused, with the reason."""

    name: ClassVar[str] = "employer_join_refused"
    audience: ClassVar[Literal["employer"]] = "employer"


@message
@dataclass(frozen=True)
class EmployerCallbackAsked(Message):
    """Somebody wants to be called; the number stays in the portal."""

    callback_id: int
    name: ClassVar[str] = "employer_callback_asked"
    audience: ClassVar[Literal["team"]] = "team"

    def context(self, session: Session, kit: MessageKit) -> Context:
        """When, and where the list is."""
        asked = session.get_one(CallbackRequest, self.callback_id)
        return {"when": asked.at.label, "url": kit.links.url("/team/terugbellen")}


@message
@dataclass(frozen=True)
class EmployerCallEnded(Message):
    """What the team did for a company during a call, with one link to say that it is right."""

    call_id: int
    name: ClassVar[str] = "employer_call_ended"
    audience: ClassVar[Literal["employer"]] = "employer"

    def context(self, session: Session, kit: MessageKit) -> Context:
        """The call, the list and the link."""
        call = call_row(session, self.call_id)
        if call is None:
            raise LookupError(f"no call {self.call_id}")
        token = kit.links.secret(PHONE_CALL_LINK, call.id)
        return {
            "company": call.employer_name,
            "colleague": call.user_name,
            "started_at": call.started_at,
            "deeds": deeds_of_call(session, call.id),
            "url": kit.links.url(f"/gesprek/{token}"),
            "team_phone": _phone(kit),
        }
