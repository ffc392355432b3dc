"""The demo: what it fills an empty portal with, that it does so once, and that nobody can be recognised in public."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag

import pytest
import yaml
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.vocabulary import UserRole
from portal.app import create_app
from portal.demo.load import load_demo
from portal.demo.people import PASSWORD, WELCOME
from portal.employers.models import CallbackRequest, Employer, Member, Vacancy
from portal.employers.vocabulary import EmployerStatus, VacancyStatus
from portal.events.checks import wrong_counters
from portal.events.models import JobFair, Registration, Stand, StandBooking, Tour
from portal.events.vocabulary import BookingStatus, FairStatus, RegistrationStatus, TourStatus, Visibility
from portal.kernel.clock import FixedClock
from portal.kernel.config import Mode, Settings
from portal.kernel.db import Base
from portal.kernel.errors import ConfigurationError
from portal.kernel.facts import holds_demo_data
from portal.kernel.outbox import OutboxMessage
from portal.kernel.phones import display
from portal.kernel.uow import Database
from portal.participants.models import Participant
from portal.placements.models import Issue, IssueMessage, Placement
from portal.placements.vocabulary import IssueStatus, PlacementStatus
from portal.stories.models import Story, StoryConsent
from portal.stories.vocabulary import StoryStatus
from portal.worker import Worker
from tests.conftest import NOW, TEAM
from tests.support.browser import Browser
from tests.support.people import an_admin
from tests.support.templates import TemplateDatabase
from tests.support.world import SCENARIO

LINK = re.compile(r'href="(/[^"]*)"')
MOST_PAGES = 150


@pytest.fixture(scope="module")
def demo(template: TemplateDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A portal with the demo in it, for all tests of this module; the one that writes delivers its mails."""
    folder = tmp_path_factory.mktemp("demo")
    with template.copy(folder) as url:
        settings = Settings(
            mode=Mode.TEST,
            database_url=url,
            secret_key="a-long-secret-only-for-the-tests-0123456789",
            base_url="http://localhost",
            instance_dir=folder / "instance",
        )
        app = create_app(settings, clock=FixedClock(NOW))
        assert load_demo(app.extensions["portal"].database)
        yield app
        app.extensions["portal"].database.engine.dispose()


@pytest.fixture
def filled(demo: Flask) -> Database:
    """The database with the demo."""
    database: Database = demo.extensions["portal"].database
    return database


@pytest.fixture
def look(filled: Database) -> Iterator[Session]:
    """A read-only session on the demo."""
    with filled.reading() as session:
        yield session


