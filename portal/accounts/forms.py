"""Forms of accounts, and the sentences for their refusals."""

from wtforms import SelectChoice

from portal.accounts.vocabulary import UserRole
from portal.kernel.i18n import LANGUAGES, STAFF_LANGUAGES
from portal.kernel.i18n import lazy_gettext as lazy
from portal.web.errors import register_sentences
from portal.web.forms import (
    EmailField,
    Form,
    PasswordField,
    PhoneField,
    RadioField,
    StringField,
    email_address,
    optional,
    required,
    text_length,
)

register_sentences(
    {
        "administrators_only": lazy("Alleen een beheerder mag het account van een beheerder veranderen."),
        "coach_needs_phone": lazy("Vul een telefoonnummer in. Het staat op de kaartjes van de deelnemers."),
        "code_wrong": lazy("Die code klopt niet, of is al gebruikt. Wacht tot de app een nieuwe code laat zien."),
        "email_invalid": lazy("Vul een e-mailadres in zoals naam@voorbeeld.nl"),
        "email_taken": lazy("Met dit e-mailadres is er al een account."),
        "last_administrator": lazy(
            "Dit is de laatste beheerder. Maak eerst iemand anders beheerder, anders kan niemand er meer bij."
        ),
        "link_ended": lazy("Deze link is al gebruikt of te oud. Vraag een nieuwe."),
        "not_yourself": lazy("U kunt uw eigen account niet stoppen. Vraag een collega."),
        "password_easy": lazy("Dit wachtwoord is te makkelijk te raden. Neem bijvoorbeeld drie woorden achter elkaar."),
        "password_long": lazy("Maak het wachtwoord korter: hoogstens %(maximum)s tekens."),
        "password_short": lazy("Maak het wachtwoord langer: minstens %(minimum)s tekens."),
        "password_wrong": lazy("Dit is niet uw wachtwoord van nu. Kijk of Caps Lock uit staat."),
        "role_not_yours": lazy("Deze rol kan alleen een beheerder geven of wegnemen."),
        "second_factor_is_on": lazy("De tweede stap staat al aan. Zet hem eerst uit."),
        "sign_in_refused": lazy(
            "Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Of vraag een link in uw mail."
        ),
    }
)

PASSWORD_HINT = lazy("Minstens 12 tekens. Drie of vier woorden achter elkaar zijn sterk en goed te onthouden.")
CODE_HINT = lazy("Zes cijfers uit de app, of een van uw herstelcodes.")


def trimmed(text: str | None) -> str | None:
    """What was typed, without the spaces around it that a phone's keyboard adds."""
    return text.strip() if text else text


class SignInForm(Form):
    """E-mail and password; the button for a link uses the same e-mail field."""

    email = EmailField(
        lazy("E-mailadres"),
        [required(lazy("Vul uw e-mailadres in")), email_address(), text_length(254)],
        filters=[trimmed],
    )
    wachtwoord = PasswordField(lazy("Wachtwoord"), [required(lazy("Vul uw wachtwoord in"))])


class EmailForm(Form):
    """An address to send a link to."""

    email = EmailField(
        lazy("E-mailadres"),
        [required(lazy("Vul uw e-mailadres in")), email_address(), text_length(254)],
        filters=[trimmed],
    )


class CodeForm(Form):
    """A code of the app, or a recovery code."""

    code = StringField(lazy("Code"), [required(lazy("Vul de code in")), text_length(40)], description=CODE_HINT)


class FirstCodeForm(Form):
    """The first code of the app."""

    code = StringField(
        lazy("Code uit de app"),
        [required(lazy("Vul de zes cijfers uit de app in")), text_length(12)],
        description=lazy("Zes cijfers. Ze veranderen elke halve minuut."),
    )


class NewPasswordForm(Form):
    """A new password; typed once, because people can read it back in their password keeper."""

    nieuw_wachtwoord = PasswordField(
        lazy("Nieuw wachtwoord"), [required(lazy("Vul een nieuw wachtwoord in"))], description=PASSWORD_HINT
    )


class ChangePasswordForm(NewPasswordForm):
    """The password of now and a new one."""

    wachtwoord = PasswordField(lazy("Wachtwoord van nu"), [required(lazy("Vul uw wachtwoord van nu in"))])


class ProfileForm(Form):
    """What people change about themselves."""

    naam = StringField(lazy("Naam"), [required(lazy("Vul uw naam in")), text_length(120)])
    telefoon = PhoneField(lazy("Telefoonnummer"), [optional()])
    taal = RadioField(
        lazy("Taal van de pagina’s en de mails"),
        choices=[SelectChoice(code, LANGUAGES[code].name) for code in STAFF_LANGUAGES],
        validators=[required(lazy("Kies een taal"))],
    )


class UserForm(Form):
    """A colleague or a coach, as the team changes it; the view fills in the roles."""

    naam = StringField(lazy("Naam"), [required(lazy("Vul een naam in")), text_length(120)])
    telefoon = PhoneField(
        lazy("Telefoonnummer"),
        [optional()],
        description=lazy("Bij een coach staat dit op de kaartjes van de deelnemers."),
    )
    rol = RadioField(lazy("Rol"), validators=[required(lazy("Kies een rol"))])

    def offer(self, roles: list[UserRole]) -> None:
        """Give the choices of the role."""
        self.rol.choices = [SelectChoice(role.value, str(role.label).capitalize()) for role in roles]


class InviteForm(UserForm):
    """Somebody new."""

    email = EmailField(
        lazy("E-mailadres"),
        [required(lazy("Vul een e-mailadres in")), email_address(), text_length(254)],
        filters=[trimmed],
        description=lazy("Hier komt de uitnodiging aan."),
    )
