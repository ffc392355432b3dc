"""The trail: who did what to which thing, append only; and who looked at a person or a story."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base
from portal.kernel.vocabulary import Vocabulary


class AuditAction(Vocabulary):
    """Base of the actions of a slice: `<slice>.<thing>.<past tense>` with its Dutch words."""


class AuditEntry(Base):
    """One thing that happened. Details hold allow-listed values, never free text, names or addresses."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_type", "subject_id"),
        Index("ix_audit_entry_phone_call", "phone_call_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(80))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    actor_role: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(120), default="")
    employer_id: Mapped[int | None]
    phone_call_id: Mapped[int | None]
    request_id: Mapped[str | None] = mapped_column(String(40))
    details: Mapped[dict[str, Any]]


class LookEntry(Base):
    """Somebody looked at a person or a story; shown to that person on request."""

    __tablename__ = "look_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int]
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]


SQLITE_GUARD = """
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit_entry is append only'); END
"""
POSTGRESQL_GUARD = (
    """
CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_entry is append only'; END $$
""",
    """
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()
""",
)


def action_of(value: str) -> AuditAction | None:
    """The action with this value, of whichever slice."""
    for actions in AuditAction.__subclasses__():
        if value in actions.__members__.values():
            return actions(value)
    return None
