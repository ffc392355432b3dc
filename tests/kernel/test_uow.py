"""The unit of work: one transaction, one trail."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from portal.employers.models import Sector
from portal.employers.vocabulary import EmployersAction, SectorGroup
from portal.kernel.audit import AuditEntry
from portal.kernel.permissions import Actor, Role
from portal.kernel.uow import Database, UnauditedChangeError

SYSTEM = Actor(role=Role.SYSTEM, name="test")


def a_sector() -> Sector:
    return Sector(key="bouw", name="Bouw", group=SectorGroup.CONSTRUCTION)


def test_a_change_with_a_trail_commits(database: Database) -> None:
    with database.work(SYSTEM) as uow:
        sector = a_sector()
        uow.session.add(sector)
        uow.audit(EmployersAction.SECTOR_CHANGED, sector, name="Bouw")
    with database.reading() as db:
        entry = db.scalars(select(AuditEntry)).one()
        assert (entry.subject_type, entry.subject_id, entry.details) == ("sector", sector.id, {"name": "Bouw"})
        assert entry.actor_name == "test"


def test_a_change_without_a_trail_does_not_commit(database: Database) -> None:
    with pytest.raises(UnauditedChangeError), database.work(SYSTEM) as uow:
        uow.session.add(a_sector())
    with database.reading() as db:
        assert db.scalars(select(Sector)).all() == []


def test_a_bulk_statement_without_a_trail_does_not_commit(database: Database) -> None:
    with pytest.raises(UnauditedChangeError), database.work(SYSTEM) as uow:
        uow.session.execute(update(Sector).values(name="anders"))


def test_a_reading_transaction_refuses_to_write(database: Database) -> None:
    with pytest.raises(DBAPIError), database.reading() as db:
        db.add(a_sector())
        db.flush()


def test_the_trail_cannot_be_changed(database: Database) -> None:
    with database.work(SYSTEM) as uow:
        sector = a_sector()
        uow.session.add(sector)
        uow.audit(EmployersAction.SECTOR_CHANGED, sector)
    with pytest.raises(DBAPIError, match="append only"), database.work(SYSTEM) as uow:
        uow.without_audit("the test tries to forge the trail")
        uow.session.execute(update(AuditEntry).values(action="x"))
