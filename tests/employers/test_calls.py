"""Acting for a company during a call, 'Bel mij', and sectors."""

import pytest
from sqlalchemy import select

from portal.employers import callbacks, calls, companies, sectors
from portal.employers.inputs import LocationInput
from portal.employers.models import CallbackRequest, Employer, PhoneCall, Sector
from portal.employers.queries import work_items
from portal.employers.sector_data import SECTORS, ensure_sectors
from portal.employers.trail_queries import deeds_of_call, employer_history
from portal.employers.vocabulary import CallbackTime, SectorGroup
from portal.kernel.audit import AuditEntry
from portal.kernel.errors import ConflictError, NotAllowedError, NotFoundError
from portal.kernel.permissions import VISITOR, Actor, Role
from portal.kernel.uow import Database
from tests.conftest import NOW, WorkAs
from tests.factories.employers import a_member, an_employer, an_owner, team_actor
from tests.support.outbox import Outbox
from tests.support.people import a_team_lead, a_team_member

SYSTEM = Actor(role=Role.SYSTEM, name="test")
PLACE = LocationInput(street="Laan 9", postcode="7311 CD", city="Epe")


def caller(database: Database, work_as: WorkAs, employer: Employer) -> Actor:
    """A colleague who is in a call with this company."""
    with database.work(SYSTEM) as uow:
        team = team_actor(a_team_member(uow))
    with work_as(team) as uow:
        call_id = calls.start_call(uow, employer_id=employer.id)
    return Actor(role=team.role, user_id=team.user_id, name=team.name, employer_id=employer.id, phone_call_id=call_id)


def test_what_is_done_in_a_call_is_listed_mailed_and_confirmed(
    database: Database, work_as: WorkAs, outbox: Outbox
) -> None:
    with database.work(SYSTEM) as uow:
        employer, owner = an_owner(uow)
    actor = caller(database, work_as, employer)
    with work_as(actor) as uow:
        companies.add_location(uow, employer_id=employer.id, location=PLACE)
    with work_as(actor) as uow:
        call_id = calls.end_call(uow)
    with database.reading() as db:
        deeds = [(str(deed.label), deed.title) for deed in deeds_of_call(db, call_id)]
        assert deeds == [("vestiging toegevoegd", "Laan 9, Epe")]
        rows = employer_history(db, employer.id)
        assert [(str(row.who), row.by_phone) for row in rows[-2:]] == [("Marleen Visscher", True)] * 2
    mail = outbox.to(owner.email)[0].get_body(("plain",))
    assert mail is not None
    assert "- vestiging toegevoegd: Laan 9, Epe" in mail.get_content()
    assert "/gesprek/" in mail.get_content()
    for _ in range(2):
        with work_as(VISITOR) as uow:
            calls.confirm_call(uow, call_id=call_id)
    with database.reading() as db:
        assert db.get_one(PhoneCall, call_id).confirmed_at == NOW
        assert db.scalars(select(AuditEntry).where(AuditEntry.action == "employers.call.confirmed")).one()


def test_a_call_in_which_nothing_happened_mails_nothing(database: Database, work_as: WorkAs, outbox: Outbox) -> None:
    with database.work(SYSTEM) as uow:
        employer, _owner = an_owner(uow)
    with work_as(caller(database, work_as, employer)) as uow:
        calls.end_call(uow)
    assert outbox.names() == []


def test_without_a_mail_address_no_mail_goes_out(database: Database, work_as: WorkAs, outbox: Outbox) -> None:
    with database.work(SYSTEM) as uow:
        employer = an_employer(uow)
        a_member(uow, employer, email=None)
    actor = caller(database, work_as, employer)
    with work_as(actor) as uow:
        companies.add_location(uow, employer_id=employer.id, location=PLACE)
        calls.end_call(uow)
    assert outbox.names() == []


def test_one_call_at_a_time_and_the_same_one_goes_on(database: Database, work_as: WorkAs) -> None:
    with database.work(SYSTEM) as uow:
        employer, other = an_employer(uow), an_employer(uow)
        team = team_actor(a_team_member(uow))
    with work_as(team) as uow:
        call_id = calls.start_call(uow, employer_id=employer.id)
    with work_as(team) as uow:
        assert calls.start_call(uow, employer_id=employer.id) == call_id
    with pytest.raises(ConflictError) as refusal, work_as(team) as uow:
        calls.start_call(uow, employer_id=other.id)
    assert refusal.value.code == "call_running"
    with work_as(team) as uow:
        calls.end_call(uow)
    with pytest.raises(ConflictError), work_as(team) as uow:
        calls.end_call(uow)


