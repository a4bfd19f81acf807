"""The yearly reviews of the projectenkalender."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("chaired_by_id", sa.Integer(), nullable=False),
        sa.Column("participants", AutoString(), nullable=False),
        sa.Column("decisions", AutoString(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("looked_at_revision", sa.Integer(), nullable=False),
        sa.Column("projects", sa.Integer(), nullable=False),
        sa.Column("running", sa.Integer(), nullable=False),
        sa.Column("handovers", sa.Integer(), nullable=False),
        sa.Column("portfolio", AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("next_on > held_on", name="ck_calendar_review_next_on"),
        sa.ForeignKeyConstraint(
            ["chaired_by_id"], ["person.id"], name="fk_calendar_review_chaired_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_review"),
    )
    op.create_index("ix_calendar_review_held_on", "calendar_review", ["held_on"])
