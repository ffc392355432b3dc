"""Signing in through the pages."""

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from portal.accounts.links import request_confirmation
from portal.accounts.models import User
from portal.accounts.second_factor import secret_from
from portal.accounts.sign_in import ACCOUNT_LIMIT, MAIL_LIMIT
from portal.kernel.clock import FixedClock
from portal.kernel.config import Settings
from portal.kernel.permissions import VISITOR
from tests.conftest import WorkAs
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.people import PASSWORD, a_coach, a_team_member, an_employer_user


@pytest.fixture
def user(work_as: WorkAs) -> User:
    with work_as(VISITOR) as uow:
        return a_coach(uow, email="samira@taal.example")


def signed_in_as(browser: Browser) -> str | None:
    with browser.client.session_transaction() as session:
        return session.get("_user_id")


def link_in(outbox: Outbox, email: str) -> str:
    text = outbox.to(email)[-1].get_body(("plain",)).get_content()
    found = re.search(r"http://localhost(/\S+)", text)
    assert found
    return found[1]


def give(browser: Browser, email: str, password: str = PASSWORD, status: int | None = None) -> object:
    browser.get("/inloggen")
    values = {"email": email, "wachtwoord": password}
    if status is None:
        return browser.submit(values, with_field="wachtwoord", follow=False)
    return browser.submit(values, with_field="wachtwoord", status=status)


def test_right_password_leads_to_the_own_start(browser: Browser, user: User) -> None:
    page = give(browser, "Samira@taal.example ")
    assert (page.status, page.response.location) == (303, "/mijn-mensen/")
    assert signed_in_as(browser) == f"{user.id}:1"
    with browser.client.session_transaction() as session:
        assert session.permanent


def test_wrong_password_and_unknown_address_get_the_same_answer(browser: Browser, user: User) -> None:
    wrong = give(browser, user.email, "iets heel anders", 422)
    unknown = give(browser, "niemand@taal.example", "iets heel anders", 422)
    assert wrong.errors() == unknown.errors() != []
    assert signed_in_as(browser) is None
    assert user.email in wrong.html


def test_account_without_password_takes_only_links(browser: Browser, work_as: WorkAs) -> None:
    with work_as(VISITOR) as uow:
        other = a_team_member(uow, password=None)
    assert give(browser, other.email, "", 422).errors() == ["Vul uw wachtwoord in"]
    assert give(browser, other.email, "the password of nobody", 422).errors()


def test_guessing_is_braked_per_account(browser: Browser, user: User, clock: FixedClock) -> None:
    for _ in range(ACCOUNT_LIMIT):
        give(browser, user.email, "iets heel anders", 422)
    assert "te vaak" in give(browser, user.email, PASSWORD, 429).text
    clock.advance(timedelta(minutes=16))
    assert give(browser, user.email).status == 303


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/mijn-mensen/12?x=1", "/mijn-mensen/12?x=1"),
        ("https://elders.example/", "/mijn-mensen/"),
        ("//elders.example/", "/mijn-mensen/"),
        ("/\\elders.example/", "/mijn-mensen/"),
        ("/%0d%0ax", "/mijn-mensen/"),
        ("javascript:alert(1)", "/mijn-mensen/"),
    ],
)
def test_only_own_pages_are_returned_to(browser: Browser, user: User, asked: str, reached: str) -> None:
    browser.get(f"/inloggen?volgende={asked}")
    page = browser.submit({"email": user.email, "wachtwoord": PASSWORD}, with_field="wachtwoord", follow=False)
    assert page.response.location == reached


def test_session_begins_anew(browser: Browser, user: User) -> None:
    with browser.client.session_transaction() as session:
        session["van_een_ander"] = "x"
        session["taal"] = "en"
    give(browser, user.email)
    with browser.client.session_transaction() as session:
        assert "van_een_ander" not in session
        assert session["taal"] == "en"


def test_who_is_signed_in_is_sent_on(browser: Browser, user: User) -> None:
    give(browser, user.email)
    assert browser.get("/inloggen", follow=False).response.location == "/mijn-mensen/"


