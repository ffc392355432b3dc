"""Calendar files of fairs: a public one for the event, and one for an employer's own stand. Neither names anybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.events.models import JobFair, StandBooking
from portal.events.vocabulary import FairStatus
from portal.kernel import ics
from portal.kernel.config import Settings
from portal.kernel.i18n import current_language, format_clock
from portal.kernel.i18n import gettext as _
from portal.kernel.ics import CalendarEntry, Method, Organizer
from portal.kernel.phones import display

REMIND_BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStand:
    """An employer's stand, as a calendar needs it: the values at the moment of the fact."""

    booking_id: int
    number: int
    title: str
    starts_at: datetime
    ends_at: datetime
    build_up_at: datetime | None
    where: str
    sequence: int
    stamp: datetime
    cancelled: bool = False


def own_stand(fair: JobFair, booking: StandBooking, number: int) -> OwnStand:
    """The stand as it is now."""
    return OwnStand(
        booking_id=booking.id,
        number=number,
        title=fair.title,
        starts_at=fair.starts_at,
        ends_at=fair.ends_at,
        build_up_at=fair.build_up_at,
        where=address_of(fair),
        sequence=fair.calendar_sequence,
        stamp=max(fair.details_changed_at, booking.created_at),
        cancelled=fair.status is FairStatus.CANCELLED,
    )


def address_of(fair: JobFair) -> str:
    """Where the fair is, in one line."""
    return f"{fair.place}, {fair.address}"


def stand_entry(stand: OwnStand, settings: Settings) -> CalendarEntry:
    """The calendar entry of a stand, in the language of the moment."""
    lines = [
        stand.title,
        *([_("Opbouwen kan vanaf %(time)s.", time=format_clock(stand.build_up_at))] if stand.build_up_at else []),
        _("Vragen? Bel %(phone)s.", phone=display(settings.team_phone)),
    ]
    return CalendarEntry(
        uid=f"stand-{stand.booking_id}@{settings.host}",
        summary=_("Werkmarkt: uw stand %(number)s", number=stand.number),
        description="\n".join(lines),
        location=stand.where,
        starts_at=stand.starts_at,
        ends_at=stand.ends_at,
        stamp=stand.stamp,
        sequence=stand.sequence,
        cancelled=stand.cancelled,
        alarm=None if stand.cancelled else REMIND_BEFORE,
    )


def stand_invitation(stand: OwnStand, settings: Settings, *, method: Method, attendee: str) -> bytes:
    """The file that goes with a mail: an invitation, or its cancellation."""
    organizer = Organizer(settings.team_name, settings.team_email)
    return ics.invitation(stand_entry(stand, settings), method=method, organizer=organizer, attendee=attendee)


def stand_file(stand: OwnStand, settings: Settings) -> bytes:
    """The file to download; it is the same entry as the invitation."""
    return ics.publication([stand_entry(stand, settings)])


def fair_tag(fair: JobFair) -> str:
    """What changes when the fair's calendar file changes."""
    return f"fair-{fair.id}-{fair.details_version}-{fair.calendar_sequence}-{fair.status.value}-{current_language()}"


def fair_file(fair: JobFair, settings: Settings, *, url: str | None) -> bytes:
    """The public file of a fair: what, when and where; no people."""
    entry = CalendarEntry(
        uid=f"fair-{fair.id}@{settings.host}",
        summary=fair.title,
        description=_("Vragen? Bel %(phone)s.", phone=display(settings.team_phone)),
        location=address_of(fair),
        starts_at=fair.starts_at,
        ends_at=fair.ends_at,
        stamp=fair.details_changed_at,
        sequence=fair.calendar_sequence,
        cancelled=fair.status is FairStatus.CANCELLED,
        url=url,
    )
    return ics.publication([entry])
