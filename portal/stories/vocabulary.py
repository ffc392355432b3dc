"""The words of stories."""

from portal.kernel.audit import AuditAction
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.levels import LanguageLevel
from portal.kernel.vocabulary import Vocabulary


class StoryStatus(Vocabulary):
    """The life of a story; released only by a second person of the team."""

    DRAFT = "draft", lazy("Concept")
    REVIEW = "review", lazy("Ter controle")
    RELEASED = "released", lazy("Te lezen voor werkgevers")
    WITHDRAWN = "withdrawn", lazy("Ingetrokken")


class IntroductionStatus(Vocabulary):
    """How far an introduction is."""

    ASKED = "asked", lazy("Gevraagd")
    PLANNED = "planned", lazy("Afgesproken")
    DECLINED = "declined", lazy("Gaat niet door")


class ReadingLanguage(Vocabulary):
    """In which language a story was read out to the person it is about."""

    DUTCH = "nl", lazy("Nederlands")
    ARABIC = "ar", lazy("Arabisch")
    TIGRINYA = "ti", lazy("Tigrinya")
    ENGLISH = "en", lazy("Engels")
    FARSI = "fa", lazy("Farsi of Dari")
    TURKISH = "tr", lazy("Turks")
    UKRAINIAN = "uk", lazy("Oekraïens")
    SOMALI = "so", lazy("Somalisch")
    OTHER = "andere", lazy("een andere taal, met een tolk")


SPEAKING = {
    LanguageLevel.A1: lazy("Verstaat losse woorden. Doe het voor, dan lukt het."),
    LanguageLevel.A2: lazy("Verstaat een korte opdracht, zoals ‘zet de dozen op de kar’. Praat rustig."),
    LanguageLevel.B1: lazy("Voert een gewoon gesprek over het werk. Praat rustig, en bel liever niet."),
    LanguageLevel.B2: lazy("Kan collega’s en klanten te woord staan, ook aan de telefoon."),
    LanguageLevel.C1: lazy("Kan over alles praten, ook over moeilijke dingen."),
}
WRITING = {
    LanguageLevel.A1: lazy("Leest losse woorden en cijfers. Gebruik plaatjes of doe het voor."),
    LanguageLevel.A2: lazy("Leest korte opdrachten. Een werkbon invullen lukt met een voorbeeld."),
    LanguageLevel.B1: lazy("Leest een werkinstructie en schrijft een kort bericht."),
    LanguageLevel.B2: lazy("Schrijft een kort verslag en leest het rooster en de regels zelf."),
    LanguageLevel.C1: lazy("Leest en schrijft bijna alles."),
}


class Trace(Vocabulary):
    """What in a text may tell who somebody is."""

    NAME = "name", lazy("de naam van de persoon")
    PHONE = "phone", lazy("een telefoonnummer")
    MAIL = "mail", lazy("een e-mailadres")
    POSTCODE = "postcode", lazy("een postcode")
    DATE = "date", lazy("een datum")


class StoriesAction(AuditAction):
    """What happens to stories."""

    STORY_WRITTEN = "stories.story.written", lazy("verhaal geschreven")
    STORY_CHANGED = "stories.story.changed", lazy("verhaal gewijzigd")
    STORY_SUBMITTED = "stories.story.submitted", lazy("verhaal ter controle")
    STORY_RETURNED = "stories.story.returned", lazy("verhaal teruggegeven")
    STORY_RELEASED = "stories.story.released", lazy("verhaal vrijgegeven")
    STORY_WITHDRAWN = "stories.story.withdrawn", lazy("verhaal ingetrokken")
    STORY_RESTORED = "stories.story.restored", lazy("verhaal weer een concept")
    CONSENT_NOTED = "stories.consent.noted", lazy("toestemming vastgelegd")
    CONSENT_WITHDRAWN = "stories.consent.withdrawn", lazy("toestemming ingetrokken")
    CONSENT_ENDED = "stories.consent.ended", lazy("toestemming afgelopen")
    INTRODUCTION_ASKED = "stories.introduction.asked", lazy("kennismaking gevraagd")
    INTRODUCTION_PLANNED = "stories.introduction.planned", lazy("kennismaking afgesproken")
    INTRODUCTION_DECLINED = "stories.introduction.declined", lazy("kennismaking gaat niet door")
