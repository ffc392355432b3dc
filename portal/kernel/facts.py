"""Small facts about this installation, such as 'this is demo data'."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.kernel.db import Base

DEMO = "demo_data"


class InstallationFact(Base):
    """One fact."""

    __tablename__ = "installation_fact"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


def holds_demo_data(session: Session) -> bool:
    """Whether the demo was loaded into this database."""
    return session.get(InstallationFact, DEMO) is not None
