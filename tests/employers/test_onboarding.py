"""Signing up: what a form becomes, doubles, joining, and an address that has an account."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.links import confirm_email, spend_link
from portal.accounts.models import SignInLink, User
from portal.accounts.vocabulary import LinkPurpose
from portal.employers import onboarding
from portal.employers.inputs import CompanyInput, LocationInput, PersonInput
from portal.employers.models import Employer, Location, Member
from portal.employers.vocabulary import EmployerSource, EmployerStatus, MemberRole, MemberStatus
from portal.kernel.clock import FixedClock
from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError
from portal.kernel.outbox import OutboxMessage
from portal.kernel.permissions import VISITOR, Actor, Role
from portal.kernel.uow import Database, UnitOfWork
from tests.conftest import WorkAs
from tests.factories.employers import a_member, a_sector, an_employer, an_employer_user, an_owner, team_actor
from tests.support.outbox import Outbox
from tests.support.people import a_team_member

KVK = "00921463"
SignUp = Callable[..., None]


@pytest.fixture(autouse=True)
def _sectors(database: Database) -> None:
    with database.work(Actor(role=Role.SYSTEM, name="test")) as uow:
        a_sector(uow, "bakkerij")


@pytest.fixture
def sign_up(work_as: WorkAs) -> SignUp:
    """Send the form as a visitor."""

    def send(actor: Actor = VISITOR, **typed: str | None) -> None:
        values = {
            "name": "Bakkerij De Sprenge",
            "kvk": KVK,
            "establishment": "000012345678",
            "postcode": "7315 AB",
            "email": "els@sprenge.example",
            "phone": "+31612345678",
            **typed,
        }
        with work_as(actor) as uow:
            onboarding.sign_up(
                uow,
                company=CompanyInput(name=str(values["name"]), kvk_number=str(values["kvk"]), sector_key="bakkerij"),
                location=LocationInput(
                    establishment_number=values["establishment"],
                    street="Molenbeekstraat 8",
                    postcode=str(values["postcode"]),
                    city="Ugchelen",
                ),
                person=PersonInput(
                    name="Els Bakker", job_title="Eigenaar", email=values["email"], phone=values["phone"]
                ),
            )

    return send


def confirm(uow: UnitOfWork, email: str) -> User:
    """Spend the newest confirmation link of this address."""
    user = uow.session.scalars(select(User).where(User.email == email)).one()
    link = uow.session.scalars(
        select(SignInLink)
        .where(SignInLink.user_id == user.id, SignInLink.purpose == LinkPurpose.CONFIRM)
        .order_by(SignInLink.id.desc())
    ).first()
    assert link is not None
    return spend_link(uow, link_id=link.id, purpose=LinkPurpose.CONFIRM)


def only_employer(session: Session) -> Employer:
    return session.scalars(select(Employer)).one()


def test_a_sign_up_waits_for_its_mail_address(sign_up: SignUp, session: Session, outbox: Outbox) -> None:
    sign_up()
    employer = only_employer(session)
    assert (employer.status, employer.source, employer.kvk_number) == (
        EmployerStatus.UNCONFIRMED,
        EmployerSource.WEB,
        KVK,
    )
    member = session.scalars(select(Member)).one()
    assert (member.role, member.status, member.email) == (
        MemberRole.OWNER,
        MemberStatus.ACTIVE,
        "els@sprenge.example",
    )
    assert outbox.names() == ["account_confirm_link"]


def test_confirming_the_address_hands_the_company_to_the_team(
    sign_up: SignUp, work_as: WorkAs, database: Database, outbox: Outbox
) -> None:
    sign_up()
    with work_as(VISITOR) as uow:
        confirm(uow, "els@sprenge.example")
    with database.reading() as db:
        employer = only_employer(db)
        assert employer.status is EmployerStatus.SUBMITTED
        assert employer.submitted_at is not None
    assert outbox.names() == ["account_confirm_link", "employer_submitted"]
    mail = outbox.to("werkgeversteam@meedraaien.example")[0]
    assert mail["Subject"] == "Nieuw bedrijf: Bakkerij De Sprenge"


def test_the_establishment_number_may_be_left_to_the_team(sign_up: SignUp, session: Session) -> None:
    sign_up(establishment=None)
    assert session.scalars(select(Location.establishment_number)).one() is None


def test_an_unknown_sector_is_refused(work_as: WorkAs) -> None:
    with pytest.raises(InvalidError) as refusal, work_as(VISITOR) as uow:
        onboarding.sign_up(
            uow,
            company=CompanyInput(name="X", kvk_number=KVK, sector_key="bestaat-niet"),
            location=LocationInput(street="Straat 1", postcode="7311 AB", city="Apeldoorn"),
            person=PersonInput(name="Els", email="els@sprenge.example", phone="+31612345678"),
        )
    assert refusal.value.code == "sector_unknown"


@pytest.mark.parametrize(
    "typed",
    [
        {"establishment": "000000000077"},
        {"establishment": None},
        {"establishment": "000000000099", "postcode": "7322 CD"},
    ],
    ids=["same number", "no number", "number of a place whose number is looked up"],
)
def test_a_double_is_refused_and_changes_nothing(
    sign_up: SignUp, database: Database, outbox: Outbox, typed: dict[str, str | None]
) -> None:
    with database.work(Actor(role=Role.SYSTEM)) as uow:
        employer = an_employer(uow, kvk_number=KVK, establishment="000000000077")
        uow.session.add(
            Location(employer_id=employer.id, street="Laan 2", postcode="7322 CD", city="Apeldoorn", created_at=uow.now)
        )
    with pytest.raises(ConflictError) as refusal:
        sign_up(**typed)
    assert refusal.value.code == "employer_double"
    with database.reading() as db:
        assert db.scalar(select(func.count(User.id))) == 0
    assert outbox.names() == []


def test_another_establishment_is_a_new_location_and_a_request_to_join(
    sign_up: SignUp, work_as: WorkAs, database: Database, outbox: Outbox
) -> None:
    with database.work(Actor(role=Role.SYSTEM)) as uow:
        employer, owner = an_owner(uow, kvk_number=KVK)
    sign_up(establishment="000099999999")
    assert outbox.names() == ["account_confirm_link"]
    with work_as(VISITOR) as uow:
        user = confirm(uow, "els@sprenge.example")
        member = uow.session.scalars(select(Member).where(Member.user_id == user.id)).one()
        location = uow.session.get_one(Location, member.location_id)
        assert (member.employer_id, member.status, location.accepted) == (employer.id, MemberStatus.REQUESTED, False)
    assert outbox.names()[1:] == ["employer_join_asked", "employer_join_asked_team"]
    assert outbox.to(owner.email)[0]["Subject"] == "Iemand wil meedoen namens Bouwbedrijf Veldhoek"


def test_a_number_of_another_company_is_refused(sign_up: SignUp, database: Database) -> None:
    with database.work(Actor(role=Role.SYSTEM)) as uow:
        an_employer(uow, establishment="000012345678")
    with pytest.raises(ConflictError) as refusal:
        sign_up()
    assert refusal.value.code == "establishment_taken"


def test_an_address_with_an_account_gives_the_same_answer_and_a_mail_that_explains(
    sign_up: SignUp, database: Database, outbox: Outbox
) -> None:
    with database.work(Actor(role=Role.SYSTEM)) as uow:
        _employer, user = an_owner(uow)
    sign_up(email=user.email.upper())
    with database.reading() as db:
        assert db.scalar(select(func.count(Employer.id))) == 1
    assert outbox.names() == ["employer_address_known"]
    text = outbox.to(user.email)[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "/inloggen" in text


def test_a_repeated_click_gives_the_same_answer_and_one_mail(
    sign_up: SignUp, database: Database, outbox: Outbox
) -> None:
    for _ in range(3):
        sign_up()
    with database.reading() as db:
        assert db.scalar(select(func.count(Employer.id))) == 1
        assert db.scalar(select(func.count(User.id))) == 1
    assert outbox.names() == ["account_confirm_link"]


def test_sending_again_later_corrects_the_data_and_gives_a_new_link(
    sign_up: SignUp, database: Database, outbox: Outbox, clock: FixedClock
) -> None:
    sign_up(name="Bakkerij De Spreng")
    clock.advance(timedelta(minutes=2))
    sign_up(postcode="7316 ZZ")
    with database.reading() as db:
        assert only_employer(db).name == "Bakkerij De Sprenge"
        assert db.scalars(select(Location.postcode)).one() == "7316 ZZ"
    assert outbox.names() == ["account_confirm_link"] * 2


def test_a_mistyped_address_is_corrected_by_who_has_the_same_phone(
    sign_up: SignUp, work_as: WorkAs, database: Database, outbox: Outbox
) -> None:
    sign_up(email="els@sprnge.example")
    sign_up()
    with work_as(VISITOR) as uow:
        confirm(uow, "els@sprenge.example")
    with database.reading() as db:
        assert db.scalars(select(User.email)).all() == ["els@sprenge.example"]
        assert only_employer(db).status is EmployerStatus.SUBMITTED


def test_somebody_else_waits_until_the_link_of_the_first_ended(
    sign_up: SignUp, database: Database, clock: FixedClock
) -> None:
    sign_up()
    other = {"email": "iemand@anders.example", "phone": "+31687654321"}
    with pytest.raises(ConflictError):
        sign_up(**other)
    clock.advance(timedelta(days=2))
    sign_up(**other)
    with database.reading() as db:
        assert db.scalars(select(Member.email)).all() == ["iemand@anders.example"]
        assert db.scalars(select(User.email)).all() == ["iemand@anders.example"]


def test_who_was_refused_elsewhere_signs_up_with_the_own_account(
    sign_up: SignUp, database: Database, outbox: Outbox
) -> None:
    with database.work(Actor(role=Role.SYSTEM)) as uow:
        user = an_employer_user(uow, email="els@sprenge.example")
        a_member(uow, an_employer(uow), user=user, status="refused", ended_at=uow.now)
    sign_up(Actor(role=Role.EMPLOYER_APPLICANT, user_id=user.id, name=user.name))
    with database.reading() as db:
        member = db.scalars(select(Member).where(Member.user_id == user.id)).one()
        employer = db.get_one(Employer, member.employer_id)
        assert (employer.name, employer.status) == ("Bakkerij De Sprenge", EmployerStatus.SUBMITTED)
    assert outbox.names() == ["employer_submitted"]


def test_who_acts_for_a_company_cannot_sign_up_another(sign_up: SignUp, database: Database) -> None:
    with database.work(Actor(role=Role.SYSTEM)) as uow:
        employer, user = an_owner(uow)
    with pytest.raises(ConflictError) as refusal:
        sign_up(Actor(role=Role.EMPLOYER_OWNER, user_id=user.id, employer_id=employer.id))
    assert refusal.value.code == "already_signed_up"


def test_confirming_an_address_without_a_company_changes_nothing(work_as: WorkAs, outbox: Outbox) -> None:
    with work_as(VISITOR) as uow:
        confirm_email(uow, an_employer_user(uow, email_confirmed_at=None))
    assert outbox.names() == []


def test_too_many_forms_from_one_place_are_refused(work_as: WorkAs) -> None:
    for _ in range(onboarding.CALLER_LIMIT):
        with work_as(VISITOR) as uow:
            onboarding.count_caller(uow, what="sign-up", caller="192.0.2.1")
    with pytest.raises(ConflictError), work_as(VISITOR) as uow:
        onboarding.count_caller(uow, what="sign-up", caller="192.0.2.1")


def _added(uow: UnitOfWork, email: str | None) -> int:
    return onboarding.add_employer(
        uow,
        company=CompanyInput(name="Wasserij Het Wit", kvk_number="08012345", sector_key="bakkerij"),
        location=LocationInput(street="Loods 1", postcode="7311 AB", city="Apeldoorn"),
        person=PersonInput(name="Willem Wit", phone="+31612340000", email=email),
    )


def test_the_team_adds_a_company_without_a_mail_address(database: Database, work_as: WorkAs, outbox: Outbox) -> None:
    with database.work(Actor(role=Role.SYSTEM)) as uow:
        team = team_actor(a_team_member(uow))
    with work_as(team) as uow:
        employer_id = _added(uow, None)
    with database.reading() as db:
        employer = db.get_one(Employer, employer_id)
        assert (employer.status, employer.source) == (EmployerStatus.APPROVED, EmployerSource.TEAM)
        assert (employer.decided_by_id, employer.team_contact_id) == (team.user_id, team.user_id)
        assert db.scalars(select(Member.user_id)).one() is None
        assert db.scalars(select(OutboxMessage)).all() == []
    assert outbox.names() == []


def test_the_team_adds_a_company_with_a_mail_address_and_invites(work_as: WorkAs, outbox: Outbox) -> None:
    with work_as(Actor(role=Role.SYSTEM)) as uow:
        team = team_actor(a_team_member(uow))
    with work_as(team) as uow:
        _added(uow, "willem@wit.example")
    assert outbox.names() == ["account_invitation"]


@pytest.mark.parametrize("role", [Role.VISITOR, Role.EMPLOYER_OWNER, Role.EMPLOYER_APPLICANT, Role.COACH])
def test_only_the_team_adds_a_company(work_as: WorkAs, role: Role) -> None:
    with pytest.raises(NotAllowedError), work_as(Actor(role=role)) as uow:
        _added(uow, None)
