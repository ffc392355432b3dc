"""Forms of stories, consent and introductions, and the sentences for what is refused."""

from collections.abc import Iterable

from wtforms import HiddenField, SelectChoice
from wtforms.fields.core import Field
from wtforms.validators import NumberRange

from portal.kernel.i18n import LazyString
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.levels import LanguageLevel
from portal.stories.consents import ConsentInput
from portal.stories.models import Story
from portal.stories.rules import MAX_HOURS, MIN_HOURS, lines
from portal.stories.vocabulary import ReadingLanguage
from portal.stories.writing import StoryInput
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
        "consent_in_future": lazy("Deze dag moet nog komen. Vul de dag in waarop de persoon ja zei."),
        "consent_missing": lazy("Leg eerst de toestemming vast. Zonder toestemming leest niemand dit verhaal."),
        "consent_other_text": lazy("De tekst is veranderd. Lees hem opnieuw voor en leg de toestemming opnieuw vast."),
        "consent_over": lazy("Deze toestemming is voorbij. Vraag het opnieuw en kies een dag die nog komt."),
        "consent_too_long": lazy("Een toestemming geldt hoogstens 12 maanden. Kies een eerdere dag."),
        "hours_range": lazy("Vul een aantal uren in van %(least)s tot %(most)s"),
        "introduction_not_approved": lazy("Kennismaken kan zodra het team het bedrijf heeft toegelaten."),
        "participant_unknown": lazy("Deze deelnemer is er niet (meer). Zoek opnieuw, of kies geen koppeling."),
        "second_person_needed": lazy(
            "U schreef of wijzigde dit verhaal zelf. Vraag een collega om het te lezen en vrij te geven."
        ),
        "sector_unknown": lazy("Kies een branche uit de lijst"),
        "sensitive_number": lazy("Dit lijkt een BSN of V-nummer. Haal het weg; wij hebben het niet nodig."),
        "three_lists_needed": lazy("Vul alle drie de lijsten in: wat gaat goed, wat vraagt aandacht, wat staat klaar."),
    }
)
ONE_PER_LINE = lazy("Eén per regel.")
LISTS = ("gaat_goed", "aandacht", "staat_klaar")
LINE_LENGTH = 120


