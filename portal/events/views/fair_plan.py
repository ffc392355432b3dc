"""What the pages of fairs share: the stands as the plan draws them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.events.stand_queries import StandRow


@dataclass(frozen=True, slots=True)
class PlanStand:
    """A stand on the plan: its place, its state, and where a tap leads."""

    number: int
    x: float
    y: float
    width: float
    depth: float
    state: str
    label: str
    url: str


def plan_of(
    stands: Sequence[StandRow], *, mine: int | None = None, url: Callable[[StandRow], str] = lambda stand: ""
) -> list[PlanStand]:
    """All stands; `mine` is the number of the own or chosen one, `url` where a free one leads."""
    return [_plan_stand(stand, mine, url) for stand in stands]


def _plan_stand(stand: StandRow, mine: int | None, url: Callable[[StandRow], str]) -> PlanStand:
    state = "mine" if stand.number == mine else "free" if stand.is_free else "taken"
    return PlanStand(
        stand.number,
        stand.x,
        stand.y,
        stand.width,
        stand.depth,
        state,
        stand.sector,
        url(stand) if state == "free" else "",
    )
