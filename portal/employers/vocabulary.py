"""The words of employers and what they offer."""

from portal.kernel.audit import AuditAction
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.vocabulary import Vocabulary

PHONE_CALL_KEY = "telefoongesprek"
"""Where the session of a team member keeps the call that is going on."""
PHONE_CALL_LINK = "phone-call"
"""The purpose of the secret link with which an employer says that the list of a call is right."""


class SectorGroup(Vocabulary):
    """The ten plain groups that people filter on (facts 5.1)."""

    CONSTRUCTION = "bouw", lazy("Bouw")
    CARE = "zorg", lazy("Zorg")
    FOOD = "voeding", lazy("Voeding en productie")
    CLEANING = "schoonmaak", lazy("Schoonmaak")
    HOSPITALITY = "horeca", lazy("Horeca en recreatie")
    GREEN = "groen", lazy("Groen")
    TECHNOLOGY = "techniek", lazy("Techniek en installatie")
    LOGISTICS = "logistiek", lazy("Logistiek")
    RETAIL = "winkel", lazy("Winkel")
    OFFICE = "kantoor", lazy("Kantoor")


class EmployerStatus(Vocabulary):
    """How far an employer is with signing up."""

    UNCONFIRMED = "unconfirmed", lazy("e-mail niet bevestigd")
    SUBMITTED = "submitted", lazy("wacht op het team")
    APPROVED = "approved", lazy("goedgekeurd")
    REFUSED = "refused", lazy("niet toegelaten")


class MemberRole(Vocabulary):
    """What a contact person may do for the employer."""

    OWNER = "owner", lazy("beheerder")
    MEMBER = "member", lazy("contactpersoon")


class MemberStatus(Vocabulary):
    """Whether a contact person acts for the employer already."""

    ACTIVE = "active", lazy("actief")
    REQUESTED = "requested", lazy("wil meedoen")
    REFUSED = "refused", lazy("niet toegelaten")
    LEFT = "left", lazy("vertrokken")


class EmployerSource(Vocabulary):
    """How an employer came into the portal."""

    WEB = "web", lazy("zelf aangemeld")
    TEAM = "team", lazy("door het team")
    IMPORT = "import", lazy("van een lijst")


class VacancyKind(Vocabulary):
    """What kind of place is on offer."""

    JOB = "job", lazy("Baan")
    TRIAL = "trial", lazy("Proefplaats")
    WORK_EXPERIENCE = "work_experience", lazy("Werkervaringsplaats")
    BBL = "bbl", lazy("Leren en werken (BBL)")
    LANGUAGE_PLACEMENT = "language_placement", lazy("Taalstage")


class VacancyStatus(Vocabulary):
    """The life of a vacancy."""

    DRAFT = "draft", lazy("Concept")
    SUBMITTED = "submitted", lazy("Ter controle")
    RETURNED = "returned", lazy("Terug naar u")
    PUBLISHED = "published", lazy("Staat online")
    CLOSED = "closed", lazy("Gesloten")


class CallbackTime(Vocabulary):
    """When somebody likes to be called."""

    MORNING = "morning", lazy("’s ochtends")
    AFTERNOON = "afternoon", lazy("’s middags")
    ANY = "any", lazy("maakt niet uit")


class EmployersAction(AuditAction):
    """What happens to employers and their vacancies."""

    EMPLOYER_SIGNED_UP = "employers.employer.signed_up", lazy("bedrijf aangemeld")
    EMPLOYER_SUBMITTED = "employers.employer.submitted", lazy("aanmelding ingestuurd")
    EMPLOYER_ADDED = "employers.employer.added", lazy("bedrijf toegevoegd")
    EMPLOYER_APPROVED = "employers.employer.approved", lazy("bedrijf goedgekeurd")
    EMPLOYER_REFUSED = "employers.employer.refused", lazy("bedrijf niet toegelaten")
    EMPLOYER_CHANGED = "employers.employer.changed", lazy("bedrijfsgegevens gewijzigd")
    EMPLOYER_NOTED = "employers.employer.noted", lazy("notitie of contact van het team gewijzigd")
    EMPLOYER_FORGOTTEN = "employers.employer.forgotten", lazy("aanmelding vervallen")
    LOCATION_ADDED = "employers.location.added", lazy("vestiging toegevoegd")
    LOCATION_CHANGED = "employers.location.changed", lazy("vestiging gewijzigd")
    LOCATION_ACCEPTED = "employers.location.accepted", lazy("vestiging toegelaten")
    LOCATION_REFUSED = "employers.location.refused", lazy("vestiging niet toegelaten")
    MEMBER_ADDED = "employers.member.added", lazy("contactpersoon toegevoegd")
    MEMBER_REQUESTED = "employers.member.requested", lazy("wil contactpersoon worden")
    MEMBER_ACCEPTED = "employers.member.accepted", lazy("contactpersoon toegelaten")
    MEMBER_REFUSED = "employers.member.refused", lazy("contactpersoon niet toegelaten")
    MEMBER_CHANGED = "employers.member.changed", lazy("contactpersoon gewijzigd")
    MEMBER_LEFT = "employers.member.left", lazy("contactpersoon vertrokken")
    MEMBER_INVITED = "employers.member.invited", lazy("contactpersoon uitgenodigd")
    CALLBACK_ASKED = "employers.callback.asked", lazy("wil gebeld worden")
    CALLBACK_DONE = "employers.callback.done", lazy("gebeld")
    CALL_STARTED = "employers.call.started", lazy("telefoongesprek begonnen")
    CALL_ENDED = "employers.call.ended", lazy("telefoongesprek afgerond")
    CALL_CONFIRMED = "employers.call.confirmed", lazy("afspraken van het gesprek bevestigd")
    SECTOR_ADDED = "employers.sector.added", lazy("branche toegevoegd")
    SECTOR_CHANGED = "employers.sector.changed", lazy("branche gewijzigd")
    VACANCY_DRAFTED = "employers.vacancy.drafted", lazy("vacature geschreven")
    VACANCY_CHANGED = "employers.vacancy.changed", lazy("vacature gewijzigd")
    VACANCY_SUBMITTED = "employers.vacancy.submitted", lazy("vacature ingestuurd")
    VACANCY_RETURNED = "employers.vacancy.returned", lazy("vacature teruggestuurd")
    VACANCY_PUBLISHED = "employers.vacancy.published", lazy("vacature online gezet")
    VACANCY_CLOSED = "employers.vacancy.closed", lazy("vacature gesloten")
    VACANCY_IMPORTED = "employers.vacancy.imported", lazy("vacature van een lijst")
