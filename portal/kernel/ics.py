"""Calendar files (RFC 5545) and invitations (RFC 5546). The only importer of icalendar.

The same data gives the same bytes: stamps come from the data, never from the clock. Local time with one static
VTIMEZONE, because the generated ones are read an hour wrong by a widely used client library.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from icalendar import Alarm, Calendar, Component, Event, Timezone, vCalAddress, vText

from portal.kernel.clock import local

PRODUCT = "-//Meedraaien//Agenda//NL"
TIMEZONE = Component.from_ical(
    "\r\n".join(
        (
            "BEGIN:VTIMEZONE",
            "TZID:Europe/Amsterdam",
            "BEGIN:DAYLIGHT",
            "DTSTART:19810329T020000",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "TZNAME:CEST",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
            "END:DAYLIGHT",
            "BEGIN:STANDARD",
            "DTSTART:19961027T030000",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            "TZNAME:CET",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0100",
            "END:STANDARD",
            "END:VTIMEZONE",
            "",
        )
    )
)
Method = Literal["PUBLISH", "REQUEST", "CANCEL"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One event for a calendar. Holds nothing that identifies a participant."""

    uid: str
    summary: str
    description: str
    location: str
    starts_at: datetime
    ends_at: datetime
    stamp: datetime
    sequence: int = 0
    cancelled: bool = False
    url: str | None = None
    alarm: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Organizer:
    """Who invites: the team."""

    name: str
    email: str


def publication(entries: Iterable[CalendarEntry]) -> bytes:
    """A calendar file to download or to subscribe to."""
    return _calendar("PUBLISH", [_event(entry) for entry in entries])


def invitation(entry: CalendarEntry, *, method: Method, organizer: Organizer, attendee: str) -> bytes:
    """An invitation, or its cancellation, for one receiver: it holds no other address than the receiver's own."""
    event = _event(entry)
    event.add("organizer", _person(organizer.email, organizer.name))
    guest = vCalAddress(f"mailto:{attendee}")
    guest.params.update({"ROLE": vText("REQ-PARTICIPANT"), "PARTSTAT": vText("ACCEPTED"), "RSVP": vText("FALSE")})
    event.add("attendee", guest)
    return _calendar(method, [event])


def _person(email: str, name: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{email}")
    person.params["CN"] = vText(name.replace('"', ""))
    return person


def _calendar(method: Method, events: list[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(TIMEZONE if isinstance(TIMEZONE, Timezone) else Timezone())
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("location", entry.location)
    event.add("dtstart", local(entry.starts_at))
    event.add("dtend", local(entry.ends_at))
    event.add("dtstamp", entry.stamp)
    event.add("last-modified", entry.stamp)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.url:
        event.add("url", entry.url)
    if entry.alarm:
        event.add_component(_alarm(entry.alarm, entry.summary))
    return event


def _alarm(before: timedelta, text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", -before)
    return alarm
