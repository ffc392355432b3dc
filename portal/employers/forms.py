"""Forms about employers and their people, and the sentences for refusals."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms.fields.core import Field
from wtforms.validators import DataRequired, StopValidation

from portal.employers.inputs import CompanyInput, LocationInput, PersonInput
from portal.employers.queries import SectorRow, grouped
from portal.employers.rules import normal_establishment, normal_kvk, normal_website
from portal.employers.vocabulary import CallbackTime, MemberRole, SectorGroup
from portal.kernel import postal
from portal.kernel.i18n import LazyString, catalogue_text
from portal.kernel.i18n import gettext as _
from portal.kernel.i18n import lazy_gettext as lazy
from portal.web.errors import register_sentences
from portal.web.forms import (
    EmailField,
    Form,
    IntegerField,
    PhoneField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    choices,
    email_address,
    no_sensitive_numbers,
    optional,
    required,
    text_length,
)

register_sentences(
    {
        "employer_double": lazy(
            "Dit bedrijf is al bij ons bekend. Log in, vraag een collega om u uit te nodigen, of bel ons. "
            "Meldt u een andere vestiging aan? Vul dan het vestigingsnummer in."
        ),
        "establishment_taken": lazy("Dit vestigingsnummer staat al bij een bedrijf. Kijk het na, of bel ons."),
        "establishment_by_team": lazy("Klopt het vestigingsnummer niet? Bel ons, dan passen wij het aan."),
        "sector_unknown": lazy("Kies een branche uit de lijst"),
        "already_signed_up": lazy("U hebt al een account bij ons. Wilt u nog een bedrijf aanmelden? Bel ons."),
        "last_owner": lazy("Een bedrijf heeft altijd een beheerder. Maak eerst een collega beheerder."),
        "email_confirmed": lazy(
            "Dit e-mailadres is al bevestigd. Alleen de collega zelf kan er een ander adres van maken."
        ),
        "call_running": lazy("U bent nog aan de telefoon met een ander bedrijf. Rond dat gesprek eerst af."),
        "no_call": lazy("Er is geen gesprek om af te ronden. Misschien deed u dat al."),
        "sector_name_taken": lazy("Er is al een branche met deze naam"),
    }
)

SENSITIVE_HINT = lazy("Schrijf niets over gezondheid, geloof of afkomst.")


def trimmed(text: str | None) -> str | None:
    """What was typed, without double spaces and spaces around it."""
    return " ".join(text.split()) if text else text


def filled(sentence: LazyString) -> DataRequired:
    """The text must hold more than spaces; the sentence says what to do."""
    return DataRequired(message=sentence)


def kvk_number(form: Form, field: Field) -> None:
    """Eight digits; spaces and dots do not count."""
    if normal_kvk(field.data or "") is None:
        raise StopValidation(_("Vul het KVK-nummer in met 8 cijfers, bijvoorbeeld 01234567"))


def establishment_number(form: Form, field: Field) -> None:
    """Twelve digits, or nothing."""
    if field.data and normal_establishment(field.data) is None:
        raise StopValidation(_("Een vestigingsnummer heeft 12 cijfers. Weet u het niet? Laat het leeg."))


def dutch_postcode(form: Form, field: Field) -> None:
    """Four digits and two letters."""
    if postal.normalise(field.data or "") is None:
        raise StopValidation(_("Vul de postcode in, bijvoorbeeld 7311 AB"))


def web_address(form: Form, field: Field) -> None:
    """An address of a website, or nothing."""
    if field.data and normal_website(field.data) is None:
        raise StopValidation(_("Vul het adres van de website in, bijvoorbeeld www.bedrijf.nl"))


def capitals(pairs: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    """Answers that stand by themselves begin with a capital."""
    return [(value, str(label).capitalize()) for value, label in pairs]


def sector_choices(rows: Sequence[SectorRow]) -> dict[str, Any]:
    """The sectors under their groups, with an empty first choice."""
    first = {_("Kies een branche"): [("", _("Nog niet gekozen"))]}
    groups = {
        str(group.label): [(row.key, catalogue_text(row.name)) for row in members]
        for group, members in grouped(rows).items()
    }
    return first | groups


class _Company(Form):
    """The fields of a company."""

    bedrijfsnaam = StringField(
        lazy("Naam van het bedrijf"),
        [filled(lazy("Vul de naam van het bedrijf in")), text_length(160)],
        filters=[trimmed],
    )
    kvk = StringField(
        lazy("KVK-nummer"),
        [filled(lazy("Vul het KVK-nummer in")), kvk_number],
        description=lazy("8 cijfers, ook de nullen aan het begin"),
        filters=[trimmed],
    )
    branche = SelectField(lazy("Branche"), [required(lazy("Kies de branche die het beste past"))])
    website = StringField(lazy("Website"), [optional(), text_length(200), web_address], filters=[trimmed])

    def company(self) -> CompanyInput:
        """The company that was typed."""
        return CompanyInput(
            name=str(self.bedrijfsnaam.data),
            kvk_number=normal_kvk(str(self.kvk.data)) or "" if self.kvk else "",
            sector_key=str(self.branche.data),
            website=normal_website(self.website.data) if self.website.data else None,
        )


class _Place(Form):
    """The fields of a place."""

    vestiging = StringField(
        lazy("Vestigingsnummer"),
        [optional(), establishment_number],
        description=lazy("12 cijfers. Weet u het niet? Laat het leeg, dan zoekt het team het op."),
        filters=[trimmed],
    )
    straat = StringField(
        lazy("Straat en huisnummer"),
        [filled(lazy("Vul de straat en het huisnummer in")), text_length(120)],
        filters=[trimmed],
    )
    postcode = StringField(lazy("Postcode"), [filled(lazy("Vul de postcode in")), dutch_postcode], filters=[trimmed])
    plaats = StringField(lazy("Plaats"), [filled(lazy("Vul de plaats in")), text_length(80)], filters=[trimmed])

    def location(self) -> LocationInput:
        """The place that was typed."""
        return LocationInput(
            establishment_number=normal_establishment(self.vestiging.data) if self.vestiging.data else None,
            street=str(self.straat.data),
            postcode=postal.normalise(str(self.postcode.data)) or "",
            city=str(self.plaats.data),
        )


class _Person(Form):
    """The fields of a contact person whom nobody needs to be able to mail."""

    naam = StringField(
        lazy("Voor- en achternaam"), [filled(lazy("Vul de naam in")), text_length(120)], filters=[trimmed]
    )
    functie = StringField(lazy("Functie"), [optional(), text_length(120)], filters=[trimmed])
    email = EmailField(lazy("E-mailadres"), [optional(), email_address(), text_length(254)], filters=[trimmed])
    telefoon = PhoneField(lazy("Telefoon"), [optional()])

    def person(self) -> PersonInput:
        """The person that was typed."""
        return PersonInput(
            name=str(self.naam.data),
            job_title=self.functie.data or None,
            email=self.email.data or None,
            phone=self.telefoon.number,
        )


class SignUpForm(_Company, _Place, _Person):
    """A company that signs itself up: the person can be mailed and called."""

    naam = StringField(
        lazy("Uw voor- en achternaam"), [filled(lazy("Vul uw naam in")), text_length(120)], filters=[trimmed]
    )
    functie = StringField(lazy("Uw functie"), [optional(), text_length(120)], filters=[trimmed])
    email = EmailField(
        lazy("Uw e-mailadres"),
        [filled(lazy("Vul uw e-mailadres in")), email_address(), text_length(254)],
        description=lazy("Wij sturen u een link om dit adres te bevestigen."),
        filters=[trimmed],
    )
    telefoon = PhoneField(lazy("Uw telefoonnummer"), [required(lazy("Vul uw telefoonnummer in"))])


class AddEmployerForm(_Company, _Place, _Person):
    """A company that the team adds; the contact may have no mail address."""

    email = EmailField(
        lazy("E-mailadres"),
        [optional(), email_address(), text_length(254)],
        description=lazy(
            "Met een adres krijgt deze persoon een uitnodiging. Zonder adres doet het team alles per telefoon."
        ),
        filters=[trimmed],
    )
    telefoon = PhoneField(lazy("Telefoon"), [required(lazy("Vul een telefoonnummer in"))])


class CompanyForm(_Company):
    """The own data of a company; the version says on which text the edit stands."""

    versie = IntegerField(validators=[required(lazy("Open deze bladzijde opnieuw"))])


class OwnCompanyForm(CompanyForm):
    """The same for the company itself, which does not change its KVK number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        del self.kvk


