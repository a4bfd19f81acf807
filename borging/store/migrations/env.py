"""Alembic environment: runs on the connection it is given."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from borging.store.tables import Record


def run(connection: Connection) -> None:
    """Run the migrations on an open connection."""
    context.configure(
        connection=connection,
        target_metadata=Record.metadata,
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
