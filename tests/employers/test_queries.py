"""What other slices may know of a company, who gets its mail, and what waits for the team."""

from datetime import timedelta

from sqlalchemy.orm import Session

from portal.employers import queries
from portal.employers.models import CallbackRequest, Location, PhoneCall
from portal.employers.notifications import member_address
from portal.employers.team_queries import EmployerFilter, employer_list
from portal.employers.vocabulary import CallbackTime, EmployerStatus
from portal.kernel.outbox import Address, Recipient
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database, UnitOfWork
from tests.conftest import NOW
from tests.factories.employers import a_member, a_sector, an_employer, an_employer_user, an_owner
from tests.support.people import a_team_member

SYSTEM = Actor(role=Role.SYSTEM, name="test")
TEAM = Actor(role=Role.TEAM_MEMBER)


def test_a_card_tells_the_company_and_its_first_place(uow: UnitOfWork) -> None:
    employer = an_employer(uow, "Bakkerij De Sprenge", sector="bakkerij", city="Ugchelen")
    uow.session.add(
        Location(employer_id=employer.id, street="Ver 1", postcode="1011 AB", city="Epe", created_at=uow.now)
    )
    uow.flush()
    card = queries.employer_card(uow.session, employer.id)
    assert card is not None
    assert (card.name, card.sector_key, card.city, card.is_approved) == (
        "Bakkerij De Sprenge",
        "bakkerij",
        "Ugchelen",
        True,
    )
    assert queries.employer_cards(uow.session, [employer.id]) == {employer.id: card}
    assert queries.employer_card(uow.session, 999) is None


def test_approved_companies_are_offered_by_name(uow: UnitOfWork) -> None:
    second = an_employer(uow, "zorggroep")
    first = an_employer(uow, "Aannemer")
    waiting = an_employer(uow, "Wacht", status="submitted")
    assert queries.approved_employers(uow.session) == [(first.id, "Aannemer"), (second.id, "zorggroep")]
    assert queries.is_approved(uow.session, first.id)
    assert not queries.is_approved(uow.session, waiting.id)
    assert not queries.is_approved(uow.session, None)


def test_sectors_come_by_group_and_one_that_is_off_only_when_it_is_in_use(uow: UnitOfWork) -> None:
    for key in ("ict", "bouw", "kapper"):
        a_sector(uow, key)
    off = a_sector(uow, "horeca")
    off.active = False
    uow.flush()
    assert [row.key for row in queries.sectors(uow.session)] == ["bouw", "kapper", "ict"]
    assert "horeca" in [row.key for row in queries.sectors(uow.session, also=off.id)]
    assert queries.sector_id_of(uow.session, "horeca") == off.id


def test_mail_goes_to_an_owner_with_an_account_first(uow: UnitOfWork) -> None:
    employer = an_employer(uow)
    assert queries.employer_contact(uow.session, employer.id) is None
    a_member(uow, employer, email=None)
    assert queries.employer_contact(uow.session, employer.id) is None
    by_mail = a_member(uow, employer)
    assert queries.employer_contact(uow.session, employer.id) == Recipient.member(by_mail.id)
    member = an_employer_user(uow)
    a_member(uow, employer, user=member)
    assert queries.employer_contact(uow.session, employer.id) == Recipient.user(member.id)
    owner = an_employer_user(uow)
    a_member(uow, employer, user=owner, role="owner")
    assert queries.employer_contact(uow.session, employer.id) == Recipient.user(owner.id)
    owner.active = False
    uow.flush()
    assert queries.employer_contact(uow.session, employer.id) == Recipient.user(member.id)


