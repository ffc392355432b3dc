"""Reading the lists that the team types for a fair: stands, parts of the hall, exceptions per sector."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from portal.events.fair_rules import StandPlace, Zone

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
YES = frozenset({"ja", "j", "yes", "y", "x", "1"})
NO = frozenset({"nee", "n", "no", "0", ""})
STAND_PARTS = 5
ZONE_PARTS = 5
LABEL_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """What was read, and the numbers of the lines that could not be read."""

    found: tuple[T_co, ...]
    unreadable: tuple[int, ...]


def read_stands(text: str) -> Reading[StandPlace]:
    """Stands, one a line: number; x; y; width; depth; power."""
    return _read(text, _stand)


def read_zones(text: str) -> Reading[Zone]:
    """Parts of the hall, one a line: x; y; width; depth; name."""
    return _read(text, _zone)


def read_exceptions(text: str, sectors: Mapping[str, str]) -> Reading[tuple[str, int]]:
    """Exceptions, one a line: sector; number. `sectors` holds the name of each key; both are understood."""
    keys = {name.casefold(): key for key, name in sectors.items()} | {key.casefold(): key for key in sectors}

    def exception(parts: list[str]) -> tuple[str, int] | None:
        if len(parts) != 2 or not parts[1].isdecimal() or len(parts[1]) > 3:
            return None
        key = keys.get(parts[0].casefold())
        return (key, int(parts[1])) if key is not None else None

    return _read(text.replace(":", ";"), exception)


def write_zones(zones: list[dict[str, object]]) -> str:
    """The parts of a hall as the team types them."""
    return "\n".join(
        "; ".join((*(metres(zone[name]) for name in ("x", "y", "width", "depth")), str(zone["label"])))
        for zone in zones
    )


def write_exceptions(exceptions: Mapping[str, int], sectors: Mapping[str, str]) -> str:
    """The exceptions as the team types them."""
    return "\n".join(f"{sectors.get(key, key)}; {limit}" for key, limit in exceptions.items())


def metres(value: object) -> str:
    """A length as people write it: '2,5'."""
    return f"{float(str(value)):.2f}".rstrip("0").rstrip(".").replace(".", ",")


def read_metres(text: str) -> float | None:
    """A length that people wrote, with a comma or a point; None when it is none."""
    plain = text.strip().removesuffix("m").strip().replace(",", ".")
    digits = plain.replace(".", "", 1)
    return float(plain) if digits.isdecimal() and digits.isascii() and len(plain) <= 8 else None


def _read(text: str, read: Callable[[list[str]], T | None]) -> Reading[T]:
    found: list[T] = []
    unreadable: list[int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip(" ;\t"):
            continue
        item = read([part.strip() for part in line.replace("\t", ";").rstrip("; ").split(";")])
        if item is None:
            unreadable.append(number)
        else:
            found.append(item)
    return Reading(tuple(found), tuple(unreadable))


def _lengths(parts: list[str]) -> tuple[float, float, float, float] | None:
    lengths = [length for part in parts if (length := read_metres(part)) is not None]
    return (lengths[0], lengths[1], lengths[2], lengths[3]) if len(lengths) == 4 else None


def _stand(parts: list[str]) -> StandPlace | None:
    power = parts[STAND_PARTS].casefold() if len(parts) > STAND_PARTS else ""
    if len(parts) not in {STAND_PARTS, STAND_PARTS + 1} or not parts[0].isdecimal() or len(parts[0]) > 4:
        return None
    lengths = _lengths(parts[1:STAND_PARTS])
    return StandPlace(int(parts[0]), *lengths, power in YES) if lengths and power in YES | NO else None


def _zone(parts: list[str]) -> Zone | None:
    lengths = _lengths(parts[: ZONE_PARTS - 1])
    if len(parts) != ZONE_PARTS or lengths is None or not 1 <= len(parts[-1]) <= LABEL_LENGTH:
        return None
    return Zone(*lengths, parts[-1])
