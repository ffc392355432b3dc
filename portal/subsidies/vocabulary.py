"""The words of subsidies and support."""

from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.vocabulary import Vocabulary


class SchemeStatus(Vocabulary):
    """How a scheme stands on a day. What we do not know for certain is never shown as open."""

    OPEN = "open", lazy("Open")
    PILOT = "pilot", lazy("Proef op enkele plekken")
    UNKNOWN = "unknown", lazy("Vraag het team")
    CLOSED = "closed", lazy("Nu gesloten")
    ENDED = "ended", lazy("Afgelopen")

    @property
    def is_gone(self) -> bool:
        """Whether nobody can ask for it now."""
        return self in {SchemeStatus.CLOSED, SchemeStatus.ENDED}
