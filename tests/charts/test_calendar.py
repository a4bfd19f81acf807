from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from borging.charts.calendar import calendar
from borging.charts.calendar_frame import DAY as MILLISECONDS
from borging.charts.calendar_rows import THIN
from borging.charts.template import Look
from borging.services.calendar.view import Asked
from borging.services.calendar.weeks import LINE
from tests.services.calendar.test_view import build, filled

__all__ = ["filled"]
LOOKS = [Look(dark, narrow) for dark in (False, True) for narrow in (False, True)]


@pytest.mark.parametrize("look", LOOKS)
def test_every_bar_and_every_handover_of_the_page_is_drawn(filled: Engine, look: Look) -> None:
    view = build(filled)
    rows = view.page(1)
    figure = calendar(view, rows, look)
    bars = [t for t in figure.data if t.type == "bar" and t.yaxis == "y3"]
    assert sum(len(t.y) for t in bars) == len(rows.bars)
    diamonds = [t for t in figure.data if t.type == "scatter" and t.yaxis == "y3"]
    assert sum(len(t.x) for t in diamonds) == len(rows.moments)
    names = [a.text for a in figure.layout.annotations]
    assert sum("▾" in name for name in names) == len({line.group for line in rows.lines})


def test_a_bar_holds_its_last_day(filled: Engine) -> None:
    view = build(filled)
    rows = view.page(1)
    for trace in calendar(view, rows, Look()).data:
        if trace.type != "bar" or trace.yaxis != "y3" or not len(trace.x):
            continue
        bar = rows.bars[rows.bars["words"].str.replace("\n", "<br>") == trace.text[0]].iloc[0]
        assert trace.x[0] == ((bar["last"] - bar["first"]).days + 1) * MILLISECONDS


def test_the_overview_stacks_what_the_view_counts(filled: Engine) -> None:
    view = build(filled)
    traces = {t.name: t for t in calendar(view, view.page(1), Look()).data if t.yaxis == "y2"}
    assert list(traces["Integratie"].y) == view.overview.running["integration"].tolist()
    assert list(traces["bij de lijn"].y)[:-1] == view.overview.running[LINE].tolist()
    assert max(view.overview.running[LINE]) > 0


def test_what_the_line_carries_is_thin_and_a_proposal_is_hatched(filled: Engine) -> None:
    view = build(filled)
    rows = view.page(1)
    bars = rows.bars[~rows.bars["overlap"]].copy()
    bars["status"] = ["proposed", *bars["status"][1:]]
    figure = calendar(view, replace(rows, bars=bars), Look())
    drawn = [t for t in figure.data if t.type == "bar" and t.yaxis == "y3" and len(t.x)]
    thin = {words for t in drawn for words, w in zip(t.text, t.width, strict=True) if w == THIN}
    expected = bars.loc[bars["by_line"], "words"].str.replace("\n", "<br>")
    assert thin == set(expected) != set()
    assert all("de lijn draagt" in words for words in thin)
    assert [len(t.x) for t in drawn if t.marker.pattern.shape] == [1]


def test_folded_groups_and_an_empty_page_are_drawn(filled: Engine, tmp_path: Path) -> None:
    folded = build(filled, Asked(folded=True))
    figure = calendar(folded, folded.page(1), Look())
    assert sum("▸" in a.text for a in figure.layout.annotations) == len(folded.lines)
    nothing = build(filled, code="bestaat niet")
    assert calendar(nothing, nothing.page(1), Look()).layout.height > 0
