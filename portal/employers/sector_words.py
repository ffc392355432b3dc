"""Which sector somebody means: 'ouderen zorg', 'Bouw / schilders' and 'vakantiepark' in a list."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from portal.kernel.tabular import header_key

_WORDS = Path(__file__).parent / "data" / "sector_words.toml"
_PARTS = re.compile(r"[/,;&+()|]|\ben\b|\bof\b")


def find_sector(text: str, names: Mapping[str, str] | None = None) -> str | None:
    """The key of a sector; `names` are the keys with the names that the team gave them."""
    known = dict(_known())
    known |= {header_key(name): key for key, name in (names or {}).items()}
    known |= {header_key(key): key for key in names or {}}
    return next((known[part] for part in _readings(text) if part in known), None)


def sector_keys() -> tuple[str, ...]:
    """All keys, in their order."""
    return tuple(_lists())


def _readings(text: str) -> Iterator[str]:
    """The whole cell first, then its parts in their order."""
    yield header_key(text)
    for part in _PARTS.split(text):
        yield header_key(part)


@cache
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = tomllib.loads(_WORDS.read_text(encoding="utf-8"))["words"]
    return lists


@cache
def _known() -> dict[str, str]:
    words = {header_key(word): key for key, words in _lists().items() for word in words}
    return words | {header_key(key): key for key in _lists()}
