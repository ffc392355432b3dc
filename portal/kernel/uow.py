"""One unit of work: one transaction, one moment, one actor. The entry point opens it and commits; commands never do."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlalchemy import Engine, event, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, sessionmaker

from portal.kernel.audit import AuditAction, AuditEntry, LookEntry
from portal.kernel.clock import Clock
from portal.kernel.config import Settings
from portal.kernel.outbox import Message, OutboxMessage, Recipient, outbox_values
from portal.kernel.permissions import Actor

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
_UNGUARDED = (AuditEntry, OutboxMessage, LookEntry)


class UnauditedChangeError(RuntimeError):
    """A change without an audit entry: a bug, and it does not commit."""


class UnitOfWork:
    """What a command works with: the session, the actor, the moment, the trail and the outbox."""

    def __init__(self, session: Session, *, actor: Actor, now: datetime, settings: Settings) -> None:
        self.session = session
        self.actor = actor
        self.now = now
        self.settings = settings
        self._audited = False
        self._exempt = False

    def audit(self, action: AuditAction, subject: object, **details: object) -> None:
        """Write the trail for a change of this thing. Details are allow-listed values, never personal text."""
        self._audited = True
        subject_id = getattr(subject, "id", None)
        if subject_id is None:
            self.session.flush()
            subject_id = getattr(subject, "id", None)
        if not isinstance(subject_id, int):
            raise TypeError("an audit entry needs a stored subject")
        actor = self.actor
        self.session.add(
            AuditEntry(
                at=self.now,
                action=action.value,
                subject_type=str(getattr(subject, "__tablename__", type(subject).__name__)),
                subject_id=subject_id,
                actor_role=actor.role.value,
                actor_id=actor.user_id,
                actor_name=actor.name if actor.user_id is None else "",
                employer_id=actor.employer_id,
                phone_call_id=actor.phone_call_id,
                request_id=request_id.get(),
                details={key: _plain(value) for key, value in details.items()},
            )
        )

    def without_audit(self, reason: str) -> None:
        """Say that this unit of work changes nothing that people answer for (sign-in counters, delivery)."""
        if not reason:
            raise ValueError("say why no trail is needed")
        self._exempt = True

    def notify(self, recipient: Recipient, message: Message) -> None:
        """Put a message in the outbox, in this transaction; the same fact for the same person only once."""
        dialect = self.session.get_bind().dialect.name
        make = postgresql.insert if dialect == "postgresql" else sqlite.insert
        values = outbox_values(recipient, message, self.now)
        self.session.execute(make(OutboxMessage).values(**values).on_conflict_do_nothing())

    def looked_at(self, subject_type: str, subject_id: int) -> None:
        """Note that the actor looked at a person or a story."""
        if self.actor.user_id is not None:
            self.session.execute(
                insert(LookEntry).values(
                    at=self.now, actor_id=self.actor.user_id, subject_type=subject_type, subject_id=subject_id
                )
            )
            self._audited = True

    def flush(self) -> None:
        """Send pending changes to the database, so that new rows have an id."""
        self.session.flush()

    def check(self) -> None:
        """Refuse to commit a change that left no trail."""
        if self.session.info.get("changed") and not (self._audited or self._exempt):
            raise UnauditedChangeError(self.session.info["changed"])


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


class WorkSession(Session):
    """A session that notices changes, for the audit guard."""


def _note_flush(session: Session, context: UOWTransaction) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, _UNGUARDED):
            session.info["changed"] = type(row).__name__
            return


def _note_bulk(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        mapper = state.bind_mapper
        if mapper is None or not issubclass(mapper.class_, _UNGUARDED):
            state.session.info["changed"] = mapper.class_.__name__ if mapper else "statement"


@dataclass(slots=True)
class Database:
    """The two kinds of transaction on one engine."""

    engine: Engine
    settings: Settings
    clock: Clock

    @contextmanager
    def work(self, actor: Actor) -> Iterator[UnitOfWork]:
        """A writing transaction: commits at the end of the block, rolls back on any error."""
        with _WORK(bind=self.engine) as session:
            uow = UnitOfWork(session, actor=actor, now=self.clock.now(), settings=self.settings)
            yield uow
            session.flush()
            uow.check()
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read-only transaction: the database itself refuses a write."""
        with _READ(bind=self.engine.execution_options(read_only=True, postgresql_readonly=True)) as session:
            yield session


_WORK = sessionmaker(class_=WorkSession, expire_on_commit=False)
_READ = sessionmaker(class_=Session, expire_on_commit=False, autoflush=False)

event.listen(WorkSession, "after_flush", _note_flush)
event.listen(WorkSession, "do_orm_execute", _note_bulk)
