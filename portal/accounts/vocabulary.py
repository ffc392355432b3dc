"""The words of accounts."""

from portal.kernel.audit import AuditAction
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.permissions import Role
from portal.kernel.vocabulary import Vocabulary


class UserRole(Vocabulary):
    """What kind of account this is. What an employer's account may do follows from its membership."""

    TEAM_MEMBER = "team_member", lazy("medewerker van het werkgeversteam")
    TEAM_LEAD = "team_lead", lazy("teamleider")
    ADMINISTRATOR = "administrator", lazy("beheerder")
    COACH = "coach", lazy("coach")
    EMPLOYER = "employer", lazy("werkgever")

    @property
    def needs_second_factor(self) -> bool:
        """Whether this account sees data of participants."""
        return self is not UserRole.EMPLOYER


STAFF_ROLES = {
    UserRole.TEAM_MEMBER: Role.TEAM_MEMBER,
    UserRole.TEAM_LEAD: Role.TEAM_LEAD,
    UserRole.ADMINISTRATOR: Role.ADMINISTRATOR,
    UserRole.COACH: Role.COACH,
}


class LinkPurpose(Vocabulary):
    """What a mail link is for."""

    SIGN_IN = "sign_in", lazy("inloggen")
    CONFIRM = "confirm", lazy("e-mailadres bevestigen")
    RESET = "reset", lazy("nieuw wachtwoord")
    INVITE = "invite", lazy("uitnodiging")


class SignInWay(Vocabulary):
    """How somebody came in."""

    PASSWORD = "password", lazy("met wachtwoord")
    LINK = "link", lazy("met een link in de mail")


class SecurityChange(Vocabulary):
    """What changed about signing in; the person gets a mail about it."""

    PASSWORD = "password", lazy("Uw wachtwoord is veranderd.")
    SECOND_FACTOR_ON = "second_factor_on", lazy("De tweede stap bij het inloggen staat nu aan.")
    SECOND_FACTOR_OFF = "second_factor_off", lazy("De tweede stap bij het inloggen staat nu uit.")
    RECOVERY_CODE = "recovery_code", lazy("Er is ingelogd met een van uw herstelcodes.")


class AccountsAction(AuditAction):
    """What happens to accounts."""

    USER_ADDED = "accounts.user.added", lazy("account gemaakt")
    USER_INVITED = "accounts.user.invited", lazy("account uitgenodigd")
    USER_CHANGED = "accounts.user.changed", lazy("account gewijzigd")
    USER_STOPPED = "accounts.user.stopped", lazy("account gestopt")
    USER_RESTARTED = "accounts.user.restarted", lazy("account weer actief")
    EMAIL_CONFIRMED = "accounts.email.confirmed", lazy("e-mailadres bevestigd")
    PASSWORD_SET = "accounts.password.set", lazy("wachtwoord ingesteld")
    LINK_REQUESTED = "accounts.link.requested", lazy("link gevraagd")
    LINK_USED = "accounts.link.used", lazy("link gebruikt")
    SIGNED_IN = "accounts.user.signed_in", lazy("ingelogd")
    SESSIONS_ENDED = "accounts.session.ended", lazy("overal uitgelogd")
    SECOND_FACTOR_SET = "accounts.second_factor.set", lazy("tweede stap ingesteld")
    SECOND_FACTOR_REMOVED = "accounts.second_factor.removed", lazy("tweede stap verwijderd")
    RECOVERY_CODES_MADE = "accounts.recovery_code.made", lazy("nieuwe herstelcodes gemaakt")
    RECOVERY_CODE_USED = "accounts.recovery_code.used", lazy("herstelcode gebruikt")