def test_second_step_is_asked_and_its_code_works_once(
    browser: Browser, app: Flask, work_as: WorkAs, settings: Settings, clock: FixedClock
) -> None:
    with work_as(VISITOR) as uow:
        member = a_team_member(uow, with_second_factor=True)
    code = pyotp.TOTP(secret_from(settings, member.id, str(member.second_factor_secret))).at(clock.now())
    assert give(browser, member.email).response.location == "/inloggen/tweede-stap"
    assert signed_in_as(browser) is None
    browser.get("/inloggen/tweede-stap")
    assert browser.submit({"code": "000000"}, status=422).errors()
    assert browser.submit({"code": code}, follow=False).response.location == "/team/"
    assert signed_in_as(browser) == f"{member.id}:1"
    other = Browser(app)
    give(other, member.email)
    other.get("/inloggen/tweede-stap")
    assert other.submit({"code": code}, status=422).errors()


def test_second_step_does_not_wait_for_ever(browser: Browser, work_as: WorkAs, clock: FixedClock) -> None:
    with work_as(VISITOR) as uow:
        member = a_team_member(uow, with_second_factor=True)
    give(browser, member.email)
    page = browser.get("/inloggen/tweede-stap")
    clock.advance(timedelta(minutes=11))
    browser.submit({"code": "123456"}, on=page)
    assert browser.page is not None
    assert "Log opnieuw in" in browser.page.text


def test_second_step_without_a_first_is_sent_back(browser: Browser) -> None:
    assert browser.get("/inloggen/tweede-stap", follow=False).response.location == "/inloggen"


def ask_link(browser: Browser, email: str) -> str:
    browser.get("/inloggen")
    form = browser.page.form(with_field="wachtwoord")  # type: ignore[union-attr]
    token = next(e.get("value") for e in form.iter("input") if e.get("name") == "csrf_token")
    data = {"csrf_token": token, "email": email}
    answer = browser.client.post("/inloggen/link", data=data)
    assert answer.status_code in {303, 422, 429}
    return str(answer.location)


def test_asking_a_link_always_gets_the_same_answer(browser: Browser, user: User, outbox: Outbox) -> None:
    assert ask_link(browser, user.email) == ask_link(browser, "niemand@taal.example") == "/inloggen/link-verstuurd"
    assert len(outbox.names()) == 1
    assert "Kennen wij dit e-mailadres?" in browser.get("/inloggen/link-verstuurd").text


def test_nobodys_mailbox_is_flooded(browser: Browser, user: User, outbox: Outbox, clock: FixedClock) -> None:
    for _ in range(MAIL_LIMIT + 2):
        ask_link(browser, user.email)
    assert len(outbox.names()) == MAIL_LIMIT
    clock.advance(timedelta(minutes=16))
    ask_link(browser, user.email)
    assert len(outbox.names()) == MAIL_LIMIT + 1


def test_link_button_without_address_says_what_to_do(browser: Browser) -> None:
    ask_link(browser, "")
    browser.get("/inloggen")
    page = browser.submit({"email": "geen adres"}, with_field="wachtwoord", status=422)
    assert "Vul een e-mailadres in zoals naam@voorbeeld.nl" in page.errors()


def test_mail_scanner_opens_the_link_twice_and_the_person_still_comes_in(
    browser: Browser, app: Flask, user: User, outbox: Outbox
) -> None:
    ask_link(browser, user.email)
    path = link_in(outbox, user.email)
    scanner = app.test_client()
    for _ in range(2):
        assert scanner.head(path).status_code == 200
        assert scanner.get(path).status_code == 200
    browser.get(path)
    assert browser.submit({}, button="Log mij in", follow=False).response.location == "/mijn-mensen/"
    assert signed_in_as(browser) == f"{user.id}:1"


def test_used_link_offers_a_new_one(browser: Browser, app: Flask, user: User, outbox: Outbox) -> None:
    ask_link(browser, user.email)
    path = link_in(outbox, user.email)
    page = browser.get(path)
    browser.submit({}, on=page, button="Log mij in", follow=False)
    other = Browser(app)
    other.get("/inloggen")
    ended = other.get(path, status=410)
    assert "Deze link werkt niet meer" in ended.text
    other.submit({}, button="Stuur mij een nieuwe link")
    other.get(link_in(outbox, user.email))
    other.submit({}, button="Log mij in", follow=False)
    assert signed_in_as(other) == f"{user.id}:1"


