"""Wishes for tours as people write them, and names of coaches."""

import pytest

from portal.participants.coach_names import CoachBook, CoachName
from portal.participants.vocabulary import TourSubject
from portal.participants.wish_words import Wishes, read_wishes

ALL_BUT_MEAT = ("ouderenzorg", "installatie", "schoonmaak", "sauna", "vakantiepark")


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("1. vlees 2. vakantiepark", ("vlees", "vakantiepark")),
        ("zorg (of anders schoonmaak)", ("ouderenzorg", "schoonmaak")),
        ("vakantiepark (technische dienst)", ("vakantiepark",)),
        ("zorg (oncologieverpleegkundige geweest)", ("ouderenzorg",)),
        ("kinderopvang? anders zorg", ("ouderenzorg",)),
        ("instalatie / schoonmak en vakantipark", ("installatie", "schoonmaak", "vakantiepark")),
        ("instal.techniek", ("installatie",)),
        ("NIET vlees, rest is goed", ALL_BUT_MEAT),
        ("alles behalve vlees", ALL_BUT_MEAT),
        ("maakt niet uit, maar geen vlees", ALL_BUT_MEAT),
        ("zorg, geen vlees", ("ouderenzorg",)),
        ("vlees liever niet, wel zorg", ("ouderenzorg",)),
        ("niet alleen vlees", ("vlees",)),
        ("zorg zonder wassen", ("ouderenzorg",)),
        ("sauna sauna", ("sauna",)),
    ],
)
def test_subjects_in_the_order_of_the_wish(text: str, subjects: tuple[str, ...]) -> None:
    assert read_wishes(text) == Wishes(tuple(TourSubject(subject) for subject in subjects))


@pytest.mark.parametrize(
    "text", ["alles", "maakt niet uit", "Maakt me niet zoveel uit", "geen voorkeur", "alle rondleidingen"]
)
def test_everything(text: str) -> None:
    assert read_wishes(text) == Wishes(everything=True)


@pytest.mark.parametrize("text", ["geen", "Nee", "n.v.t.", "-", "alleen werkmarkt"])
def test_nothing(text: str) -> None:
    assert read_wishes(text) == Wishes()


@pytest.mark.parametrize("text", ["", "?", "weet niet", "groen", "bezorgdienst", "geen vlees", "wil niet naar vlees"])
def test_unclear(text: str) -> None:
    assert read_wishes(text) == Wishes(unclear=True)


def test_coaches_are_found_by_their_short_names() -> None:
    book = CoachBook([(1, "Marloes Tiemessen"), (2, "Marloes de Wit")], ["Wouter Dijkgraaf", "Wouter D.", "Fenna"])
    assert book.find("Wouter D.") == book.find("wouter") == CoachName(None, "Wouter Dijkgraaf")
    assert book.find("Marloes T") == book.find("tiemessen") == CoachName(1, "Marloes Tiemessen")
    assert book.find("Marloes") == CoachName(None, "Marloes")
    assert book.find("Fenna") == CoachName(None, "Fenna")
    assert book.find("").key is None
    assert book.find("Wouter Pol") == CoachName(None, "Wouter Pol")
