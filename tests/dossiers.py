"""A dossier to try a rule or a picture on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from borging.domain.dossier import all_lists, load_parts
from borging.services.dossier import Dossier
from borging.settings import DATA

AS_OF = date(2026, 11, 26)
PARTS = load_parts(DATA / "dossier")


def dossier(**lists: list[dict[str, Any]]) -> Dossier:
    """A dossier of nothing but some items; fields that are not named are empty."""
    frames = {}
    for key, each in all_lists(PARTS).items():
        rows = [dict.fromkeys(each.by_id) | row for row in lists.get(key, [])]
        columns = ["id", "project_id", "version", *each.by_id]
        frames[key] = pd.DataFrame(rows, columns=columns, dtype=object)
    nothing = pd.DataFrame()
    return Dossier(AS_OF, {"id": 1}, PARTS, frames, nothing, nothing, nothing, {}, {})
