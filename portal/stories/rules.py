"""Decisions about stories on plain values: the life of a story, what consent covers, what may give a person away."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.kernel import phones
from portal.kernel.days import add_months
from portal.kernel.names import fold
from portal.kernel.permissions import Permission
from portal.kernel.workflow import Move, Workflow
from portal.stories.vocabulary import IntroductionStatus, StoryStatus, Trace

S, P = StoryStatus, Permission
STORY = Workflow(
    S.DRAFT,
    [
        Move("edit", (S.DRAFT,), S.DRAFT, P.STORIES_STORY_WRITE),
        Move("edit", (S.REVIEW, S.RELEASED), S.REVIEW, P.STORIES_STORY_WRITE),
        Move("submit", (S.DRAFT,), S.REVIEW, P.STORIES_STORY_WRITE),
        Move("return", (S.REVIEW,), S.DRAFT, P.STORIES_STORY_RELEASE, needs_text=True),
        Move("release", (S.REVIEW,), S.RELEASED, P.STORIES_STORY_RELEASE),
        Move("withdraw", (S.DRAFT, S.REVIEW, S.RELEASED), S.WITHDRAWN, P.STORIES_STORY_WRITE),
        Move("restore", (S.WITHDRAWN,), S.DRAFT, P.STORIES_STORY_WRITE),
    ],
)
ASKED, PLANNED, DECLINED = IntroductionStatus.ASKED, IntroductionStatus.PLANNED, IntroductionStatus.DECLINED
INTRODUCTION = Workflow(
    ASKED,
    [
        Move("plan", (ASKED,), PLANNED, P.STORIES_INTRODUCTION_HANDLE, needs_text=True),
        Move("decline", (ASKED, PLANNED), DECLINED, P.STORIES_INTRODUCTION_HANDLE, needs_text=True),
    ],
)
CONSENT_MONTHS = 12
ENDING_SOON_DAYS = 30
ANSWER_WORKING_DAYS = 2
MIN_HOURS, MAX_HOURS = 4, 40
SHORTEST_NAME = 3

_MONTHS = (
    "jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_PATTERNS: Sequence[tuple[Trace, re.Pattern[str]]] = (
    (Trace.MAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (Trace.PHONE, re.compile(r"(?<![\d+])(?:(?:\+|00)31[\s()0-]{0,5}|0)[1-9](?:[\s()./-]{0,3}\d){8}(?!\d)")),
    (Trace.PHONE, re.compile(r"(?<!\d)6[\s-]?\d(?:[\s-]?\d){7}(?!\d)")),
    (Trace.POSTCODE, re.compile(r"(?<!\d)[1-9]\d{3}\s?[A-Z]{2}(?![\w])")),
    (Trace.DATE, re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ]['’]?(?:\d\d){1,2}(?!\d)")),
    (Trace.DATE, re.compile(rf"(?<!\d)\d{{1,2}}\s+(?:{_MONTHS})(?!\w)\.?(?:\s+['’]?\d{{2,4}})?", re.IGNORECASE)),
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Finding:
    """Words in one field of a story that may give a person away."""

    field: str
    trace: Trace
    words: str


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of the person behind a story, to look for in its text."""

    names: tuple[str, ...] = ()
    phone: str | None = None
    email: str | None = None


def lines(text: str) -> list[str]:
    """A list as it is typed: one thing per line, without dashes and empty lines."""
    return [line for line in (raw.strip().lstrip("-•*").strip() for raw in text.splitlines()) if line]


def findings(texts: Mapping[str, str], person: Person) -> list[Finding]:
    """Everything in these fields that may tell who it is, each once; a warning, a person decides."""
    found: dict[Finding, None] = {}
    for field, text in texts.items():
        for trace, words in _traces(text, person):
            found[Finding(field, trace, words)] = None
    return list(found)


def _traces(text: str, person: Person) -> Iterable[tuple[Trace, str]]:
    plain = phones.tidy(text)
    covered: list[tuple[int, int]] = []
    for trace, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if not any(start < match.end() and match.start() < end for start, end in covered):
                covered.append(match.span())
                yield trace, match.group().strip()
    own = {fold(word) for name in person.names for word in _WORD.findall(name) if len(word) >= SHORTEST_NAME}
    for match in _WORD.finditer(plain):
        if fold(match.group()) in own:
            yield Trace.NAME, match.group()
    yield from _own_contact(plain, person, covered)


def _own_contact(plain: str, person: Person, covered: Sequence[tuple[int, int]]) -> Iterable[tuple[Trace, str]]:
    """The person's own number or address where it was written in a way that the patterns do not know."""
    digits = phones.digits(person.phone or "")[-8:]
    seen = "".join(plain[start:end] for start, end in covered)
    if digits and digits in phones.digits(plain) and digits not in phones.digits(seen):
        yield Trace.PHONE, digits
    name = (person.email or "").partition("@")[0].casefold()
    if name and len(name) > SHORTEST_NAME and name in plain.casefold() and name not in seen.casefold():
        yield Trace.MAIL, name


def consent_problem(given_on: date, ends_on: date, today: date) -> str | None:
    """The code of what is wrong with a consent: not given yet, over already, or longer than twelve months."""
    if given_on > today:
        return "consent_in_future"
    if ends_on < today or ends_on <= given_on:
        return "consent_over"
    return "consent_too_long" if ends_on > add_months(given_on, CONSENT_MONTHS) else None


def consent_covers(text_version: int | None, current_version: int, ends_on: date | None, today: date) -> str | None:
    """Why a story may not be shown: no consent, one that is over, or one for another text; None when all is well."""
    if text_version is None or ends_on is None:
        return "consent_missing"
    if ends_on < today:
        return "consent_over"
    return "consent_other_text" if text_version != current_version else None


def is_second_person(user_id: int | None, authors: Iterable[int | None]) -> bool:
    """Whether somebody is a person and did not write or change the text: only then may the text be released."""
    return user_id is not None and user_id not in set(authors)
