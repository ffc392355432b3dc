"""The words of events."""

from portal.kernel.audit import AuditAction
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.vocabulary import Vocabulary


class Visibility(Vocabulary):
    """Who finds an event: everybody, who has the code, or who is invited."""

    PUBLIC = "public", lazy("openbaar")
    CODE = "code", lazy("met een code")
    INVITED = "invited", lazy("alleen op uitnodiging")


class TourStatus(Vocabulary):
    """The life of a tour."""

    PROPOSED = "proposed", lazy("Voorstel")
    PLANNED = "planned", lazy("Concept")
    PUBLISHED = "published", lazy("Staat online")
    CANCELLED = "cancelled", lazy("Gaat niet door")
    DECLINED = "declined", lazy("Niet overgenomen")


class RegistrationStatus(Vocabulary):
    """Where somebody stands with a place."""

    CONFIRMED = "confirmed", lazy("Plek bevestigd")
    WAITING = "waiting", lazy("Wachtlijst")
    OFFERED = "offered", lazy("Plek aangeboden")
    CANCELLED = "cancelled", lazy("Afgemeld")
    LAPSED = "lapsed", lazy("Aanbod verlopen")

    @property
    def is_active(self) -> bool:
        """Whether the person still counts at this tour."""
        return self in {RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING, RegistrationStatus.OFFERED}

    @property
    def takes_place(self) -> bool:
        """Whether a place is taken or held."""
        return self in {RegistrationStatus.CONFIRMED, RegistrationStatus.OFFERED}


class InterpreterLanguage(Vocabulary):
    """A language in which somebody interprets at a tour."""

    ARABIC = "ar", lazy("Arabisch")
    TIGRINYA = "ti", lazy("Tigrinya")
    FARSI = "fa", lazy("Farsi")
    DARI = "prs", lazy("Dari")
    SOMALI = "so", lazy("Somalisch")
    TURKISH = "tr", lazy("Turks")
    KURDISH = "ku", lazy("Koerdisch")
    PASHTO = "ps", lazy("Pasjtoe")
    AMHARIC = "am", lazy("Amhaars")
    UKRAINIAN = "uk", lazy("Oekraïens")
    ENGLISH = "en", lazy("Engels")


class RuleKind(Vocabulary):
    """How a rule of a company is drawn: do this, not allowed, good to know."""

    DO = "do", lazy("doen")
    DONT = "dont", lazy("mag niet")
    KNOW = "know", lazy("goed om te weten")


class FairStatus(Vocabulary):
    """The life of a job fair."""

    PLANNED = "planned", lazy("Concept")
    OPEN = "open", lazy("Stands te boeken")
    CLOSED = "closed", lazy("Boeken gesloten")
    CANCELLED = "cancelled", lazy("Gaat niet door")


class BookingStatus(Vocabulary):
    """Whether a stand booking stands."""

    BOOKED = "booked", lazy("Geboekt")
    RELEASED = "released", lazy("Vrijgegeven")


class EventsAction(AuditAction):
    """What happens at tours and fairs."""

    TOUR_PROPOSED = "events.tour.proposed", lazy("rondleiding voorgesteld")
    TOUR_PLANNED = "events.tour.planned", lazy("rondleiding gemaakt")
    TOUR_CHANGED = "events.tour.changed", lazy("rondleiding gewijzigd")
    TOUR_MOVED = "events.tour.moved", lazy("rondleiding verplaatst")
    TOUR_PUBLISHED = "events.tour.published", lazy("rondleiding online gezet")
    TOUR_DECLINED = "events.tour.declined", lazy("voorstel niet overgenomen")
    TOUR_WITHDRAWN = "events.tour.withdrawn", lazy("voorstel ingetrokken")
    TOUR_CANCELLED = "events.tour.cancelled", lazy("rondleiding afgezegd")
    TOUR_RESIZED = "events.tour.resized", lazy("aantal plekken gewijzigd")
    REGISTRATION_CONFIRMED = "events.registration.confirmed", lazy("plek bevestigd")
    REGISTRATION_QUEUED = "events.registration.queued", lazy("op de wachtlijst gezet")
    REGISTRATION_OFFERED = "events.registration.offered", lazy("plek aangeboden")
    REGISTRATION_TOLD = "events.registration.told", lazy("aanbod verteld")
    REGISTRATION_ACCEPTED = "events.registration.accepted", lazy("aangeboden plek genomen")
    REGISTRATION_LAPSED = "events.registration.lapsed", lazy("aangeboden plek verlopen")
    REGISTRATION_CANCELLED = "events.registration.cancelled", lazy("afgemeld")
    FAIR_PLANNED = "events.fair.planned", lazy("werkmarkt gemaakt")
    FAIR_CHANGED = "events.fair.changed", lazy("werkmarkt gewijzigd")
    FAIR_OPENED = "events.fair.opened", lazy("stands opengesteld")
    FAIR_CLOSED = "events.fair.closed", lazy("boeken gesloten")
    FAIR_CANCELLED = "events.fair.cancelled", lazy("werkmarkt afgezegd")
    STAND_ADDED = "events.stand.added", lazy("stand toegevoegd")
    STAND_CHANGED = "events.stand.changed", lazy("stand gewijzigd")
    STAND_REMOVED = "events.stand.removed", lazy("stand verwijderd")
    STAND_BOOKED = "events.stand.booked", lazy("stand geboekt")
    STAND_RELEASED = "events.stand.released", lazy("stand vrijgegeven")
