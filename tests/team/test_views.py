"""The team's start page with everything that waits, and the messages that did not arrive."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from portal.accounts.models import User
from portal.employers.callbacks import ask_callback
from portal.employers.models import PhoneCall
from portal.employers.vocabulary import CallbackTime, EmployersAction
from portal.events.registrations import register_for_tour
from portal.events.vocabulary import RegistrationStatus, TourStatus
from portal.kernel.audit import AuditEntry
from portal.kernel.clock import FixedClock, from_local, local_day
from portal.kernel.days import CLOSES
from portal.kernel.outbox import MAX_ATTEMPTS, OutboxMessage
from portal.kernel.uow import Database, UnitOfWork
from portal.participants.models import CallTask
from portal.team.vocabulary import TeamAction
from tests.conftest import NOW, TEAM, WorkAs
from tests.factories.employers import a_member, an_employer, an_employer_user
from tests.factories.events import a_registration, a_tour
from tests.factories.participants import a_participant
from tests.factories.placements import a_placement, an_issue
from tests.factories.stories import a_story, an_introduction
from tests.factories.vacancies import a_vacancy
from tests.support.browser import Browser, Page
from tests.support.outbox import Outbox
from tests.support.page_gate import Element
from tests.support.people import a_coach, a_team_member, sign_in
from tests.support.queries import at_most

URL = "/team/"
MAILS = "/team/berichten"
STATEMENTS = 21


@pytest.fixture
def colleague(work_as: WorkAs) -> User:
    """Marleen of the team."""
    with work_as(TEAM) as uow:
        return a_team_member(uow)


@pytest.fixture
def desk(app: Flask, colleague: User) -> Browser:
    """Marleen's browser."""
    return sign_in(Browser(app), colleague)


@dataclass(frozen=True)
class Shown:
    """One row as the page shows it."""

    tag: str
    title: str
    url: str
    deed: str
    words: str
    late: bool


def rows(page: Page) -> list[Shown]:
    """The rows of the list, in the order of the page."""
    assert page.tree is not None
    found = []
    for row in with_class(page.tree, "work-list-row"):
        title = next(with_class(row, "work-list-row__title"))
        deed = next(e for e in next(with_class(row, "work-list-row__acts")).iter("a"))
        assert deed.get("href") == title.get("href")
        late = "work-list-row--late" in str(row.get("class"))
        tag = words(next(with_class(row, "tag")))
        found.append(Shown(tag, words(title), str(title.get("href")), words(deed), words(row), late))
    return found


def heads(page: Page) -> list[str]:
    """The heads of the groups, each with its count."""
    assert page.tree is not None
    return [words(head) for head in with_class(page.tree, "group-head")]


def views(page: Page) -> dict[str, str]:
    """The views beside the list: words with their count, and the address."""
    assert page.tree is not None
    nav = next(with_class(page.tree, "side-nav"))
    return {words(link): str(link.get("href")) for link in nav.iter("a")}


def with_class(tree: Element, name: str) -> Iterator[Element]:
    return (element for element in tree.iter() if name in (element.get("class") or "").split())


