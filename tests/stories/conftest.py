"""The people around stories."""

from dataclasses import dataclass

import pytest

from portal.accounts.models import User
from portal.employers.models import Employer
from portal.kernel.permissions import Actor, system_actor
from tests.conftest import WorkAs
from tests.factories.employers import an_owner, owner_actor, team_actor
from tests.support.people import a_team_member

SYSTEM = system_actor("test")


@dataclass(frozen=True)
class Cast:
    """Two colleagues of the team, and an approved employer with its owner."""

    writer: User
    reader: User
    employer: Employer
    owner: User

    @property
    def writes(self) -> Actor:
        """The colleague who writes."""
        return team_actor(self.writer)

    @property
    def releases(self) -> Actor:
        """The colleague who reads and releases."""
        return team_actor(self.reader)

    @property
    def asks(self) -> Actor:
        """The owner of the company."""
        return owner_actor(self.employer, self.owner)


@pytest.fixture
def cast(work_as: WorkAs) -> Cast:
    """The people around a story."""
    with work_as(SYSTEM) as uow:
        employer, owner = an_owner(uow, name="Slagerij De Hakbijl")
        return Cast(a_team_member(uow), a_team_member(uow, "Joris Tempelman"), employer, owner)
