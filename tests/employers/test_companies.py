"""A company: letting it in or not, changing its data and its places."""

import pytest
from sqlalchemy import select

from portal.employers import companies
from portal.employers.inputs import CompanyInput, LocationInput
from portal.employers.models import Employer, Location
from portal.employers.vocabulary import EmployerStatus
from portal.kernel.audit import AuditEntry
from portal.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database
from tests.conftest import WorkAs
from tests.factories.employers import a_member, a_sector, an_employer, an_owner, owner_actor, team_actor
from tests.support.outbox import Outbox
from tests.support.people import a_team_member

SYSTEM = Actor(role=Role.SYSTEM, name="test")


def team(database: Database) -> Actor:
    with database.work(SYSTEM) as uow:
        return team_actor(a_team_member(uow))


def test_approving_tells_the_owner_and_gives_a_contact(database: Database, work_as: WorkAs, outbox: Outbox) -> None:
    actor = team(database)
    with database.work(SYSTEM) as uow:
        employer, owner = an_owner(uow, status="submitted")
    with work_as(actor) as uow:
        companies.approve_employer(uow, employer_id=employer.id)
    with database.reading() as db:
        row = db.get_one(Employer, employer.id)
        assert (row.status, row.team_contact_id) == (EmployerStatus.APPROVED, actor.user_id)
    assert outbox.to(owner.email)[0]["Subject"] == "Bouwbedrijf Veldhoek kan meedraaien"


def test_refusing_mails_the_reason(database: Database, work_as: WorkAs, outbox: Outbox) -> None:
    actor = team(database)
    with database.work(SYSTEM) as uow:
        employer, owner = an_owner(uow, status="submitted", submitted_at=uow.now)
    with work_as(actor) as uow:
        companies.refuse_employer(uow, employer_id=employer.id, reason="Het bedrijf bestaat niet meer.")
    body = outbox.to(owner.email)[0].get_body(("plain",))
    assert body is not None
    assert "Het bedrijf bestaat niet meer." in body.get_content()
    with work_as(actor) as uow:
        companies.approve_employer(uow, employer_id=employer.id)
        assert uow.session.get_one(Employer, employer.id).reason is None


def test_a_refusal_without_words_is_refused(database: Database, work_as: WorkAs) -> None:
    actor = team(database)
    with database.work(SYSTEM) as uow:
        employer = an_employer(uow, status="submitted")
    with pytest.raises(InvalidError) as refusal, work_as(actor) as uow:
        companies.refuse_employer(uow, employer_id=employer.id, reason="  ")
    assert refusal.value.code == "text_needed"


def test_an_unconfirmed_address_gets_no_mail(database: Database, work_as: WorkAs, outbox: Outbox) -> None:
    actor = team(database)
    with database.work(SYSTEM) as uow:
        employer, _owner = an_owner(uow, status="unconfirmed")
    with work_as(actor) as uow:
        companies.refuse_employer(uow, employer_id=employer.id, reason="Dit is geen bedrijf.")
    assert outbox.names() == []


def test_approving_twice_is_a_conflict(database: Database, work_as: WorkAs) -> None:
    actor = team(database)
    with database.work(SYSTEM) as uow:
        employer = an_employer(uow)
    with pytest.raises(ConflictError), work_as(actor) as uow:
        companies.approve_employer(uow, employer_id=employer.id)


def edited(name: str, kvk: str = "12345678") -> CompanyInput:
    return CompanyInput(name=name, kvk_number=kvk, sector_key="zorg-thuis", website="https://www.bedrijf.example")


def test_an_owner_changes_the_data_but_not_the_kvk_number(database: Database, work_as: WorkAs) -> None:
    with database.work(SYSTEM) as uow:
        employer, user = an_owner(uow)
        a_sector(uow, "kapper").key = "zorg-thuis"
    with work_as(owner_actor(employer, user)) as uow:
        companies.edit_employer(uow, employer_id=employer.id, version=1, company=edited("Veldhoek Bouw"))
    with database.reading() as db:
        row = db.get_one(Employer, employer.id)
        assert (row.name, row.kvk_number, row.details_version) == ("Veldhoek Bouw", employer.kvk_number, 2)
        details = db.scalars(select(AuditEntry.details).order_by(AuditEntry.id.desc())).first()
        assert details == {"changed": ["name", "sector", "website"]}


