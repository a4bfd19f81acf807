"""The trees around projects (units, goals) and the people."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
from sqlalchemy import Connection, Engine, func, select

from borging.domain.terms import GoalKind, UnitKind
from borging.store.queries.frames import frame
from borging.store.tables import Record

T = Record.metadata.tables


def units(source: Engine | Connection) -> pd.DataFrame:
    """Parts of the organisation; columns id, name, kind, parent_id, label, location, team.

    label is the path without the organisation ('De Linde › Team Noord'); location and team
    are the names on the path, None where the path has none.
    """
    table = _tree(source, "unit", "name")
    rows = []
    for path in _paths(table):
        named = [node["name"] for node in path if node["kind"] != UnitKind.ORGANISATION]
        by_kind = {node["kind"]: node["name"] for node in path}
        label = " › ".join(named) or path[-1]["name"]
        rows.append((label, by_kind.get(UnitKind.LOCATION), by_kind.get(UnitKind.TEAM)))
    table[["label", "location", "team"]] = pd.DataFrame(
        rows, columns=["label", "location", "team"], index=table.index, dtype=object
    )
    return table.sort_values("label", ignore_index=True)


def goals(source: Engine | Connection) -> pd.DataFrame:
    """The goal tree; columns id, title, kind, parent_id, legal_deadline, version,
    theme_id, theme.

    theme is the nearest theme on the way up, the node itself included; None above the themes.
    """
    table = _tree(source, "goal", "title")
    themes = [
        next((node for node in reversed(path) if node["kind"] == GoalKind.THEME), None)
        for path in _paths(table)
    ]
    table["theme_id"] = pd.array([node and node["id"] for node in themes], dtype="Int64")
    table["theme"] = pd.Series(
        [node and node["title"] for node in themes], index=table.index, dtype=object
    )
    return table


def people(source: Engine | Connection) -> pd.DataFrame:
    """Everybody who can be named, by name; columns id, name, role, unit_id."""
    person = T["person"]
    return frame(
        source,
        select(person.c.id, person.c.name, person.c.role, person.c.unit_id)
        .where(person.c.deleted_at.is_(None))
        .order_by(person.c.name, person.c.id),
    )


def add_structure(connection: Connection, projects: pd.DataFrame) -> pd.DataFrame:
    """Return the projects with unit, location, team, goal, theme_id and theme beside their ids."""
    unit = units(connection).set_index("id")[["label", "location", "team"]]
    goal = goals(connection).set_index("id")[["title", "theme_id", "theme"]]
    return projects.join(unit.rename(columns={"label": "unit"}), on="unit_id").join(
        goal.rename(columns={"title": "goal"}), on="goal_id"
    )


def _tree(source: Engine | Connection, name: str, order: str) -> pd.DataFrame:
    table = T[name]
    columns = [c for c in table.c if c.name not in ("source", "deleted_at")]
    return frame(
        source, select(*columns).where(table.c.deleted_at.is_(None)).order_by(table.c[order])
    )


def _paths(table: pd.DataFrame) -> list[list[dict[str, Any]]]:
    """Return for every row the nodes from the root down to the row itself."""
    rows = cast("list[dict[str, Any]]", table.astype(object).to_dict("records"))
    nodes = {row["id"]: row for row in rows}
    paths = []
    for start in nodes:
        path: list[dict[str, Any]] = []
        node: dict[str, Any] | None = nodes[start]
        while node is not None and node not in path:
            path.append(node)
            node = nodes.get(node["parent_id"]) if node["parent_id"] is not pd.NA else None
        paths.append(path[::-1])
    return paths


def newest_change(engine: Engine) -> int:
    """Return the newest entry of the history about the goal tree; 0 when there is none."""
    audit = T["audit_entry"]
    with engine.connect() as connection:
        found = select(func.max(audit.c.id)).where(audit.c.entity == "goal")
        return connection.execute(found).scalar() or 0
