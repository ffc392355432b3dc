"""Messages about tours. Each carries the values of its moment, so that a late mail tells what was true then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal, TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.events.calendar import Place, place_invitation
from portal.events.models import Registration, Tour
from portal.kernel.config import Settings
from portal.kernel.i18n import use_language
from portal.kernel.ics import Method
from portal.kernel.outbox import Address, CalendarPart, Message, MessageKit, message
from portal.kernel.phones import display
from portal.participants.models import Participant

LINK_PURPOSE = "registration"


class PlaceFacts(TypedDict):
    """What every message about a place carries."""

    registration_id: int
    link_version: int
    language: str
    employer: str
    be_there_at: str
    ends_at: str
    meeting_point: str
    uid: str
    sequence: int
    at: str


def place_facts(tour: Tour, registration: Registration, participant: Participant, now: datetime) -> PlaceFacts:
    """The values of this moment."""
    return PlaceFacts(
        registration_id=registration.id,
        link_version=registration.link_version,
        language=participant.language,
        employer=tour.employer.name,
        be_there_at=tour.be_there_at.isoformat(),
        ends_at=tour.ends_at.isoformat(),
        meeting_point=tour.meeting_point,
        uid=registration.calendar_uid,
        sequence=registration.calendar_sequence,
        at=now.isoformat(),
    )


@dataclass(frozen=True, kw_only=True)
class PlaceMessage(Message):
    """Base of the messages about somebody's place."""

    audience: ClassVar[Literal["employer", "team", "coach", "participant"]] = "participant"
    method: ClassVar[Method | None] = None

    registration_id: int
    link_version: int
    language: str
    employer: str
    be_there_at: str
    ends_at: str
    meeting_point: str
    uid: str
    sequence: int
    at: str

    def fact(self) -> str:
        """Told once for each registration and each version of its calendar entry."""
        return f"{self.name}:{self.registration_id}:{self.sequence}"

    def context(self, session: Session, kit: MessageKit) -> Mapping[str, object]:
        """The values of the fact, and the secret link to the person's own page."""
        return {
            "company": self.employer,
            "be_there_at": datetime.fromisoformat(self.be_there_at),
            "ends_at": datetime.fromisoformat(self.ends_at),
            "meeting_point": self.meeting_point,
            "link": place_link(kit, self.registration_id, self.link_version, self.language),
            **common_words(kit.settings),
            **self.more(),
        }

    def more(self) -> Mapping[str, object]:
        """What this message adds."""
        return {}

    def sends_calendar(self) -> bool:
        """Whether the calendar of this person must change."""
        return self.method is not None

    def calendar(self, session: Session, kit: MessageKit, address: Address) -> CalendarPart | None:
        """The invitation, or its cancellation."""
        if self.method is None or not self.sends_calendar():
            return None
        place = Place(
            uid=self.uid,
            sequence=self.sequence,
            stamp=datetime.fromisoformat(self.at),
            employer=self.employer,
            be_there_at=datetime.fromisoformat(self.be_there_at),
            ends_at=datetime.fromisoformat(self.ends_at),
            meeting_point=self.meeting_point,
            cancelled=self.method == "CANCEL",
        )
        with use_language(address.language):
            content = place_invitation(place, kit.settings, method=self.method, attendee=address.email)
        return CalendarPart(content, self.method)


@message
@dataclass(frozen=True, kw_only=True)
class TourPlaceConfirmed(PlaceMessage):
    """Somebody has a place."""

    name: ClassVar[str] = "tour_place_confirmed"
    method: ClassVar[Method | None] = "REQUEST"


@message
@dataclass(frozen=True, kw_only=True)
class JoinedWaitingList(PlaceMessage):
    """Somebody waits for a place."""

    name: ClassVar[str] = "tour_waiting_list_joined"
    position: int

    def more(self) -> Mapping[str, object]:
        """The place in the queue."""
        return {"position": self.position}


@message
@dataclass(frozen=True, kw_only=True)
class PlaceOffered(PlaceMessage):
    """A place is held for somebody who waits; the deadline is not known before a person has told it."""

    name: ClassVar[str] = "place_offered"
    deadline: str | None

    def fact(self) -> str:
        """A place may be offered again after an offer that nobody could tell."""
        return f"{self.name}:{self.registration_id}:{self.at}"

    def more(self) -> Mapping[str, object]:
        """Until when, if that is known."""
        return {"deadline": datetime.fromisoformat(self.deadline) if self.deadline else None}


@message
@dataclass(frozen=True, kw_only=True)
class OfferLapsed(PlaceMessage):
    """Nobody answered, so the place went to the next."""

    name: ClassVar[str] = "place_offer_lapsed"


@message
@dataclass(frozen=True, kw_only=True)
class FreePlaceCall(PlaceMessage):
    """There is no time for an offer: the team calls the people who wait, in order."""

    name: ClassVar[str] = "place_free_call"

    def fact(self) -> str:
        """Every time that a place comes free so late is a new call."""
        return f"{self.name}:{self.registration_id}:{self.at}"


