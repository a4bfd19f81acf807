"""An answer belongs to the device that gave it, and a link can be contested."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("scan_ballot", sa.Column("device_hash", AutoString(), nullable=True))
    op.add_column(
        "scan_invitation",
        sa.Column("contested", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
