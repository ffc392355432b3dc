"""Placements and issues at the desk of the team."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.kernel.audit import LookEntry
from portal.kernel.clock import FixedClock
from portal.placements.models import Issue, Placement
from portal.placements.queries import work_items
from portal.placements.vocabulary import IssueStatus, PlacementStatus
from tests.conftest import WorkAs
from tests.factories.participants import a_participant
from tests.factories.placements import a_placement, an_issue
from tests.placements.conftest import SYSTEM, Cast
from tests.support.browser import Browser
from tests.support.people import sign_in
from tests.support.queries import at_most

TYPED = {
    "kenmerk": "AP-2231",
    "functie": "medewerker bakkerij",
    "soort": "trial",
    "eerste_dag-dag": "1",
    "eerste_dag-maand": "12",
    "eerste_dag-jaar": "2026",
    "laatste_dag-dag": "14",
    "laatste_dag-maand": "12",
    "laatste_dag-jaar": "2026",
    "uren": "24",
}


@pytest.fixture
def team(browser: Browser, cast: Cast) -> Browser:
    """The contact of the company, signed in."""
    return sign_in(browser, cast.contact)


def test_a_placement_is_recorded_changed_and_ended(
    team: Browser, work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock
) -> None:
    with work_as(SYSTEM) as uow:
        person = a_participant(uow, "Tesfay", last_name="Gebremeskel")
    team.get(f"/team/plaatsingen/nieuw?zoek=tesfay&werkgever={cast.employer.id}")
    page = team.submit({**TYPED, "deelnemer": str(person.id)}, with_field="functie")
    assert "De plaatsing is vastgelegd" in page.text
    assert "P-2026-001" in page.text
    assert "Tesfay Gebremeskel" in page.text
    placement = session.scalars(select(Placement).where(Placement.number == "P-2026-001")).one()
    assert (placement.status, placement.team_contact_id) == (PlacementStatus.PLANNED, cast.contact.id)
    session.rollback()

    team.follow("Wijzig")
    page = team.submit({"functie": "bakker in opleiding", "eerste_dag-maand": "11"}, with_field="functie")
    assert "Bakker in opleiding" in page.text
    assert "Loopt" in page.text

    team.follow("Leg het einde vast")
    page = team.submit({"afloop": "stop", "dag-dag": "24", "dag-maand": "11", "dag-jaar": "2026"}, status=422)
    assert page.errors() == ["Schrijf er kort bij waarom."]
    page = team.submit({"reden": "De reis was te lang."})
    assert "Het einde van de plaatsing is vastgelegd" in page.text
    assert "Deze plaatsing is afgelopen" in page.text


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"laatste_dag-dag": "", "laatste_dag-maand": "", "laatste_dag-jaar": ""}, "heeft een laatste dag"),
        ({"laatste_dag-maand": "7", "laatste_dag-jaar": "2027"}, "hoogstens 6 maanden"),
        ({"kenmerk": ""}, "Vul een kenmerk in, of koppel een deelnemer"),
        ({"kenmerk": "Tesfay"}, "letters en cijfers"),
        ({"kenmerk": "999910012"}, "BSN of V-nummer"),
    ],
)
def test_a_rule_is_told_at_its_field_and_nothing_is_lost(
    team: Browser, cast: Cast, typed: dict[str, str], error: str
) -> None:
    team.get("/team/plaatsingen/nieuw")
    page = team.submit({**TYPED, "werkgever": str(cast.employer.id), **typed}, with_field="functie", status=422)
    assert len(page.errors()) == 1
    assert error in page.errors()[0]
    assert 'value="medewerker bakkerij"' in page.html


def test_an_empty_form_names_each_field(team: Browser) -> None:
    team.get("/team/plaatsingen/nieuw")
    page = team.submit({"functie": ""}, status=422)
    assert page.errors() == ["Kies een werkgever", "Vul de functie in", "Kies een soort", "Vul de eerste dag in"]


def test_a_stale_change_is_told(team: Browser, cast: Cast) -> None:
    form = team.get(f"/team/plaatsingen/{cast.placement.id}/wijzigen")
    team.submit({"functie": "bakker"}, on=form, with_field="functie")
    page = team.submit({"functie": "broodbakker"}, on=form, with_field="functie", status=409)
    assert "net veranderd" in page.errors()[0]


def test_looking_at_the_person_is_noted(team: Browser, work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        person = a_participant(uow, "Tesfay")
        placement = a_placement(uow, cast.employer, participant_id=person.id)
    team.get(f"/team/plaatsingen/{placement.id}")
    team.get(f"/team/plaatsingen/{cast.placement.id}")
    assert [(row.subject_type, row.subject_id) for row in session.scalars(select(LookEntry))] == [
        ("participant", person.id)
    ]


def test_the_list_searches_filters_and_keeps_its_budget(
    team: Browser, work_as: WorkAs, cast: Cast, engine: Engine
) -> None:
    with work_as(SYSTEM) as uow:
        for number in range(5):
            an_issue(uow, a_placement(uow, cast.other, job_title=f"slager {number}"))
        a_placement(uow, cast.other, job_title="later", in_days=9)
    with at_most(6, engine):
        page = team.get("/team/plaatsingen")
    assert "slager 4" in page.text
    assert "1 open" in page.text
    assert "slager" not in team.get("/team/plaatsingen?zoek=sprenge").text
    assert "medewerker bakkerij" in team.get("/team/plaatsingen?zoek=ap-7001").text
    planned = team.get("/team/plaatsingen?status=planned").text
    assert "later" in planned
    assert "slager" not in planned
    assert "Geen plaatsing gevonden" in team.get("/team/plaatsingen?zoek=zeilmaker").text


def test_an_issue_is_taken_up_answered_and_resolved(
    team: Browser, work_as: WorkAs, cast: Cast, session: Session, engine: Engine
) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.owner, call_when="na 15.00 uur")
    with at_most(5, engine):
        page = team.get(f"/team/meldingen/{issue.id}")
    assert "Bakkerij De Sprenge" in page.text
    assert "na 15.00 uur" in page.text
    assert "op uw naam" in team.submit(action="/opnemen").text
    assert team.submit({"bericht": ""}, status=422).errors() == ["Schrijf kort wat u wilt zeggen"]
    assert "Marleen Visscher antwoordde" in team.submit({"bericht": "Ik bel u morgen."}).text
    assert team.submit({"oplossing": ""}, status=422).errors() == ["Schrijf kort wat er is afgesproken"]
    page = team.submit({"oplossing": "Uitrusten mag in de kantine."})
    assert "De melding is opgelost" in page.text
    assert session.get_one(Issue, issue.id).status is IssueStatus.RESOLVED
    assert "De melding is weer open" in team.submit({"bericht": "Het gaat nog mis."}).text


def test_a_late_second_click_on_taking_up_is_told(team: Browser, work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.owner)
    page = team.get(f"/team/meldingen/{issue.id}")
    team.submit({"oplossing": "Klaar."})
    assert "Dit kan nu niet meer" in team.submit(action="/opnemen", on=page).text


def test_the_list_of_issues_shows_what_is_late(
    team: Browser, work_as: WorkAs, cast: Cast, clock: FixedClock, engine: Engine
) -> None:
    assert "Geen open meldingen" in team.get("/team/meldingen").text
    with work_as(SYSTEM) as uow:
        an_issue(uow, cast.placement, user=cast.owner, urgency="today")
        an_issue(uow, cast.placement, user=cast.owner)
        done = an_issue(uow, cast.placement, status="resolved", resolved_at=uow.now)
    clock.advance(timedelta(days=1))
    with at_most(6, engine):
        page = team.get("/team/meldingen")
    assert page.text.count("Te laat:") == 1
    assert done.number not in page.text
    assert done.number in team.get("/team/meldingen?alle=ja").text


def test_unknown_things_are_not_found_and_a_company_has_no_desk(team: Browser, app: Flask, cast: Cast) -> None:
    for path in ("/team/plaatsingen/987", "/team/plaatsingen/987/wijzigen", "/team/meldingen/987"):
        team.get(path, status=404)
    company = sign_in(Browser(app), cast.owner)
    for path in ("/team/plaatsingen", f"/team/plaatsingen/{cast.placement.id}", "/team/meldingen"):
        company.get(path, status=403)


def test_the_work_list_knows_the_promise_and_the_trials_that_end(
    work_as: WorkAs, cast: Cast, session: Session, clock: FixedClock
) -> None:
    with work_as(SYSTEM) as uow:
        today, week = an_issue(uow, cast.placement, urgency="today"), an_issue(uow, cast.placement)
        an_issue(uow, cast.placement, status="resolved")
        day = uow.now.date()
        trial = a_placement(uow, cast.employer, kind="trial", ends_on=day + timedelta(days=14))
        a_placement(uow, cast.employer, kind="trial", ends_on=day + timedelta(days=15))
        a_placement(uow, cast.employer, ends_on=day + timedelta(days=3))
    items = work_items(session, clock.now())
    assert [(item.kind, item.url) for item in items] == [
        ("issue", f"/team/meldingen/{today.id}"),
        ("issue", f"/team/meldingen/{week.id}"),
        ("placement", f"/team/plaatsingen/{trial.id}"),
    ]
    assert [item.due_at for item in items[:2]] == [today.answer_by, week.answer_by]
    assert items[0].tag == "urgent"
    assert str(items[0].action) == "Bel en antwoord"
    assert items[0].owner == "Marleen Visscher"
    assert "Bakkerij De Sprenge" in items[0].facts
