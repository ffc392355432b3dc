"""Booking a stand and giving it back."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.employers.models import Employer, Member
from portal.employers.vocabulary import EmployersAction, MemberStatus
from portal.events import stands
from portal.events.models import JobFair, StandBooking
from portal.events.stands import StandWish, book_stand, release_stand
from portal.events.vocabulary import BookingStatus
from portal.kernel.audit import AuditEntry
from portal.kernel.clock import FixedClock
from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.permissions import VISITOR, Actor, Role
from portal.kernel.uow import Database, UnitOfWork
from tests.conftest import TEAM, WorkAs
from tests.factories.employers import a_member, an_employer, an_owner, owner_actor
from tests.factories.fairs import a_booking, a_fair, stand_id
from tests.support.outbox import Outbox


class Market:
    """A fair with one employer that may book."""

    def __init__(self, uow: UnitOfWork, stands: int = 4, **fields: object) -> None:
        self.employer, self.owner = an_owner(uow)
        self.fair: JobFair = a_fair(uow, stands, **fields)
        self.stands = {number: stand_id(uow, self.fair, number) for number in range(1, stands + 1)}
        self.actor = owner_actor(self.employer, self.owner)
        uow.session.commit()

    def wish(self, number: int | None = None, **fields: object) -> StandWish:
        return StandWish(stand_id=self.stands[number] if number else None, **fields)  # type: ignore[arg-type]


@pytest.fixture
def market(uow: UnitOfWork) -> Market:
    return Market(uow)


def other_employer(uow: UnitOfWork, name: str = "Bakkerij De Sprenge", sector: str = "bakkerij") -> Employer:
    employer = an_employer(uow, name, sector=sector)
    uow.session.commit()
    return employer


def calendar_of(mail: EmailMessage) -> str:
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    return str(part.get_content()).replace("\r\n ", "")


def test_employer_books_a_stand_and_gets_an_invitation(work_as: WorkAs, market: Market, outbox: Outbox) -> None:
    with work_as(market.actor) as uow:
        result = book_stand(
            uow, fair_id=market.fair.id, wish=market.wish(1, needs_power=True, brings=" een palletwagen ")
        )
    assert (result.number, result.is_new) == (1, True)
    (mail,) = outbox.to(market.owner.email)
    calendar = calendar_of(mail)
    assert "METHOD:REQUEST" in calendar
    assert f"UID:stand-{result.booking_id}@localhost" in calendar
    assert "SUMMARY:Werkmarkt: uw stand 1" in calendar
    assert market.employer.name not in calendar
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "een palletwagen" in text
    assert "Opbouwen kan vanaf 11.00 uur." in text


def test_second_click_is_the_same_booking(work_as: WorkAs, market: Market, outbox: Outbox) -> None:
    results = []
    for _ in range(2):
        with work_as(market.actor) as uow:
            results.append(book_stand(uow, fair_id=market.fair.id, wish=market.wish(1)))
    assert [result.is_new for result in results] == [True, False]
    assert results[0].booking_id == results[1].booking_id
    assert outbox.names() == ["stand_booked"]


def test_employer_has_one_stand_per_fair(work_as: WorkAs, market: Market) -> None:
    with work_as(market.actor) as uow:
        book_stand(uow, fair_id=market.fair.id, wish=market.wish(1))
    with pytest.raises(ConflictError) as refusal, work_as(market.actor) as uow:
        book_stand(uow, fair_id=market.fair.id, wish=market.wish(2))
    assert (refusal.value.code, refusal.value.facts) == ("stand_already_yours", {"number": 1})


def test_taken_stand_is_refused(work_as: WorkAs, uow: UnitOfWork, market: Market) -> None:
    a_booking(uow, market.fair, other_employer(uow), 1)
    uow.session.commit()
    with pytest.raises(ConflictError) as refusal, work_as(market.actor) as work:
        book_stand(work, fair_id=market.fair.id, wish=market.wish(1))
    assert (refusal.value.code, refusal.value.facts) == ("stand_taken", {"number": 1})


def test_index_is_the_last_guard_and_says_the_same(
    work_as: WorkAs, uow: UnitOfWork, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_booking(uow, market.fair, other_employer(uow), 1)
    uow.session.commit()
    monkeypatch.setattr(stands, "taken_of", lambda pairs: [])
    with pytest.raises(ConflictError, match="stand_taken"), work_as(market.actor) as work:
        book_stand(work, fair_id=market.fair.id, wish=market.wish(1))


def test_full_sector_is_refused_with_a_number_to_call(work_as: WorkAs, uow: UnitOfWork, market: Market) -> None:
    a_booking(uow, market.fair, other_employer(uow, "Bouwbedrijf Mortelman", "bouw"), 1)
    uow.session.commit()
    with pytest.raises(ConflictError) as refusal, work_as(market.actor) as work:
        book_stand(work, fair_id=market.fair.id, wish=market.wish(2))
    assert refusal.value.code == "sector_full"
    assert refusal.value.facts["sector"] == "Bouw"
    assert refusal.value.facts["phone"]


def test_exception_lets_a_second_employer_of_the_sector_in(work_as: WorkAs, uow: UnitOfWork) -> None:
    market = Market(uow, sector_exceptions={"bouw": 2})
    a_booking(uow, market.fair, other_employer(uow, "Bouwbedrijf Mortelman", "bouw"), 1)
    uow.session.commit()
    with work_as(market.actor) as work:
        assert book_stand(work, fair_id=market.fair.id, wish=market.wish(2)).is_new


def test_power_is_only_where_there_is_power(work_as: WorkAs, market: Market) -> None:
    with pytest.raises(InvalidError, match="stand_without_power"), work_as(market.actor) as uow:
        book_stand(uow, fair_id=market.fair.id, wish=market.wish(2, needs_power=True))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"status": "closed"}, "fair_closed"),
        ({"status": "cancelled"}, "fair_closed"),
        ({"in_days": 0, "starts_at": None}, "fair_closed"),
    ],
)
def test_employer_books_only_while_it_is_open(
    work_as: WorkAs, uow: UnitOfWork, fields: dict[str, object], code: str
) -> None:
    if "starts_at" in fields:
        fields = {**fields, "starts_at": uow.now - timedelta(minutes=1), "build_up_at": None}
    market = Market(uow, **fields)
    with pytest.raises(ConflictError, match=code), work_as(market.actor) as work:
        book_stand(work, fair_id=market.fair.id, wish=market.wish(1))


def test_fair_that_is_not_open_yet_does_not_exist_for_an_employer(work_as: WorkAs, uow: UnitOfWork) -> None:
    market = Market(uow, status="planned")
    with pytest.raises(NotFoundError), work_as(market.actor) as work:
        book_stand(work, fair_id=market.fair.id, wish=market.wish(1))


def test_team_books_for_an_employer_also_after_closing(work_as: WorkAs, uow: UnitOfWork, outbox: Outbox) -> None:
    market = Market(uow, status="closed")
    with work_as(TEAM) as work:
        result = book_stand(work, fair_id=market.fair.id, wish=market.wish(), employer_id=market.employer.id)
    assert result.number == 2  # without power, because it was not asked for
    assert len(outbox.to(market.owner.email)) == 1


def test_team_hears_when_no_stand_fits(work_as: WorkAs, uow: UnitOfWork) -> None:
    market = Market(uow, stands=1)
    a_booking(uow, market.fair, other_employer(uow), 1)
    uow.session.commit()
    with pytest.raises(ConflictError, match="no_stand_fits"), work_as(TEAM) as work:
        book_stand(work, fair_id=market.fair.id, wish=market.wish(), employer_id=market.employer.id)


def test_by_phone_the_trail_says_so_and_the_contact_gets_the_mail(
    work_as: WorkAs, uow: UnitOfWork, market: Market, outbox: Outbox, database: Database
) -> None:
    employer = other_employer(uow)
    a_member(uow, employer, email="bakker@sprenge.example")
    uow.session.commit()
    by_phone = Actor(role=Role.TEAM_MEMBER, name="Marleen", employer_id=employer.id, phone_call_id=77)
    with work_as(by_phone) as work:
        book_stand(work, fair_id=market.fair.id, wish=market.wish(3))
    with database.reading() as db:
        entry = db.scalars(select(AuditEntry).where(AuditEntry.action == "events.stand.booked")).one()
        booking = db.scalars(select(StandBooking)).one()
    assert (entry.phone_call_id, entry.employer_id, booking.booked_by_id) == (77, employer.id, None)
    assert outbox.rows()[-1].recipient_kind == "member"


def test_employer_without_mail_books_by_phone_without_a_mail(
    work_as: WorkAs, uow: UnitOfWork, market: Market, outbox: Outbox
) -> None:
    employer = other_employer(uow)
    a_member(uow, employer, email=None)
    uow.session.commit()
    with work_as(TEAM) as work:
        book_stand(work, fair_id=market.fair.id, wish=market.wish(3), employer_id=employer.id)
    assert outbox.names() == []


@pytest.mark.parametrize("actor", [VISITOR, Actor(role=Role.COACH, user_id=9), Actor(role=Role.EMPLOYER_APPLICANT)])
def test_nobody_else_books(work_as: WorkAs, market: Market, actor: Actor) -> None:
    with pytest.raises(NotAllowedError), work_as(actor) as uow:
        book_stand(uow, fair_id=market.fair.id, wish=market.wish(1))


def test_employer_does_not_book_for_another(work_as: WorkAs, uow: UnitOfWork, market: Market) -> None:
    other = other_employer(uow)
    with pytest.raises(NotAllowedError), work_as(market.actor) as work:
        book_stand(work, fair_id=market.fair.id, wish=market.wish(1), employer_id=other.id)


def test_employer_that_is_not_approved_gets_no_stand(work_as: WorkAs, uow: UnitOfWork, market: Market) -> None:
    waiting = an_employer(uow, "Schildersbedrijf Kwastenaar", status="submitted")
    uow.session.commit()
    with pytest.raises(ConflictError, match="stand_employer_not_approved"), work_as(TEAM) as work:
        book_stand(work, fair_id=market.fair.id, wish=market.wish(1), employer_id=waiting.id)


def test_stand_of_another_fair_is_not_there(work_as: WorkAs, uow: UnitOfWork, market: Market) -> None:
    other = a_fair(uow, stands=1)
    stand = stand_id(uow, other, 1)
    uow.session.commit()
    with pytest.raises(NotFoundError), work_as(market.actor) as work:
        book_stand(work, fair_id=market.fair.id, wish=StandWish(stand_id=stand))


def test_employer_gives_its_stand_back_and_books_again(work_as: WorkAs, market: Market, outbox: Outbox) -> None:
    with work_as(market.actor) as uow:
        first = book_stand(uow, fair_id=market.fair.id, wish=market.wish(1))
    for _ in range(2):  # a second click is not an error
        with work_as(market.actor) as uow:
            release_stand(uow, booking_id=first.booking_id)
    with work_as(market.actor) as uow:
        second = book_stand(uow, fair_id=market.fair.id, wish=market.wish(1))
    assert second.booking_id != first.booking_id
    assert outbox.names() == ["stand_booked", "stand_released", "stand_booked"]
    _, gone, again = outbox.to(market.owner.email)
    assert "METHOD:CANCEL" in calendar_of(gone)
    assert "SEQUENCE:1" in calendar_of(gone)
    assert f"UID:stand-{first.booking_id}@localhost" in calendar_of(gone)
    assert f"UID:stand-{second.booking_id}@localhost" in calendar_of(again)


def test_team_frees_a_stand_with_a_reason(
    work_as: WorkAs, uow: UnitOfWork, market: Market, outbox: Outbox, database: Database
) -> None:
    booking = a_booking(uow, market.fair, market.employer, 1)
    uow.session.commit()
    with pytest.raises(InvalidError, match="text_needed"), work_as(TEAM) as work:
        release_stand(work, booking_id=booking.id)
    with work_as(TEAM) as work:
        release_stand(work, booking_id=booking.id, reason="Deze stand staat voor de nooddeur.")
    (mail,) = outbox.to(market.owner.email)
    assert "voor de nooddeur" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    with database.reading() as db:
        assert statuses(db) == [BookingStatus.RELEASED]


def test_employer_does_not_free_the_stand_of_another(work_as: WorkAs, uow: UnitOfWork, market: Market) -> None:
    booking = a_booking(uow, market.fair, other_employer(uow), 1)
    uow.session.commit()
    with pytest.raises(NotFoundError), work_as(market.actor) as work:
        release_stand(work, booking_id=booking.id)
    with pytest.raises(NotFoundError), work_as(market.actor) as work:
        release_stand(work, booking_id=987654)


def test_stand_is_not_given_back_after_the_start(
    work_as: WorkAs, uow: UnitOfWork, market: Market, clock: FixedClock
) -> None:
    booking = a_booking(uow, market.fair, market.employer, 1)
    uow.session.commit()
    clock.advance(market.fair.starts_at - clock.now())
    with pytest.raises(ConflictError, match="fair_closed_release"), work_as(market.actor) as work:
        release_stand(work, booking_id=booking.id)


def test_mail_goes_to_the_contact_when_who_booked_has_left(
    work_as: WorkAs, uow: UnitOfWork, market: Market, outbox: Outbox
) -> None:
    colleague: User = an_owner(uow, market.employer)[1]
    uow.session.commit()
    with work_as(owner_actor(market.employer, colleague)) as work:
        result = book_stand(work, fair_id=market.fair.id, wish=market.wish(1))
    assert len(outbox.to(colleague.email)) == 1
    leaves(uow, colleague)
    with work_as(TEAM) as work:
        release_stand(work, booking_id=result.booking_id, reason="Dubbel geboekt.")
    assert len(outbox.to(colleague.email)) == 1
    assert len(outbox.to(market.owner.email)) == 1


def leaves(uow: UnitOfWork, user: User) -> None:
    member = uow.session.scalars(select(Member).where(Member.user_id == user.id)).one()
    member.status = MemberStatus.LEFT
    uow.audit(EmployersAction.MEMBER_LEFT, member)
    uow.session.commit()


def statuses(db: Session) -> list[BookingStatus]:
    return list(db.scalars(select(StandBooking.status).order_by(StandBooking.id)))
