"""Forms for booking a stand, and the sentences for their refusals."""

from collections.abc import Sequence

from portal.events.fair_lines import metres
from portal.events.stand_queries import StandRow
from portal.events.stands import StandWish
from portal.kernel.i18n import gettext as _
from portal.kernel.i18n import lazy_gettext as lazy
from portal.web.errors import register_sentences
from portal.web.forms import (
    BooleanField,
    Form,
    RadioField,
    SelectField,
    TextAreaField,
    no_sensitive_numbers,
    optional,
    required,
    text_length,
)

register_sentences(
    {
        "fair_closed": lazy("Een stand boeken kan hier nu niet. Bel ons; dan kijken we samen."),
        "fair_closed_release": lazy("De werkmarkt is begonnen of afgezegd. Een stand teruggeven kan niet meer."),
        "no_stand_fits": lazy("Er is geen stand meer vrij die past. Bel ons: %(phone)s. Misschien kunnen we schuiven."),
        "sector_full": lazy(
            "Uw branche (%(sector)s) is al bezet: we vragen uit elke branche een paar bedrijven. Bel ons: %(phone)s."
            " We zoeken samen een andere manier, of u komt erbij als iemand afzegt."
        ),
        "stand_already_yours": lazy("U hebt al een stand op deze werkmarkt. Geef die eerst terug als u wilt ruilen."),
        "stand_employer_not_approved": lazy("Dit bedrijf is nog niet goedgekeurd. Keur het eerst goed."),
        "stand_taken": lazy(
            "Stand %(number)s is net gekozen door een ander bedrijf. Kies een andere; uw gegevens zijn bewaard."
        ),
        "stand_without_power": lazy(
            "Stand %(number)s heeft geen stroom. Kies een stand met stroom, of haal het vinkje bij stroom weg."
        ),
    }
)
BOOKING_FIELDS = dict.fromkeys(("stand_taken", "stand_without_power", "no_stand_fits", "stand_already_yours"), "stand")


class BookingForm(Form):
    """Which stand, by its number, and what the employer needs."""

    stand = RadioField(lazy("Kies een stand"), [required(lazy("Kies een stand"))], validate_choice=False)
    stroom = BooleanField(lazy("Wij hebben stroom nodig"), description=lazy("Niet elke stand heeft een stopcontact."))
    meeneemt = TextAreaField(
        lazy("Wat neemt u mee?"),
        [optional(), text_length(400), no_sensitive_numbers],
        description=lazy("Iets om te laten zien of te proberen trekt mensen. Schrijf ook op wat groot of zwaar is."),
    )

    def offer(self, free: Sequence[StandRow]) -> None:
        """The stands to choose from."""
        self.stand.choices = [(str(stand.number), _("Stand %(number)s", number=stand.number)) for stand in free]

    def to_wish(self, stands: Sequence[StandRow]) -> StandWish | None:
        """What the command needs; nothing when no stand has this number."""
        stand = by_number(stands, self.stand.data)
        return _wish(stand.id, self.stroom.data, self.meeneemt.data) if stand else None


class TeamBookingForm(Form):
    """The same, for an employer that the team names; a stand may be left to the portal."""

    werkgever = SelectField(lazy("Voor welk bedrijf?"), [required(lazy("Kies een bedrijf"))], validate_choice=False)
    stand = SelectField(lazy("Welke stand?"), [optional()], validate_choice=False)
    stroom = BooleanField(lazy("Dit bedrijf heeft stroom nodig"))
    meeneemt = TextAreaField(lazy("Wat neemt het bedrijf mee?"), [optional(), text_length(400), no_sensitive_numbers])

    def offer(self, free: Sequence[StandRow], employers: Sequence[tuple[int, str]]) -> None:
        """The stands to choose from, first: whichever fits; and the approved companies."""
        self.werkgever.choices = [("", _("Kies een bedrijf")), *((str(id_), name) for id_, name in employers)]
        self.stand.choices = [
            ("", _("De eerste vrije stand die past")),
            *((str(stand.number), f"{stand.number}: {stand_words(stand)}") for stand in free),
        ]

    def to_wish(self, stands: Sequence[StandRow]) -> StandWish:
        """What the command needs."""
        stand = by_number(stands, self.stand.data)
        return _wish(stand.id if stand else None, self.stroom.data, self.meeneemt.data)

    @property
    def employer_id(self) -> int:
        """The chosen company; 0 exists nowhere."""
        text = self.werkgever.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def by_number(stands: Sequence[StandRow], number: object) -> StandRow | None:
    """The stand with this number, as somebody sent it."""
    return next((stand for stand in stands if str(stand.number) == str(number)), None)


def stand_words(stand: StandRow) -> str:
    """What there is to know of a stand: '3 bij 2 meter, met stroom'."""
    size = {"width": metres(stand.width), "depth": metres(stand.depth)}
    if stand.has_power:
        return _("%(width)s bij %(depth)s meter, met stroom", **size)
    return _("%(width)s bij %(depth)s meter, zonder stroom", **size)


def _wish(stand_id: int | None, power: object, brings: str | None) -> StandWish:
    return StandWish(stand_id=stand_id, needs_power=bool(power), brings=brings or None)
