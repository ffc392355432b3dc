"""The database as a whole: all models, and migrating to the newest version."""

from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

MIGRATIONS = Path(__file__).parent / "migrations"
MODULES = (
    "portal.kernel.audit",
    "portal.kernel.facts",
    "portal.kernel.outbox",
    "portal.kernel.retention",
    "portal.kernel.throttle",
    "portal.accounts.models",
    "portal.participants.models",
    "portal.employers.models",
    "portal.events.models",
    "portal.stories.models",
    "portal.placements.models",
    "portal.team.models",
)


def load_models() -> None:
    """Import every module that has tables, so that the metadata is complete."""
    for name in MODULES:
        import_module(name)


def alembic_config(engine: Engine | None = None) -> Config:
    """Alembic's configuration, without a file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    if engine is not None:
        config.set_main_option("sqlalchemy.url", engine.url.render_as_string(hide_password=False).replace("%", "%%"))
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to a version; the newest unless another is named."""
    with engine.connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the database back to an older version."""
    with engine.connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
        connection.commit()


def newest() -> str | None:
    """The newest version there is."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest version."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest()
