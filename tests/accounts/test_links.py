"""Links in mails: spent once, in time, for what they were made for."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts import links
from portal.accounts.models import SignInLink, User
from portal.accounts.sign_in import enter_with_link
from portal.accounts.vocabulary import LinkPurpose
from portal.kernel.clock import FixedClock
from portal.kernel.permissions import VISITOR
from portal.kernel.uow import UnitOfWork
from tests.conftest import WorkAs
from tests.support.outbox import Outbox
from tests.support.people import a_team_member, an_employer_user


def the_link(session: Session) -> SignInLink:
    return session.scalars(select(SignInLink).order_by(SignInLink.id.desc())).first()  # type: ignore[return-value]


@pytest.fixture
def user(work_as: WorkAs) -> User:
    with work_as(VISITOR) as uow:
        return a_team_member(uow, email="marleen@meedraaien.example")


def ask(work_as: WorkAs, email: str, purpose: LinkPurpose = LinkPurpose.SIGN_IN) -> None:
    with work_as(VISITOR) as uow:
        links.request_link(uow, email=email, purpose=purpose)


def test_link_is_mailed_to_its_owner(work_as: WorkAs, user: User, outbox: Outbox) -> None:
    ask(work_as, " Marleen@meedraaien.example ")
    (mail,) = outbox.to(user.email)
    assert "/inloggen/link/" in mail.get_body(("plain",)).get_content()


def test_unknown_and_stopped_people_get_nothing(work_as: WorkAs, user: User, outbox: Outbox) -> None:
    with work_as(VISITOR) as uow:
        uow.without_audit("test")
        uow.session.get_one(User, user.id).active = False
    ask(work_as, "niemand@meedraaien.example")
    ask(work_as, user.email)
    assert outbox.names() == []


def test_link_is_spent_once(work_as: WorkAs, user: User, session: Session) -> None:
    ask(work_as, user.email)
    link = the_link(session)
    with work_as(VISITOR) as uow:
        assert enter_with_link(uow, link_id=link.id, purpose=LinkPurpose.SIGN_IN).user_id == user.id
    with pytest.raises(links.LinkEndedError), work_as(VISITOR) as uow:
        enter_with_link(uow, link_id=link.id, purpose=LinkPurpose.SIGN_IN)


def test_link_ends_after_twenty_minutes(work_as: WorkAs, user: User, session: Session, clock: FixedClock) -> None:
    ask(work_as, user.email)
    link = the_link(session)
    clock.advance(timedelta(minutes=20))
    with pytest.raises(links.LinkEndedError), work_as(VISITOR) as uow:
        links.spend_link(uow, link_id=link.id, purpose=LinkPurpose.SIGN_IN)


def test_link_opens_only_what_it_was_made_for(work_as: WorkAs, user: User, session: Session) -> None:
    ask(work_as, user.email)
    link = the_link(session)
    with pytest.raises(links.LinkEndedError), work_as(VISITOR) as uow:
        links.spend_link(uow, link_id=link.id, purpose=LinkPurpose.RESET)


def test_stopped_owner_does_not_come_in(work_as: WorkAs, user: User, session: Session) -> None:
    ask(work_as, user.email)
    link = the_link(session)
    with work_as(VISITOR) as uow:
        uow.without_audit("test")
        uow.session.get_one(User, user.id).active = False
    with pytest.raises(links.LinkEndedError), work_as(VISITOR) as uow:
        links.spend_link(uow, link_id=link.id, purpose=LinkPurpose.SIGN_IN)


def test_confirmation_tells_the_other_slices_once(
    work_as: WorkAs, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []

    def note(uow: UnitOfWork, confirmed: User) -> None:
        told.append(confirmed.id)

    monkeypatch.setattr(links, "on_confirmed", [note])
    with work_as(VISITOR) as uow:
        person = an_employer_user(uow, email_confirmed_at=None)
        links.request_confirmation(uow, person)
    link = the_link(session)
    with work_as(VISITOR) as uow:
        enter_with_link(uow, link_id=link.id, purpose=LinkPurpose.CONFIRM)
    assert told == [person.id]
    with work_as(VISITOR) as uow:
        links.renew_link(uow, link_id=link.id)
    session.rollback()
    again = the_link(session)
    assert again.purpose is LinkPurpose.SIGN_IN
    with work_as(VISITOR) as uow:
        enter_with_link(uow, link_id=again.id, purpose=LinkPurpose.SIGN_IN)
    assert told == [person.id]
    session.rollback()
    assert session.get_one(User, person.id).email_confirmed_at is not None


def test_renewed_link_goes_to_the_same_person(
    work_as: WorkAs, user: User, session: Session, clock: FixedClock, outbox: Outbox
) -> None:
    ask(work_as, user.email, LinkPurpose.RESET)
    clock.advance(timedelta(hours=1))
    with work_as(VISITOR) as uow:
        links.renew_link(uow, link_id=the_link(session).id)
    assert len(outbox.to(user.email)) == 2
    session.rollback()
    assert session.scalar(select(func.count()).select_from(SignInLink)) == 2


def test_only_our_own_tokens_are_read(user: User, app: object) -> None:
    kit = app.extensions["portal"].links  # type: ignore[attr-defined]
    token = kit.secret(links.LINK, 12)
    assert links.id_of_token(kit, token) == 12
    for wrong in (token[:-1], token.replace("12-", "13-", 1), kit.secret("iets-anders", 12), "", "onzin"):
        assert not links.is_ours(kit, wrong)
        with pytest.raises(links.LinkEndedError):
            links.id_of_token(kit, wrong)
