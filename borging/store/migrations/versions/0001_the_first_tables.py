"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("legal_deadline", sa.Date(), nullable=True),
        sa.Column("source", AutoString(), nullable=True),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('vision', 'theme', 'goal')", name=op.f("ck_goal_kind")),
        sa.ForeignKeyConstraint(["parent_id"], ["goal.id"], name=op.f("fk_goal_parent_id_goal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_goal_title"), ["title"], unique=False)

    op.create_table(
        "instrument",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(), nullable=False),
        sa.Column("version", AutoString(), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_instrument_key")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("source", AutoString(), nullable=True),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('organisation', 'location', 'team')", name=op.f("ck_unit_kind")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("role", AutoString(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("source", AutoString(), nullable=True),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", AutoString(), nullable=False),
        sa.Column("action", AutoString(), nullable=False),
        sa.Column("entity", AutoString(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=True),
        sa.Column("summary", AutoString(), nullable=False),
        sa.Column("detail", AutoString(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_audit_entry_actor_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_item", ["entity", "entity_id"], unique=False)

    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", AutoString(), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("summary", AutoString(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("sponsor_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("project_lead_id", sa.Integer(), nullable=True),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("funding_source", AutoString(), nullable=True),
        sa.Column("funding_end", sa.Date(), nullable=True),
        sa.Column("borging_in_plan", sa.Boolean(), nullable=True),
        sa.Column("source", AutoString(), nullable=True),
        sa.Column("external_id", AutoString(), nullable=True),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('idea', 'planned', 'running', 'closed', 'withdrawn', 'rejected', 'unknown')",
            name=op.f("ck_project_state"),
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_project_goal_id_goal")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_project_owner_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["project_lead_id"], ["person.id"], name=op.f("fk_project_project_lead_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_id"], ["person.id"], name=op.f("fk_project_sponsor_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_project_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_project_source")),
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_project_project_lead_id"), ["project_lead_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_project_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "course_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("course", AutoString(), nullable=False),
        sa.Column("sentence", AutoString(), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("decision", AutoString(), nullable=True),
        sa.Column("decision_from", AutoString(), nullable=True),
        sa.Column("decision_before", sa.Date(), nullable=True),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "course IN ('red', 'amber', 'green')", name=op.f("ck_course_report_course")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_course_report_project_id_project")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["person.id"], name=op.f("fk_course_report_signed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_report")),
    )
    with op.batch_alter_table("course_report", schema=None) as batch_op:
        batch_op.create_index(
            "ix_course_report_newest", ["project_id", "reported_on"], unique=False
        )

    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("value", AutoString(), nullable=True),
        sa.Column("raw_text", AutoString(), nullable=False),
        sa.Column("source", AutoString(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('course', 'start', 'end', 'budget')", name=op.f("ck_observation_kind")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_observation_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint(
            "project_id", "kind", "observed_on", "source", name=op.f("uq_observation_project_id")
        ),
    )
    op.create_table(
        "phase_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("phase", AutoString(), nullable=False),
        sa.Column("planned_start", sa.Date(), nullable=True),
        sa.Column("planned_end", sa.Date(), nullable=True),
        sa.Column("actual_start", sa.Date(), nullable=True),
        sa.Column("actual_end", sa.Date(), nullable=True),
        sa.Column("accountable_id", sa.Integer(), nullable=True),
        sa.Column("carried_by", AutoString(), nullable=False),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "carried_by IN ('project', 'line')", name=op.f("ck_phase_record_carried_by")
        ),
        sa.CheckConstraint(
            "phase IN ('preparation', 'introduction', 'integration', 'handover', "
            "'institutionalisation')",
            name=op.f("ck_phase_record_phase"),
        ),
        sa.ForeignKeyConstraint(
            ["accountable_id"], ["person.id"], name=op.f("fk_phase_record_accountable_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_phase_record_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_record")),
        sa.UniqueConstraint("project_id", "phase", name=op.f("uq_phase_record_project_id")),
    )
    op.create_table(
        "project_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("formal_receiver_id", sa.Integer(), nullable=True),
        sa.Column("practical_receiver_id", sa.Integer(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["formal_receiver_id"],
            ["person.id"],
            name=op.f("fk_project_result_formal_receiver_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["practical_receiver_id"],
            ["person.id"],
            name=op.f("fk_project_result_practical_receiver_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_result_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_result")),
    )
    with op.batch_alter_table("project_result", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_project_result_project_id"), ["project_id"], unique=False
        )

    op.create_table(
        "residual_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("priority", AutoString(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "priority IN ('high', 'normal', 'low')", name=op.f("ck_residual_item_priority")
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["person.id"], name=op.f("fk_residual_item_accepted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_residual_item_owner_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_residual_item_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residual_item")),
    )
    with op.batch_alter_table("residual_item", schema=None) as batch_op:
        batch_op.create_index(
            "ix_residual_item_open", ["project_id", "closed_on", "created_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_residual_item_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("scanned_on", sa.Date(), nullable=False),
        sa.Column("min_answers", sa.Integer(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_by", AutoString(), nullable=True),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('individual', 'joint')", name=op.f("ck_scan_kind")),
        sa.CheckConstraint("min_answers >= 3", name=op.f("ck_scan_min_answers")),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instrument.id"], name=op.f("fk_scan_instrument_id_instrument")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_scan_project_id_project")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_scan_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
    )
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.create_index("ix_scan_newest", ["project_id", "scanned_on"], unique=False)

    op.create_table(
        "sustain_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("verdict", AutoString(), nullable=False),
        sa.Column("declared_by_id", sa.Integer(), nullable=True),
        sa.Column("evidence", AutoString(), nullable=True),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "verdict IN ('sustained', 'relapsed')", name=op.f("ck_sustain_declaration_verdict")
        ),
        sa.ForeignKeyConstraint(
            ["declared_by_id"],
            ["person.id"],
            name=op.f("fk_sustain_declaration_declared_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_sustain_declaration_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sustain_declaration")),
    )
    with op.batch_alter_table("sustain_declaration", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sustain_declaration_newest", ["project_id", "declared_on"], unique=False
        )

    op.create_table(
        "scan_response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["scan.id"], name=op.f("fk_scan_response_scan_id_scan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_response")),
    )
    with op.batch_alter_table("scan_response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_response_scan_id"), ["scan_id"], unique=False)

    op.create_table(
        "factor_answer",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("factor", AutoString(), nullable=False),
        sa.Column("level", AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["scan_response.id"],
            name=op.f("fk_factor_answer_response_id_scan_response"),
        ),
        sa.PrimaryKeyConstraint("response_id", "factor", name=op.f("pk_factor_answer")),
    )
    op.execute("INSERT INTO revision (id, number) VALUES (1, 0)")
