"""Decisions about employers on plain values: the life cycle, company numbers, doubles, owners, the promised answer."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from portal.employers.vocabulary import EmployerStatus, MemberRole
from portal.kernel.days import end_of_working_day
from portal.kernel.permissions import Permission
from portal.kernel.workflow import Move, Workflow

S = EmployerStatus
EMPLOYER_LIFE: Workflow[EmployerStatus] = Workflow(
    S.UNCONFIRMED,
    (
        Move("confirm", (S.UNCONFIRMED,), S.SUBMITTED, Permission.PUBLIC),
        Move("approve", (S.SUBMITTED, S.REFUSED), S.APPROVED, Permission.EMPLOYERS_EMPLOYER_JUDGE),
        Move("refuse", (S.UNCONFIRMED, S.SUBMITTED), S.REFUSED, Permission.EMPLOYERS_EMPLOYER_JUDGE, needs_text=True),
    ),
)
KVK_DIGITS = 8
ESTABLISHMENT_DIGITS = 12
UNCONFIRMED_HOLDS = timedelta(days=2)
ANSWER_DAYS = 2
CALLBACK_DAYS = 1
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015]+")


class SameCompany(StrEnum):
    """What a sign-up with a KVK number that is known already means."""

    DOUBLE = "double"
    NEW_LOCATION = "new_location"


def normal_kvk(text: str) -> str | None:
    """The 8 digits of a KVK number, leading zeros kept; spaces, dots and dashes do not count."""
    return _digits(text, KVK_DIGITS)


def normal_establishment(text: str) -> str | None:
    """The 12 digits of an establishment number, leading zeros kept; spaces, dots and dashes do not count."""
    return _digits(text, ESTABLISHMENT_DIGITS)


def _digits(text: str, length: int) -> str | None:
    plain = _SEPARATORS.sub("", text)
    return plain if len(plain) == length and plain.isascii() and plain.isdecimal() else None


def normal_website(text: str) -> str | None:
    """'www.bakker.nl' becomes 'https://www.bakker.nl'; nothing when it is not the address of a website."""
    plain = text.strip()
    address = plain if "://" in plain else f"https://{plain}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    good = parts.scheme in {"http", "https"} and "." in host.strip(".") and not re.search(r"[\s<>\"@]", address)
    return address if good else None


def same_company(known: Collection[tuple[str | None, str]], number: str | None, postcode: str) -> SameCompany:
    """Whether a location of a known company is there already; `known`: its (establishment number, postcode) pairs.

    Without an establishment number nobody can tell two places apart, so that is a double; so is a place at the postcode
    of one whose number the team still has to look up.
    """
    if number is None:
        return SameCompany.DOUBLE
    double = any(theirs == number or (theirs is None and place == postcode) for theirs, place in known)
    return SameCompany.DOUBLE if double else SameCompany.NEW_LOCATION


def is_abandoned(status: EmployerStatus, created_at: datetime, now: datetime) -> bool:
    """Whether nobody confirmed a sign-up before its link ended: it no longer keeps the company from signing up."""
    return status is EmployerStatus.UNCONFIRMED and created_at + UNCONFIRMED_HOLDS <= now


def loses_last_owner(owner_ids: Collection[int], member_id: int, new_role: MemberRole | None) -> bool:
    """Whether a change (None: leaving) takes the last owner away; a company always keeps one."""
    return new_role is not MemberRole.OWNER and set(owner_ids) == {member_id}


def answer_due(submitted_at: datetime) -> datetime:
    """When an employer who signed up hears at the latest whether it is approved."""
    return end_of_working_day(submitted_at, ANSWER_DAYS)


def callback_due(asked_at: datetime) -> datetime:
    """When somebody who asked to be called is called at the latest."""
    return end_of_working_day(asked_at, CALLBACK_DAYS)


class NextStep(StrEnum):
    """The one next step that an employer's start page shows."""

    CONFIRM = "confirm"
    DRAFT = "draft"
    SEND_IN = "send_in"
    WAIT = "wait"
    PUBLISH_FIRST = "publish_first"
    ANSWER_RETURNED = "answer_returned"
    READ_ALONG = "read_along"
    INVITE = "invite"
    CALL = "call"


def next_step(status: EmployerStatus, vacancies: Sequence[str]) -> NextStep:
    """What an employer does best now; `vacancies`: the states of its vacancies."""
    if status is EmployerStatus.UNCONFIRMED:
        return NextStep.CONFIRM
    if status is EmployerStatus.REFUSED:
        return NextStep.CALL
    for state, step in (("returned", NextStep.ANSWER_RETURNED), ("draft", NextStep.SEND_IN)):
        if state in vacancies:
            return step
    if status is EmployerStatus.SUBMITTED:
        return NextStep.WAIT if vacancies else NextStep.DRAFT
    if "submitted" in vacancies:
        return NextStep.READ_ALONG
    return NextStep.INVITE if "published" in vacancies else NextStep.PUBLISH_FIRST
