"""Phases whose dates were reckoned from a start and an end, and that nobody confirmed yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from borging.domain.terms import Phase, PhaseStatus
from borging.domain.wording import count, listed


@dataclass(frozen=True)
class Proposal:
    """The proposed phases of one project.

    words: how many they are and what that means. question: what must be asked because the
    proposal lies in the past, '' when it does not. seen: id of each phase to its version.
    """

    words: str
    question: str
    seen: Mapping[int, int]


def proposal(phases: pd.DataFrame, as_of: date) -> Proposal | None:
    """Return the proposal among the phases of one project, None without any.

    phases: with their status.
    """
    own = phases[phases["status"] == PhaseStatus.PROPOSED]
    if own.empty:
        return None
    are = "fase is een" if len(own) == 1 else "fasen zijn een"
    words = (
        f"{len(own)} {are} voorstel, uitgerekend uit begin en overdracht en nog niet bevestigd. "
        "Een voorstel telt nergens als te laat."
    )
    seen = dict(zip(own["id"].astype(int), own["version"].astype(int), strict=True))
    return Proposal(words, _question(own, as_of), seen)


def _question(own: pd.DataFrame, as_of: date) -> str:
    """Ask what really began of the phases that the proposal has begin before a day."""
    past = own[own["planned_start"] < pd.Timestamp(as_of)]
    if past.empty:
        return ""
    order = [phase for phase in Phase if phase.value in set(past["phase"])]
    names = listed([phase.label for phase in order])
    verb = "zou" if len(order) == 1 else "zouden"
    return (
        f"Volgens het voorstel {verb} {names} al begonnen zijn. Vul bij Begonnen en Afgerond in "
        "wat echt gebeurde; wat leeg blijft, telt na het bevestigen als te laat."
    )


def proposals(counted: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return one row per project with proposed phases; see `PhaseStatusView`.

    counted: phases with project_id, project and status.
    """
    own = counted[counted["status"] == PhaseStatus.PROPOSED]
    rows = []
    for _, part in own.groupby("project_id", sort=False):
        found = proposal(part, as_of)
        assert found is not None
        name = part["project"].iloc[0]
        words = f"{name} ({count(len(part), 'fase', 'fasen')})"
        rows.append((int(part["project_id"].iloc[0]), name, words, found.seen))
    columns = ["project_id", "project", "words", "seen"]
    return pd.DataFrame(rows, columns=columns, dtype=object)
