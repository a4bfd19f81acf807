"""Phases that were reckoned from a start and an end are a proposal until somebody confirms them."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE phase_record ADD COLUMN confirmed BOOLEAN NOT NULL DEFAULT true")
