"""The form of a vacancy, what the list of work asks for, and the sentences for refusals."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms.fields.core import Field
from wtforms.validators import ValidationError

from portal.employers.forms import sector_choices, trimmed
from portal.employers.models import TrialOffer, Vacancy
from portal.employers.queries import SectorRow
from portal.employers.vacancy_filters import KIND_WORDS, HoursBand, VacancyFilter, word_of
from portal.employers.vacancy_inputs import TrialInput, VacancyInput
from portal.employers.vacancy_rules import (
    LONGEST_CONTRACT_MONTHS,
    is_unpaid,
    search_words,
)
from portal.employers.vocabulary import VacancyKind
from portal.kernel.i18n import LazyString
from portal.kernel.i18n import gettext as _
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.levels import LanguageLevel
from portal.web.errors import register_sentences
from portal.web.forms import (
    Form,
    MoneyField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    add_error,
    choices,
    no_sensitive_numbers,
    optional,
    required,
    text_length,
)

register_sentences(
    {
        "no_company": lazy("U hoort nog niet bij een bedrijf. Bel ons, dan regelen wij het samen."),
        "company_unconfirmed": lazy("Bevestig eerst uw e-mailadres. De link staat in de mail die wij u stuurden."),
        "company_refused": lazy("Uw bedrijf is niet toegelaten. Bel ons om te kijken wat er wel kan."),
        "company_not_approved": lazy("Dit bedrijf is nog niet goedgekeurd. Keur het eerst goed, of doe beide ineens."),
        "hours_order": lazy("Vul eerst het laagste en dan het hoogste aantal uren in, hoogstens 60"),
        "places_range": lazy("Vul een aantal plekken in van 1 tot 500"),
        "wage_for_unpaid": lazy("Bij deze soort plek loopt de uitkering door en betaalt u geen loon. Laat dit leeg."),
        "wage_order": lazy("Vul eerst het laagste en dan het hoogste loon in"),
        "trial_terms_missing": lazy("Vul in hoelang de proefplaats duurt"),
        "trial_weeks_range": lazy("Een proefplaats duurt hoogstens 26 weken. Kies een kortere tijd."),
    }
)

VACANCY_FIELDS = {
    "hours_order": "uren_tot",
    "places_range": "plekken",
    "wage_for_unpaid": "loon_van",
    "wage_order": "loon_tot",
    "trial_terms_missing": "weken",
    "trial_weeks_range": "weken_anders",
    "sector_unknown": "branche",
}
KIND_HINTS = {
    "baan": lazy("Iemand komt bij u in dienst. U betaalt loon."),
    "proefplaats": lazy("Eerst een of twee weken meedraaien. De uitkering loopt door; u betaalt nog geen loon."),
    "werkervaring": lazy("Iemand leert het werk bij u. De uitkering loopt door; een baan hoeft er niet te volgen."),
    "bbl": lazy("Werken en leren met een school erbij. U betaalt loon."),
    "taalstage": lazy("Vooral Nederlands oefenen op het werk. De uitkering loopt door."),
}
OTHER, YES, NO = "anders", "ja", "nee"
TRIAL_WEEKS = ("1", "2", "4", "8")
TEXTS = {
    "titel": "title",
    "taken": "tasks",
    "loon_tekst": "wage_text",
    "niveau_tekst": "level_text",
    "plaats": "city",
    "begin": "start_text",
    "tillen": "lifting",
    "diensten": "shifts",
    "rijbewijs": "licence",
    "goed_om_te_weten": "good_to_know",
}
"""The texts of the form and the columns they are; a copy takes these and no numbers."""


def tidied(text: str | None) -> str | None:
    """What was typed, with one kind of line end and no spaces around it."""
    return "\n".join(text.split("\r\n")).strip() if text else text


class NumberField(StringField):
    """A whole number; `number` is its value."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.number: int | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed, and the number it means."""
        super().process_formdata(valuelist)
        text = str(self.data or "").strip()
        if not text:
            return
        if not (text.isascii() and text.isdecimal() and len(text) <= 4):
            raise ValidationError(_("Vul een heel getal in, bijvoorbeeld 24"))
        self.number = int(text)


def _text(
    label: LazyString, longest: int, *, description: LazyString | str = "", needed: LazyString | None = None
) -> StringField:
    first = optional() if needed is None else required(needed)
    checks = [first, text_length(longest), no_sensitive_numbers]
    return StringField(label, checks, description=description, filters=[trimmed])


