"""What the parts of the demo share: the lists, the day it is, and who acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from portal.employers.models import Employer
from portal.kernel.clock import FixedClock, from_local, local_day
from portal.kernel.names import company_key
from portal.kernel.permissions import Actor, Role, system_actor
from portal.kernel.uow import Database, UnitOfWork

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@dataclass
class World:
    """The portal that is filled, the folder with the lists, and the people by name."""

    database: Database
    folder: Path
    staff: dict[str, Actor] = field(default_factory=dict)

    @cached_property
    def now(self) -> datetime:
        """The moment of loading; everything else is counted from it."""
        return self.database.clock.now()

    def yaml(self, name: str) -> Any:
        """One of the scenario's files."""
        return yaml.safe_load((self.folder / name).read_text(encoding="utf-8"))

    def day(self, number: int, weekday: str | None = None) -> date:
        """The day so many days from now; the first such weekday on or after it."""
        day = local_day(self.now) + timedelta(days=number)
        while weekday and DAYS[day.weekday()] != weekday:
            day += timedelta(days=1)
        return day

    def moment(self, day: date, clock: str) -> datetime:
        """A day and '09:30' in Amsterdam."""
        hours, minutes = clock.split(":")
        return from_local(day, time(int(hours), int(minutes)))

    @contextmanager
    def as_system(self) -> Iterator[UnitOfWork]:
        """A unit of work in the name of the demo itself."""
        with self.database.work(system_actor("demo")) as uow:
            yield uow

    @contextmanager
    def as_staff(self, name: str, at: datetime | None = None) -> Iterator[UnitOfWork]:
        """A unit of work of a colleague, now or at an earlier moment."""
        with self._at(at).work(self.staff[name]) as uow:
            yield uow

    @contextmanager
    def as_employer(self, employer_id: int, user_id: int | None, at: datetime | None = None) -> Iterator[UnitOfWork]:
        """A unit of work of somebody of a company."""
        actor = Actor(role=Role.EMPLOYER_OWNER, user_id=user_id, employer_id=employer_id)
        with self._at(at).work(actor) as uow:
            yield uow

    def _at(self, moment: datetime | None) -> Database:
        return self.database if moment is None else replace(self.database, clock=FixedClock(moment))

    def employers(self) -> dict[str, Employer]:
        """All companies by the key of their name."""
        with self.database.reading() as session:
            return {company_key(row.name): row for row in session.scalars(select(Employer))}
