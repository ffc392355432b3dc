"""Forms in which employers and the team write down a tour, and the team and coaches say who comes."""

from datetime import datetime, timedelta

from wtforms import IntegerField
from wtforms.validators import ValidationError

import portal.events.forms
from portal.events.models import Tour
from portal.events.rules import MOST_PLACES
from portal.events.tour_rules import RULES
from portal.events.tours import TourInput
from portal.events.vocabulary import InterpreterLanguage, Visibility
from portal.kernel.clock import from_local, local
from portal.kernel.i18n import gettext as _
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.levels import LanguageLevel
from portal.participants.models import Participant
from portal.participants.staff_forms import PersonForm, filled
from portal.participants.vocabulary import TourSubject
from portal.web.forms import (
    BooleanField,
    DateField,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    add_error,
    choices,
    no_sensitive_numbers,
    optional,
    required,
    text_length,
)

__all__ = ["FIELDS", "CancelForm", "DeclineForm", "GroupForm", "HelpedPersonForm", "PlacesForm", "PlanForm", "TourForm"]

sentences = portal.events.forms  # the sentences for refusals are registered there
TYPED = "naam"
EARLIER = timedelta(minutes=10)
FIELDS = {
    "be_there_after_start": "aanwezig",
    "be_there_too_early": "aanwezig",
    "below_taken": "plekken",
    "capacity_invalid": "plekken",
    "end_before_start": "einde",
    "interpreter_unknown": "tolken",
    "rule_unknown": "regels",
    "tour_employer_not_approved": "werkgever",
    "tour_in_past": "dag",
}


class PlacesField(StringField):
    """A number of places; `number` is its value."""

    number: int = 0

    def post_validate(self, form: object, validation_stopped: bool) -> None:
        """Read the number; letters, none and too many get the same sentence."""
        text = (self.data or "").strip()
        self.number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
        if not validation_stopped and not 1 <= self.number <= MOST_PLACES:
            raise ValidationError(_("Vul een aantal in van 1 tot %(most)s, bijvoorbeeld 10", most=MOST_PLACES))


class PlacesForm(Form):
    """Another number of places."""

    plekken = PlacesField(lazy("Hoeveel mensen kunnen mee?"), [required(lazy("Vul een aantal in"))])


