"""Old links go, and the personal data of people who left a year ago."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts import users
from portal.accounts.links import request_invitation
from portal.accounts.models import SignInLink, User
from portal.kernel.clock import FixedClock
from portal.kernel.permissions import VISITOR
from portal.kernel.retention import RULES, run_rule
from tests.conftest import WorkAs
from tests.support.people import a_coach, a_team_lead, actor_of


def run(work_as: WorkAs, name: str) -> int:
    with work_as(VISITOR) as uow:
        uow.without_audit("the register of destruction is the trail")
        made = run_rule(uow.session, RULES[name], uow.now)
        return made.removed if made else 0


def test_links_go_thirty_days_after_their_end(work_as: WorkAs, session: Session, clock: FixedClock) -> None:
    with work_as(VISITOR) as uow:
        request_invitation(uow, a_coach(uow))
    clock.advance(timedelta(days=36))
    assert run(work_as, "accounts.old_links") == 0
    clock.advance(timedelta(days=2))
    assert run(work_as, "accounts.old_links") == 1
    assert session.scalar(select(func.count()).select_from(SignInLink)) == 0


def test_people_who_left_are_forgotten_after_a_year(work_as: WorkAs, session: Session, clock: FixedClock) -> None:
    with work_as(VISITOR) as uow:
        coach, lead = a_coach(uow), a_team_lead(uow)
    with work_as(actor_of(lead)) as uow:
        users.stop_user(uow, user_id=coach.id)
    clock.advance(timedelta(days=364))
    assert run(work_as, "accounts.stopped_users") == 0
    clock.advance(timedelta(days=2))
    assert run(work_as, "accounts.stopped_users") == 1
    assert run(work_as, "accounts.stopped_users") == 0
    gone = session.get_one(User, coach.id)
    assert (gone.name, gone.phone, gone.password_hash) == ("gestopt", None, None)
    assert coach.email not in gone.email
    assert session.get_one(User, lead.id).name == lead.name
