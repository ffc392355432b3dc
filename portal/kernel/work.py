"""One row of the team's work list, whichever slice it comes from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.kernel.i18n import LazyString


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """Something that somebody of the team must do: what, by when, and the one next deed."""

    kind: str
    tag: str
    tag_text: str | LazyString
    title: str
    facts: tuple[str, ...] = ()
    due_at: datetime | None
    url: str
    action: str | LazyString
    action_icon: str = "arrow-right"
    owner: str = ""


WorkSource = Callable[[Session, datetime], list[WorkItem]]