class TourForm(Form):
    """A tour as an employer proposes it."""

    titel = StringField(
        lazy("Hoe heet de rondleiding?"),
        [filled(lazy("Vul een titel in")), text_length(120), no_sensitive_numbers],
        description=lazy("Zeg wat mensen gaan zien. Bijvoorbeeld: kijken hoe brood gemaakt wordt."),
    )
    omschrijving = TextAreaField(
        lazy("Wat gaan mensen zien en doen?"),
        [optional(), text_length(2000), no_sensitive_numbers],
        description=lazy("Twee of drie korte zinnen is genoeg. Schrijf zoals u praat."),
    )
    dag = DateField(lazy("Op welke dag?"), [required(lazy("Vul de dag in"))])
    begin = TimeField(lazy("Hoe laat begint het?"), [required(lazy("Vul in hoe laat het begint"))])
    einde = TimeField(lazy("Hoe laat is het klaar?"), [required(lazy("Vul in hoe laat het klaar is"))])
    aanwezig = TimeField(
        lazy("Hoe laat moeten mensen er zijn?"),
        [optional()],
        description=lazy("Leeg: 10 minuten voor het begin."),
    )
    plaats = StringField(
        lazy("Waar komen mensen binnen?"),
        [filled(lazy("Vul in waar mensen moeten zijn")), text_length(240), no_sensitive_numbers],
        description=lazy("Straat, nummer, plaats, en welke deur."),
    )
    wijk = StringField(
        lazy("In welke wijk of welk dorp?"), [optional(), text_length(80)], description=lazy("Bijvoorbeeld Ugchelen.")
    )
    plekken = PlacesField(
        lazy("Hoeveel mensen kunnen mee?"),
        [required(lazy("Vul in hoeveel mensen mee kunnen"))],
        description=lazy("8 tot 12 werkt het best: iedereen ziet alles en kan iets vragen."),
    )
    niveau = RadioField(lazy("Hoeveel Nederlands is handig?"), [optional()])
    tolken = SelectMultipleField(lazy("Zijn er tolken?"), [optional()], validate_choice=False)
    regels = SelectMultipleField(lazy("Welke regels gelden bij u?"), [optional()], validate_choice=False)
    meenemen = StringField(lazy("Wat nemen mensen mee?"), [optional(), text_length(400), no_sensitive_numbers])
    vervoer = StringField(lazy("Hoe komen mensen er?"), [optional(), text_length(400), no_sensitive_numbers])
    toegankelijkheid = StringField(
        lazy("Kan het met een rolstoel of kinderwagen?"), [optional(), text_length(400), no_sensitive_numbers]
    )
    weten = TextAreaField(
        lazy("Wat moeten mensen verder weten?"), [optional(), text_length(2000), no_sensitive_numbers]
    )
    versie = IntegerField(default=1)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.niveau.choices = choices((*LanguageLevel.choices(), ("", lazy("Dat maakt niet uit"))))
        self.niveau.data = self.niveau.data or ""
        self.tolken.choices = choices(InterpreterLanguage.choices())
        self.regels.choices = choices((rule.key, rule.text) for rule in RULES.values())

    def to_input(self, *, visibility: Visibility = Visibility.PUBLIC, subject: str | None = None) -> TourInput:
        """What the command needs. The form holds good values."""
        starts_at = self._at(self.begin)
        return TourInput(
            title=str(self.titel.data).strip(),
            starts_at=starts_at,
            ends_at=self._at(self.einde),
            be_there_at=self._at(self.aanwezig) if self.aanwezig.value else starts_at - EARLIER,
            meeting_point=str(self.plaats.data).strip(),
            capacity=self.plekken.number,
            description=(self.omschrijving.data or "").strip(),
            district=(self.wijk.data or "").strip(),
            transport=(self.vervoer.data or "").strip() or None,
            accessibility=(self.toegankelijkheid.data or "").strip() or None,
            good_to_know=(self.weten.data or "").strip() or None,
            bring=(self.meenemen.data or "").strip() or None,
            rules=tuple(self.regels.data or ()),
            interpreters=tuple(self.tolken.data or ()),
            level=LanguageLevel(self.niveau.data) if self.niveau.data else None,
            subject=subject,
            visibility=visibility,
        )

    def _at(self, field: TimeField) -> datetime:
        if self.dag.data is None or field.value is None:
            raise ValueError("the form was not checked")
        return from_local(self.dag.data, field.value)


class TeamTourForm(TourForm):
    """A tour as the team works it out."""

    onderwerp = SelectField(
        lazy("Bij welke wens past dit?"),
        [optional()],
        description=lazy("Wie dit wenst, staat dan klaar om aan te melden."),
    )
    zichtbaarheid = RadioField(lazy("Wie kan deze rondleiding vinden?"), default=Visibility.PUBLIC.value)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.onderwerp.choices = choices((("", lazy("Geen")), *TourSubject.choices()))
        self.zichtbaarheid.choices = choices(Visibility.choices())

    def to_team_input(self) -> TourInput:
        """What the command needs."""
        return self.to_input(visibility=Visibility(self.zichtbaarheid.data), subject=self.onderwerp.data or None)


class PlanForm(TeamTourForm):
    """The same, and at which company."""

    werkgever = SelectField(lazy("Bij welk bedrijf?"), [required(lazy("Kies een bedrijf"))], validate_choice=False)

    def offer(self, employers: list[tuple[int, str]]) -> None:
        """The approved companies to choose from."""
        self.werkgever.choices = [("", _("Kies een bedrijf")), *((str(id_), name) for id_, name in employers)]

    @property
    def employer_id(self) -> int:
        """The chosen company; 0 exists nowhere."""
        return _number(self.werkgever.data) or 0


class DeclineForm(Form):
    """Why a proposal is not taken over."""

    reden = TextAreaField(
        lazy("Waarom niet?"),
        [filled(lazy("Schrijf kort waarom")), text_length(1000), no_sensitive_numbers],
        description=lazy("De werkgever leest dit. Zeg ook wat wel kan."),
    )


class CancelForm(Form):
    """Why a tour does not take place."""

    reden = TextAreaField(
        lazy("Waarom gaat het niet door?"),
        [filled(lazy("Schrijf kort waarom")), text_length(1000), no_sensitive_numbers],
        description=lazy("De werkgever leest dit. Schrijf niets over gezondheid, geloof of afkomst."),
    )


