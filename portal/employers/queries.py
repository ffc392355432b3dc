"""Reading employers: what other slices may know of a company, and what waits for the team."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.employers.models import CallbackRequest, Employer, Location, Member, PhoneCall, Sector, Vacancy
from portal.employers.rules import answer_due, callback_due
from portal.employers.vocabulary import EmployerStatus, MemberRole, MemberStatus, SectorGroup, VacancyStatus
from portal.kernel.days import end_of_working_day
from portal.kernel.i18n import format_clock, ngettext
from portal.kernel.i18n import gettext as _
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.outbox import Recipient
from portal.kernel.phones import display
from portal.kernel.work import WorkItem

NUMBER_DAYS = 10
"""How many working days the team has to look up a number."""


@dataclass(frozen=True, slots=True)
class SectorRow:
    """A sector to choose from."""

    id: int
    key: str
    name: str
    group: SectorGroup
    icon: str


@dataclass(frozen=True, slots=True)
class EmployerCard:
    """A company as other pages show it: no contact person, no numbers."""

    id: int
    name: str
    status: EmployerStatus
    website: str | None
    sector_id: int
    sector_key: str
    sector_name: str
    sector_group: SectorGroup
    sector_icon: str
    street: str
    postcode: str
    city: str

    @property
    def is_approved(self) -> bool:
        """Whether the team let this company in."""
        return self.status is EmployerStatus.APPROVED


def sectors(session: Session, *, also: int | None = None) -> list[SectorRow]:
    """The sectors in use, by group and name; `also` keeps one that was switched off in the list."""
    rows = session.execute(
        select(Sector.id, Sector.key, Sector.name, Sector.group, Sector.icon)
        .where(or_(Sector.active, Sector.id == also))
        .order_by(Sector.name)
    )
    order = list(SectorGroup)
    return sorted((SectorRow(*row) for row in rows), key=lambda row: order.index(row.group))


def sector_id_of(session: Session, key: str) -> int | None:
    """The id of a sector by its key."""
    return session.scalar(select(Sector.id).where(Sector.key == key))


def first_location() -> Select[int]:
    """For joins: the id of an employer's oldest accepted location."""
    return (
        select(func.min(Location.id)).where(Location.employer_id == Employer.id, Location.accepted).correlate(Employer)
    )


def _cards() -> Select[Employer, Sector, Location]:
    return (
        select(Employer, Sector, Location)
        .join(Sector, Sector.id == Employer.sector_id)
        .outerjoin(Location, Location.id == first_location().scalar_subquery())
    )


def _card(employer: Employer, sector: Sector, location: Location | None) -> EmployerCard:
    return EmployerCard(
        id=employer.id,
        name=employer.name,
        status=employer.status,
        website=employer.website,
        sector_id=sector.id,
        sector_key=sector.key,
        sector_name=sector.name,
        sector_group=sector.group,
        sector_icon=sector.icon,
        street=location.street if location else "",
        postcode=location.postcode if location else "",
        city=location.city if location else "",
    )


def employer_card(session: Session, employer_id: int) -> EmployerCard | None:
    """One company for another slice's page."""
    row = session.execute(_cards().where(Employer.id == employer_id)).one_or_none()
    return _card(*row) if row else None


def employer_cards(session: Session, ids: Collection[int]) -> dict[int, EmployerCard]:
    """Several companies at once, by id."""
    rows = session.execute(_cards().where(Employer.id.in_(ids)))
    return {row[0].id: _card(*row) for row in rows}


def approved_employers(session: Session) -> list[tuple[int, str]]:
    """The approved companies to choose from, by name."""
    rows = session.execute(
        select(Employer.id, Employer.name)
        .where(Employer.status == EmployerStatus.APPROVED)
        .order_by(func.lower(Employer.name), Employer.id)
    )
    return [(employer_id, name) for employer_id, name in rows]


def is_approved(session: Session, employer_id: int | None) -> bool:
    """Whether the team let this company in; commands that only approved companies may use ask this."""
    status = session.scalar(select(Employer.status).where(Employer.id == employer_id))
    return status is EmployerStatus.APPROVED