def test_a_stale_edit_is_refused(database: Database, work_as: WorkAs) -> None:
    actor = team(database)
    with database.work(SYSTEM) as uow:
        employer = an_employer(uow, sector="kapper")
        a_sector(uow, "kapper").key = "zorg-thuis"
    with work_as(actor) as uow:
        companies.edit_employer(uow, employer_id=employer.id, version=1, company=edited("Eerste"))
    with pytest.raises(ConflictError) as refusal, work_as(actor) as uow:
        companies.edit_employer(uow, employer_id=employer.id, version=1, company=edited("Tweede"))
    assert refusal.value.code == "stale_edit"


def test_the_team_cannot_give_a_kvk_number_twice(database: Database, work_as: WorkAs) -> None:
    actor = team(database)
    with database.work(SYSTEM) as uow:
        employer, other = an_employer(uow, sector="kapper"), an_employer(uow, sector="kapper")
        a_sector(uow, "kapper").key = "zorg-thuis"
    with pytest.raises(ConflictError) as refusal, work_as(actor) as uow:
        companies.edit_employer(
            uow, employer_id=employer.id, version=1, company=edited("Kapsalon", kvk=other.kvk_number)
        )
    assert refusal.value.code == "employer_double"


def place(number: str | None) -> LocationInput:
    return LocationInput(establishment_number=number, street="Laan 9", postcode="7311 CD", city="Epe")


def test_an_owner_adds_a_place_and_fills_in_a_missing_number_once(database: Database, work_as: WorkAs) -> None:
    with database.work(SYSTEM) as uow:
        employer, user = an_owner(uow)
    actor = owner_actor(employer, user)
    with work_as(actor) as uow:
        location_id = companies.add_location(uow, employer_id=employer.id, location=place(None))
    with work_as(actor) as uow:
        companies.edit_location(uow, location_id=location_id, location=place("000000000901"))
    with pytest.raises(InvalidError) as refusal, work_as(actor) as uow:
        companies.edit_location(uow, location_id=location_id, location=place("000000000902"))
    assert refusal.value.code == "establishment_by_team"
    with work_as(team(database)) as uow:
        companies.edit_location(uow, location_id=location_id, location=place("000000000902"))
        assert uow.session.get_one(Location, location_id).establishment_number == "000000000902"


def test_companies_are_blind_to_each_other(database: Database, work_as: WorkAs) -> None:
    with database.work(SYSTEM) as uow:
        employer, user = an_owner(uow)
        other = an_employer(uow, "Ander bedrijf")
        location_id = uow.session.scalars(select(Location.id).where(Location.employer_id == other.id)).one()
    actor = owner_actor(employer, user)
    with pytest.raises(NotAllowedError), work_as(actor) as uow:
        companies.edit_employer(uow, employer_id=other.id, version=1, company=edited("Van mij"))
    with pytest.raises(NotFoundError), work_as(actor) as uow:
        companies.edit_location(uow, location_id=location_id, location=place(None))
    with pytest.raises(NotAllowedError), work_as(actor) as uow:
        companies.approve_employer(uow, employer_id=employer.id)


def test_an_applicant_does_not_change_the_data(database: Database, work_as: WorkAs) -> None:
    with database.work(SYSTEM) as uow:
        employer, user = an_owner(uow, status="submitted")
    with pytest.raises(NotAllowedError), work_as(owner_actor(employer, user)) as uow:
        companies.edit_employer(uow, employer_id=employer.id, version=1, company=edited("X"))


def test_the_team_notes_who_knows_a_company(database: Database, work_as: WorkAs) -> None:
    actor = team(database)
    with database.work(SYSTEM) as uow:
        employer = an_employer(uow, numbers_to_confirm=True)
        a_member(uow, employer)
    with work_as(actor) as uow:
        companies.note_employer(uow, employer_id=employer.id, contact_id=actor.user_id, note="  Bel na 14.00 uur. ")
        companies.confirm_numbers(uow, employer_id=employer.id)
    with database.reading() as db:
        row = db.get_one(Employer, employer.id)
        assert (row.team_contact_id, row.team_note) == (actor.user_id, "Bel na 14.00 uur.")
        assert not row.numbers_to_confirm
        assert "Bel na" not in str(db.scalars(select(AuditEntry.details)).all())
