"""How far the phases of a project may move in a proposal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planning_room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("earliest_start", sa.Date(), nullable=True),
        sa.Column("latest_end", sa.Date(), nullable=True),
        sa.Column("legal_date", sa.Date(), nullable=True),
        sa.Column("weeks_earlier", sa.Integer(), nullable=True),
        sa.Column("weeks_later", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("weeks_earlier >= 0", name="ck_planning_room_weeks_earlier"),
        sa.CheckConstraint("weeks_later >= 0", name="ck_planning_room_weeks_later"),
        sa.CheckConstraint("latest_end >= earliest_start", name="ck_planning_room_latest_end"),
        sa.CheckConstraint("legal_date >= earliest_start", name="ck_planning_room_legal_date"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_planning_room_project_id_project"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_planning_room"),
    )
    op.create_index("ix_planning_room_project_id", "planning_room", ["project_id"])
