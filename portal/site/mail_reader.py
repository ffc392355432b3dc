"""Reads the mails that the demo wrote to files instead of sending them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from portal.kernel.errors import NotFoundError
from portal.kernel.mail import URL

NAME = re.compile(r"[a-z0-9-]{1,100}")
NEWEST = 200


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail in the list."""

    id: str
    subject: str
    to: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TextPart:
    """A piece of a mail's text; `url` when it can be followed."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to read."""

    row: MailRow
    parts: tuple[TextPart, ...]
    calendar: str


def mails(folder: Path) -> list[MailRow]:
    """The newest mails, newest first."""
    files = sorted(folder.glob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    return [_row(file.stem, _parse(file)) for file in files[:NEWEST]]


def mail(folder: Path, mail_id: str) -> Mail:
    """One mail. Raises NotFoundError."""
    file = folder / f"{mail_id}.eml"
    if not NAME.fullmatch(mail_id) or not file.is_file():
        raise NotFoundError
    message = _parse(file)
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    return Mail(_row(mail_id, message), tuple(_linked(text.strip())), _calendar(message))


def _parse(file: Path) -> EmailMessage:
    message = BytesParser(policy=default).parsebytes(file.read_bytes())
    if not isinstance(message, EmailMessage):
        raise TypeError("the default policy makes an EmailMessage")
    return message


def _row(mail_id: str, message: EmailMessage) -> MailRow:
    return MailRow(mail_id, str(message["Subject"]), str(message["To"]), parsedate_to_datetime(str(message["Date"])))


def _calendar(message: EmailMessage) -> str:
    """The calendar file that goes with it, as text."""
    for part in message.walk():
        if part.get_content_type() == "text/calendar" and part.get_content_disposition() == "attachment":
            content = part.get_payload(decode=True)
            return content.decode() if isinstance(content, bytes) else ""
    return ""


def _linked(text: str) -> Iterator[TextPart]:
    end = 0
    for found in URL.finditer(text):
        yield TextPart(text[end : found.start()])
        yield TextPart(found.group(), found.group())
        end = found.end()
    yield TextPart(text[end:])
