"""Loads the demo in order: people, lists, offers, tours, the fair, stories, placements."""

from pathlib import Path

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.demo import desk, events, people, talks
from portal.demo.world import World
from portal.employers.models import Employer
from portal.employers.sector_data import ensure_sectors
from portal.kernel.errors import ConfigurationError
from portal.kernel.facts import DEMO, InstallationFact, holds_demo_data
from portal.kernel.uow import Database
from portal.participants.models import Participant

SCENARIO = Path(__file__).parents[2] / "tests" / "data" / "scenario"


def load_demo(database: Database, folder: Path = SCENARIO, *, once: bool = False) -> bool:
    """Fill an empty portal. With `once` a portal that was filled before is left alone; tells whether it was filled."""
    if database.settings.is_production:
        raise ConfigurationError("The demo is not loaded in production mode: its people are invented.")
    if not (folder / "evenementen.yaml").exists():
        raise ConfigurationError(f"The demo's lists are not in {folder}.")
    with database.reading() as session:
        if holds_demo_data(session):
            if once:
                return False
            raise ConfigurationError("The demo was loaded before; `make demo-reset` starts afresh.")
        if _holds_people(session):
            raise ConfigurationError("This database has people in it: the demo fills only an empty portal.")
    world = World(database, folder)
    with world.as_system() as uow:
        ensure_sectors(uow)
        uow.session.add(InstallationFact(key=DEMO, value="scenario"))
        uow.without_audit("a fact about this installation")
    people.make_staff(world)
    desk.take_over_lists(world)
    people.let_employers_in(world)
    desk.publish_vacancies(world)
    events.hold_tours(world)
    events.open_fair(world)
    talks.tell_stories(world)
    talks.place_people(world)
    desk.leave_work(world)
    return True


def _holds_people(session: Session) -> bool:
    """Whether somebody's work is in this database already."""
    return any(session.scalar(select(exists().where(row.id > 0))) for row in (User, Employer, Participant))
