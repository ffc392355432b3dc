"""Reads a list of participants with their wishes into a plan; nobody is registered by it.

A remark that says something private is left out. A new number of somebody we know never makes a second person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from babel import Locale

from portal.kernel import phones, sensitive
from portal.kernel.i18n import PARTICIPANT_LANGUAGES, SOURCE
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.import_report import ImportPlan, Report, holds_bsn, too_long, valid_email
from portal.kernel.level_reading import Level, read_level
from portal.kernel.names import fold, tidy_name
from portal.kernel.tabular import Record, Table, pick
from portal.participants.coach_names import CoachBook, CoachName
from portal.participants.matching import People, Someone, says_new_number
from portal.participants.wish_words import Wishes, read_wishes

COLUMNS = {
    "first_name": ("Voornaam", "Roepnaam", "Naam", "Volledige naam", "Naam deelnemer", "Deelnemer"),
    "last_name": ("Achternaam", "Familienaam"),
    "phone": ("Telefoon", "Telefoonnummer", "Tel.", "Mobiel", "Mobiele nummer", "06-nummer"),
    "email": ("E-mail", "E-mailadres", "Mail", "Mailadres"),
    "level": ("Taalniveau", "Niveau", "Niveau Nederlands"),
    "language": ("Voorkeurstaal", "Taal", "Spreektaal", "Moedertaal"),
    "coach": ("Trajectbegeleider", "Begeleider", "Coach", "Consulent", "Klantmanager"),
    "wishes": (
        "Voorkeur rondleiding(en)",
        "Voorkeur rondleiding",
        "Rondleiding(en)",
        "Rondleiding",
        "Voorkeur",
        "Wensen",
    ),
    "remark": ("Opmerking", "Opmerkingen", "Bijzonderheden", "Notitie"),
    "reference": ("Kenmerk", "Referentie", "Dossier", "Dossiernummer", "Ons kenmerk", "Cliëntnummer", "Klantnummer"),
}
REQUIRED = ("first_name", "phone")
LIMITS = {"first_name": 60, "last_name": 80, "email": 254, "spoken_language": 40, "coach_name": 120, "reference": 40}
NO_NAME = frozenset({"onbekend", "nvt", "naam", "geen", "geen naam", "xxx"})
STORED_TEXTS = ("first_name", "last_name", "coach", "language")

SENTENCES = {
    "name_missing": lazy("Er staat geen naam in deze rij."),
    "reference_personal": lazy("Het kenmerk lijkt op een BSN of een V-nummer. Gebruik een eigen kenmerk."),
    "reference_other_name": lazy("Dit kenmerk hoort al bij iemand met een andere naam."),
    "v_number_row": lazy("In deze rij staat een V-nummer. De rij is niet overgenomen."),
    "duplicate_row": lazy("Dubbel: deze persoon staat ook op rij %(other)s."),
    "duplicate_known": lazy("Dubbel: deze persoon staat al in het portaal."),
    "phone_new": lazy("Deze persoon is bekend en heeft een nieuw telefoonnummer. Dat wordt overgenomen."),
    "email_new": lazy("Deze persoon is bekend en heeft een nieuw e-mailadres. Dat wordt overgenomen."),
    "reference_new": lazy("Deze persoon is bekend en krijgt het kenmerk van deze lijst."),
    "same_name": lazy("Er is al iemand met deze naam en een ander telefoonnummer. Kijk of het dezelfde persoon is."),
    "reference_differs": lazy(
        "Er is al iemand met deze naam en dit nummer of e-mailadres, maar met een ander kenmerk."
    ),
    "phone_unreadable": lazy("Het telefoonnummer kan niet gelezen worden en is leeg gelaten."),
    "email_invalid": lazy("Het e-mailadres is ongeldig en is leeg gelaten. Wij raden niet wat het moet zijn."),
}
_NAMED_LANGUAGES = {
    fold(name): code for code, name in Locale.parse(SOURCE).languages.items() if len(code) <= len("prs")
}
_PAGE_LANGUAGES = {name: code for name, code in _NAMED_LANGUAGES.items() if code in PARTICIPANT_LANGUAGES}


@dataclass(frozen=True, slots=True)
class KnownParticipant:
    """A participant in the portal, as far as a double is told by it; the phone in E.164."""

    id: int
    first_name: str
    last_name: str = ""
    phone: str | None = None
    email: str | None = None
    reference: str | None = None
    coach_id: int | None = None
    coach_name: str = ""


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """One participant, clean. `language` is that of pages and messages, `spoken_language` what the list says.

    The remark is there for the preview; nothing in the portal stores it.
    """

    first_name: str
    last_name: str
    phone: str | None
    email: str | None
    level: Level
    language: str
    spoken_language: str
    coach_id: int | None
    coach_name: str
    reference: str | None
    wishes: Wishes
    remark: str


@dataclass(frozen=True, slots=True)
class ContactUpdate:
    """What is new of a person we know, or who is new higher up in the same list; only what changes is filled."""

    row: int
    known_id: int | None
    first_row: int | None
    phone: str | None = None
    email: str | None = None
    reference: str | None = None


@dataclass(frozen=True)
class ParticipantPlan(ImportPlan[ParticipantRow]):
    """The plan, with the contact details to change once the new people are there."""

    updates: tuple[ContactUpdate, ...] = ()


@dataclass(slots=True)
class _News:
    """The last number, mail address and reference that the list gives of one person, with their rows."""

    phone: tuple[str, int] | None = None
    email: tuple[str, int] | None = None
    reference: tuple[str, int] | None = None


@dataclass(slots=True)
class _Reading:
    """What is built up while the list is read."""

    report: Report[ParticipantRow]
    people: People
    news: dict[int, tuple[Someone, _News]] = field(default_factory=dict)


def plan_participants(
    table: Table, existing: Sequence[KnownParticipant] = (), coaches: Sequence[tuple[int, str]] = ()
) -> ParticipantPlan:
    """What to do with a list of participants; `coaches` are the accounts of coaches with their names."""
    records = pick(table, COLUMNS, REQUIRED)
    accounts = {known.coach_id: known.coach_name for known in existing if known.coach_id} | dict(coaches)
    book = CoachBook(
        list(accounts.items()), [*(known.coach_name for known in existing), *(record["coach"] for record in records)]
    )
    reading = _Reading(Report(SENTENCES), People(_known(person, book) for person in existing))
    rows = [(record, row) for record in records if (row := _clean(record, book, reading.report)) is not None]
    persons = [_as_someone(record, row) for record, row in rows]
    reading.people.claim(persons)
    for (record, row), person in zip(rows, persons, strict=True):
        _place(record, row, person, reading)
    updates = _updates(reading)
    return ParticipantPlan(**vars(reading.report.plan(len(records))), updates=updates)


def _known(person: KnownParticipant, book: CoachBook) -> Someone:
    coach = CoachName(person.coach_id, person.coach_name) if person.coach_id else book.find(person.coach_name)
    return Someone(
        person.first_name,
        person.last_name,
        person.phone or "",
        (person.email or "").lower(),
        person.reference or "",
        coach,
        known_id=person.id,
    )


def _as_someone(record: Record, row: ParticipantRow) -> Someone:
    return Someone(
        row.first_name,
        row.last_name,
        row.phone or "",
        row.email or "",
        row.reference or "",
        CoachName(row.coach_id, row.coach_name),
        first_row=record.number,
        says_new_number=says_new_number(record["remark"]),
    )


def _clean(record: Record, book: CoachBook, report: Report[ParticipantRow]) -> ParticipantRow | None:
    """The row in our own form, or nothing when it is refused."""
    remark = report.keep_remark(record, sensitive.left_out_reason)
    first_name, last_name = _names(record["first_name"], record["last_name"])
    email = record["email"].strip().lower()
    coach = book.find(record["coach"])
    row = ParticipantRow(
        first_name=first_name,
        last_name=last_name,
        phone=phones.parse(record["phone"]),
        email=email if valid_email(email) else None,
        level=read_level(record["level"]),
        language=_PAGE_LANGUAGES.get(fold(record["language"].strip()), SOURCE),
        spoken_language=" ".join(record["language"].split()),
        coach_id=coach.id,
        coach_name=coach.name,
        reference=record["reference"].strip() or None,
        wishes=read_wishes(record["wishes"]),
        remark=remark,
    )
    refusal = next(_refusals(record, row), None)
    if refusal:
        report.add("refused", record.number, refusal)
        return None
    return row


def _refusals(record: Record, row: ParticipantRow) -> Iterator[str]:
    if sensitive.guard_text(record["reference"]):
        yield "reference_personal"
    if holds_bsn(record, phone="phone"):
        yield "bsn"
    if any(sensitive.find_v_number(record[column]) for column in STORED_TEXTS):
        yield "v_number_row"
    if not row.first_name:
        yield "name_missing"
    if too_long(row, LIMITS):
        yield "text_too_long"


def _names(first_cell: str, last_cell: str) -> tuple[str, str]:
    """First and last name, also when both stand in one cell: 'Darwish, Khaled' or 'Khaled Darwish'."""
    first, last = _name(first_cell), _name(last_cell)
    if not last and "," in first:
        last, first = (tidy_name(part) for part in first.split(",", 1))
    elif not last:
        first, _, last = first.partition(" ")
    return (first, last) if first else (last, "")


def _name(cell: str) -> str:
    """The name, or nothing for '-', '?' and 'onbekend'."""
    name = tidy_name(cell)
    letters = "".join(sign for sign in fold(name) if sign.isalpha() or sign.isspace()).strip()
    return "" if not letters or letters in NO_NAME else name


def _place(record: Record, row: ParticipantRow, person: Someone, reading: _Reading) -> None:
    """Decide whether a sound row is somebody new or somebody we have, and remember it for the rows below."""
    number = record.number
    report, match = reading.report, reading.people.find(person)
    if match.refusal:
        report.add("refused", number, match.refusal)
    elif match.person:
        _note_duplicate(number, match.person, person, reading)
    else:
        if match.flag:
            report.add("flagged", number, match.flag)
        for code in _gaps(record, row):
            report.add("flagged", number, code)
        reading.people.add(person)
        report.new.append((number, row))


def _gaps(record: Record, row: ParticipantRow) -> Iterator[str]:
    if record["phone"] and not row.phone:
        yield "phone_unreadable"
    if record["email"] and not row.email:
        yield "email_invalid"


def _note_duplicate(number: int, person: Someone, row: Someone, reading: _Reading) -> None:
    if person.first_row:
        reading.report.add("duplicates", number, "duplicate_row", other=person.first_row)
    else:
        reading.report.add("duplicates", number, "duplicate_known")
    _, news = reading.news.setdefault(id(person), (person, _News()))
    news.phone = (row.phone, number) if row.phone else news.phone
    news.email = (row.email, number) if row.email else news.email
    if row.reference and not person.reference:
        news.reference = (row.reference, number)
    reading.people.remember(person, row)


def _updates(reading: _Reading) -> tuple[ContactUpdate, ...]:
    """What the list changes of people that we have: the last row about somebody decides."""
    updates = []
    for person, news in reading.news.values():
        fresh = {
            "phone": news.phone if news.phone and news.phone[0] != person.phone else None,
            "email": news.email if news.email and news.email[0] != person.email else None,
            "reference": news.reference,
        }
        changes = {name: value[0] for name, value in fresh.items() if value}
        for name, value in fresh.items():
            if value:
                reading.report.add("changed", value[1], f"{name}_new")
        if changes:
            row = max(value[1] for value in fresh.values() if value)
            updates.append(ContactUpdate(row, person.known_id, person.first_row, **changes))
    return tuple(updates)
