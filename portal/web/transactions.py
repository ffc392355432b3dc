"""The two transactions of a request: `reading()` and `work()`."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g, request
from sqlalchemy.orm import Session

from portal.kernel.errors import DomainError
from portal.kernel.permissions import Actor
from portal.kernel.uow import UnitOfWork
from portal.web.context import current_actor, portal


class StaleFormError(DomainError):
    """The form was open for so long that its token has ended; nothing was written."""


@contextmanager
def reading() -> Iterator[Session]:
    """A read-only transaction."""
    with portal().database.reading() as session:
        yield session


@contextmanager
def work(actor: Actor | None = None) -> Iterator[UnitOfWork]:
    """A writing transaction in the name of the actor of this request; commits at the end of the block."""
    if request.method not in {"GET", "HEAD"} and not g.get("csrf_ok", False):
        raise StaleFormError("stale_form")
    with portal().database.work(actor or current_actor()) as uow:
        yield uow
