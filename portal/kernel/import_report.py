"""What an import will do with a list, row by row, before anything is written. A reason never repeats the input."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from email_validator import EmailNotValidError, validate_email

from portal.kernel.i18n import LazyString, gettext
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.sensitive import SENTENCES as SENSITIVE_SENTENCES
from portal.kernel.sensitive import find_bsn, find_bsn_in_phone
from portal.kernel.tabular import Record, Table, header_key

Row = TypeVar("Row")

SENTENCES = {
    **SENSITIVE_SENTENCES,
    "bsn": lazy("In deze rij staat een burgerservicenummer (BSN). De rij is niet overgenomen."),
    "bsn_left_out": lazy("De opmerking is weggelaten: er staat een burgerservicenummer (BSN) in."),
    "v_number": lazy("De opmerking is weggelaten: er staat een V-nummer in."),
    "text_too_long": lazy("Een van de teksten in deze rij is te lang."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one row: a stable code and the sentence for it; the facts are other row numbers and the like."""

    row: int
    code: str
    sentence: LazyString
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence, in the reader's language."""
        return gettext(self.sentence.message, **self.facts)

    @property
    def reason(self) -> str:
        """Code and sentence in one line, for reports."""
        return f"{self.code}: {self.text}"


@dataclass(frozen=True)
class ImportPlan(Generic[Row]):
    """The outcome of reading a list. Every filled row is new, a duplicate or refused; the other lists add to that."""

    rows: int
    new: tuple[tuple[int, Row], ...]
    changed: tuple[Finding, ...] = ()
    flagged: tuple[Finding, ...] = ()
    duplicates: tuple[Finding, ...] = ()
    refused: tuple[Finding, ...] = ()
    left_out: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> int:
        """How many rows become something new, those with a flag included."""
        return len(self.new)

    def as_json(self) -> dict[str, object]:
        """The report that scripts read: one entry per row in each list, however many reasons it has."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "changed": _per_row(self.changed),
            "flagged": _per_row(self.flagged),
            "duplicates": _per_row(self.duplicates),
            "refused": _per_row(self.refused),
            "left_out": _per_row(self.left_out),
        }


class Report(Generic[Row]):
    """Collects the outcome while a list is read; `sentences` are those of the kind of list."""

    def __init__(self, sentences: Mapping[str, LazyString]) -> None:
        self.sentences = {**SENTENCES, **sentences}
        self.new: list[tuple[int, Row]] = []
        self.lists: dict[str, list[Finding]] = defaultdict(list)

    def add(self, kind: str, row: int, code: str, **facts: object) -> None:
        """Put a finding in the list `changed`, `flagged`, `duplicates`, `refused` or `left_out`."""
        self.lists[kind].append(Finding(row, code, self.sentences[code], facts))

    def keep_remark(self, record: Record, reason: Callable[[str], str | None]) -> str:
        """The remark of a row, or nothing, with a note, when there is a reason not to keep it."""
        code = reason(record["remark"])
        if code is None:
            return record["remark"]
        self.add("left_out", record.number, "bsn_left_out" if code == "bsn" else code)
        return ""

    def found(self, kind: str) -> tuple[Finding, ...]:
        """One list, in the order of the rows."""
        return tuple(sorted(self.lists[kind], key=lambda finding: finding.row))

    def plan(self, rows: int) -> ImportPlan[Row]:
        """The outcome of a list of so many filled rows."""
        return ImportPlan(
            rows,
            tuple(self.new),
            changed=self.found("changed"),
            flagged=self.found("flagged"),
            duplicates=self.found("duplicates"),
            refused=self.found("refused"),
            left_out=self.found("left_out"),
        )


def holds_bsn(record: Record, *, phone: str, numbers: Collection[str] = ()) -> bool:
    """Whether a BSN stands anywhere in a row, also in a column that is not ours.

    The phone column is judged as a phone, and columns that hold other numbers (KVK) not at all.
    """
    cells = list(record.cells)
    for column in (phone, *numbers):
        if record[column] in cells:
            cells.remove(record[column])
    return any(find_bsn(cell) for cell in cells) or find_bsn_in_phone(record[phone])


def valid_email(address: str) -> bool:
    """Whether a mail address has the right shape; nobody is asked whether it exists."""
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def too_long(row: object, limits: Mapping[str, int]) -> bool:
    """Whether a text of a clean row does not fit."""
    return any(len(getattr(row, name) or "") > limit for name, limit in limits.items())


def _per_row(findings: Iterable[Finding]) -> list[dict[str, object]]:
    reasons: dict[int, list[str]] = defaultdict(list)
    for finding in findings:
        reasons[finding.row].append(finding.reason)
    return [{"row": row, "reason": " ".join(texts)} for row, texts in sorted(reasons.items())]


def kept_table(table: Table, plan: ImportPlan[Row], columns: Mapping[str, Collection[str]]) -> Table:
    """The list without what is never kept: unknown columns, refused rows, and remarks that were left out.

    This is what waits between the preview and the yes; the file itself is gone.
    """
    known = {header_key(name): field for field, names in columns.items() for name in names}
    header = tuple(name for name in table.header if header_key(name) in known)
    refused = {finding.row for finding in plan.refused}
    left_out = {finding.row for finding in plan.left_out}
    rows = []
    for number, cells in table.rows:
        if number in refused:
            continue
        blank = number in left_out
        kept = {name: "" if blank and known[header_key(name)] == "remark" else cells[name] for name in header}
        rows.append((number, kept))
    return Table(header, tuple(rows))
