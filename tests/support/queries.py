"""Counting statements, for query budgets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine, event

UNCOUNTED = ("PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass
class Statements:
    """What was sent to the database."""

    texts: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many statements."""
        return len(self.texts)


@contextmanager
def counted(engine: Engine) -> Iterator[Statements]:
    """Note every statement inside the block."""
    found = Statements()

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.lstrip().upper().startswith(UNCOUNTED):
            found.texts.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def at_most(number: int, engine: Engine) -> Iterator[Statements]:
    """Fail when more statements than this were needed."""
    with counted(engine) as found:
        yield found
    assert found.count <= number, "\n\n".join([f"{found.count} statements, at most {number} allowed:", *found.texts])
