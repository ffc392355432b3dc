"""Run every test: on SQLite, on PostgreSQL, and in a browser where the machine has one; end with what ran.

With --all-required (CI) a part that could not run is a failure.
"""

import argparse
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.database import postgresql_programs  # noqa: E402

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Outcome:
    """How one part of the suite went."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    code: int = 0
    missing: str = ""

    @property
    def line(self) -> str:
        """For the closing lines."""
        if self.missing:
            return f"{self.name}: did not run ({self.missing})"
        return f"{self.name}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run(name: str, *words: str) -> Outcome:
    """One part of the suite, spread over the cores."""
    print(f"\n== {name}", flush=True)
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        workers = os.environ.get("TEST_WORKERS", str(min(4, os.cpu_count() or 1)))
        command = [sys.executable, "-m", "pytest", "-q", "-n", workers, f"--junitxml={report}", *words]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        outcome = Outcome(name, code=code)
        if report.exists():
            for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314  our own file
                bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
                outcome.failed += bad
                outcome.skipped += int(suite.get("skipped", 0))
                outcome.passed += int(suite.get("tests", 0)) - bad - int(suite.get("skipped", 0))
    return outcome


def has_browser() -> bool:
    """Whether there is a Chromium to drive."""
    return any(shutil.which(name) for name in CHROMIUMS)


def main() -> int:
    """All parts; 0 when everything that ran passed (and, in CI, everything ran)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all-required", action="store_true")
    options, words = parser.parse_known_args()
    outcomes = [run("SQLite", "-m", "not browser", "--db", "sqlite", *words)]
    if os.environ.get("TEST_DATABASE_URL") or postgresql_programs():
        outcomes.append(run("PostgreSQL", "-m", "not browser", "--db", "postgresql", *words))
    else:
        outcomes.append(Outcome("PostgreSQL", missing="no PostgreSQL found"))
    if has_browser():
        outcomes.append(run("Browser", "-m", "browser", "--db", "sqlite", *words))
    else:
        outcomes.append(Outcome("Browser", missing="no Chromium found"))
    print("\nWhat ran:")
    for outcome in outcomes:
        print(f"  {outcome.line}")
    incomplete = [o for o in outcomes if o.missing or o.skipped]
    failed = [o for o in outcomes if o.code != 0 and not o.missing]
    total = [sum(getattr(o, part) for o in outcomes) for part in ("passed", "failed", "skipped")]
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    if options.all_required and incomplete:
        print("Something was skipped; here everything must run.", file=sys.stderr)
        return 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
