"""Which groups must work in another way, how large they are, and how far they have come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from borging.domain.dossier_summary import PartState, PartSummary
from borging.domain.wording import count, day, listed
from borging.services.dossier.dossier import Dossier

STAGES = {"knows": "weet", "can": "kan", "does": "doet", "natural": "vanzelf"}
"""From the middle of the circle outwards."""
DOES = 3
UNKNOWN_STAGE = "nog niet bekend hoe ver"
STALE = timedelta(days=183)
"""After half a year how far a group is has to be looked at again."""
MOST_NAMED = 3


@dataclass(frozen=True)
class Sector:
    """One group in the circle.

    number: its place, from 1. people: None when unknown; the sector is then as wide as that of
    an average group. start, share: of the whole circle, 0 up to and including 1. stage: 1 (weet)
    up to and including 4 (vanzelf), None when it is not known.
    """

    number: int
    name: str
    people: int | None
    start: float
    share: float
    stage: int | None
    seen_on: date | None

    @property
    def size(self) -> str:
        """How many people, in words."""
        return "aantal onbekend" if self.people is None else count(self.people, "mens", "mensen")

    @property
    def reached(self) -> str:
        """How far the group is, in words."""
        return UNKNOWN_STAGE if self.stage is None else list(STAGES.values())[self.stage - 1]

    @property
    def words(self) -> str:
        """All of it, without the name."""
        seen = f", vastgesteld op {day(self.seen_on)}" if self.stage and self.seen_on else ""
        return f"{self.size}; {self.reached}{seen}"


def sectors(dossier: Dossier) -> tuple[Sector, ...]:
    """Return the groups clockwise from the top, each by its number of people."""
    rows = dossier.rows("anchoring_group")
    sizes = [_people(row) for row in rows]
    known = [size for size in sizes if size]
    average = sum(known) / len(known) if known else 1.0
    widths = [average if size is None else max(size, average / 20) for size in sizes]
    whole, start, made = sum(widths), 0.0, []
    for number, (row, size, width) in enumerate(zip(rows, sizes, widths, strict=True), start=1):
        share = width / whole
        made.append(
            Sector(number, row["name"], size, start, share, _stage(row["stage"]), row["seen_on"])
        )
        start += share
    return tuple(made)


def _people(row: Mapping[str, Any]) -> int | None:
    return None if row["people"] is None else int(row["people"])


def _stage(stage: str | None) -> int | None:
    return list(STAGES).index(stage) + 1 if stage in STAGES else None


def anchoring(dossier: Dossier) -> PartSummary:
    """Ask first for what is not known, then for who is behind, then for a fresh look."""
    groups = sectors(dossier)
    if not groups:
        return PartSummary(
            PartState.EMPTY,
            "nog geen groep in kaart",
            "Begin met de groep die er het meest mee werkt.",
        )
    behind = [group for group in groups if group.stage is not None and group.stage < DOES]
    unknown = [group for group in groups if group.stage is None]
    state = PartState.UNDERWAY
    doing = sum(group.stage is not None and group.stage >= DOES for group in groups)
    verb = "doet" if doing == 1 else "doen"
    words = f"{doing} van {count(len(groups), 'groep', 'groepen')} {verb} het"
    if handed_over(dossier) and (behind or unknown):
        state = PartState.ATTENTION
        words = f"al overgedragen, nog maar {words}"
    if unknown:
        return PartSummary(state, words, f"Vraag na hoe ver dit is bij {_names(unknown)}.")
    if behind:
        return PartSummary(
            state, words, f"Spreek af wat nodig is om het te gaan doen bij {_names(behind)}."
        )
    stale = [g for g in groups if g.seen_on is None or dossier.as_of - g.seen_on > STALE]
    if stale:
        return PartSummary(
            PartState.UNDERWAY,
            words,
            f"Kijk opnieuw hoe ver het is bij {_names(stale)}: daar is dat het laatste half jaar "
            "niet vastgesteld.",
        )
    return PartSummary(PartState.SETTLED, words)


def handed_over(dossier: Dossier) -> bool:
    """Say whether any result of the project has been handed over."""
    days = pd.to_datetime(dossier.results["handed_over_on"])
    return bool((days <= pd.Timestamp(dossier.as_of)).any())


def _names(groups: list[Sector]) -> str:
    named = [group.name for group in groups[:MOST_NAMED]]
    rest = len(groups) - len(named)
    return listed([*named, count(rest, "andere groep", "andere groepen")] if rest else named)
