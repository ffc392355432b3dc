"""Placements and issues on the pages of a company."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.employers.models import PhoneCall
from portal.employers.vocabulary import PHONE_CALL_KEY, EmployersAction
from portal.kernel.clock import FixedClock
from portal.placements.handling import answer_issue, resolve_issue
from portal.placements.models import Issue, IssueMessage
from portal.placements.vocabulary import IssueStatus, IssueUrgency
from tests.conftest import WorkAs
from tests.factories.participants import a_participant
from tests.factories.placements import a_placement, an_issue
from tests.placements.conftest import SYSTEM, Cast
from tests.support.browser import Browser
from tests.support.people import sign_in
from tests.support.queries import at_most

TYPED = {
    "spoed": "this_week",
    "soort": "work_rules",
    "gebeurd": "In de pauze gaat hij even liggen.",
    "bespreken": "nee",
    "bellen": "na 15.00 uur",
}


@pytest.fixture
def company(browser: Browser, cast: Cast) -> Browser:
    """The owner of the company, signed in."""
    return sign_in(browser, cast.owner)


def test_the_list_shows_numbers_and_jobs_and_nobody(
    company: Browser, work_as: WorkAs, cast: Cast, engine: Engine
) -> None:
    with work_as(SYSTEM) as uow:
        person = a_participant(uow, "Tesfay", last_name="Gebremeskel")
        for number in range(5):
            placement = a_placement(uow, cast.employer, participant_id=person.id, job_title=f"functie {number}")
            an_issue(uow, placement)
        a_placement(uow, cast.other, job_title="werk bij een ander")
    with at_most(6, engine):
        page = company.get("/mijn-bedrijf/plaatsingen")
    assert "Functie 4" in page.text
    assert "1 melding open" in page.text
    assert "AP-7001" in page.text
    for hidden in ("Tesfay", "Gebremeskel", "werk bij een ander"):
        assert hidden not in page.text


def test_an_empty_list_says_why(app: Flask, cast: Cast) -> None:
    page = sign_in(Browser(app), cast.other_owner).get("/mijn-bedrijf/plaatsingen")
    assert "Nog geen plaatsingen" in page.text


def test_one_placement_shows_its_issues_and_its_contact(
    company: Browser, work_as: WorkAs, cast: Cast, engine: Engine
) -> None:
    assert "Geen meldingen" in company.get(f"/mijn-bedrijf/plaatsingen/{cast.placement.id}").text
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement)
    with at_most(5, engine):
        page = company.get(f"/mijn-bedrijf/plaatsingen/{cast.placement.id}")
    assert issue.number in page.text
    assert "Marleen Visscher" in page.text
    assert "055 000 1236" in page.text


def test_the_form_chooses_nothing_and_promises_what_can_be_kept(
    company: Browser, cast: Cast, clock: FixedClock
) -> None:
    path = f"/mijn-bedrijf/plaatsingen/{cast.placement.id}/melden"
    page = company.get(path)
    assert " checked" not in page.html
    assert "Wij bellen uiterlijk dinsdag 24 november 2026, 17.00 uur" in page.text
    assert "Binnen 2 werkdagen: uiterlijk donderdag 26 november 2026, 17.00 uur" in page.text
    assert "Schrijf niets over gezondheid, geloof of afkomst" in page.text
    clock.advance(timedelta(days=3, hours=7))
    assert "Wij bellen uiterlijk maandag 30 november 2026, 10.00 uur" in company.get(path).text


def test_a_report_becomes_a_time_line(company: Browser, cast: Cast, session: Session) -> None:
    company.get(f"/mijn-bedrijf/plaatsingen/{cast.placement.id}/melden")
    page = company.submit(TYPED)
    assert "Uw melding is bij ons: nummer 2026-001." in page.text
    assert "Wij bellen uiterlijk donderdag 26 november 2026, 17.00 uur. U krijgt ook een mail." in page.text
    assert "U meldde: deze week bellen" in page.text
    assert "In de pauze gaat hij even liggen." in page.text
    issue = session.scalars(select(Issue)).one()
    assert (issue.urgency, issue.may_discuss) == (IssueUrgency.THIS_WEEK, False)


def test_two_clicks_on_one_form_are_one_issue(company: Browser, cast: Cast, session: Session) -> None:
    form = company.get(f"/mijn-bedrijf/plaatsingen/{cast.placement.id}/melden")
    company.submit(TYPED, on=form)
    assert "was al bij ons: nummer 2026-001" in company.submit(TYPED, on=form).text
    assert len(session.scalars(select(Issue)).all()) == 1


def test_an_empty_form_says_what_to_do_and_a_bsn_keeps_the_text(company: Browser, cast: Cast, session: Session) -> None:
    company.get(f"/mijn-bedrijf/plaatsingen/{cast.placement.id}/melden")
    page = company.submit({"gebeurd": ""}, status=422)
    assert page.errors() == [
        "Kies hoe snel",
        "Kies waar het over gaat",
        "Schrijf kort wat er gebeurde",
        "Kies een antwoord",
    ]
    page = company.submit({**TYPED, "gebeurd": "Hij heet zo, BSN 999910012"}, status=422)
    assert "BSN" in page.errors()[0]
    assert "Hij heet zo" in page.html
    assert session.scalars(select(Issue)).all() == []


def test_something_personal_needs_no_words(company: Browser, cast: Cast) -> None:
    company.get(f"/mijn-bedrijf/plaatsingen/{cast.placement.id}/melden")
    page = company.submit({**TYPED, "soort": "call_me", "gebeurd": ""})
    assert "Iets persoonlijks: bel mij" in page.text


def test_the_time_line_shows_answers_and_how_long_the_first_took(
    company: Browser, work_as: WorkAs, cast: Cast, clock: FixedClock, engine: Engine
) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.owner)
    assert "Wij bellen u" in company.get(f"/mijn-bedrijf/meldingen/{issue.id}").text
    clock.advance(timedelta(minutes=52))
    with work_as(cast.second) as uow:
        answer_issue(uow, issue_id=issue.id, text="Dank u.\nIk bel u morgen.")
    with at_most(5, engine):
        page = company.get(f"/mijn-bedrijf/meldingen/{issue.id}")
    assert "Joris Tempelman antwoordde" in page.text
    assert "Eerste antwoord na 52 minuten." in page.text
    assert "Wij houden het in de gaten" in page.text


def test_a_company_writes_on_and_objects_to_a_solution(
    company: Browser, work_as: WorkAs, cast: Cast, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.owner)
    company.get(f"/mijn-bedrijf/meldingen/{issue.id}")
    assert company.submit({"bericht": ""}, status=422).errors() == ["Schrijf kort wat u wilt zeggen"]
    assert "Uw bericht is bij ons" in company.submit({"bericht": "Vandaag weer."}).text
    with work_as(cast.team) as uow:
        resolve_issue(uow, issue_id=issue.id, text="Uitrusten mag in de kantine.")
    page = company.get(f"/mijn-bedrijf/meldingen/{issue.id}")
    assert "Marleen Visscher sloot de melding af" in page.text
    assert "Opgelost" in page.text
    assert company.submit({"bericht": ""}, status=422).errors() == ["Schrijf kort wat er nog niet goed gaat"]
    page = company.submit({"bericht": "Het gebeurt nog."})
    assert "De melding is weer open" in page.text
    assert "Toch niet opgelost" in page.text
    assert session.get_one(Issue, issue.id).status is IssueStatus.IN_PROGRESS
    assert len(session.scalars(select(IssueMessage)).all()) == 4


def test_what_was_told_by_phone_says_so(company: Browser, work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.colleague)
    page = company.get(f"/mijn-bedrijf/meldingen/{issue.id}")
    assert "Per telefoon, opgeschreven door Joris Tempelman." in page.text


def test_the_contact_is_the_team_when_nobody_is_named(company: Browser, work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        placement = a_placement(uow, cast.employer)
        issue = an_issue(uow, placement)
    for path in (f"/mijn-bedrijf/plaatsingen/{placement.id}", f"/mijn-bedrijf/meldingen/{issue.id}"):
        assert "055 000 1234" in company.get(path).text


def test_another_company_gets_the_same_answer_as_for_what_is_not_there(app: Flask, work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement, user=cast.owner)
    stranger = sign_in(Browser(app), cast.other_owner)
    for path in ("/mijn-bedrijf/plaatsingen/{}", "/mijn-bedrijf/plaatsingen/{}/melden"):
        hidden = stranger.get(path.format(cast.placement.id), status=404)
        assert hidden.text == stranger.get(path.format(98765), status=404).text
    hidden = stranger.get(f"/mijn-bedrijf/meldingen/{issue.id}", status=404)
    assert hidden.text == stranger.get("/mijn-bedrijf/meldingen/98765", status=404).text


def test_the_team_has_no_company_without_a_call(app: Flask, cast: Cast) -> None:
    sign_in(Browser(app), cast.contact).get("/mijn-bedrijf/plaatsingen", status=403)


def test_during_a_call_the_team_reports_for_the_company_and_no_mail_is_promised(
    app: Flask, work_as: WorkAs, cast: Cast, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        call = PhoneCall(employer_id=cast.employer.id, user_id=cast.colleague.id, created_at=uow.now)
        uow.session.add(call)
        uow.audit(EmployersAction.CALL_STARTED, call)
    team = sign_in(Browser(app), cast.colleague)
    with team.client.session_transaction() as cookie:
        cookie[PHONE_CALL_KEY] = call.id
    team.get(f"/mijn-bedrijf/plaatsingen/{cast.placement.id}/melden")
    page = team.submit(TYPED)
    assert "Uw melding is bij ons: nummer 2026-001." in page.text
    assert "mail" not in page.text.partition("Uw melding is bij ons")[2].partition("Kruimelpad")[0][:120]
    assert "Per telefoon, opgeschreven door Joris Tempelman." in page.text
    assert session.scalars(select(Issue)).one().reported_by_id == cast.colleague.id
