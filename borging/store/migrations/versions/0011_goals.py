"""The version of a goal, so that two people who change one do not undo each other."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE goal ADD COLUMN version INTEGER NOT NULL DEFAULT 1")
