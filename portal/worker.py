"""Delivers the outbox and runs what is due: offers that end, retention. Holds no transaction while it sends."""

import logging
import smtplib
import threading
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

from sqlalchemy.orm import Session

from portal.kernel import mail, outbox, retention, throttle
from portal.kernel.i18n import SOURCE
from portal.kernel.links import Links
from portal.kernel.outbox import ADDRESS_BOOKS, Address, MessageKit, OutboxMessage
from portal.kernel.permissions import system_actor
from portal.kernel.uow import Database, UnitOfWork

logger = logging.getLogger("portal.worker")

PAUSE_SECONDS = 2.0
RETENTION_PAUSE = timedelta(hours=6)
ACTOR = system_actor("worker")

Duty = Callable[[UnitOfWork], object]


class Worker:
    """One worker; several may run beside each other."""

    def __init__(self, database: Database, links: Links, duties: tuple[Duty, ...] = ()) -> None:
        self._database = database
        self._kit = MessageKit(links, database.settings)
        self._mailer = mail.make_mailer(database.settings)
        self._duties = duties
        self._next_retention = database.clock.now()

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; a failure is logged and the next round tries again."""
        while not stop.is_set():
            try:
                busy = self.round()
            except Exception:
                logger.exception("a round of the worker failed")
                busy = False
            if not busy:
                stop.wait(PAUSE_SECONDS)

    def round(self) -> bool:
        """One round; tells whether there was anything to deliver."""
        for duty in self._duties:
            with self._database.work(ACTOR) as uow:
                duty(uow)
        if self._database.clock.now() >= self._next_retention:
            self.run_retention()
            self._next_retention = self._database.clock.now() + RETENTION_PAUSE
        return self.deliver() > 0

    def deliver_all(self) -> int:
        """Deliver until nothing is due; returns how many messages were handled."""
        total = 0
        while handled := self.deliver():
            total += handled
        return total

    def deliver(self) -> int:
        """Claim what is due, send each, settle each."""
        with self._database.work(ACTOR) as uow:
            uow.without_audit("delivery keeps its own state in the outbox")
            ids = outbox.claim(uow.session, uow.now)
        for message_id in ids:
            self._deliver_one(message_id)
        return len(ids)

    def _deliver_one(self, message_id: int) -> None:
        try:
            email = self._render(message_id)
            if email is not None:
                self._mailer.send(email)
        except (OSError, smtplib.SMTPException, LookupError, ValueError, TypeError, ArithmeticError) as problem:
            reason = type(problem).__name__
            self._settle(lambda uow: outbox.fail(uow.session, message_id, uow.now, reason))
            logger.warning("message %s was not delivered: %s", message_id, reason)
            return
        if email is None:
            self._settle(lambda uow: outbox.drop(uow.session, message_id, uow.now, "no address"))
        else:
            self._settle(lambda uow: outbox.settle(uow.session, message_id, uow.now))

    def _render(self, message_id: int) -> EmailMessage | None:
        with self._database.reading() as db:
            row = db.get_one(OutboxMessage, message_id)
            address = self._address(db, row)
            if address is None:
                return None
            message = row.message()
            return mail.build(
                row.name,
                message.context(db, self._kit),
                address=address,
                settings=self._kit.settings,
                message_id=f"<outbox-{row.id}@{self._kit.settings.host}>",
                at=row.created_at,
                calendar=message.calendar(db, self._kit, address),
            )

    def _address(self, db: Session, row: OutboxMessage) -> Address | None:
        settings = self._kit.settings
        if row.recipient_kind == "team":
            return Address(settings.team_email, settings.team_name, SOURCE)
        return ADDRESS_BOOKS[row.recipient_kind](db, row.recipient_id)  # type: ignore[index]

    def _settle(self, note: Callable[[UnitOfWork], None]) -> None:
        with self._database.work(ACTOR) as uow:
            uow.without_audit("delivery keeps its own state in the outbox")
            note(uow)

    def run_retention(self) -> None:
        """Delete what has ended; each rule in its own transaction."""
        for rule in retention.RULES.values():
            with self._database.work(ACTOR) as uow:
                uow.without_audit("the register of destruction is the trail")
                run = retention.run_rule(uow.session, rule, uow.now)
                if run is not None and run.stopped:
                    logger.error("retention rule %s stopped itself: far more rows than usual", rule.name)
        with self._database.work(ACTOR) as uow:
            uow.without_audit("counters only")
            throttle.forget(uow.session, uow.now)
