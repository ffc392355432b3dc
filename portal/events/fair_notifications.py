"""Mails about stands and fairs. Each carries the values of its moment, so that a late mail tells what was true then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, TypedDict

from sqlalchemy.orm import Session

from portal.events.fair_calendar import OwnStand, address_of, stand_invitation
from portal.events.models import JobFair, StandBooking
from portal.kernel.i18n import use_language
from portal.kernel.ics import Method
from portal.kernel.outbox import Address, CalendarPart, Message, MessageKit, message
from portal.kernel.phones import display


class StandFacts(TypedDict):
    """What every message about a stand carries."""

    booking_id: int
    fair_id: int
    number: int
    title: str
    starts_at: str
    ends_at: str
    build_up_at: str | None
    where: str
    sequence: int
    at: str


def stand_facts(fair: JobFair, booking: StandBooking, number: int, now: datetime) -> StandFacts:
    """The values of this moment."""
    return StandFacts(
        booking_id=booking.id,
        fair_id=fair.id,
        number=number,
        title=fair.title,
        starts_at=fair.starts_at.isoformat(),
        ends_at=fair.ends_at.isoformat(),
        build_up_at=fair.build_up_at.isoformat() if fair.build_up_at else None,
        where=address_of(fair),
        sequence=fair.calendar_sequence,
        at=now.isoformat(),
    )


@dataclass(frozen=True, kw_only=True)
class StandMessage(Message):
    """Base of the messages about an employer's stand."""

    audience: ClassVar[Literal["employer", "team", "coach", "participant"]] = "employer"
    method: ClassVar[Method]

    booking_id: int
    fair_id: int
    number: int
    title: str
    starts_at: str
    ends_at: str
    build_up_at: str | None
    where: str
    sequence: int
    at: str

    def fact(self) -> str:
        """Told once for each booking and each version of its calendar entry."""
        return f"{self.name}:{self.booking_id}:{self.sequence}"

    def context(self, session: Session, kit: MessageKit) -> Mapping[str, object]:
        """The values of the fact, and where the employer sees the fair."""
        stand = self._stand()
        return {
            "title": stand.title,
            "number": stand.number,
            "starts_at": stand.starts_at,
            "ends_at": stand.ends_at,
            "build_up_at": stand.build_up_at,
            "where": stand.where,
            "link": kit.links.url(f"/mijn-bedrijf/werkmarkten/{self.fair_id}"),
            "team_phone": display(kit.settings.team_phone),
            **self.more(session),
        }

    def more(self, session: Session) -> Mapping[str, object]:
        """What this message adds; words that somebody typed are read when it is sent, never carried."""
        return {}

    def calendar(self, session: Session, kit: MessageKit, address: Address) -> CalendarPart:
        """The invitation, or its cancellation."""
        with use_language(address.language):
            content = stand_invitation(self._stand(), kit.settings, method=self.method, attendee=address.email)
        return CalendarPart(content, self.method)

    def _stand(self) -> OwnStand:
        return OwnStand(
            booking_id=self.booking_id,
            number=self.number,
            title=self.title,
            starts_at=datetime.fromisoformat(self.starts_at),
            ends_at=datetime.fromisoformat(self.ends_at),
            build_up_at=datetime.fromisoformat(self.build_up_at) if self.build_up_at else None,
            where=self.where,
            sequence=self.sequence,
            stamp=datetime.fromisoformat(self.at),
            cancelled=self.method == "CANCEL",
        )


@message
@dataclass(frozen=True, kw_only=True)
class StandBooked(StandMessage):
    """An employer has a stand."""

    name: ClassVar[str] = "stand_booked"
    method: ClassVar[Method] = "REQUEST"

    def more(self, session: Session) -> Mapping[str, object]:
        """What the employer needs and brings."""
        booking = session.get_one(StandBooking, self.booking_id)
        return {"needs_power": booking.needs_power, "brings": booking.brings or ""}


@message
@dataclass(frozen=True, kw_only=True)
class StandReleased(StandMessage):
    """A stand was given back, by the employer or by the team with a reason."""

    name: ClassVar[str] = "stand_released"
    method: ClassVar[Method] = "CANCEL"

    def more(self, session: Session) -> Mapping[str, object]:
        """Why, when the team did it."""
        return {"reason": session.get_one(StandBooking, self.booking_id).reason or ""}


@message
@dataclass(frozen=True, kw_only=True)
class FairMoved(StandMessage):
    """The fair is at another time or place."""

    name: ClassVar[str] = "fair_moved"
    method: ClassVar[Method] = "REQUEST"


@message
@dataclass(frozen=True, kw_only=True)
class FairCancelled(StandMessage):
    """The fair does not take place."""

    name: ClassVar[str] = "fair_cancelled"
    method: ClassVar[Method] = "CANCEL"

    def more(self, session: Session) -> Mapping[str, object]:
        """Why."""
        return {"reason": session.get_one(JobFair, self.fair_id).reason or ""}
