"""Reading vacancies: the public list and page, what other slices may know, and what waits for the team."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.employers.models import Employer, Member, Sector, TrialOffer, Vacancy
from portal.employers.vacancy_filters import Bunch, Counts, VacancyFilter, counts_of
from portal.employers.vacancy_policies import public_vacancies
from portal.employers.vacancy_rules import is_unpaid, review_due, shift_words, wage_note
from portal.employers.vocabulary import EmployerStatus, MemberStatus, SectorGroup, VacancyKind, VacancyStatus
from portal.kernel.errors import NotFoundError
from portal.kernel.i18n import gettext as _
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.i18n import ngettext
from portal.kernel.levels import LanguageLevel
from portal.kernel.work import WorkItem

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The terms of a trial."""

    weeks: int
    intends_contract: bool
    contract_months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyView:
    """A vacancy as everybody may read it: nothing of a contact person, no reason, no remarks of the team."""

    id: int
    title: str
    employer: str
    sector: str
    sector_group: SectorGroup
    sector_icon: str
    city: str
    kind: VacancyKind
    status: VacancyStatus
    tasks: str
    hours_min: int
    hours_max: int
    wage_min_cents: int | None
    wage_max_cents: int | None
    wage_note: str
    level: LanguageLevel
    level_text: str | None
    start_text: str | None
    lifting: str | None
    shifts: str
    licence: str | None
    places: int
    good_to_know: str | None
    published_at: datetime | None
    trial: Trial | None

    @property
    def is_unpaid(self) -> bool:
        """Whether somebody works without wage and the benefit continues."""
        return is_unpaid(self.kind)

    @property
    def paragraphs(self) -> list[str]:
        """The tasks, a paragraph each."""
        return [line.strip() for line in self.tasks.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class VacancyList:
    """One page of the public list, with the number beside every answer of the filters."""

    rows: Sequence[VacancyView]
    counts: Counts
    sectors: Sequence[tuple[SectorGroup, str, str]]
    wanted: VacancyFilter
    number: int


def with_views(query: Select[Vacancy]) -> Select[Vacancy, str, Sector, TrialOffer]:
    """The query with what a view is made of."""
    return (
        query.join(Employer, Employer.id == Vacancy.employer_id)
        .join(Sector, Sector.id == Vacancy.sector_id)
        .outerjoin(TrialOffer, TrialOffer.vacancy_id == Vacancy.id)
        .add_columns(Employer.name, Sector, TrialOffer)
    )


def view_of(vacancy: Vacancy, employer: str, sector: Sector, trial: TrialOffer | None) -> VacancyView:
    """A row of `with_views` as everybody may read it."""
    terms = trial and Trial(
        weeks=trial.weeks, intends_contract=trial.intends_contract, contract_months=trial.contract_months
    )
    return VacancyView(
        id=vacancy.id,
        title=vacancy.title,
        employer=employer,
        sector=sector.name,
        sector_group=sector.group,
        sector_icon=sector.icon,
        city=vacancy.city,
        kind=vacancy.kind,
        status=vacancy.status,
        tasks=vacancy.tasks,
        hours_min=vacancy.hours_min,
        hours_max=vacancy.hours_max,
        wage_min_cents=vacancy.wage_min_cents,
        wage_max_cents=vacancy.wage_max_cents,
        wage_note="" if is_unpaid(vacancy.kind) else wage_note(vacancy.wage_text),
        level=vacancy.level,
        level_text=vacancy.level_text,
        start_text=vacancy.start_text,
        lifting=vacancy.lifting,
        shifts=shift_words(vacancy.shifts),
        licence=vacancy.licence,
        places=vacancy.places,
        good_to_know=vacancy.good_to_know,
        published_at=vacancy.published_at,
        trial=terms or None,
    )


def matches_words(words: Sequence[str]) -> list[ColumnElement[bool]]:
    """Every word stands somewhere in the vacancy, or in the name that its company has by now."""
    return [or_(Vacancy.search_text.contains(word, autoescape=True), _company_is_named(word)) for word in words]


def _company_is_named(word: str) -> ColumnElement[bool]:
    named = select(Employer.id).where(func.lower(Employer.name).contains(word, autoescape=True))
    return Vacancy.employer_id.in_(named)


def vacancy_list(session: Session, wanted: VacancyFilter, *, number: int) -> VacancyList:
    """What is open and fits, the newest first; a page after the last one is the last one.

    Two statements; one more for a sector that is asked for and has nothing. A sector that does not exist asks nothing.
    """
    bunches = _bunches(session, wanted.words)
    names = {(bunch.group, bunch.sector_name, bunch.sector) for bunch in bunches}
    missing = wanted.sectors - {key for _group, _name, key in names}
    if missing:
        names |= {(row[0], row[1], row[2]) for row in session.execute(_sector_names(missing))}
        wanted = replace(wanted, sectors=wanted.sectors & {key for _group, _name, key in names})
    counts = counts_of(bunches, wanted)
    shown = min(number, max(1, -(-counts.total // PAGE_SIZE)))
    rows = session.execute(
        with_views(public_vacancies().where(*_conditions(wanted)))
        .order_by(Vacancy.published_at.desc(), Vacancy.id.desc())
        .offset((shown - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    order = list(SectorGroup)
    sectors = sorted(names, key=lambda row: (order.index(row[0]), row[1]))
    return VacancyList([view_of(*row) for row in rows], counts, sectors, wanted, shown)


def _sector_names(keys: Collection[str]) -> Select[SectorGroup, str, str]:
    return select(Sector.group, Sector.name, Sector.key).where(Sector.key.in_(keys))


def _bunches(session: Session, words: Sequence[str]) -> list[Bunch]:
    """What is open with these words, counted by everything that can be filtered on."""
    columns = (
        Sector.key,
        Sector.name,
        Sector.group,
        Vacancy.level,
        Vacancy.kind,
        Vacancy.hours_min,
        Vacancy.hours_max,
    )
    rows = session.execute(
        select(*columns, func.count(Vacancy.id))
        .join(Sector, Sector.id == Vacancy.sector_id)
        .where(Vacancy.status == VacancyStatus.PUBLISHED, *matches_words(words))
        .group_by(*columns)
    )
    return [Bunch(*row) for row in rows]


def _conditions(wanted: VacancyFilter) -> list[ColumnElement[bool]]:
    found = matches_words(wanted.words)
    if wanted.sectors:
        found.append(Sector.key.in_(wanted.sectors))
    if wanted.levels:
        found.append(Vacancy.level.in_(wanted.levels))
    if wanted.kinds:
        found.append(Vacancy.kind.in_(wanted.kinds))
    if wanted.hours:
        bands = [and_(Vacancy.hours_min <= band.highest, Vacancy.hours_max >= band.lowest) for band in wanted.hours]
        found.append(or_(*bands))
    return found


def vacancy_page(session: Session, vacancy_id: int) -> VacancyView:
    """A vacancy that is online, or was and is closed now; everything else does not exist. One statement."""
    shown = or_(
        Vacancy.status == VacancyStatus.PUBLISHED,
        and_(Vacancy.status == VacancyStatus.CLOSED, Vacancy.published_at.is_not(None)),
    )
    row = session.execute(with_views(select(Vacancy).where(Vacancy.id == vacancy_id, shown))).one_or_none()
    if row is None:
        raise NotFoundError
    return view_of(*row)


def newest_vacancies(session: Session, limit: int = 3) -> list[VacancyView]:
    """The latest that are online, for a start page."""
    rows = session.execute(
        with_views(public_vacancies()).order_by(Vacancy.published_at.desc(), Vacancy.id.desc()).limit(limit)
    )
    return [view_of(*row) for row in rows]


def open_vacancies_of(session: Session, employer_id: int) -> list[VacancyView]:
    """What a company has online, the newest first."""
    rows = session.execute(
        with_views(public_vacancies().where(Vacancy.employer_id == employer_id)).order_by(
            Vacancy.published_at.desc(), Vacancy.id.desc()
        )
    )
    return [view_of(*row) for row in rows]


def vacancy_counts(session: Session, employer_id: int) -> Mapping[VacancyStatus, int]:
    """How many vacancies of a company are in each state."""
    rows = session.execute(
        select(Vacancy.status, func.count(Vacancy.id))
        .where(Vacancy.employer_id == employer_id)
        .group_by(Vacancy.status)
    )
    found = {row[0]: row[1] for row in rows}
    return {status: found.get(status, 0) for status in VacancyStatus}


def work_items(session: Session, now: datetime) -> list[WorkItem]:
    """What waits for the team: vacancies to read, and returned ones whose company has no mail address.

    A vacancy of a company that is not approved yet waits with that company, in one row.
    """
    return [*_to_read(session), *_to_tell(session)]


def _to_read(session: Session) -> list[WorkItem]:
    rows = session.execute(
        select(Vacancy, Employer.name)
        .join(Employer, Employer.id == Vacancy.employer_id)
        .where(Vacancy.status == VacancyStatus.SUBMITTED, Employer.status == EmployerStatus.APPROVED)
        .order_by(Vacancy.submitted_at, Vacancy.id)
    )
    return [
        WorkItem(
            kind="vacancy",
            tag="review",
            tag_text=vacancy.kind.label,
            title=vacancy.title,
            facts=tuple(filter(None, (employer, vacancy.city, _points(len(vacancy.findings))))),
            due_at=review_due(vacancy.submitted_at or vacancy.created_at),
            url=f"/team/vacatures/{vacancy.id}",
            action=lazy("Beoordeel"),
            action_icon="eye",
        )
        for vacancy, employer in rows
    ]


def _points(number: int) -> str:
    return ngettext("1 aandachtspunt", "%(num)s aandachtspunten", number) if number else ""


def _to_tell(session: Session) -> list[WorkItem]:
    reachable = (
        select(Member.id)
        .outerjoin(User, User.id == Member.user_id)
        .where(
            Member.employer_id == Vacancy.employer_id,
            Member.status == MemberStatus.ACTIVE,
            or_(User.active, and_(Member.user_id.is_(None), Member.email.is_not(None))),
        )
        .correlate(Vacancy)
        .exists()
    )
    rows = session.execute(
        select(Vacancy.id, Vacancy.title, Vacancy.details_changed_at, Employer.name)
        .join(Employer, Employer.id == Vacancy.employer_id)
        .where(Vacancy.status == VacancyStatus.RETURNED, ~reachable)
        .order_by(Vacancy.details_changed_at, Vacancy.id)
    )
    return [
        WorkItem(
            kind="vacancy",
            tag="waiting",
            tag_text=lazy("Bel het bedrijf"),
            title=row.name,
            facts=(row.title, _("teruggestuurd, geen e-mailadres")),
            due_at=review_due(row.details_changed_at),
            url=f"/team/vacatures/{row.id}",
            action=lazy("Bel"),
            action_icon="phone",
        )
        for row in rows
    ]
