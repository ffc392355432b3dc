"""Threads that start together, and the same deeds without the lock, to show what the lock is for."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import pytest
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

T = TypeVar("T")
PAUSE_SECONDS = 0.01


def together(deeds: list[Callable[[], T]]) -> list[T]:
    """Do all at the same moment, each in a thread of its own; the answers in the order of the deeds."""
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], T]) -> T:
        start.wait(timeout=30)
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def open_the_window(function: Callable[..., T]) -> Callable[..., T]:
    """The same function, with a pause behind it in which others may come between."""

    def slow(*args: object, **values: object) -> T:
        found = function(*args, **values)
        threading.Event().wait(PAUSE_SECONDS)
        return found

    return slow


@contextmanager
def without_lock(engine: Engine) -> Iterator[Callable[[], Session]]:
    """Sessions that decide on what they read before: on SQLite they begin late, on PostgreSQL they lock nothing."""
    if engine.dialect.name == "postgresql":
        yield lambda: Session(engine, expire_on_commit=False)
        return
    plain = create_engine(engine.url, connect_args={"check_same_thread": False, "timeout": 0.05})
    event.listen(plain, "connect", lambda connection, _record: setattr(connection, "isolation_level", None))
    event.listen(plain, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    try:
        yield lambda: Session(plain, expire_on_commit=False)
    finally:
        plain.dispose()


@contextmanager
def refused_by_sqlite(engine: Engine) -> Iterator[None]:
    """On SQLite a stale decision cannot be written: the person is told of an error instead."""
    if engine.dialect.name == "postgresql":
        yield
        return
    with pytest.raises(OperationalError, match="locked"):
        yield
