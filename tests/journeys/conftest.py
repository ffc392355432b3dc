"""People with real browsers."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Error as PlaywrightError

from tests.support.chromium import DESKTOP, PHONE, Person, chromium, chromium_path, live

NewPerson = Callable[..., Person]


@pytest.fixture(scope="session")
def the_chromium() -> Iterator[Chromium]:
    """One Chromium for all journeys of this process."""
    if chromium_path() is None:
        pytest.skip("no Chromium on this machine")
    with chromium() as browser:
        yield browser


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The portal, served."""
    with live(app) as base:
        yield base


@pytest.fixture
def person(the_chromium: Chromium, site: str) -> Iterator[NewPerson]:
    """Makes people: `person()` at a desk, `person(phone=True, language="ar")` on the bus.

    The portal sends no script; the browser runs them because the accessibility check needs it.
    """
    contexts = []

    def make(*, phone: bool = False, language: str = "nl") -> Person:
        context = the_chromium.new_context(
            viewport=PHONE if phone else DESKTOP, locale=language, java_script_enabled=True, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        return Person(page, site)

    yield make
    for context in contexts:
        try:
            context.close()
        except PlaywrightError as problem:
            pytest.fail(str(problem))
