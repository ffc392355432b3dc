"""Lists in the browser: read, shown, and taken over after a yes. Between the two only clean rows wait."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import portal.employers.import_rules
import portal.employers.vacancy_import_rules
import portal.participants.import_rules
from portal.accounts.queries import coaches
from portal.employers.imports import import_employers, plan_employer_list
from portal.employers.vacancy_imports import import_vacancies, plan_vacancy_list
from portal.kernel.errors import ConflictError, NotFoundError
from portal.kernel.import_report import ImportPlan, kept_table
from portal.kernel.permissions import Permission
from portal.kernel.tabular import Table, read_table
from portal.kernel.uow import UnitOfWork
from portal.participants.imports import import_participants, plan_participant_list
from portal.team.models import ImportBatch
from portal.team.vocabulary import ImportKind, TeamAction

AnyPlan = ImportPlan[Any]


@dataclass(frozen=True, slots=True)
class Importer:
    """How one kind of list is read and written."""

    permission: Permission
    columns: dict[str, tuple[str, ...]]
    plan: Callable[[Session, Table, datetime], AnyPlan]
    write: Callable[[UnitOfWork, Table], AnyPlan]


def coach_names(session: Session) -> list[tuple[int, str]]:
    """The coaches that a list may name."""
    return [(row.id, row.name) for row in coaches(session)]


IMPORTERS = {
    ImportKind.EMPLOYERS: Importer(
        Permission.EMPLOYERS_EMPLOYER_IMPORT,
        portal.employers.import_rules.COLUMNS,
        lambda session, table, now: plan_employer_list(session, table),
        lambda uow, table: import_employers(uow, table=table),
    ),
    ImportKind.PARTICIPANTS: Importer(
        Permission.PARTICIPANTS_PARTICIPANT_IMPORT,
        {name: words for name, words in portal.participants.import_rules.COLUMNS.items() if name != "remark"},
        lambda session, table, now: plan_participant_list(session, table, coaches=coach_names(session)),
        lambda uow, table: import_participants(uow, table=table, coaches=coach_names(uow.session)),
    ),
    ImportKind.VACANCIES: Importer(
        Permission.EMPLOYERS_VACANCY_IMPORT,
        portal.employers.vacancy_import_rules.COLUMNS,
        lambda session, table, now: plan_vacancy_list(session, table, now=now),
        lambda uow, table: import_vacancies(uow, table=table),
    ),
}


def read_list(uow: UnitOfWork, *, kind: ImportKind, data: bytes, filename: str) -> int:
    """Read a list and keep its clean rows for the preview. Raises InvalidError with what is wrong with the file."""
    importer = IMPORTERS[kind]
    uow.actor.require(importer.permission)
    table = read_table(data, filename)
    plan = importer.plan(uow.session, table, uow.now)
    kept = kept_table(table, plan, importer.columns)
    batch = ImportBatch(
        kind=kind,
        user_id=uow.actor.user_id,
        rows={"header": list(kept.header), "rows": [[number, cells] for number, cells in kept.rows]},
        report=plan.as_json(),
        created_at=uow.now,
    )
    uow.session.add(batch)
    uow.audit(TeamAction.IMPORT_READ, batch, kind=kind, rows=plan.rows)
    return batch.id


def take_over_list(uow: UnitOfWork, *, batch_id: int) -> AnyPlan:
    """Write the rows of a list that was shown. They are judged anew: the portal may have changed since."""
    batch = uow.session.scalars(
        select(ImportBatch)
        .where(ImportBatch.id == batch_id, ImportBatch.user_id == uow.actor.user_id)
        .with_for_update()
    ).one_or_none()
    if batch is None:
        raise NotFoundError
    if batch.done_at is not None:
        raise ConflictError("import_done")
    table = Table(
        tuple(batch.rows["header"]), tuple((int(number), dict(cells)) for number, cells in batch.rows["rows"])
    )
    plan = IMPORTERS[batch.kind].write(uow, table)
    batch.rows = {}
    batch.done_at = uow.now
    uow.audit(TeamAction.IMPORT_DONE, batch, kind=batch.kind, accepted=plan.accepted)
    return plan
