"""Dossiers of one project for tests, without a database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from borging.domain.dossier import all_lists, load_parts
from borging.services.dossier import Dossier
from borging.settings import DATA

AS_OF = date(2026, 11, 26)
PARTS = load_parts(DATA / "dossier")
LISTS = all_lists(PARTS)


def dossier(
    as_of: date = AS_OF,
    project: Mapping[str, Any] | None = None,
    people: Mapping[int, str] | None = None,
    **lists: list[dict[str, Any]],
) -> Dossier:
    """A dossier of nothing but some items, numbered from 1 per list; other fields are empty."""
    frames = {}
    for key, each in LISTS.items():
        rows = [
            {"id": number, "project_id": 1, "version": 1, **dict.fromkeys(each.by_id)} | row
            for number, row in enumerate(lists.get(key, []), start=1)
        ]
        columns = ["id", "project_id", "version", *each.by_id]
        frames[key] = pd.DataFrame(rows, columns=columns, dtype=object)
    nothing = pd.DataFrame()
    return Dossier(
        as_of,
        {"id": 1} | dict(project or {}),
        PARTS,
        frames,
        nothing,
        nothing,
        nothing,
        people or {},
        {},
    )
