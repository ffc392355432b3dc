"""Where the links to other languages lead."""

from tests.support.browser import Browser


def links(browser: Browser, html: str) -> set[str]:
    """The addresses of the page in other languages."""
    return {part.split('"', 1)[0].replace("&amp;", "&") for part in html.split('href="') if "taal=en" in part[:200]}


def test_the_same_page_with_the_same_question(browser: Browser) -> None:
    page = browser.get("/vacatures?q=bakker&branche=zorg&branche=bouw")
    assert links(browser, page.html) == {"/vacatures?q=bakker&branche=zorg&branche=bouw&taal=en"}


def test_a_refused_form_leads_to_its_page(browser: Browser) -> None:
    response = browser.client.post("/inloggen?terug=/mijn-bedrijf/", data={"email": ""})
    assert links(browser, response.text) == {"/inloggen?terug=%2Fmijn-bedrijf%2F&taal=en"}


def test_an_address_that_only_takes_forms_leads_to_the_start_page(browser: Browser) -> None:
    response = browser.client.post("/mijn-plek/onbekend/ja")
    assert links(browser, response.text) == {"/?taal=en"}


def test_a_missing_page_is_missing_in_every_language(browser: Browser) -> None:
    response = browser.client.get("/bestaat-niet")
    assert links(browser, response.text) == {"/bestaat-niet?taal=en"}
