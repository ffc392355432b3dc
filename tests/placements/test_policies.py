"""Which placements and issues exist for whom."""

import pytest
from sqlalchemy.orm import Session

from portal.kernel.errors import NotFoundError
from portal.kernel.permissions import VISITOR, Actor, Role
from portal.placements import queries
from portal.placements.policies import all_issues, all_placements, own_issues, own_placements
from tests.conftest import WorkAs
from tests.factories.participants import a_participant
from tests.factories.placements import a_placement, an_issue
from tests.placements.conftest import SYSTEM, Cast

NOBODY = (
    VISITOR,
    Actor(role=Role.COACH, user_id=5),
    Actor(role=Role.EMPLOYER_APPLICANT, user_id=5, employer_id=1),
)


def test_a_company_sees_its_own_also_when_the_team_is_on_the_phone(
    work_as: WorkAs, cast: Cast, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        an_issue(uow, cast.placement)
        an_issue(uow, a_placement(uow, cast.other))
    for actor in (cast.company, cast.by_phone):
        assert [row.id for row in session.scalars(own_placements(actor))] == [cast.placement.id]
        assert [row.placement_id for row in session.scalars(own_issues(actor))] == [cast.placement.id]
    for actor in (*NOBODY, cast.team):
        assert session.scalars(own_placements(actor)).all() == []
        assert session.scalars(own_issues(actor)).all() == []


def test_the_desk_is_for_the_team(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        an_issue(uow, cast.placement)
        an_issue(uow, a_placement(uow, cast.other))
    assert len(session.scalars(all_placements(cast.team)).all()) == 2
    assert len(session.scalars(all_issues(cast.team)).all()) == 2
    for actor in (*NOBODY, cast.company):
        assert session.scalars(all_placements(actor)).all() == []
        assert session.scalars(all_issues(actor)).all() == []


def test_hidden_and_missing_are_the_same(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        issue = an_issue(uow, cast.placement)
    for number in (cast.placement.id, 98765):
        with pytest.raises(NotFoundError):
            queries.placement_row(session, cast.stranger, number)
    for number in (issue.id, 98765):
        with pytest.raises(NotFoundError):
            queries.issue_page(session, cast.stranger, number)


def test_the_rows_of_a_company_hold_nothing_of_the_participant(work_as: WorkAs, cast: Cast, session: Session) -> None:
    with work_as(SYSTEM) as uow:
        person = a_participant(uow, "Tesfay", last_name="Gebremeskel", reference="COACH-77")
        placement = a_placement(uow, cast.employer, participant_id=person.id, reference=None)
        issue = an_issue(uow, placement)
    rows, total = queries.placement_rows(session, cast.company, offset=0, limit=20)
    shown = repr((rows, total, queries.issue_page(session, cast.company, issue.id)))
    for secret in ("Tesfay", "Gebremeskel", "COACH-77", "participant"):
        assert secret not in shown
