"""Messages that a person tells: on the right list, in the right words, once."""

from datetime import date, time

import pytest
from sqlalchemy import Engine, select

from portal.events.offers import note_told
from portal.events.registrations import register_for_tour
from portal.kernel.clock import from_local
from portal.kernel.errors import NotAllowedError, NotFoundError
from portal.kernel.links import Links
from portal.kernel.outbox import ADDRESS_BOOKS, Address, MessageKit
from portal.kernel.permissions import VISITOR, Actor, Role, system_actor
from portal.kernel.uow import Database
from portal.participants import call_tasks, queries
from portal.participants.contact import channel_of
from portal.participants.models import CallTask
from portal.participants.rules import delete_on, tell_before, tell_soon
from portal.participants.vocabulary import Channel
from tests.conftest import TEAM, WorkAs
from tests.factories.events import a_tour
from tests.factories.participants import a_coach, a_participant
from tests.support.queries import at_most

WORKER = system_actor("test")


class Lists:
    """A tour with people of the team and of a coach, all without a mail address."""

    def __init__(self, work_as: WorkAs, database: Database, people: int = 2) -> None:
        self.kit = MessageKit(Links("x" * 40, "http://localhost"), database.settings)
        with work_as(WORKER) as uow:
            tour, coach = a_tour(uow, 50), a_coach(uow)
            known = [a_participant(uow, f"T{number}", language="ar") for number in range(people)]
            own = a_participant(uow, "Noor", coach=coach)
            uow.flush()
        self.coach = Actor(role=Role.COACH, user_id=coach.id)
        for person in (*known, own):
            with work_as(TEAM) as uow:
                register_for_tour(uow, tour_id=tour.id, participant_id=person.id)


def test_each_list_holds_its_own_messages(work_as: WorkAs, database: Database) -> None:
    lists = Lists(work_as, database)
    with database.reading() as db:
        team, total = queries.call_list(db, lists.kit, TEAM)
        own, _one = queries.call_list(db, lists.kit, lists.coach)
        nothing, none = queries.call_list(db, lists.kit, VISITOR)
    assert ([row.name for row in team], total) == (["T0", "T1"], 2)
    assert [row.name for row in own] == ["Noor"]
    assert (nothing, none) == ([], 0)
    assert (team[0].language, team[0].direction) == ("ar", "rtl")
    assert "/mijn-plek/" in team[0].text
    assert "taal=ar" in team[0].text
    assert team[0].text_nl.startswith("Je plek is bevestigd")


def test_a_long_list_needs_two_statements(work_as: WorkAs, database: Database, engine: Engine) -> None:
    lists = Lists(work_as, database, people=25)
    with at_most(2, engine), database.reading() as db:
        rows, total = queries.call_list(db, lists.kit, TEAM)
    assert (len(rows), total) == (20, 25)


def test_told_once_and_off_the_list(work_as: WorkAs, database: Database) -> None:
    lists = Lists(work_as, database)
    with database.reading() as db:
        [own], _total = queries.call_list(db, lists.kit, lists.coach)
    for _tap in range(2):
        with work_as(lists.coach) as uow:
            note_told(uow, call_task_id=own.id)
    with database.reading() as db:
        assert db.get_one(CallTask, own.id).told_by_id == lists.coach.user_id
        assert queries.count_calls(db, lists.coach) == 0


def test_a_message_that_is_not_needed_is_dropped(work_as: WorkAs, database: Database) -> None:
    lists = Lists(work_as, database)
    with database.reading() as db:
        number = db.scalars(select(CallTask.id).where(CallTask.coach_id.is_(None))).first()
    assert number is not None
    with pytest.raises(NotFoundError), work_as(lists.coach) as uow:
        call_tasks.drop(uow, call_task_id=number)
    with pytest.raises(NotAllowedError), work_as(VISITOR) as uow:
        call_tasks.drop(uow, call_task_id=number)
    with work_as(TEAM) as uow:
        call_tasks.drop(uow, call_task_id=number)
    with database.reading() as db:
        assert queries.count_calls(db, TEAM) == 1


def test_the_channel_is_mail_else_the_coach_else_the_team(work_as: WorkAs) -> None:
    with work_as(WORKER) as uow:
        coach = a_coach(uow)
        people = [
            a_participant(uow, email="y@postvak.example", coach=coach),
            a_participant(uow, coach=coach),
            a_participant(uow),
        ]
        assert [channel_of(person) for person in people] == [Channel.MAIL, Channel.COACH, Channel.TEAM]


def test_mails_go_to_who_is_still_known(work_as: WorkAs, database: Database) -> None:
    with work_as(WORKER) as uow:
        known = a_participant(uow, "Yonas", email="y@postvak.example", language="ti")
        gone = a_participant(uow, email="z@postvak.example", removed_at=uow.now)
        silent = a_participant(uow)
        uow.flush()
    with database.reading() as db:
        book = ADDRESS_BOOKS["participant"]
        assert book(db, known.id) == Address("y@postvak.example", "Yonas", "ti")
        assert [book(db, number) for number in (gone.id, silent.id, 999)] == [None, None, None]


@pytest.mark.parametrize(
    ("now", "before", "soon"),
    [
        ((2026, 11, 24, 10), (2026, 11, 25, 17), (2026, 11, 24, 12)),
        ((2026, 11, 24, 16), (2026, 11, 25, 17), (2026, 11, 25, 11)),
        ((2026, 11, 27, 16), (2026, 11, 30, 17), (2026, 11, 30, 11)),
        ((2026, 11, 28, 12), (2026, 11, 30, 17), (2026, 11, 30, 11)),
        ((2026, 11, 24, 5), (2026, 11, 25, 17), (2026, 11, 24, 11)),
        ((2026, 12, 24, 16), (2026, 12, 28, 17), (2026, 12, 28, 11)),
    ],
)
def test_messages_are_told_while_the_office_is_open(
    now: tuple[int, int, int, int], before: tuple[int, int, int, int], soon: tuple[int, int, int, int]
) -> None:
    moments = [from_local(date(year, month, day), time(hour)) for year, month, day, hour in (now, before, soon)]
    assert (tell_before(moments[0]), tell_soon(moments[0])) == (moments[1], moments[2])


def test_data_goes_thirty_days_later() -> None:
    assert delete_on(date(2026, 12, 1)) == date(2026, 12, 31)
