"""Who is at the table: the rule of the stakeholders, on its edges."""

from __future__ import annotations

from typing import Any

import pytest

from borging.domain.dossier_summary import PartState
from borging.services.dossier_stakeholders import missing_voices, stakeholders
from tests.dossiers import dossier


def person(name: str, position: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "position": position, **more}


@pytest.mark.parametrize(
    ("positions", "missing"),
    [
        ([], ["een kritische stem", "een enthousiasteling"]),
        (["neutral", None], ["een kritische stem", "een enthousiasteling"]),
        (["sceptic"], ["een enthousiasteling"]),
        (["sympathiser"], ["een kritische stem"]),
        (["opponent", "advocate"], []),
    ],
)
def test_a_critic_and_an_enthusiast_belong_at_the_table(
    positions: list[str | None], missing: list[str]
) -> None:
    assert missing_voices(positions) == missing


def test_nobody_on_the_map_is_empty_and_not_good() -> None:
    assert stakeholders(dossier()).state == PartState.EMPTY


def test_a_missing_critic_asks_for_attention() -> None:
    said = stakeholders(dossier(stakeholder=[person("Team Noord", "advocate")]))
    assert said.state == PartState.ATTENTION
    assert said.words == "1 stakeholder, een kritische stem ontbreekt"


def test_who_decides_needs_somebody_who_keeps_in_touch() -> None:
    both = [person("A", "sceptic"), person("B", "advocate", influence="decisive")]
    said = stakeholders(dossier(stakeholder=both))
    assert (said.state, said.next) == (
        PartState.UNDERWAY,
        "Spreek af wie contact houdt met B.",
    )
    both[1]["contact"] = 7
    assert stakeholders(dossier(stakeholder=both)).state == PartState.SETTLED
