"""The pure rules of tours: deadlines, tickets, codes, the life cycle."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.events import rules
from portal.events.rules import TOUR_LIFE, below_level, opens, reply_deadline, ticket, told_deadline, waking_time
from portal.events.tour_rules import RULES, rules_of
from portal.events.vocabulary import RegistrationStatus, RuleKind, TourStatus, Visibility
from portal.kernel.clock import from_local, local
from portal.kernel.days import is_working_day
from portal.kernel.errors import ConflictError, InvalidError
from portal.kernel.levels import LanguageLevel
from portal.kernel.permissions import Actor, Role

PICTOGRAMS = Path(__file__).parents[2] / "static" / "pictograms"
TUESDAY = date(2026, 11, 24)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(min_value=0, max_value=2 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A clock time so many days after Tuesday 24 November 2026."""
    return from_local(TUESDAY + timedelta(days=day), time(hour, minute))


@pytest.mark.parametrize(
    ("now", "starts_at", "deadline"),
    [
        (at(0, 10), at(7, 10), at(1, 10)),
        (at(0, 22), at(7, 10), at(2, 8)),
        (at(0, 7), at(7, 10), at(1, 8)),
        (at(2, 12), at(7, 10), at(3, 12)),
        (at(3, 12), at(14, 10), at(6, 8)),
        (at(4, 12), at(14, 10), at(6, 8)),
        (at(0, 10), at(1, 14), at(1, 10)),
        (at(0, 10), at(1, 13), at(1, 9)),
        (at(0, 10), at(1, 10), at(0, 21)),
        (at(3, 10), at(6, 10), at(3, 21)),
        (at(0, 19), at(1, 10), at(0, 21)),
        (at(0, 19, 1), at(1, 10), None),
        (at(0, 10), at(0, 15), None),
        (at(0, 10), at(0, 16), at(0, 12)),
        (at(4, 10), at(6, 12), None),
        (at(4, 10), at(6, 14), at(6, 8)),
    ],
)
def test_the_deadline_of_an_offer(now: datetime, starts_at: datetime, deadline: datetime | None) -> None:
    assert reply_deadline(now, starts_at) == deadline


@given(MOMENTS, st.integers(min_value=0, max_value=30 * 24 * 60))
def test_a_deadline_never_falls_in_the_night_or_too_late(now: datetime, minutes: int) -> None:
    starts_at = now + timedelta(minutes=minutes)
    deadline = reply_deadline(now, starts_at)
    if deadline is None:
        assert waking_time(now, starts_at - rules.BEFORE_START) < rules.LEAST_TIME + timedelta(hours=9)
        return
    clock = local(deadline)
    assert now < deadline <= starts_at - rules.BEFORE_START
    assert is_working_day(clock.date())
    assert rules.DAY_BEGINS <= clock.time() <= rules.DAY_ENDS


@given(MOMENTS, st.integers(min_value=1, max_value=30 * 24 * 60))
def test_who_is_told_always_has_until_some_moment_before_the_start(now: datetime, minutes: int) -> None:
    starts_at = now + timedelta(minutes=minutes)
    assert now < told_deadline(now, starts_at) <= starts_at


def test_christmas_is_no_time_to_answer() -> None:
    now = from_local(date(2026, 12, 24), time(10))
    assert reply_deadline(now, now + timedelta(days=20)) == from_local(date(2026, 12, 28), time(8))


def test_tickets_of_one_tour_are_all_different() -> None:
    for tour_id in (1, 2, 77):
        tickets = {ticket(tour_id, number) for number in range(rules.TICKETS)}
        assert len(tickets) == rules.TICKETS
        assert all(len(code) <= 8 for code in tickets)


@pytest.mark.parametrize(
    ("visibility", "given_code", "opened"),
    [
        (Visibility.PUBLIC, None, True),
        (Visibility.PUBLIC, "x", True),
        (Visibility.CODE, None, False),
        (Visibility.CODE, "", False),
        (Visibility.CODE, "Sprenge2", False),
        (Visibility.CODE, " sprenge24 ", True),
        (Visibility.INVITED, "SPRENGE24", True),
        (Visibility.INVITED, None, False),
        (Visibility.CODE, "ስፕረንገ", False),
    ],
)
def test_a_code_opens_what_is_not_public(visibility: Visibility, given_code: str | None, opened: bool) -> None:
    assert opens(visibility, "Sprenge24", given_code) is opened


def test_below_level_is_only_said_when_it_is_known() -> None:
    assert below_level(LanguageLevel.A1, LanguageLevel.A2)
    assert not below_level(LanguageLevel.A2, LanguageLevel.A2)
    assert not below_level(None, LanguageLevel.A2)
    assert not below_level(LanguageLevel.A1, None)


def test_every_state_of_a_tour_can_be_reached() -> None:
    assert TOUR_LIFE.reachable() == frozenset(TourStatus)


def test_who_may_move_a_tour() -> None:
    team = Actor(role=Role.TEAM_MEMBER, user_id=1)
    employer = Actor(role=Role.EMPLOYER_MEMBER, user_id=2, employer_id=3)
    assert TOUR_LIFE.moves_for(TourStatus.PROPOSED, team) == ["take_over", "publish", "decline"]
    assert TOUR_LIFE.moves_for(TourStatus.PUBLISHED, team) == ["cancel"]
    assert TOUR_LIFE.moves_for(TourStatus.PROPOSED, employer) == ["withdraw"]
    assert TOUR_LIFE.moves_for(TourStatus.PUBLISHED, employer) == []
    assert TOUR_LIFE.moves_for(TourStatus.PUBLISHED, Actor()) == []


def test_times_that_cannot_be() -> None:
    start = at(7, 10)
    rules.check_times(start - timedelta(minutes=10), start, start + timedelta(hours=1))
    for be_there, end, code in (
        (start, start, "end_before_start"),
        (start + timedelta(minutes=1), start + timedelta(hours=1), "be_there_after_start"),
        (start - timedelta(hours=3), start + timedelta(hours=1), "be_there_too_early"),
    ):
        with pytest.raises(InvalidError, match=code):
            rules.check_times(be_there, start, end)
    for capacity in (0, -1, 201):
        with pytest.raises(InvalidError, match="capacity_invalid"):
            rules.check_places(capacity)


def test_registering_and_leaving_end_at_the_start() -> None:
    start = at(7, 10)
    rules.check_registration_open(TourStatus.PUBLISHED, start, start - timedelta(seconds=1))
    with pytest.raises(ConflictError, match="tour_closed"):
        rules.check_registration_open(TourStatus.PUBLISHED, start, start)
    assert rules.may_leave(RegistrationStatus.WAITING, start, start - timedelta(seconds=1))
    assert not rules.may_leave(RegistrationStatus.CONFIRMED, start, start)
    assert not rules.may_leave(RegistrationStatus.CANCELLED, start, start - timedelta(days=1))


def test_every_rule_has_a_drawing_and_the_order_is_do_not_know() -> None:
    drawings = {path.stem for path in PICTOGRAMS.glob("*.svg")}
    assert set(RULES) <= drawings
    found = rules_of(["photos", "cold", "shoes", "unknown"])
    assert [rule.kind for rule in found] == [RuleKind.DO, RuleKind.DONT, RuleKind.KNOW]
