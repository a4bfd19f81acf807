"""Items of the lists of a project dossier."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("list_key", AutoString(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name="fk_dossier_item_project_id_project"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_dossier_item"),
    )
    op.create_index("ix_dossier_item_list", "dossier_item", ["project_id", "list_key"])
    op.create_index("ix_dossier_item_list_key", "dossier_item", ["list_key"])
