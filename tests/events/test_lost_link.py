"""'I lost my link': the same answer for everybody, a mail or a call for who is known."""

import pytest
from sqlalchemy import select

from portal.events.models import Registration, Tour
from portal.events.registrations import LINKS_PER_HOUR
from portal.events.vocabulary import RegistrationStatus
from portal.kernel.clock import FixedClock
from portal.kernel.permissions import system_actor
from portal.kernel.uow import Database
from portal.participants.models import CallTask, Participant
from tests.conftest import WorkAs
from tests.factories.events import a_registration, a_tour
from tests.factories.participants import a_coach, a_participant
from tests.support.browser import Browser
from tests.support.outbox import Outbox

S = RegistrationStatus
WORKER = system_actor("test")
SALAM = "salam@postvak.example"
PHONE = "+31689000001"


@pytest.fixture
def tour(work_as: WorkAs) -> Tour:
    with work_as(WORKER) as uow:
        tour = a_tour(uow, 5)
        a_registration(uow, tour, a_participant(uow, "Salam", email=SALAM, language="ar"))
        a_registration(uow, tour, a_participant(uow, "Yonas", phone=PHONE))
        return tour


def ask(browser: Browser, contact: str) -> str:
    browser.get("/mijn-plek/kwijt")
    return browser.submit({"contact": contact}).text


def test_the_answer_is_the_same_for_everybody(browser: Browser, tour: Tour) -> None:
    answers = {ask(browser, contact) for contact in (SALAM, "nobody@postvak.example", "06 89000001", "06 89000009")}
    assert len(answers) == 1


def test_who_has_mail_gets_a_mail_whose_link_works(browser: Browser, tour: Tour, outbox: Outbox) -> None:
    ask(browser, " Salam@Postvak.example ")
    [mail] = outbox.deliver()
    assert mail["To"] == SALAM
    body = mail.get_body(("plain",))
    assert body is not None
    link = next(word for word in body.get_content().split() if "/mijn-plek/" in word)
    assert "Salam" in browser.get(link.removeprefix("http://localhost")).text


def test_who_has_only_a_phone_is_called_by_the_team(
    browser: Browser, tour: Tour, outbox: Outbox, database: Database
) -> None:
    ask(browser, "0689-000001")
    assert outbox.names() == []
    with database.reading() as db:
        task = db.scalars(select(CallTask)).one()
        assert (task.message_name, task.coach_id) == ("place_link_lost", None)


def test_family_with_one_phone_is_two_calls_and_the_coach_tells_own_people(
    browser: Browser, work_as: WorkAs, database: Database
) -> None:
    with work_as(WORKER) as uow:
        tour, coach = a_tour(uow, 5), a_coach(uow)
        a_registration(uow, tour, a_participant(uow, "Ghada", phone=PHONE))
        a_registration(uow, tour, a_participant(uow, "Nabil", phone=PHONE, coach=coach))
    ask(browser, PHONE)
    with database.reading() as db:
        assert {task.coach_id for task in db.scalars(select(CallTask))} == {None, coach.id}


def test_three_times_an_hour_and_no_more(browser: Browser, tour: Tour, outbox: Outbox, clock: FixedClock) -> None:
    for minute in range(LINKS_PER_HOUR + 2):
        clock.moment = clock.moment.replace(minute=minute)
        ask(browser, SALAM)
    assert outbox.names() == ["place_link_lost"] * LINKS_PER_HOUR


@pytest.mark.parametrize("gone", ["left", "removed"])
def test_who_left_or_is_removed_gets_nothing(
    browser: Browser, tour: Tour, outbox: Outbox, work_as: WorkAs, gone: str
) -> None:
    with work_as(WORKER) as uow:
        uow.without_audit("the test sets the scene")
        if gone == "left":
            for row in uow.session.scalars(select(Registration)):
                row.status = S.CANCELLED
        else:
            for person in uow.session.scalars(select(Participant)):
                person.removed_at = uow.now
    ask(browser, SALAM)
    assert outbox.names() == []


def test_nonsense_is_kept_and_explained(browser: Browser) -> None:
    browser.get("/mijn-plek/kwijt")
    page = browser.submit({"contact": "yonas"}, status=422)
    assert "10 cijfers" in page.errors()[0]
    assert 'value="yonas"' in page.html
