"""What evaluations taught, over all projects: searched, newest first."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import pandas as pd

from borging.domain.dossier import ListDefinition
from borging.domain.wording import count, day, day_and_week, number
from borging.services.dossier.dossier import as_frame
from borging.services.selection import no_projects

HEADINGS = {
    "lessons": "Wat leerden we",
    "code": "Code",
    "project": "Project",
    "unit": "Eenheid",
    "title": "Evaluatie",
    "held_on": "Gehouden op",
    "outcome": "Uitkomst",
    "aim": "Wat wilden we bereiken",
    "measured": "Wat is gemeten",
}
"""Columns of the lessons with their words in a file."""
SEARCHED = ("lessons", "code", "project", "unit", "title", "outcome", "aim", "measured")


@dataclass(frozen=True)
class LessonsView:
    """What the lessons screen shows.

    rows: those found, newest first, with the columns of `HEADINGS` and project_id; held_on is a
    day or None, the rest text or None. any_project: whether the filters leave a project. total:
    lessons before searching.
    """

    title: str
    small_print: str
    rows: pd.DataFrame
    total: int
    any_project: bool


def view(
    items: pd.DataFrame,
    list_definition: ListDefinition,
    projects: pd.DataFrame,
    words: str,
    as_of: date,
    *,
    filtered: bool = False,
) -> LessonsView:
    """Build the view of the lessons of the projects shown that hold every one of some words.

    items: evaluations (see `queries.dossier.items_in`). filtered: projects are left out.
    """
    everything = lessons(items, list_definition, projects, as_of)
    rows = holding(everything, words)
    of = rows["project_id"].nunique()
    return LessonsView(
        title=_finding(len(rows), of, len(everything), words, len(projects), filtered=filtered),
        small_print=f"Peildatum {day_and_week(as_of)} · lessen uit evaluaties die toen gehouden "
        "waren, nieuwste eerst",
        rows=rows,
        total=len(everything),
        any_project=len(projects) > 0,
    )


def lessons(
    items: pd.DataFrame, list_definition: ListDefinition, projects: pd.DataFrame, as_of: date
) -> pd.DataFrame:
    """Return the evaluations with a lesson that were held by a day, newest first.

    One without a day counts, and stands last.
    """
    table = as_frame(items[items["list_key"] == list_definition.key], list_definition)
    learnt = [
        bool(lesson) and (held is None or held <= as_of)
        for lesson, held in zip(table["lessons"], table["held_on"], strict=True)
    ]
    table = table[pd.Series(learnt, index=table.index, dtype=bool)]
    outcomes = list_definition.by_id["outcome"].labels
    named = [outcomes.get(each) if each else None for each in table["outcome"]]
    table = table.assign(
        outcome=pd.Series(named, table.index, object),
        project_id=table["project_id"].astype("Int64"),
    )
    own = projects[["id", "code", "title", "unit"]].rename(
        columns={"id": "project_id", "title": "project"}
    )
    rows = table.merge(own, on="project_id", how="inner")
    newest = [each or date.min for each in rows["held_on"]]
    order = rows.assign(newest=newest).sort_values(["newest", "id"], ascending=False)
    return order.drop(columns="newest").reset_index(drop=True)


def holding(rows: pd.DataFrame, words: str) -> pd.DataFrame:
    """Return the lessons that hold every word, in whatever capitals and accents."""
    wanted = folded(words).split()
    if not wanted:
        return rows
    texts = cast("list[dict[str, Any]]", rows[list(SEARCHED)].to_dict("records"))
    searched = [folded(" ".join(str(each) for each in row.values() if each)) for row in texts]
    keep = [all(word in text for word in wanted) for text in searched]
    return rows[pd.Series(keep, index=rows.index, dtype=bool)]


def folded(text: str) -> str:
    """Return text without capitals and accents: 'Reëel' becomes 'reeel'."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def about(row: dict[str, Any]) -> str:
    """Return the grey line of a lesson: which evaluation, when, and its outcome."""
    held = day(row["held_on"], "dag niet ingevuld")
    outcome = row["outcome"] or "uitkomst niet ingevuld"
    return " · ".join([row["title"], held, outcome])


def _finding(found: int, of: int, total: int, words: str, projects: int, *, filtered: bool) -> str:
    if projects == 0:
        return no_projects(filtered)
    if total == 0:
        return "Nog geen lessen vastgelegd"
    if not words.strip():
        return f"{count(found, 'les', 'lessen')} uit {count(of, 'project', 'projecten')}"
    verb = "past" if found == 1 else "passen"
    return f"{number(found)} van {count(total, 'les', 'lessen')} {verb} bij uw zoekwoorden"
