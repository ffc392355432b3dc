"""What fits on the floor of a fair, who may have which stand, and the lists that the team types."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.events import fair_rules
from portal.events.fair_lines import (
    metres,
    read_exceptions,
    read_metres,
    read_stands,
    read_zones,
    write_exceptions,
    write_zones,
)
from portal.events.fair_rules import FAIR_LIFE, Floor, SectorLimit, StandPlace, Taken, Zone
from portal.events.vocabulary import FairStatus
from portal.kernel.errors import ConflictError, DomainError, InvalidError
from portal.kernel.permissions import Actor, Role

HALL = Floor(40, 25)
START = datetime(2026, 12, 29, 12, 0, tzinfo=UTC)
TEAM = Actor(role=Role.TEAM_MEMBER)
SECTORS = {"ouderenzorg": "Ouderenzorg", "recreatie": "Recreatie"}


def code_of(refusal: pytest.ExceptionInfo[DomainError]) -> str:
    return refusal.value.code


def test_life_of_a_fair_reaches_every_state() -> None:
    assert FAIR_LIFE.reachable() == frozenset(FairStatus)


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        (FairStatus.PLANNED, ["open", "cancel"]),
        (FairStatus.OPEN, ["close", "cancel"]),
        (FairStatus.CLOSED, ["open", "cancel"]),
        (FairStatus.CANCELLED, []),
    ],
)
def test_buttons_for_each_state(state: FairStatus, moves: list[str]) -> None:
    assert FAIR_LIFE.moves_for(state, TEAM) == moves
    assert FAIR_LIFE.moves_for(state, Actor(role=Role.EMPLOYER_OWNER)) == []


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (StandPlace(1, 0, 0, 3, 2), None),
        (StandPlace(1, 37, 23, 3, 2), None),
        (StandPlace(1, 37.1, 23, 3, 2), "stand_outside_hall"),
        (StandPlace(1, 37, 23.5, 3, 2), "stand_outside_hall"),
        (StandPlace(1, -1, 0, 3, 2), "stand_outside_hall"),
        (StandPlace(0, 0, 0, 3, 2), "stand_size_invalid"),
        (StandPlace(1, 0, 0, 0, 2), "stand_size_invalid"),
    ],
)
def test_stand_fits_in_the_hall_or_not(place: StandPlace, code: str | None) -> None:
    if code is None:
        fair_rules.check_places(HALL, [place])
        return
    with pytest.raises(InvalidError) as refusal:
        fair_rules.check_places(HALL, [place])
    assert code_of(refusal) == code


def test_stands_may_stand_back_to_back_but_not_on_each_other() -> None:
    nine = StandPlace(9, 7, 7.5, 3, 2)
    fair_rules.check_places(HALL, [nine, StandPlace(11, 7, 9.5, 3, 2), StandPlace(10, 10, 7.5, 3, 2)])
    with pytest.raises(InvalidError) as refusal:
        fair_rules.check_places(HALL, [nine, StandPlace(11, 7, 9.4, 3, 2)])
    assert code_of(refusal) == "stands_overlap"
    assert refusal.value.facts == {"number": 9, "other": 11}
    with pytest.raises(InvalidError) as refusal:
        fair_rules.check_places(HALL, [nine, StandPlace(9, 20, 7.5, 3, 2)])
    assert code_of(refusal) == "stand_number_double"


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 11)), max_size=12, unique=True))
def test_stands_on_a_grid_never_overlap(cells: list[tuple[int, int]]) -> None:
    fair_rules.check_places(HALL, [StandPlace(n + 1, x * 3.0, y * 2.0, 3, 2) for n, (x, y) in enumerate(cells)])


@pytest.mark.parametrize("size", [(0.5, 25), (40, 0), (201, 25)])
def test_hall_has_a_size_that_exists(size: tuple[float, float]) -> None:
    with pytest.raises(InvalidError, match="hall_size_invalid"):
        fair_rules.check_floor(Floor(*size))


@pytest.mark.parametrize(
    ("ends", "builds", "code"),
    [
        (timedelta(hours=3), None, None),
        (timedelta(hours=3), timedelta(hours=-2), None),
        (timedelta(hours=3), timedelta(), None),
        (timedelta(), None, "fair_end_before_start"),
        (timedelta(hours=3), timedelta(minutes=1), "build_up_after_start"),
        (timedelta(hours=3), timedelta(hours=-25), "build_up_after_start"),
    ],
)
def test_times_of_a_fair_are_in_order(ends: timedelta, builds: timedelta | None, code: str | None) -> None:
    build_up = None if builds is None else START + builds
    if code is None:
        fair_rules.check_times(START, START + ends, build_up)
        return
    with pytest.raises(InvalidError) as refusal:
        fair_rules.check_times(START, START + ends, build_up)
    assert code_of(refusal) == code


@pytest.mark.parametrize(
    ("status", "before", "employer", "team"),
    [
        (FairStatus.PLANNED, 1, False, False),
        (FairStatus.OPEN, 1, True, True),
        (FairStatus.CLOSED, 1, False, True),
        (FairStatus.CANCELLED, 1, False, False),
        (FairStatus.OPEN, 0, False, False),
    ],
)
def test_when_stands_can_be_booked(status: FairStatus, before: int, employer: bool, team: bool) -> None:
    now = START - timedelta(seconds=before)
    assert fair_rules.is_open(status, START, now) is employer
    for by_team, allowed in ((False, employer), (True, team)):
        if allowed:
            fair_rules.check_booking_open(status, START, now, by_team=by_team)
        else:
            with pytest.raises(ConflictError, match="fair_closed"):
                fair_rules.check_booking_open(status, START, now, by_team=by_team)


def test_sector_is_full_at_its_limit() -> None:
    limit = SectorLimit(1, {"ouderenzorg": 2})
    care = [Taken(1, 1, 1, 10, "ouderenzorg")]
    assert not limit.is_full(care, "ouderenzorg")
    assert limit.is_full([*care, Taken(2, 2, 2, 11, "ouderenzorg")], "ouderenzorg")
    assert limit.is_full([Taken(1, 1, 1, 10, "bouw")], "bouw")
    with pytest.raises(ConflictError, match="sector_full"):
        fair_rules.check_sector(limit, [Taken(1, 1, 1, 10, "bouw")], "bouw", sector="Bouw", phone="055")


@pytest.mark.parametrize("limits", [(0, {}), (1, {"bouw": 0}), (1, {"bouw": 51})])
def test_limit_per_sector_makes_sense(limits: tuple[int, dict[str, int]]) -> None:
    with pytest.raises(InvalidError, match="sector_limit_invalid"):
        fair_rules.check_limits(*limits)


def test_first_stand_that_fits_keeps_power_for_who_needs_it() -> None:
    free = [StandPlace(1, 0, 0, 3, 2, True), StandPlace(2, 4, 0, 3, 2), StandPlace(3, 8, 0, 3, 2, True)]
    assert fair_rules.first_fitting(free, needs_power=False) == free[1]
    assert fair_rules.first_fitting(free, needs_power=True) == free[0]
    assert fair_rules.first_fitting([free[2]], needs_power=False) == free[2]
    assert fair_rules.first_fitting([free[1]], needs_power=True) is None


def test_stands_are_read_as_people_type_them() -> None:
    read = read_stands("1; 1; 0,5; 3; 2; ja\n\n2;5;0.5;3;2;nee\n3; 9; 0.5; 3; 2\n4\t13\t0,5\t3\t2\tja\n")
    assert read.unreadable == ()
    assert read.found == (
        StandPlace(1, 1, 0.5, 3, 2, True),
        StandPlace(2, 5, 0.5, 3, 2, False),
        StandPlace(3, 9, 0.5, 3, 2, False),
        StandPlace(4, 13, 0.5, 3, 2, True),
    )


@pytest.mark.parametrize(
    "line", ["een; 1; 1; 3; 2", "1; 1; 1; 3", "1; 1; -1; 3; 2", "1; 1; 1; 3; 2; soms", "1;1;1;3;2;ja;7"]
)
def test_line_that_is_no_stand_is_named(line: str) -> None:
    read = read_stands(f"1; 1; 1; 3; 2; ja\n{line}")
    assert read.unreadable == (2,)
    assert len(read.found) == 1


def test_parts_of_the_hall_are_read_and_written() -> None:
    read = read_zones("16; 10; 8; 6; koffie en thee\n1; 15; 4; 4;\n")
    assert read.found == (Zone(16, 10, 8, 6, "koffie en thee"),)
    assert read.unreadable == (2,)
    assert write_zones([zone.plain() for zone in read.found]) == "16; 10; 8; 6; koffie en thee"


def test_exceptions_are_read_by_name_or_key() -> None:
    read = read_exceptions("Ouderenzorg: 2\nrecreatie; 3\nonbekend; 2\nouderenzorg; veel", SECTORS)
    assert read.found == (("ouderenzorg", 2), ("recreatie", 3))
    assert read.unreadable == (3, 4)
    assert write_exceptions(dict(read.found), SECTORS) == "Ouderenzorg; 2\nRecreatie; 3"


@pytest.mark.parametrize(
    ("text", "value"), [("3", 3.0), ("2,5", 2.5), ("2.5 m", 2.5), ("", None), ("-1", None), ("1e3", None)]
)
def test_lengths_are_read(text: str, value: float | None) -> None:
    assert read_metres(text) == value


def test_lengths_are_written_with_a_comma() -> None:
    assert [metres(value) for value in (3.0, 2.5, 0.25, 10)] == ["3", "2,5", "0,25", "10"]