class HelpedPersonForm(PersonForm):
    """Somebody new for a tour, with who helps this person."""

    helper = SelectField(lazy("Wie helpt deze persoon?"), [optional()])
    coach = StringField(
        lazy("Of de naam van een coach zonder account"), [optional(), text_length(120), no_sensitive_numbers]
    )
    tolk = RadioField(lazy("Wil deze persoon een tolk?"), [optional()])

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.tolk.choices = choices((("ja", lazy("Ja")), ("nee", lazy("Nee")), ("", lazy("Dat weten we nog niet"))))
        self.tolk.data = self.tolk.data or ""

    def offer(self, coaches: list[tuple[int, str]]) -> None:
        """The coaches with an account to choose from."""
        self.names = dict(coaches)
        self.helper.choices = [("", _("Het werkgeversteam")), *((str(id_), name) for id_, name in coaches)]

    def helper_of(self) -> tuple[int | None, str | None]:
        """The account of the coach, if any, and the name."""
        coach_id = _number(self.helper.data)
        if coach_id in self.names:
            return coach_id, self.names[coach_id]
        return None, (self.coach.data or "").strip() or None

    @property
    def wants_interpreter(self) -> bool | None:
        """The answer, when there is one."""
        return {"ja": True, "nee": False}.get(self.tolk.data or "")


class CoachForm(Form):
    """Who helps somebody from now on."""

    helper = SelectField(lazy("Coach"), [optional()])

    def offer(self, coaches: list[tuple[int, str]], person: Participant) -> None:
        """The coaches with an account; a name without an account stays a choice."""
        self.names = {str(id_): name for id_, name in coaches}
        if person.coach_name and person.coach_id is None:
            self.names = {TYPED: person.coach_name} | self.names
        self.helper.choices = [("", _("Niemand, het team belt zelf")), *self.names.items()]

    def chosen(self) -> tuple[int | None, str | None]:
        """The account of the coach, if any, and the name."""
        value = self.helper.data or ""
        return _number(value), self.names.get(value)


class GroupForm(Form):
    """A coach registers several people at once."""

    mensen = SelectMultipleField(lazy("Wie gaat mee?"), coerce=int, validate_choice=False)
    rondleiding = SelectField(lazy("Naar welke rondleiding?"), validate_choice=False)
    besproken = BooleanField(lazy("Ik heb het met hen besproken en zij willen mee"))

    def offer(self, tours: list[tuple[int, str]]) -> None:
        """The tours that are open for registering."""
        self.tour_ids = {id_ for id_, _text in tours}
        self.rondleiding.choices = [("", _("Kies een rondleiding")), *((str(id_), text) for id_, text in tours)]

    @property
    def tour_id(self) -> int | None:
        """The chosen tour, when it is one of the list."""
        number = _number(self.rondleiding.data)
        return number if number in self.tour_ids else None

    def validate(self, extra_validators: object = None) -> bool:
        """Somebody, a tour, and their own yes."""
        good = bool(super().validate(extra_validators=extra_validators))
        if not self.mensen.data:
            add_error(self.mensen, _("Vink eerst aan wie meegaat"))
        if self.tour_id is None:
            add_error(self.rondleiding, _("Kies een rondleiding"))
        if not self.besproken.data:
            add_error(self.besproken, _("Bespreek het eerst met hen. Zet dan hier een vinkje."))
        return good and not (self.mensen.errors or self.rondleiding.errors or self.besproken.errors)


def held_tour(tour: Tour) -> dict[str, object]:
    """What a form of this tour holds before anybody types."""
    return {
        "titel": tour.title,
        "omschrijving": tour.description,
        "dag": local(tour.starts_at).date(),
        "begin": _clock(tour.starts_at),
        "einde": _clock(tour.ends_at),
        "aanwezig": _clock(tour.be_there_at),
        "plaats": tour.meeting_point,
        "wijk": tour.district,
        "plekken": str(tour.capacity),
        "niveau": tour.level or "",
        "tolken": list(tour.interpreters),
        "regels": list(tour.rules),
        "meenemen": tour.bring or "",
        "vervoer": tour.transport or "",
        "toegankelijkheid": tour.accessibility or "",
        "weten": tour.good_to_know or "",
        "onderwerp": tour.subject or "",
        "zichtbaarheid": tour.visibility.value,
        "versie": tour.details_version,
    }


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 12 else None


def _clock(moment: datetime) -> str:
    return f"{local(moment):%H.%M}"
