"""The transactional outbox: a message is a row in the same transaction as the change; the worker delivers it.

At least once, with a Message-ID made from the row, and a dedupe key that names the fact, not the attempt.
"""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, TypeVar

from sqlalchemy import Index, String, Text, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.kernel.config import Settings
from portal.kernel.db import Base, Created
from portal.kernel.links import Links

LEASE = timedelta(minutes=5)
FIRST_RETRY = timedelta(minutes=1)
MAX_ATTEMPTS = 10
KEEP_PAYLOAD_DAYS = 60

RecipientKind = Literal["user", "participant", "member", "team"]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a message; the address and the language are looked up when it is sent."""

    kind: RecipientKind
    id: int

    @classmethod
    def user(cls, user_id: int) -> "Recipient":
        """Somebody with an account."""
        return cls("user", user_id)

    @classmethod
    def participant(cls, participant_id: int) -> "Recipient":
        """A participant."""
        return cls("participant", participant_id)

    @classmethod
    def team(cls) -> "Recipient":
        """The shared mailbox of the werkgeversteam."""
        return cls("team", 0)

    @classmethod
    def member(cls, member_id: int) -> "Recipient":
        """A contact person of an employer, with or without an account."""
        return cls("member", member_id)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes at the moment of sending."""

    email: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """A calendar file that goes with a message; the method is REQUEST or CANCEL."""

    content: bytes
    method: str


@dataclass(frozen=True, slots=True)
class MessageKit:
    """What a message may use to fill its template: secret links and the installation's settings."""

    links: Links
    settings: Settings


@dataclass(frozen=True)
class Message:
    """Base of all messages: a frozen dataclass of ids and plain values, never personal text."""

    name: ClassVar[str]
    audience: ClassVar[Literal["employer", "team", "coach", "participant"]]

    def fact(self) -> str:
        """The fact that this message tells; the same fact is told once to the same person."""
        values = ":".join(str(value) for value in dataclasses.astuple(self))
        return f"{self.name}:{values}"

    def context(self, session: Session, kit: MessageKit) -> Mapping[str, object]:
        """What the template needs, read when the message is sent."""
        raise LookupError(f"{self.name} has no context")

    def calendar(self, session: Session, kit: MessageKit, address: Address) -> CalendarPart | None:
        """The invitation that goes with it, if any."""
        return None


MESSAGES: dict[str, type[Message]] = {}
AddressBook = Callable[[Session, int], Address | None]
ADDRESS_BOOKS: dict[RecipientKind, AddressBook] = {}


M = TypeVar("M", bound=type[Message])


def message(message_class: M) -> M:
    """Register a message class by its name."""
    if message_class.name in MESSAGES:
        raise ValueError(f"two messages are named {message_class.name}")
    MESSAGES[message_class.name] = message_class
    return message_class


class OutboxMessage(Base, Created):
    """A message that must be delivered, or was."""

    __tablename__ = "outbox_message"
    __table_args__ = (Index("ix_outbox_message_due", "sent_at", "dead_at", "available_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    recipient_kind: Mapped[str] = mapped_column(String(20))
    recipient_id: Mapped[int]
    payload: Mapped[dict[str, Any]]
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    available_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]

    def message(self) -> Message:
        """The message as its class made it."""
        return MESSAGES[self.name](**self.payload)


def outbox_values(recipient: Recipient, message: Message, now: datetime) -> dict[str, Any]:
    """The row for a message; the dedupe key holds the receiver, so that each is told once."""
    return {
        "name": message.name,
        "recipient_kind": recipient.kind,
        "recipient_id": recipient.id,
        "payload": dataclasses.asdict(message),
        "dedupe_key": f"{recipient.kind}:{recipient.id}:{message.fact()}",
        "created_at": now,
        "available_at": now,
        "attempts": 0,
    }


def claim(session: Session, now: datetime, *, limit: int = 20) -> list[int]:
    """Take messages that are due for a lease; a worker that dies leaves them to come back by themselves."""
    due = session.scalars(
        select(OutboxMessage.id)
        .where(OutboxMessage.sent_at.is_(None), OutboxMessage.dead_at.is_(None), OutboxMessage.available_at <= now)
        .order_by(OutboxMessage.available_at, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if due:
        session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id.in_(due))
            .values(attempts=OutboxMessage.attempts + 1, available_at=now + LEASE)
        )
    return list(due)


def settle(session: Session, message_id: int, now: datetime) -> None:
    """Note that a message was sent."""
    session.execute(update(OutboxMessage).where(OutboxMessage.id == message_id).values(sent_at=now, last_error=None))


def fail(session: Session, message_id: int, now: datetime, error: str) -> None:
    """Note a failure: the pause doubles, after ten tries the message is dead and shown to the team."""
    row = session.get_one(OutboxMessage, message_id)
    row.last_error = error[:500]
    if row.attempts >= MAX_ATTEMPTS:
        row.dead_at = now
    else:
        row.available_at = now + FIRST_RETRY * 2 ** (row.attempts - 1)


def drop(session: Session, message_id: int, now: datetime, reason: str) -> None:
    """Give a message up at once, because its receiver or its thing is gone."""
    session.execute(update(OutboxMessage).where(OutboxMessage.id == message_id).values(dead_at=now, last_error=reason))
