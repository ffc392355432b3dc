"""The words of the team's desk."""

from portal.kernel.audit import AuditAction
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.vocabulary import Vocabulary


class ImportKind(Vocabulary):
    """What is on a list."""

    EMPLOYERS = "employers", lazy("Werkgevers")
    PARTICIPANTS = "participants", lazy("Deelnemers")
    VACANCIES = "vacancies", lazy("Vacatures")


class TeamAction(AuditAction):
    """What happens at the desk."""

    IMPORT_READ = "team.import.read", lazy("lijst gelezen")
    IMPORT_DONE = "team.import.done", lazy("lijst overgenomen")
    MESSAGE_RETRIED = "team.message.retried", lazy("bericht opnieuw geprobeerd")
    MESSAGE_SET_ASIDE = "team.message.set_aside", lazy("bericht van de lijst gehaald")
