"""Proposed phases in a database: confirmed by a click, by an edit, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from borging.access.actor import Actor
from borging.domain.new_project import NewProject
from borging.domain.project_fields import PhaseFields
from borging.store.commands.new_project import plan_project
from borging.store.commands.phase_proposals import confirm_phases
from borging.store.commands.projects import save_phases
from borging.store.commands.rows import Row, RowsError
from borging.store.commands.undo import undo
from borging.store.queries import portfolio
from borging.store.queries.history import last_entries

ANNA = Actor("Anna de Wit")
DAY = date(2026, 11, 26)
FIELDS = NewProject("Beeldzorg", date(2026, 9, 1), date(2027, 9, 1), date(2028, 6, 1))


@pytest.fixture
def planned(engine: Engine) -> int:
    return plan_project(engine, ANNA, FIELDS, []).id


def seen(engine: Engine) -> dict[int, int]:
    phases = portfolio.phases(engine)
    phases = phases[~phases["confirmed"].astype(bool)]
    return dict(zip(phases["id"].astype(int), phases["version"].astype(int), strict=True))


def test_one_click_confirms_every_phase_and_can_be_undone(engine: Engine, planned: int) -> None:
    before = seen(engine)
    assert len(before) == 5
    ids = confirm_phases(engine, ANNA, planned, before)
    assert ids == list(before)
    assert portfolio.phases(engine)["confirmed"].all()
    undo(engine, ANNA, last_entries(engine, "phase_record", ids))
    assert not portfolio.phases(engine)["confirmed"].any()


def test_what_changed_since_it_was_seen_is_not_confirmed(engine: Engine, planned: int) -> None:
    before = seen(engine)
    confirm_phases(engine, ANNA, planned, before)
    with pytest.raises(RowsError, match="intussen gewijzigd"):
        confirm_phases(engine, ANNA, planned, before)
    with pytest.raises(RowsError, match="intussen gewijzigd"):
        confirm_phases(engine, ANNA, 99, before)


def test_changing_a_phase_confirms_that_phase_only(engine: Engine, planned: int) -> None:
    row = portfolio.phases(engine).iloc[0]
    was = PhaseFields("preparation", row["planned_start"].date(), row["planned_end"].date())
    changed = replace(was, planned_end=date(2026, 12, 31))
    save_phases(
        engine, ANNA, planned, [Row("Fase", changed, int(row["id"]), int(row["version"]), was)], DAY
    )
    assert portfolio.phases(engine)["confirmed"].tolist() == [True] + [False] * 4


def test_a_phase_that_somebody_fills_in_is_confirmed(engine: Engine, planned: int) -> None:
    fields = replace(FIELDS, title="Zonder evaluatie", evaluation_on=None)
    other = plan_project(engine, ANNA, fields, []).id
    row = Row("Fase", PhaseFields("institutionalisation", planned_end=date(2028, 1, 1)))
    save_phases(engine, ANNA, other, [row], DAY)
    phases = portfolio.phases(engine)
    assert phases[phases["project_id"] == other]["confirmed"].tolist() == [False] * 4 + [True]
