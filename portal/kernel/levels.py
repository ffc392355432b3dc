"""Levels of Dutch (CEFR), each with one plain sentence; a level never filters a person out."""

from portal.kernel.i18n import LazyString
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.vocabulary import Vocabulary


class LanguageLevel(Vocabulary):
    """How much Dutch, from a few words to nearly everything."""

    A1 = "A1", lazy("Een beetje (A1)")
    A2 = "A2", lazy("Korte zinnen (A2)")
    B1 = "B1", lazy("Gewone gesprekken (B1)")
    B2 = "B2", lazy("Veel, ook moeilijke dingen (B2)")
    C1 = "C1", lazy("Bijna alles (C1)")

    @property
    def rank(self) -> int:
        """1 for A1, 5 for C1."""
        return list(LanguageLevel).index(self) + 1

    @property
    def sentence(self) -> LazyString:
        """What somebody at this level can do, with an example."""
        return SENTENCES[self]


SENTENCES = {
    LanguageLevel.A1: lazy("Je verstaat losse woorden en ‘stop’, ‘kom’ en ‘pas op’."),
    LanguageLevel.A2: lazy("Je verstaat een korte opdracht, zoals ‘zet de dozen op de kar’."),
    LanguageLevel.B1: lazy("Je kunt met collega’s overleggen en vertellen wat er misgaat."),
    LanguageLevel.B2: lazy("Je kunt klanten helpen en een kort verslag schrijven."),
    LanguageLevel.C1: lazy("Je kunt over alles praten en schrijven, ook over moeilijke dingen."),
}
