"""Which projects share people, units or functions: they ask the same ones at the same time.

Looked at are projects that are under way or planned, and the weeks from the day on.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from borging.domain.periods import Week
from borging.domain.wording import number
from borging.services import stages

ROLES = {"project_lead": "projectleider", "owner": "eigenaar", "sponsor": "opdrachtgever"}
COLUMNS = ["what", "name", "n", "projects", "when"]


def shared(
    projects: pd.DataFrame, needs: pd.DataFrame, functions: pd.DataFrame, as_of: date
) -> pd.DataFrame:
    """Return what two or more of the projects share, people first, by name.

    needs, functions: as `queries.capacity`. Columns: what (person, unit or function, in Dutch),
    name, n (projects), projects (their codes), when (weeks, '' for always).
    """
    active = projects[projects["state"].isin(stages.ACTIVE)]
    codes = dict(zip(active["id"], active["code"], strict=True))
    rows = [*_people(active), *_units(active), *_functions(codes, needs, functions, as_of)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _people(active: pd.DataFrame) -> list[tuple[str, str, int, str, str]]:
    """Return the people in more projects than one; who shares a name stays another person."""
    held: dict[tuple[str, int], dict[str, list[str]]] = {}
    for column, role in ROLES.items():
        named = active[active[column].notna()]
        for name, person_id, code in zip(
            named[column], named[f"{column}_id"], named["code"], strict=True
        ):
            held.setdefault((name, int(person_id)), {}).setdefault(code, []).append(role)
    rows = []
    for (name, _id), found in sorted(held.items()):
        if len(found) > 1:
            roles = sorted({role for each in found.values() for role in each})
            rows.append((f"persoon ({', '.join(roles)})", name, len(found), _listed(found), ""))
    return rows


def _units(active: pd.DataFrame) -> list[tuple[str, str, int, str, str]]:
    named = active[active["unit"].notna()]
    return [
        ("eenheid", str(unit), len(codes), _listed(codes), "")
        for unit, codes in named.groupby("unit", sort=True)["code"]
        if len(codes) > 1
    ]


def _functions(
    codes: dict[int, str], needs: pd.DataFrame, functions: pd.DataFrame, as_of: date
) -> list[tuple[str, str, int, str, str]]:
    """Return the functions of which projects ask hours in the same week, with those weeks."""
    names = dict(zip(functions["id"], functions["name"], strict=True))
    last = needs["last"] >= pd.Timestamp(as_of)
    own = needs[needs["project_id"].isin(list(codes)) & last]
    rows = []
    for function_id, asked in own.groupby("function_id"):
        meeting, first, until = _same_weeks(asked, as_of)
        if meeting and first and until and function_id in names:
            words = f"{_week(first)} – {_week(until)}" if until > first else _week(first)
            held = [codes[each] for each in meeting]
            rows.append(("functie", names[function_id], len(held), _listed(held), words))
    return sorted(rows, key=lambda row: row[1])


def _same_weeks(asked: pd.DataFrame, as_of: date) -> tuple[set[int], Week | None, Week | None]:
    """Return the projects that meet in some week, and the first and last week in which any do."""
    turns: dict[Week, list[tuple[int, int]]] = {}
    for project_id, start, end in zip(
        asked["project_id"], asked["first"], asked["last"], strict=True
    ):
        turns.setdefault(Week.of(max(start.date(), as_of)), []).append((project_id, 1))
        turns.setdefault(Week.of(end.date()).plus(1), []).append((project_id, -1))
    held: dict[int, int] = {}
    meeting: set[int] = set()
    first: Week | None = None
    until: Week | None = None
    before: Week | None = None
    for week in sorted(turns):
        if before is not None and len(held) > 1:
            meeting |= held.keys()
            first, until = first or before, week.plus(-1)
        for project_id, turn in turns[week]:
            held[project_id] = held.get(project_id, 0) + turn
        held = {each: n for each, n in held.items() if n}
        before = week
    return meeting, first, until


def _week(week: Week) -> str:
    return f"{week.label} {week.year}"


def _listed(codes: object) -> str:
    found = sorted(str(each) for each in codes)  # type: ignore[attr-defined]
    more = len(found) - MOST
    return ", ".join(found[:MOST]) + (f" en {number(more)} andere" if more > 0 else "")


MOST = 12
"""Codes that are written out."""
