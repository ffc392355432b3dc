"""The team's list of users through the pages."""

import re

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.vocabulary import UserRole
from portal.kernel.permissions import VISITOR
from tests.conftest import WorkAs
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.people import (
    a_coach,
    a_team_lead,
    a_team_member,
    an_admin,
    sign_in,
)
from tests.support.queries import at_most


@pytest.fixture
def lead(work_as: WorkAs) -> User:
    with work_as(VISITOR) as uow:
        return a_team_lead(uow)


@pytest.fixture
def me(browser: Browser, lead: User) -> Browser:
    return sign_in(browser, lead)


def test_list_shows_and_finds_people(me: Browser, work_as: WorkAs, engine: Engine) -> None:
    with work_as(VISITOR) as uow:
        coach, member = a_coach(uow), a_team_member(uow)
    with at_most(4 + 2, engine):
        page = me.get("/team/gebruikers")
    assert coach.name in page.text
    assert member.email in page.text
    found = me.get("/team/gebruikers?zoek=belhadj")
    assert coach.email in found.text
    assert member.email not in found.text
    assert member.email not in me.get("/team/gebruikers?soort=coaches").text
    assert "Niemand gevonden" in me.get("/team/gebruikers?zoek=zzz").text


def test_long_list_has_pages(me: Browser, work_as: WorkAs) -> None:
    with work_as(VISITOR) as uow:
        for number in range(21):
            a_coach(uow, name=f"Coach {number:02}")
    page = me.get("/team/gebruikers?soort=coaches")
    assert "Coach 20" not in page.text
    assert "Coach 20" in me.follow("Volgende").text


def test_member_of_the_team_has_no_list(browser: Browser, work_as: WorkAs) -> None:
    with work_as(VISITOR) as uow:
        member = a_team_member(uow)
    sign_in(browser, member).get("/team/gebruikers", status=403)


def test_invited_coach_chooses_a_password_and_comes_in(
    me: Browser, app: Flask, outbox: Outbox, session: Session
) -> None:
    me.get("/team/gebruikers/uitnodigen?rol=coach")
    fields = {"naam": "Samira Belhadj", "email": "samira@taal.example", "rol": "coach"}
    page = me.submit({**fields, "telefoon": ""}, with_field="email", status=422)
    assert page.errors() == ["Vul een telefoonnummer in. Het staat op de kaartjes van de deelnemers."]
    assert "Samira Belhadj" in page.html
    done = me.submit({**fields, "telefoon": "06 12345678"}, with_field="email")
    assert "Samira Belhadj krijgt een uitnodiging per mail." in done.text
    text = outbox.to("samira@taal.example")[0].get_body(("plain",)).get_content()
    found = re.search(r"http://localhost(/uitnodiging/\S+)", text)
    assert found
    coach = Browser(app)
    coach.get(found[1])
    answer = coach.submit({"nieuw_wachtwoord": "zes blauwe paarden"}, follow=False)
    assert answer.response.location == "/mijn-mensen/"
    assert session.query(User).filter_by(email="samira@taal.example").one().email_confirmed_at is not None


def test_taken_address_is_said_at_its_field(me: Browser, lead: User) -> None:
    me.get("/team/gebruikers/uitnodigen")
    fields = {"naam": "X", "email": lead.email, "rol": "team_member"}
    assert me.submit(fields, with_field="email", status=422).errors() == ["Met dit e-mailadres is er al een account."]


def test_lead_may_not_choose_administrator(me: Browser) -> None:
    page = me.get("/team/gebruikers/uitnodigen")
    assert 'value="administrator"' not in page.html
    fields = {"naam": "X", "email": "x@meedraaien.example", "rol": "administrator"}
    assert me.submit(fields, with_field="email", status=422).errors()


def test_account_is_changed(me: Browser, work_as: WorkAs, session: Session) -> None:
    with work_as(VISITOR) as uow:
        member = a_team_member(uow)
    me.get(f"/team/gebruikers/{member.id}")
    me.submit({"naam": "Marleen V.", "rol": "team_lead"}, with_field="naam")
    found = session.get_one(User, member.id)
    assert (found.name, found.role) == ("Marleen V.", UserRole.TEAM_LEAD)


def test_account_is_stopped_after_a_question_and_started_again(
    me: Browser, app: Flask, work_as: WorkAs, session: Session
) -> None:
    with work_as(VISITOR) as uow:
        coach = a_coach(uow)
    theirs = sign_in(Browser(app), coach)
    me.get(f"/team/gebruikers/{coach.id}")
    me.follow("Stop dit account")
    assert "gestopt" in me.submit({}, button="Stop dit account").text
    assert "/inloggen" in str(theirs.get("/account", follow=False).response.location)
    me.submit({}, button="Laat weer inloggen")
    assert session.get_one(User, coach.id).active


def test_last_administrator_cannot_be_demoted(browser: Browser, work_as: WorkAs) -> None:
    with work_as(VISITOR) as uow:
        admin = an_admin(uow)
    page = sign_in(browser, admin).get(f"/team/gebruikers/{admin.id}")
    assert "Stop dit account" not in page.text
    page = browser.submit({"rol": "team_lead"}, with_field="naam", status=409)
    assert page.errors()[0].startswith("Dit is de laatste beheerder.")


def test_lead_only_looks_at_an_administrator(me: Browser, work_as: WorkAs) -> None:
    with work_as(VISITOR) as uow:
        admin = an_admin(uow)
    page = me.get(f"/team/gebruikers/{admin.id}")
    assert "Alleen een beheerder mag het account van een beheerder veranderen." in page.text
    assert "Stop dit account" not in page.text


def test_invitation_is_sent_again(me: Browser, work_as: WorkAs, outbox: Outbox) -> None:
    with work_as(VISITOR) as uow:
        member = a_team_member(uow, password=None)
    me.get(f"/team/gebruikers/{member.id}")
    me.submit({}, button="Stuur de uitnodiging nog eens")
    assert len(outbox.to(member.email)) == 1


def test_lost_phone_is_helped_after_a_check(me: Browser, work_as: WorkAs, session: Session) -> None:
    with work_as(VISITOR) as uow:
        member = a_team_member(uow, with_second_factor=True)
    me.get(f"/team/gebruikers/{member.id}")
    assert "Is het echt deze persoon?" in me.follow("Telefoon kwijt").text
    me.submit({}, button="Haal de tweede stap weg")
    assert session.get_one(User, member.id).second_factor_at is None


def test_unknown_account_is_not_found(me: Browser) -> None:
    for path in ("", "/stoppen", "/tweede-stap"):
        me.get(f"/team/gebruikers/987654{path}", status=404)
