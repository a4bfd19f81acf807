"""Hard against soft: which share of the fifteen questions is a 'ja', and what says the scan?

A project stands out when the two disagree: at or above the border on one side, below it on the
other. The border of the scan is published; the one of the questions is an aid of this product.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from borging.domain.hard_answers import HardCount
from borging.domain.instruments import Instrument
from borging.domain.wording import count, listed, number
from borging.services import scores
from borging.services.scan.words import threshold_words

SOFT_BEHIND, HARD_BEHIND = "soft", "hard"
"""The side that is behind."""
NOT_ANSWERED = "vijftien vragen niet ingevuld"
NAMED = 8
"""At most this many projects are named in a sentence."""
BORDER_WORDS = "50 % ja is een hulplijn van ons: de helft van de vragen, geen norm"


@dataclass(frozen=True)
class HardSoft:
    """Hard against soft of the active projects.

    Attributes:
        points: one row per project with both: project_id, code, title, share (% of the questions
            that apply), hard (the counts in words), total, n, behind ('soft', 'hard' or '').
        table: one row per active project, with the columns of points and side (the words for
            behind); rounded as shown, NaN for what is not measured.
        unanswered: codes of the projects without an answer to any question.
        note: the small print of the chart.
    """

    points: pd.DataFrame
    table: pd.DataFrame
    unanswered: tuple[str, ...]
    note: str

    def behind(self, side: str) -> int:
        """Return how many projects are behind on a side."""
        return int((self.points["behind"] == side).sum())

    @property
    def in_words(self) -> str:
        """The chart as text."""
        sides = ((SOFT_BEHIND, "Draagvlak", "total"), (HARD_BEHIND, "Wat is afgesproken", "share"))
        said = [
            _behind_words(self.points[self.points["behind"] == side].sort_values(order), subject)
            for side, subject, order in sides
            if self.behind(side)
        ]
        drawn = count(len(self.points), "project", "projecten")
        return " ".join(
            [
                f"Vijftien vragen tegen scan voor {drawn}.",
                *(said or ["Geen uitschieters."]),
                *([_unanswered_words(self.unanswered)] if self.unanswered else []),
            ]
        )


def hard_soft(
    active: pd.DataFrame,
    totals: pd.DataFrame,
    counts: Mapping[int, HardCount],
    instrument: Instrument,
) -> HardSoft:
    """Hold the answers of active projects against their scans.

    Args:
        active: the active projects.
        totals: see `scores.project_totals`.
        counts: see `hard_side.hard_counts`.
    """
    table = _table(active, totals, counts)
    points = table.dropna(subset=["total", "share"]).reset_index(drop=True)
    unanswered = tuple(table.loc[~table["project_id"].isin(list(counts)), "code"])
    note = _note(points, table, unanswered, instrument)
    return HardSoft(points, _as_shown(table), unanswered, note)


def _table(
    active: pd.DataFrame, totals: pd.DataFrame, counts: Mapping[int, HardCount]
) -> pd.DataFrame:
    """Return a row per active project with its answers and its scan, in the order given."""
    rows = active[["id", "code", "title"]].rename(columns={"id": "project_id"})
    rows = rows.join(totals[["total", "n", "reaches"]], on="project_id").reset_index(drop=True)
    own = [counts.get(each) for each in rows["project_id"].tolist()]
    shares = [each.share if each else None for each in own]
    rows["share"] = pd.Series(
        [None if each is None else float(100 * each) for each in shares],
        rows.index,
        dtype="float64",
    )
    rows["hard"] = [_in_words(each) for each in own]
    rows["behind"] = [
        _behind(found, reaches, total)
        for found, reaches, total in zip(own, rows["reaches"], rows["total"], strict=True)
    ]
    return rows.drop(columns="reaches")


def _behind(found: HardCount | None, reaches: bool, total: float) -> str:
    """Return the side that is behind, '' for none or when one of them is not measured."""
    if found is None or found.share is None or pd.isna(total) or found.reaches_half == reaches:
        return ""
    return SOFT_BEHIND if found.reaches_half else HARD_BEHIND


def _as_shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table for the screen and for a file."""
    sides = {SOFT_BEHIND: "draagvlak", HARD_BEHIND: "afspraken"}
    shown = scores.as_shown(table, ["share", "total"])
    return shown.assign(side=[sides.get(each, "") for each in table["behind"]])


def _in_words(found: HardCount | None) -> str:
    """Return how many questions have a 'ja': '9 van 15 ja, 4 open'."""
    if found is None:
        return "niet ingevuld"
    open_words = f", {number(found.open)} open" if found.open else ""
    return f"{number(found.yes)} van {number(found.asked)} ja{open_words}"


def _note(
    points: pd.DataFrame, table: pd.DataFrame, unanswered: tuple[str, ...], instrument: Instrument
) -> str:
    parts = [f"n = {count(len(points), 'project', 'projecten')} met scan en vragen"]
    unmeasured = int(table["n"].isna().sum())
    missing = [f"scan bij {number(unmeasured)}"] if unmeasured else []
    if unanswered:
        missing.append(f"{NOT_ANSWERED} bij {number(len(unanswered))}")
    if missing:
        parts.append(f"niet gemeten, dus niet getekend: {listed(missing)}")
    known = table["n"].notna() & ~table["code"].isin(unanswered)
    if rest := int(known.sum()) - len(points):
        parts.append(f"{number(rest)} zonder volledig totaal of zonder vraag die van toepassing is")
    parts += [
        "alle resultaten samen; een vraag zonder antwoord is geen ‘ja’, n.v.t. telt niet mee",
        BORDER_WORDS,
        threshold_words(instrument),
        "geen organisatiescore, geen rangorde van teams",
    ]
    return " · ".join(parts)


def _behind_words(rows: pd.DataFrame, subject: str) -> str:
    """Name the first projects that are behind, each with both figures."""
    named = [
        f"{code} ({hard}, {number(total, 1)} punten)"
        for code, hard, total in zip(rows["code"], rows["hard"], rows["total"], strict=True)
    ][:NAMED]
    more = f" en nog {number(len(rows) - NAMED)}" if len(rows) > NAMED else ""
    return f"{subject} blijft achter bij {', '.join(named) if more else listed(named)}{more}."


def _unanswered_words(codes: tuple[str, ...]) -> str:
    """Name the projects without answers, with their number."""
    more = f" en nog {number(len(codes) - NAMED)}" if len(codes) > NAMED else ""
    return (
        f"{NOT_ANSWERED.capitalize()} bij {number(len(codes))}: {', '.join(codes[:NAMED])}{more}."
    )
