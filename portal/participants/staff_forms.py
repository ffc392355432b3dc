"""Forms in which the team and coaches add and correct people."""

from wtforms import IntegerField
from wtforms.validators import DataRequired

from portal.kernel.i18n import LANGUAGES, PARTICIPANT_LANGUAGES, SOURCE, LazyString
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.levels import LanguageLevel
from portal.kernel.phones import display
from portal.participants.inputs import PersonDetails
from portal.participants.models import Participant
from portal.participants.vocabulary import TourSubject
from portal.web.forms import (
    BooleanField,
    EmailField,
    Form,
    PhoneField,
    RadioField,
    SelectMultipleField,
    StringField,
    choices,
    email_address,
    no_sensitive_numbers,
    optional,
    required,
    text_length,
)

LANGUAGE_WORDS = {
    "nl": lazy("Nederlands"),
    "ar": lazy("Arabisch"),
    "ti": lazy("Tigrinya"),
    "en": lazy("Engels"),
}
EVERY_SUBJECT = "*"
WISHES = (*TourSubject.choices(), (EVERY_SUBJECT, lazy("maakt niet uit, alles")))


def filled(sentence: LazyString) -> DataRequired:
    """The field must hold more than spaces; the sentence says what to do."""
    return DataRequired(message=sentence)


class OwnPersonForm(Form):
    """Somebody whom a coach or the team helps: no more than a tour and a phone call need."""

    voornaam = StringField(
        lazy("Voornaam"), [filled(lazy("Vul de voornaam in")), text_length(60), no_sensitive_numbers]
    )
    achternaam = StringField(lazy("Achternaam"), [optional(), text_length(80), no_sensitive_numbers])
    telefoon = PhoneField(lazy("Telefoonnummer"), [optional()], description=lazy("Bijvoorbeeld 06 12345678."))
    email = EmailField(
        lazy("E-mailadres"),
        [optional(), email_address(), text_length(254)],
        description=lazy("Zonder e-mailadres belt iemand: er komt dan een rij op de bellijst."),
    )
    taal = RadioField(
        lazy("In welke taal schrijven wij?"), [required(lazy("Kies de taal van de berichten"))], validate_choice=False
    )
    spreektaal = StringField(
        lazy("Welke taal spreekt deze persoon het liefst?"),
        [optional(), text_length(40), no_sensitive_numbers],
        description=lazy("Voor de tolk. Bijvoorbeeld Arabisch of Dari."),
    )
    niveau = RadioField(lazy("Hoeveel Nederlands?"), [optional()])
    anders = BooleanField(lazy("Dit is iemand anders: voeg toch toe"))
    versie = IntegerField(default=1)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.taal.choices = [(code, _language(code)) for code in PARTICIPANT_LANGUAGES]
        self.niveau.choices = choices((*LanguageLevel.choices(), ("", lazy("Dat weten we nog niet"))))
        if self.niveau.data is None:
            self.niveau.data = ""

    def to_details(self, coach_name: str | None = None) -> PersonDetails:
        """What the command needs."""
        return PersonDetails(
            first_name=self.voornaam.data or "",
            last_name=self.achternaam.data or None,
            phone=self.telefoon.number,
            email=self.email.data or None,
            language=self.taal.data if self.taal.data in PARTICIPANT_LANGUAGES else SOURCE,
            spoken_language=(self.spreektaal.data or "").strip() or None,
            level=LanguageLevel(self.niveau.data) if self.niveau.data else None,
            coach_name=coach_name,
        )


class PersonForm(OwnPersonForm):
    """The same for the team, with the kinds of company that somebody wishes to see."""

    wensen = SelectMultipleField(lazy("Welke bedrijven wil deze persoon zien?"), [optional()])

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.wensen.choices = choices(WISHES)


def _language(code: str) -> str:
    """The Dutch word, and the name as its speakers write it."""
    word, own = str(LANGUAGE_WORDS[code]), LANGUAGES[code].name
    return word if word == own else f"{word} ({own})"


def held(person: Participant) -> dict[str, object]:
    """What a form of this person holds before anybody types."""
    return {
        "voornaam": person.first_name,
        "achternaam": person.last_name or "",
        "telefoon": display(person.phone) if person.phone else "",
        "email": person.email or "",
        "taal": person.language,
        "spreektaal": person.spoken_language or "",
        "niveau": person.level or "",
        "versie": person.details_version,
    }
