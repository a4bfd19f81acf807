"""Scenarios: changes to the plan that were saved, and what accepting them changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("note", AutoString(), nullable=False),
        sa.Column("status", AutoString(), nullable=False),
        sa.Column("changes", AutoString(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted_rows", AutoString(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", AutoString(), nullable=True),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("status IN ('draft', 'accepted', 'undone')", name="ck_scenario_status"),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name="fk_scenario_created_by_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["person.id"], name="fk_scenario_accepted_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_scenario"),
    )
    op.create_index("ix_scenario_name", "scenario", ["name"])
