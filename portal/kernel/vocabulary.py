"""Enums whose members carry the Dutch word that people see."""

from enum import StrEnum
from typing import Self

from portal.kernel.i18n import LazyString, lazy_gettext


class Vocabulary(StrEnum):
    """An enum with labels: `OPEN = "open", lazy_gettext("Open")`; the value is what the database holds."""

    _label: LazyString

    def __new__(cls, value: str, label: LazyString | None = None) -> Self:
        """A member with its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member._label = label or lazy_gettext(value)  # noqa: SLF001  its own member
        return member

    @property
    def label(self) -> LazyString:
        """The word for it, in the reader's language."""
        return self._label

    @classmethod
    def choices(cls) -> list[tuple[str, LazyString]]:
        """All members for a form field, in their order."""
        return [(member.value, member.label) for member in cls]
