"""When two spellings are one person or one company, and levels as people write them."""

import pytest

from portal.kernel.level_reading import Level, read_level
from portal.kernel.levels import LanguageLevel
from portal.kernel.names import company_key, compatible, fold, overlap, person_key, tidy_name

Name = tuple[str, str]


def test_person_keys_ignore_case_accents_signs_and_order() -> None:
    assert person_key("Derya", "Yalçıner") == person_key("YALCINER,", "derya")
    assert person_key("Noor", "Al-Hamdan") == person_key("Noor Al Hamdan") == person_key("alhamdan noor")
    assert person_key("Sa'id", "Hashi") == person_key("Sa’id", "Hashi") == person_key("Said Hashi")
    assert person_key("Mohammed", "Ahmad") != person_key("Mahmoud", "Ahmad")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Noor", "Al-Hamdan"), ("Nour", "Alhamdan")),
        (("Khaled", "Darwish"), ("Darwish, Khaled", "")),
        (("Fatuma", "Abdi Warsame"), ("Fatuma Warsame", "Abdi")),
        (("Fatuma", "Abdi"), ("Fatuma", "Abdi Warsame")),
        (("Olena", ""), ("Olena", "Tkachenko")),
        (("Mohammed", "Ahmad"), ("Muhamad", "Ahmed")),
        (("Filmon", "Gebremeskel"), ("Filmon", "Ghebremeskel")),
        (("Viktoriia", "Shevchuk"), ("Victoria", "Shevchuk")),
        (("Tesfay", "Gebremeskel"), ("ተስፋይ", "ገብረመስቀል")),
        (("Selam", "Haile"), ("ሰላም", "ሃይለ")),
        (("Sami", "Alhassan"), ("سامي", "الحسن")),
        (("Hussein", "Ali"), ("حسين", "علي")),
        (("Olena", "Tkachenko"), ("Олена", "Ткаченко")),
        (("Olena Maria", "Tkachenko"), ("Олена", "Ткаченко")),
        (("Olena", "Tkachenko"), ("Олена", "")),
    ],
)
def test_one_person_in_two_spellings(one: Name, other: Name) -> None:
    assert compatible(one, other)
    assert compatible(other, one)
    assert overlap(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ghada", "Shahin"), ("Nabil", "Shahin")),
        (("Ghada", "Shahin"), ("نبيل", "شاهين")),
        (("Hassan", "Ali"), ("Hussein", "Ali")),
        (("Amir", "Sadeghi"), ("Amira", "Sadeghi")),
        (("Karim", "Haddad"), ("Karima", "Haddad")),
        (("Oleksandr", "Kovalenko"), ("Oleksandra", "Kovalenko")),
        (("Shahin", ""), ("Ghada", "Shahin")),
        (("Selam", "Haile"), ("Selam", "Tesfay")),
        (("", ""), ("Ghada", "Shahin")),
    ],
)
def test_two_people_who_share_a_phone(one: Name, other: Name) -> None:
    assert not compatible(one, other)
    assert not compatible(other, one)


def test_names_without_anything_in_common() -> None:
    assert not overlap(("Olena", "Tkachenko"), ("Robel", "Ghebreab"))
    assert overlap(("Olena", "Tkachenko"), ("Olena", "Bondarenko"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Helderveer Schoonmaak & Facilitair", "Helderveer schoonmaak en facilitair BV "),
        ("Vleesverwerking Tonckensveld B.V.", "vleesverwerking tonckensveld bv"),
        ("Vakantiepark ’t Hertengewei", "Vakantiepark 't Hertengewei"),
        ("Champignonkwekerij Hoed & Steel V.O.F.", "Champignonkwekerij Hoed en Steel vof"),
        ("Stichting Zorggroep De Wenselaar", "Zorggroep de Wenselaar"),
        ("Café Zoë", "cafe zoe"),
    ],
)
def test_one_company_in_two_spellings(one: str, other: str) -> None:
    assert company_key(one) == company_key(other)


def test_companies_that_differ() -> None:
    assert company_key("Bakkerij Deegenaar") != company_key("Bakkerij Degenaar")
    assert company_key("Tuincentrum De Groene Gieter") != company_key("Tuincentrum De Gieter")


def test_texts_are_folded_and_tidied() -> None:
    assert fold("Yalçıner ŁÓDŹ Straße") == "yalciner lodz strasse"
    assert tidy_name('  "Ali   Hosseini", ') == "Ali Hosseini"


@pytest.mark.parametrize(
    ("written", "level", "to_confirm"),
    [
        ("A2", "A2", False),
        ("a2 ", "A2", False),
        ("A2+", "A2", False),
        ("A2?", "A2", True),
        ("niveau A-2.", "A2", False),
        ("A2/B1", "A2", False),
        ("A1/A2", "A1", False),
        ("B1 (spreken), A2 (schrijven)", "A2", False),
        ("bijna B1", "A2", False),
        ("onder A2", "A1", False),
        ("<A2", "A1", False),
        ("nog geen A2", "A1", False),
        ("A2 nog niet gehaald", "A1", False),
        ("A2 gehaald, bezig met B1", "A2", False),
        ("C2", "C1", False),
        ("A0", "A1", False),
        ("bijna A1", "A1", False),
        ("B1-route, nu A2", "A2", False),
        ("analfabeet, spreekt wel aardig", "A1", False),
        ("inburgering gehaald", "A2", True),
        ("Ingeburgerd", "A2", True),
        ("NT2 programma I gehaald", "B1", False),
        ("staatsexamen II diploma", "B2", False),
        ("NT2 II", "B2", True),
        ("NT2 programma 2, bezig", None, False),
        ("NT2", None, False),
        ("inburgering bijna klaar", None, False),
        ("inburgering niet gehaald", None, False),
        ("B1-route", None, False),
        ("ontheffing", None, False),
        ("redelijk", None, False),
        ("?", None, False),
        ("", None, False),
    ],
)
def test_a_level_is_read_from_what_people_write(written: str, level: str | None, to_confirm: bool) -> None:
    assert read_level(written) == Level(LanguageLevel(level) if level else None, to_confirm)


def test_an_unknown_level_is_no_answer() -> None:
    assert Level(LanguageLevel.B1).at_least(LanguageLevel.A2) is True
    assert Level(LanguageLevel.A1).at_least(LanguageLevel.A2) is False
    assert Level(None).at_least(LanguageLevel.A2) is None
