"""What the team reads of participants: the list with its filters, who looks like somebody, and what waits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.kernel import phones
from portal.kernel.errors import NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.i18n import ngettext
from portal.kernel.levels import LanguageLevel
from portal.kernel.names import compatible
from portal.kernel.permissions import Actor
from portal.kernel.work import WorkItem
from portal.participants.inputs import PersonDetails
from portal.participants.models import CallTask, Participant, ParticipantWish
from portal.participants.policies import visible_participants

PAGE_SIZE = 20
UNKNOWN = "onbekend"
NOBODY = "-"
LEAST_DIGITS = 4
MOST_PEOPLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """What the team looks for in the list; empty means everybody."""

    words: str = ""
    level: str = ""
    coach: str = ""
    wish: str = ""

    @property
    def is_on(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.words.strip() or self.level or self.coach or self.wish)


def people_list(
    session: Session, actor: Actor, wanted: PeopleFilter, *, number: int = 1, size: int = PAGE_SIZE
) -> tuple[list[Participant], int]:
    """One page of the people that exist for this actor, with their wishes, by first name; and how many there are."""
    found = visible_participants(actor).where(*_conditions(wanted))
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.scalars(
        found.options(selectinload(Participant.wishes))
        .order_by(func.lower(Participant.first_name), Participant.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    return list(rows), total


def coach_names(session: Session) -> list[str]:
    """The names of the coaches that people have, for the filter."""
    names = select(Participant.coach_name).where(Participant.coach_name.is_not(None), Participant.removed_at.is_(None))
    return [name for name in session.scalars(names.distinct().order_by(Participant.coach_name)) if name]


def person_page(session: Session, actor: Actor, participant_id: int) -> Participant:
    """One person with the wishes. Raises NotFoundError when there is nobody, or not for this actor."""
    found = (
        session.scalars(
            visible_participants(actor).where(Participant.id == participant_id).options(joinedload(Participant.wishes))
        )
        .unique()
        .one_or_none()
    )
    if found is None:
        raise NotFoundError
    return found


def find_people(session: Session, actor: Actor, words: str, *, limit: int = PAGE_SIZE) -> list[Participant]:
    """The first people whose name, phone, mail address or reference has these words."""
    if not words.strip():
        return []
    found = visible_participants(actor).where(*_conditions(PeopleFilter(words=words)))
    return list(session.scalars(found.order_by(func.lower(Participant.first_name), Participant.id).limit(limit)))


def people_of(session: Session, actor: Actor, words: str = "") -> list[Participant]:
    """The people that exist for this actor, by first name; a coach's own, with these words when given."""
    found = visible_participants(actor).where(*_conditions(PeopleFilter(words=words)))
    return list(session.scalars(found.order_by(func.lower(Participant.first_name), Participant.id).limit(MOST_PEOPLE)))


def similar_people(session: Session, details: PersonDetails) -> list[Participant]:
    """The people with the same phone or mail address whose name can be the same person's. Families share a phone."""
    ways: list[ColumnElement[bool]] = []
    if details.phone:
        ways.append(Participant.phone == details.phone)
    if details.email:
        ways.append(Participant.email == details.email.strip().lower())
    if not ways:
        return []
    found = session.scalars(
        select(Participant)
        .where(or_(*ways), Participant.removed_at.is_(None))
        .order_by(Participant.id)
        .limit(PAGE_SIZE)
    )
    name = (details.first_name, details.last_name or "")
    return [person for person in found if compatible((person.first_name, person.last_name or ""), name)]


def calls_waiting(session: Session, participant_id: int) -> int:
    """How many messages wait to be told to this person, by whomever."""
    waiting = (CallTask.participant_id == participant_id, *_open())
    return session.scalar(select(func.count()).select_from(CallTask).where(*waiting)) or 0


def work_items(session: Session, now: datetime) -> list[WorkItem]:
    """The messages that the team must tell, in one row; and a row for each coach who is late."""
    late = case((CallTask.due_at < now, 1), else_=0)
    rows = session.execute(
        select(
            CallTask.coach_id, func.max(Participant.coach_name), func.count(), func.min(CallTask.due_at), func.sum(late)
        )
        .join(Participant, Participant.id == CallTask.participant_id)
        .where(*_open(), or_(CallTask.coach_id.is_(None), CallTask.due_at < now))
        .group_by(CallTask.coach_id)
    )
    return [
        _team_item(count, due_at, late_count) if coach_id is None else _coach_item(coach_id, name, count, due_at)
        for coach_id, name, count, due_at, late_count in rows
    ]


def _team_item(count: int, due_at: datetime, late_count: int) -> WorkItem:
    late = ngettext("%(num)d is te laat", "%(num)d zijn te laat", late_count) if late_count else ""
    return WorkItem(
        kind="call_task",
        tag="urgent" if late_count else "waiting",
        tag_text=lazy("Bellen"),
        title=ngettext("%(num)d bericht om te vertellen", "%(num)d berichten om te vertellen", count),
        facts=(late,) if late else (),
        due_at=due_at,
        url="/team/bellen",
        action=lazy("Bel"),
        action_icon="phone",
    )


def _coach_item(coach_id: int, name: str | None, count: int, due_at: datetime) -> WorkItem:
    return WorkItem(
        kind="call_task",
        tag="late",
        tag_text=lazy("Coach"),
        title=_("%(coach)s heeft nog niet alles verteld", coach=name or _("Een coach")),
        facts=(ngettext("%(num)d bericht is te laat", "%(num)d berichten zijn te laat", count),),
        due_at=due_at,
        url=f"/team/bellen?coach={coach_id}",
        action=lazy("Bekijk"),
        action_icon="eye",
    )


def _open() -> tuple[ColumnElement[bool], ...]:
    return (CallTask.told_at.is_(None), CallTask.dropped_at.is_(None))


def _conditions(wanted: PeopleFilter) -> Sequence[ColumnElement[bool]]:
    found = list(_word_conditions(wanted.words))
    if wanted.level == UNKNOWN:
        found.append(Participant.level.is_(None))
    elif wanted.level in {level.value for level in LanguageLevel}:
        found.append(Participant.level == LanguageLevel(wanted.level))
    if wanted.coach == NOBODY:
        found.append(Participant.coach_name.is_(None))
    elif wanted.coach:
        found.append(Participant.coach_name == wanted.coach)
    if wanted.wish:
        found.append(
            exists().where(ParticipantWish.participant_id == Participant.id, ParticipantWish.subject == wanted.wish)
        )
    return found


def _word_conditions(words: str) -> Collection[ColumnElement[bool]]:
    digits = phones.digits(phones.tidy(words))
    if len(digits) >= LEAST_DIGITS and not any(sign.isalpha() for sign in words):
        number = Participant.phone.contains(digits.lstrip("0"), autoescape=True)
        return [or_(number, Participant.reference.contains(words.strip(), autoescape=True))]
    columns = (Participant.first_name, Participant.last_name, Participant.email, Participant.reference)
    return [
        or_(*(func.lower(column).contains(word, autoescape=True) for column in columns))
        for word in words.lower().split()[:6]
    ]
