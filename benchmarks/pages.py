"""Pages: the portal's lists and details beside the floor's, interleaved, median of the rounds."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.load import hammer
from benchmarks.servers import Server

ROUNDS = 5
REQUESTS = 400
PAGES: Sequence[tuple[str, str, str]] = (
    ("vacancy list", "/vacatures", "/lijst"),
    ("vacancy list, filtered", "/vacatures?q=medewerker&niveau=A2&soort=job", "/lijst"),
    ("vacancy", "/vacatures/200", "/rondleidingen/20"),
    ("tour list", "/rondleidingen", "/lijst"),
    ("tour", "/rondleidingen/20", "/rondleidingen/20"),
    (".ics of one tour", "/rondleidingen/20.ics", "/rondleidingen/20"),
)


@dataclass(frozen=True)
class Figures:
    """One side of a comparison."""

    rate: float
    cpu_ms: float
    p50: float
    p95: float
    errors: int


def measure(server: Server, path: str) -> Figures:
    """Many requests over eight connections."""
    before = server.cpu_seconds()
    result = hammer(server.port, path, total=REQUESTS)
    cpu = 1000 * (server.cpu_seconds() - before) / len(result.times)
    return Figures(result.rate, cpu, result.median, result.percentile(0.95), result.errors)


def middle(rounds: list[Figures]) -> Figures:
    """The median of each figure."""
    return Figures(
        *(statistics.median(getattr(f, name) for f in rounds) for name in ("rate", "cpu_ms", "p50", "p95")),
        sum(f.errors for f in rounds),
    )


def run(portal: Server, floor: Server) -> None:
    """Print a row per page."""
    print("| page | req/s | p50 / p95 ms | CPU ms | floor req/s | floor CPU ms | CPU ÷ floor | errors |")
    print("|---|---|---|---|---|---|---|---|")
    for name, path, floor_path in PAGES:
        hammer(portal.port, path, total=80)
        hammer(floor.port, floor_path, total=80)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(measure(portal, path))
            theirs.append(measure(floor, floor_path))
        a, b = middle(ours), middle(theirs)
        ratio = a.cpu_ms / b.cpu_ms if b.cpu_ms else float("nan")
        print(
            f"| {name} | {a.rate:.0f} | {a.p50:.0f} / {a.p95:.0f} | {a.cpu_ms:.2f} | {b.rate:.0f} | {b.cpu_ms:.2f} "
            f"| {ratio:.1f} | {a.errors + b.errors} |",
            flush=True,
        )
