"""Projects and their phases can be changed on a screen, by more people than one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("project", "phase_record"):
        op.add_column(table, sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
