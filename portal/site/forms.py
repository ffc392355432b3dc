"""The sample form of the gallery: one field per form component."""

from wtforms import SelectChoice

from portal.kernel.i18n import LANGUAGES, PARTICIPANT_LANGUAGES
from portal.kernel.i18n import lazy_gettext as lazy
from portal.web.forms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    Form,
    PhoneField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    email_address,
    no_sensitive_numbers,
    optional,
    required,
)

SECTORS = ("Bakkerij", "Bouw", "Groen", "Horeca", "Logistiek", "Schoonmaak", "Techniek", "Zorg")
RULES = ("Stevige schoenen", "Haarnet op", "Geen foto’s")


class SampleForm(Form):
    """Every kind of field once."""

    naam = StringField(lazy("Voornaam"), [required(lazy("Vul je voornaam in"))])
    telefoon = PhoneField(
        lazy("Telefoonnummer"),
        [required(lazy("Vul een telefoonnummer in met 10 cijfers, bijvoorbeeld 06 12345678"))],
        description=lazy("Dan kunnen we je bellen als er iets verandert."),
    )
    email = EmailField(lazy("E-mailadres"), [optional(), email_address()])
    toelichting = TextAreaField(
        lazy("Toelichting"),
        [optional(), no_sensitive_numbers],
        description=lazy("Twee zinnen is genoeg. Schrijf niets over gezondheid, geloof of afkomst."),
    )
    branche = SelectField(
        lazy("Branche"),
        [required(lazy("Kies een branche"))],
        choices=[SelectChoice("", ""), *(SelectChoice(name.lower(), name) for name in SECTORS)],
    )
    taal = RadioField(
        lazy("Welke taal spreek je het best?"),
        [required(lazy("Kies een taal"))],
        choices=[SelectChoice(code, LANGUAGES[code].name) for code in PARTICIPANT_LANGUAGES],
    )
    regels = SelectMultipleField(
        lazy("Wat moeten bezoekers weten?"),
        [optional()],
        choices=[SelectChoice(str(number), words) for number, words in enumerate(RULES)],
    )
    akkoord = BooleanField(lazy("Ik heb dit gelezen"), [required(lazy("Zet een vinkje als je dit hebt gelezen"))])
    datum = DateField(lazy("Datum"), [required(lazy("Vul een dag in"))])
    tijd = TimeField(lazy("Tijd"), [required(lazy("Vul een tijd in, bijvoorbeeld 09.50"))])
    bestand = FileField(lazy("Lijst"), [optional()], description=lazy("Excel of CSV, hoogstens 6 MB."))
