"""Two people may change the same result: a version tells them apart."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE project_result ADD COLUMN version INTEGER NOT NULL DEFAULT 1")