def test_the_team_acts_for_a_company_that_waits(database: Database, work_as: WorkAs) -> None:
    with database.work(SYSTEM) as uow:
        employer = an_employer(uow, status="submitted")
    with work_as(caller(database, work_as, employer)) as uow:
        assert companies.add_location(uow, employer_id=employer.id, location=PLACE)


def test_only_the_team_calls_and_only_ended_calls_are_confirmed(database: Database, work_as: WorkAs) -> None:
    with database.work(SYSTEM) as uow:
        employer = an_employer(uow)
    with pytest.raises(NotAllowedError), work_as(Actor(role=Role.EMPLOYER_OWNER, employer_id=employer.id)) as uow:
        calls.start_call(uow, employer_id=employer.id)
    actor = caller(database, work_as, employer)
    with pytest.raises(NotFoundError), work_as(VISITOR) as uow:
        calls.confirm_call(uow, call_id=int(actor.phone_call_id or 0))


def test_call_me_reaches_the_team_once_per_number(database: Database, work_as: WorkAs, outbox: Outbox) -> None:
    for name in ("Riek", "Riek Nijland"):
        with work_as(VISITOR) as uow:
            callbacks.ask_callback(uow, name=name, phone="+31612345678", at=CallbackTime.MORNING)
    with database.reading() as db:
        asked = db.scalars(select(CallbackRequest)).one()
        assert asked.name == "Riek Nijland"
        items = work_items(db, NOW)
        assert [(item.title, item.facts[0], item.url) for item in items] == [
            ("Riek Nijland", "06 12345678", "/team/terugbellen")
        ]
    assert outbox.names() == ["employer_callback_asked"]
    with database.work(SYSTEM) as uow:
        team = team_actor(a_team_member(uow))
    for _ in range(2):
        with work_as(team) as uow:
            callbacks.finish_callback(uow, callback_id=asked.id)
    with database.reading() as db:
        assert db.get_one(CallbackRequest, asked.id).done_by_id == team.user_id
        assert work_items(db, NOW) == []
    with pytest.raises(NotFoundError), work_as(team) as uow:
        callbacks.finish_callback(uow, callback_id=9999)
    with pytest.raises(NotAllowedError), work_as(VISITOR) as uow:
        callbacks.finish_callback(uow, callback_id=asked.id)


def test_the_22_sectors_are_put_in_once(database: Database) -> None:
    for expected in (22, 0):
        with database.work(SYSTEM) as uow:
            assert ensure_sectors(uow) == expected
            uow.without_audit("nothing was missing")
    assert len({seed.key for seed in SECTORS}) == 22
    assert {seed.group for seed in SECTORS} == set(SectorGroup)


def test_a_lead_edits_the_sectors(database: Database, work_as: WorkAs) -> None:
    with database.work(SYSTEM) as uow:
        ensure_sectors(uow)
        lead = Actor(role=Role.TEAM_LEAD, user_id=a_team_lead(uow).id)
    with work_as(lead) as uow:
        sector_id = sectors.add_sector(uow, name="Zon & dak", group=SectorGroup.TECHNOLOGY)
        assert uow.session.get_one(Sector, sector_id).key == "zon-dak"
        sectors.change_sector(uow, sector_id=sector_id, name="Zonnepanelen", group=SectorGroup.CONSTRUCTION)
        sectors.switch_sector(uow, sector_id=sector_id, active=False)
    with pytest.raises(ConflictError) as refusal, work_as(lead) as uow:
        sectors.add_sector(uow, name="BOUW", group=SectorGroup.CONSTRUCTION)
    assert refusal.value.code == "sector_name_taken"
    with work_as(lead) as uow:
        again = sectors.add_sector(uow, name="Zon dak", group=SectorGroup.TECHNOLOGY)
        assert uow.session.get_one(Sector, again).key == "zon-dak-2"
    with pytest.raises(NotAllowedError), work_as(Actor(role=Role.TEAM_MEMBER)) as uow:
        sectors.switch_sector(uow, sector_id=sector_id, active=True)
