"""Looking for work: the list, its filters, and one place, for everybody and in four languages."""

import pytest
from sqlalchemy import Engine

from portal.kernel.levels import LanguageLevel
from tests.conftest import TEAM, WorkAs
from tests.factories.employers import a_member, an_employer, an_owner
from tests.factories.vacancies import a_vacancy
from tests.support.browser import Browser, Page
from tests.support.people import sign_in
from tests.support.queries import at_most


@pytest.fixture
def four(work_as: WorkAs) -> dict[str, int]:
    """Four places that differ in everything, by title."""
    with work_as(TEAM) as uow:
        rows = [
            a_vacancy(uow, "Bakkershulp", city="Loenen", hours_min=32, hours_max=32, start_text="direct", places=3),
            a_vacancy(uow, "Kijkweek", kind="trial", sector="ouderenzorg", hours_min=16, hours_max=16, weeks=1),
            a_vacancy(uow, "Keukenhulp", sector="horeca", level=LanguageLevel.A1, hours_min=10, hours_max=24),
            a_vacancy(uow, "Tester", kind="bbl", sector="ict", level=LanguageLevel.B1, hours_min=36, hours_max=40),
        ]
        return {row.title: row.id for row in rows}


def titles(page: Page) -> list[str]:
    assert page.tree is not None
    links = (e for e in page.tree.iter("a") if "card__link" in (e.get("class") or ""))
    return ["".join(link.itertext()).strip() for link in links]


def number_beside(page: Page, value: str) -> str:
    assert page.tree is not None
    for label in page.tree.iter("label"):
        boxes = [box for box in label.iter("input") if box.get("value") == value]
        if boxes:
            return next("".join(s.itertext()) for s in label.iter("span") if s.get("class") == "choice__count")
    raise AssertionError(f"no answer {value}")


@pytest.mark.usefixtures("four")
def test_the_list_says_what_counts(browser: Browser) -> None:
    page = browser.get("/vacatures")
    assert titles(page) == ["Tester", "Keukenhulp", "Kijkweek", "Bakkershulp"]
    assert "4 plekken gevonden" in page.text
    assert "32 uur per week" in page.text
    assert "€ 15,75 tot € 16,40 per uur" in page.text
    assert "Je uitkering loopt door" in page.text
    assert "Begin: direct" in page.text
    assert "3 plekken" in page.text


QUERIES = (
    ("q=keuken", ["Keukenhulp"]),
    ("q=LOENEN", ["Bakkershulp"]),
    ("branche=horeca&branche=ict", ["Tester", "Keukenhulp"]),
    ("niveau=A1&niveau=B1", ["Tester", "Keukenhulp"]),
    ("uren=tot-16", ["Keukenhulp", "Kijkweek"]),
    ("uren=33-plus", ["Tester"]),
    ("soort=proefplaats&soort=bbl", ["Tester", "Kijkweek"]),
    ("soort=baan&niveau=A2", ["Bakkershulp"]),
    ("niveau=onzin&soort=&uren=&branche=&pagina=-1", ["Tester", "Keukenhulp", "Kijkweek", "Bakkershulp"]),
)


@pytest.mark.usefixtures("four")
def test_filters_leave_what_was_asked(browser: Browser) -> None:
    for query, found in QUERIES:
        assert titles(browser.get(f"/vacatures?{query}")) == found, query


@pytest.mark.usefixtures("four")
def test_numbers_beside_the_answers_are_what_they_would_leave(browser: Browser) -> None:
    page = browser.get("/vacatures?soort=baan")
    assert number_beside(page, "A2") == "1"
    assert number_beside(page, "proefplaats") == "1"
    assert "Zorg" not in page.text
    assert number_beside(browser.get("/vacatures?niveau=A2"), "baan") == "1"


@pytest.mark.usefixtures("four")
def test_what_is_on_can_be_taken_away(browser: Browser) -> None:
    page = browser.get("/vacatures?q=keukenhulp&niveau=A1&soort=baan")
    page = browser.get(page.link("Filter weghalen: Een beetje (A1)"))
    assert page.response.request.query_string == b"soort=baan&q=keukenhulp"
    page = browser.get(page.link("Filter weghalen: ‘keukenhulp’"))
    assert titles(page) == ["Keukenhulp", "Bakkershulp"]


@pytest.mark.usefixtures("four")
def test_searching_keeps_the_filters_and_filtering_keeps_the_words(browser: Browser) -> None:
    page = browser.get("/vacatures?niveau=A2&niveau=A1")
    assert page.tree is not None
    search = next(form for form in page.forms() if form.get("role") == "search")
    kept = [(i.get("name"), i.get("value")) for i in search.iter("input") if i.get("type") == "hidden"]
    assert kept == [("niveau", "A1"), ("niveau", "A2")]
    page = browser.get("/vacatures?q=hulp")
    filters = next(form for form in page.forms() if form.get("aria-label") == "Filters")
    assert [i.get("value") for i in filters.iter("input") if i.get("name") == "q"] == ["hulp"]


def test_an_empty_list_says_what_to_do(browser: Browser, four: dict[str, int]) -> None:
    assert four
    page = browser.get("/vacatures?q=straaljager")
    assert "Geen plek met deze filters" in page.text
    assert page.link("Toon alle plekken") == "/vacatures"


def test_no_work_at_all(browser: Browser) -> None:
    page = browser.get("/vacatures")
    assert "Er staat nu geen werk open" in page.text
    assert "0 plekken gevonden" in page.text


