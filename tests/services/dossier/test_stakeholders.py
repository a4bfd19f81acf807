"""Who is at the table: the rule of the stakeholders, on its edges."""

from __future__ import annotations

from typing import Any

import pytest

from borging.domain.dossier_summary import PartState
from borging.services.dossier.stakeholders import absent_voices, stakeholders
from tests.dossiers import dossier


def person(name: str, position: str | None, **more: Any) -> dict[str, Any]:
    return {"name": name, "position": position, **more}


def test_nobody_on_the_map_is_empty_and_not_good() -> None:
    assert stakeholders(dossier()).state == PartState.EMPTY


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([("advocate", True)], "1 stakeholder, op de kaart staat geen kritische stakeholder"),
        (
            [("advocate", True), ("sceptic", None)],
            "2 stakeholders, van geen kritische stakeholder is bekend of die aan tafel zit",
        ),
        (
            [("advocate", True), ("sceptic", False)],
            "2 stakeholders, de kritische stakeholders zitten niet aan tafel",
        ),
        ([("opponent", True)], "1 stakeholder, op de kaart staat geen voorstander"),
        (
            [("opponent", True), ("advocate", None), (None, True)],
            "3 stakeholders, van 1 is de houding niet bekend, van geen voorstander is bekend of "
            "die aan tafel zit",
        ),
    ],
)
def test_only_what_is_recorded_counts_as_at_the_table(
    people: list[tuple[str | None, bool | None]], words: str
) -> None:
    rows = [person("A", position, takes_part=there) for position, there in people]
    said = stakeholders(dossier(stakeholder=rows))
    assert (said.state, said.words) == (PartState.ATTENTION, words)
    closed = stakeholders(dossier({"state": "closed"}, stakeholder=rows))
    assert closed.state != PartState.ATTENTION


def test_both_kinds_of_voices_are_said_where_neither_is_known() -> None:
    assert absent_voices(dossier(stakeholder=[person("A", "neutral")])) == (
        "Op de kaart staat geen kritische stakeholder",
        "Op de kaart staat geen voorstander",
    )
    both = [person("A", "sceptic", takes_part=True), person("B", "advocate", takes_part=True)]
    assert absent_voices(dossier(stakeholder=both)) == ()


def test_both_voices_at_the_table_settle_it() -> None:
    both = [person("A", "sceptic", takes_part=True), person("B", "advocate", takes_part=True)]
    said = stakeholders(dossier(stakeholder=both))
    assert said.state == PartState.SETTLED
    assert said.words == "2 stakeholders, voor- en tegenstanders zitten aan tafel"
    unplaced = stakeholders(dossier(stakeholder=[*both, person("C", None)]))
    assert (unplaced.state, unplaced.next) == (
        PartState.UNDERWAY,
        "Vraag na wat de houding is van C.",
    )


def test_who_decides_needs_somebody_who_keeps_in_touch() -> None:
    both = [
        person("A", "sceptic", takes_part=True),
        person("B", "advocate", influence="decisive", takes_part=True),
    ]
    said = stakeholders(dossier(stakeholder=both))
    assert (said.state, said.next) == (
        PartState.UNDERWAY,
        "Spreek af wie contact houdt met B.",
    )
    both[1]["contact"] = 7
    assert stakeholders(dossier(stakeholder=both)).state == PartState.SETTLED