def test_post_of_a_used_link_is_refused_too(browser: Browser, app: Flask, user: User, outbox: Outbox) -> None:
    ask_link(browser, user.email)
    other = Browser(app)
    page, late = browser.get(link_in(outbox, user.email)), other.get(link_in(outbox, user.email))
    browser.submit({}, on=page, button="Log mij in", follow=False)
    other.submit({}, on=late, button="Log mij in", status=410)
    assert signed_in_as(other) is None


def test_mangled_link_leads_to_the_sign_in_page(browser: Browser) -> None:
    page = browser.get("/inloggen/link/12-1-onzin", status=410)
    assert page.link("Naar inloggen") == "/inloggen"


def test_link_for_one_thing_does_not_open_another(browser: Browser, user: User, outbox: Outbox) -> None:
    ask_link(browser, user.email)
    token = link_in(outbox, user.email).rsplit("/", 1)[1]
    for path in ("/wachtwoord/", "/uitnodiging/", "/bevestigen/"):
        browser.get(path + token, status=410)


def test_link_still_asks_the_second_step(browser: Browser, work_as: WorkAs, outbox: Outbox) -> None:
    with work_as(VISITOR) as uow:
        member = a_team_member(uow, with_second_factor=True)
    ask_link(browser, member.email)
    browser.get(link_in(outbox, member.email))
    assert browser.submit({}, button="Log mij in", follow=False).response.location == "/inloggen/tweede-stap"
    assert signed_in_as(browser) is None


def test_link_returns_to_the_wanted_page(browser: Browser, user: User, outbox: Outbox) -> None:
    browser.get("/inloggen?volgende=/mijn-mensen/12")
    form = browser.page.form(with_field="wachtwoord")  # type: ignore[union-attr]
    token = next(e.get("value") for e in form.iter("input") if e.get("name") == "csrf_token")
    browser.client.post("/inloggen/link", data={"csrf_token": token, "email": user.email})
    browser.get(link_in(outbox, user.email))
    assert browser.submit({}, button="Log mij in", follow=False).response.location == "/mijn-mensen/12"


def test_reset_sets_a_password_and_ends_other_sessions(
    browser: Browser, app: Flask, user: User, outbox: Outbox
) -> None:
    other = Browser(app)
    give(other, user.email)
    browser.get("/wachtwoord-vergeten")
    browser.submit({"email": user.email})
    path = link_in(outbox, user.email)
    browser.get(path)
    assert browser.submit({"nieuw_wachtwoord": "kort"}, status=422).errors()
    assert browser.submit({"nieuw_wachtwoord": "wachtwoord1234"}, status=422).errors()
    browser.submit({"nieuw_wachtwoord": "zes blauwe paarden"}, follow=False)
    assert signed_in_as(browser) == f"{user.id}:2"
    assert "/inloggen" in str(other.get("/account", follow=False).response.location)
    give(other, user.email, PASSWORD, 422)
    assert give(other, user.email, "zes blauwe paarden").status == 303
    browser.get(path, status=410)


def test_confirming_an_address_signs_in(browser: Browser, work_as: WorkAs, outbox: Outbox) -> None:
    with work_as(VISITOR) as uow:
        person = an_employer_user(uow, email_confirmed_at=None)
        request_confirmation(uow, person)
    page = browser.get(link_in(outbox, person.email))
    assert person.email in page.text
    assert browser.submit({}, button="Ja, dit is mijn adres", follow=False).response.location == "/mijn-bedrijf/"
    assert signed_in_as(browser) == f"{person.id}:1"


def test_signing_out_ends_the_session(browser: Browser, user: User) -> None:
    give(browser, user.email)
    browser.get("/account")
    browser.submit({}, action="/uitloggen", follow=False)
    assert signed_in_as(browser) is None


def test_signing_out_needs_the_token(browser: Browser, user: User) -> None:
    give(browser, user.email)
    browser.client.post("/uitloggen", data={})
    assert signed_in_as(browser) is not None
