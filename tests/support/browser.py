"""A browser without a screen: follows links and sends forms as people do; every page passes the page gate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.page_gate import Element, check_page, parse


@dataclass
class Page:
    """An answer, parsed when it is HTML."""

    response: TestResponse
    url: str
    tree: Element | None = None

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self.response.status_code

    @property
    def text(self) -> str:
        """All words on the page."""
        assert self.tree is not None, "not an HTML page"
        return " ".join("".join(self.tree.itertext()).split())

    @property
    def html(self) -> str:
        """The page as it was sent."""
        return self.response.get_data(as_text=True)

    def forms(self) -> list[Element]:
        """All forms on the page."""
        assert self.tree is not None
        return list(self.tree.iter("form"))

    def form(self, with_field: str | None = None, action: str | None = None, button: str | None = None) -> Element:
        """The form with a field of this name, this action (its end) or this word on its button."""
        for form in self.forms():
            names = {element.get("name") for element in form.iter() if element.get("name")}
            words = " ".join("".join(b.itertext()) for b in form.iter("button"))
            if with_field is not None and with_field not in names:
                continue
            if action is not None and not (form.get("action") or "").split("?")[0].endswith(action):
                continue
            if button is not None and button not in " ".join(words.split()):
                continue
            if form.get("method", "get").lower() == "get" and with_field is None and action is None:
                continue
            return form
        raise AssertionError(f"no such form on {self.url}: {with_field=} {action=} {button=}")

    def link(self, words: str) -> str:
        """The address of the first link with these words."""
        assert self.tree is not None
        for element in self.tree.iter("a"):
            if words in " ".join("".join(element.itertext()).split()):
                return str(element.get("href"))
        raise AssertionError(f"no link {words!r} on {self.url}")

    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        assert self.tree is not None
        for element in self.tree.iter():
            if "error-summary" in (element.get("class") or "").split():
                return [" ".join("".join(li.itertext()).split()) for li in element.iter("li")]
        return []


@dataclass
class Browser:
    """One person's browser."""

    app: Flask
    language: str = "nl"
    client: FlaskClient = field(init=False)
    page: Page | None = None

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def get(self, url: str, *, status: int = 200, follow: bool = True, **headers: str) -> Page:
        """Open an address; redirects are followed unless told not to."""
        sent = {"Accept-Language": self.language, **headers}
        response = self.client.get(url, follow_redirects=follow, headers=sent)
        return self._take(response, url, status if follow else None)

    def submit(
        self,
        values: Mapping[str, Any] | None = None,
        *,
        status: int = 200,
        on: Page | None = None,
        follow: bool = True,
        **which: str,
    ) -> Page:
        """Fill in a form of the page and send it; the fields that were not named keep what they hold."""
        page = on or self.page
        assert page is not None, "open a page first"
        form = page.form(**which) if which else page.form(with_field=next(iter(values or {"csrf_token": ""})))
        data = {**_held(form), **{name: _plain(value) for name, value in (values or {}).items()}}
        action = form.get("action") or page.url
        method = (form.get("method") or "get").upper()
        sent = {name: value for name, value in data.items() if value is not None}
        response = self.client.open(
            action,
            method=method,
            **{"query_string" if method == "GET" else "data": sent},
            follow_redirects=follow,
            headers={"Accept-Language": self.language},
        )
        return self._take(response, action, status if follow else None)

    def follow(self, words: str, *, status: int = 200) -> Page:
        """Follow the link with these words."""
        assert self.page is not None
        return self.get(self.page.link(words), status=status)

    def _take(self, response: TestResponse, url: str, status: int | None) -> Page:
        if status is not None:
            assert response.status_code == status, f"{url}: {response.status_code}, expected {status}"
        page = Page(response, response.request.path if response.request else url)
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 304}:
            page.tree = parse(response.get_data(as_text=True))
            check_page(page.tree, page.html, self.app, page.url)
            self.page = page
        return page


def _plain(value: Any) -> Any:
    return value


def _held(form: Element) -> dict[str, Any]:
    """What the fields of a form hold before anybody types."""
    held: dict[str, Any] = {}
    for element in form.iter():
        name = element.get("name")
        if not name:
            continue
        kind = (element.get("type") or "").lower()
        if element.tag == "input" and kind in {"checkbox", "radio"}:
            if element.get("checked") is not None:
                held.setdefault(name, [] if kind == "checkbox" else None)
                value = element.get("value", "on")
                held[name] = [*held[name], value] if kind == "checkbox" else value
        elif element.tag == "input" and kind not in {"file", "submit"}:
            held[name] = element.get("value", "")
        elif element.tag == "textarea":
            held[name] = (element.text or "").removeprefix("\n")
        elif element.tag == "select":
            options = list(element.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            held[name] = chosen[0].get("value") if chosen else None
    return held
