"""The outbox: no commit, no mail; each fact once; a dead worker loses nothing; real SMTP."""

import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any, ClassVar, Literal

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as SmtpMessageHandler
from flask import Flask
from sqlalchemy.orm import Session

from portal.kernel import mail, outbox
from portal.kernel.clock import FixedClock
from portal.kernel.outbox import MESSAGES, Message, MessageKit, OutboxMessage, Recipient, message
from portal.kernel.uow import Database
from portal.web.context import Portal
from portal.worker import Worker
from tests.conftest import TEAM
from tests.support.outbox import Outbox


@dataclass(frozen=True)
class SomethingHappened(Message):
    """A message for the tests; borrows the template of a real one."""

    name: ClassVar[str] = "something_happened"
    audience: ClassVar[Literal["team"]] = "team"
    number: int

    def context(self, session: Session, kit: MessageKit) -> Mapping[str, object]:
        return {"number": self.number, "url": kit.links.url("/team/")}


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    message(SomethingHappened)

    def render(name: str, part: str, context: Mapping[str, object]) -> str:
        assert name == "something_happened"
        return {"subject": "Nummer %(number)s", "body": "Kijk op %(url)s.\n\n<b>"}[part] % context

    monkeypatch.setattr(mail, "render_part", render)
    yield
    del MESSAGES["something_happened"]


@pytest.fixture
def box(app: Flask) -> Outbox:
    return Outbox(app)


@pytest.fixture
def portal(app: Flask) -> Portal:
    parts: Portal = app.extensions["portal"]
    return parts


def put(database: Database, *numbers: int) -> None:
    with database.work(TEAM) as uow:
        for number in numbers:
            uow.notify(Recipient.team(), SomethingHappened(number))


def test_a_message_is_a_row_of_the_same_transaction(database: Database, box: Outbox) -> None:
    with pytest.raises(ZeroDivisionError), database.work(TEAM) as uow:
        uow.notify(Recipient.team(), SomethingHappened(1))
        raise ZeroDivisionError
    assert box.names() == []


def test_the_same_fact_is_told_once(database: Database, box: Outbox) -> None:
    put(database, 1, 1)
    put(database, 1, 2)
    assert box.names() == ["something_happened"] * 2


def test_a_mail_has_text_html_and_a_message_id_of_its_row(database: Database, box: Outbox) -> None:
    put(database, 7)
    (sent,) = box.deliver()
    assert sent["Subject"] == "Nummer 7"
    assert sent["Message-ID"] == "<outbox-1@localhost>"
    assert "Kijk op http://localhost/team/." in sent.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    html = sent.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert '<a href="http://localhost/team/">http://localhost/team/</a>.' in html
    assert "&lt;b&gt;" in html


def test_a_failure_waits_longer_each_time_and_then_is_dead(
    database: Database, portal: Portal, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object, mail: EmailMessage) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(mail.FileMailer, "send", refuse)
    put(database, 1)
    worker = Worker(database, portal.links)
    for _ in range(outbox.MAX_ATTEMPTS):
        assert worker.deliver() == 1
        assert worker.deliver() == 0
        clock.advance(timedelta(hours=12))
    assert worker.deliver() == 0
    with database.reading() as db:
        row = db.get_one(OutboxMessage, 1)
        assert (row.attempts, row.sent_at, row.last_error) == (10, None, "ConnectionRefusedError")
        assert row.dead_at is not None


def test_a_worker_that_dies_leaves_its_messages_to_the_next(
    database: Database, portal: Portal, clock: FixedClock
) -> None:
    put(database, 1)
    with database.work(TEAM) as uow:
        uow.without_audit("the worker claims and then dies")
        assert outbox.claim(uow.session, uow.now) == [1]
    worker = Worker(database, portal.links)
    assert worker.deliver() == 0
    clock.advance(outbox.LEASE)
    assert worker.deliver() == 1


def test_four_workers_send_each_message_once(database: Database, portal: Portal, box: Outbox) -> None:
    put(database, *range(60))
    sent: list[str] = []

    class Counting:
        def send(self, mail: EmailMessage) -> None:
            sent.append(str(mail["Message-ID"]))

    def work() -> None:
        worker = Worker(database, portal.links)
        worker._mailer = Counting()
        worker.deliver_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == len(set(sent)) == 60
    assert all(row.sent_at for row in box.rows())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Collected(SmtpMessageHandler):
    """Keeps what an SMTP server received."""

    def __init__(self) -> None:
        super().__init__()
        self.subjects: list[str] = []

    def handle_message(self, message: Any) -> None:
        self.subjects.append(message["Subject"])


def test_mails_leave_over_real_smtp(database: Database, portal: Portal) -> None:
    handler = Collected()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        database.settings = replace(database.settings, smtp_url=f"smtp://127.0.0.1:{port}")
        put(database, 3)
        Worker(database, portal.links).deliver_all()
    finally:
        controller.stop()
    assert handler.subjects == ["Nummer 3"]
