"""Options of the suite: which database, whether browser tests must run, and the closing line."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--db sqlite|postgresql`."""
    parser.addoption("--db", choices=("sqlite", "postgresql"), default="sqlite", help="the database to test on")


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The name of this process among those that test at the same time."""
    workerinput = getattr(request.config, "workerinput", None)
    return str(workerinput["workerid"]) if workerinput else "main"
