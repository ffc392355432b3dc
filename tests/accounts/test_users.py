"""Inviting, changing, stopping accounts: who may, and that somebody always can."""

import pytest
from sqlalchemy.orm import Session

from portal.accounts import profile, queries, users
from portal.accounts.models import User
from portal.accounts.vocabulary import UserRole
from portal.kernel.errors import ConflictError, DomainError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.permissions import VISITOR, Actor
from tests.conftest import WorkAs
from tests.support.outbox import Outbox
from tests.support.people import a_coach, a_team_lead, a_team_member, actor_of, an_admin, an_employer_user


@pytest.fixture
def lead(work_as: WorkAs) -> User:
    with work_as(VISITOR) as uow:
        return a_team_lead(uow)


@pytest.fixture
def admin(work_as: WorkAs) -> User:
    with work_as(VISITOR) as uow:
        return an_admin(uow)


def invite(work_as: WorkAs, actor: Actor, role: UserRole, phone: str | None = "+31612345678", **fields: str) -> int:
    values = {"email": "nieuw@meedraaien.example", "name": " Samira Belhadj ", **fields}
    with work_as(actor) as uow:
        return users.invite_user(uow, role=role, phone=phone, **values)


def change(work_as: WorkAs, actor: Actor, user: User, role: UserRole, phone: str | None = None) -> None:
    with work_as(actor) as uow:
        users.change_user(uow, user_id=user.id, name="Nieuwe Naam", phone=phone, role=role)


def stop(work_as: WorkAs, actor: Actor, user: User) -> None:
    with work_as(actor) as uow:
        users.stop_user(uow, user_id=user.id)


def test_invited_coach_gets_a_mail_and_is_a_coach(
    work_as: WorkAs, lead: User, session: Session, outbox: Outbox
) -> None:
    user_id = invite(work_as, actor_of(lead), UserRole.COACH)
    assert queries.coaches(session) == [queries.PersonRow(user_id, "Samira Belhadj", "+31612345678")]
    (mail,) = outbox.to("nieuw@meedraaien.example")
    assert "/uitnodiging/" in mail.get_body(("plain",)).get_content()
    assert "7 dagen" in mail.get_body(("plain",)).get_content()


def test_coach_needs_a_phone(work_as: WorkAs, lead: User) -> None:
    with pytest.raises(InvalidError, match="coach_needs_phone"):
        invite(work_as, actor_of(lead), UserRole.COACH, phone=None)


def test_address_has_one_account(work_as: WorkAs, lead: User) -> None:
    invite(work_as, actor_of(lead), UserRole.TEAM_MEMBER)
    with pytest.raises(ConflictError, match="email_taken"):
        invite(work_as, actor_of(lead), UserRole.COACH, email="NIEUW@meedraaien.example")


def test_nonsense_is_no_address(work_as: WorkAs, lead: User) -> None:
    with pytest.raises(InvalidError, match="email_invalid"):
        invite(work_as, actor_of(lead), UserRole.TEAM_MEMBER, email="geen adres")


@pytest.mark.parametrize("role", [UserRole.ADMINISTRATOR, UserRole.EMPLOYER])
def test_lead_gives_only_roles_of_the_desk(work_as: WorkAs, lead: User, role: UserRole) -> None:
    with pytest.raises(NotAllowedError, match="role_not_yours"):
        invite(work_as, actor_of(lead), role)


def test_team_member_manages_nobody(work_as: WorkAs, lead: User) -> None:
    with work_as(VISITOR) as uow:
        member = a_team_member(uow)
    with pytest.raises(NotAllowedError):
        invite(work_as, actor_of(member), UserRole.COACH)
    with pytest.raises(NotAllowedError):
        stop(work_as, actor_of(member), lead)


def test_invitation_is_repeated_until_there_is_a_password(work_as: WorkAs, lead: User, outbox: Outbox) -> None:
    user_id = invite(work_as, actor_of(lead), UserRole.COACH)
    with work_as(actor_of(lead)) as uow:
        users.invite_again(uow, user_id=user_id)
    assert len(outbox.to("nieuw@meedraaien.example")) == 2
    with pytest.raises(ConflictError), work_as(actor_of(lead)) as uow:
        users.invite_again(uow, user_id=lead.id)


def test_new_role_ends_the_sessions(work_as: WorkAs, lead: User, session: Session) -> None:
    with work_as(VISITOR) as uow:
        coach = a_coach(uow)
    change(work_as, actor_of(lead), coach, UserRole.TEAM_MEMBER)
    found = session.get_one(User, coach.id)
    assert (found.role, found.session_version, found.name) == (UserRole.TEAM_MEMBER, 2, "Nieuwe Naam")


