"""The people around placements."""

from dataclasses import dataclass, replace

import pytest

from portal.accounts.models import User
from portal.employers.models import Employer
from portal.kernel.permissions import Actor, system_actor
from portal.placements.models import Placement
from tests.conftest import WorkAs
from tests.factories.employers import an_owner, owner_actor, team_actor
from tests.factories.placements import a_placement
from tests.support.people import a_team_member

SYSTEM = system_actor("test")
TEAM_MAIL = "werkgeversteam@meedraaien.example"


@dataclass(frozen=True)
class Cast:
    """Two colleagues, two companies with their owners, and a placement at the first one."""

    contact: User
    colleague: User
    employer: Employer
    owner: User
    other: Employer
    other_owner: User
    placement: Placement

    @property
    def team(self) -> Actor:
        """The contact of the company."""
        return team_actor(self.contact)

    @property
    def second(self) -> Actor:
        """Another colleague."""
        return team_actor(self.colleague)

    @property
    def company(self) -> Actor:
        """The owner of the company with the placement."""
        return owner_actor(self.employer, self.owner)

    @property
    def stranger(self) -> Actor:
        """The owner of another company."""
        return owner_actor(self.other, self.other_owner)

    @property
    def by_phone(self) -> Actor:
        """A colleague who is on the phone with the company."""
        return replace(self.second, employer_id=self.employer.id, phone_call_id=1)


@pytest.fixture
def cast(work_as: WorkAs) -> Cast:
    """The people around a placement."""
    with work_as(SYSTEM) as uow:
        contact, colleague = a_team_member(uow), a_team_member(uow, "Joris Tempelman")
        employer, owner = an_owner(uow, name="Bakkerij De Sprenge")
        other, other_owner = an_owner(uow, name="Slagerij De Hakbijl")
        placement = a_placement(uow, employer, contact=contact, reference="AP-7001")
        return Cast(contact, colleague, employer, owner, other, other_owner, placement)
