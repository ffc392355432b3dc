"""The rules of tours: the life cycle, who may still register or leave, and until when somebody may answer."""

import hmac
from datetime import date, datetime, time, timedelta

from portal.events.vocabulary import RegistrationStatus, TourStatus, Visibility
from portal.kernel.clock import from_local, local
from portal.kernel.days import is_working_day
from portal.kernel.errors import ConflictError, InvalidError
from portal.kernel.levels import LanguageLevel
from portal.kernel.permissions import Permission
from portal.kernel.workflow import Move, Workflow

S = TourStatus
TOUR_LIFE = Workflow(
    S.PROPOSED,
    [
        Move("take_over", (S.PROPOSED,), S.PLANNED, Permission.EVENTS_TOUR_MANAGE),
        Move("publish", (S.PROPOSED, S.PLANNED), S.PUBLISHED, Permission.EVENTS_TOUR_MANAGE),
        Move("decline", (S.PROPOSED,), S.DECLINED, Permission.EVENTS_TOUR_MANAGE, needs_text=True),
        Move("withdraw", (S.PROPOSED,), S.CANCELLED, Permission.EVENTS_TOUR_PROPOSE),
        Move("cancel", (S.PLANNED, S.PUBLISHED), S.CANCELLED, Permission.EVENTS_TOUR_MANAGE, needs_text=True),
    ],
)
MOST_PLACES = 200

REPLY_TIME = timedelta(hours=24)
BEFORE_START = timedelta(hours=4)
LEAST_TIME = timedelta(hours=2)
DAY_BEGINS = time(8, 0)
DAY_ENDS = time(21, 0)

TICKET_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
TICKETS = len(TICKET_LETTERS) * 8 * 100
TICKET_STEP = 7919


def check_places(capacity: int) -> None:
    """Refuse a number of places that no company receives."""
    if not 1 <= capacity <= MOST_PLACES:
        raise InvalidError("capacity_invalid", most=MOST_PLACES)


def check_times(be_there_at: datetime, starts_at: datetime, ends_at: datetime) -> None:
    """Refuse an order of times that cannot be: be there, start, end."""
    if ends_at <= starts_at:
        raise InvalidError("end_before_start")
    if be_there_at > starts_at:
        raise InvalidError("be_there_after_start")
    if starts_at - be_there_at > timedelta(hours=2):
        raise InvalidError("be_there_too_early")


def check_registration_open(status: TourStatus, starts_at: datetime, now: datetime) -> None:
    """Refuse a registration for a tour that is not online or has begun."""
    if status is not TourStatus.PUBLISHED or now >= starts_at:
        raise ConflictError("tour_closed")


def is_open(status: TourStatus, starts_at: datetime, now: datetime) -> bool:
    """Whether people can still register."""
    return status is TourStatus.PUBLISHED and now < starts_at


def may_leave(status: RegistrationStatus, starts_at: datetime, now: datetime) -> bool:
    """Whether somebody can still give up a place or a spot on the waiting list."""
    return status.is_active and now < starts_at


def opens(visibility: Visibility, access_code: str, given: str | None) -> bool:
    """Whether a visitor may see everything about a tour: it is public, or the visitor has its code."""
    if visibility is Visibility.PUBLIC:
        return True
    return given is not None and hmac.compare_digest(access_code.upper().encode(), given.strip().upper().encode())


def below_level(level: LanguageLevel | None, needed: LanguageLevel | None) -> bool:
    """Whether somebody's Dutch is below what the tour expects: a warning, never a refusal."""
    return level is not None and needed is not None and level.rank < needed.rank


def ticket(tour_id: int, number: int) -> str:
    """The short code that somebody shows at the door, such as 'K7-42'. Different for every number of one tour."""
    mixed = (number * TICKET_STEP + tour_id * 131) % TICKETS
    letter, rest = divmod(mixed, 800)
    digit, pair = divmod(rest, 100)
    return f"{TICKET_LETTERS[letter]}{digit + 2}-{pair:02d}"


def reply_deadline(now: datetime, starts_at: datetime) -> datetime | None:
    """Until when a place is held: a day, moved out of nights and days off, at least four hours before the start.

    None when fewer than two hours of a working day are left until then: somebody calls instead.
    """
    last = _back(starts_at - BEFORE_START)
    if waking_time(now, last) < LEAST_TIME:
        return None
    return min(_forward(now + REPLY_TIME), last)


def told_deadline(told_at: datetime, starts_at: datetime) -> datetime:
    """Until when a place is held for somebody who hears of it from a person; late, they answer within two hours."""
    return reply_deadline(told_at, starts_at) or min(told_at + LEAST_TIME, starts_at)


def waking_time(start: datetime, end: datetime) -> timedelta:
    """How much of the time between two moments lies on working days between eight and nine in the evening."""
    total = timedelta()
    day = local(start).date()
    while day <= local(end).date():
        if is_working_day(day):
            total += max(timedelta(), min(end, from_local(day, DAY_ENDS)) - max(start, from_local(day, DAY_BEGINS)))
        day += timedelta(days=1)
    return total


def _is_quiet(moment: datetime) -> bool:
    at = local(moment)
    return not is_working_day(at.date()) or not DAY_BEGINS <= at.time() <= DAY_ENDS


def _forward(moment: datetime) -> datetime:
    """This moment, or the next morning of a working day when people sleep or have a day off."""
    if not _is_quiet(moment):
        return moment
    day = local(moment).date()
    if local(moment).time() >= DAY_BEGINS or not is_working_day(day):
        day = _working_day(day + timedelta(days=1), step=1)
    return from_local(day, DAY_BEGINS)


def _back(moment: datetime) -> datetime:
    """This moment, or the evening of the working day before it when people sleep or have a day off."""
    if not _is_quiet(moment):
        return moment
    day = local(moment).date()
    if local(moment).time() <= DAY_ENDS or not is_working_day(day):
        day = _working_day(day - timedelta(days=1), step=-1)
    return from_local(day, DAY_ENDS)


def _working_day(day: date, *, step: int) -> date:
    while not is_working_day(day):
        day += timedelta(days=step)
    return day
