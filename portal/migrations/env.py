"""Alembic's entry: the engine and the metadata are ours."""

from alembic import context

from portal.kernel.db import Base, make_engine
from portal.schema import load_models

load_models()


def run() -> None:
    """Run the migrations on the connection that the caller gave, or on the database of the address."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _run_on(connection)
        return
    engine = make_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        _run_on(connection)
        connection.commit()
    engine.dispose()


def _run_on(connection: object) -> None:
    context.configure(
        connection=connection,  # type: ignore[arg-type]
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
