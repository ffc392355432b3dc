"""A real browser against a real server, and the accessibility rules."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}


def chromium_path() -> str | None:
    """Where this machine has its Chromium."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


@contextmanager
def chromium() -> Iterator[Chromium]:
    """A running Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def live(app: Flask) -> Iterator[str]:
    """Serve the portal on a free port; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Person:
    """Somebody with a browser: opens pages, fills in fields by their label, presses buttons by their word."""

    page: Page
    base: str

    def opens(self, path: str) -> "Person":
        """Go to an address of the portal."""
        self.page.goto(path if path.startswith("http") else self.base + path)
        return self

    def resizes(self, size: ViewportSize = DESKTOP) -> "Person":
        """Look at the same page on a screen of another size."""
        self.page.set_viewport_size(size)
        return self

    def fills(self, **fields: str) -> "Person":
        """Type into fields by their name."""
        for name, value in fields.items():
            self.page.locator(f"main [name='{name}']").first.fill(value)
        return self

    def chooses(self, **fields: str) -> "Person":
        """Pick radios, checkboxes or options by the name of the field and the value."""
        for name, value in fields.items():
            select = self.page.locator(f"main select[name='{name}']")
            if select.count():
                select.first.select_option(value)
            else:
                self.page.locator(f"main [name='{name}'][value='{value}']").first.check()
        return self

    def presses(self, words: str) -> "Person":
        """Press the first button (or else link) in the page with these words, and wait for where it leads."""
        button = self.page.locator("main").get_by_role("button", name=words)
        target = button if button.count() else self.page.locator("main").get_by_role("link", name=words)
        with self.page.expect_navigation():
            target.first.click()
        return self

    def follows(self, path: str) -> "Person":
        """Follow the first link in the page whose address ends with this; for when the words are in any language."""
        with self.page.expect_navigation():
            self.page.locator(f"main a[href$='{path}']").first.click()
        return self

    def sends(self, path: str) -> "Person":
        """Press the button of the form whose address ends with this; for when the words are in any language."""
        with self.page.expect_navigation():
            self.page.locator(f"main form[action$='{path}'] button").last.click()
        return self

    def unfolds(self, words: str) -> "Person":
        """Open the part of the page that is folded under these words."""
        self.page.locator("main summary").filter(has_text=words).first.click()
        return self

    def at(self, path: str) -> "Person":
        """The address of the page begins with this."""
        assert self.page.url.startswith(self.base + path), f"{self.page.url}, not {path}"
        return self

    def speaks(self, language: str) -> "Person":
        """The page is in this language."""
        spoken = self.page.locator("html").get_attribute("lang")
        assert spoken == language, f"{self.page.url} is in {spoken}, not in {language}"
        return self

    def misses(self, words: str) -> "Person":
        """These words are not on the page."""
        text = " ".join(self.page.locator("body").inner_text().split())
        assert words.casefold() not in text.casefold(), f"{words!r} is on {self.page.url}"
        return self

    def sees(self, words: str) -> "Person":
        """These words are on the page."""
        text = " ".join(self.page.locator("body").inner_text().split())
        assert words.casefold() in text.casefold(), f"{words!r} is not on {self.page.url}: {text[:1500]}"
        return self

    def fits(self) -> "Person":
        """The page does not scroll sideways."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"
        return self

    def passes_axe(self) -> "Person":
        """No accessibility rule is broken."""
        axe = Axe("0") if self.page.evaluate("'axe' in window") else Axe()  # its script is large: once a page
        results = axe.run(self.page, options=RULES)
        assert results.violations_count == 0, f"{self.page.url}\n{results.generate_report()}"
        return self
