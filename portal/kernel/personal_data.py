"""The one list of personal data: what is kept about whom, why, who reads it and until when (ADR 0007).

Notices are made from it, and a test compares it with every column of the database.
"""

from dataclasses import dataclass
from datetime import date

from portal.kernel.errors import NotFoundError
from portal.kernel.i18n import LazyString, format_day, gettext
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.vocabulary import Vocabulary


class Subject(Vocabulary):
    """Whom the data is about."""

    PARTICIPANT = "participant", lazy("Zoek je werk?")
    EMPLOYER = "employer", lazy("Bent u werkgever?")
    STAFF = "staff", lazy("Hebt u een account?")


class Basis(Vocabulary):
    """Why the law allows it."""

    PUBLIC_TASK = "public_task", lazy("Een taak van de gemeente in de wet (Participatiewet, artikel 7)")
    CONSENT = "consent", lazy("Alleen met toestemming. Intrekken kan altijd, zonder reden.")
    SECURITY = "security", lazy("De wet zegt dat wij gegevens goed moeten beveiligen (AVG, artikel 32)")


@dataclass(frozen=True, slots=True)
class Kept:
    """How long: in words, with the real day where it is known, and the rule that removes it by itself."""

    words: LazyString
    rule: str = ""
    with_day: LazyString | None = None

    def until(self, ends_on: date | None = None) -> str:
        """The sentence, with somebody's own end date where this kind of data has one."""
        if ends_on is not None and self.with_day is not None:
            return gettext(self.with_day.message, day=format_day(ends_on))
        return str(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalItem:
    """One kind of personal data. Columns are `table.column`; forms are the notices that name it."""

    columns: tuple[str, ...]
    subject: Subject
    what: LazyString
    purpose: LazyString
    readers: LazyString
    kept: Kept
    basis: Basis = Basis.PUBLIC_TASK
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One kind of data as somebody reads it."""

    what: LazyString
    purpose: LazyString
    basis: LazyString
    readers: LazyString
    until: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What one form asks, and what happens with it."""

    form: str
    subject: Subject
    rows: tuple[NoticeRow, ...]


AFTER_TOUR = Kept(
    lazy("Tot 30 dagen na de rondleiding. Kwam je via je coach op de lijst? Dan hoogstens een jaar."),
    "participants",
    lazy("Op %(day)s halen we dit weg."),
)
STORY_YEAR = Kept(
    lazy("Hoogstens 12 maanden. Zeg je eerder nee? Dan leest niemand het meer, en na 30 dagen is het weg."),
    "stories",
    lazy("Tot %(day)s. Zeg je eerder nee? Dan leest niemand het meer, en na 30 dagen is het weg."),
)
INTRODUCTION_END = Kept(lazy("Een jaar nadat het team antwoord gaf."), "introductions")
PLACEMENT_YEAR = Kept(
    lazy("Een jaar nadat het werk stopte. Daarna weten we niet meer dat jij het was."), "placement_links"
)
ISSUE_YEAR = Kept(lazy("Een jaar nadat het opgelost is. Daarna halen we de tekst weg."), "issue_texts")
AS_EMPLOYER = Kept(lazy("Zolang uw bedrijf meedoet. Wilt u weg? Bel ons, dan halen we het weg."))
ACCOUNT_END = Kept(lazy("Zolang u een account hebt, en een jaar daarna."), "accounts.stopped_users")
LINKS = Kept(lazy("30 dagen."), "accounts.old_links")
TWO_YEARS = Kept(lazy("Twee jaar."), "audit")
LOOKS = Kept(lazy("Twee jaar."), "looks")
SIXTY_DAYS = Kept(lazy("60 dagen."), "outbox_payloads")
LISTS = Kept(lazy("Een dag als de lijst niet wordt overgenomen, anders 30 dagen."), "team.import_batch")
QUARTER = Kept(lazy("Een kwartier tot een uur."))

TEAM_AND_COACH = lazy("Het werkgeversteam en je coach")
TEAM = lazy("Het werkgeversteam")
P, E, S = Subject.PARTICIPANT, Subject.EMPLOYER, Subject.STAFF

ITEMS: tuple[PersonalItem, ...] = (
    PersonalItem(
        columns=("participant.first_name", "participant.last_name"),
        subject=P,
        what=lazy("Je naam"),
        purpose=lazy("Dan weten we wie er komt. Bij de deur staat alleen je voornaam op de lijst."),
        readers=lazy("Het werkgeversteam, je coach en wie bij de deur staat"),
        kept=AFTER_TOUR,
        forms=("rondleiding",),
    ),
    PersonalItem(
        columns=("participant.phone", "participant.email"),
        subject=P,
        what=lazy("Je telefoonnummer en je e-mailadres"),
        purpose=lazy("Dan kunnen we je bellen of mailen over deze rondleiding."),
        readers=TEAM_AND_COACH,
        kept=AFTER_TOUR,
        forms=("rondleiding",),
    ),
    PersonalItem(
        columns=(
            "participant.language",
            "participant.spoken_language",
            "participant.level",
            "registration.wants_interpreter",
        ),
        subject=P,
        what=lazy("Je taal, je niveau van Nederlands en of je een tolk wilt"),
        purpose=lazy("Dan kunnen we een tolk regelen en duidelijke taal gebruiken."),
        readers=lazy("Het werkgeversteam en je coach. Het bedrijf krijgt alleen aantallen."),
        kept=AFTER_TOUR,
        forms=("rondleiding",),
    ),
    PersonalItem(
        columns=("participant.coach_id", "participant.coach_name"),
        subject=P,
        what=lazy("De naam van je coach"),
        purpose=lazy("Als jij geen telefoon en geen e-mail hebt, vertelt je coach je het nieuws."),
        readers=TEAM,
        kept=AFTER_TOUR,
        forms=("rondleiding",),
    ),
    PersonalItem(
        columns=("registration.ticket", "registration.form_key", "registration.calendar_uid", "registration.status"),
        subject=P,
        what=lazy("Je plek of je plek op de wachtlijst"),
        purpose=lazy("Dan is het eerlijk: wie het eerst komt, gaat het eerst."),
        readers=TEAM_AND_COACH,
        kept=AFTER_TOUR,
        forms=("rondleiding",),
    ),
    PersonalItem(
        columns=("call_task.payload", "call_task.dedupe_key", "call_task.message_name"),
        subject=P,
        what=lazy("Welk bericht iemand je moet vertellen"),
        purpose=lazy("Heb je geen e-mail? Dan belt of vertelt iemand het je."),
        readers=TEAM_AND_COACH,
        kept=AFTER_TOUR,
        forms=("rondleiding",),
    ),
    PersonalItem(
        columns=("participant_wish.subject", "participant.reference"),
        subject=P,
        what=lazy("Welke bedrijven je wilt zien, en een nummer van je coach. Dat nummer is niet je BSN."),
        purpose=lazy("Je coach gaf dit door. Dan kunnen we je vragen voor een rondleiding die bij je past."),
        readers=TEAM_AND_COACH,
        kept=AFTER_TOUR,
    ),
    PersonalItem(
        columns=(
            "story.heading",
            "story.body",
            "story.goes_well",
            "story.attention",
            "story.support",
            "story.seeks",
            "story.reason",
            "story_consent.language",
            "story_consent.participant_id",
        ),
        subject=P,
        what=lazy("Je verhaal, zonder je naam. En dat je ja hebt gezegd."),
        purpose=lazy("Werkgevers lezen wat je kunt. Zij kunnen vragen om je te ontmoeten."),
        readers=lazy("Werkgevers die wij kennen, als ze zijn ingelogd. Alleen het team weet dat het over jou gaat."),
        kept=STORY_YEAR,
        basis=Basis.CONSENT,
        forms=("verhaal",),
    ),
    PersonalItem(
        columns=("placement.number", "placement.reference", "placement.job_title", "placement.end_reason"),
        subject=P,
        what=lazy("Waar je werkt, en sinds wanneer"),
        purpose=lazy("Dan kunnen we jou en je werkgever helpen, ook na de eerste dag."),
        readers=lazy("Het werkgeversteam en je werkgever"),
        kept=PLACEMENT_YEAR,
        forms=("plaatsing",),
    ),
    PersonalItem(
        columns=("issue.number", "issue.call_when", "issue.form_key", "issue_message.body"),
        subject=P,
        what=lazy("Wat er niet goed gaat op je werk, als iemand dat meldt"),
        purpose=lazy("Dan kunnen we het samen oplossen. Nooit over je gezondheid, geloof of afkomst."),
        readers=lazy("Het werkgeversteam en je werkgever"),
        kept=ISSUE_YEAR,
        forms=("plaatsing", "melding"),
    ),
    PersonalItem(
        columns=("import_batch.rows", "import_batch.report"),
        subject=P,
        what=lazy("Een lijst van je coach, terwijl wij die nakijken"),
        purpose=lazy("Dan hoeft niemand alles over te typen. Een BSN of iets over gezondheid wordt nooit bewaard."),
        readers=TEAM,
        kept=LISTS,
    ),
    PersonalItem(
        columns=("member.name", "member.job_title", "member.email", "member.phone", "member.reason"),
        subject=E,
        what=lazy("Uw naam, functie, e-mailadres en telefoonnummer"),
        purpose=lazy("Dan weten wij wie wij bellen of mailen over uw vacatures, rondleidingen en plaatsingen."),
        readers=lazy("Het werkgeversteam en de collega’s van uw bedrijf"),
        kept=AS_EMPLOYER,
        forms=("werkgever", "collega", "stand", "vacature"),
    ),
    PersonalItem(
        columns=(
            "employer.name",
            "employer.kvk_number",
            "employer.website",
            "employer.reason",
            "employer.team_note",
            "location.establishment_number",
            "location.street",
            "location.postcode",
            "location.city",
        ),
        subject=E,
        what=lazy("Uw bedrijf: naam, KVK-nummer en adres. Bij een eenmanszaak zijn dat ook uw eigen gegevens."),
        purpose=lazy("Dan weten wij zeker met welk bedrijf wij te maken hebben."),
        readers=lazy("Het werkgeversteam. De naam en de plaats staan bij uw vacatures en rondleidingen."),
        kept=AS_EMPLOYER,
        forms=("werkgever",),
    ),
    PersonalItem(
        columns=("callback_request.name", "callback_request.phone"),
        subject=E,
        what=lazy("Uw naam en telefoonnummer, als u vraagt om te bellen"),
        purpose=lazy("Dan kunnen wij u bellen."),
        readers=TEAM,
        kept=Kept(lazy("30 dagen nadat wij u hebben gebeld.")),
        forms=("bel-mij",),
    ),
    PersonalItem(
        columns=("introduction.message", "introduction.answer"),
        subject=E,
        what=lazy("Uw vraag om iemand te ontmoeten"),
        purpose=lazy("Dan kan het team de kennismaking regelen."),
        readers=TEAM,
        kept=INTRODUCTION_END,
        forms=("kennismaking",),
    ),
    PersonalItem(
        columns=("user_account.email", "user_account.name", "user_account.phone", "user_account.language"),
        subject=S,
        what=lazy("Uw naam, e-mailadres, telefoonnummer en taal"),
        purpose=lazy("Dan kunt u inloggen en berichten krijgen. Een coach staat op de kaartjes van de deelnemers."),
        readers=lazy("Het werkgeversteam. Van een coach ook de deelnemers die de coach helpt."),
        kept=ACCOUNT_END,
        forms=("account", "werkgever", "collega"),
    ),
    PersonalItem(
        columns=("user_account.password_hash", "user_account.second_factor_secret", "recovery_code.code_hash"),
        subject=S,
        what=lazy("Uw wachtwoord en uw tweede stap, zo bewaard dat niemand ze kan lezen"),
        purpose=lazy("Dan komt niemand anders binnen."),
        readers=lazy("Niemand"),
        kept=ACCOUNT_END,
        basis=Basis.SECURITY,
        forms=("account", "werkgever"),
    ),
    PersonalItem(
        columns=("sign_in_link.user_id",),
        subject=S,
        what=lazy("Dat u een link vroeg om in te loggen"),
        purpose=lazy("Dan werkt elke link maar één keer."),
        readers=lazy("Niemand"),
        kept=LINKS,
        basis=Basis.SECURITY,
        forms=("account",),
    ),
    PersonalItem(
        columns=(
            "audit_entry.actor_name",
            "audit_entry.actor_role",
            "audit_entry.details",
            "audit_entry.subject_type",
            "audit_entry.request_id",
        ),
        subject=S,
        what=lazy("Wat u in de portal deed en wanneer u inlogde. Nooit de tekst zelf."),
        purpose=lazy("Dan is later te zien wie wat heeft veranderd."),
        readers=lazy("Het werkgeversteam. U ziet zelf wanneer u inlogde."),
        kept=TWO_YEARS,
        basis=Basis.SECURITY,
        forms=("account", "werkgever"),
    ),
    PersonalItem(
        columns=("look_entry.subject_type", "look_entry.actor_id"),
        subject=S,
        what=lazy("Welke deelnemers en verhalen u bekeek"),
        purpose=lazy("Een deelnemer mag vragen wie naar zijn of haar gegevens keek."),
        readers=lazy("De beheerder, en de deelnemer die ernaar vraagt"),
        kept=LOOKS,
        basis=Basis.SECURITY,
        forms=("account",),
    ),
    PersonalItem(
        columns=("outbox_message.payload", "outbox_message.dedupe_key", "outbox_message.last_error"),
        subject=S,
        what=lazy("Welke mails wij stuurden, zonder de tekst en zonder het adres"),
        purpose=lazy("Dan gaat geen mail verloren en gaat geen mail twee keer."),
        readers=TEAM,
        kept=SIXTY_DAYS,
        forms=("account",),
    ),
    PersonalItem(
        columns=("throttle_count.key",),
        subject=S,
        what=lazy("Hoe vaak er vanaf één adres wordt geprobeerd in te loggen. Het adres zelf is niet te lezen."),
        purpose=lazy("Dan kan niemand blijven raden."),
        readers=lazy("Niemand"),
        kept=QUARTER,
        basis=Basis.SECURITY,
        forms=("account",),
    ),
)


def items_about(subject: Subject) -> tuple[PersonalItem, ...]:
    """Everything that is kept about participants, employers, or people with an account."""
    return tuple(item for item in ITEMS if item.subject is subject)


def notice(form: str, ends_on: date | None = None) -> Notice:
    """What one form asks and what happens with it; with somebody's own end date where it is known.

    Raises NotFoundError for a form that asks nothing.
    """
    items = [item for item in ITEMS if form in item.forms]
    if not items:
        raise NotFoundError
    return Notice(form, items[0].subject, tuple(as_row(item, ends_on) for item in items))


def as_row(item: PersonalItem, ends_on: date | None = None) -> NoticeRow:
    """One kind of data as somebody reads it."""
    return NoticeRow(item.what, item.purpose, item.basis.label, item.readers, item.kept.until(ends_on))
