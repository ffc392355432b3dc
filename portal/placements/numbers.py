"""Numbers that people say over the phone: one series per year, never twice the same, also at the same second."""

from sqlalchemy.dialects import postgresql, sqlite

from portal.kernel.clock import local_day
from portal.kernel.uow import UnitOfWork
from portal.placements.models import NumberSeries
from portal.placements.rules import number_of

PLACEMENTS = ("placement", "P-")
ISSUES = ("issue", "")


def next_number(uow: UnitOfWork, series: tuple[str, str]) -> str:
    """The next number of a series. The row stays locked until the commit, so that numbers come in order."""
    name, prefix = series
    year = local_day(uow.now).year
    make = postgresql.insert if uow.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = make(NumberSeries).values(name=name, year=year, last=1)
    count = uow.session.scalar(
        statement.on_conflict_do_update(
            index_elements=[NumberSeries.name, NumberSeries.year], set_={"last": NumberSeries.last + 1}
        ).returning(NumberSeries.last)
    )
    return number_of(prefix, year, int(count or 0))
