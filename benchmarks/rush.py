"""The rush: 300 visitors for 100 places, and a burst of 100 for 20 who all send in the same instant.

Real HTML forms: list, form, send, answer. What visitors were told is compared with what is stored.
"""

import re
import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Engine, text

from benchmarks.load import Visitor, hidden_fields, together
from benchmarks.seed import new_tour
from benchmarks.servers import Server

CONFIRMED = re.compile(r"Je plek is bevestigd|confirmed")
WAITING = re.compile(r"wachtlijst|waiting")


@dataclass
class Rush:
    """What happened to all visitors of one run."""

    told: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    wall: float = 0.0
    cpu: float = 0.0


def visit(server: Server, tour: int, name: str, rush: Rush, start: threading.Barrier | None) -> None:
    """One visitor, from the form to the answer."""
    visitor = Visitor(server.port)
    begin = time.perf_counter()
    path = f"/rondleidingen/{tour}/aanmelden"
    status, page, _ = visitor.fetch("GET", path)
    if start is not None:
        start.wait()
        begin = time.perf_counter()
    data = {**hidden_fields(page), "voornaam": name, "telefoon": "", "email": "", "helper": "team"}
    status, page, location = visitor.fetch("POST", path, data)
    if status == 303:
        status, page, _ = visitor.fetch(
            "GET", location.partition("://")[2].partition("/")[2].join(["/", ""]) if "://" in location else location
        )
    rush.seconds.append(time.perf_counter() - begin)
    rush.requests.append(visitor.requests)
    told = (
        "error"
        if status >= 400
        else "confirmed"
        if CONFIRMED.search(page)
        else "waiting"
        if WAITING.search(page)
        else "unclear"
    )
    rush.told[told] += 1
    visitor.close()


def run_one(server: Server, tour: int, visitors: int, at_once: int, *, burst: bool) -> Rush:
    """All visitors of one run; in a burst everybody has the form open before anybody sends."""
    rush = Rush()
    before = server.cpu_seconds()
    begin = time.perf_counter()
    if burst:
        barrier = threading.Barrier(visitors)
        together([lambda n=n: visit(server, tour, f"Bezoeker {n}", rush, barrier) for n in range(visitors)])  # type: ignore[misc]
    else:
        numbers = iter(range(visitors))
        lock = threading.Lock()

        def work() -> None:
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                visit(server, tour, f"Bezoeker {number}", rush, None)

        together([work for _ in range(at_once)])
    rush.wall = time.perf_counter() - begin
    rush.cpu = server.cpu_seconds() - before
    return rush


def stored(engine: Engine, tour: int) -> Counter[str]:
    """What the database holds."""
    with engine.connect() as db:
        rows = db.execute(
            text("SELECT status, count(*) FROM registration WHERE tour_id = :tour GROUP BY status"), {"tour": tour}
        ).all()
    return Counter({str(status): int(count) for status, count in rows})


def run(portal: Server, floor: Server, engine: Engine, *, times: int = 10) -> None:
    """Print a row per kind of rush."""
    print(
        "| rush | runs exact | visits/s | p50 / p95 s | CPU ms per visitor | floor visits/s | floor CPU ms "
        "| CPU ÷ floor | requests |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for name, visitors, places, at_once, burst in (
        ("300 for 100, 32 at once", 300, 100, 32, False),
        ("300 for 100, 300 at once", 300, 100, 300, False),
        ("100 for 20, same instant", 100, 20, 100, True),
    ):
        ours, theirs, exact = [], [], 0
        for _ in range(times):
            tour = new_tour(engine, places)
            rush = run_one(portal, tour, visitors, at_once, burst=burst)
            kept = stored(engine, tour)
            good = rush.told == Counter(confirmed=places, waiting=visitors - places) and kept == rush.told
            exact += good
            if not good:
                print(f"    told {dict(rush.told)}, stored {dict(kept)}")
            ours.append(rush)
            theirs.append(run_one(floor, tour, visitors, at_once, burst=burst))
        print(_row(name, visitors, times, exact, ours, theirs), flush=True)


def _row(name: str, visitors: int, times: int, exact: int, ours: list[Rush], theirs: list[Rush]) -> str:
    rate = statistics.median(visitors / rush.wall for rush in ours)
    floor_rate = statistics.median(visitors / rush.wall for rush in theirs)
    cpu = statistics.median(1000 * rush.cpu / visitors for rush in ours)
    floor_cpu = statistics.median(1000 * rush.cpu / visitors for rush in theirs)
    seconds = sorted(second for rush in ours for second in rush.seconds)
    p50, p95 = seconds[len(seconds) // 2], seconds[int(0.95 * len(seconds))]
    requests = max(count for rush in ours for count in rush.requests)
    return (
        f"| {name} | {exact} of {times} | {rate:.0f} | {p50:.2f} / {p95:.2f} | {cpu:.1f} | {floor_rate:.0f} "
        f"| {floor_cpu:.1f} | {cpu / floor_cpu:.1f} | {requests} |"
    )
