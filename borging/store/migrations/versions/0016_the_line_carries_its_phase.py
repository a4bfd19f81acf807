"""The line carries institutionalisering, also where the usual value was never looked at.

Until now 'project' was filled in for every phase, and nothing read it; the calendar drew this
phase as one of the line.
"""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE phase_record SET carried_by = 'line' "
        "WHERE phase = 'institutionalisation' AND carried_by = 'project'"
    )