def offered(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Choices for a field; their words are translated when they are shown."""
    return [SelectChoice(value, label) for value, label in pairs]


def one_per_line(form: Form, field: Field) -> None:
    """At least one line, and none too long for a list."""
    found = lines(field.data or "")
    if not found:
        add_error(field, lazy("Vul minstens één regel in"))
    if any(len(line) > LINE_LENGTH for line in found):
        add_error(field, lazy("Maak elke regel korter dan 120 tekens"))
    if len(found) > 8:
        add_error(field, lazy("Kies hoogstens 8 regels"))


def _list(label: LazyString, hint: LazyString) -> TextAreaField:
    first = required(lazy("Vul minstens één regel in"))
    return TextAreaField(label, [first, no_sensitive_numbers, one_per_line], description=hint)


class StoryForm(Form):
    """A story as the team writes it."""

    branche = SelectField(lazy("Branche"), [required(lazy("Kies een branche uit de lijst"))], choices=[])
    kop = StringField(
        lazy("Kop"),
        [required(lazy("Schrijf één zin als kop")), text_length(160), no_sensitive_numbers],
        description=lazy("Eén zin over wat iemand kan. Geen naam, land, leeftijd of werkgever."),
    )
    tekst = TextAreaField(
        lazy("Verhaal"),
        [required(lazy("Schrijf het verhaal in een paar zinnen")), text_length(2500), no_sensitive_numbers],
        description=lazy("Vijf tot tien korte zinnen. Schrijf niets over gezondheid, geloof of afkomst."),
    )
    gaat_goed = _list(lazy("Wat gaat goed?"), ONE_PER_LINE)
    aandacht = _list(lazy("Wat heeft aandacht nodig?"), lazy("Eén per regel. Eerlijk, nooit een diagnose."))
    staat_klaar = _list(lazy("Wat staat klaar aan hulp?"), ONE_PER_LINE)
    zoekt = TextAreaField(
        lazy("Wat zoekt deze persoon?"),
        [required(lazy("Schrijf in één zin wat iemand zoekt")), text_length(400), no_sensitive_numbers],
    )
    spreken = RadioField(
        lazy("Praten en luisteren"), [required(lazy("Kies een niveau"))], choices=offered(LanguageLevel.choices())
    )
    schrijven = RadioField(
        lazy("Lezen en schrijven"), [required(lazy("Kies een niveau"))], choices=offered(LanguageLevel.choices())
    )
    uren = IntegerField(
        lazy("Uren per week"),
        [
            required(lazy("Vul een aantal uren in")),
            NumberRange(MIN_HOURS, MAX_HOURS, message=lazy("Vul een aantal uren in van 4 tot 40")),
        ],
    )
    versie = HiddenField()

    def offer(self, sectors: Iterable[tuple[int, str]]) -> None:
        """The sectors that can be chosen."""
        self.branche.choices = offered(
            [("", lazy("Kies een branche")), *((str(number), name) for number, name in sectors)]
        )

    def to_input(self) -> StoryInput:
        """What the command needs."""
        return StoryInput(
            sector_id=int(self.branche.data),
            heading=" ".join((self.kop.data or "").split()),
            body=(self.tekst.data or "").strip().replace("\r\n", "\n"),
            goes_well=lines(self.gaat_goed.data or ""),
            attention=lines(self.aandacht.data or ""),
            support=lines(self.staat_klaar.data or ""),
            seeks=(self.zoekt.data or "").strip(),
            speaking=LanguageLevel(self.spreken.data),
            writing=LanguageLevel(self.schrijven.data),
            hours=self.uren.data or 0,
        )

    def version(self) -> int:
        """The version that the writer saw; nonsense is a stale edit."""
        text = self.versie.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def filled_story_form(story: Story) -> dict[str, object]:
    """The values with which the form about an existing story opens."""
    return {
        "branche": str(story.sector_id),
        "kop": story.heading,
        "tekst": story.body,
        "gaat_goed": "\n".join(story.goes_well),
        "aandacht": "\n".join(story.attention),
        "staat_klaar": "\n".join(story.support),
        "zoekt": story.seeks,
        "spreken": story.speaking.value,
        "schrijven": story.writing.value,
        "uren": story.hours,
        "versie": str(story.details_version),
    }


class ConsentForm(Form):
    """The yes of a person to a story that was read out."""

    deelnemer = RadioField(
        lazy("Over wie gaat het?"),
        description=lazy("Alleen het team ziet dit. Zonder koppeling kan ook."),
        choices=[],
        default="",
    )
    gegeven_op = DateField(lazy("Op welke dag zei de persoon ja?"), [required(lazy("Vul de dag in"))])
    geldt_tot = DateField(
        lazy("Tot en met welke dag geldt het?"),
        [required(lazy("Vul de laatste dag in"))],
        description=lazy("Hoogstens 12 maanden. Daarna haalt het portaal het verhaal zelf weg."),
    )
    taal = SelectField(
        lazy("In welke taal is het verhaal voorgelezen?"),
        [required(lazy("Kies de taal"))],
        choices=offered([("", lazy("Kies een taal")), *ReadingLanguage.choices()]),
    )
    tekstversie = HiddenField()

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        """The people who can be chosen; the first choice is nobody."""
        self.deelnemer.choices = offered([("", lazy("Geen koppeling")), *people])

    def to_input(self) -> ConsentInput:
        """What the command needs."""
        person = self.deelnemer.data or ""
        version = self.tekstversie.data or ""
        given_on, ends_on = self.gegeven_op.data, self.geldt_tot.data
        if given_on is None or ends_on is None:
            raise ValueError("both days are required")
        return ConsentInput(
            given_on=given_on,
            ends_on=ends_on,
            language=ReadingLanguage(self.taal.data),
            text_version=int(version) if version.isascii() and version.isdecimal() and len(version) < 9 else 0,
            participant_id=int(person) if person.isascii() and person.isdecimal() else None,
        )


class IntroductionForm(Form):
    """An employer asks to meet."""

    bericht = TextAreaField(
        lazy("Wat voor werk hebt u?"),
        [optional(), text_length(600), no_sensitive_numbers],
        description=lazy("Twee zinnen is genoeg. Schrijf niets over gezondheid, geloof of afkomst."),
    )


class PlanForm(Form):
    """What the employer hears when the meeting goes on."""

    afspraak = TextAreaField(
        lazy("Waar en wanneer?"),
        [required(lazy("Schrijf waar en wanneer de kennismaking is")), text_length(1000), no_sensitive_numbers],
        description=lazy("De werkgever krijgt deze tekst. Schrijf geen naam van de deelnemer."),
    )


class DeclineForm(Form):
    """What the employer hears when it does not."""

    uitleg = TextAreaField(
        lazy("Wat zegt u tegen de werkgever?"),
        [required(lazy("Schrijf kort waarom het niet doorgaat")), text_length(1000), no_sensitive_numbers],
        description=lazy("Kort en zonder privézaken, bijvoorbeeld: deze persoon begint binnenkort ergens anders."),
    )


class RemarkForm(Form):
    """What a colleague should change before a story can be released."""

    opmerking = TextAreaField(
        lazy("Wat moet er anders?"),
        [required(lazy("Schrijf kort wat er anders moet")), text_length(600), no_sensitive_numbers],
    )