def test_coach_keeps_a_phone(work_as: WorkAs, lead: User) -> None:
    with work_as(VISITOR) as uow:
        coach = a_coach(uow)
    with pytest.raises(InvalidError, match="coach_needs_phone"):
        change(work_as, actor_of(lead), coach, UserRole.COACH)
    with pytest.raises(InvalidError, match="coach_needs_phone"), work_as(actor_of(coach)) as uow:
        profile.change_profile(uow, name="Samira", phone=None, language="nl")


def test_employers_account_stays_an_employers_account(work_as: WorkAs, lead: User) -> None:
    with work_as(VISITOR) as uow:
        person = an_employer_user(uow)
    with pytest.raises(NotAllowedError, match="role_not_yours"):
        change(work_as, actor_of(lead), person, UserRole.TEAM_MEMBER)
    change(work_as, actor_of(lead), person, UserRole.EMPLOYER)


def test_only_an_administrator_touches_an_administrator(work_as: WorkAs, lead: User, admin: User) -> None:
    for attempt in (
        lambda: stop(work_as, actor_of(lead), admin),
        lambda: change(work_as, actor_of(lead), admin, UserRole.TEAM_MEMBER),
    ):
        with pytest.raises(NotAllowedError, match="administrators_only"):
            attempt()


def test_last_administrator_stays(work_as: WorkAs, admin: User) -> None:
    with pytest.raises(ConflictError, match="last_administrator"):
        change(work_as, actor_of(admin), admin, UserRole.TEAM_LEAD)
    with work_as(VISITOR) as uow:
        other = an_admin(uow)
    stop(work_as, actor_of(admin), other)
    with pytest.raises(DomainError, match="last_administrator"):
        change(work_as, actor_of(admin), admin, UserRole.TEAM_LEAD)
    with pytest.raises(NotAllowedError, match="not_yourself"):
        stop(work_as, actor_of(admin), admin)


def test_stopped_account_is_out_and_no_contact(work_as: WorkAs, lead: User, session: Session) -> None:
    with work_as(VISITOR) as uow:
        coach = a_coach(uow)
    assert queries.contact_of(session, coach.id) == queries.ContactRow(coach.name, coach.phone, coach.email)
    stop(work_as, actor_of(lead), coach)
    session.rollback()
    assert queries.contact_of(session, coach.id) is None
    assert queries.contact_of(session, None) is None
    assert queries.coaches(session) == []
    assert session.get_one(User, coach.id).session_version == 2
    with work_as(actor_of(lead)) as uow:
        users.restart_user(uow, user_id=coach.id)
    session.rollback()
    assert queries.contact_of(session, coach.id) is not None


def test_team_members_are_the_team_by_name(work_as: WorkAs, lead: User, admin: User, session: Session) -> None:
    with work_as(VISITOR) as uow:
        a_coach(uow)
    assert [row.id for row in queries.team_members(session)] == [lead.id, admin.id]


def test_unknown_account_is_not_found(work_as: WorkAs, lead: User) -> None:
    with pytest.raises(NotFoundError), work_as(actor_of(lead)) as uow:
        users.restart_user(uow, user_id=987654)


def test_lost_second_factor_is_taken_away_with_a_mail(
    work_as: WorkAs, lead: User, session: Session, outbox: Outbox
) -> None:
    with work_as(VISITOR) as uow:
        member = a_team_member(uow, with_second_factor=True)
    with work_as(actor_of(lead)) as uow:
        users.remove_lost_second_factor(uow, user_id=member.id)
    assert session.get_one(User, member.id).second_factor_at is None
    assert "uit" in outbox.to(member.email)[0].get_body(("plain",)).get_content()


def test_list_is_searched_and_filtered(work_as: WorkAs, lead: User, admin: User, session: Session) -> None:
    with work_as(VISITOR) as uow:
        coach = a_coach(uow, email="s.belhadj@taal.example")

    def found(group: str = "", words: str = "") -> list[int]:
        return [row.id for row in queries.users(session, group=group, words=words, offset=0, limit=20)[0]]

    assert found() == [lead.id, admin.id, coach.id]
    assert found("coaches") == [coach.id]
    assert found("team") == [lead.id, admin.id]
    assert found(words="samira BEL") == [coach.id]
    assert found(words="taal.example") == [coach.id]
    assert found(words="100%") == []
