"""The pages of stories: an explanation for everybody, the stories for readers."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.employers.models import PhoneCall
from portal.employers.vocabulary import PHONE_CALL_KEY, EmployersAction
from portal.kernel.audit import LookEntry
from portal.kernel.clock import FixedClock
from portal.stories.consents import withdraw_consent
from portal.stories.models import Introduction
from portal.stories.vocabulary import IntroductionStatus
from tests.conftest import WorkAs
from tests.factories.employers import an_employer, an_owner
from tests.factories.stories import a_story, an_introduction
from tests.stories.conftest import SYSTEM, Cast
from tests.support.browser import Browser
from tests.support.people import a_coach, sign_in
from tests.support.queries import at_most

HEADING = "Ervaren slager die het liefst leert door mee te doen"


@pytest.fixture
def employer(browser: Browser, cast: Cast) -> Browser:
    """The owner of an approved company, signed in."""
    return sign_in(browser, cast.owner)


@pytest.mark.parametrize("language", ["nl", "en", "ar", "ti"])
def test_signed_out_the_page_explains_and_shows_no_story(
    app: Flask, work_as: WorkAs, cast: Cast, language: str
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    page = Browser(app, language).get("/verhalen")
    assert HEADING not in page.text
    assert story.public_id not in page.html
    assert page.link("") is not None
    assert "/werkgevers/aanmelden" in page.html


def test_signed_out_costs_no_statement(browser: Browser, cast: Cast, engine: Engine) -> None:
    with at_most(0, engine):
        browser.get("/verhalen")


def test_an_applicant_and_a_coach_get_the_explanation_too(app: Flask, work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        a_story(uow)
        _waiting, applicant = an_owner(uow, an_employer(uow, "Nieuw bedrijf", status="submitted"))
        coach = a_coach(uow)
    waiting = sign_in(Browser(app), applicant).get("/verhalen")
    assert HEADING not in waiting.text
    assert "wacht nog op het team" in waiting.text
    assert HEADING not in sign_in(Browser(app), coach).get("/verhalen").text


def test_an_employer_reads_the_list_and_filters_by_branch(employer: Browser, work_as: WorkAs, engine: Engine) -> None:
    with work_as(SYSTEM) as uow:
        for number in range(4):
            a_story(uow, heading=f"Slager {number}")
        a_story(uow, sector="groen", heading="Wil graag buiten werken")
    with at_most(6, engine):
        page = employer.get("/verhalen")
    assert "Slager 3" in page.text
    filtered = employer.get("/verhalen?branche=groen")
    assert "Wil graag buiten werken" in filtered.text
    assert "Slager" not in filtered.text
    assert "Filter weghalen" in filtered.text
    assert "Geen verhaal in deze branche" in employer.get("/verhalen?branche=bouw").text
    assert "Slager 3" in employer.get("/verhalen?branche=onzin").text


def test_a_long_list_has_pages(employer: Browser, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        for number in range(21):
            a_story(uow, heading=f"Verhaal nummer {number}")
    assert "pagina=2" in employer.get("/verhalen").html
    assert "Verhaal nummer 0" in employer.get("/verhalen?pagina=2").text


def test_a_story_shows_its_three_lists_and_is_kept_from_search_engines(
    employer: Browser, work_as: WorkAs, engine: Engine, cast: Cast, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, writer=cast.writer)
    with at_most(5, engine):
        page = employer.get(f"/verhalen/{story.public_id}")
    for words in ("echte vakman met het mes", "lezen en schrijven op A1", "taalcoach op de werkvloer", "niveau A2"):
        assert words in page.text
    assert cast.writer.name not in page.text
    assert 'name="robots" content="noindex' in page.html
    assert "noindex" in page.response.headers["X-Robots-Tag"]
    assert page.response.headers["Cache-Control"] == "private, no-store"
    looks = [(row.actor_id, row.subject_type, row.subject_id) for row in session.scalars(select(LookEntry))]
    assert looks == [(cast.owner.id, "story", story.id)]


def test_hidden_and_missing_stories_give_the_same_answer(app: Flask, cast: Cast, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        hidden = [a_story(uow, status=state).public_id for state in ("draft", "review", "withdrawn")]
        hidden.append(a_story(uow, days=-1).public_id)
    missing = sign_in(Browser(app), cast.owner).get("/verhalen/bestaat-niet", status=404)
    for public_id in hidden:
        page = sign_in(Browser(app), cast.owner).get(f"/verhalen/{public_id}", status=404)
        assert page.text == missing.text


def test_a_story_is_gone_the_moment_the_person_says_so(employer: Browser, work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    employer.get(f"/verhalen/{story.public_id}")
    with work_as(cast.writes) as uow:
        withdraw_consent(uow, story_id=story.id)
    employer.get(f"/verhalen/{story.public_id}", status=404)
    assert HEADING not in employer.get("/verhalen").text
    response = employer.client.post(f"/verhalen/{story.public_id}/kennismaken", data={})
    assert response.status_code == 404


def test_an_employer_asks_to_meet_and_sees_how_far_it_is(employer: Browser, work_as: WorkAs, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    employer.get(f"/verhalen/{story.public_id}")
    page = employer.submit({"bericht": "Wij hebben werk in de snijderij."})
    assert "Uw vraag is bij ons" in page.text
    assert "U vroeg op di 24 nov om een kennismaking" in page.text
    (row,) = session.scalars(select(Introduction))
    assert (row.message, row.status) == ("Wij hebben werk in de snijderij.", IntroductionStatus.ASKED)
    assert "Kennismaking gevraagd" in employer.get("/verhalen").text


def test_a_double_click_is_no_error(employer: Browser, work_as: WorkAs) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    page = employer.get(f"/verhalen/{story.public_id}")
    employer.submit({"bericht": ""}, on=page)
    assert "Deze vraag was al bij ons" in employer.submit({"bericht": ""}, on=page).text


def test_a_bsn_in_the_message_is_refused_and_nothing_is_lost(
    employer: Browser, work_as: WorkAs, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    employer.get(f"/verhalen/{story.public_id}")
    page = employer.submit({"bericht": "Gaat het om 999910012?"}, status=422)
    assert "BSN" in page.errors()[0]
    assert "Gaat het om 999910012?" in page.html
    assert session.scalars(select(Introduction)).all() == []


@pytest.mark.parametrize(
    ("state", "answer", "words"),
    [
        ("planned", "Dinsdag om 10.00 uur", "De kennismaking is afgesproken"),
        ("declined", "Het past niet", "De kennismaking gaat niet door"),
    ],
)
def test_the_answer_stands_on_the_page(
    employer: Browser, work_as: WorkAs, cast: Cast, state: str, answer: str, words: str
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
        an_introduction(uow, story, cast.employer, status=state, answer=answer, handled_at=uow.now)
    page = employer.get(f"/verhalen/{story.public_id}")
    assert words in page.text
    assert answer in page.text


def test_the_team_reads_stories_but_asks_nothing(browser: Browser, work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    page = sign_in(browser, cast.writer).get(f"/verhalen/{story.public_id}")
    assert f"/team/verhalen/{story.id}" in page.html
    assert "kennismaken" not in "".join(form.get("action") or "" for form in page.forms())


def test_somebody_who_is_signed_out_is_asked_to_sign_in_for_any_story(
    browser: Browser, work_as: WorkAs, clock: FixedClock
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    clock.advance(timedelta(minutes=1))
    for public_id in (story.public_id, "bestaat-niet"):
        page = browser.get(f"/verhalen/{public_id}", follow=False)
        assert page.status == 303
        assert "/inloggen" in page.response.headers["Location"]


def test_during_a_call_the_team_asks_in_the_name_of_the_company(
    browser: Browser, work_as: WorkAs, cast: Cast, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
        call = PhoneCall(employer_id=cast.employer.id, user_id=cast.reader.id, created_at=uow.now)
        uow.session.add(call)
        uow.audit(EmployersAction.CALL_STARTED, call)
    team = sign_in(browser, cast.reader)
    with team.client.session_transaction() as cookie:
        cookie[PHONE_CALL_KEY] = call.id
    assert "Slagerij De Hakbijl" in team.get("/verhalen").text
    page = team.get(f"/verhalen/{story.public_id}")
    assert "Namens Slagerij De Hakbijl, per telefoon." in page.text
    team.submit({"bericht": ""})
    assert session.scalars(select(Introduction)).one().employer_id == cast.employer.id
