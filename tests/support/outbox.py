"""What would be sent."""

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from portal.kernel.outbox import OutboxMessage
from portal.worker import Worker


class Outbox:
    """The outbox of the portal under test."""

    def __init__(self, app: Flask) -> None:
        self._portal = app.extensions["portal"]

    def names(self) -> list[str]:
        """The names of all messages, oldest first."""
        return [row.name for row in self.rows()]

    def rows(self) -> list[OutboxMessage]:
        """All messages, oldest first."""
        with self._portal.database.reading() as db:
            return list(db.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))

    def deliver(self) -> list[EmailMessage]:
        """Let the worker deliver what is due, and read all mails that were ever delivered, oldest first."""
        Worker(self._portal.database, self._portal.links).deliver_all()
        return self.mails()

    def mails(self) -> list[EmailMessage]:
        """The mails that were delivered, oldest first."""
        folder = Path(self._portal.settings.instance_dir) / "mail"
        found = [
            BytesParser(policy=default).parsebytes(path.read_bytes())  # type: ignore[arg-type]
            for path in folder.glob("*.eml")
        ]
        return sorted(found, key=lambda mail: int(str(mail["Message-ID"]).split("-")[1].split("@")[0]))

    def to(self, email: str) -> list[EmailMessage]:
        """Deliver, and read the mails to one address."""
        return [mail for mail in self.deliver() if mail["To"] == email]
