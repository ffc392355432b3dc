"""Visitors: keep-alive connections that fetch pages and send forms as a browser without script does."""

import http.client
import re
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

HIDDEN = re.compile(r"<input[^>]*type=['\"]hidden['\"][^>]*>")
ATTRIBUTE = re.compile(r"(name|value)=['\"]([^'\"]*)['\"]")


@dataclass
class Visitor:
    """One browser: a connection, its cookies, and how many requests it made."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    requests: int = 0

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def fetch(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str, str]:
        """One request: the status, the page, and where it sends us on."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if data is not None:
            body = urlencode(data)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        self.requests += 1
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return response.status, text, response.headers.get("Location", "")

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of the page's forms."""
    found = {}
    for tag in HIDDEN.findall(page):
        attributes = dict(ATTRIBUTE.findall(tag))
        found[attributes.get("name", "")] = attributes.get("value", "")
    return found


@dataclass
class Result:
    """How a run of many requests went."""

    seconds: float
    times: list[float]
    errors: int

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.times) / self.seconds

    def percentile(self, part: float) -> float:
        """Milliseconds below which this part of the requests stayed."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))]

    @property
    def median(self) -> float:
        """Milliseconds in the middle."""
        return 1000 * statistics.median(self.times)


def hammer(port: int, path: str, *, total: int, at_once: int = 8) -> Result:
    """Fetch one page many times over a few connections."""
    times: list[float] = []
    errors: list[int] = []

    def work(count: int) -> None:
        visitor = Visitor(port)
        for _ in range(count):
            begin = time.perf_counter()
            status, _text, _location = visitor.fetch("GET", path)
            times.append(time.perf_counter() - begin)
            if status >= 400:
                errors.append(status)
        visitor.close()

    begin = time.perf_counter()
    together([lambda: work(total // at_once) for _ in range(at_once)])
    return Result(time.perf_counter() - begin, times, len(errors))


def together(jobs: list[Callable[[], None]]) -> None:
    """Run all jobs at the same time and wait for all."""
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
