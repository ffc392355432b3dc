"""The trail and what mails held end after their time."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.links import request_invitation
from portal.kernel.audit import AuditEntry, LookEntry
from portal.kernel.clock import FixedClock
from portal.kernel.permissions import VISITOR
from portal.kernel.retention import RULES, run_rule
from tests.conftest import WorkAs
from tests.support.outbox import Outbox
from tests.support.people import a_coach, actor_of


def run(work_as: WorkAs, name: str) -> int:
    with work_as(VISITOR) as uow:
        uow.without_audit("the register of destruction is the trail")
        made = run_rule(uow.session, RULES[name], uow.now)
        return made.removed if made else 0


def test_trail_ends_after_two_years(work_as: WorkAs, session: Session, clock: FixedClock) -> None:
    with work_as(VISITOR) as uow:
        coach = a_coach(uow)
    with work_as(actor_of(coach)) as uow:
        uow.looked_at("participant", 1)
    clock.advance(timedelta(days=729))
    assert (run(work_as, "audit"), run(work_as, "looks")) == (0, 0)
    clock.advance(timedelta(days=2))
    assert (run(work_as, "audit"), run(work_as, "looks")) == (1, 1)
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0
    assert session.scalar(select(func.count()).select_from(LookEntry)) == 0


def test_sent_messages_lose_what_they_held(work_as: WorkAs, clock: FixedClock, outbox: Outbox) -> None:
    with work_as(VISITOR) as uow:
        request_invitation(uow, a_coach(uow))
    outbox.deliver()
    clock.advance(timedelta(days=59))
    assert run(work_as, "outbox_payloads") == 0
    clock.advance(timedelta(days=2))
    assert run(work_as, "outbox_payloads") == 1
    assert run(work_as, "outbox_payloads") == 0
    (row,) = outbox.rows()
    assert (row.payload, row.recipient_id) == ({}, 0)
    assert row.dedupe_key


def test_messages_that_were_given_up_go(work_as: WorkAs, clock: FixedClock, outbox: Outbox) -> None:
    with work_as(VISITOR) as uow:
        coach = a_coach(uow)
        request_invitation(uow, coach)
        coach.active = False
    outbox.deliver()
    clock.advance(timedelta(days=61))
    assert run(work_as, "outbox_payloads") == 1
    assert outbox.rows() == []
