"""The pages that everybody meets: they fit and are accessible in each of their languages, at a desk and on a phone."""

from dataclasses import dataclass

import pytest

from tests.conftest import WorkAs
from tests.factories.employers import a_sector
from tests.factories.events import a_company, a_tour
from tests.factories.fairs import a_fair
from tests.factories.stories import a_story
from tests.factories.vacancies import a_vacancy
from tests.journeys.conftest import NewPerson
from tests.journeys.steps import BUILDER, an_owner_with_password, signs_in
from tests.support.chromium import PHONE

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Paths:
    """Where to look."""

    register: str
    walked_in_every_language: tuple[str, ...]  # by the journey through a tour
    participant: tuple[str, ...]
    other: tuple[str, ...]
    smaller: tuple[str, ...]


@pytest.fixture
def paths(work_as: WorkAs) -> Paths:
    """A portal with something on every page."""
    with work_as(BUILDER) as uow:
        a_sector(uow, "bakkerij")
        company = a_company(uow)
        tour = a_tour(uow, 4, employer=company, description="Je loopt mee van deeg tot doos.", bring="Een pen")
        full = a_tour(uow, 1, employer=company, in_days=9, places_taken=1)
        vacancy = a_vacancy(uow)
        trial = a_vacancy(uow, "Magazijnmedewerker", kind="trial", sector="bouw")
        fair = a_fair(uow, 12)
        a_story(uow)
    register = f"/rondleidingen/{tour.id}/aanmelden"
    at_fair, at_work = f"/werkmarkten/{fair.id}", f"/vacatures/{vacancy.id}"
    more = (f"/rondleidingen/{full.id}", f"/rondleidingen/{tour.id}/privacy", f"/vacatures/{trial.id}")
    return Paths(
        register=register,
        walked_in_every_language=(f"/rondleidingen/{tour.id}", register),
        participant=("/", "/rondleidingen", "/vacatures", at_work, at_fair, "/privacy", "/toegankelijkheid", "/niets"),
        other=("/verhalen", "/subsidies", "/inloggen"),
        smaller=(*more, "/mijn-plek/kwijt", "/werkgevers/bel-mij", "/privacy/werkgever", "/wachtwoord-vergeten"),
    )


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_main_pages_at_a_desk_and_on_a_phone(person: NewPerson, paths: Paths, language: str) -> None:
    visitor = person(language=language)
    for path in (*paths.walked_in_every_language, *paths.participant, *paths.other):
        visitor.resizes().opens(path).fits().passes_axe()
        visitor.resizes(PHONE).fits().passes_axe()
        if path not in paths.other:
            visitor.speaks(language)


@pytest.mark.parametrize("language", ["ti", "en"])
def test_pages_of_participants_on_a_phone(person: NewPerson, paths: Paths, language: str) -> None:
    visitor = person(phone=True, language=language)
    for path in paths.participant:
        visitor.opens(path).speaks(language).fits().passes_axe()


@pytest.mark.parametrize("language", ["nl", "ti"])
def test_smaller_pages_on_a_phone(person: NewPerson, paths: Paths, language: str) -> None:
    visitor = person(phone=True, language=language)
    for path in paths.smaller:
        visitor.opens(path).fits().passes_axe()


def test_refused_forms_on_a_phone(person: NewPerson, paths: Paths) -> None:
    visitor = person(phone=True, language="ar")
    visitor.opens(paths.register).fills(voornaam="Yonas").sends(paths.register).fits().passes_axe()
    assert visitor.page.locator(".error-summary").count() == 1
    visitor.opens("/werkgevers/aanmelden?taal=nl").presses("Meld mijn bedrijf aan").fits().passes_axe()
    assert visitor.page.locator(".error-summary li").count() > 5


def test_every_component_fits_and_is_accessible(person: NewPerson) -> None:
    builder = person()
    for path in ("/_componenten", "/_componenten?fouten=1", "/_componenten?taal=ar"):
        builder.resizes().opens(path).fits().passes_axe()
        builder.resizes(PHONE).fits().passes_axe()


def test_the_pages_of_a_company_fit_on_a_phone(person: NewPerson, work_as: WorkAs, paths: Paths) -> None:
    with work_as(BUILDER) as uow:
        _employer, els = an_owner_with_password(uow, "Bakkerij De Sprenge", sector="bakkerij")
    owner = signs_in(person(phone=True), els)
    for path in ("", "vacatures", "mensen", "gegevens", "rondleidingen", "rondleidingen/nieuw", "plaatsingen"):
        owner.opens(f"/mijn-bedrijf/{path}").fits().passes_axe()
