"""Reads a list of employers into a plan: which rows are new, double or refused, and what somebody should look at."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from portal.employers.sector_words import find_sector
from portal.kernel import phones, postal, sensitive
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.import_report import ImportPlan, Report, holds_bsn, too_long, valid_email
from portal.kernel.names import company_key, tidy_name
from portal.kernel.tabular import Record, Table, pick

COLUMNS = {
    "name": ("Bedrijfsnaam", "Naam bedrijf", "Bedrijf", "Werkgever", "Organisatie", "Naam"),
    "kvk": ("KVK-nummer", "KVK", "KVK nr", "KVK-nr.", "Kamer van Koophandel"),
    "establishment": ("Vestigingsnummer", "Vestiging", "Vestigingsnr"),
    "sector": ("Branche", "Sector"),
    "street": ("Adres", "Straat", "Straat en huisnummer", "Bezoekadres"),
    "postcode": ("Postcode",),
    "city": ("Plaats", "Woonplaats", "Vestigingsplaats"),
    "website": ("Website", "Site", "Internet"),
    "contact": ("Contactpersoon", "Naam contactpersoon", "Contact"),
    "job_title": ("Functie", "Functie contactpersoon"),
    "email": ("E-mail", "E-mailadres", "Mail", "Mailadres"),
    "phone": ("Telefoon", "Telefoonnummer", "Tel.", "Mobiel"),
    "remark": ("Opmerking", "Opmerkingen", "Bijzonderheden", "Notitie"),
}
REQUIRED = ("name", "kvk", "sector")
LIMITS = {"name": 160, "website": 200, "contact": 120, "job_title": 120, "email": 254, "street": 120, "city": 80}
KVK_DIGITS = 8
KVK_LEAST = 5
ESTABLISHMENT_DIGITS = 12
ESTABLISHMENT_LEAST = 5

SENTENCES = {
    "name_missing": lazy("Er staat geen bedrijfsnaam in deze rij."),
    "kvk_missing": lazy("Er staat geen KVK-nummer in deze rij."),
    "kvk_invalid": lazy("Het KVK-nummer heeft geen acht cijfers."),
    "sector_unknown": lazy("Deze branche kennen wij niet. Kies er een uit de lijst, of voeg de branche eerst toe."),
    "email_invalid": lazy("Het e-mailadres is ongeldig. Wij raden niet wat het moet zijn."),
    "establishment_taken": lazy("Dit vestigingsnummer hoort al bij een ander KVK-nummer."),
    "duplicate_row": lazy("Dubbel: dit bedrijf staat ook op rij %(other)s."),
    "duplicate_known": lazy("Dubbel: dit bedrijf staat al in het portaal."),
    "kvk_filled": lazy("Het KVK-nummer is met nullen aangevuld tot 8 cijfers. Laat het bevestigen."),
    "establishment_filled": lazy("Het vestigingsnummer is met nullen aangevuld tot 12 cijfers. Laat het bevestigen."),
    "establishment_invalid": lazy("Het vestigingsnummer klopt niet en is leeg gelaten. Zoek het op."),
    "email_missing": lazy("Er is geen e-mailadres: dit bedrijf kan niet inloggen of mail krijgen. Bel het bedrijf."),
    "phone_unreadable": lazy("Het telefoonnummer kan niet gelezen worden en is leeg gelaten."),
    "postcode_invalid": lazy("De postcode klopt niet en is leeg gelaten."),
    "new_location": lazy("Dit KVK-nummer is er al: dit wordt een nieuwe vestiging van dat bedrijf."),
    "same_name": lazy("Er is een bedrijf met dezelfde naam en een ander KVK-nummer. Kijk of het klopt."),
}
_SPACING = re.compile(r"[\s.\-]")
_WEBSITE = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[:/?#]\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownEmployer:
    """An employer in the portal: its establishments, '' for a location whose number is not known yet."""

    id: int
    name: str
    kvk: str
    establishments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """One employer, clean. `known_id` or `first_row` say whose new location this is."""

    name: str
    kvk: str
    establishment: str
    sector: str
    street: str
    postcode: str
    city: str
    website: str
    contact: str
    job_title: str
    email: str
    phone: str
    remark: str
    numbers_to_confirm: bool = False
    known_id: int | None = None
    first_row: int | None = None


@dataclass(slots=True)
class _Company:
    """What is known of one KVK number so far, from the portal or from an earlier row."""

    known_id: int | None = None
    first_row: int | None = None
    establishments: set[str] = field(default_factory=set)


class _Companies:
    """All companies so far: by KVK number, with the names and establishment numbers that are in use."""

    def __init__(self, existing: Iterable[KnownEmployer]) -> None:
        self.by_kvk: dict[str, _Company] = {}
        self.names: set[str] = set()
        self.establishments: set[str] = set()
        for known in existing:
            company = _Company(known_id=known.id, establishments=set(known.establishments))
            self.by_kvk[known.kvk] = company
            self.names.add(company_key(known.name))
            self.establishments |= company.establishments

    def remember(self, row: EmployerRow, company: _Company) -> None:
        """Let the rows below find this one."""
        self.by_kvk[row.kvk] = company
        company.establishments.add(row.establishment)
        self.names.add(company_key(row.name))
        self.establishments.add(row.establishment)


def plan_employers(
    table: Table, existing: Sequence[KnownEmployer] = (), sectors: Mapping[str, str] | None = None
) -> ImportPlan[EmployerRow]:
    """What to do with a list of employers; `sectors` are the keys and names of the portal's own list."""
    records = pick(table, COLUMNS, REQUIRED)
    report: Report[EmployerRow] = Report(SENTENCES)
    companies = _Companies(existing)
    for record in records:
        row = _clean(record, report, sectors)
        if row is not None:
            _place(record, row, companies, report)
    return report.plan(len(records))


