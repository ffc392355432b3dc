"""The people of a company: inviting, letting in, roles, leaving, the last owner."""

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.employers import members
from portal.employers.inputs import PersonInput
from portal.employers.models import Employer, Location, Member
from portal.employers.vocabulary import MemberRole, MemberStatus
from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database, UnitOfWork
from tests.conftest import WorkAs
from tests.factories.employers import a_member, an_employer, an_employer_user, an_owner, owner_actor, team_actor
from tests.support.outbox import Outbox
from tests.support.people import a_team_member

SYSTEM = Actor(role=Role.SYSTEM, name="test")
ANJA = PersonInput(name="Anja Post", email="Anja@bedrijf.example", phone="+31612340001")


def company(database: Database) -> tuple[Employer, Actor]:
    with database.work(SYSTEM) as uow:
        employer, user = an_owner(uow)
    return employer, owner_actor(employer, user)


def somebody_who_asks(uow: UnitOfWork, employer: Employer, **fields: object) -> Member:
    location = Location(
        employer_id=employer.id,
        establishment_number="000077777777",
        street="Koeldijk 99",
        postcode="7325 WP",
        city="Epe",
        accepted=False,
        created_at=uow.now,
    )
    uow.session.add(location)
    uow.flush()
    user = an_employer_user(uow, "Sjoerd Bakker", **fields)
    return a_member(uow, employer, user=user, status="requested", location_id=location.id)


def test_an_owner_invites_a_colleague(database: Database, work_as: WorkAs, outbox: Outbox) -> None:
    employer, owner = company(database)
    with work_as(owner) as uow:
        member_id = members.add_member(uow, employer_id=employer.id, person=ANJA, role=MemberRole.MEMBER)
        member = uow.session.get_one(Member, member_id)
        assert (member.email, member.status) == ("anja@bedrijf.example", MemberStatus.ACTIVE)
    assert outbox.to("anja@bedrijf.example")[0]["Subject"] == "Uitnodiging voor Meedraaien"


def test_an_address_in_use_is_refused(database: Database, work_as: WorkAs) -> None:
    employer, owner = company(database)
    with database.work(SYSTEM) as uow:
        _other, user = an_owner(uow)
    person = PersonInput(name="X", email=user.email)
    with pytest.raises(ConflictError) as refusal, work_as(owner) as uow:
        members.add_member(uow, employer_id=employer.id, person=person, role=MemberRole.MEMBER)
    assert refusal.value.code == "email_taken"


def test_who_left_one_company_can_be_invited_by_another(database: Database, work_as: WorkAs) -> None:
    employer, owner = company(database)
    with database.work(SYSTEM) as uow:
        user = an_employer_user(uow)
        a_member(uow, an_employer(uow), user=user, status="left", ended_at=uow.now)
    with work_as(owner) as uow:
        person = PersonInput(name=user.name, email=user.email)
        members.add_member(uow, employer_id=employer.id, person=person, role=MemberRole.MEMBER)
        assert uow.session.scalars(select(Member.employer_id).where(Member.user_id == user.id)).one() == employer.id


@pytest.mark.parametrize("by", ["owner", "team"])
def test_owner_or_team_lets_somebody_join_with_the_place(
    database: Database, work_as: WorkAs, outbox: Outbox, by: str
) -> None:
    employer, owner = company(database)
    with database.work(SYSTEM) as uow:
        asking = somebody_who_asks(uow, employer)
        actor = owner if by == "owner" else team_actor(a_team_member(uow))
    for _ in range(2):
        with work_as(actor) as uow:
            members.accept_member(uow, member_id=asking.id)
    with database.reading() as db:
        assert db.get_one(Member, asking.id).status is MemberStatus.ACTIVE
        assert db.get_one(Location, asking.location_id).accepted
    assert outbox.names() == ["employer_join_accepted"]


def test_refusing_says_why_and_frees_the_number(database: Database, work_as: WorkAs, outbox: Outbox) -> None:
    employer, owner = company(database)
    with database.work(SYSTEM) as uow:
        asking = somebody_who_asks(uow, employer)
    with pytest.raises(InvalidError), work_as(owner) as uow:
        members.refuse_member(uow, member_id=asking.id, reason="")
    with work_as(owner) as uow:
        members.refuse_member(uow, member_id=asking.id, reason="Deze vestiging is verkocht.")
    with database.reading() as db:
        assert db.scalars(select(Location.id).where(Location.establishment_number == "000077777777")).all() == []
    mail = outbox.to(str(asking.email))[0].get_body(("plain",))
    assert mail is not None
    assert "Deze vestiging is verkocht." in mail.get_content()
    with pytest.raises(ConflictError), work_as(owner) as uow:
        members.accept_member(uow, member_id=asking.id)


