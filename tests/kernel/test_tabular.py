"""Lists as people send them: encodings, separators, numbers that Excel spoiled, files that are no list."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from portal.kernel import tabular
from portal.kernel.errors import InvalidError
from portal.kernel.i18n import gettext
from portal.kernel.tabular import Table, pick, read_table


def xlsx(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def refusal(data: bytes, filename: str = "lijst.csv") -> InvalidError:
    with pytest.raises(InvalidError) as caught:
        read_table(data, filename)
    assert gettext(tabular.SENTENCES[caught.value.code].message, **caught.value.facts)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_reads_the_encodings_that_excel_writes(encoding: str) -> None:
    table = read_table("Naam;Plaats\r\nZoë – café;’s-Heerenberg\r\n".encode(encoding))
    assert table == Table(("Naam", "Plaats"), ((2, {"Naam": "Zoë – café", "Plaats": "’s-Heerenberg"}),))


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_finds_the_separator_in_the_header(sign: str) -> None:
    text = f'Naam{sign}"Plaats, land; streek"{sign}Uren\nA{sign}B{sign}1\n'
    assert read_table(text.encode()).rows == ((2, {"Naam": "A", "Plaats, land; streek": "B", "Uren": "1"}),)


def test_row_numbers_are_those_that_excel_shows() -> None:
    text = '\nNaam;Opmerking\nA;"twee\nregels"\n;;\n\nB;x\n'
    assert read_table(text.encode()).rows == (
        (3, {"Naam": "A", "Opmerking": "twee\nregels"}),
        (6, {"Naam": "B", "Opmerking": "x"}),
    )


def test_the_line_that_announces_the_separator_is_no_row() -> None:
    assert read_table(b"sep=,\r\nNaam,Uren\r\nA,1\r\n").rows == ((2, {"Naam": "A", "Uren": "1"}),)


def test_numbers_and_dates_of_excel_become_plain_text() -> None:
    data = xlsx(
        ["Naam", "Nummer", "Loon", "Dag", "Tijd", "Ja"],
        ["A", 689004471, 15.62, datetime.fromisoformat("2026-12-01"), datetime.fromisoformat("2026-12-01T09:30"), True],
        ["B", 97037720.0, 16.0, None, None, False],
    )
    assert [list(cells.values()) for _, cells in read_table(data, "lijst.xlsx").rows] == [
        ["A", "689004471", "15.62", "2026-12-01", "2026-12-01T09:30:00", "ja"],
        ["B", "97037720", "16", "", "", "nee"],
    ]


def test_xlsx_is_known_by_its_content_and_skips_empty_rows() -> None:
    data = xlsx(["Naam"], ["A"], [None], ["  "], ["B"])
    assert read_table(data, "lijst.csv").rows == ((2, {"Naam": "A"}), (5, {"Naam": "B"}))


def test_cells_without_a_header_are_kept_apart() -> None:
    assert read_table(b"Naam;;Naam\nA;b;c;d\n").rows == ((2, {"Naam": "A", "#2": "b", "#3": "c", "#4": "d"}),)


def test_headers_match_whatever_their_capitals_spaces_and_hyphens() -> None:
    table = read_table(b"e mail ADRES;Voor-naam;Extra\na@b.nl;Ali;999\n")
    records = pick(table, {"email": ("E-mailadres",), "name": ("Voornaam",), "phone": ("Telefoon",)}, ["email"])
    assert dict(records[0].values) == {"email": "a@b.nl", "name": "Ali"}
    assert records[0]["phone"] == ""
    assert records[0].cells == ("a@b.nl", "Ali", "999")


def test_missing_columns_are_named() -> None:
    table = read_table(b"Naam;Plaats\nA;B\n")
    with pytest.raises(InvalidError) as caught:
        pick(table, {"phone": ("Telefoon", "Tel"), "email": ("E-mail",)}, ["phone", "email"])
    assert (caught.value.code, caught.value.facts) == ("columns_missing", {"columns": "Telefoon, E-mail"})


def test_what_is_too_large_is_refused() -> None:
    assert refusal(b"x" * (5 * tabular.MEGABYTE + 1)).code == "file_too_large"
    assert refusal(b"Naam\n" + b"A\n" * 5001).facts == {"rows": 5000}
    assert len(read_table(b"Naam\n" + b"A\n" * 5000).rows) == 5000


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "MAX_UNPACKED_MEGABYTES", 0)
    assert refusal(xlsx(["Naam"], ["A"])).code == "file_too_large"


def test_a_sheet_with_a_row_far_below_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "MAX_SHEET_ROWS", 3)
    assert refusal(xlsx(["Naam"], ["A"], [None], ["B"])).code == "file_too_many_rows"


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "leeg.csv", "file_empty"),
        (b" ; \n\n", "leeg.csv", "file_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "oud.xls", "file_kind"),
        (b"%PDF-1.7", "lijst.csv", "file_kind"),
        (b"gewone tekst", "lijst.ods", "file_kind"),
        (b"PK\x03\x04kapot", "lijst.xlsx", "file_unreadable"),
        (b"Naam\0;x\n", "lijst.csv", "file_unreadable"),
        (b"Naam\n\x81\x8d\n", "lijst.csv", "file_unreadable"),
        (b"Naam\n" + b"x" * 200_000, "lijst.csv", "file_unreadable"),
    ],
)
def test_what_is_no_list_is_refused(data: bytes, filename: str, code: str) -> None:
    assert refusal(data, filename).code == code


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("brief.txt", "hallo")
    assert refusal(file.getvalue(), "lijst.xlsx").code == "file_unreadable"
