"""Functions, their leave, and what projects ask of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PHASES = "'preparation', 'introduction', 'integration', 'handover', 'institutionalisation'"


def upgrade() -> None:
    op.create_table(
        "job_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("fte", sa.Float(), nullable=False),
        sa.Column("hours_per_week", sa.Float(), nullable=False),
        sa.Column("project_share", sa.Float(), nullable=False),
        sa.Column("scarce", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", AutoString(), nullable=True),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("fte >= 0", name="ck_job_role_fte"),
        sa.CheckConstraint("hours_per_week > 0", name="ck_job_role_hours_per_week"),
        sa.CheckConstraint(
            "project_share >= 0 AND project_share <= 1", name="ck_job_role_project_share"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_job_role"),
    )
    op.create_index("ix_job_role_name", "job_role", ["name"])
    op.create_table("leave_period", *_period("leave_period"), _points_at_role("leave_period"))
    op.create_index("ix_leave_period_job_role_id", "leave_period", ["job_role_id"])
    op.create_table(
        "staffing_need",
        *_period("staffing_need"),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("phase", AutoString(), nullable=True),
        sa.Column("firm", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"phase IN ({PHASES})", name="ck_staffing_need_phase"),
        _points_at_role("staffing_need"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_staffing_need_project_id_project"
        ),
    )
    op.create_index("ix_staffing_need_job_role_id", "staffing_need", ["job_role_id"])
    op.create_index("ix_staffing_need_project_id", "staffing_need", ["project_id"])


def _period(table: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_role_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("hours_per_week", sa.Float(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("hours_per_week > 0", name=f"ck_{table}_hours_per_week"),
        sa.CheckConstraint("last >= first", name=f"ck_{table}_last"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _points_at_role(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["job_role_id"], ["job_role.id"], name=f"fk_{table}_job_role_id_job_role"
    )
