"""One migrated database per test process; each test gets a copy."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from portal import schema
from portal.kernel.db import make_engine
from tests.support.database import new_postgresql_database, postgresql_server


@dataclass
class TemplateDatabase:
    """Where the migrated database is."""

    kind: str
    place: str
    name: str
    numbers: Iterator[int] = field(default_factory=count)

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        """The address of a copy of its own, dropped afterwards."""
        number = next(self.numbers)
        if self.kind == "sqlite":
            target = folder / f"portal-{number}.db"
            shutil.copyfile(self.place, target)
            yield f"sqlite:///{target}"
            return
        name = f"{self.name}_{number}"
        yield new_postgresql_database(self.place, name, template=self.name)
        engine = create_engine(self.place, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        engine.dispose()


@contextmanager
def template_database(kind: str, folder: Path, worker: str) -> Iterator[TemplateDatabase]:
    """Make and migrate the database of this process."""
    schema.load_models()
    if kind == "sqlite":
        path = folder / "template.db"
        engine = make_engine(f"sqlite:///{path}")
        schema.upgrade(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
        engine.dispose()
        yield TemplateDatabase(kind, str(path), "template")
        return
    with postgresql_server() as server:
        if server is None:
            pytest.skip("no PostgreSQL on this machine")
        name = f"portal_{worker}"
        engine = make_engine(new_postgresql_database(server, name))
        schema.upgrade(engine)
        engine.dispose()
        yield TemplateDatabase(kind, server, name)
