"""Forms of the public pages of tours, and the sentences for refusals."""

from typing import Literal

from portal.events.registrations import VisitorDetails
from portal.kernel.db import new_public_id
from portal.kernel.i18n import current_language
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.levels import LanguageLevel
from portal.kernel.phones import parse as parse_phone
from portal.web.errors import register_sentences
from portal.web.forms import (
    EmailField,
    Form,
    PhoneField,
    RadioField,
    StringField,
    add_error,
    choices,
    email_address,
    no_sensitive_numbers,
    optional,
    required,
    text_length,
)

register_sentences(
    {
        "tour_closed": lazy("Aanmelden voor deze rondleiding kan niet meer."),
        "tour_in_past": lazy("Kies een dag en een tijd die nog komen."),
        "tour_ended": lazy("Deze rondleiding is al geweest."),
        "tour_employer_not_approved": lazy("Dit bedrijf is nog niet goedgekeurd. Keur het eerst goed."),
        "offer_ended": lazy("Deze plek is niet meer voor je vrij. Wil je nog mee? Bel ons."),
        "no_free_place": lazy("Er is geen plek meer vrij."),
        "too_late_to_leave": lazy("De rondleiding is al begonnen. Afmelden kan niet meer."),
        "form_used": lazy("Dit formulier is al gebruikt. Open de rondleiding opnieuw."),
        "below_taken": lazy("Er zijn al %(taken)s plekken bezet of aangeboden. Kies dat aantal of meer."),
        "capacity_invalid": lazy("Kies een aantal plekken van 1 tot %(most)s."),
        "end_before_start": lazy("Het einde moet na het begin komen."),
        "be_there_after_start": lazy("Mensen moeten er vóór het begin zijn, of precies op tijd."),
        "be_there_too_early": lazy("Laat mensen hoogstens twee uur voor het begin komen."),
        "rule_unknown": lazy("Kies regels uit de lijst."),
        "interpreter_unknown": lazy("Kies talen uit de lijst."),
        "first_name_missing": lazy("Vul je voornaam in"),
    }
)

YES, NO, UNKNOWN = "ja", "nee", "weet_niet"


class RegistrationForm(Form):
    """Who comes along. The key is made with the form, so that a second tap is the same registration."""

    form_key = StringField(default=new_public_id, validators=[text_length(40)])
    voornaam = StringField(
        lazy("Voornaam"), [required(lazy("Vul je voornaam in")), text_length(60), no_sensitive_numbers]
    )
    achternaam = StringField(lazy("Achternaam"), [optional(), text_length(80), no_sensitive_numbers])
    telefoon = PhoneField(
        lazy("Telefoonnummer"),
        [optional()],
        description=lazy("Dan kunnen we je bellen als er iets verandert. Bijvoorbeeld 06 12345678."),
    )
    email = EmailField(
        lazy("E-mailadres"),
        [optional(), email_address(), text_length(254)],
        description=lazy("Dan krijg je een mail met alles erin."),
    )
    helper = RadioField(lazy("Geen telefoon en geen e-mail? Wie helpt jou?"), [optional()], validate_choice=True)
    coach = StringField(lazy("Naam van je coach"), [optional(), text_length(120), no_sensitive_numbers])
    tolk = RadioField(lazy("Wil je een tolk?"), [optional()], validate_choice=True)
    niveau = RadioField(lazy("Hoeveel Nederlands spreek je?"), [optional()], validate_choice=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        helpers = (("coach", lazy("Mijn coach")), ("team", lazy("Ik bel zelf met het werkgeversteam")))
        self.helper.choices = choices(helpers)
        self.tolk.choices = choices(((NO, lazy("Nee, Nederlands is goed")), (YES, lazy("Ja, graag een tolk"))))
        self.niveau.choices = choices((*LanguageLevel.choices(), (UNKNOWN, lazy("Dat weet ik niet"))))

    def validate(self, extra_validators: object = None) -> bool:
        """Somebody must be able to reach this person: phone, mail, a coach or the team."""
        good = bool(super().validate(extra_validators=extra_validators))
        if not ((self.telefoon.data or "").strip() or (self.email.data or "").strip() or self.helper.data):
            add_error(
                self.telefoon,
                lazy("Vul een telefoonnummer of een e-mailadres in. Heb je die niet? Kies dan wie jou helpt."),
            )
            good = False
        if self.helper.data == "coach" and not (self.coach.data or "").strip():
            add_error(self.coach, lazy("Schrijf de naam van je coach op"))
            good = False
        return good

    def to_details(self) -> VisitorDetails:
        """What the command needs. The language is that of the page."""
        helper: Literal["coach", "team"] | None = self.helper.data or None
        level = self.niveau.data
        return VisitorDetails(
            first_name=self.voornaam.data or "",
            last_name=self.achternaam.data or None,
            phone=self.telefoon.number,
            email=self.email.data or None,
            language=current_language(),
            level=LanguageLevel(level) if level and level != UNKNOWN else None,
            wants_interpreter={YES: True, NO: False}.get(self.tolk.data or ""),
            helper=helper,
            coach_name=self.coach.data or None,
        )


class LostLinkForm(Form):
    """'I lost my link': one field for a phone number or a mail address."""

    contact = StringField(
        lazy("Je telefoonnummer of e-mailadres"),
        [required(lazy("Vul je telefoonnummer of je e-mailadres in")), text_length(254)],
        description=lazy("Hetzelfde als toen je je aanmeldde."),
    )

    @property
    def email(self) -> str | None:
        """The mail address, when it is one."""
        text = (self.contact.data or "").strip()
        return text if "@" in text else None

    @property
    def phone(self) -> str | None:
        """The phone number, when it is one."""
        return None if self.email else parse_phone(self.contact.data or "")

    def validate(self, extra_validators: object = None) -> bool:
        """It must look like one of the two."""
        good = bool(super().validate(extra_validators=extra_validators))
        if good and not (self.email or self.phone):
            add_error(self.contact, lazy("Vul een telefoonnummer met 10 cijfers in, of een e-mailadres"))
            good = False
        return good
