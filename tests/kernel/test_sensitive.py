"""What is never kept: numbers of people, and remarks about health, faith, debts, justice or private life."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.nl import bsn

from portal.kernel import sensitive
from portal.kernel.sensitive import find_bsn, find_bsn_in_phone, find_v_number, guard_text, left_out_reason

SCENARIO = Path(__file__).parents[1] / "data" / "scenario"
TEST_BSN = "999910103"


@pytest.mark.parametrize(
    "text",
    [
        TEST_BSN,
        f"BSN {TEST_BSN} staat in dossier",
        "burgerservicenr: 9999.10.218",
        "999 910 103",
        "999-910-103",
        "999/910/103",
        "9 9 9 9 1 0 1 0 3",
        "9999.10.103",
        f"nr.{TEST_BSN}x",
        f"geb 12-03-1990 {TEST_BSN}",
        f"tel 06-89001043 {TEST_BSN}",
        "٩٩٩٩١٠١٠٣",
        "９９９９１０１０３",
        "9999\u200b10103",
        "9999 – 10 – 103",
        "kamer 12 999 910 103",
        f"bijlage_{TEST_BSN}.pdf",
        "bsn: 123456789",
        "BSN nummer is 12345678",
        "sofinummer 123456789",
    ],
)
def test_a_bsn_is_found_however_it_is_written(text: str) -> None:
    assert find_bsn(text)
    assert guard_text(text) == left_out_reason(text) == "bsn"


@pytest.mark.parametrize(
    "text",
    [
        "pasnr. 123456788 niet overnemen",
        "bel 06-12345678 of 0612345678",
        "06 89001460",
        "+31 6 8900 9896",
        "0031 6 12345678",
        "bel 055 - 000 33 71",
        "12-03-1990",
        "2026-11-24 en 24.11.2026",
        "ma 9.00-12.30 en 13.00-17.00",
        "NL91 ABNA 0417 1643 00",
        "KVK 00173478 vestigingsnummer 000097120031",
        "BSN niet noteren! staat in dossier. Tel: 0689008935.",
        "24, 36, 40, 12 uur",
        "klantnr 4410027",
        "",
    ],
)
def test_other_numbers_are_no_bsn(text: str) -> None:
    assert not find_bsn(text)


@settings(deadline=None)
@given(st.integers(10_000_000, 999_999_999), st.sampled_from([lambda n: n, lambda n: f"{n[:4]}.{n[4:6]}.{n[6:]}"]))
def test_every_number_that_passes_the_eleven_test_is_found(number: int, written: object) -> None:
    digits = f"{number:09d}"
    assert find_bsn(f"zie {written(digits)} a.u.b.") == bsn.is_valid(digits)


@pytest.mark.parametrize("cell", ["689001460", "06-89001043", "06 89007345 (app)", "+31(0)689005530", "", "n.v.t."])
def test_a_phone_number_may_pass_the_eleven_test(cell: str) -> None:
    assert not find_bsn_in_phone(cell)


@pytest.mark.parametrize(
    "cell", [TEST_BSN, "9999 10 103", f"06-89001043 bsn {TEST_BSN}", "BSN 123456789", "99991010 3"]
)
def test_a_bsn_in_the_phone_column_is_found(cell: str) -> None:
    assert find_bsn_in_phone(cell)


@pytest.mark.parametrize(
    "text", ["V-nr 2990004417", "v-nummer: 123 456 7890", "2990004417", "vreemdelingennummer 0123456789"]
)
def test_a_v_number_is_found(text: str) -> None:
    assert find_v_number(text)
    assert guard_text(text) == left_out_reason(text) == "v_number"


@pytest.mark.parametrize("text", ["0612345678", "31612345678", "NL91 ABNA 0417 1643 00", "+31 6 12345678", "1234567"])
def test_other_numbers_are_no_v_number(text: str) -> None:
    assert not find_v_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "pasnr. 123456788 niet overnemen",
        "paspoort NXB123456",
        "ID-kaart nr 12345",
        "verblijfsdocument 123456",
        "NL91ABNA0417164300",
        "polisnummer 12345678",
        "rekeningnr 12345",
        "zie 123456788",
    ],
)
def test_numbers_of_papers_are_left_out(text: str) -> None:
    assert left_out_reason(text) == "identification_number"


HEALTH = [
    "kan niet tillen, rugklachten",
    "wacht op knieoperatie",
    "zwanger, uitgerekend eind maart",
    "bevalt in mei",
    "diabetes, moet op vaste tijden eten",
    "slaapt slecht, is onder behandeling bij psycholoog",
    "epilepsie, niet op een ladder",
    "astma, kan niet tegen sterke schoonmaakmiddelen",
    "hoort slecht aan linkerkant",
    "ziek, komt volgende week weer",
    "heeft last van zijn knie",
    "gebruikt medicijnen, wordt er suf van",
    "PTSS, geen harde geluiden",
    "kan niet lang staan",
    "zit in een rolstoel",
    "burn-out gehad vorig jaar",
    "geen lichamelijke klachten",
    "hoge bloeddruk",
    "draagt gehoorapparaat",
    "mag van de dokter niet zwaar tillen",
    "allergie voor noten",
    "heeft een beperking",
    "werkt niet, ligt in het ziekenhuis",
    "is geopereerd aan schouder",
    "dyslectisch",
    "moet vaak naar fysio",
    "blind aan één oog",
    "is snel moe",
    "was moe en moest naar huisarts",
    "loopt bij psycholoog in Apeldoorn",
    "moeder is ziek",
    "Geen zware dingen i.v.m. keizersnede vorig jaar",
    "Somber in de winter",
    "pregnant, due in May",
]

SENSITIVE = [
    "geeft liever geen hand aan mannen, in de zorg bespreken",
    "man zit vast, daar niet naar vragen",
    "loonbeslag loopt, schuldhulp is ingeschakeld",
    "bidt rond het middaguur",
    "komt uit de kerkgroep van dhr. Pol",
    "gaat zondag naar de kerk",
    "doet mee aan de ramadan",
    "draagt een hoofddoek",
    "eet geen varkensvlees",
    "is moslim",
    "Christelijk, dus wijn in de keuken is geen probleem",
    "zit in de schuldsanering",
    "er loopt een betalingsregeling",
    "huurachterstand",
    "heeft in de gevangenis gezeten",
    "contact met reclassering",
    "krijgt geen VOG",
    "wordt mishandeld door man",
    "is homo, niet bekend bij familie",
    "ligt in scheiding",
    "schudt geen handen met mannen",
]

ORDINARY = [
    "heeft rijbewijs B",
    "bellen na 16 uur",
    "kinderen op school tot 14.15",
    "was apotheker",
    "was huisarts in Homs",
    "tandarts geweest",
    "doktersassistente geweest",
    "was verpleegkundige in een ziekenhuis",
    "werkte in een ziekenhuis als kok",
    "wil graag in de gezondheidszorg werken",
    "medische opleiding gevolgd",
    "was politieagent",
    "wil een vast contract",
    "vaste dagen: ma, di, do",
    "wil alleen met vrouwen in de groep als het kan",
    "komt met tolk of zus",
    "telefoon van haar man, app is ok",
    "kan pas vanaf 1 februari",
    "pas sinds 2019 in Nederland",
    "woont in de Kerkstraat",
    "verhuist naar Kerklaan 12, 7331 KB",
    "nieuw nummer 06-12345678",
    "liever geen nachtdienst",
    "werkt al 2 avonden bij bezorgdienst",
    "geweldige man, werkt hard",
    "ik geloof dat hij ook kan lassen",
    "heeft VOG nodig",
    "spreekt Arabisch, Engels en een beetje Frans",
    "ontheffing gehad, wil heel graag werken",
    "geboren 12-03-1990",
    "stressbestendig",
    "mailt liever: ali@mailhuis.example",
    "vraagt of er ook varkensvlees is",
    "enkel 's ochtends",
    "heet echt zo, graag voornaam gewoon gebruiken",
    "toets is nog niet terug",
]


@pytest.mark.parametrize("remark", HEALTH)
def test_remarks_about_health_are_left_out(remark: str) -> None:
    assert left_out_reason(remark) == "health"


@pytest.mark.parametrize("remark", SENSITIVE)
def test_private_remarks_are_left_out(remark: str) -> None:
    assert left_out_reason(remark) == "sensitive"


@pytest.mark.parametrize("remark", ORDINARY)
def test_ordinary_remarks_are_kept(remark: str) -> None:
    assert left_out_reason(remark) is None


def test_private_pieces_of_the_stories_are_recognised_and_neutral_ones_not() -> None:
    stories = yaml.safe_load((SCENARIO / "verhalen.yaml").read_text(encoding="utf-8"))
    private = [piece["tekst"] for story in stories for piece in story.get("gevoelig", [])]
    neutral = [piece["tekst"] for story in stories for piece in story.get("neutraal", [])]
    assert (len(private), len(neutral)) == (9, 12)
    assert [text for text in private if left_out_reason(text) not in {"health", "sensitive"}] == []
    assert [text for text in neutral if left_out_reason(text)] == []


def test_numbers_in_the_stories_and_reports_are_found_and_no_others() -> None:
    stories = yaml.safe_load((SCENARIO / "verhalen.yaml").read_text(encoding="utf-8"))
    assert {s["id"]: guard_text(s["ruw"]) for s in stories if guard_text(s["ruw"])} == {"V02": "v_number", "V04": "bsn"}
    reports = yaml.safe_load((SCENARIO / "plaatsingen.yaml").read_text(encoding="utf-8"))["meldingen"]
    assert [report["id"] for report in reports if guard_text(report["tekst"] + report["antwoord"])] == []


def test_every_code_has_a_sentence_without_the_find() -> None:
    codes = {"bsn", "v_number", "identification_number", "health", "sensitive"}
    assert set(sensitive.SENTENCES) == codes
    assert not any(sign.isdigit() for sentence in sensitive.SENTENCES.values() for sign in str(sentence))
