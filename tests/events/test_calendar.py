"""Calendar files, read back by another library than the one that wrote them."""

import re
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from ics import Calendar
from sqlalchemy import select

from portal.events.models import Registration, Tour
from portal.events.offers import accept_offer
from portal.events.registrations import VisitorDetails, cancel_registration, register_visitor
from portal.events.tours import TourInput, cancel_tour, edit_tour
from portal.events.vocabulary import Visibility
from portal.kernel.clock import FixedClock
from portal.kernel.permissions import VISITOR, system_actor
from portal.kernel.uow import Database
from tests.conftest import TEAM, WorkAs
from tests.factories.events import a_tour
from tests.support.browser import Browser
from tests.support.outbox import Outbox

WORKER = system_actor("test")
SALAM = VisitorDetails(first_name="Salam", last_name="Haile", email="salam@postvak.example", language="ar")


@pytest.fixture
def tour(work_as: WorkAs) -> Tour:
    with work_as(WORKER) as uow:
        return a_tour(uow, 1, meeting_point="Molenbeekstraat 8, Ugchelen; de groene deur")


def register(work_as: WorkAs, tour: Tour, details: VisitorDetails = SALAM, key: str = "one") -> int:
    with work_as(VISITOR) as uow:
        return register_visitor(uow, tour_id=tour.id, details=details, form_key=key).registration_id


def invitation(mail: EmailMessage) -> tuple[str, str]:
    """The method and the text of the invitation in a mail."""
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar" and part.get_param("method"))
    return str(part.get_param("method")), part.get_content()


def line(text: str, name: str) -> str:
    found = re.search(rf"^{name}[:;](.*)$", text.replace("\r\n ", ""), re.MULTILINE)
    assert found, name
    return found[1].strip()


def test_the_public_file_tells_when_and_where_and_nobody(browser: Browser, tour: Tour, work_as: WorkAs) -> None:
    register(work_as, tour)
    page = browser.get(f"/rondleidingen/{tour.id}.ics")
    assert page.response.mimetype == "text/calendar"
    [event] = Calendar(page.html).events
    assert (event.begin.datetime, event.end.datetime) == (tour.be_there_at, tour.ends_at)
    assert event.location == "Molenbeekstraat 8, Ugchelen; de groene deur"
    assert event.uid == f"tour-{tour.id}@localhost"
    assert line(page.html, "METHOD") == "PUBLISH"
    for secret in ("Salam", "Haile", "postvak", "mijn-plek", tour.access_code):
        assert secret not in page.html


