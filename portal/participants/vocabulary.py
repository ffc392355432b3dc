"""The words of participants."""

from portal.kernel.audit import AuditAction
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.vocabulary import Vocabulary


class ParticipantSource(Vocabulary):
    """How a participant came into the portal."""

    WEB = "web", lazy("zelf aangemeld")
    COACH = "coach", lazy("door de coach")
    TEAM = "team", lazy("door het team")
    IMPORT = "import", lazy("van een lijst")


class Channel(Vocabulary):
    """How a message reaches somebody."""

    MAIL = "mail", lazy("per e-mail")
    COACH = "coach", lazy("de coach vertelt het")
    TEAM = "team", lazy("het team vertelt het")


class TourSubject(Vocabulary):
    """What a participant wishes to see, as the lists of the team name it."""

    MEAT = "vlees", lazy("vleesverwerking")
    ELDERLY_CARE = "ouderenzorg", lazy("ouderenzorg")
    INSTALLATION = "installatie", lazy("installatietechniek")
    CLEANING = "schoonmaak", lazy("schoonmaak")
    SAUNA = "sauna", lazy("sauna")
    HOLIDAY_PARK = "vakantiepark", lazy("vakantiepark")


class ParticipantsAction(AuditAction):
    """What happens to participants."""

    PARTICIPANT_ADDED = "participants.participant.added", lazy("deelnemer toegevoegd")
    PARTICIPANT_CHANGED = "participants.participant.changed", lazy("deelnemer gewijzigd")
    PARTICIPANT_REMOVED = "participants.participant.removed", lazy("gegevens van deelnemer verwijderd")
    CALL_TASK_TOLD = "participants.call_task.told", lazy("bericht verteld")
    CALL_TASK_DROPPED = "participants.call_task.dropped", lazy("bericht niet meer nodig")
    LINK_REQUESTED = "participants.link.requested", lazy("link opnieuw gevraagd")
