"""Decisions about placements and issues, without a database."""

from datetime import UTC, date, datetime

import pytest

from portal.placements.rules import (
    ISSUE,
    PLACEMENT,
    Entry,
    answer_by,
    dates_problem,
    first_status,
    follow_up_by,
    is_reference,
    minutes_between,
    number_of,
    reopens,
    reply_by,
    waits_for_team,
)
from portal.placements.vocabulary import IssueParty, IssueStatus, IssueUrgency, PlacementKind, PlacementStatus

TRIAL, REGULAR = PlacementKind.TRIAL, PlacementKind.REGULAR
U = IssueUrgency


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment in the winter of 2026, by the clocks of Amsterdam."""
    return datetime(2026, month, day, hour - 1, minute, tzinfo=UTC)


def test_every_state_of_a_placement_and_an_issue_can_be_reached() -> None:
    assert PLACEMENT.reachable() == frozenset(PlacementStatus)
    assert ISSUE.reachable() == frozenset(IssueStatus)


def test_an_issue_is_resolved_with_words_and_never_ends_for_good() -> None:
    assert all(move.needs_text for move in ISSUE.moves if move.target is IssueStatus.RESOLVED)
    assert {move.name for move in ISSUE.moves if IssueStatus.RESOLVED in move.sources} == {"reopen", "object"}


def test_numbers_are_said_over_the_phone() -> None:
    assert number_of("P-", 2026, 1) == "P-2026-001"
    assert number_of("", 2026, 41) == "2026-041"
    assert number_of("", 2026, 1000) == "2026-1000"


@pytest.mark.parametrize("text", ["AP-2231", "7001", "2026/14", "kl.88-1"])
def test_a_reference_is_letters_and_digits(text: str) -> None:
    assert is_reference(text)


@pytest.mark.parametrize(
    "text", ["", "Jan", "Tesfay Gebremeskel", "AP", "A1", "x" * 21 + "1", "AP-2231 Tesfay", "-12a"]
)
def test_a_name_is_no_reference(text: str) -> None:
    assert not is_reference(text)


@pytest.mark.parametrize(
    ("kind", "ends_on", "problem"),
    [
        (TRIAL, None, "trial_needs_end"),
        (TRIAL, date(2026, 12, 7), None),
        (TRIAL, date(2027, 5, 24), None),
        (TRIAL, date(2027, 5, 25), "trial_too_long"),
        (REGULAR, None, None),
        (REGULAR, date(2027, 11, 24), None),
        (REGULAR, date(2026, 11, 23), "ends_before_start"),
        (REGULAR, date(2031, 11, 25), "placement_too_long"),
    ],
)
def test_a_trial_has_an_end_and_lasts_at_most_six_months(
    kind: PlacementKind, ends_on: date | None, problem: str | None
) -> None:
    assert dates_problem(kind, date(2026, 11, 24), ends_on) == problem


def test_a_placement_runs_from_its_first_day() -> None:
    assert first_status(date(2026, 11, 24), date(2026, 11, 24)) is PlacementStatus.RUNNING
    assert first_status(date(2026, 11, 25), date(2026, 11, 24)) is PlacementStatus.PLANNED


@pytest.mark.parametrize(
    ("reported", "promised"),
    [
        (at(24, 10), at(24, 17)),
        (at(24, 15, 59), at(24, 17)),
        (at(24, 16), at(25, 10)),
        (at(24, 6), at(24, 17)),
        (at(27, 16, 52), at(30, 10)),
        (at(28, 12), at(30, 10)),
        (at(24, 17, month=12), at(28, 10, month=12)),
        (at(31, 16, month=12), datetime(2027, 1, 4, 9, tzinfo=UTC)),
    ],
)
def test_today_is_today_while_somebody_is_there(reported: datetime, promised: datetime) -> None:
    assert answer_by(U.TODAY, reported) == promised


@pytest.mark.parametrize(
    ("reported", "promised"),
    [
        (at(24, 10), at(26, 17)),
        (at(27, 20), datetime(2026, 12, 1, 16, tzinfo=UTC)),
        (at(23, 10, month=12), at(28, 17, month=12)),
        (at(30, 10, month=12), datetime(2027, 1, 4, 16, tzinfo=UTC)),
    ],
)
def test_this_week_is_two_working_days(reported: datetime, promised: datetime) -> None:
    assert answer_by(U.THIS_WEEK, reported) == promised


def test_for_information_is_read_within_five_working_days() -> None:
    assert answer_by(U.FOR_INFORMATION, at(24, 10)) == datetime(2026, 12, 1, 16, tzinfo=UTC)
    assert follow_up_by(at(24, 10)) == datetime(2026, 12, 1, 16, tzinfo=UTC)


def test_a_next_message_is_answered_within_two_working_days_or_today() -> None:
    assert reply_by(U.FOR_INFORMATION, at(24, 10)) == at(26, 17)
    assert reply_by(U.TODAY, at(24, 10)) == at(24, 17)


def test_who_spoke_last_waits_for_the_other() -> None:
    said, answered = Entry(IssueParty.EMPLOYER, resolves=False), Entry(IssueParty.TEAM, resolves=False)
    solved = Entry(IssueParty.TEAM, resolves=True)
    assert waits_for_team([said])
    assert not waits_for_team([said, answered])
    assert not waits_for_team([])
    assert [reopens([said, solved, said, answered], index) for index in range(4)] == [False, False, True, False]


def test_minutes_are_whole() -> None:
    assert minutes_between(at(24, 10), at(24, 10, 52)) == 52
