"""Flu seasons and the weeks they rest on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATUSES = "'gezien', 'afgeleid', 'uit geheugen', 'voorlopig', 'met de hand'"


def upgrade() -> None:
    op.create_table(
        "flu_season",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("season", AutoString(), nullable=False),
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("start_week", AutoString(), nullable=True),
        sa.Column("end_week", AutoString(), nullable=True),
        sa.Column("peak_week", AutoString(), nullable=True),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.Column("threshold", sa.Float(), nullable=True),
        sa.Column("threshold_status", AutoString(), nullable=True),
        sa.Column("status", AutoString(), nullable=False),
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("note", AutoString(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "origin IN ('derived', 'official', 'manual')", name=op.f("ck_flu_season_origin")
        ),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_flu_season_status")),
        sa.CheckConstraint(
            f"threshold_status IN ({STATUSES})", name=op.f("ck_flu_season_threshold_status")
        ),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_flu_season_revision")),
        sa.CheckConstraint("weeks >= 0", name=op.f("ck_flu_season_weeks")),
        sa.CheckConstraint("threshold > 0", name=op.f("ck_flu_season_threshold")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name="fk_flu_season_recorded_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_flu_season"),
        sa.UniqueConstraint("season", "origin", "revision", name="uq_flu_season_season"),
    )
    op.create_table(
        "flu_week",
        sa.Column("flu_season_id", sa.Integer(), nullable=False),
        sa.Column("week", AutoString(), nullable=False),
        sa.Column("per_100k", sa.Float(), nullable=False),
        sa.CheckConstraint("per_100k >= 0", name=op.f("ck_flu_week_per_100k")),
        sa.ForeignKeyConstraint(
            ["flu_season_id"], ["flu_season.id"], name="fk_flu_week_flu_season_id_flu_season"
        ),
        sa.PrimaryKeyConstraint("flu_season_id", "week", name="pk_flu_week"),
    )
