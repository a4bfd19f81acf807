"""The states of a project: what each property holds for, and that nothing else lists them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from borging.domain.terms import ProjectState as S

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("is_stopped", {S.WITHDRAWN, S.REJECTED}),
        ("is_over", {S.CLOSED, S.WITHDRAWN, S.REJECTED}),
        ("is_chosen", {S.PLANNED, S.RUNNING, S.CLOSED, S.UNKNOWN}),
        ("is_active", {S.PLANNED, S.RUNNING, S.UNKNOWN}),
        ("is_before_start", {S.IDEA, S.PLANNED}),
    ],
)
def test_which_states_have_a_property(name: str, states: set[S]) -> None:
    assert {state for state in S if getattr(state, name)} == states


def test_no_other_module_lists_states() -> None:
    listed = re.compile(r"ProjectState\.[A-Z]+,\s*ProjectState\.[A-Z]+")
    sources = [
        path
        for folder in ("services", "domain", "ui", "planning", "charts", "exchange", "store")
        for path in (ROOT / "borging" / folder).rglob("*.py")
    ]
    assert len(sources) > 200
    found = {path.name for path in sources if listed.search(path.read_text())}
    assert found <= {"terms.py", "sustain.py"}
