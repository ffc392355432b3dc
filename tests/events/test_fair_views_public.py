"""The public page of a fair, its calendar file, and what the home page may know."""

from datetime import timedelta

import pytest
from ics import Calendar
from sqlalchemy import Engine

from portal.events.fair_queries import FairRow, HiddenFair, next_fair
from portal.events.models import JobFair
from portal.events.vocabulary import Visibility
from portal.kernel.i18n import gettext, use_language
from portal.kernel.permissions import system_actor
from portal.kernel.uow import Database
from tests.conftest import NOW, WorkAs
from tests.factories.employers import an_employer
from tests.factories.fairs import a_booking, a_fair
from tests.support.browser import Browser
from tests.support.queries import at_most

BUILDER = system_actor("test")


def make(work_as: WorkAs, stands: int = 4, **fields: object) -> JobFair:
    with work_as(BUILDER) as uow:
        fair = a_fair(uow, stands, **fields)
        if stands:
            employer = an_employer(uow, "Bakkerij De Sprenge", sector="bakkerij")
            a_booking(uow, fair, employer, 1, brings="geheime oven", needs_power=True)
    return fair


@pytest.mark.parametrize("language", ["nl", "en", "ar", "ti"])
def test_everybody_sees_what_when_where_and_who(browser: Browser, work_as: WorkAs, language: str) -> None:
    fair = make(work_as)
    page = browser.get(f"/werkmarkten/{fair.id}?taal={language}")
    for words in ("Werkmarkt voor statushouders", "Sporthal De Mheenschans", "Bakkerij De Sprenge", "29"):
        assert words in page.text
    assert "geheime oven" not in page.html


def test_sectors_are_named_in_the_language_of_the_page(browser: Browser, work_as: WorkAs) -> None:
    fair = make(work_as)
    page = browser.get(f"/werkmarkten/{fair.id}?taal=ar")
    with use_language("ar"):
        word = gettext("Bakkerij")
    assert word != "Bakkerij"
    assert word in page.text


def test_page_of_a_fair_takes_two_statements(browser: Browser, work_as: WorkAs, engine: Engine) -> None:
    fair = make(work_as)
    with at_most(2, engine):
        browser.get(f"/werkmarkten/{fair.id}")
    with at_most(1, engine):
        browser.get(f"/werkmarkten/{fair.id}.ics")


@pytest.mark.parametrize("fields", [{"status": "planned"}, {"in_days": -40}, {"visibility": Visibility.CODE}])
def test_hidden_is_the_same_as_missing(browser: Browser, work_as: WorkAs, fields: dict[str, object]) -> None:
    fair = make(work_as, **fields)
    hidden = browser.get(f"/werkmarkten/{fair.id}", status=404)
    missing = browser.get("/werkmarkten/987654", status=404)
    assert hidden.text == missing.text
    browser.get(f"/werkmarkten/{fair.id}.ics", status=404)
    browser.get(f"/werkmarkten/{fair.id}?code=FOUT", status=404)


def test_code_opens_the_page_and_the_file(browser: Browser, work_as: WorkAs) -> None:
    fair = make(work_as, visibility=Visibility.CODE)
    page = browser.get(f"/werkmarkten/{fair.id}?code={fair.access_code.lower()}")
    assert "Bakkerij De Sprenge" in page.text
    file = browser.get(page.link("Zet in mijn agenda"))
    assert "Sporthal" in file.html
    assert "URL" not in file.html


def test_cancelled_fair_says_so_and_why(browser: Browser, work_as: WorkAs) -> None:
    fair = make(work_as, status="cancelled", reason="De hal is stuk.")
    page = browser.get(f"/werkmarkten/{fair.id}")
    assert "gaat niet door" in page.text
    assert "De hal is stuk." in page.text
    assert "Bakkerij De Sprenge" not in page.text
    assert "STATUS:CANCELLED" in browser.get(f"/werkmarkten/{fair.id}.ics").html


def test_fair_that_was_says_so(browser: Browser, work_as: WorkAs) -> None:
    fair = make(work_as, in_days=-2)
    assert "is geweest" in browser.get(f"/werkmarkten/{fair.id}").text


def test_fair_without_bookings_has_an_empty_state(browser: Browser, work_as: WorkAs) -> None:
    fair = make(work_as, stands=0)
    assert "Kijk later nog een keer" in browser.get(f"/werkmarkten/{fair.id}").text


def test_calendar_file_is_read_by_another_library(browser: Browser, work_as: WorkAs) -> None:
    fair = make(work_as)
    file = browser.get(f"/werkmarkten/{fair.id}.ics")
    (event,) = Calendar(file.html).events
    assert (event.begin.datetime, event.end.datetime) == (fair.starts_at, fair.ends_at)
    assert event.location == "Sporthal De Mheenschans, Mheenschans 1, Apeldoorn"
    assert "Bakkerij" not in file.html
    tag = file.response.headers["ETag"]
    assert browser.get(f"/werkmarkten/{fair.id}.ics", status=304, **{"If-None-Match": tag}).status == 304


def test_home_page_knows_the_next_fair(work_as: WorkAs, database: Database, engine: Engine) -> None:
    with database.reading() as db:
        assert next_fair(db, NOW) is None
    make(work_as, in_days=60)
    soon = make(work_as, in_days=20)
    make(work_as, in_days=-3)
    make(work_as, in_days=10, status="planned")
    with database.reading() as db, at_most(1, engine):
        found = next_fair(db, NOW)
    assert isinstance(found, FairRow)
    assert (found.id, found.free, found.starts_at) == (soon.id, 3, soon.starts_at)


def test_home_page_knows_only_week_and_district_of_a_hidden_fair(work_as: WorkAs, database: Database) -> None:
    fair = make(work_as, visibility=Visibility.INVITED)
    with database.reading() as db:
        found = next_fair(db, NOW)
    assert isinstance(found, HiddenFair)
    assert found.district == "Apeldoorn-Zuid"
    assert found.week_of <= fair.starts_at.date() < found.week_of + timedelta(days=7)
