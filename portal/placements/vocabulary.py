"""The words of placements and issues."""

from portal.kernel.audit import AuditAction
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.vocabulary import Vocabulary


class PlacementKind(Vocabulary):
    """What kind of placement it is."""

    TRIAL = "trial", lazy("proefplaatsing")
    REGULAR = "regular", lazy("baan")
    BBL = "bbl", lazy("leren en werken (BBL)")
    WORK_EXPERIENCE = "work_experience", lazy("werkervaringsplaats")
    LANGUAGE_PLACEMENT = "language_placement", lazy("taalstage")


class PlacementStatus(Vocabulary):
    """Where a placement stands."""

    PLANNED = "planned", lazy("Gepland")
    RUNNING = "running", lazy("Loopt")
    CONVERTED = "converted", lazy("Kreeg een contract")
    ENDED = "ended", lazy("Afgelopen")
    STOPPED = "stopped", lazy("Eerder gestopt")


class IssueCategory(Vocabulary):
    """What an issue is about (facts 4.3); never a diagnosis."""

    INSTRUCTION = "instruction", lazy("Opdrachten komen niet over")
    LANGUAGE = "language", lazy("Taal")
    TIME = "time", lazy("Te laat of niet gekomen")
    WORK_RULES = "work_rules", lazy("Pauze en werkregels")
    MISUNDERSTANDING = "misunderstanding", lazy("Misverstand")
    SAFETY = "safety", lazy("Veiligheid of hygiëne")
    COLLEAGUE = "colleague", lazy("Omgang met collega’s")
    TRANSPORT = "transport", lazy("Vervoer")
    CONTRACT = "contract", lazy("Contract, uren, loon of subsidie")
    CALL_ME = "call_me", lazy("Iets persoonlijks: bel mij")
    COMPLIMENT = "compliment", lazy("Het gaat goed")
    OTHER = "other", lazy("Iets anders")


class IssueUrgency(Vocabulary):
    """How fast somebody must be called."""

    TODAY = "today", lazy("Vandaag bellen")
    THIS_WEEK = "this_week", lazy("Deze week bellen")
    FOR_INFORMATION = "for_information", lazy("Ter informatie")


class IssueStatus(Vocabulary):
    """The life of an issue."""

    REPORTED = "reported", lazy("Gemeld")
    IN_PROGRESS = "in_progress", lazy("We zijn ermee bezig")
    RESOLVED = "resolved", lazy("Opgelost")


class IssueParty(Vocabulary):
    """Who wrote a message in an issue."""

    EMPLOYER = "employer", lazy("werkgever")
    TEAM = "team", lazy("werkgeversteam")


class PlacementsAction(AuditAction):
    """What happens to placements and issues."""

    PLACEMENT_RECORDED = "placements.placement.recorded", lazy("plaatsing vastgelegd")
    PLACEMENT_CHANGED = "placements.placement.changed", lazy("plaatsing gewijzigd")
    PLACEMENT_STARTED = "placements.placement.started", lazy("plaatsing begonnen")
    PLACEMENT_ENDED = "placements.placement.ended", lazy("plaatsing beëindigd")
    ISSUE_REPORTED = "placements.issue.reported", lazy("melding gedaan")
    ISSUE_TAKEN_UP = "placements.issue.taken_up", lazy("melding opgepakt")
    ISSUE_ANSWERED = "placements.issue.answered", lazy("antwoord gegeven")
    ISSUE_REPLIED = "placements.issue.replied", lazy("bericht van de werkgever")
    ISSUE_RESOLVED = "placements.issue.resolved", lazy("melding opgelost")
    ISSUE_REOPENED = "placements.issue.reopened", lazy("melding weer open")
