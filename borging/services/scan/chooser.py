"""For which project does somebody want to see or answer the borgingsscan?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from borging.domain.terms import ScanKind
from borging.domain.wording import count, day_and_week, number
from borging.services import scores
from borging.services.selection import no_projects


@dataclass(frozen=True)
class Chosen:
    """The one project that an address names."""

    id: int
    code: str
    title: str


@dataclass(frozen=True)
class Chooser:
    """The projects to choose from, in the order of their code.

    table: one row per project; columns id, code, title, unit, scanned_on (NaT when not
    measured), who (text) and total (points, NaN when not measured or without total).
    """

    title: str
    small_print: str
    table: pd.DataFrame

    def found(self, words: str) -> pd.DataFrame:
        """Return the rows that hold every word, ignoring case, in code, title or unit."""
        text = (
            self.table["code"] + " " + self.table["title"] + " " + self.table["unit"].fillna("")
        ).str.casefold()
        keep = pd.Series(True, index=self.table.index)
        for word in words.casefold().split():
            keep &= text.str.contains(word, regex=False).astype(bool)
        return self.table[keep]


def find(projects: pd.DataFrame, asked: str | None) -> Chosen | None:
    """Return the project whose id is in an address; None when there is none."""
    if asked is None or not (asked.isascii() and asked.isdecimal()):
        return None
    own = projects[projects["id"] == int(asked)] if len(asked) < 19 else projects[:0]
    if own.empty:
        return None
    row = own.iloc[0]
    return Chosen(int(row["id"]), row["code"], row["title"])


def choices(
    projects: pd.DataFrame,
    scans: pd.DataFrame,
    as_of: date,
    *,
    filtered: bool = False,
) -> Chooser:
    """List the projects with their newest scan; `scans` as `scores.with_scores` gives them.

    filtered: there are projects that a filter leaves out.
    """
    totals = scores.project_totals(scans)
    table = projects[["id", "code", "title", "unit"]].join(totals, on="id")
    joint = table["kind"] == ScanKind.JOINT.value
    table["who"] = [
        "niet gemeten" if pd.isna(n) else ScanKind.JOINT.label if together else f"n = {int(n)}"
        for n, together in zip(table["n"], joint, strict=True)
    ]
    table["scanned_on"] = pd.to_datetime(table["scanned_on"]).astype("datetime64[us]")
    table["total"] = table["total"].astype("float64")
    measured = int(table["n"].notna().sum())
    return Chooser(
        title=finding(len(table), measured, filtered=filtered),
        small_print=f"Peildatum {day_and_week(as_of)} · nieuwste scan die te tonen is · "
        "geen oordeel over teams: elke scan gaat over één project",
        table=scores.as_shown(
            table[["id", "code", "title", "unit", "scanned_on", "who", "total"]], ["total"]
        ),
    )


def finding(projects: int, measured: int, *, filtered: bool = False) -> str:
    """Return the title of the chooser."""
    if projects == 0:
        return no_projects(filtered)
    if measured == 0:
        return f"Nog geen borgingsscan bij {count(projects, 'project', 'projecten')}"
    if measured == projects:
        every = "Het ene project heeft" if projects == 1 else f"Alle {number(projects)} projecten"
        return f"{every}{'' if projects == 1 else ' hebben'} een borgingsscan"
    have = "heeft" if measured == 1 else "hebben"
    return f"{number(measured)} van {number(projects)} projecten {have} een borgingsscan"
