"""Rounds have a version, and the days on which the program ran are recorded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("scan", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "clock_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_clock_day"),
    )
