"""Models' common ground (base class, column types) and the engine for both databases."""

import json
import secrets
import sqlite3
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Engine, Enum, MetaData, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_TIMEOUT_MS = 20_000
LOCK_TIMEOUT = "10s"


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give aware UTC back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All models."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy reads it from the class
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }


class Created:
    """A row that knows when it was made."""

    created_at: Mapped[datetime] = mapped_column(sort_order=900)


class Versioned:
    """A thing that people edit: the edit form carries the version, a stale edit is refused."""

    @declared_attr
    def details_version(cls) -> Mapped[int]:  # noqa: N805
        """Rises with every edit."""
        return mapped_column(default=1, sort_order=901)

    @declared_attr
    def details_changed_at(cls) -> Mapped[datetime]:  # noqa: N805
        """When its details last changed."""
        return mapped_column(sort_order=902)


def enum_column(enum_class: type[StrEnum]) -> Enum:
    """The column type of an enum: its values in the database, as text."""
    return Enum(
        enum_class,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        length=40,
        validate_strings=True,
        create_constraint=False,
    )


def new_public_id() -> str:
    """A random identifier for an address that must not be guessed (96 bits, 16 characters)."""
    return secrets.token_urlsafe(12)


def constraint_of(error: IntegrityError) -> str | None:
    """The name of the constraint that was broken, the same on both databases, or None when it is unknown."""
    diag = getattr(error.orig, "diag", None)
    if diag is not None:
        name = diag.constraint_name
        return str(name) if name else None
    text = str(error.orig)
    if text.startswith("UNIQUE constraint failed: index '"):
        return text.split("'")[1]
    if text.startswith("UNIQUE constraint failed: "):
        columns = [part.strip().split(".") for part in text.partition(": ")[2].split(",")]
        return f"uq_{columns[0][0]}_{'_'.join(column[1] for column in columns)}"
    if text.startswith("CHECK constraint failed: "):
        return text.partition(": ")[2]
    return None


def make_engine(url: str, *, pool_size: int = 4) -> Engine:
    """An engine whose transactions behave the same on SQLite and PostgreSQL."""
    if url.startswith("sqlite"):
        return _sqlite_engine(url, pool_size)
    return create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=30,
        pool_pre_ping=False,
        pool_recycle=1800,
        isolation_level="READ COMMITTED",
        connect_args={"options": f"-c lock_timeout={LOCK_TIMEOUT} -c timezone=UTC"},
        json_serializer=_json,
    )


def _sqlite_engine(url: str, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=30,
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
        json_serializer=_json,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _prepare_sqlite(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
    record.info["read_only"] = False


def _begin_sqlite(connection: Connection) -> None:
    """Writers queue at the start (BEGIN IMMEDIATE); readers never wait and cannot write."""
    read_only = bool(connection.get_execution_options().get("read_only"))
    info = connection.connection.info
    if info.get("read_only") is not read_only:
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
        info["read_only"] = read_only
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
