"""The page gate: what every HTML answer of every test must hold to."""

import re
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from portal.kernel.i18n import LANGUAGES

__all__ = ["Element", "check_page", "parse"]

LABELLED = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button"}
HEADING = re.compile(r"h([1-6])$")
ALLOWED_STRICT = {"expected-doctype-but-got-start-tag"}


def parse(html: str) -> Element:
    """Parse like a browser, but strictly: broken markup fails."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    faults = [(code, where) for where, code, _data in parser.errors if code not in ALLOWED_STRICT]
    assert not faults, f"broken markup: {faults[:5]}"
    return tree


def check_page(tree: Element, html: str, app: Flask, url: str) -> None:
    """All rules at once; the message names the page."""
    where = f"on {url}"
    _check_head(tree, where)
    _check_headings(tree, where)
    _check_ids(tree, where)
    _check_forms(tree, where)
    _check_links(tree, app, url, where)
    assert "{{" not in html, f"unrendered template {where}"
    assert "{%" not in html, f"unrendered template {where}"
    words = " ".join(tree.itertext())
    assert not re.search(r"\bNone\b", words), f"the word None {where}"
    assert "lazy(" not in words, f"a lazy string {where}"


def _check_head(tree: Element, where: str) -> None:
    language = tree.get("lang")
    assert language in LANGUAGES, f"lang={language} {where}"
    assert tree.get("dir") == LANGUAGES[language].direction, f"dir {where}"
    title = "".join(next(tree.iter("title")).itertext())
    assert title.endswith("Meedraaien"), f"title {title!r} {where}"
    for element in tree.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue
        assert tag not in {"script", "style"}, f"<{tag}> {where}"
        assert element.get("style") is None, f"style attribute {where}"
        assert not [name for name in element.attrib if str(name).startswith("on")], f"inline handler {where}"
        if tag == "img":
            assert element.get("alt") is not None, f"image without alt {where}"


def _check_headings(tree: Element, where: str) -> None:
    levels = [int(match.group(1)) for e in tree.iter() if isinstance(e.tag, str) and (match := HEADING.match(e.tag))]
    assert levels.count(1) == 1, f"{levels.count(1)} h1 {where}"
    main = next((e for e in tree.iter("main")), tree)
    inside = [int(m.group(1)) for e in main.iter() if isinstance(e.tag, str) and (m := HEADING.match(e.tag))]
    for before, after in pairwise(inside):
        assert after <= before + 1, f"headings jump from h{before} to h{after} {where}"


def _check_ids(tree: Element, where: str) -> None:
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    doubles = {name for name in ids if ids.count(name) > 1}
    assert not doubles, f"double ids {doubles} {where}"
    for element in tree.iter():
        for attribute in ("aria-describedby", "aria-labelledby"):
            for target in (element.get(attribute) or "").split():
                assert target in ids, f"{attribute} to nothing: {target} {where}"


def _check_forms(tree: Element, where: str) -> None:
    labels = {element.get("for") for element in tree.iter("label")}
    inside = {id(child) for label in tree.iter("label") for child in label.iter()}
    for element in tree.iter():
        if element.tag in LABELLED and element.get("type") not in UNLABELLED_TYPES:
            named = element.get("id") in labels or id(element) in inside or element.get("aria-label")
            assert named, f"no label for {element.get('name')} {where}"
        if element.tag == "button":
            assert element.get("type") in {"submit", "button"}, f"button without type {where}"
    for form in tree.iter("form"):
        assert form.get("action") is not None, f"form without action {where}"
        if (form.get("method") or "get").lower() == "post":
            names = {child.get("name") for child in form.iter("input")}
            assert "csrf_token" in names, f"form without token {where}"


def _check_links(tree: Element, app: Flask, url: str, where: str) -> None:
    adapter = app.url_map.bind("localhost")
    for element in tree.iter():
        address = element.get("href") or (element.get("action") if element.tag == "form" else None)
        if not address or not address.startswith("/"):
            continue
        path = urlsplit(address).path
        method = (element.get("method") or "get").upper() if element.tag == "form" else "GET"
        try:
            adapter.match(path, method=method)
        except MethodNotAllowed:
            raise AssertionError(f"{method} {path} is not allowed {where}") from None
        except HTTPException as problem:
            if problem.code == 404:
                raise AssertionError(f"link to nowhere: {path} {where}") from None