def employer_contact(session: Session, employer_id: int) -> Recipient | None:
    """Who gets a company's mail: an owner's account, else somebody with a mail address, else nobody (then: call)."""
    row = session.execute(
        select(Member.id, Member.user_id, User.active)
        .outerjoin(User, User.id == Member.user_id)
        .where(
            Member.employer_id == employer_id,
            Member.status == MemberStatus.ACTIVE,
            or_(User.active, and_(Member.user_id.is_(None), Member.email.is_not(None))),
        )
        .order_by(Member.role != MemberRole.OWNER, Member.user_id.is_(None), Member.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Recipient.user(row.user_id) if row.user_id is not None else Recipient.member(row.id)


def owners(session: Session, employer_id: int) -> list[Recipient]:
    """The accounts of all owners of a company."""
    found = session.scalars(
        select(Member.user_id)
        .join(User, User.id == Member.user_id)
        .where(
            Member.employer_id == employer_id,
            Member.status == MemberStatus.ACTIVE,
            Member.role == MemberRole.OWNER,
            User.active,
        )
        .order_by(Member.id)
    )
    return [Recipient.user(user_id) for user_id in found if user_id is not None]


def grouped(rows: Sequence[SectorRow]) -> dict[SectorGroup, list[SectorRow]]:
    """Sectors under their group, for a select."""
    found: dict[SectorGroup, list[SectorRow]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
    return found


def work_items(session: Session, now: datetime) -> list[WorkItem]:
    """What waits for the team: sign-ups, people who want to join, calls to make, numbers to look up, open calls."""
    return [
        *_signed_up(session),
        *_join_requests(session),
        *_callbacks(session),
        *_numbers_to_look_up(session),
        *_open_calls(session),
    ]


def _signed_up(session: Session) -> list[WorkItem]:
    waiting = select(func.count()).where(Vacancy.employer_id == Employer.id, Vacancy.status == VacancyStatus.SUBMITTED)
    rows = session.execute(
        select(Employer, Sector.name, Location.city, waiting.correlate(Employer).scalar_subquery())
        .join(Sector, Sector.id == Employer.sector_id)
        .outerjoin(Location, Location.id == first_location().scalar_subquery())
        .where(Employer.status == EmployerStatus.SUBMITTED)
        .order_by(Employer.submitted_at, Employer.id)
    )
    return [
        WorkItem(
            kind="employer",
            tag="review",
            tag_text=lazy("Nieuw bedrijf"),
            title=employer.name,
            facts=tuple(filter(None, (sector, city, _with_vacancies(vacancies)))),
            due_at=answer_due(employer.submitted_at or employer.created_at),
            url=f"/team/werkgevers/{employer.id}",
            action=lazy("Beoordeel"),
            action_icon="eye",
        )
        for employer, sector, city, vacancies in rows
    ]


def _with_vacancies(number: int) -> str:
    return ngettext("met 1 vacature", "met %(num)s vacatures", number) if number else ""


def _join_requests(session: Session) -> list[WorkItem]:
    rows = session.execute(
        select(Member.employer_id, Member.created_at, Employer.name, Location.city, Location.street)
        .join(Employer, Employer.id == Member.employer_id)
        .join(User, User.id == Member.user_id)
        .outerjoin(Location, Location.id == Member.location_id)
        .where(Member.status == MemberStatus.REQUESTED, User.email_confirmed_at.is_not(None))
        .order_by(Member.created_at, Member.id)
    )
    return [
        WorkItem(
            kind="employer",
            tag="review",
            tag_text=lazy("Wil meedoen"),
            title=row.name,
            facts=tuple(filter(None, (_("nieuwe vestiging") if row.city else "", row.street, row.city))),
            due_at=answer_due(row.created_at),
            url=f"/team/werkgevers/{row.employer_id}#mensen",
            action=lazy("Beoordeel"),
            action_icon="users",
        )
        for row in rows
    ]


def _callbacks(session: Session) -> list[WorkItem]:
    rows = session.scalars(
        select(CallbackRequest).where(CallbackRequest.done_at.is_(None)).order_by(CallbackRequest.created_at)
    )
    return [
        WorkItem(
            kind="employer",
            tag="waiting",
            tag_text=lazy("Bel mij"),
            title=row.name,
            facts=(display(row.phone), str(row.at.label)),
            due_at=callback_due(row.created_at),
            url="/team/terugbellen",
            action=lazy("Bel"),
            action_icon="phone",
        )
        for row in rows
    ]


def _numbers_to_look_up(session: Session) -> list[WorkItem]:
    rows = session.execute(
        select(
            Employer.id,
            Employer.name,
            Employer.numbers_to_confirm,
            func.coalesce(Employer.decided_at, Employer.created_at).label("since"),
        )
        .outerjoin(
            Location,
            and_(Location.employer_id == Employer.id, Location.establishment_number.is_(None), Location.accepted),
        )
        .where(Employer.status == EmployerStatus.APPROVED, or_(Employer.numbers_to_confirm, Location.id.is_not(None)))
        .order_by(Employer.id, Location.id)
    )
    return [
        WorkItem(
            kind="employer",
            tag="draft",
            tag_text=lazy("Nummer"),
            title=row.name,
            facts=(_("nummers nakijken") if row.numbers_to_confirm else _("vestigingsnummer opzoeken"),),
            due_at=end_of_working_day(row.since, NUMBER_DAYS),
            url=f"/team/werkgevers/{row.id}",
            action=lazy("Vul aan"),
            action_icon="pencil",
        )
        for row in {row.id: row for row in rows}.values()
    ]


def _open_calls(session: Session) -> list[WorkItem]:
    rows = session.execute(
        select(PhoneCall.created_at, Employer.id, Employer.name, User.name.label("caller"))
        .join(Employer, Employer.id == PhoneCall.employer_id)
        .join(User, User.id == PhoneCall.user_id)
        .where(PhoneCall.ended_at.is_(None))
        .order_by(PhoneCall.id)
    )
    return [
        WorkItem(
            kind="employer",
            tag="waiting",
            tag_text=lazy("Aan de telefoon"),
            title=row.name,
            facts=(_("gesprek van %(time)s", time=format_clock(row.created_at)),),
            due_at=end_of_working_day(row.created_at, 0),
            url=f"/team/werkgevers/{row.id}",
            action=lazy("Rond af"),
            action_icon="phone",
            owner=row.caller,
        )
        for row in rows
    ]
