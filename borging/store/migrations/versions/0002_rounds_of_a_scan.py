"""Rounds of a scan: states, invitations, ballot box, remarks, consensus, actions.

Columns are added in place, with their constraints, in words that SQLite and PostgreSQL share:
a rebuilt SQLite table would lose its checks.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = {
    "scan": (
        "moment VARCHAR CONSTRAINT ck_scan_moment"
        " CHECK (moment IN ('at_plan', 'in_pilot', 'after', 'repeat'))",
        "asks_role BOOLEAN NOT NULL DEFAULT false",
        "opened_on DATE",
        "closes_on DATE",
        "closed_on DATE",
        "published_on DATE",
        "next_on DATE",
        "shared_hash VARCHAR",
    ),
    "scan_response": (
        "role VARCHAR CONSTRAINT ck_scan_response_role"
        " CHECK (role IN ('care', 'lead', 'support', 'project_team'))",
    ),
    "residual_item": (
        "scan_id INTEGER CONSTRAINT fk_residual_item_scan_id_scan REFERENCES scan (id)",
        "factor VARCHAR",
    ),
}
SECRETS = ("invitation", "answer", "draft", "browser")


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    op.create_index("ix_scan_shared_hash", "scan", ["shared_hash"], unique=True)
    op.create_index("ix_residual_item_scan_id", "residual_item", ["scan_id"])
    op.execute("UPDATE scan SET closed_on = scanned_on, published_on = scanned_on")
    _make_invitations()
    _make_box("scan_draft")
    _make_box("scan_ballot")
    _make_remarks()
    _make_consensus()
    secret = op.create_table(
        "secret",
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("value", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secret"),
    )
    op.bulk_insert(secret, [{"name": n, "value": secrets.token_hex(32)} for n in SECRETS])


def _of_scan(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=f"fk_{table}_scan_id_scan"),
    )


def _make_invitations() -> None:
    op.create_table(
        "scan_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", AutoString(), nullable=False),
        sa.Column("token_hash", AutoString(), nullable=False),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        *_of_scan("scan_invitation"),
        sa.PrimaryKeyConstraint("id", name="pk_scan_invitation"),
        sa.UniqueConstraint("token_hash", name="uq_scan_invitation_token_hash"),
    )
    op.create_index("ix_scan_invitation_scan_id", "scan_invitation", ["scan_id"])


def _make_box(name: str) -> None:
    op.create_table(
        name,
        sa.Column("key_hash", AutoString(), nullable=False),
        sa.Column("content", AutoString(), nullable=False),
        *_of_scan(name),
        sa.PrimaryKeyConstraint("key_hash", name=f"pk_{name}"),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{name}_scan_id", name, ["scan_id"])


def _make_remarks() -> None:
    op.create_table(
        "factor_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("factor", AutoString(), nullable=False),
        sa.Column("text", AutoString(), nullable=False),
        *_of_scan("factor_remark"),
        sa.PrimaryKeyConstraint("id", name="pk_factor_remark"),
    )
    op.create_index("ix_factor_remark_scan_id", "factor_remark", ["scan_id"])


def _make_consensus() -> None:
    op.create_table(
        "scan_consensus",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("factor", AutoString(), nullable=False),
        sa.Column("level", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        *_of_scan("scan_consensus"),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name="fk_scan_consensus_recorded_by_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_scan_consensus"),
        sa.UniqueConstraint("scan_id", "factor", name="uq_scan_consensus_scan_id"),
    )
    op.create_index("ix_scan_consensus_scan_id", "scan_consensus", ["scan_id"])
