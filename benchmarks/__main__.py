"""`make benchmark`: pages and rush beside their floor, on SQLite and PostgreSQL."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from benchmarks import pages, rush
from benchmarks.seed import season
from benchmarks.servers import serve
from portal.kernel.db import make_engine
from tests.support.database import new_postgresql_database, postgresql_server


@contextmanager
def database(kind: str, folder: str) -> Iterator[str]:
    """An empty database; PostgreSQL keeps its settings for safety (fsync) as in production."""
    if kind == "sqlite":
        yield f"sqlite:///{Path(folder) / 'bench.db'}"
        return
    with postgresql_server() as server:
        if server is None:
            raise SystemExit("no PostgreSQL on this machine")
        yield new_postgresql_database(server, "bench")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", choices=["pages", "rush", []], default=["pages", "rush"])
    parser.add_argument("--db", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--times", type=int, default=10, help="runs of each rush")
    options = parser.parse_args()
    kinds = ["sqlite", "postgresql"] if options.db == "both" else [options.db]
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder, database(kind, folder) as url, nullcontext():
            season(url)
            env = {
                "DATABASE_URL": url,
                "PORTAL_INSTANCE": folder,
                "SECRET_KEY": "benchmark-0123456789-abcdefghijklmnop",
            }
            with serve("wsgi:app", env) as portal, serve("benchmarks.floor:app", env) as floor:
                print(f"\n## {kind}\n")
                if "pages" in options.what:
                    pages.run(portal, floor)
                    print()
                if "rush" in options.what:
                    engine = make_engine(url)
                    rush.run(portal, floor, engine, times=options.times)
                    engine.dispose()


if __name__ == "__main__":
    main()
