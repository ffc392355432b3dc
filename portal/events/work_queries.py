"""What tours ask of the team: proposals to answer, offers that nobody told yet, door lists to print."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.employers.models import Employer
from portal.events.models import Registration, Tour
from portal.events.vocabulary import RegistrationStatus, TourStatus
from portal.kernel.clock import from_local, local_day
from portal.kernel.days import end_of_working_day
from portal.kernel.i18n import format_clock, format_short_day, ngettext
from portal.kernel.i18n import gettext as _
from portal.kernel.i18n import lazy_gettext as lazy
from portal.kernel.work import WorkItem
from portal.participants.models import Participant
from portal.participants.rules import tell_soon

ANSWER_DAYS = 2
PRINT_BEFORE = time(17, 0)


def work_items(session: Session, now: datetime) -> list[WorkItem]:
    """Everything about tours that waits for somebody of the team."""
    return [*_proposals(session, now), *_untold_offers(session, now), *_door_lists(session, now)]


def _proposals(session: Session, now: datetime) -> Iterable[WorkItem]:
    """An employer proposes a tour: an answer within two working days."""
    found = session.scalars(
        select(Tour)
        .where(Tour.status == TourStatus.PROPOSED, Tour.ends_at > now)
        .options(joinedload(Tour.employer, innerjoin=True))
        .order_by(Tour.id)
    )
    for tour in found:
        yield WorkItem(
            kind="tour",
            tag="review",
            tag_text=lazy("Voorstel"),
            title=_("%(company)s stelt een rondleiding voor", company=tour.employer.name),
            facts=(tour.title, f"{format_short_day(tour.starts_at)}, {format_clock(tour.starts_at)}"),
            due_at=end_of_working_day(tour.created_at, ANSWER_DAYS),
            url=f"/team/rondleidingen/{tour.id}",
            action=lazy("Bekijk"),
            action_icon="eye",
        )


def _untold_offers(session: Session, now: datetime) -> Iterable[WorkItem]:
    """A place is held for somebody who does not know it: the clock starts only when somebody tells it."""
    rows = session.execute(
        select(Registration, Tour, Employer.name, Participant.coach_name)
        .join(Tour, Tour.id == Registration.tour_id)
        .join(Employer, Employer.id == Tour.employer_id)
        .join(Participant, Participant.id == Registration.participant_id)
        .where(
            Registration.status == RegistrationStatus.OFFERED,
            Registration.offer_told_at.is_(None),
            Tour.starts_at > now,
        )
        .order_by(Registration.id)
    )
    for registration, tour, company, coach in rows:
        yield WorkItem(
            kind="tour",
            tag="few",
            tag_text=lazy("Aanbod"),
            title=_("Plek vrij bij %(company)s: nog niet verteld", company=company),
            facts=(
                _("code %(code)s", code=registration.ticket),
                format_short_day(tour.starts_at),
                *((_("coach %(name)s vertelt het", name=coach),) if coach else ()),
            ),
            due_at=tell_soon(registration.offered_at or registration.created_at),
            url=f"/team/rondleidingen/{tour.id}/wachtlijst",
            action=lazy("Bied aan"),
            action_icon="phone",
        )


def _door_lists(session: Session, now: datetime) -> Iterable[WorkItem]:
    """A tour of today or tomorrow: print the door list, the day before when that still can be."""
    tomorrow = local_day(now) + timedelta(days=1)
    found = session.scalars(
        select(Tour)
        .where(
            Tour.status == TourStatus.PUBLISHED,
            Tour.starts_at > now,
            Tour.starts_at < from_local(tomorrow + timedelta(days=1), time(0, 0)),
        )
        .options(joinedload(Tour.employer, innerjoin=True))
        .order_by(Tour.starts_at, Tour.id)
    )
    for tour in found:
        is_today = local_day(tour.starts_at) < tomorrow
        yield WorkItem(
            kind="tour",
            tag="open",
            tag_text=lazy("Vandaag") if is_today else lazy("Morgen"),
            title=_("%(company)s: deurlijst printen", company=tour.employer.name),
            facts=(
                format_clock(tour.be_there_at),
                ngettext("%(num)d plek bezet", "%(num)d plekken bezet", tour.places_taken),
            ),
            due_at=tour.be_there_at if is_today else max(now, from_local(local_day(now), PRINT_BEFORE)),
            url=f"/team/rondleidingen/{tour.id}/deurlijst",
            action=lazy("Print"),
            action_icon="printer",
        )