class VacancyForm(Form):
    """A vacancy or a trial offer on one page; the version says on which text the edit stands."""

    versie = StringField(default="0")
    soort = RadioField(lazy("Wat voor plek is het?"), [required(lazy("Kies wat voor plek het is"))])
    titel = _text(
        lazy("Hoe heet het werk?"),
        120,
        description=lazy("Kort en gewoon, bijvoorbeeld: medewerker bakkerij"),
        needed=lazy("Vul in hoe het werk heet"),
    )
    taken = TextAreaField(
        lazy("Wat doet iemand op een dag?"),
        [required(lazy("Schrijf op wat iemand doet; twee zinnen is genoeg")), text_length(4000), no_sensitive_numbers],
        description=lazy(
            "Twee zinnen is een goed begin; wij helpen met de rest. Schrijf over het werk, niet over de persoon: "
            "niets over gezondheid, geloof of afkomst."
        ),
        filters=[tidied],
    )
    branche = SelectField(lazy("Branche"), [required(lazy("Kies de branche die het beste past"))])
    plaats = _text(lazy("In welke plaats is het werk?"), 80, needed=lazy("Vul de plaats in"))
    plekken = NumberField(lazy("Hoeveel plekken zijn er?"), [required(lazy("Vul in hoeveel plekken er zijn"))])
    uren_van = NumberField(lazy("Van"), [required(lazy("Vul in hoeveel uur per week het is"))])
    uren_tot = NumberField(lazy("Tot"), [optional()])
    begin = _text(lazy("Wanneer kan iemand beginnen?"), 80, description=lazy("Bijvoorbeeld: meteen, of 1 maart"))
    diensten = _text(lazy("Werktijden"), 120, description=lazy("Bijvoorbeeld: 7.00 tot 15.30 uur, geen weekend"))
    loon_van = MoneyField(lazy("Van"), [optional()])
    loon_tot = MoneyField(lazy("Tot"), [optional()])
    loon_tekst = _text(
        lazy("Wat komt er nog bij?"), 120, description=lazy("Bijvoorbeeld: toeslag in de nacht, reiskosten")
    )
    weken = RadioField(lazy("Hoelang duurt de proefplaats?"), [optional()])
    weken_anders = NumberField(lazy("Een andere tijd: hoeveel weken?"), [optional()])
    daarna = RadioField(lazy("Gaat het goed, wilt u dan een contract geven?"), [optional()])
    contract_maanden = NumberField(
        lazy("Een contract van hoeveel maanden?"), [optional()], description=lazy("Wij vragen minstens 6 maanden.")
    )
    niveau = RadioField(lazy("Hoeveel Nederlands is echt nodig?"), [required(lazy("Kies hoeveel Nederlands nodig is"))])
    niveau_tekst = _text(
        lazy("Waarvoor is dat nodig?"), 120, description=lazy("Bijvoorbeeld: namen lezen op de was, met gasten praten")
    )
    tillen = _text(lazy("Tillen en staan"), 120, description=lazy("Bijvoorbeeld: dozen tot 12 kilo, veel staan"))
    rijbewijs = _text(lazy("Rijbewijs"), 120, description=lazy("Bijvoorbeeld: niet nodig, of B"))
    goed_om_te_weten = TextAreaField(
        lazy("Wat is goed om te weten?"),
        [optional(), text_length(2000), no_sensitive_numbers],
        description=lazy("Denk aan kou of warmte, eten dat u verwerkt, kleding, de bus. Dan komt niemand voor niets."),
        filters=[tidied],
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.soort.choices = [(word, str(kind.label)) for word, kind in KIND_WORDS.items()]
        self.niveau.choices = choices(LanguageLevel.choices())
        weeks = (("1", _("1 week")), ("2", _("2 weken")), ("4", _("4 weken")), ("8", _("8 weken (2 maanden)")))
        self.weken.choices = [*weeks, (OTHER, _("Een andere tijd"))]
        self.daarna.choices = [(YES, _("Ja, dat is de bedoeling")), (NO, _("Dat weet ik nog niet"))]

    def offer(self, sectors: Sequence[SectorRow]) -> "VacancyForm":
        """Put the sectors in the list."""
        self.branche.choices = sector_choices(sectors)
        return self

    @property
    def kind(self) -> VacancyKind | None:
        """The kind that was chosen."""
        return KIND_WORDS.get(self.soort.data or "")

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Also what holds between fields: the terms of a trial, the numbers that come in pairs."""
        good = bool(super().validate(extra_validators))
        for field, problem in self._between_fields():
            if not field.errors:
                add_error(field, problem)
                good = False
        return good

    def _between_fields(self) -> list[tuple[Field, str]]:
        found: list[tuple[Field, str]] = []
        if self.loon_tot.cents is not None and self.loon_van.cents is None:
            found.append((self.loon_van, _("Vul ook het laagste loon in")))
        if self.kind is VacancyKind.TRIAL:
            found += self._trial_problems()
        return found

    def _trial_problems(self) -> list[tuple[Field, str]]:
        found: list[tuple[Field, str]] = []
        if not self.weken.data:
            found.append((self.weken, _("Kies hoelang de proefplaats duurt")))
        if self.weken.data == OTHER and self.weken_anders.number is None:
            found.append((self.weken_anders, _("Vul in hoeveel weken de proefplaats duurt")))
        if not self.daarna.data:
            found.append((self.daarna, _("Kies of u daarna een contract wilt geven")))
        months = self.contract_maanden.number
        if months is not None and not 1 <= months <= LONGEST_CONTRACT_MONTHS:
            found.append((self.contract_maanden, _("Vul een aantal maanden in van 1 tot 60")))
        return found

    def to_input(self) -> VacancyInput:
        """What was typed, for the command."""
        texts: dict[str, Any] = {column: self[name].data or None for name, column in TEXTS.items()}
        kind = KIND_WORDS[str(self.soort.data)]
        hours = self.uren_van.number or 0
        return VacancyInput(
            **texts,
            kind=kind,
            sector_key=str(self.branche.data),
            hours_min=hours,
            hours_max=hours if self.uren_tot.number is None else self.uren_tot.number,
            wage_min_cents=self.loon_van.cents,
            wage_max_cents=self.loon_tot.cents,
            level=LanguageLevel(str(self.niveau.data)),
            places=self.plekken.number or 0,
            trial=self._trial() if kind is VacancyKind.TRIAL else None,
        )

    def _trial(self) -> TrialInput:
        weeks = self.weken_anders.number if self.weken.data == OTHER else int(self.weken.data or 0)
        intends = self.daarna.data == YES
        return TrialInput(
            weeks=weeks or 0,
            intends_contract=intends,
            contract_months=self.contract_maanden.number if intends else None,
        )

    def version(self) -> int:
        """The version of the text that was edited; nonsense is a stale edit."""
        text = str(self.versie.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def copied(vacancy: Vacancy, sector_key: str) -> dict[str, object]:
    """The form for a new vacancy with the texts of an old one: hours, wages and places are decided anew."""
    texts = {name: getattr(vacancy, column) or "" for name, column in TEXTS.items()}
    if is_unpaid(vacancy.kind):
        texts["loon_tekst"] = ""
    return {
        **texts,
        "soort": word_of(vacancy.kind),
        "branche": sector_key,
        "niveau": vacancy.level.value,
        "plekken": "1",
    }


def filled(vacancy: Vacancy, sector_key: str, trial: TrialOffer | None) -> dict[str, object]:
    """The form with a vacancy as it is."""
    return {
        **copied(vacancy, sector_key),
        **(_filled_trial(trial) if trial else {}),
        "versie": str(vacancy.details_version),
        "plekken": str(vacancy.places),
        "uren_van": str(vacancy.hours_min),
        "uren_tot": str(vacancy.hours_max) if vacancy.hours_max != vacancy.hours_min else "",
        "loon_van": _amount(vacancy.wage_min_cents),
        "loon_tot": _amount(vacancy.wage_max_cents if vacancy.wage_max_cents != vacancy.wage_min_cents else None),
    }


def _filled_trial(trial: TrialOffer) -> dict[str, object]:
    weeks = str(trial.weeks)
    return {
        "weken": weeks if weeks in TRIAL_WEEKS else OTHER,
        "weken_anders": "" if weeks in TRIAL_WEEKS else weeks,
        "daarna": YES if trial.intends_contract else NO,
        "contract_maanden": str(trial.contract_months or ""),
    }


def _amount(cents: int | None) -> str:
    return "" if cents is None else f"{cents // 100},{cents % 100:02d}"


class VacancyReasonForm(Form):
    """Why a vacancy goes back; the company reads it."""

    reden = TextAreaField(
        lazy("Wat moet er anders?"),
        [required(lazy("Schrijf kort wat er anders moet")), text_length(1000), no_sensitive_numbers],
        description=lazy("Het bedrijf leest deze tekst. Zeg wat er goed is en wat u voorstelt."),
    )


def read_filter(asked: Mapping[str, Sequence[str]]) -> VacancyFilter:
    """What the address asks for; words that mean nothing are left out."""
    kinds = {kind for word, kind in KIND_WORDS.items() if {word, kind.value} & set(asked.get("soort", ()))}
    levels = {text.strip().upper() for text in asked.get("niveau", ())}
    return VacancyFilter(
        words=search_words(" ".join(asked.get("q", ()))[:120]),
        sectors=frozenset(text for text in asked.get("branche", ()) if text),
        levels=frozenset(level for level in LanguageLevel if level.value in levels),
        hours=frozenset(band for band in HoursBand if band.value in asked.get("uren", ())),
        kinds=frozenset(kinds),
    )
