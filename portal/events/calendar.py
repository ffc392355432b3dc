"""Calendar files of tours: a public one for the event, and one for a person's own place. Neither names anybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.events.models import Registration, Tour
from portal.events.vocabulary import TourStatus
from portal.kernel import ics
from portal.kernel.config import Settings
from portal.kernel.i18n import current_language, format_clock
from portal.kernel.i18n import gettext as _
from portal.kernel.ics import CalendarEntry, Method, Organizer
from portal.kernel.phones import display

REMIND_BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somebody's place, as a calendar needs it: the values at the moment of the fact."""

    uid: str
    sequence: int
    stamp: datetime
    employer: str
    be_there_at: datetime
    ends_at: datetime
    meeting_point: str
    cancelled: bool = False


def place_of(tour: Tour, registration: Registration) -> Place:
    """The place as it is now."""
    return Place(
        uid=registration.calendar_uid,
        sequence=registration.calendar_sequence,
        stamp=max(tour.details_changed_at, registration.ended_at or registration.created_at),
        employer=tour.employer.name,
        be_there_at=tour.be_there_at,
        ends_at=tour.ends_at,
        meeting_point=tour.meeting_point,
        cancelled=not registration.status.takes_place,
    )


def place_entry(place: Place, settings: Settings) -> CalendarEntry:
    """The calendar entry of a place, in the language of the moment."""
    lines = (
        _("Wees er om %(time)s.", time=format_clock(place.be_there_at)),
        place.meeting_point,
        _("Vragen? Bel %(phone)s.", phone=display(settings.team_phone)),
    )
    return CalendarEntry(
        uid=place.uid,
        summary=_("Rondleiding bij %(company)s", company=place.employer),
        description="\n".join(lines),
        location=place.meeting_point,
        starts_at=place.be_there_at,
        ends_at=place.ends_at,
        stamp=place.stamp,
        sequence=place.sequence,
        cancelled=place.cancelled,
        alarm=None if place.cancelled else REMIND_BEFORE,
    )


def place_invitation(place: Place, settings: Settings, *, method: Method, attendee: str) -> bytes:
    """The file that goes with a mail: an invitation, or its cancellation."""
    organizer = Organizer(settings.team_name, settings.team_email)
    return ics.invitation(place_entry(place, settings), method=method, organizer=organizer, attendee=attendee)


def place_file(place: Place, settings: Settings) -> bytes:
    """The file to download from somebody's own page; it is the same entry as the invitation."""
    return ics.publication([place_entry(place, settings)])


def tour_tag(tour: Tour) -> str:
    """What changes when the tour's calendar file changes."""
    versions = (tour.id, tour.details_version, tour.calendar_sequence, tour.employer.details_version)
    return "-".join(str(part) for part in ("tour", *versions, current_language()))


def tour_file(tour: Tour, settings: Settings, *, url: str | None) -> bytes:
    """The public file of one tour: what, when and where; no people."""
    entry = CalendarEntry(
        uid=f"tour-{tour.id}@{settings.host}",
        summary=_("Rondleiding bij %(company)s", company=tour.employer.name),
        description="\n".join(
            (
                tour.title,
                _("Wees er om %(time)s.", time=format_clock(tour.be_there_at)),
                _("Vragen? Bel %(phone)s.", phone=display(settings.team_phone)),
            )
        ),
        location=tour.meeting_point,
        starts_at=tour.be_there_at,
        ends_at=tour.ends_at,
        stamp=tour.details_changed_at,
        sequence=tour.calendar_sequence,
        cancelled=tour.status is TourStatus.CANCELLED,
        url=url,
    )
    return ics.publication([entry])
