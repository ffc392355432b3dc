"""Asking to meet, and what the company hears."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.kernel.db import constraint_of
from portal.kernel.errors import DomainError, NotAllowedError, NotFoundError
from portal.kernel.permissions import Actor
from portal.kernel.uow import UnitOfWork
from portal.stories.introductions import ask_introduction, decline_introduction, plan_introduction
from portal.stories.models import Introduction
from portal.stories.vocabulary import IntroductionStatus
from tests.conftest import WorkAs
from tests.factories.employers import a_member, an_employer, an_owner, owner_actor
from tests.factories.stories import a_story, an_introduction
from tests.stories.conftest import SYSTEM, Cast
from tests.support.outbox import Outbox


def refused(work_as: WorkAs, actor: Actor, deed: Callable[[UnitOfWork], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, work_as(actor) as uow:
        deed(uow)
    return caught.value


def introductions(session: Session) -> list[Introduction]:
    return list(session.scalars(select(Introduction).order_by(Introduction.id)))


def test_the_team_gets_a_mail_without_the_message(work_as: WorkAs, cast: Cast, outbox: Outbox) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    with work_as(cast.asks) as uow:
        result = ask_introduction(uow, public_id=story.public_id, message="Wij zoeken iemand voor de uitbeenderij.")
    assert result.is_new
    (mail,) = outbox.to("werkgeversteam@meedraaien.example")
    text = str(mail.get_body(("plain",)).get_content())
    assert "Slagerij De Hakbijl" in text
    assert f"/team/kennismakingen/{result.introduction_id}" in text
    assert "uitbeenderij" not in text


def test_a_second_click_and_a_colleague_get_the_same_answer(
    work_as: WorkAs, cast: Cast, session: Session, outbox: Outbox
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    found = []
    for actor in (cast.asks, cast.asks, replace(cast.asks, user_id=cast.reader.id)):
        with work_as(actor) as uow:
            found.append(ask_introduction(uow, public_id=story.public_id))
            uow.without_audit("the second click changes nothing")
    assert [result.is_new for result in found] == [True, False, False]
    assert len({result.introduction_id for result in found}) == 1
    assert len(introductions(session)) == 1
    assert outbox.names() == ["introduction_asked"]


def test_a_planned_introduction_is_still_the_same_and_a_declined_one_can_be_asked_again(
    work_as: WorkAs, cast: Cast, session: Session
) -> None:
    with work_as(SYSTEM) as uow:
        planned, declined = a_story(uow), a_story(uow)
        an_introduction(uow, planned, cast.employer, status="planned")
        an_introduction(uow, declined, cast.employer, status="declined")
    with work_as(cast.asks) as uow:
        assert not ask_introduction(uow, public_id=planned.public_id).is_new
        assert ask_introduction(uow, public_id=declined.public_id).is_new
    assert len(introductions(session)) == 3


def test_the_database_itself_refuses_a_second_open_question(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
        an_introduction(uow, story, cast.employer)
    with pytest.raises(IntegrityError) as caught, work_as(SYSTEM) as uow:
        an_introduction(uow, story, cast.employer)
    assert constraint_of(caught.value) in {"uq_introduction_open", "uq_introduction_story_id_employer_id"}


@pytest.mark.parametrize("state", ["draft", "review", "withdrawn"])
def test_a_story_that_is_not_shown_is_not_found(work_as: WorkAs, cast: Cast, state: str) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow, status=state)
    error = refused(work_as, cast.asks, lambda uow: ask_introduction(uow, public_id=story.public_id))
    assert isinstance(error, NotFoundError)


def test_a_company_that_is_not_approved_asks_nothing_also_by_phone(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
        waiting, user = an_owner(uow, an_employer(uow, "Nieuw bedrijf", status="submitted"))
    applicant = owner_actor(waiting, user)
    by_phone = replace(cast.writes, employer_id=waiting.id, phone_call_id=1)
    for actor in (applicant, by_phone, cast.writes):
        error = refused(work_as, actor, lambda uow: ask_introduction(uow, public_id=story.public_id))
        assert isinstance(error, NotAllowedError)


def test_a_message_with_a_bsn_is_refused(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
    error = refused(
        work_as, cast.asks, lambda uow: ask_introduction(uow, public_id=story.public_id, message="999910012")
    )
    assert error.code == "sensitive_number"


def test_who_asked_reads_when_and_where(work_as: WorkAs, cast: Cast, session: Session, outbox: Outbox) -> None:
    with work_as(SYSTEM) as uow:
        introduction = an_introduction(uow, a_story(uow), cast.employer, user=cast.owner)
    with work_as(cast.releases) as uow:
        plan_introduction(uow, introduction_id=introduction.id, answer="Dinsdag 1 december, 10.00 uur, bij ons.")
    (mail,) = outbox.to(cast.owner.email)
    assert "Dinsdag 1 december, 10.00 uur" in str(mail.get_body(("plain",)).get_content())
    (row,) = introductions(session)
    assert (row.status, row.handled_by_id) == (IntroductionStatus.PLANNED, cast.reader.id)


def test_a_question_by_phone_is_answered_to_the_contact_of_the_company_not_to_the_colleague(
    work_as: WorkAs, cast: Cast, outbox: Outbox
) -> None:
    with work_as(SYSTEM) as uow:
        story = a_story(uow)
        employer = an_employer(uow, "Zonder account")
        contact = a_member(uow, employer, role="owner")
    with work_as(replace(cast.writes, employer_id=employer.id, phone_call_id=1)) as uow:
        result = ask_introduction(uow, public_id=story.public_id)
    with work_as(cast.releases) as uow:
        decline_introduction(uow, introduction_id=result.introduction_id, answer="Deze persoon begint elders.")
    assert outbox.to(cast.writer.email) == []
    (mail,) = outbox.to(contact.email or "")
    assert "begint elders" in str(mail.get_body(("plain",)).get_content())


def test_a_company_without_any_address_is_told_by_a_person(work_as: WorkAs, cast: Cast, outbox: Outbox) -> None:
    with work_as(SYSTEM) as uow:
        employer = an_employer(uow, "Alleen telefoon")
        a_member(uow, employer, role="owner", email=None)
        introduction = an_introduction(uow, a_story(uow), employer)
    with work_as(cast.releases) as uow:
        plan_introduction(uow, introduction_id=introduction.id, answer="Donderdag, bij de poort.")
    assert outbox.names() == []


def test_an_answer_needs_words_and_comes_once(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        introduction = an_introduction(uow, a_story(uow), cast.employer)
    deed = lambda uow: plan_introduction(uow, introduction_id=introduction.id, answer=" ")  # noqa: E731
    assert refused(work_as, cast.releases, deed).code == "text_needed"
    with work_as(cast.releases) as uow:
        decline_introduction(uow, introduction_id=introduction.id, answer="Het past niet.")
    late = lambda uow: plan_introduction(uow, introduction_id=introduction.id, answer="Toch wel")  # noqa: E731
    assert refused(work_as, cast.releases, late).code == "move_not_possible"


def test_an_employer_answers_nothing(work_as: WorkAs, cast: Cast) -> None:
    with work_as(SYSTEM) as uow:
        introduction = an_introduction(uow, a_story(uow), cast.employer)
    deed = lambda uow: plan_introduction(uow, introduction_id=introduction.id, answer="Ja")  # noqa: E731
    assert isinstance(refused(work_as, cast.asks, deed), NotAllowedError)
