"""Parts of a dossier and signals go by one rule: in no state does one ask without the other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from borging.domain.dossier_summary import PartState
from borging.domain.scan_standing import NEVER_SCANNED
from borging.domain.signal_rules import signals
from borging.domain.terms import ProjectState
from borging.services.dossier.parts import summary
from borging.services.dossier.project_facts import facts
from tests.dossiers import AS_OF, PARTS, all_yes, dossier

YESTERDAY = AS_OF - timedelta(1)
RESULT = {
    "title": "Tablet",
    "agreed_on": AS_OF + timedelta(300),
    "formal_receiver": "Bas",
    "formal_receiver_id": 7,
    "practical_receiver_id": 8,
}
LATE = RESULT | {"agreed_on": YESTERDAY}
NOBODY = RESULT | {"formal_receiver": None, "formal_receiver_id": None}
CASES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("handover_overdue", "overdracht", {"results": [LATE]}),
    ("no_receiver", "overdracht", {"results": [NOBODY]}),
    (
        "answer_contradicted",
        "overdracht",
        {"results": [RESULT], "hard_question": all_yes("closing")},
    ),
    ("notice_date", "exploitatie", {"contract": [{"what": "x", "notice_by": AS_OF}]}),
    (
        "costs_in_no_budget",
        "exploitatie",
        {"running_cost": [{"what": "x", "year": 2026.0, "budgeted": False}]},
    ),
    ("evaluation_missed", "evaluaties", {"evaluation": [{"title": "x", "planned_on": YESTERDAY}]}),
    ("evaluation_unplanned", "evaluaties", {"project": {"end": pd.Timestamp(AS_OF)}}),
    ("knowledge_with_one", "draagvlak", {"knowledge_holder": [{"topic": "x", "first": 7}]}),
    ("no_critic", "stakeholders", {"stakeholder": [{"name": "x", "position": "advocate"}]}),
)


@pytest.mark.parametrize("state", list(ProjectState))
@pytest.mark.parametrize(("rule", "part", "content"), CASES)
def test_a_part_asks_attention_in_the_states_in_which_its_rule_does(
    rule: str, part: str, content: dict[str, Any], state: ProjectState
) -> None:
    content = dict(content)
    project = {"state": state.value} | content.pop("project", {})
    found = dossier(project, **content)
    fires = rule in [each.rule for each in signals(facts(found, NEVER_SCANNED))]
    said = summary(next(each for each in PARTS if each.key == part), found)
    assert (said.state == PartState.ATTENTION) == fires


@pytest.mark.parametrize("state", ["withdrawn", "rejected"])
def test_a_stopped_project_has_no_signal_and_no_part_that_asks(state: str) -> None:
    content: dict[str, Any] = {}
    for _, _, each in CASES:
        content |= {key: rows for key, rows in each.items() if key != "project"}
    found = dossier({"state": state, "end": pd.Timestamp(AS_OF)}, **content)
    assert signals(facts(found, NEVER_SCANNED)) == ()
    said = [summary(part, found) for part in PARTS]
    assert len(said) == 8
    assert {each.state for each in said} <= {PartState.EMPTY, PartState.UNDERWAY}
    assert {each.next for each in said} == {""}
