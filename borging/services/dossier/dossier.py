"""The dossier of one project: its lists as frames, and what else its rules look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, cast

import pandas as pd

from borging.domain.dossier import ListDefinition, Part, all_lists
from borging.domain.dossier_values import from_json
from borging.domain.handover import RESULT
from borging.domain.terms import ProjectState
from borging.services.dossier.days import as_known_on
from borging.services.stages import dates_of


@dataclass(frozen=True, eq=False)
class Dossier:
    """Everything about one project that its parts show and its rules judge.

    project: its row of `load.projects`, None for what is missing. lists: per list a frame with
    id, version and a column per field (object: plain values, None for what was not filled in),
    one row per item. results, phases, residual_items: those of the project, as the queries give
    them. people, units: id to name. questions: ids of the hard questions.
    """

    as_of: date
    project: Mapping[str, Any]
    parts: tuple[Part, ...]
    lists: Mapping[str, pd.DataFrame]
    results: pd.DataFrame
    phases: pd.DataFrame
    residual_items: pd.DataFrame
    people: Mapping[int, str]
    units: Mapping[int, str]
    questions: tuple[str, ...]

    @property
    def project_id(self) -> int:
        """Id of the project."""
        return int(self.project["id"])

    @property
    def state(self) -> ProjectState:
        """State of the project."""
        return ProjectState(self.project["state"])

    @property
    def end(self) -> date | None:
        """Last day of the project, None when it is not known."""
        end = self.project.get("end")
        return None if end is None or pd.isna(end) else pd.Timestamp(end).date()

    def rows(self, key: str) -> Sequence[Mapping[str, Any]]:
        """Return the items of a list as known on the day, as plain dictionaries, oldest first."""
        return self._rows[key]

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        return {
            key: [as_known_on(key, row, self.as_of) for row in _records(table)]
            for key, table in self.lists.items()
        }

    @cached_property
    def result_rows(self) -> pd.DataFrame:
        """The results as the items of a list: id, version and the fields of `RESULT`."""
        table = self.results[["id", "version", *RESULT.by_id]].astype(object)
        table = table.where(table.notna(), None)
        for name in ("agreed_on", "handed_over_on"):
            table[name] = pd.Series(dates_of(self.results[name]), table.index, object)
        return table.reset_index(drop=True)

    @cached_property
    def given_results(self) -> Sequence[Mapping[str, Any]]:
        """The results as plain dictionaries, with the columns of `result_rows`."""
        return _records(self.result_rows)

    def only(self, key: str) -> Mapping[str, Any] | None:
        """Return the item of a list that has one at most, None when there is none."""
        rows = self.rows(key)
        return rows[0] if rows else None


def dossier(
    projects: pd.DataFrame,
    project_id: int,
    parts: tuple[Part, ...],
    items: pd.DataFrame,
    results: pd.DataFrame,
    phases: pd.DataFrame,
    residual_items: pd.DataFrame,
    people: pd.DataFrame,
    units: pd.DataFrame,
    questions: tuple[str, ...],
    as_of: date,
) -> Dossier | None:
    """Put the dossier of one project together; None when there is no project with this id.

    items: those of the project (see `queries.dossier.items_of`).
    """
    own = projects[projects["id"] == project_id]
    if own.empty:
        return None
    row = own.astype(object).where(own.notna(), None).iloc[0]
    return Dossier(
        as_of=as_of,
        project=cast("dict[str, Any]", row.to_dict()),
        parts=parts,
        lists=as_frames(items, all_lists(parts).values()),
        results=results[results["project_id"] == project_id],
        phases=phases[phases["project_id"] == project_id],
        residual_items=residual_items[residual_items["project_id"] == project_id],
        people=_named(people, "name"),
        units=_named(units, "label"),
        questions=questions,
    )


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", table.to_dict("records")) if len(table) else []


def as_frames(
    items: pd.DataFrame, definitions: Iterable[ListDefinition]
) -> dict[str, pd.DataFrame]:
    """Return the items of each list by its key (see `as_frame`); an empty one is shared."""
    found = dict(list(items.groupby("list_key")))
    return {
        each.key: as_frame(found[each.key], each) if each.key in found else _nothing(each)
        for each in definitions
    }


@lru_cache(maxsize=200)
def _nothing(list_definition: ListDefinition) -> pd.DataFrame:
    return as_frame(
        pd.DataFrame(columns=["id", "project_id", "version", "content"]), list_definition
    )


def as_frame(own: pd.DataFrame, list_definition: ListDefinition) -> pd.DataFrame:
    """Return the items of one list with a column per field (object), id, project_id, version.

    own: the items of this list, as `queries.dossier` gives them.
    """
    rows = [
        {
            "id": item,
            "project_id": project,
            "version": version,
            **from_json(list_definition, content),
        }
        for item, project, version, content in zip(
            own["id"].tolist(),
            own["project_id"].tolist(),
            own["version"].tolist(),
            own["content"].tolist(),
            strict=True,
        )
    ]
    columns = ["id", "project_id", "version", *list_definition.by_id]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def with_every(
    list_definition: ListDefinition, stored: pd.DataFrame, ids: Sequence[str]
) -> pd.DataFrame:
    """Return the items with a row for each of the ids that the first field may hold, in order.

    A row that is not stored yet has no id and no version.
    """
    name = list_definition.name_field.id
    rows = cast("list[dict[str, Any]]", stored.to_dict("records"))
    made = []
    for each in ids:
        own = [row for row in rows if row[name] == each]
        made += own or [dict.fromkeys(stored.columns) | {name: each}]
    made += [row for row in rows if row[name] not in ids]
    return pd.DataFrame(made, columns=stored.columns, dtype=object)


def _named(table: pd.DataFrame, column: str) -> dict[int, str]:
    return dict(zip(table["id"].tolist(), table[column].tolist(), strict=True))
