"""Forms in which the team plans a fair and its floor, and the sentences for their refusals."""

from collections.abc import Mapping
from datetime import datetime

from wtforms.validators import ValidationError

from portal.events.fair_lines import (
    Reading,
    metres,
    read_exceptions,
    read_metres,
    read_stands,
    read_zones,
    write_exceptions,
    write_zones,
)
from portal.events.fair_rules import MOST_METRES, MOST_PER_SECTOR, StandPlace, Zone
from portal.events.job_fairs import FairInput
from portal.events.models import JobFair, Stand
from portal.events.vocabulary import Visibility
from portal.kernel.clock import from_local, local
from portal.kernel.i18n import gettext as _
from portal.kernel.i18n import lazy_gettext as lazy
from portal.web.errors import register_sentences
from portal.web.forms import (
    BooleanField,
    DateField,
    Form,
    RadioField,
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

register_sentences(
    {
        "build_up_after_start": lazy("Opbouwen begint vóór de werkmarkt, hoogstens een dag eerder."),
        "fair_end_before_start": lazy("Het einde moet na het begin komen."),
        "fair_ended": lazy("Deze werkmarkt is al geweest."),
        "fair_in_past": lazy("Kies een dag en een tijd die nog komen."),
        "fair_without_stands": lazy("Er zijn nog geen stands. Zet er eerst een op de plattegrond."),
        "hall_size_invalid": lazy("Vul een breedte en een diepte in van 1 tot %(most)s meter."),
        "sector_limit_invalid": lazy("Kies een aantal van 1 tot %(most)s."),
        "stand_booked": lazy("Deze stand is geboekt. Geef hem eerst vrij."),
        "stand_number_booked": lazy("Deze stand is geboekt en houdt zijn nummer."),
        "stand_number_double": lazy("Stand %(number)s is er al. Geef elke stand een eigen nummer."),
        "stand_outside_hall": lazy("Stand %(number)s past niet in de zaal. Kijk naar de plek en de maten."),
        "stand_power_needed": lazy("Het bedrijf op deze stand heeft stroom nodig."),
        "stand_size_invalid": lazy("Geef stand %(number)s een nummer, een breedte en een diepte boven nul."),
        "stands_overlap": lazy(
            "Stand %(number)s en stand %(other)s staan op elkaar. Geef een van de twee een andere plek."
        ),
        "stands_too_many": lazy("Hoogstens %(most)s stands op een werkmarkt."),
    }
)
FAIR_FIELDS = {
    "build_up_after_start": "opbouw",
    "fair_end_before_start": "einde",
    "fair_in_past": "dag",
    "hall_size_invalid": "breedte",
    "sector_limit_invalid": "per_branche",
    "stand_outside_hall": "breedte",
}
STANDS_FIELDS = dict.fromkeys(
    ("stand_number_double", "stand_outside_hall", "stand_size_invalid", "stands_overlap", "stands_too_many"), "stands"
)
STAND_FIELDS = {
    "stand_number_booked": "nummer",
    "stand_number_double": "nummer",
    "stand_outside_hall": "x",
    "stand_power_needed": "stroom",
    "stand_size_invalid": "breedte",
    "stands_overlap": "x",
}
METRES = lazy("Vul een maat in meters in, bijvoorbeeld 2,5")


class MetresField(StringField):
    """A length in metres, with a comma or a point; `metres` is its value."""

    metres: float = 0.0

    def post_validate(self, form: object, validation_stopped: bool) -> None:
        """Read the length."""
        found = read_metres(self.data or "")
        if not validation_stopped and (found is None or found > MOST_METRES):
            raise ValidationError(str(METRES))
        self.metres = found or 0.0


class NumberField(StringField):
    """A whole number; `number` is its value."""

    number: int = 0

    def post_validate(self, form: object, validation_stopped: bool) -> None:
        """Read the number."""
        text = (self.data or "").strip()
        self.number = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
        if not validation_stopped and self.number < 1:
            raise ValidationError(_("Vul een getal in, bijvoorbeeld 1"))


class FairForm(Form):
    """A fair as the team plans it."""

    titel = StringField(lazy("Hoe heet de werkmarkt?"), [required(lazy("Vul een titel in")), text_length(120)])
    uitleg = TextAreaField(
        lazy("Wat kunnen mensen er doen?"),
        [optional(), text_length(2000), no_sensitive_numbers],
        description=lazy("Een paar korte zinnen. Iedereen leest dit, ook mensen die net Nederlands leren."),
    )
    dag = DateField(lazy("Op welke dag?"), [required(lazy("Vul de dag in"))])
    begin = TimeField(lazy("Hoe laat begint het?"), [required(lazy("Vul in hoe laat het begint"))])
    einde = TimeField(lazy("Hoe laat is het klaar?"), [required(lazy("Vul in hoe laat het klaar is"))])
    opbouw = TimeField(lazy("Vanaf hoe laat kunnen bedrijven opbouwen?"), [optional()])
    plek = StringField(lazy("In welk gebouw?"), [required(lazy("Vul de naam van het gebouw in")), text_length(160)])
    adres = StringField(lazy("Straat, nummer en plaats"), [required(lazy("Vul het adres in")), text_length(160)])
    wijk = StringField(
        lazy("In welke wijk of welk dorp?"),
        [optional(), text_length(80)],
        description=lazy("Dit is alles wat mensen zonder code van de plek zien."),
    )
    breedte = MetresField(lazy("Breedte van de zaal in meters"), [required(METRES)])
    diepte = MetresField(lazy("Diepte van de zaal in meters"), [required(METRES)])
    zones = TextAreaField(
        lazy("Wat staat er nog meer in de zaal?"),
        [optional(), text_length(2000)],
        description=lazy("Eén per regel: x; y; breedte; diepte; naam. Bijvoorbeeld: 16; 10; 8; 6; koffie"),
    )
    per_branche = NumberField(
        lazy("Hoeveel bedrijven uit elke branche?"), [required(lazy("Vul een aantal in"))], default="1"
    )
    uitzonderingen = TextAreaField(
        lazy("Uitzonderingen"),
        [optional(), text_length(2000)],
        description=lazy("Eén per regel: branche; aantal. Bijvoorbeeld: Ouderenzorg; 2"),
    )
    zichtbaarheid = RadioField(lazy("Wie kan deze werkmarkt vinden?"), default=Visibility.PUBLIC.value)
    versie = StringField(default="1")

    def __init__(self, sectors: Mapping[str, str], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._sectors = sectors
        self.zichtbaarheid.choices = choices(Visibility.choices())

    @classmethod
    def of(cls, fair: JobFair, sectors: Mapping[str, str]) -> "FairForm":
        """The form filled with a fair."""
        values = {
            "titel": fair.title,
            "uitleg": fair.description,
            "dag": local(fair.starts_at).date(),
            "begin": _clock(fair.starts_at),
            "einde": _clock(fair.ends_at),
            "opbouw": _clock(fair.build_up_at) if fair.build_up_at else "",
            "plek": fair.place,
            "adres": fair.address,
            "wijk": fair.district,
            "breedte": metres(fair.hall_width),
            "diepte": metres(fair.hall_depth),
            "zones": write_zones(fair.zones),
            "per_branche": str(fair.max_per_sector),
            "uitzonderingen": write_exceptions(fair.sector_exceptions, sectors),
            "zichtbaarheid": fair.visibility.value,
            "versie": str(fair.details_version),
        }
        return cls(sectors, data=values)

    def validate(self, extra_validators: object = None) -> bool:
        """The lists must be readable."""
        good = bool(super().validate(extra_validators=extra_validators))
        for field, unreadable in ((self.zones, self._zones()), (self.uitzonderingen, self._exceptions())):
            good = _readable(field, unreadable) and good
        if any(not 1 <= limit <= MOST_PER_SECTOR for _key, limit in self._exceptions().found):
            add_error(self.uitzonderingen, _("Kies een aantal van 1 tot %(most)s.", most=MOST_PER_SECTOR))
            good = False
        return good

    @property
    def version(self) -> int:
        """Which version of the fair was on the screen."""
        text = self.versie.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0

    def to_input(self) -> FairInput:
        """What the command needs. The form holds good values."""
        return FairInput(
            title=str(self.titel.data).strip(),
            description=(self.uitleg.data or "").strip(),
            starts_at=self._at(self.begin),
            ends_at=self._at(self.einde),
            build_up_at=self._at(self.opbouw) if self.opbouw.value else None,
            place=str(self.plek.data).strip(),
            address=str(self.adres.data).strip(),
            district=(self.wijk.data or "").strip(),
            hall_width=self.breedte.metres,
            hall_depth=self.diepte.metres,
            zones=self._zones().found,
            max_per_sector=self.per_branche.number,
            sector_exceptions=dict(self._exceptions().found),
            visibility=Visibility(self.zichtbaarheid.data),
        )

    def _zones(self) -> Reading[Zone]:
        return read_zones(self.zones.data or "")

    def _exceptions(self) -> Reading[tuple[str, int]]:
        return read_exceptions(self.uitzonderingen.data or "", self._sectors)

    def _at(self, field: TimeField) -> datetime:
        if self.dag.data is None or field.value is None:
            raise ValueError("the form was not checked")
        return from_local(self.dag.data, field.value)


class StandsForm(Form):
    """Many stands at once."""

    stands = TextAreaField(
        lazy("Stands"),
        [required(lazy("Schrijf minstens één stand op"))],
        description=lazy(
            "Eén per regel: nummer; x; y; breedte; diepte; stroom. In meters, vanaf de hoek linksboven."
            " Bijvoorbeeld: 1; 1; 0,5; 3; 2; ja. U kunt ook plakken uit Excel."
        ),
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Every line must be readable."""
        good = bool(super().validate(extra_validators=extra_validators))
        return _readable(self.stands, read_stands(self.stands.data or "")) and good

    @property
    def places(self) -> tuple[StandPlace, ...]:
        """The stands that were written down."""
        return read_stands(self.stands.data or "").found


class StandForm(Form):
    """One stand."""

    nummer = NumberField(lazy("Nummer"), [required(lazy("Vul een nummer in"))])
    x = MetresField(
        lazy("Meters vanaf de linkerkant"), [required(METRES)], description=lazy("Van de hoek linksboven naar rechts.")
    )
    y = MetresField(
        lazy("Meters vanaf de bovenkant"), [required(METRES)], description=lazy("Van de hoek linksboven naar beneden.")
    )
    breedte = MetresField(lazy("Breedte in meters"), [required(METRES)])
    diepte = MetresField(lazy("Diepte in meters"), [required(METRES)])
    stroom = BooleanField(lazy("Met stroom"))

    @classmethod
    def of(cls, stand: Stand) -> "StandForm":
        """The form filled with a stand."""
        lengths = {"x": stand.x, "y": stand.y, "breedte": stand.width, "diepte": stand.depth}
        written = {name: metres(value) for name, value in lengths.items()}
        return cls(data={"nummer": str(stand.number), "stroom": stand.has_power, **written})

    @property
    def place(self) -> StandPlace:
        """Where the stand goes."""
        return StandPlace(
            self.nummer.number,
            self.x.metres,
            self.y.metres,
            self.breedte.metres,
            self.diepte.metres,
            bool(self.stroom.data),
        )


class ReasonForm(Form):
    """Why a fair is cancelled or a stand is freed."""

    reden = TextAreaField(
        lazy("Waarom?"),
        [required(lazy("Schrijf kort waarom")), text_length(1000), no_sensitive_numbers],
        description=lazy("De werkgever leest dit. Schrijf niets over gezondheid, geloof of afkomst."),
    )


def _readable(field: StringField, reading: Reading[object]) -> bool:
    for line in reading.unreadable[:3]:
        add_error(field, _("Regel %(line)s is niet te lezen. Schrijf hem zoals het voorbeeld.", line=line))
    return not reading.unreadable


def _clock(moment: datetime) -> str:
    return f"{local(moment):%H.%M}"