def count(session: Session, model: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def states(
    session: Session, model: type[Employer | Vacancy | Tour | Registration | Story | Placement | Issue]
) -> Counter:
    return Counter(session.scalars(select(model.status)))


def test_employers_and_their_vacancies(look: Session) -> None:
    assert states(look, Employer) == {EmployerStatus.APPROVED: 24, EmployerStatus.SUBMITTED: 1}
    assert states(look, Vacancy) == {VacancyStatus.PUBLISHED: 25, VacancyStatus.SUBMITTED: 3}
    waiting = look.scalars(select(Vacancy).where(Vacancy.status == VacancyStatus.SUBMITTED))
    assert all(vacancy.findings for vacancy in waiting)
    assert count(look, CallbackRequest) == 1


def test_participants_and_people_who_sign_in(look: Session) -> None:
    assert count(look, Participant) == 122
    roles = Counter(look.scalars(select(User.role)))
    assert {role: roles[role] for role in UserRole if role is not UserRole.EMPLOYER} == {
        UserRole.TEAM_MEMBER: 2,
        UserRole.TEAM_LEAD: 1,
        UserRole.ADMINISTRATOR: 1,
        UserRole.COACH: 5,
    }


def test_tours_two_full_with_people_waiting_and_four_with_places(look: Session) -> None:
    tours = look.scalars(select(Tour).order_by(Tour.id)).all()
    assert states(look, Tour) == {TourStatus.PUBLISHED: 6, TourStatus.PROPOSED: 1}
    assert {tour.visibility for tour in tours} == {Visibility.PUBLIC}
    assert all(tour.starts_at > NOW for tour in tours)
    full = [tour.id for tour in tours if tour.places_taken == tour.capacity]
    waiting = select(Registration.tour_id).where(Registration.status == RegistrationStatus.WAITING)
    assert Counter(look.scalars(waiting)) == {full[0]: 4, full[1]: 2}
    assert len(full) == 2
    assert sum(0 < tour.places_taken < tour.capacity for tour in tours) == 4
    assert wrong_counters(look) == []


def test_the_fair_with_its_stands(look: Session) -> None:
    fair = look.scalars(select(JobFair)).one()
    assert fair.status is FairStatus.OPEN
    assert count(look, Stand) == 24
    assert look.scalar(select(func.count()).select_from(Stand).where(Stand.has_power)) == 14
    booked = look.scalars(select(StandBooking).where(StandBooking.status == BookingStatus.BOOKED)).all()
    told = yaml.safe_load((SCENARIO / "evenementen.yaml").read_text(encoding="utf-8"))["werkmarkt"]["aanmeldingen"][:14]
    assert len(booked) == sum(booking["verwacht"] == "toegewezen" for booking in told) == 13
    assert len({booking.employer_id for booking in booked}) == 13
    assert len({booking.stand_id for booking in booked}) == 13


def test_stories_of_every_state(look: Session) -> None:
    assert states(look, Story) == {StoryStatus.RELEASED: 9, StoryStatus.REVIEW: 2, StoryStatus.DRAFT: 3}
    assert count(look, StoryConsent) == 11


def test_placements_and_what_was_said_about_them(look: Session) -> None:
    assert states(look, Placement) == {
        PlacementStatus.RUNNING: 12,
        PlacementStatus.CONVERTED: 2,
        PlacementStatus.PLANNED: 1,
        PlacementStatus.STOPPED: 1,
    }
    assert states(look, Issue) == {IssueStatus.RESOLVED: 10, IssueStatus.REPORTED: 3}


def test_no_issue_names_the_worker(look: Session) -> None:
    told = yaml.safe_load((SCENARIO / "plaatsingen.yaml").read_text(encoding="utf-8"))["plaatsingen"]
    first_names = {placement["kandidaat"].split()[0] for placement in told}
    words = {word for text in look.scalars(select(IssueMessage.body)) for word in re.findall(r"\w+", text)}
    assert first_names & words == set()


def test_no_released_story_holds_what_had_to_go(look: Session) -> None:
    told = yaml.safe_load((SCENARIO / "verhalen.yaml").read_text(encoding="utf-8"))
    stories = look.scalars(select(Story).order_by(Story.id)).all()
    assert len(stories) == len(told) == 14
    for story, source in zip(stories, told, strict=True):
        text = " ".join([story.heading, story.body, story.seeks, *story.goes_well, *story.attention, *story.support])
        found = [
            part["tekst"] for part in (*source["herkenbaar"], *source.get("gevoelig", ())) if part["tekst"] in text
        ]
        assert (source["id"], found) == (source["id"], [])


def test_everybody_of_the_welcome_can_sign_in(demo: Flask) -> None:
    for _who, email in WELCOME:
        browser = Browser(demo)
        browser.get("/inloggen")
        page = browser.submit({"email": email, "wachtwoord": PASSWORD})
        assert "Uitloggen" in page.text, email


def crawled(app: Flask, language: str) -> dict[str, str]:
    """The text of every page that a visitor reaches from the start page without signing in."""
    browser, seen, waiting = Browser(app, language), {}, [f"/?taal={language}"]
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        assert len(seen) < MOST_PAGES, sorted(seen)
        answer = browser.client.get(path, headers={"Accept-Language": language}, follow_redirects=True)
        assert answer.status_code == 200, path
        seen[path] = unescape(answer.get_data(as_text=True))
        if answer.mimetype == "text/html":
            links = (urldefrag(link).url for link in LINK.findall(seen[path]))
            waiting += [link for link in links if not link.startswith(("/static/", "/stijl")) and "?" not in link]
    return seen


@pytest.fixture(scope="module")
def public_pages(demo: Flask) -> dict[str, str]:
    """What a visitor sees, in Dutch."""
    return crawled(demo, "nl")


def test_a_visitor_reaches_every_tour_and_vacancy(public_pages: dict[str, str], look: Session) -> None:
    tours = [path for path in public_pages if re.fullmatch(r"/rondleidingen/[^/.]+", path)]
    vacancies = [path for path in public_pages if re.fullmatch(r"/vacatures/[^/]+", path)]
    assert len(tours) == 6
    assert 20 <= len(vacancies) <= 25
    assert [path for path in public_pages if path.startswith("/werkmarkten/")]
    assert [path for path in public_pages if path.endswith(".ics")]


def test_no_public_page_tells_who_takes_part(public_pages: dict[str, str], look: Session) -> None:
    people = look.scalars(select(Participant)).all()
    secrets = {f"{person.first_name} {person.last_name}" for person in people if person.last_name}
    secrets |= {person.email for person in people if person.email}
    secrets |= {person.coach_name for person in people if person.coach_name}
    secrets |= {form for person in people if person.phone for form in (person.phone, display(person.phone))}
    secrets |= {ticket for ticket in look.scalars(select(Registration.ticket)) if len(ticket) > 3}
    assert len(secrets) > 300
    assert {path: found for path, text in public_pages.items() if (found := [s for s in secrets if s in text])} == {}


def test_no_public_page_gives_the_contact_of_a_company_or_a_story(public_pages: dict[str, str], look: Session) -> None:
    members = look.scalars(select(Member)).all()
    secrets = {member.name for member in members} | {member.email for member in members if member.email}
    secrets |= {form for member in members if member.phone for form in (member.phone, display(member.phone))}
    secrets |= set(look.scalars(select(Story.heading)))
    secrets |= set(look.scalars(select(Placement.reference)))
    secrets |= set(look.scalars(select(Employer.team_note).where(Employer.team_note.is_not(None))))
    assert {path: found for path, text in public_pages.items() if (found := [s for s in secrets if s in text])} == {}


def test_what_waits_for_the_team_is_not_public(public_pages: dict[str, str], look: Session) -> None:
    waiting = set(look.scalars(select(Vacancy.title).where(Vacancy.status == VacancyStatus.SUBMITTED)))
    waiting |= set(look.scalars(select(Tour.title).where(Tour.status == TourStatus.PROPOSED)))
    waiting |= set(look.scalars(select(Employer.name).where(Employer.status == EmployerStatus.SUBMITTED)))
    published = set(look.scalars(select(Vacancy.title).where(Vacancy.status == VacancyStatus.PUBLISHED)))
    hidden = waiting - published
    assert {path: found for path, text in public_pages.items() if (found := [w for w in hidden if w in text])} == {}


def test_every_mail_of_the_demo_can_be_rendered(filled: Database, demo: Flask) -> None:
    parts = demo.extensions["portal"]
    worker = Worker(parts.database, parts.links)
    assert worker.deliver_all() > 50
    folder = Path(parts.settings.instance_dir) / "mail"
    assert len(list(folder.glob("*.eml"))) > 50
    with filled.reading() as session:
        failed = select(OutboxMessage.name, OutboxMessage.last_error).where(OutboxMessage.last_error.is_not(None))
        assert session.execute(failed).all() == []


def test_a_second_time_is_refused_or_left_alone(demo: Flask, filled: Database) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        load_demo(filled)
    assert str(refusal.value) == "The demo was loaded before; `make demo-reset` starts afresh."
    assert load_demo(filled, once=True) is False
    run = demo.test_cli_runner().invoke
    again = run(args=["portal", "demo", "load"])
    assert (again.exit_code, again.output) == (1, f"Error: {refusal.value}\n")
    kept = run(args=["portal", "demo", "load", "--once"])
    assert (kept.exit_code, kept.output) == (0, "The demo was loaded before; its data is kept.\n")
    with filled.reading() as session:
        assert count(session, Employer) == 25


def test_a_portal_with_people_in_it_is_not_filled(database: Database) -> None:
    with database.work(TEAM) as uow:
        an_admin(uow)
    for once in (False, True):
        with pytest.raises(ConfigurationError) as refusal:
            load_demo(database, once=once)
        assert str(refusal.value) == "This database has people in it: the demo fills only an empty portal."
    with database.reading() as session:
        assert not holds_demo_data(session)
        assert count(session, User) == 1


def test_without_its_lists_nothing_begins(database: Database, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="The demo's lists are not in "):
        load_demo(database, tmp_path)
    with database.reading() as session:
        assert not holds_demo_data(session)


def test_production_never_gets_it(filled: Database) -> None:
    real = replace(filled, settings=replace(filled.settings, mode=Mode.PRODUCTION))
    for once in (False, True):
        with pytest.raises(ConfigurationError, match="not loaded in production mode"):
            load_demo(real, once=once)


def test_the_welcome_names_address_and_sign_ins(demo: Flask) -> None:
    words = demo.test_cli_runner().invoke(args=["portal", "demo", "welcome"]).output
    assert "Meedraaien is on http://localhost " in words
    assert all(email in words for _who, email in WELCOME)
    assert PASSWORD in words