def test_the_same_data_gives_the_same_bytes_and_a_304(browser: Browser, tour: Tour, clock: FixedClock) -> None:
    first = browser.get(f"/rondleidingen/{tour.id}.ics")
    clock.advance(timedelta(hours=1))
    second = browser.get(f"/rondleidingen/{tour.id}.ics")
    assert first.response.data == second.response.data
    tag = first.response.headers["ETag"]
    same = browser.client.get(f"/rondleidingen/{tour.id}.ics", headers={"If-None-Match": tag})
    assert (same.status_code, same.data) == (304, b"")
    other = browser.client.get(f"/rondleidingen/{tour.id}.ics?taal=ar", headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_the_file_changes_when_the_tour_does(browser: Browser, tour: Tour, work_as: WorkAs, clock: FixedClock) -> None:
    first = browser.get(f"/rondleidingen/{tour.id}.ics")
    clock.advance(timedelta(minutes=5))
    with work_as(TEAM) as uow:
        cancel_tour(uow, tour_id=tour.id, reason="De machine is stuk.")
    second = browser.get(f"/rondleidingen/{tour.id}.ics", **{"If-None-Match": first.response.headers["ETag"]})
    assert (line(first.html, "SEQUENCE"), line(second.html, "SEQUENCE")) == ("0", "1")
    assert line(second.html, "STATUS") == "CANCELLED"


def test_the_file_of_a_tour_with_a_code_needs_the_code(browser: Browser, work_as: WorkAs) -> None:
    with work_as(WORKER) as uow:
        tour = a_tour(uow, visibility=Visibility.CODE, access_code="Sprenge24")
    browser.get(f"/rondleidingen/{tour.id}.ics", status=404)
    page = browser.get(f"/rondleidingen/{tour.id}.ics?code=Sprenge24")
    assert "Sprenge24" not in page.html


def test_confirmed_moved_cancelled_is_one_entry_in_a_calendar(
    tour: Tour, work_as: WorkAs, outbox: Outbox, database: Database
) -> None:
    number = register(work_as, tour)
    method, first = invitation(outbox.deliver()[0])
    assert method == "REQUEST"
    [event] = Calendar(first).events
    assert (event.begin.datetime, event.end.datetime) == (tour.be_there_at, tour.ends_at)
    assert [guest.email for guest in event.attendees] == ["salam@postvak.example"]
    assert "Salam" not in first
    assert "mijn-plek" not in first

    moved_to = moved(work_as, tour)
    own = [mail for mail in outbox.deliver() if mail["To"] == "salam@postvak.example"]
    method, second = invitation(own[-1])
    assert method == "REQUEST"
    [event] = Calendar(second).events
    assert event.begin.datetime == moved_to

    with work_as(VISITOR) as uow:
        cancel_registration(uow, registration_id=number, link_version=1)
    own = [mail for mail in outbox.deliver() if mail["To"] == "salam@postvak.example"]
    method, third = invitation(own[-1])
    assert method == "CANCEL"
    assert line(third, "STATUS") == "CANCELLED"
    assert len({line(text, "UID") for text in (first, second, third)}) == 1
    assert [line(text, "SEQUENCE") for text in (first, second, third)] == ["0", "1", "2"]


def moved(work_as: WorkAs, tour: Tour) -> datetime:
    """Move the tour a day; returns when people must be there now."""
    day = timedelta(days=1)
    with work_as(TEAM) as uow:
        row = uow.session.get_one(Tour, tour.id)
        changed = TourInput(
            title=row.title,
            starts_at=row.starts_at + day,
            ends_at=row.ends_at + day,
            be_there_at=row.be_there_at + day,
            meeting_point=row.meeting_point,
            capacity=row.capacity,
            district=row.district,
            rules=tuple(row.rules),
            interpreters=tuple(row.interpreters),
            level=row.level,
        )
        edit_tour(uow, tour_id=tour.id, details_version=1, tour=changed)
    return tour.be_there_at + day


def test_a_late_mail_tells_what_was_true_then(tour: Tour, work_as: WorkAs, outbox: Outbox) -> None:
    register(work_as, tour)
    moved(work_as, tour)
    mails = [mail for mail in outbox.deliver() if mail["To"] == "salam@postvak.example"]
    begins = [next(iter(Calendar(invitation(mail)[1]).events)).begin.datetime for mail in mails]
    assert begins == [tour.be_there_at, tour.be_there_at + timedelta(days=1)]


def test_who_waits_gets_no_invitation_before_the_yes(tour: Tour, work_as: WorkAs, outbox: Outbox) -> None:
    first = register(work_as, tour)
    second = register(work_as, tour, VisitorDetails(first_name="Noor", email="noor@postvak.example"), "two")
    with work_as(VISITOR) as uow:
        cancel_registration(uow, registration_id=first, link_version=1)
    with work_as(VISITOR) as uow:
        accept_offer(uow, registration_id=second, link_version=1)
    calendars = {}
    for mail in outbox.deliver():
        if mail["To"] == "noor@postvak.example":
            kinds = {part.get_content_type() for part in mail.walk()}
            calendars[mail["Subject"]] = "text/calendar" in kinds
    assert list(calendars.values()) == [False, False, True]


def test_registering_again_is_a_new_entry(tour: Tour, work_as: WorkAs, database: Database) -> None:
    first = register(work_as, tour)
    with work_as(VISITOR) as uow:
        cancel_registration(uow, registration_id=first, link_version=1)
    register(work_as, tour, key="two")
    with database.reading() as db:
        assert len(set(db.scalars(select(Registration.calendar_uid)))) == 2


def test_the_own_file_is_the_same_entry_as_the_invitation(
    browser: Browser, tour: Tour, work_as: WorkAs, outbox: Outbox
) -> None:
    register(work_as, tour)
    _method, invited = invitation(outbox.deliver()[0])
    browser.get(f"/rondleidingen/{tour.id}")
    link = re.search(r"http://localhost(/mijn-plek/\S+)\?taal=ar", outbox.mails()[0].get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert link
    page = browser.get(f"{link[1]}/agenda.ics")
    assert line(page.html, "UID") == line(invited, "UID")
    assert line(page.html, "METHOD") == "PUBLISH"
    assert len(Calendar(page.html).events) == 1