def _clean(record: Record, report: Report[EmployerRow], sectors: Mapping[str, str] | None) -> EmployerRow | None:
    """The row in our own form, or nothing when it is refused."""
    remark = report.keep_remark(record, sensitive.guard_text)
    row = EmployerRow(
        name=tidy_name(record["name"]),
        kvk=_digits(record["kvk"]),
        establishment=_digits(record["establishment"]),
        sector=find_sector(record["sector"], sectors) or "",
        street=" ".join(record["street"].split()),
        postcode=postal.normalise(record["postcode"]) or "",
        city=_city(record["city"]),
        website=_website(record["website"]),
        contact=tidy_name(record["contact"]),
        job_title=" ".join(record["job_title"].split()),
        email=record["email"].strip().lower(),
        phone=phones.parse(record["phone"]) or "",
        remark=remark,
    )
    refusal = next(_refusals(record, row), None)
    if refusal:
        report.add("refused", record.number, refusal)
        return None
    return row


def _refusals(record: Record, row: EmployerRow) -> Iterator[str]:
    if holds_bsn(record, phone="phone", numbers=("kvk", "establishment")):
        yield "bsn"
    if not row.name:
        yield "name_missing"
    if not record["kvk"]:
        yield "kvk_missing"
    if not (KVK_LEAST <= len(row.kvk) <= KVK_DIGITS and row.kvk.strip("0")):
        yield "kvk_invalid"
    if row.email and not valid_email(row.email):
        yield "email_invalid"
    if not row.sector:
        yield "sector_unknown"
    if too_long(row, LIMITS):
        yield "text_too_long"


def _place(record: Record, row: EmployerRow, companies: _Companies, report: Report[EmployerRow]) -> None:
    """Decide whether a sound row is new, a new location or a double, and remember it for the rows below."""
    number = record.number
    row, filled, doubts = _complete(row)
    company = companies.by_kvk.get(row.kvk)
    if company and _is_double(row.establishment, company.establishments):
        if company.first_row:
            report.add("duplicates", number, "duplicate_row", other=company.first_row)
        else:
            report.add("duplicates", number, "duplicate_known")
        return
    if row.establishment and row.establishment in companies.establishments:
        report.add("refused", number, "establishment_taken")
        return
    if company:
        row = replace(row, known_id=company.known_id, first_row=company.first_row)
        doubts.append("new_location")
    elif company_key(row.name) in companies.names:
        doubts.append("same_name")
    companies.remember(row, company or _Company(first_row=number))
    for code in filled:
        report.add("changed", number, code)
    for code in (*filled, *doubts, *_gaps(record, row)):
        report.add("flagged", number, code)
    report.new.append((number, row))


def _complete(row: EmployerRow) -> tuple[EmployerRow, list[str], list[str]]:
    """Give the numbers their zeros back; the codes of what was filled, and of what is in doubt."""
    filled, doubts = [], []
    kvk, establishment = row.kvk.zfill(KVK_DIGITS), row.establishment
    if kvk != row.kvk:
        filled.append("kvk_filled")
    if establishment and not ESTABLISHMENT_LEAST <= len(establishment) <= ESTABLISHMENT_DIGITS:
        doubts.append("establishment_invalid")
        establishment = ""
    elif establishment and len(establishment) < ESTABLISHMENT_DIGITS:
        filled.append("establishment_filled")
        establishment = establishment.zfill(ESTABLISHMENT_DIGITS)
    return replace(row, kvk=kvk, establishment=establishment, numbers_to_confirm=bool(filled)), filled, doubts


def _is_double(establishment: str, known: set[str]) -> bool:
    """Same KVK number and the same establishment, or one of both without a number."""
    return not establishment or not known or "" in known or establishment in known


def _gaps(record: Record, row: EmployerRow) -> Iterator[str]:
    if not row.email:
        yield "email_missing"
    if record["phone"] and not row.phone:
        yield "phone_unreadable"
    if record["postcode"] and not row.postcode:
        yield "postcode_invalid"


def _digits(text: str) -> str:
    """A number without its spacing; a question mark when there is anything but digits."""
    plain = _SPACING.sub("", text)
    return plain if not plain or (plain.isascii() and plain.isdigit()) else "?"


def _city(text: str) -> str:
    """'APELDOORN' becomes 'Apeldoorn'; other spellings stay."""
    plain = " ".join(text.split())
    return plain.title() if plain.isupper() else plain


def _website(text: str) -> str:
    """An address that starts with http, or nothing when it is not one."""
    plain = text.strip()
    if not _WEBSITE.fullmatch(plain):
        return ""
    return plain if plain.lower().startswith("http") else f"https://{plain}"