def test_list_and_page_speak_four_languages_and_leave_the_companys_words_dutch(
    browser: Browser, four: dict[str, int]
) -> None:
    for language in ("nl", "en", "ar", "ti"):
        for path in ("/vacatures", f"/vacatures/{four['Kijkweek']}"):
            page = browser.get(f"{path}?taal={language}")
            assert page.tree is not None
            assert page.tree.get("lang") == language
        dutch = [e for e in page.tree.iter() if e.get("lang") == "nl" and e.tag in {"bdi", "p"}]
        words = ["".join(element.itertext()).strip() for element in dutch]
        assert "Kijkweek" in words
        assert "Deeg wegen, broodjes vormen, ovenplaten leegmaken." in words


def test_one_page_says_all_and_whom_to_call(browser: Browser, work_as: WorkAs) -> None:
    with work_as(TEAM) as uow:
        employer = an_employer(uow, "Bakkerij De Sprenge", sector="bakkerij")
        a_member(uow, employer, name="Gerda Hoekstra", phone="+31612345678", email="gerda@sprenge.example")
        vacancy = a_vacancy(
            uow,
            "Twee weken meedraaien",
            kind="trial",
            employer=employer,
            level_text="namen lezen",
            good_to_know="Het is er 28 graden.\n<b>Geen bus</b> vóór 6 uur.",
            licence="niet nodig",
        )
    page = browser.get(f"/vacatures/{vacancy.id}")
    assert page.tree is not None
    assert "".join(next(page.tree.iter("title")).itertext()) == "Twee weken meedraaien – Meedraaien"
    for words in (
        "Je werkt 2 weken mee",
        "Je uitkering loopt door",
        "contract geven van 7 maanden",
        "Je verstaat een korte opdracht",
        "namen lezen",
        "Het is er 28 graden.",
        "<b>Geen bus</b> vóór 6 uur.",
        "werkgeversteam@meedraaien.example",
        f"plek {vacancy.id}",
    ):
        assert words in page.text
    assert page.link("055 000 1234") == "tel:+31550001234"
    for private in ("Gerda", "12345678", "gerda@"):
        assert private not in page.html


def test_without_an_intention_nothing_is_promised(browser: Browser, work_as: WorkAs) -> None:
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, kind="trial", weeks=1)
        vacancy.trial_offer.intends_contract = False  # type: ignore[union-attr]
    page = browser.get(f"/vacatures/{vacancy.id}")
    assert "Je werkt 1 week mee" in page.text
    assert "nog geen afspraak over een contract" in page.text


@pytest.mark.parametrize("kind", ["job", "bbl", "work_experience", "language_placement"])
def test_every_kind_says_what_you_get(browser: Browser, work_as: WorkAs, kind: str) -> None:
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, kind=kind, wage_max_cents=None)
    page = browser.get(f"/vacatures/{vacancy.id}")
    paid = kind in {"job", "bbl"}
    assert ("Loon van het bedrijf" in page.text) is paid
    assert ("Je uitkering loopt door" in page.text) is not paid
    assert ("Eerst meedraaien" in page.text) is False


def test_a_wage_in_words_alone(browser: Browser, work_as: WorkAs) -> None:
    with work_as(TEAM) as uow:
        a_vacancy(uow, wage_min_cents=None, wage_max_cents=None, wage_text="volgens de cao")
        a_vacancy(uow, wage_min_cents=None, wage_max_cents=None)
    page = browser.get("/vacatures")
    assert "volgens de cao" in page.text
    assert "Loon: vraag het ons" in page.text


def test_closed_hidden_and_missing(browser: Browser, work_as: WorkAs) -> None:
    with work_as(TEAM) as uow:
        employer, user = an_owner(uow)
        closed = a_vacancy(uow, employer=employer, status="closed")
        hidden = [a_vacancy(uow, employer=employer, status=status) for status in ("draft", "submitted", "returned")]
        hidden.append(a_vacancy(uow, employer=employer, status="closed", published_at=None))
    page = browser.get(f"/vacatures/{closed.id}", status=410)
    assert "Deze plek is niet meer open" in page.text
    missing = browser.client.get("/vacatures/987654")
    assert missing.status_code == 404
    for _visit in ("a visitor", "the company itself"):
        for vacancy in hidden:
            answer = browser.client.get(f"/vacatures/{vacancy.id}")
            assert answer.status_code == 404
            assert vacancy.title.encode() not in answer.data
        sign_in(browser, user)


def test_statements_with_sixty_places(browser: Browser, work_as: WorkAs, engine: Engine) -> None:
    with work_as(TEAM) as uow:
        employer, user = an_owner(uow)
        for number in range(60):
            sector = ("bouw", "horeca", "ouderenzorg")[number % 3]
            vacancy = a_vacancy(uow, f"Werk {number}", employer=employer, sector=sector)
    for query in ("", "?q=werk&branche=bouw&niveau=A2&uren=25-32&soort=baan&pagina=2", "?branche=kapper"):
        with at_most(4, engine):
            browser.get(f"/vacatures{query}")
    with at_most(3, engine):
        browser.get(f"/vacatures/{vacancy.id}")
    sign_in(browser, user)
    with at_most(6, engine):
        browser.get("/vacatures")
    with at_most(5, engine):
        browser.get(f"/vacatures/{vacancy.id}")


def test_pages_keep_the_filters(browser: Browser, work_as: WorkAs) -> None:
    with work_as(TEAM) as uow:
        employer = an_employer(uow)
        for number in range(25):
            a_vacancy(uow, f"Werk {number:02}", employer=employer, sector="bouw")
    page = browser.get("/vacatures?branche=bouw")
    page = browser.get(page.link("Volgende"))
    assert len(titles(page)) == 5
    assert "bladzijde 2" in "".join(next(page.tree.iter("title")).itertext())  # type: ignore[union-attr]