@dataclass(frozen=True, kw_only=True)
class EndedPlaceMessage(PlaceMessage):
    """Base of the messages that say that a place is gone."""

    method: ClassVar[Method | None] = "CANCEL"
    was_confirmed: bool

    def more(self) -> Mapping[str, object]:
        """Whether something leaves the person's calendar."""
        return {"was_confirmed": self.was_confirmed}

    def sends_calendar(self) -> bool:
        """Only who had an invitation gets its cancellation."""
        return self.was_confirmed


@message
@dataclass(frozen=True, kw_only=True)
class RegistrationCancelled(EndedPlaceMessage):
    """Somebody gave up a place, an offer or a spot on the waiting list."""

    name: ClassVar[str] = "tour_registration_cancelled"


@message
@dataclass(frozen=True, kw_only=True)
class TourMoved(PlaceMessage):
    """The tour is at another time or place."""

    name: ClassVar[str] = "tour_moved"
    method: ClassVar[Method | None] = "REQUEST"
    tour_sequence: int
    confirmed: bool

    def fact(self) -> str:
        """Told once for each move, also to who waits."""
        return f"{self.name}:{self.registration_id}:{self.tour_sequence}"

    def more(self) -> Mapping[str, object]:
        """Whether the person has a place."""
        return {"confirmed": self.confirmed}

    def sends_calendar(self) -> bool:
        """Only who has a place has it in a calendar."""
        return self.confirmed


@message
@dataclass(frozen=True, kw_only=True)
class TourCancelled(EndedPlaceMessage):
    """The tour does not take place."""

    name: ClassVar[str] = "tour_cancelled"


@message
@dataclass(frozen=True, kw_only=True)
class LostLink(Message):
    """Somebody asked for the links to their own pages again."""

    name: ClassVar[str] = "place_link_lost"
    audience: ClassVar[Literal["employer", "team", "coach", "participant"]] = "participant"
    language: str
    at: str
    places: list[dict[str, Any]]

    def fact(self) -> str:
        """Every request is a fact of its own."""
        return f"{self.name}:{self.at}"

    def context(self, session: Session, kit: MessageKit) -> Mapping[str, object]:
        """The companies, the moments and the links."""
        places = [
            {
                "company": place["employer"],
                "be_there_at": datetime.fromisoformat(place["be_there_at"]),
                "link": place_link(kit, place["registration_id"], place["link_version"], self.language),
            }
            for place in self.places
        ]
        return {"places": places, **common_words(kit.settings)}


@dataclass(frozen=True, kw_only=True)
class TourMessage(Message):
    """Base of the messages about a tour for the employer and the team."""

    audience: ClassVar[Literal["employer", "team", "coach", "participant"]] = "employer"
    page: ClassVar[str] = "/mijn-bedrijf/rondleidingen/"
    tour_id: int

    def context(self, session: Session, kit: MessageKit) -> Mapping[str, object]:
        """The tour as it is when the mail is sent."""
        tour = session.scalars(
            select(Tour).where(Tour.id == self.tour_id).options(joinedload(Tour.employer, innerjoin=True))
        ).one()
        return {
            "title": tour.title,
            "company": tour.employer.name,
            "starts_at": tour.starts_at,
            "meeting_point": tour.meeting_point,
            "capacity": tour.capacity,
            "reason": tour.reason or "",
            "link": kit.links.url(f"{self.page}{tour.id}"),
            **common_words(kit.settings),
        }


@message
@dataclass(frozen=True, kw_only=True)
class TourProposed(TourMessage):
    """An employer proposes a tour."""

    name: ClassVar[str] = "tour_proposed"
    audience: ClassVar[Literal["employer", "team", "coach", "participant"]] = "team"
    page: ClassVar[str] = "/team/rondleidingen/"


@message
@dataclass(frozen=True, kw_only=True)
class TourPublished(TourMessage):
    """The tour is online."""

    name: ClassVar[str] = "tour_published"


@message
@dataclass(frozen=True, kw_only=True)
class TourProposalDeclined(TourMessage):
    """The team does not take the proposal over."""

    name: ClassVar[str] = "tour_proposal_declined"


@message
@dataclass(frozen=True, kw_only=True)
class TourFull(TourMessage):
    """All places are taken."""

    name: ClassVar[str] = "tour_full"
    registration_id: int


@message
@dataclass(frozen=True, kw_only=True)
class TourMovedForEmployer(TourMessage):
    """The team moved the tour."""

    name: ClassVar[str] = "tour_moved_employer"
    tour_sequence: int


@message
@dataclass(frozen=True, kw_only=True)
class TourCancelledForEmployer(TourMessage):
    """The team cancelled the tour."""

    name: ClassVar[str] = "tour_cancelled_employer"


def place_link(kit: MessageKit, registration_id: int, link_version: int, language: str) -> str:
    """The secret address of somebody's own page, in their language."""
    token = kit.links.secret(LINK_PURPOSE, registration_id, link_version)
    return kit.links.url(f"/mijn-plek/{token}", taal=language)


def common_words(settings: Settings) -> dict[str, object]:
    """What every mail about a tour may say."""
    return {"team_name": settings.team_name, "team_phone": display(settings.team_phone)}
