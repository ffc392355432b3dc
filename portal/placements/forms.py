"""Forms of placements and issues, and the sentences for what is refused."""

import secrets
from collections.abc import Iterable

from wtforms import HiddenField, SelectChoice
from wtforms.fields.core import Field

from portal.kernel.i18n import lazy_gettext as lazy
from portal.placements.issues import IssueInput
from portal.placements.models import Placement
from portal.placements.recording import PlacementInput
from portal.placements.vocabulary import IssueCategory, IssueUrgency, PlacementKind
from portal.web.errors import register_sentences
from portal.web.forms import (
    DateField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    add_error,
    no_sensitive_numbers,
    optional,
    required,
    text_length,
)

register_sentences(
    {
        "colleague_unknown": lazy("Kies een collega uit de lijst"),
        "employer_unknown": lazy("Kies een toegelaten werkgever uit de lijst"),
        "end_in_future": lazy("Deze dag moet nog komen. Leg het einde vast op de laatste dag, of later."),
        "ends_before_start": lazy("De laatste dag ligt voor de eerste dag. Kies een latere dag."),
        "hours_range": lazy("Vul een aantal uren in van %(least)s tot %(most)s"),
        "participant_unknown": lazy("Deze deelnemer is er niet (meer). Zoek opnieuw, of kies geen koppeling."),
        "person_missing": lazy("Vul een kenmerk in, of koppel een deelnemer."),
        "placement_too_long": lazy("Kies een laatste dag binnen 5 jaar, of laat hem leeg."),
        "reference_form": lazy("Een kenmerk heeft letters en cijfers, bijvoorbeeld AP-2231. Vul geen naam in."),
        "sensitive_number": lazy("Dit lijkt een BSN of V-nummer. Haal het weg; wij hebben het niet nodig."),
        "trial_needs_end": lazy("Een proefplaatsing heeft een laatste dag. Vul die in."),
        "trial_too_long": lazy("Een proefplaatsing duurt hoogstens 6 maanden. Kies een eerdere laatste dag."),
    }
)
NO_PRIVATE_MATTERS = lazy("Twee zinnen is genoeg. Schrijf niets over gezondheid, geloof of afkomst.")


