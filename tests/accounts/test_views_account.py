"""The own account through the pages."""

import re
from dataclasses import replace

import pyotp
import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.app import create_app
from portal.kernel.clock import FixedClock
from portal.kernel.config import Mode, Settings
from portal.kernel.permissions import VISITOR
from tests.conftest import WorkAs
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.people import PASSWORD, a_coach, a_team_member, an_employer_user, sign_in
from tests.support.queries import at_most


@pytest.fixture
def user(work_as: WorkAs) -> User:
    with work_as(VISITOR) as uow:
        return a_team_member(uow, email="marleen@meedraaien.example")


@pytest.fixture
def me(browser: Browser, user: User) -> Browser:
    return sign_in(browser, user)


def set_up(browser: Browser, clock: FixedClock) -> list[str]:
    """Read the secret from the page, type the code of the app, and read the recovery codes."""
    page = browser.get("/account/tweede-stap")
    secret = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.text)
    assert secret
    code = pyotp.TOTP(secret[0].replace(" ", "")).at(clock.now())
    return recovery_codes(browser.submit({"code": code}).html)


def recovery_codes(html: str) -> list[str]:
    return re.findall(r">([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})<", html)


def test_visitor_is_sent_to_sign_in(browser: Browser) -> None:
    assert browser.get("/account", follow=False).response.location == "/inloggen?volgende=/account"


def test_own_data_are_changed(me: Browser, user: User, session: Session) -> None:
    page = me.get("/account")
    assert user.email in page.text
    me.submit({"naam": "Marleen V.", "telefoon": "06 12345678", "taal": "en"}, with_field="naam")
    found = session.get_one(User, user.id)
    assert (found.name, found.phone, found.language) == ("Marleen V.", "+31612345678", "en")
    assert me.page is not None
    assert me.page.tree is not None
    assert me.page.tree.get("lang") == "en"


def test_coach_keeps_a_phone(browser: Browser, work_as: WorkAs) -> None:
    with work_as(VISITOR) as uow:
        coach = a_coach(uow)
    sign_in(browser, coach).get("/account")
    page = browser.submit({"naam": "Samira", "telefoon": ""}, with_field="naam", status=422)
    assert page.errors() == ["Vul een telefoonnummer in. Het staat op de kaartjes van de deelnemers."]
    assert 'value="Samira"' in page.html


def test_account_page_needs_few_statements(me: Browser, engine: Engine) -> None:
    me.get("/account")
    with at_most(3 + 2, engine):
        me.get("/account")


def test_recent_sign_ins_are_shown(browser: Browser, user: User) -> None:
    browser.get("/inloggen")
    browser.submit({"email": user.email, "wachtwoord": PASSWORD}, with_field="wachtwoord", follow=False)
    assert "di 24 nov, 10.00 uur met wachtwoord nee" in browser.get("/account").text


def test_password_is_changed_with_the_old_one(me: Browser, app: Flask, user: User, outbox: Outbox) -> None:
    other = sign_in(Browser(app), user)
    me.get("/account/wachtwoord")
    fields = {"wachtwoord": "iets heel anders", "nieuw_wachtwoord": "zes blauwe paarden"}
    assert me.submit(fields, status=422).errors() == ["Dit is niet uw wachtwoord van nu. Kijk of Caps Lock uit staat."]
    assert me.submit({"wachtwoord": PASSWORD, "nieuw_wachtwoord": "kort"}, status=422).errors()
    me.submit({"wachtwoord": PASSWORD, "nieuw_wachtwoord": "zes blauwe paarden"})
    assert me.page is not None
    assert "Uw wachtwoord is veranderd" in me.page.text
    assert "/inloggen" in str(other.get("/account", follow=False).response.location)
    assert "wachtwoord" in outbox.to(user.email)[0].get_body(("plain",)).get_content()


def test_first_password_needs_no_old_one(browser: Browser, work_as: WorkAs, session: Session) -> None:
    with work_as(VISITOR) as uow:
        person = an_employer_user(uow, password=None)
    sign_in(browser, person).get("/account/wachtwoord")
    browser.submit({"nieuw_wachtwoord": "zes blauwe paarden"})
    assert session.get_one(User, person.id).password_hash


def test_everywhere_means_here_too(me: Browser, app: Flask, user: User) -> None:
    other = sign_in(Browser(app), user)
    me.get("/account")
    me.submit({}, action="/account/overal-uitloggen")
    for browser in (me, other):
        assert "/inloggen" in str(browser.get("/account", follow=False).response.location)


def test_second_step_is_set_up_with_the_app(
    me: Browser, app: Flask, user: User, clock: FixedClock, session: Session
) -> None:
    other = sign_in(Browser(app), user)
    codes = set_up(me, clock)
    assert len(codes) == 8
    assert session.get_one(User, user.id).second_factor_at is not None
    assert codes[0] not in me.get("/account/tweede-stap").text
    assert "8 herstelcodes" in me.get("/account/tweede-stap").text
    assert "/inloggen" in str(other.get("/account", follow=False).response.location)


def test_wrong_first_code_keeps_the_secret(me: Browser) -> None:
    before = me.get("/account/tweede-stap")
    secret = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", before.text)
    assert secret
    after = me.submit({"code": "000000"}, status=422)
    assert after.errors()
    assert secret[0] in after.text


def test_set_up_page_holds_its_picture_without_style(me: Browser, user: User) -> None:
    page = me.get("/account/tweede-stap")
    assert "<svg" in page.html
    assert "style=" not in page.html


def test_recovery_codes_are_renewed_and_the_step_turned_off(me: Browser, clock: FixedClock, session: Session) -> None:
    codes = set_up(me, clock)
    me.get("/account/tweede-stap")
    assert me.submit({"code": "000000"}, status=422).errors()
    fresh = recovery_codes(me.submit({"code": codes[0]}, with_field="code").html)
    assert len(fresh) == 8
    form = me.get("/account/tweede-stap").form(with_field="code")
    token = next(e.get("value") for e in form.iter("input") if e.get("name") == "csrf_token")
    answer = me.client.post("/account/tweede-stap/uit", data={"csrf_token": token, "code": fresh[0]})
    assert answer.status_code == 303
    assert "Tweede stap instellen" in me.get("/account/tweede-stap").text


@pytest.fixture
def production(settings: Settings, clock: FixedClock) -> Flask:
    """The portal as real people use it."""
    return create_app(replace(settings, mode=Mode.PRODUCTION, base_url="https://portaal.example"), clock=clock)


def secure(app: Flask) -> Browser:
    browser = Browser(app)
    browser.client.environ_base["wsgi.url_scheme"] = "https"
    return browser


@pytest.mark.parametrize("make", [a_team_member, a_coach])
def test_in_production_staff_without_second_step_reaches_only_its_set_up(
    production: Flask, work_as: WorkAs, clock: FixedClock, make: object
) -> None:
    with work_as(VISITOR) as uow:
        person = make(uow)  # type: ignore[operator]
    browser = sign_in(secure(production), person)
    for path in ("/account", "/team/gebruikers", "/account/wachtwoord"):
        assert browser.get(path, follow=False).response.location == "/account/tweede-stap"
    page = browser.get("/account/tweede-stap")
    assert "de tweede stap voor u nodig" in page.text
    assert page.form(action="/uitloggen") is not None
    production.extensions["portal"].database.engine.dispose()


def test_in_production_an_employer_needs_no_second_step(production: Flask, work_as: WorkAs) -> None:
    with work_as(VISITOR) as uow:
        person = an_employer_user(uow)
    assert sign_in(secure(production), person).get("/account").status == 200
    production.extensions["portal"].database.engine.dispose()
