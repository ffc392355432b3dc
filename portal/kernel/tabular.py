"""Lists that people send: a CSV as Excel saves it or an xlsx, read as text with the row numbers that Excel shows."""

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from portal.kernel.errors import InvalidError
from portal.kernel.i18n import lazy_gettext as lazy

MEGABYTE = 1024 * 1024
MAX_MEGABYTES = 5
MAX_UNPACKED_MEGABYTES = 100
MAX_ROWS = 5000
MAX_SHEET_ROWS = 100_000
MAX_COLUMNS = 200
DELIMITERS = ";,\t|"

SENTENCES = {
    "file_too_large": lazy("Dit bestand is te groot: hooguit %(megabytes)s MB."),
    "file_too_many_rows": lazy("Deze lijst is te lang: hooguit %(rows)s rijen. Deel de lijst in stukken."),
    "file_kind": lazy("Dit is geen CSV- of Excel-bestand (.xlsx). Sla de lijst op als .xlsx of als CSV."),
    "file_unreadable": lazy("Dit bestand kan niet gelezen worden. Sla de lijst opnieuw op als .xlsx of als CSV."),
    "file_empty": lazy("Er staat niets in dit bestand."),
    "columns_missing": lazy("Deze kolommen staan niet in de lijst: %(columns)s."),
}
_XLSX = b"PK\x03\x04"
_OTHER_KINDS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
_OTHER_NAMES = (".xls", ".xlsx", ".xlsm", ".ods", ".pdf", ".doc", ".docx")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
    StopIteration,
    OSError,
)
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it came: its header, and per filled row the number that Excel shows with the cell under each header."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One row with our own names for its columns; `cells` are all cells, those of unknown columns too."""

    number: int
    values: Mapping[str, str]
    cells: tuple[str, ...]

    def __getitem__(self, field: str) -> str:
        return self.values.get(field, "")


def read_table(data: bytes, filename: str = "") -> Table:
    """Read a list. The content decides what it is; the name only helps to refuse other kinds of file."""
    if len(data) > MAX_MEGABYTES * MEGABYTE:
        raise InvalidError("file_too_large", megabytes=MAX_MEGABYTES)
    if data.startswith(_XLSX):
        return _table(_xlsx_rows(data))
    if data.startswith(_OTHER_KINDS) or filename.lower().endswith(_OTHER_NAMES):
        raise InvalidError("file_kind")
    return _table(_csv_rows(_decoded(data)))


def pick(table: Table, columns: Mapping[str, Sequence[str]], required: Iterable[str]) -> list[Record]:
    """Give the rows under our own field names.

    A header matches whatever its capitals, spaces and hyphens; a required field without a column is refused, by the
    first name that it may have.
    """
    by_key: dict[str, str] = {}
    for name in table.header:
        by_key.setdefault(header_key(name), name)
    found = {
        field: next((by_key[header_key(name)] for name in names if header_key(name) in by_key), None)
        for field, names in columns.items()
    }
    missing = [columns[field][0] for field in required if found[field] is None]
    if missing:
        raise InvalidError("columns_missing", columns=", ".join(missing))
    return [
        Record(number, {field: cells[name] for field, name in found.items() if name}, tuple(cells.values()))
        for number, cells in table.rows
    ]


def header_key(name: str) -> str:
    """'E-mail adres' and 'e-mailadres' are the same column."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _table(numbered: Iterable[tuple[int, Sequence[str]]]) -> Table:
    filled = ((number, cells) for number, cells in numbered if any(cells))
    first = next(filled, None)
    if first is None:
        raise InvalidError("file_empty")
    header = _named(first[1])
    rows = []
    for number, cells in islice(filled, MAX_ROWS + 1):
        padded = [*cells[:MAX_COLUMNS], *[""] * (len(header) - len(cells))]
        extra = {f"#{place}": cell for place, cell in enumerate(padded[len(header) :], len(header) + 1) if cell}
        rows.append((number, dict(zip(header, padded, strict=False)) | extra))
    if len(rows) > MAX_ROWS:
        raise InvalidError("file_too_many_rows", rows=MAX_ROWS)
    return Table(header, tuple(rows))


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    """The header, with a number for a column that has no name or the name of an earlier one."""
    names: list[str] = []
    for place, cell in enumerate(cells[:MAX_COLUMNS], 1):
        names.append(cell if cell and cell not in names else f"#{place}")
    return tuple(names)


def _tidy(cell: str) -> str:
    return cell.replace("_x000D_", "").replace("\xa0", " ").replace("\r\n", "\n").strip().strip("\ufeff")


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "windows-1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InvalidError("file_unreadable")


def _csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    announced = _SEPARATOR_LINE.match(text)
    if announced:
        text = text[announced.end() :]
    delimiter = announced[1] if announced else _delimiter(text)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            yield number, [_tidy(cell) for cell in cells]
    except csv.Error:
        raise InvalidError("file_unreadable") from None


def _delimiter(text: str) -> str:
    """The sign that separates most cells in the header, outside quotes."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", header)
    return max(DELIMITERS, key=outside.count)


def _xlsx_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MAX_UNPACKED_MEGABYTES * MEGABYTE:
            raise InvalidError("file_too_large", megabytes=MAX_MEGABYTES)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            if number > MAX_SHEET_ROWS:
                raise InvalidError("file_too_many_rows", rows=MAX_ROWS)
            yield number, [_cell_text(cell) for cell in cells]
    except _BROKEN:
        raise InvalidError("file_unreadable") from None


def _cell_text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return _tidy(str(value))