def offered(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Choices for a field; their words are translated when they are shown."""
    return [SelectChoice(value, label) for value, label in pairs]


def told(form: Form, field: Field) -> None:
    """Something must be told, unless the question is to be called about something personal."""
    if not (field.data or "").strip() and form["soort"].data != IssueCategory.CALL_ME.value:
        add_error(field, lazy("Schrijf kort wat er gebeurde"))


class PlacementForm(Form):
    """A placement as the team records it."""

    werkgever = SelectField(lazy("Werkgever"), [required(lazy("Kies een werkgever"))], choices=[])
    kenmerk = StringField(
        lazy("Kenmerk"),
        [optional(), text_length(20), no_sensitive_numbers],
        description=lazy("Het kenmerk van de gemeente, bijvoorbeeld AP-2231. Nooit een BSN, V-nummer of naam."),
    )
    deelnemer = RadioField(
        lazy("Wie gaat er werken?"),
        description=lazy("Alleen het team ziet dit. De werkgever ziet het nummer en het kenmerk."),
        choices=[],
        default="",
    )
    functie = StringField(
        lazy("Functie"), [required(lazy("Vul de functie in")), text_length(120), no_sensitive_numbers]
    )
    soort = RadioField(
        lazy("Soort plaatsing"), [required(lazy("Kies een soort"))], choices=offered(PlacementKind.choices())
    )
    eerste_dag = DateField(lazy("Eerste dag"), [required(lazy("Vul de eerste dag in"))])
    laatste_dag = DateField(
        lazy("Laatste dag"), [optional()], description=lazy("Bij een proefplaatsing altijd, en hoogstens na 6 maanden.")
    )
    uren = IntegerField(lazy("Uren per week"), [optional()])
    contact = SelectField(lazy("Contactpersoon van het team"), [optional()], choices=[])
    versie = HiddenField()

    def offer(
        self,
        employers: Iterable[tuple[int, str]],
        people: Iterable[tuple[str, str]],
        colleagues: Iterable[tuple[int, str]],
    ) -> None:
        """The companies, the people that were found and the colleagues who can be chosen."""
        self.werkgever.choices = offered(
            [("", lazy("Kies een werkgever")), *((str(key), name) for key, name in employers)]
        )
        self.deelnemer.choices = offered([("", lazy("Geen koppeling")), *people])
        self.contact.choices = offered([("", lazy("Nog niemand")), *((str(key), name) for key, name in colleagues)])

    def employer_id(self) -> int:
        """The company that was chosen."""
        return int(self.werkgever.data)

    def to_input(self) -> PlacementInput:
        """What the command needs."""
        starts_on = self.eerste_dag.data
        if starts_on is None:
            raise ValueError("the first day is required")
        return PlacementInput(
            reference=(self.kenmerk.data or "").strip() or None,
            participant_id=_number(self.deelnemer.data),
            job_title=" ".join((self.functie.data or "").split()),
            kind=PlacementKind(self.soort.data),
            starts_on=starts_on,
            ends_on=self.laatste_dag.data,
            hours=self.uren.data,
            team_contact_id=_number(self.contact.data),
        )

    def version(self) -> int:
        """The version that the writer saw; nonsense is a stale edit."""
        return _number(self.versie.data) or 0


def filled_placement_form(placement: Placement) -> dict[str, object]:
    """The values with which the form about an existing placement opens."""
    return {
        "werkgever": str(placement.employer_id),
        "kenmerk": placement.reference or "",
        "deelnemer": str(placement.participant_id or ""),
        "functie": placement.job_title,
        "soort": placement.kind.value,
        "eerste_dag": placement.starts_on,
        "laatste_dag": placement.ends_on,
        "uren": placement.hours,
        "contact": str(placement.team_contact_id or ""),
        "versie": str(placement.details_version),
    }


class EndForm(Form):
    """How a placement ended."""

    afloop = RadioField(
        lazy("Hoe liep het af?"),
        [required(lazy("Kies hoe het afliep"))],
        choices=offered(
            [
                ("convert", lazy("Er kwam een contract")),
                ("end", lazy("De afgesproken tijd is om")),
                ("stop", lazy("Het stopte eerder")),
            ]
        ),
    )
    dag = DateField(lazy("Laatste dag"), [required(lazy("Vul de laatste dag in"))])
    reden = TextAreaField(
        lazy("Waarom?"),
        [optional(), text_length(600), no_sensitive_numbers],
        description=lazy("Nodig als het eerder stopte. Schrijf niets over gezondheid, geloof of afkomst."),
    )


class IssueForm(Form):
    """Something that an employer reports."""

    spoed = RadioField(
        lazy("Hoe snel moet iemand bellen?"), [required(lazy("Kies hoe snel"))], choices=offered(IssueUrgency.choices())
    )
    soort = RadioField(
        lazy("Waar gaat het over?"),
        [required(lazy("Kies waar het over gaat"))],
        choices=offered(IssueCategory.choices()),
    )
    gebeurd = TextAreaField(
        lazy("Wat gebeurde er?"), [text_length(2000), no_sensitive_numbers, told], description=NO_PRIVATE_MATTERS
    )
    bespreken = RadioField(
        lazy("Mogen wij het met uw medewerker bespreken?"),
        [required(lazy("Kies een antwoord"))],
        choices=offered([("ja", lazy("Ja, dat is goed")), ("nee", lazy("Bel mij eerst"))]),
    )
    bellen = StringField(
        lazy("Wanneer kunnen we u bellen?"),
        [optional(), text_length(120), no_sensitive_numbers],
        description=lazy("Bijvoorbeeld: na 15.00 uur."),
    )
    sleutel = HiddenField()

    def to_input(self) -> IssueInput:
        """What the command needs."""
        return IssueInput(
            category=IssueCategory(self.soort.data),
            urgency=IssueUrgency(self.spoed.data),
            text=(self.gebeurd.data or "").strip(),
            may_discuss=self.bespreken.data == "ja",
            call_when=self.bellen.data or None,
            form_key=(self.sleutel.data or "")[:40] or new_form_key(),
        )


class MessageForm(Form):
    """A next message in a thread."""

    bericht = TextAreaField(
        lazy("Uw bericht"),
        [required(lazy("Schrijf kort wat u wilt zeggen")), text_length(2000), no_sensitive_numbers],
        description=NO_PRIVATE_MATTERS,
    )


class ObjectionForm(Form):
    """Why something is not solved after all."""

    bericht = TextAreaField(
        lazy("Wat gaat er nog niet goed?"),
        [required(lazy("Schrijf kort wat er nog niet goed gaat")), text_length(2000), no_sensitive_numbers],
        description=NO_PRIVATE_MATTERS,
    )


class SolutionForm(Form):
    """What was agreed, to close an issue."""

    oplossing = TextAreaField(
        lazy("Wat is er afgesproken?"),
        [required(lazy("Schrijf kort wat er is afgesproken")), text_length(2000), no_sensitive_numbers],
        description=lazy("De werkgever leest dit. Schrijf niets over gezondheid, geloof of afkomst."),
    )


def new_form_key() -> str:
    """A key for one report, made with the form."""
    return secrets.token_urlsafe(18)


def _number(text: str | None) -> int | None:
    text = text or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
