"""What the desk keeps itself: lists that were read and wait for a yes."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Created, enum_column
from portal.team.vocabulary import ImportKind


class ImportBatch(Base, Created):
    """A list after reading: clean rows and the report. The file itself is never kept."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ImportKind] = mapped_column(enum_column(ImportKind))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    rows: Mapped[dict[str, Any]]
    report: Mapped[dict[str, Any]]
    done_at: Mapped[datetime | None]
