"""Which coach a list means: 'Marloes', 'Wouter D.' and 'Marloes Tiemessen' are names of a few people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.kernel.names import tidy_name, words


@dataclass(frozen=True, slots=True)
class CoachName:
    """A coach: the account, when there is one, and the fullest name that is known."""

    id: int | None
    name: str

    @property
    def key(self) -> object:
        """The same for the same coach; nothing when the list names none."""
        return self.id if self.id is not None else tuple(words(self.name)) or None


class CoachBook:
    """The coaches that a list may name: those with an account, and the full names in the list itself."""

    def __init__(self, accounts: Sequence[tuple[int, str]], typed: Iterable[str]) -> None:
        self._known = [(words(name), CoachName(id_, tidy_name(name))) for id_, name in accounts]
        self._found: dict[str, CoachName] = {}
        keys = {tuple(parts) for parts, _ in self._known}
        for name in dict.fromkeys(tidy_name(text) for text in typed):
            parts = words(name)
            if len(parts) > 1 and all(len(part) > 1 for part in parts) and tuple(parts) not in keys:
                self._known.append((parts, CoachName(None, name)))
                keys.add(tuple(parts))

    def find(self, text: str) -> CoachName:
        """The coach that a cell means; a name that fits nobody, or two, stays what it is."""
        if text not in self._found:
            self._found[text] = self._search(tidy_name(text))
        return self._found[text]

    def _search(self, name: str) -> CoachName:
        wanted = words(name)
        exact = [coach for parts, coach in self._known if parts == wanted]
        found = exact or [coach for parts, coach in self._known if wanted and _fits(wanted, parts)]
        return found[0] if len(found) == 1 else CoachName(None, name)


def _fits(short: list[str], full: list[str]) -> bool:
    """First name, first name with an initial, or last name alone."""
    if short == full[-1:]:
        return True
    if len(short) > len(full) or short[0] != full[0]:
        return False
    return all(full[place].startswith(part) for place, part in enumerate(short[1:], 1))
