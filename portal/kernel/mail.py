"""Mails: from one template per message to a text, an HTML and, when there is one, a calendar part; and how they leave.

A mail in a language that no native speaker has read has its Dutch text under it.
"""

import re
import smtplib
import ssl
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from portal.kernel import i18n
from portal.kernel.config import Settings
from portal.kernel.outbox import Address, CalendarPart

TEMPLATES = Path(__file__).parents[2] / "templates"
URL = re.compile(r"https?://[^\s<>]+[^\s<>.,)]")
SHORT_LIMIT = 300
FILTERS = {
    "day": i18n.format_day,
    "short_day": i18n.format_short_day,
    "clock": i18n.format_clock,
    "moment": i18n.format_moment,
    "money": i18n.format_money,
}


@cache
def environment() -> Environment:
    """The Jinja of mails; needs no web framework, because the worker renders them."""
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  plain text; the HTML part escapes everything
        trim_blocks=True,
        lstrip_blocks=True,
    )
    i18n.prepare_jinja(jinja)
    jinja.filters.update(FILTERS)
    return jinja


def render_part(name: str, part: str, context: Mapping[str, object]) -> str:
    """One block of a message's template ('subject', 'body' or 'short') in the language of the moment."""
    template = environment().get_template(f"mail/{name}.jinja")
    block = template.blocks[part]
    return "".join(block(template.new_context(dict(context)))).strip()


def render_short(name: str, context: Mapping[str, object], language: str) -> str:
    """The text for a phone: to read aloud or to send as a text message."""
    with i18n.use_language(language):
        return re.sub(r"\s+", " ", render_part(name, "short", context))


def build(
    name: str,
    context: Mapping[str, object],
    *,
    address: Address,
    settings: Settings,
    message_id: str,
    at: datetime,
    calendar: CalendarPart | None = None,
) -> EmailMessage:
    """The mail for one receiver, in their language."""
    with i18n.use_language(address.language):
        subject = re.sub(r"\s+", " ", render_part(name, "subject", context))
        body = render_part(name, "body", context)
        signature = i18n.gettext("Groeten van het %(team)s", team=settings.team_name)
    parts = [(address.language, f"{body}\n\n{signature}\n{settings.team_email}")]
    if not i18n.LANGUAGES[address.language].reviewed:
        with i18n.use_language(i18n.SOURCE):
            parts.append((i18n.SOURCE, render_part(name, "body", context)))
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = settings.mail_from
    mail["To"] = address.email
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = address.language
    mail.set_content("\n\n----------\n\n".join(text for _, text in parts))
    mail.add_alternative(_html(subject, parts), subtype="html")
    if calendar is not None:
        mail.add_alternative(
            calendar.content.decode(), subtype="calendar", params={"method": calendar.method, "name": "invite.ics"}
        )
        mail.add_attachment(calendar.content, maintype="text", subtype="calendar", filename="invite.ics")
    return mail


def _html(subject: str, parts: list[tuple[str, str]]) -> str:
    sections = [
        {"language": code, "direction": i18n.LANGUAGES[code].direction, "paragraphs": _paragraphs(text)}
        for code, text in parts
    ]
    return environment().get_template("mail/layout.html").render(subject=escape(subject), sections=sections)


def _paragraphs(text: str) -> list[Markup]:
    return [_linked(paragraph.strip()) for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


def _linked(paragraph: str) -> Markup:
    pieces: list[Markup] = []
    end = 0
    for match in URL.finditer(paragraph):
        pieces.append(escape(paragraph[end : match.start()]))
        url = escape(match.group())
        pieces.append(Markup('<a href="{0}">{0}</a>').format(url))
        end = match.end()
    pieces.append(escape(paragraph[end:]))
    return Markup("").join(pieces).replace("\n", Markup("<br>\n"))


class Mailer(Protocol):
    """A way for mails to leave."""

    def send(self, mail: EmailMessage) -> None:
        """Send one mail or raise OSError or SMTPException."""
        ...


class SmtpMailer:
    """Sends through an SMTP server: smtp://user:password@host:port, smtps:// or smtp+starttls://."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)

    def send(self, mail: EmailMessage) -> None:
        """Send one mail."""
        url = self._url
        host = url.hostname or "localhost"
        if url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=30)
        else:
            server = smtplib.SMTP(host, url.port or 25, timeout=30)
        with server:
            if url.scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            server.send_message(mail)


class FileMailer:
    """Keeps mails as .eml files in a folder, to read in the demo."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail: EmailMessage) -> None:
        """Write one mail; the name sorts by time and is made from its Message-ID, so a repeat overwrites."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^a-z0-9]+", "-", str(mail["Message-ID"]).lower()).strip("-")
        temporary = self._folder / f".{name}.part"
        temporary.write_bytes(mail.as_bytes())
        temporary.replace(self._folder / f"{name}.eml")


def make_mailer(settings: Settings) -> Mailer:
    """SMTP when there is a server, else files in the instance folder."""
    if settings.smtp_url:
        return SmtpMailer(settings.smtp_url)
    return FileMailer(settings.instance_dir / "mail")
