"""The goal tree as rows: full bars with numbers, and words for what has no project."""

from __future__ import annotations

import pytest

from borging.charts.goal_tree import goal_tree
from borging.charts.template import Look
from tests.services.goals.test_tree import AS_OF as DAY
from tests.services.goals.test_tree import goals, projects, tree, view


@pytest.mark.parametrize("look", [Look(), Look(dark=True), Look(narrow=True)])
def test_every_bar_is_full_and_holds_its_numbers(look: Look) -> None:
    found = tree({"goal_id": 3}, {"goal_id": 3, "phase_label": "Overdracht"}, {"goal_id": 2})
    figure = goal_tree(found.branches, look)
    phases = {bar.name: bar for bar in figure.data if bar.type == "bar" and bar.name}
    assert list(phases) == ["integratie", "overdracht"]
    widths = [sum(pair) for pair in zip(*(bar.x for bar in phases.values()), strict=True)]
    assert widths == pytest.approx([46 if look.narrow else 26] * 3)
    assert list(phases["integratie"].text) == ["2", "2", "1"]


def texts(figure: object) -> list[str]:
    return [
        word
        for trace in figure.data  # type: ignore[attr-defined]
        if trace.type == "scatter"
        for word in trace.text
        if word
    ]


def test_a_goal_without_project_says_so_and_one_outside_the_filter_says_that() -> None:
    everything = projects({"goal_id": 3})
    found = view(goals(), everything[:0], everything, DAY, filtered=True)
    said = texts(goal_tree(found.branches, Look()))
    assert said.count("◆ geen project") == 1
    assert said.count("geen project in de selectie") == 3


def test_what_people_wrote_is_not_markup() -> None:
    found = view(goals((1, "<b>x</b>", "goal", None)), projects(), projects(), DAY)
    assert "&lt;b&gt;x&lt;/b&gt;" in texts(goal_tree(found.branches, Look()))
