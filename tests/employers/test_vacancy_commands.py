"""Writing, sending in, deciding and closing, without pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.employers.decisions import approve_and_publish, approve_with_vacancies
from portal.employers.models import Employer, TrialOffer, Vacancy
from portal.employers.vacancies import (
    close_vacancy,
    close_vacancy_by_team,
    edit_vacancy,
    publish_submitted_of,
    publish_vacancy,
    return_vacancy,
    submit_vacancy,
    write_vacancy,
)
from portal.employers.vocabulary import EmployersAction, EmployerStatus, VacancyKind, VacancyStatus
from portal.kernel.audit import AuditEntry
from portal.kernel.clock import FixedClock
from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.outbox import OutboxMessage
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from tests.conftest import NOW, TEAM, WorkAs
from tests.factories.employers import a_member, an_employer, an_owner, owner_actor
from tests.factories.vacancies import a_trial_input, a_vacancy, an_input

S = VacancyStatus


def a_company(work_as: WorkAs, status: str = "approved") -> Actor:
    with work_as(TEAM) as uow:
        employer, user = an_owner(uow, status=status, sector="bakkerij")
        return owner_actor(employer, user)


def read(database: Database, vacancy_id: int) -> Vacancy:
    with database.reading() as db:
        return db.scalars(
            select(Vacancy).where(Vacancy.id == vacancy_id).options(joinedload(Vacancy.trial_offer))
        ).one()


def names(database: Database) -> list[str]:
    with database.reading() as db:
        return list(db.scalars(select(OutboxMessage.name).order_by(OutboxMessage.id)))


def trail(database: Database, vacancy_id: int) -> list[str]:
    with database.reading() as db:
        rows = db.scalars(
            select(AuditEntry.action)
            .where(AuditEntry.subject_type == "vacancy", AuditEntry.subject_id == vacancy_id)
            .order_by(AuditEntry.id)
        )
        return [action.rsplit(".", 1)[1] for action in rows]


def test_a_company_writes_a_draft(work_as: WorkAs, database: Database) -> None:
    actor = a_company(work_as)
    with work_as(actor) as uow:
        vacancy_id = write_vacancy(uow, vacancy=an_input(title="Vlotte meid", wage_min_cents=1100))
    vacancy = read(database, vacancy_id)
    assert vacancy.status is S.DRAFT
    assert vacancy.employer_id == actor.employer_id
    assert vacancy.findings == ["sex", "wage_below_minimum"]
    assert "vlotte meid" in vacancy.search_text
    assert "voeding en productie" in vacancy.search_text
    assert names(database) == []


def test_a_trial_keeps_its_terms_and_the_benefit(work_as: WorkAs, database: Database) -> None:
    with work_as(a_company(work_as)) as uow:
        vacancy_id = write_vacancy(uow, vacancy=a_trial_input(2))
    vacancy = read(database, vacancy_id)
    assert vacancy.trial_offer is not None
    assert (vacancy.trial_offer.weeks, vacancy.trial_offer.contract_months) == (2, 7)
    assert vacancy.wage_text == "met behoud van uitkering"


def test_a_repeated_click_makes_no_second_draft(work_as: WorkAs, database: Database, clock: FixedClock) -> None:
    actor = a_company(work_as)
    made = []
    for minutes in (0, 1, 5):
        clock.moment = NOW + timedelta(minutes=minutes)
        with work_as(actor) as uow:
            made.append(write_vacancy(uow, vacancy=an_input()))
    assert made[0] == made[1] != made[2]
    assert trail(database, made[0]) == ["drafted"]


@pytest.mark.parametrize(
    ("vacancy", "code"),
    [
        (an_input(hours_min=40), "hours_order"),
        (an_input(sector_key="bestaat-niet"), "sector_unknown"),
        (a_trial_input(27), "trial_weeks_range"),
    ],
)
def test_what_does_not_hold_together_is_not_kept(work_as: WorkAs, session: Session, vacancy: object, code: str) -> None:
    actor = a_company(work_as)
    with pytest.raises(InvalidError, match=code), work_as(actor) as uow:
        write_vacancy(uow, vacancy=vacancy)  # type: ignore[arg-type]
    assert session.scalars(select(Vacancy)).all() == []


def test_somebody_without_a_company_writes_nothing(work_as: WorkAs) -> None:
    with pytest.raises(NotAllowedError, match="no_company"), work_as(Actor(role=Role.EMPLOYER_APPLICANT)) as uow:
        write_vacancy(uow, vacancy=an_input())


@pytest.mark.parametrize("actor", [Actor(), Actor(role=Role.COACH), TEAM])
def test_others_write_nothing(work_as: WorkAs, actor: Actor) -> None:
    with pytest.raises(NotAllowedError), work_as(actor) as uow:
        write_vacancy(uow, vacancy=an_input())


def test_the_team_writes_during_a_call(work_as: WorkAs, database: Database) -> None:
    with work_as(TEAM) as uow:
        employer = an_employer(uow, sector="bakkerij")
    caller = Actor(role=Role.TEAM_MEMBER, employer_id=employer.id, phone_call_id=4, name="Marleen")
    with work_as(caller) as uow:
        vacancy_id = write_vacancy(uow, vacancy=an_input())
        submit_vacancy(uow, vacancy_id=vacancy_id)
    with database.reading() as db:
        calls = set(db.scalars(select(AuditEntry.phone_call_id).where(AuditEntry.subject_type == "vacancy")))
    assert calls == {4}


def test_a_stale_edit_is_refused(work_as: WorkAs, database: Database) -> None:
    actor = a_company(work_as)
    with work_as(actor) as uow:
        vacancy_id = write_vacancy(uow, vacancy=an_input())
    with work_as(actor) as uow:
        edit_vacancy(uow, vacancy_id=vacancy_id, version=1, vacancy=an_input(title="Bakker"))
    with pytest.raises(ConflictError, match="stale_edit"), work_as(actor) as uow:
        edit_vacancy(uow, vacancy_id=vacancy_id, version=1, vacancy=an_input(title="Kok"))
    assert read(database, vacancy_id).title == "Bakker"


def test_an_edit_without_a_change_changes_nothing(work_as: WorkAs, database: Database) -> None:
    actor = a_company(work_as)
    with work_as(actor) as uow:
        vacancy_id = write_vacancy(uow, vacancy=a_trial_input())
    with work_as(actor) as uow:
        assert edit_vacancy(uow, vacancy_id=vacancy_id, version=1, vacancy=a_trial_input()) is S.DRAFT
    assert read(database, vacancy_id).details_version == 1
    assert trail(database, vacancy_id) == ["drafted"]


def test_another_kind_brings_or_drops_the_terms_of_a_trial(work_as: WorkAs, database: Database) -> None:
    actor = a_company(work_as)
    with work_as(actor) as uow:
        vacancy_id = write_vacancy(uow, vacancy=an_input())
    for version, text in enumerate((a_trial_input(1), a_trial_input(3), an_input()), start=1):
        with work_as(actor) as uow:
            edit_vacancy(uow, vacancy_id=vacancy_id, version=version, vacancy=text)
        offer = read(database, vacancy_id).trial_offer
        assert (offer.weeks if offer else None) == (text.trial.weeks if text.trial else None)
    with database.reading() as db:
        assert db.scalars(select(TrialOffer)).all() == []


def test_an_edit_of_what_is_online_goes_past_the_team(work_as: WorkAs, database: Database) -> None:
    actor = a_company(work_as)
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, employer=uow.session.get(Employer, actor.employer_id))
    with work_as(actor) as uow:
        text = an_input(title="Nieuwe titel")
        assert edit_vacancy(uow, vacancy_id=vacancy.id, version=1, vacancy=text) is S.SUBMITTED
    assert read(database, vacancy.id).status is S.SUBMITTED
    assert names(database) == ["vacancy_submitted"]
    assert trail(database, vacancy.id)[-2:] == ["changed", "submitted"]


def test_before_approval_a_company_sends_in_and_the_team_waits(work_as: WorkAs, database: Database) -> None:
    actor = a_company(work_as, "submitted")
    with work_as(actor) as uow:
        vacancy_id = write_vacancy(uow, vacancy=an_input())
        submit_vacancy(uow, vacancy_id=vacancy_id)
    assert names(database) == ["vacancy_submitted"]
    with pytest.raises(ConflictError, match="company_not_approved"), work_as(TEAM) as uow:
        publish_vacancy(uow, vacancy_id=vacancy_id)
    assert read(database, vacancy_id).status is S.SUBMITTED


@pytest.mark.parametrize(("status", "code"), [("unconfirmed", "company_unconfirmed"), ("refused", "company_refused")])
def test_who_is_not_known_or_not_let_in_sends_nothing_in(
    work_as: WorkAs, database: Database, status: str, code: str
) -> None:
    actor = a_company(work_as, status)
    with work_as(actor) as uow:
        vacancy_id = write_vacancy(uow, vacancy=an_input())
    with pytest.raises(ConflictError, match=code), work_as(actor) as uow:
        submit_vacancy(uow, vacancy_id=vacancy_id)
    assert read(database, vacancy_id).status is S.DRAFT


def test_one_decision_lets_the_company_in_and_publishes(work_as: WorkAs, database: Database) -> None:
    actor = a_company(work_as, "submitted")
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, status="submitted", employer=uow.session.get(Employer, actor.employer_id))
    with work_as(TEAM) as uow:
        assert approve_and_publish(uow, vacancy_id=vacancy.id)
    assert read(database, vacancy.id).status is S.PUBLISHED
    with database.reading() as db:
        assert db.get_one(Employer, actor.employer_id).status is EmployerStatus.APPROVED
    assert names(database) == ["employer_approved", "vacancy_published"]


def test_a_decision_about_a_company_takes_all_that_it_sent_in_along(work_as: WorkAs, database: Database) -> None:
    actor = a_company(work_as, "submitted")
    with work_as(TEAM) as uow:
        own = uow.session.get(Employer, actor.employer_id)
        sent = [a_vacancy(uow, status="submitted", employer=own) for _number in range(2)]
        draft, other = a_vacancy(uow, status="draft", employer=own), a_vacancy(uow, status="submitted")
    with work_as(TEAM) as uow:
        assert approve_with_vacancies(uow, employer_id=own.id) == 2
    states = [read(database, vacancy.id).status for vacancy in (*sent, draft, other)]
    assert states == [S.PUBLISHED, S.PUBLISHED, S.DRAFT, S.SUBMITTED]


def test_when_the_company_cannot_be_let_in_nothing_happens(work_as: WorkAs, database: Database) -> None:
    actor = a_company(work_as, "unconfirmed")
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, status="submitted", employer=uow.session.get(Employer, actor.employer_id))
    with pytest.raises(ConflictError, match="move_not_possible"), work_as(TEAM) as uow:
        approve_and_publish(uow, vacancy_id=vacancy.id)
    assert read(database, vacancy.id).status is S.SUBMITTED


def test_publishing_tells_the_company_and_forgets_the_reason(work_as: WorkAs, database: Database) -> None:
    actor = a_company(work_as)
    with work_as(TEAM) as uow:
        own = uow.session.get(Employer, actor.employer_id)
        vacancy = a_vacancy(uow, status="submitted", employer=own, reason="Waar is het loon?", published_at=None)
    with work_as(TEAM) as uow:
        assert publish_vacancy(uow, vacancy_id=vacancy.id)
    found = read(database, vacancy.id)
    assert (found.status, found.published_at, found.reason) == (S.PUBLISHED, NOW, None)
    assert names(database) == ["vacancy_published"]


def test_sending_back_keeps_the_reason_until_it_is_sent_in_again(work_as: WorkAs, database: Database) -> None:
    actor = a_company(work_as)
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, status="submitted", employer=uow.session.get(Employer, actor.employer_id))
    with work_as(TEAM) as uow:
        assert return_vacancy(uow, vacancy_id=vacancy.id, reason=" Zet er het loon bij. ")
    assert read(database, vacancy.id).reason == "Zet er het loon bij."
    with work_as(actor) as uow:
        submit_vacancy(uow, vacancy_id=vacancy.id)
    assert read(database, vacancy.id).status is S.SUBMITTED
    assert names(database) == ["vacancy_returned", "vacancy_submitted"]


def test_a_second_return_is_told_again(work_as: WorkAs, database: Database, clock: FixedClock) -> None:
    actor = a_company(work_as)
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, status="submitted", employer=uow.session.get(Employer, actor.employer_id))
    for _turn in range(2):
        with work_as(TEAM) as uow:
            return_vacancy(uow, vacancy_id=vacancy.id, reason="Nog niet.")
        clock.advance(timedelta(hours=1))
        with work_as(actor) as uow:
            submit_vacancy(uow, vacancy_id=vacancy.id)
    assert names(database).count("vacancy_returned") == 2


def test_a_company_without_a_mail_address_is_not_promised_one(work_as: WorkAs, database: Database) -> None:
    with work_as(TEAM) as uow:
        employer = an_employer(uow)
        a_member(uow, employer, email=None)
        vacancy = a_vacancy(uow, status="submitted", employer=employer)
    with work_as(TEAM) as uow:
        assert not return_vacancy(uow, vacancy_id=vacancy.id, reason="Bel ons even.")
    assert names(database) == []


@pytest.mark.parametrize("status", [S.PUBLISHED, S.DRAFT, S.RETURNED, S.SUBMITTED])
def test_a_company_closes_or_throws_away(work_as: WorkAs, database: Database, status: VacancyStatus) -> None:
    actor = a_company(work_as)
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, status=status, employer=uow.session.get(Employer, actor.employer_id))
    with work_as(actor) as uow:
        close_vacancy(uow, vacancy_id=vacancy.id)
    assert read(database, vacancy.id).status is S.CLOSED
    assert names(database) == []
    with pytest.raises(ConflictError, match="move_not_possible"), work_as(actor) as uow:
        close_vacancy(uow, vacancy_id=vacancy.id)


def test_when_the_team_closes_the_company_hears_of_it(work_as: WorkAs, database: Database) -> None:
    actor = a_company(work_as)
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, employer=uow.session.get(Employer, actor.employer_id))
    with work_as(TEAM) as uow:
        assert close_vacancy_by_team(uow, vacancy_id=vacancy.id)
    assert read(database, vacancy.id).closed_at == NOW
    assert names(database) == ["vacancy_closed"]


Command = Callable[..., object]


@pytest.mark.parametrize("command", [submit_vacancy, close_vacancy])
def test_another_company_finds_nothing(work_as: WorkAs, command: Command) -> None:
    other = a_company(work_as)
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, status="draft")
    with pytest.raises(NotFoundError), work_as(other) as uow:
        command(uow, vacancy_id=vacancy.id)


def test_another_company_changes_nothing(work_as: WorkAs) -> None:
    other = a_company(work_as)
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, status="draft")
    with pytest.raises(NotFoundError), work_as(other) as uow:
        edit_vacancy(uow, vacancy_id=vacancy.id, version=1, vacancy=an_input())


@pytest.mark.parametrize("command", [publish_vacancy, close_vacancy_by_team, approve_and_publish])
def test_a_company_decides_nothing(work_as: WorkAs, command: Command) -> None:
    actor = a_company(work_as)
    with work_as(TEAM) as uow:
        vacancy = a_vacancy(uow, status="submitted", employer=uow.session.get(Employer, actor.employer_id))
    with pytest.raises(NotAllowedError), work_as(actor) as uow:
        command(uow, vacancy_id=vacancy.id)
    with pytest.raises(NotAllowedError), work_as(actor) as uow:
        publish_submitted_of(uow, actor.employer_id or 0)


def test_kinds_and_actions_are_in_the_trail_without_text(work_as: WorkAs, database: Database) -> None:
    with work_as(a_company(work_as)) as uow:
        write_vacancy(uow, vacancy=an_input(title="Geheime titel"))
    with database.reading() as db:
        entry = db.scalars(select(AuditEntry).where(AuditEntry.action == EmployersAction.VACANCY_DRAFTED.value)).one()
        assert entry.details == {"kind": VacancyKind.JOB.value}
        assert db.scalars(select(User)).all()