class LocationForm(_Place):
    """One place of a company."""


class MemberForm(_Person):
    """A contact person, changed by the team or an owner."""


class InviteForm(_Person):
    """A colleague whom an owner invites by mail."""

    email = EmailField(
        lazy("E-mailadres"),
        [filled(lazy("Vul het e-mailadres van uw collega in")), email_address(), text_length(254)],
        filters=[trimmed],
    )
    rol = RadioField(
        lazy("Wat mag uw collega?"), choices=lambda: capitals(MemberRole.choices()), default=MemberRole.MEMBER.value
    )


class TeamMemberForm(_Person):
    """A contact person whom the team adds."""

    rol = RadioField(lazy("Rol"), choices=lambda: capitals(MemberRole.choices()), default=MemberRole.MEMBER.value)


class ReasonForm(Form):
    """Why somebody or something was refused; the other side reads it."""

    reden = TextAreaField(
        lazy("Waarom niet?"),
        [filled(lazy("Schrijf er kort bij waarom")), text_length(1000), no_sensitive_numbers],
        description=lazy("Deze tekst staat in de mail. Zeg wat er wel kan."),
    )


class NoteForm(Form):
    """Who of the team knows this company, and what colleagues should know."""

    contact = SelectField(lazy("Vaste contactpersoon van het team"), [optional()])
    notitie = TextAreaField(
        lazy("Notitie"),
        [optional(), text_length(2000), no_sensitive_numbers],
        description=lazy("Alleen het team leest dit. Schrijf niets over gezondheid, geloof of afkomst."),
    )


class CallbackForm(Form):
    """'Bel mij'; it stands beside another form, so its names are its own."""

    bel_naam = StringField(lazy("Uw naam"), [filled(lazy("Vul uw naam in")), text_length(120)], filters=[trimmed])
    bel_telefoon = PhoneField(lazy("Uw telefoonnummer"), [required(lazy("Vul uw telefoonnummer in"))])
    bel_wanneer = RadioField(
        lazy("Wanneer bellen wij u?"), choices=lambda: capitals(CallbackTime.choices()), default=CallbackTime.ANY.value
    )


class SectorForm(Form):
    """A sector: its name and its group."""

    naam = StringField(
        lazy("Naam"), [filled(lazy("Vul de naam van de branche in")), text_length(60)], filters=[trimmed]
    )
    groep = SelectField(lazy("Groep"), choices=lambda: choices(SectorGroup.choices()))


COMPANY_FIELDS = {"employer_double": "kvk", "sector_unknown": "branche"}
PLACE_FIELDS = {"establishment_taken": "vestiging", "establishment_by_team": "vestiging"}
PERSON_FIELDS = {"email_taken": "email", "email_invalid": "email", "email_confirmed": "email"}
