"""What the desks of team and coaches share: who acts, the tabs of a tour, the cards to print, the words of a call."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

import segno
from flask import url_for
from markupsafe import Markup

from portal.events.desk_queries import CardRow
from portal.events.models import Tour
from portal.events.notifications import place_link
from portal.events.staff_queries import TourCounts
from portal.events.vocabulary import RegistrationStatus
from portal.kernel.clock import Clock
from portal.kernel.i18n import LANGUAGES, SOURCE, format_moment, use_language
from portal.kernel.i18n import gettext as _
from portal.kernel.outbox import MessageKit
from portal.kernel.permissions import Actor
from portal.participants.queries import CallRow
from portal.web.context import current_actor, portal
from portal.web.templating import render


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a tour."""

    label: str
    url: str
    current: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Call:
    """A message to tell, with the address that opens it as a text message."""

    row: CallRow
    sms_url: str
    is_late: bool

    @property
    def is_offer(self) -> bool:
        """Whether the answer is yes or no."""
        return self.row.message_name in {"place_offered", "place_free_call"}


def now() -> datetime:
    """The present moment."""
    clock: Clock = portal().database.clock
    return clock.now()


def kit() -> MessageKit:
    """What a message needs to be written out."""
    return MessageKit(portal().links, portal().settings)


def desk_actor() -> Actor:
    """The team member as such: also during a call for one employer the team's own pages show everything."""
    return replace(current_actor(), employer_id=None, phone_call_id=None)


def tour_tabs(tour: Tour, counts: TourCounts, current: str) -> list[Tab]:
    """The pages of one tour, with how many people are on them."""
    names = (
        ("events_team.tour", _("Gegevens"), None),
        ("events_registrations_team.people", _("Deelnemers"), counts.confirmed + counts.offered),
        ("events_registrations_team.waiting", _("Wachtlijst"), counts.waiting + counts.offered),
        ("events_registrations_team.door_list", _("Deurlijst"), None),
        ("events_team.log", _("Logboek"), None),
    )
    return [
        Tab(label, url_for(endpoint, tour_id=tour.id), endpoint == current, count) for endpoint, label, count in names
    ]


def calls_of(rows: list[CallRow]) -> list[Call]:
    """The rows of a call list for the page."""
    moment = now()
    return [
        Call(row, f"sms:{row.phone}?body={quote(row.text)}" if row.phone else "", row.due_at < moment) for row in rows
    ]


def printed_cards(rows: list[CardRow]) -> list[Markup]:
    """Each card in the language of its person."""
    return [_card(row) for row in rows]


def _card(row: CardRow) -> Markup:
    language = row.person.language
    link = place_link(kit(), row.registration.id, row.registration.link_version, language)
    picture = segno.make(link, error="m", micro=False)
    with use_language(SOURCE):
        dutch = format_moment(row.tour.be_there_at)
    with use_language(language):
        code = picture.svg_inline(scale=3, border=1, svgclass="qr", lineclass=None, omitsize=True, title=_("QR-code"))
        html = render(
            "events/card.html",
            row=row,
            code=Markup(code),  # noqa: S704  made here from our own address
            language=language,
            direction=LANGUAGES[language].direction,
            dutch_day=dutch,
            confirmed=row.registration.status is RegistrationStatus.CONFIRMED,
        )
    return Markup(html)  # noqa: S704  our own template