def test_a_request_without_a_confirmed_address_does_not_exist_yet(database: Database, work_as: WorkAs) -> None:
    employer, owner = company(database)
    with database.work(SYSTEM) as uow:
        asking = somebody_who_asks(uow, employer, email_confirmed_at=None)
    with pytest.raises(NotFoundError), work_as(owner) as uow:
        members.accept_member(uow, member_id=asking.id)


def test_the_last_owner_neither_leaves_nor_steps_back(database: Database, work_as: WorkAs) -> None:
    employer, owner = company(database)
    with database.reading() as db:
        own_id = db.scalars(select(Member.id).where(Member.employer_id == employer.id)).one()
    for change in (
        lambda uow: members.remove_member(uow, member_id=own_id),
        lambda uow: members.change_role(uow, member_id=own_id, role=MemberRole.MEMBER),
    ):
        with pytest.raises(ConflictError) as refusal, work_as(owner) as uow:
            change(uow)
        assert refusal.value.code == "last_owner"
    with database.work(SYSTEM) as uow:
        other = a_member(uow, employer, user=an_employer_user(uow))
    with work_as(owner) as uow:
        members.change_role(uow, member_id=other.id, role=MemberRole.OWNER)
        members.remove_member(uow, member_id=own_id)
    with database.reading() as db:
        row = db.get_one(Member, own_id)
        assert row.status is MemberStatus.LEFT
        assert row.ended_at is not None


def test_a_first_mail_address_brings_an_invitation(database: Database, work_as: WorkAs, outbox: Outbox) -> None:
    employer, owner = company(database)
    with database.work(SYSTEM) as uow:
        member = a_member(uow, employer, email=None)
    with work_as(owner) as uow:
        members.edit_member(uow, member_id=member.id, person=ANJA)
    with database.reading() as db:
        row = db.get_one(Member, member.id)
        assert (row.name, row.email) == ("Anja Post", "anja@bedrijf.example")
        assert row.user_id is not None
    assert outbox.names() == ["account_invitation"]


def test_a_mistyped_address_is_put_right_and_a_confirmed_one_is_not(
    database: Database, work_as: WorkAs, outbox: Outbox
) -> None:
    with database.work(SYSTEM) as uow:
        team = team_actor(a_team_member(uow))
        employer = an_employer(uow, status="unconfirmed")
        wrong = a_member(uow, employer, user=an_employer_user(uow, email_confirmed_at=None), role="owner")
        other = a_member(uow, an_employer(uow), user=an_employer_user(uow))
    with work_as(team) as uow:
        members.edit_member(uow, member_id=wrong.id, person=ANJA)
    assert outbox.names() == ["account_confirm_link"]
    assert len(outbox.to("anja@bedrijf.example")) == 1
    with pytest.raises(ConflictError) as refusal, work_as(team) as uow:
        members.edit_member(uow, member_id=other.id, person=PersonInput(name="X", email="nieuw@bedrijf.example"))
    assert refusal.value.code == "email_confirmed"


def test_the_link_can_be_sent_again_until_it_was_used(database: Database, work_as: WorkAs, outbox: Outbox) -> None:
    employer, owner = company(database)
    with work_as(owner) as uow:
        member_id = members.add_member(uow, employer_id=employer.id, person=ANJA, role=MemberRole.MEMBER)
    with work_as(owner) as uow:
        members.send_link_again(uow, member_id=member_id)
    assert outbox.names() == ["account_invitation"] * 2
    with database.work(SYSTEM) as uow:
        uow.without_audit("a test")
        uow.session.scalars(select(User).where(User.email == "anja@bedrijf.example")).one().email_confirmed_at = uow.now
    with pytest.raises(ConflictError), work_as(owner) as uow:
        members.send_link_again(uow, member_id=member_id)


def test_companies_do_not_touch_each_others_people(database: Database, work_as: WorkAs) -> None:
    employer, owner = company(database)
    with database.work(SYSTEM) as uow:
        other = an_employer(uow)
        theirs = a_member(uow, other)
        colleague = a_member(uow, employer, user=an_employer_user(uow))
    plain = Actor(role=Role.EMPLOYER_MEMBER, user_id=colleague.user_id, employer_id=employer.id)
    for deed in (
        lambda uow: members.remove_member(uow, member_id=theirs.id),
        lambda uow: members.edit_member(uow, member_id=theirs.id, person=ANJA),
        lambda uow: members.accept_member(uow, member_id=theirs.id),
        lambda uow: members.add_member(uow, employer_id=other.id, person=ANJA, role=MemberRole.OWNER),
    ):
        with pytest.raises(NotFoundError), work_as(owner) as uow:
            deed(uow)
    with pytest.raises(NotAllowedError), work_as(plain) as uow:
        members.add_member(uow, employer_id=employer.id, person=ANJA, role=MemberRole.OWNER)
    with pytest.raises(NotAllowedError), work_as(plain) as uow:
        members.change_role(uow, member_id=colleague.id, role=MemberRole.OWNER)
