"""No figure, table or file of the scan screens carries more digits than are shown."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from borging.store import database
from borging.store.queries import scans
from borging.ui import tables
from tests.pages.conftest import Visit
from tests.scans import NHS

DATA = ("x", "y", "z", "r", "text", "hovertext", "customdata", "error_x", "error_y", "base", "ids")
"""What of a trace holds figures; the rest is layout."""
BORDER = re.compile("55: (geeft )?reden tot optimisme")
SHARE = 4
"""Decimals of a share in a stacked bar (see `rounding.shares`); everything else has at most two."""
CORRELATIONS = ("rho", "low", "high")
"""Columns with two decimals; every other figure of a table has at most one."""
LONG = re.compile(r"\d[.,]\d{4,}")
"""A text is drawn as it is; chances have three decimals."""


def numbers(value: Any) -> Iterator[float | str]:
    """Return every number and text of a part of a figure, packed ones too."""
    if isinstance(value, dict) and "bdata" in value:
        yield from np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"]).tolist()
    elif isinstance(value, dict):
        for each in value.values():
            yield from numbers(each)
    elif isinstance(value, list):
        for each in value:
            yield from numbers(each)
    elif isinstance(value, float | str):
        yield value


def too_long(found: float | str, decimals: int) -> bool:
    if isinstance(found, str):
        return bool(LONG.search(re.sub(r"<[^>]*>|#\w+", "", found)))
    return bool(np.isfinite(found)) and round(found, decimals) != found


def wrong_in(app: AppTest) -> list[str]:
    """Return where a chart or table of a screen has a figure with too many digits."""
    wrong = []
    for chart in app.get("plotly_chart"):
        for trace in json.loads(chart.proto.spec)["data"]:
            for name in DATA:
                decimals = SHARE if trace["type"] == "bar" and name in ("x", "y", "base") else 2
                wrong += [
                    f"{chart.proto.id} {trace['type']} {trace.get('name')} {name}: {each}"
                    for each in numbers(trace.get(name))
                    if too_long(each, decimals)
                ]
    for table in app.dataframe:
        wrong += wrong_in_rows(table.proto.id, table.value)
    return wrong


def wrong_in_rows(place: str, rows: pd.DataFrame) -> list[str]:
    """Return the figures of a table with more decimals than are shown."""
    return [
        f"{place} {name}: {each}"
        for name in rows
        for each in rows[name]
        if isinstance(each, float | str)
        and not pd.isna(each)
        and too_long(each, 2 if name in CORRELATIONS else 1)
    ]


def scanned(url: str) -> tuple[list[int], list[int]]:
    """Return the projects with a scan that may be shown, and a part of their rounds."""
    with database.engine_for(url).connect() as connection:
        found = scans.readable(NHS.key)
        rows = connection.execute(select(found.c.scan_id, found.c.project_id)).all()
    return sorted({project for _, project in rows}), sorted(scan for scan, _ in rows)[::6]


def test_no_chart_table_or_file_of_a_scan_has_digits_that_are_not_shown(
    visit: Visit, example_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: list[tuple[str, pd.DataFrame]] = []

    def kept(rows: pd.DataFrame, headings: Any, content: str, _screen: Any) -> None:
        files.append((content, rows[[each for each in headings if each in rows]]))

    monkeypatch.setattr(tables, "excel_button", kept)
    projects, rounds = scanned(example_url)
    opened = {"cijfers": "true", "verschillen": "true"}
    visits = [("borgingsscan", {"id": str(each), **opened}) for each in projects]
    visits += [("bespreken", {"scan": str(each)}) for each in rounds]
    few, many = projects[:2], projects[:5]
    visits += [("vergelijken", {"ids": ",".join(map(str, each))}) for each in (few, many)]
    visits += [("portfolio", {"verdeling": "true", "vragen_en_scan": "true"})]
    charts = 0
    wrong: list[str] = []
    bordered: set[str] = set()
    for screen, query in visits:
        app = visit(screen, example_url, **query)
        assert not app.exception
        charts += len(app.get("plotly_chart"))
        said = " ".join(each.value for each in app.markdown).replace("\\", "")
        if any(BORDER.search(chart.proto.spec) for chart in app.get("plotly_chart")):
            bordered.add(screen)
            assert f"bron: {NHS.source} · status van de grens: gezien" in said
        wrong += [f"{screen} {query} {each}" for each in wrong_in(app)]
    assert charts > 100
    assert bordered == {"borgingsscan", "portfolio"}
    assert len(files) > len(projects)
    wrong += [each for content, rows in files for each in wrong_in_rows(content, rows)]
    assert "\n".join(sorted({re.sub(r"\d{3,}", "#", each) for each in wrong})) == ""
