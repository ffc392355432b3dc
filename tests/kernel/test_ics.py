"""Calendar files, read back by another library than the one that wrote them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import ics as reader
import pytest
from icalendar import Calendar

from portal.kernel.ics import CalendarEntry, Organizer, invitation, publication

ENTRY = CalendarEntry(
    uid="tour-12@meedraaien.example",
    summary="Rondleiding: vlees, snijderij; en meer",
    description="Wees er om 09.45 uur.\nBreng mee: schoenen, een jas; en je ID.",
    location="Koeldijk 14, Apeldoorn",
    starts_at=datetime(2027, 7, 6, 8, 0, tzinfo=UTC),
    ends_at=datetime(2027, 7, 6, 9, 45, tzinfo=UTC),
    stamp=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    alarm=timedelta(hours=2),
)
TEAM = Organizer('Het "team"', "team@meedraaien.example")


def the_event(content: bytes) -> reader.Event:
    (event,) = reader.Calendar(content.decode()).events
    return event


@pytest.mark.parametrize(
    "starts_at",
    [
        datetime(2027, 1, 12, 9, 0, tzinfo=UTC),
        datetime(2027, 7, 6, 8, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 2, 30, tzinfo=UTC),
        datetime(2026, 10, 26, 9, 0, tzinfo=UTC),
    ],
)
def test_another_reader_finds_the_same_moment_in_summer_and_winter(starts_at: datetime) -> None:
    event = the_event(publication([replace(ENTRY, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))]))
    assert event.begin.datetime.astimezone(UTC) == starts_at
    assert event.end.datetime.astimezone(UTC) == starts_at + timedelta(hours=1)


def test_commas_semicolons_and_line_breaks_survive() -> None:
    event = the_event(publication([ENTRY]))
    assert event.name == ENTRY.summary
    assert event.description == ENTRY.description
    assert event.location == ENTRY.location
    assert event.uid == ENTRY.uid


def test_the_same_data_gives_the_same_bytes() -> None:
    assert publication([ENTRY]) == publication([ENTRY])


def test_lines_are_short_and_there_is_one_time_zone_block() -> None:
    content = publication([ENTRY, replace(ENTRY, uid="tour-13@meedraaien.example")])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.count(b"BEGIN:VTIMEZONE") == 1
    assert content.count(b"BEGIN:VEVENT") == 2
    assert b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in content


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_holds_its_receiver_and_nobody_else(method: str) -> None:
    entry = replace(ENTRY, sequence=2, cancelled=method == "CANCEL")
    content = invitation(entry, method=method, organizer=TEAM, attendee="yonas@postvak.example")  # type: ignore[arg-type]
    event = the_event(content)
    assert {attendee.email for attendee in event.attendees} == {"yonas@postvak.example"}
    assert event.organizer.email == "team@meedraaien.example"
    written = Calendar.from_ical(content)
    assert written["METHOD"] == method
    (raw,) = written.walk("VEVENT")
    assert raw["SEQUENCE"] == 2
    assert raw["STATUS"] == ("CANCELLED" if method == "CANCEL" else "CONFIRMED")
