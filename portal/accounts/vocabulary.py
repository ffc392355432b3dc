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
    SIGNED_IN = "accounts.user.signed_in", lazy("ingelogd")
    SECOND_FACTOR_SET = "accounts.second_factor.set", lazy("tweede stap ingesteld")
    SECOND_FACTOR_REMOVED = "accounts.second_factor.removed", lazy("tweede stap verwijderd")