def words(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def a_dead_message(uow: UnitOfWork, key: str = "een", **fields: object) -> OutboxMessage:
    """A message that was given up after the last try."""
    values = {
        "name": "tour_cancelled",
        "recipient_kind": "user",
        "recipient_id": 1,
        "payload": {},
        "dedupe_key": key,
        "attempts": MAX_ATTEMPTS,
        "last_error": "SMTPRecipientsRefused",
        "dead_at": uow.now,
        "available_at": uow.now,
        "created_at": uow.now,
        **fields,
    }
    row = OutboxMessage(**values)
    uow.session.add(row)
    uow.without_audit("a message for a test")
    uow.flush()
    return row


def about_employers(uow: UnitOfWork, colleague: User) -> dict[str, str]:
    new = an_employer(uow, "Glaszetterij Ruitenberg", status="submitted", submitted_at=uow.now)
    joined = an_employer(uow, "Drukkerij Zetspiegel")
    person = an_employer_user(uow, "Klaas Vaak")
    a_member(uow, joined, user=person, status="requested")
    unknown = an_employer(uow, "Rietdekker Halm", establishment=None)
    called = an_employer(uow, "Fietsenmaker Spaak")
    uow.session.add(PhoneCall(employer_id=called.id, user_id=colleague.id, created_at=uow.now))
    uow.audit(EmployersAction.CALL_STARTED, called)
    ask_callback(uow, name="Gerrit van Essen", phone="+31689003456", at=CallbackTime.ANY)
    vacancy = a_vacancy(uow, "Broodbakker", status="submitted", employer=joined)
    silent = a_vacancy(uow, "Inpakker", status="returned", employer=an_employer(uow, "Klompenmaker Wilg"))
    return {
        "Nieuw bedrijf": f"/team/werkgevers/{new.id}",
        "Wil meedoen": f"/team/werkgevers/{joined.id}#mensen",
        "Nummer": f"/team/werkgevers/{unknown.id}",
        "Aan de telefoon": f"/team/werkgevers/{called.id}",
        "Bel mij": "/team/terugbellen",
        "Baan": f"/team/vacatures/{vacancy.id}",
        "Bel het bedrijf": f"/team/vacatures/{silent.id}",
    }


def about_tours(uow: UnitOfWork) -> dict[str, str]:
    employer = an_employer(uow, "Bakkerij De Sprenge")
    proposed = a_tour(uow, employer=employer, status=TourStatus.PROPOSED)
    tomorrow = a_tour(uow, employer=employer, in_days=1)
    offered = a_tour(uow, employer=employer, in_days=5)
    person = a_participant(uow, "Farah", email=None)
    a_registration(uow, offered, person, status=RegistrationStatus.OFFERED, offered_at=uow.now)
    away = a_tour(uow, employer=employer, in_days=9)
    register_for_tour(uow, tour_id=away.id, participant_id=a_participant(uow, "Amina").id)
    return {
        "Voorstel": f"/team/rondleidingen/{proposed.id}",
        "Morgen": f"/team/rondleidingen/{tomorrow.id}/deurlijst",
        "Aanbod": f"/team/rondleidingen/{offered.id}/wachtlijst",
        "Bellen": "/team/bellen",
    }


def about_stories_and_placements(uow: UnitOfWork) -> dict[str, str]:
    review = a_story(uow, status="review")
    ending = a_story(uow, days=10)
    asked = an_introduction(uow, a_story(uow), an_employer(uow, "Slagerij De Hiel"))
    issue = an_issue(uow, a_placement(uow))
    trial = a_placement(uow, kind="trial", ends_on=local_day(uow.now) + timedelta(days=2))
    a_dead_message(uow)
    return {
        "Ter controle": f"/team/verhalen/{review.id}",
        "Toestemming": f"/team/verhalen/{ending.id}",
        "Kennismaking": f"/team/kennismakingen/{asked.id}",
        "Deze week": f"/team/meldingen/{issue.id}",
        "Proef loopt af": f"/team/plaatsingen/{trial.id}",
        "Niet aangekomen": "/team/berichten",
    }


def everything(work_as: WorkAs, colleague: User) -> dict[str, str]:
    """One of each that can wait: its tag and its address."""
    with work_as(TEAM) as uow:
        employers = about_employers(uow, colleague)
    with work_as(TEAM) as uow:
        tours = about_tours(uow)
    with work_as(TEAM) as uow:
        return {**employers, **tours, **about_stories_and_placements(uow)}


def test_everything_that_waits_is_on_the_list_and_opens(
    desk: Browser, work_as: WorkAs, colleague: User, engine: Engine
) -> None:
    wanted = everything(work_as, colleague)
    with at_most(STATEMENTS, engine):
        page = desk.get(URL)
    assert {row.tag: row.url for row in rows(page)} == wanted
    assert len(rows(page)) == len(wanted)
    assert [row.title for row in rows(page) if not row.title or not row.deed] == []
    for url in wanted.values():
        assert desk.get(url.partition("#")[0]).text


def test_more_rows_need_no_more_statements(desk: Browser, work_as: WorkAs, colleague: User, engine: Engine) -> None:
    everything(work_as, colleague)
    for number in range(5):
        with work_as(TEAM) as uow:
            an_issue(uow, a_placement(uow))
            a_story(uow, status="review")
            a_tour(uow, employer=an_employer(uow), status=TourStatus.PROPOSED)
            a_vacancy(uow, f"Kok {number}", status="submitted")
            an_employer(uow, f"Kweker {number}", status="submitted", submitted_at=uow.now)
    with at_most(STATEMENTS, engine):
        assert len(rows(desk.get(URL))) == 42


def test_an_empty_list_says_that_all_is_done(desk: Browser, engine: Engine) -> None:
    with at_most(STATEMENTS, engine):
        page = desk.get(URL)
    assert rows(page) == []
    assert heads(page) == []
    assert "Alles gedaan" in page.text
    assert "0 te laat, 0 vandaag, 0 deze week." in page.text
    assert views(page) == {"Alles 0": "/team/"}


def test_late_comes_first_then_today_then_the_week_then_later(desk: Browser, work_as: WorkAs) -> None:
    with work_as(TEAM) as uow:
        for days, job in ((20, "nog lang"), (2, "deze week"), (-2, "al voorbij")):
            ends_on = local_day(uow.now) + timedelta(days=days)
            a_placement(uow, kind="trial", job_title=job, ends_on=ends_on, reference=f"AP-{days}")
        an_issue(uow, a_placement(uow), answer_by=uow.now + timedelta(hours=3), number="2026-100")
        an_issue(uow, a_placement(uow), answer_by=uow.now + timedelta(hours=1), number="2026-101")
        an_issue(uow, a_placement(uow), answer_by=uow.now - timedelta(minutes=1), number="2026-102")
        an_issue(uow, a_placement(uow), answer_by=uow.now + timedelta(days=20), number="2026-103")
    page = desk.get(URL)
    assert heads(page) == ["Te laat 2", "Vandaag 2", "Deze week 1", "Later 1"]
    assert [row.title.split()[-1] if "Plaatsing" in row.title else row.title.split()[1] for row in rows(page)] == [
        "voorbij",
        "2026-102:",
        "2026-101:",
        "2026-100:",
        "week",
        "2026-103:",
    ]
    assert [row.late for row in rows(page)] == [True, True, False, False, False, False]
    assert "2 te laat, 2 vandaag, 1 deze week." in page.text


def test_a_row_says_by_when(desk: Browser, work_as: WorkAs, clock: FixedClock) -> None:
    with work_as(TEAM) as uow:
        an_issue(uow, a_placement(uow), answer_by=from_local(local_day(NOW), CLOSES))
    [row] = rows(desk.get(URL))
    assert row.words.startswith("vandaag 17.00 uur")
    clock.advance(timedelta(hours=10))
    [row] = rows(desk.get(URL))
    assert "vandaag te laat" in row.words
    clock.advance(timedelta(days=1))
    [row] = rows(desk.get(URL))
    assert row.words.startswith("di 24 nov")
    assert "1 dag te laat" in row.words
    clock.advance(timedelta(days=1))
    [row] = rows(desk.get(URL))
    assert "2 dagen te laat" in row.words


def test_a_row_says_whose_it_is(desk: Browser, work_as: WorkAs, colleague: User) -> None:
    with work_as(TEAM) as uow:
        an_issue(uow, a_placement(uow, contact=colleague))
    [row] = rows(desk.get(URL))
    assert "Marleen Visscher" in row.words


def test_one_kind_at_a_time(desk: Browser, work_as: WorkAs, colleague: User) -> None:
    everything(work_as, colleague)
    page = desk.get(URL)
    assert list(views(page)) == [
        "Alles 17",
        "Meldingen 1",
        "Werkgevers 5",
        "Vacatures 2",
        "Rondleidingen 3",
        "Bellen 1",
        "Verhalen 3",
        "Plaatsingen 1",
        "Berichten 1",
    ]
    for label, url in views(page).items():
        chosen = desk.get(url)
        assert len(rows(chosen)) == int(label.rsplit(" ", 1)[1])
        assert chosen.tree is not None
        nav = next(with_class(chosen.tree, "side-nav"))
        assert [words(link) for link in nav.iter("a") if link.get("aria-current") == "page"] == [label]


def test_searching_keeps_the_kind_and_finds_words_of_facts(desk: Browser, work_as: WorkAs, colleague: User) -> None:
    everything(work_as, colleague)
    desk.get(URL)
    page = desk.submit({"zoek": "RUITENBERG"})
    assert [row.title for row in rows(page)] == ["Glaszetterij Ruitenberg"]
    desk.get(f"{URL}?soort=vacancy")
    page = desk.submit({"zoek": "zetspiegel"})
    assert [row.title for row in rows(page)] == ["Broodbakker"]
    assert 'value="zetspiegel"' in page.html


def test_nothing_found_leads_back_to_everything(desk: Browser, work_as: WorkAs, colleague: User) -> None:
    everything(work_as, colleague)
    page = desk.get(f"{URL}?zoek=olifant")
    assert rows(page) == []
    assert "Niets gevonden" in page.text
    assert len(rows(desk.follow("Toon alles"))) == 17


def test_a_kind_that_does_not_exist_is_an_empty_view(desk: Browser) -> None:
    assert "Niets gevonden" in desk.get(f"{URL}?soort=onzin&zoek=%3Cb%3E").text


def test_the_list_in_english(app: Flask, work_as: WorkAs, colleague: User) -> None:
    everything(work_as, colleague)
    page = sign_in(Browser(app, "en"), colleague).get(f"{URL}?taal=en")
    assert [
        word for word in ("Te laat", "Vandaag", "Werkgevers", "Beoordeel", "Nieuw bedrijf") if word in page.text
    ] == []
    assert len(rows(page)) == 17


def test_a_late_coach_is_a_row_of_its_own(desk: Browser, work_as: WorkAs, clock: FixedClock) -> None:
    with work_as(TEAM) as uow:
        coach = a_coach(uow)
        person = a_participant(uow, coach=coach)
        values = {"participant_id": person.id, "coach_id": coach.id, "message_name": "place_offered", "payload": {}}
        uow.session.add(CallTask(**values, dedupe_key="k", due_at=uow.now + timedelta(hours=1), created_at=uow.now))
        uow.flush()
    assert rows(desk.get(URL)) == []
    clock.advance(timedelta(hours=2))
    [row] = rows(desk.get(URL))
    assert (row.tag, row.url, row.late) == ("Coach", f"/team/bellen?coach={coach.id}", True)
    assert row.title == "Samira Belhadj heeft nog niet alles verteld"


def test_messages_that_did_not_arrive(desk: Browser, work_as: WorkAs, engine: Engine) -> None:
    with work_as(TEAM) as uow:
        a_dead_message(uow, "oud", name="tour_reminder", dead_at=uow.now - timedelta(days=1))
        a_dead_message(uow, "nieuw", name="vacancy_published")
        a_dead_message(uow, "weg", name="place_offered", attempts=1, last_error="no address")
        a_dead_message(uow, "toch", name="stand_booked", sent_at=uow.now)
        a_dead_message(uow, "bezig", name="story_released", dead_at=None)
    with at_most(4, engine):
        page = desk.get(MAILS)
    assert page.tree is not None
    assert [words(head) for head in page.tree.iter("th") if head.get("scope") == "row"] == [
        "vacancy published",
        "tour reminder",
    ]


@pytest.mark.parametrize(("number", "title"), [(1, "1 bericht kwam niet aan"), (2, "2 berichten kwamen niet aan")])
def test_one_row_for_all_messages_that_did_not_arrive(desk: Browser, work_as: WorkAs, number: int, title: str) -> None:
    with work_as(TEAM) as uow:
        for key in range(number):
            a_dead_message(uow, f"{key}")
    assert [(row.title, row.url) for row in rows(desk.get(URL))] == [(title, MAILS)]


def test_no_messages_left_behind(desk: Browser) -> None:
    assert "Alles kwam aan" in desk.get(MAILS).text


def test_trying_again_delivers_the_message(
    desk: Browser, work_as: WorkAs, outbox: Outbox, database: Database, clock: FixedClock
) -> None:
    with work_as(TEAM) as uow:
        ask_callback(uow, name="Gerrit van Essen", phone="+31689003456", at=CallbackTime.ANY)
    with work_as(TEAM) as uow:
        row = uow.session.get_one(OutboxMessage, outbox.rows()[0].id)
        row.attempts, row.dead_at, row.last_error = MAX_ATTEMPTS, uow.now, "ConnectionRefusedError"
        uow.without_audit("a message that was given up")
    assert outbox.deliver() == []
    desk.get(MAILS)
    page = desk.submit(button="Probeer opnieuw")
    assert "Het bericht wordt opnieuw verstuurd." in page.text
    assert "Alles kwam aan" in page.text
    assert len(outbox.deliver()) == 1
    assert [row.url for row in rows(desk.get(URL))] == ["/team/terugbellen"]
    assert TeamAction.MESSAGE_RETRIED in trail(database)


def test_setting_aside_takes_it_off_the_list(
    desk: Browser, work_as: WorkAs, outbox: Outbox, database: Database
) -> None:
    with work_as(TEAM) as uow:
        a_dead_message(uow)
    desk.get(MAILS)
    page = desk.submit(button="Van de lijst")
    assert "Het bericht is van de lijst." in page.text
    assert rows(desk.get(URL)) == []
    assert outbox.deliver() == []
    assert outbox.rows()[0].dead_at is not None
    assert TeamAction.MESSAGE_SET_ASIDE in trail(database)


@pytest.mark.parametrize("deed", ["Probeer opnieuw", "Van de lijst"])
def test_the_second_colleague_who_taps_finds_it_gone(desk: Browser, app: Flask, work_as: WorkAs, deed: str) -> None:
    with work_as(TEAM) as uow:
        a_dead_message(uow)
        other = sign_in(Browser(app), a_team_member(uow, "Joris Tempelman"))
    seen = other.get(MAILS)
    desk.get(MAILS)
    desk.submit(button="Probeer opnieuw")
    other.submit(on=seen, button=deed, status=404)


def trail(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(AuditEntry.action)))
