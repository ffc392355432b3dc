"""Dutch postcodes, kept in one form."""

import re

_POSTCODE = re.compile(r"([1-9]\d{3})\s*([A-Z]{2})", re.ASCII)
_NEVER_USED = frozenset({"SA", "SD", "SS"})


def normalise(text: str) -> str | None:
    """'7331kb' becomes '7331 KB'; nothing when it is not a Dutch postcode."""
    found = _POSTCODE.fullmatch(text.strip().upper())
    if found is None or found[2] in _NEVER_USED:
        return None
    return f"{found[1]} {found[2]}"
