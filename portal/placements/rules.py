"""Decisions about placements and issues on plain values: their lives, how long a trial is, when an answer is due."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.kernel.clock import from_local, local
from portal.kernel.days import CLOSES, add_months, end_of_working_day, is_working_day, working_days_after
from portal.kernel.permissions import Permission
from portal.kernel.workflow import Move, Workflow
from portal.placements.vocabulary import IssueParty, IssueStatus, IssueUrgency, PlacementKind, PlacementStatus

T, P = PlacementStatus, Permission
PLACEMENT = Workflow(
    T.PLANNED,
    [
        Move("change", (T.PLANNED,), T.PLANNED, P.PLACEMENTS_PLACEMENT_MANAGE),
        Move("change", (T.RUNNING,), T.RUNNING, P.PLACEMENTS_PLACEMENT_MANAGE),
        Move("start", (T.PLANNED,), T.RUNNING, P.SYSTEM_JOB_RUN),
        Move("convert", (T.RUNNING,), T.CONVERTED, P.PLACEMENTS_PLACEMENT_MANAGE),
        Move("end", (T.RUNNING,), T.ENDED, P.PLACEMENTS_PLACEMENT_MANAGE),
        Move("stop", (T.PLANNED, T.RUNNING), T.STOPPED, P.PLACEMENTS_PLACEMENT_MANAGE, needs_text=True),
    ],
)
OUTCOMES = {"convert": T.CONVERTED, "end": T.ENDED, "stop": T.STOPPED}
FINISHED = frozenset(OUTCOMES.values())
REPORTED, IN_PROGRESS, RESOLVED = IssueStatus.REPORTED, IssueStatus.IN_PROGRESS, IssueStatus.RESOLVED
OPEN = (REPORTED, IN_PROGRESS)
ISSUE = Workflow(
    REPORTED,
    [
        Move("take_up", OPEN, IN_PROGRESS, P.PLACEMENTS_ISSUE_HANDLE),
        Move("answer", OPEN, IN_PROGRESS, P.PLACEMENTS_ISSUE_HANDLE, needs_text=True),
        Move("resolve", OPEN, RESOLVED, P.PLACEMENTS_ISSUE_HANDLE, needs_text=True),
        Move("reply", (REPORTED,), REPORTED, P.PLACEMENTS_ISSUE_REPORT, needs_text=True),
        Move("reply", (IN_PROGRESS,), IN_PROGRESS, P.PLACEMENTS_ISSUE_REPORT, needs_text=True),
        Move("reopen", (RESOLVED,), IN_PROGRESS, P.PLACEMENTS_ISSUE_HANDLE, needs_text=True),
        Move("object", (RESOLVED,), IN_PROGRESS, P.PLACEMENTS_ISSUE_REPORT, needs_text=True),
    ],
)
TRIAL_MONTHS = 6  # two, and four more with a reason: the longest that the law allows
LONGEST_YEARS = 5
LAST_CALL = time(16, 0)
NEXT_MORNING = time(10, 0)
WORKING_DAYS = {IssueUrgency.THIS_WEEK: 2, IssueUrgency.FOR_INFORMATION: 5}
FOLLOW_UP_WORKING_DAYS = 5
ENDING_SOON_DAYS = 14
MAX_HOURS = 40
REFERENCE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9./-]{2,19}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a thread, as far as the thread's order needs it."""

    party: IssueParty
    resolves: bool


def number_of(prefix: str, year: int, count: int) -> str:
    """'P-2026-001': a number that people say over the phone."""
    return f"{prefix}{year}-{count:03d}"


def is_reference(text: str) -> bool:
    """Whether a reference is letters and digits as the municipality writes them, and cannot be a name."""
    return REFERENCE.fullmatch(text) is not None


def dates_problem(kind: PlacementKind, starts_on: date, ends_on: date | None) -> str | None:
    """The code of what is wrong with the days of a placement, or None."""
    if ends_on is None:
        return "trial_needs_end" if kind is PlacementKind.TRIAL else None
    if ends_on < starts_on:
        return "ends_before_start"
    if kind is PlacementKind.TRIAL and ends_on > add_months(starts_on, TRIAL_MONTHS):
        return "trial_too_long"
    return "placement_too_long" if ends_on > add_months(starts_on, 12 * LONGEST_YEARS) else None


def first_status(starts_on: date, today: date) -> PlacementStatus:
    """A placement runs from its first day."""
    return T.RUNNING if starts_on <= today else T.PLANNED


def answer_by(urgency: IssueUrgency, now: datetime) -> datetime:
    """When somebody has called, or at the latest read it. On a working day before four o'clock 'today' is today."""
    if urgency is not IssueUrgency.TODAY:
        return end_of_working_day(now, WORKING_DAYS[urgency])
    here = local(now)
    if is_working_day(here.date()) and here.time() < LAST_CALL:
        return from_local(here.date(), CLOSES)
    return from_local(working_days_after(here.date(), 1), NEXT_MORNING)


def follow_up_by(now: datetime) -> datetime:
    """After an answer: when the team looks whether it helped."""
    return end_of_working_day(now, FOLLOW_UP_WORKING_DAYS)


def reply_by(urgency: IssueUrgency, now: datetime) -> datetime:
    """When the team answers a next message of the employer: never later than a new one of two working days."""
    return answer_by(urgency if urgency is IssueUrgency.TODAY else IssueUrgency.THIS_WEEK, now)


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes."""
    return int((end - start) / timedelta(minutes=1))


def waits_for_team(thread: Sequence[Entry]) -> bool:
    """Whether the employer spoke last."""
    return bool(thread) and thread[-1].party is IssueParty.EMPLOYER


def reopens(thread: Sequence[Entry], index: int) -> bool:
    """Whether this message opened the issue again: it is the first one after a solution."""
    return index > 0 and thread[index - 1].resolves
