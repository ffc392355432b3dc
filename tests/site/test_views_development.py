"""The gallery, and the reader of the demo's mails."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from portal.accounts.links import request_invitation
from portal.app import create_app
from portal.kernel.clock import FixedClock
from portal.kernel.config import Mode, Settings
from portal.kernel.errors import NotFoundError
from portal.kernel.permissions import VISITOR
from portal.site.mail_reader import mail, mails
from tests.conftest import WorkAs
from tests.support.browser import Browser
from tests.support.outbox import Outbox
from tests.support.people import a_coach


def test_gallery_shows_every_component_and_its_errors(browser: Browser) -> None:
    browser.get("/_componenten")
    page = browser.get("/_componenten?fouten=1")
    assert "Vul je voornaam in" in page.errors()
    names = {path.stem for path in Path("templates/components").glob("*.html")}
    assert "button" in names


def test_gallery_form_is_refused_and_accepted(browser: Browser) -> None:
    browser.get("/_componenten")
    values = {
        "naam": "Yonas",
        "telefoon": "06 12345678",
        "toelichting": "Mijn BSN is 111222333",
        "branche": "bouw",
        "taal": "ti",
        "akkoord": "y",
        "datum-dag": "3",
        "datum-maand": "12",
        "datum-jaar": "2026",
        "tijd": "9.50",
    }
    refused = browser.submit(values, with_field="datum-dag", status=422)
    assert any("BSN" in sentence for sentence in refused.errors())
    browser.submit({"toelichting": "Ik kom graag."}, with_field="datum-dag", status=200)


@pytest.fixture
def demo(settings: Settings, clock: FixedClock) -> Flask:
    """The portal as the demo runs it."""
    return create_app(replace(settings, mode=Mode.DEMO), clock=clock)


def test_demo_mails_are_read_and_followed(demo: Flask, work_as: WorkAs, outbox: Outbox, settings: Settings) -> None:
    browser = Browser(demo)
    assert "Nog geen mails" in browser.get("/dev/mail").text
    with work_as(VISITOR) as uow:
        coach = a_coach(uow)
        request_invitation(uow, coach)
    outbox.deliver()
    page = browser.get("/dev/mail")
    assert coach.email in page.text
    page = browser.follow("Uitnodiging voor Meedraaien")
    assert page.link("/uitnodiging/").startswith("http://localhost/uitnodiging/")
    demo.extensions["portal"].database.engine.dispose()


def test_reader_exists_in_the_demo_only(browser: Browser) -> None:
    assert browser.client.get("/dev/mail").status_code == 404
    assert browser.client.get("/dev/mail/outbox-1-localhost").status_code == 404


def test_reader_reads_only_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "geheim.eml").write_text("Subject: x")
    for name in ("../geheim", "geheim", "", "a/b", "x" * 200):
        with pytest.raises(NotFoundError):
            mail(tmp_path / "mail", name)
    assert mails(tmp_path / "mail") == []
    assert mails(tmp_path / "bestaat-niet") == []


def test_production_has_neither(settings: Settings, clock: FixedClock) -> None:
    app = create_app(replace(settings, mode=Mode.PRODUCTION, base_url="https://portaal.example"), clock=clock)
    paths = {rule.rule for rule in app.url_map.iter_rules()}
    assert not [path for path in paths if path.startswith(("/dev/", "/_componenten"))]
    app.extensions["portal"].database.engine.dispose()