def test_a_contact_person_is_reached_at_the_accounts_address(uow: UnitOfWork) -> None:
    employer = an_employer(uow)
    plain = a_member(uow, employer, email="info@bedrijf.example")
    user = an_employer_user(uow, language="en")
    with_account = a_member(uow, employer, user=user)
    gone = a_member(uow, employer, status="left", ended_at=uow.now)
    assert member_address(uow.session, plain.id) == Address("info@bedrijf.example", "Gerda Hoekstra", "nl")
    assert member_address(uow.session, with_account.id) == Address(user.email, user.name, "en")
    assert member_address(uow.session, gone.id) is None
    user.active = False
    uow.flush()
    assert member_address(uow.session, with_account.id) is None


def test_the_work_list_holds_what_waits(uow: UnitOfWork) -> None:
    an_employer(uow, "Rustig")
    an_employer(uow, "Nieuw", status="submitted", submitted_at=uow.now)
    an_employer(uow, "Onbevestigd", status="unconfirmed")
    an_employer(uow, "Zonder nummer", establishment=None)
    an_employer(uow, "Van een lijst", numbers_to_confirm=True)
    known = an_employer(uow, "Bekend")
    a_member(uow, known, user=an_employer_user(uow), status="requested")
    a_member(uow, known, user=an_employer_user(uow, email_confirmed_at=None), status="requested")
    uow.session.add(CallbackRequest(name="Riek", phone="+31612345678", at=CallbackTime.ANY, created_at=uow.now))
    team = a_team_member(uow)
    uow.session.add(PhoneCall(employer_id=known.id, user_id=team.id, created_at=uow.now))
    uow.flush()
    found = {(str(item.tag_text), item.title, " ".join(item.facts)) for item in queries.work_items(uow.session, NOW)}
    assert found == {
        ("Nieuw bedrijf", "Nieuw", "Bouw Apeldoorn"),
        ("Wil meedoen", "Bekend", ""),
        ("Bel mij", "Riek", "06 12345678 maakt niet uit"),
        ("Nummer", "Zonder nummer", "vestigingsnummer opzoeken"),
        ("Nummer", "Van een lijst", "nummers nakijken"),
        ("Aan de telefoon", "Bekend", "gesprek van 10.00 uur"),
    }


def test_promises_of_the_work_list_come_from_the_moment_of_asking(uow: UnitOfWork) -> None:
    an_employer(uow, status="submitted", submitted_at=uow.now - timedelta(days=7))
    (item,) = queries.work_items(uow.session, NOW)
    assert item.due_at is not None
    assert item.due_at < NOW


def listed(session: Session, **wanted: object) -> list[str]:
    rows, total = employer_list(session, TEAM, EmployerFilter(**wanted), offset=0, limit=20)  # type: ignore[arg-type]
    assert total == len(rows)
    return [row.name for row in rows]


def test_the_team_finds_companies_by_words_status_and_sector(database: Database, session: Session) -> None:
    with database.work(SYSTEM) as uow:
        an_owner(uow, name="Bakkerij De Sprenge", sector="bakkerij", city="Ugchelen", kvk_number="00921463")
        an_employer(uow, "Wacht", status="submitted")
        gone = an_employer(uow, "Aannemer 100%")
        a_member(uow, gone, name="Gerda Hoekstra")
    assert listed(session) == ["Wacht", "Aannemer 100%", "Bakkerij De Sprenge"]
    assert listed(session, words="sprenge UGCH") == ["Bakkerij De Sprenge"]
    assert listed(session, words="921463") == ["Bakkerij De Sprenge"]
    assert listed(session, words="hoekstra") == ["Aannemer 100%"]
    assert listed(session, words="100%") == ["Aannemer 100%"]
    assert listed(session, words="0_9") == []
    assert listed(session, status=EmployerStatus.SUBMITTED) == ["Wacht"]
    assert listed(session, sector="bakkerij") == ["Bakkerij De Sprenge"]
    assert listed(session, sector="voeding") == ["Bakkerij De Sprenge"]
    rows, total = employer_list(session, TEAM, EmployerFilter(), offset=1, limit=1)
    assert (total, [row.contact for row in rows]) == (3, ["Gerda Hoekstra"])
