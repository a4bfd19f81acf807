"""Writing the rows of an import, kind by kind, in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from borging.domain.dossier_values import to_json
from borging.domain.terms import GoalKind, UnitKind
from borging.store.imports.items import (
    SHAPES,
    Item,
    ItemKind,
    Key,
    KeyPart,
    Outcome,
    Snapshot,
    Value,
    Verdict,
    folded,
)
from borging.store.imports.lists import names_of
from borging.store.imports.snapshot import NO_ANSWER, Origin
from borging.store.imports.write_goals import Changes, write_goals
from borging.store.tables import Record

T = Record.metadata.tables
Progress = Callable[[float, str], None]
CHUNK = 500


@dataclass(frozen=True)
class InstrumentVersion:
    """The instrument that the scans of a file were answered with."""

    key: str
    version: str
    title: str


@dataclass(frozen=True)
class Batch:
    """The items of one file, and what new rows of them get.

    file: the name the audit shows. unit_kind: the kind of a unit that is new here.
    """

    origin: Origin
    file: str
    items: tuple[Item, ...]
    unit_kind: UnitKind = UnitKind.TEAM
    instrument: InstrumentVersion | None = None


@dataclass
class Writer:
    """Writes the outcomes kind by kind.

    project_ids: by project key, those of the store and the new ones. new_ids: of every row
    made here, by kind and address. contents: of every entry of the dossier that was written, by
    id, what it held before and holds after, as undoing wants it. goals: the same of the goals.
    """

    session: Session
    batch: Batch
    snapshot: Snapshot
    project_ids: dict[str, int] = field(default_factory=dict)
    new_ids: dict[tuple[ItemKind, tuple[str, Key]], int] = field(default_factory=dict)
    contents: dict[int, dict[str, Any]] = field(default_factory=dict)
    goals: Changes = field(default_factory=dict)

    def write(self, outcomes: Sequence[Outcome], progress: Progress) -> None:
        """Insert what is new and update what changed; shares run from 0.1 to 0.9."""
        self.project_ids = {
            key: row.id for (key, _), row in self.snapshot.rows[ItemKind.PROJECT].items()
        }
        live = [o for o in outcomes if o.verdict in (Verdict.NEW, Verdict.CHANGED)]
        goals = [o for o in live if o.item.kind is ItemKind.GOAL]
        self.goals = write_goals(self.session, self.snapshot, goals, self.batch.origin.source)
        live = [o for o in live if o.item.kind is not ItemKind.GOAL]
        self._make_names(live)
        done = 0
        for kind in ItemKind:
            of_kind = [o for o in live if o.item.kind is kind]
            for start in range(0, len(of_kind), CHUNK):
                chunk = of_kind[start : start + CHUNK]
                new = [o for o in chunk if o.verdict is Verdict.NEW]
                changed = [o for o in chunk if o.verdict is Verdict.CHANGED]
                if kind is ItemKind.ENTRY:
                    self._insert_entries(new)
                    self._update_entries(changed)
                else:
                    self._insert(kind, [o.item for o in new])
                    self._update(kind, changed)
                done += len(chunk)
                progress(0.1 + 0.8 * done / len(live), f"{done} van {len(live)} geschreven")

    def _make_names(self, outcomes: Iterable[Outcome]) -> None:
        """Make the units, goals and persons that are named and not here yet."""
        wanted: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for outcome in outcomes:
            for column, table in names_of(outcome.item, self.snapshot.lists).items():
                name = outcome.item.fields.get(column)
                if not table or SHAPES[outcome.item.kind].asks == column:
                    continue
                if isinstance(name, str) and folded(name) not in self.snapshot.names[table]:
                    wanted[table].setdefault(folded(name), name)
        for table, names in wanted.items():
            rows = [self._named(table, name) for name in names.values()]
            ids = self._insert_rows(table, rows)
            self.snapshot.names[table].update(zip(names, ids, strict=True))

    def _named(self, table: str, name: str) -> dict[str, Any]:
        source = self.batch.origin.source
        if table == "goal":
            return {"title": name, "kind": GoalKind.THEME.value, "source": source}
        if table == "unit":
            return {"name": name, "kind": self.batch.unit_kind.value, "source": source}
        return {"name": name, "source": source}

    def _insert_rows(self, table: str, rows: list[dict[str, Any]]) -> list[int]:
        """Insert rows that share their columns and return their ids in the same order."""
        if not rows:
            return []
        target = T[table]
        statement = insert(target).returning(target.c.id, sort_by_parameter_order=True)
        return [int(row_id) for row_id in self.session.execute(statement, rows).scalars()]

    def _insert(self, kind: ItemKind, items: list[Item]) -> None:
        if kind is ItemKind.RESPONSE:
            self._insert_responses(items)
            return
        rows = [self._row(item) for item in items]
        alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for index, row in enumerate(rows):
            alike[tuple(row)].append(index)
        for indices in alike.values():
            ids = self._insert_rows(SHAPES[kind].table, [rows[index] for index in indices])
            for index, row_id in zip(indices, ids, strict=True):
                self.new_ids[(kind, items[index].address)] = row_id
                if kind is ItemKind.PROJECT:
                    self.project_ids[items[index].project] = row_id
                elif kind is ItemKind.FUNCTION:
                    self.snapshot.names["job_role"][str(items[index].key[0])] = row_id

    def _row(self, item: Item) -> dict[str, Any]:
        """Return the columns of a new row: key, defaults and fields, names turned into ids."""
        source = self.batch.origin.source
        shape = SHAPES[item.kind]
        given = {**item.defaults, **item.fields}
        row = {column: self._value(item.kind, column, value) for column, value in given.items()}
        if item.kind is ItemKind.PROJECT:
            return row | {
                "code": given.get("code") or self._next_code(),
                "source": source,
                "external_id": item.project,
            }
        if shape.of_project:
            row["project_id"] = self.project_ids[item.project]
        if not shape.numbered:
            row.update(zip(shape.key, item.key, strict=True))
        if item.kind is ItemKind.OBSERVATION:
            row["source"] = source
        if item.kind is ItemKind.SCAN:
            day = row["scanned_on"]
            row |= {"closed_on": day, "published_on": day, "instrument_id": self._instrument_id()}
        return row

    def _value(self, kind: ItemKind, column: str, value: Value) -> Any:
        table = SHAPES[kind].references.get(column)
        if table is None:
            return value
        return self.snapshot.names[table][folded(str(value))] if value else None

    def _next_code(self) -> str:
        self.snapshot.code_number += 1
        return f"{self.batch.origin.code_prefix}-{self.snapshot.code_number:04d}"

    def _instrument_id(self) -> int:
        version = self.batch.instrument
        assert version is not None
        table = T["instrument"]
        known = select(table.c.id).where(
            table.c.key == version.key, table.c.version == version.version
        )
        found = self.session.execute(known).scalar_one_or_none()
        return int(found) if found else self._insert_rows("instrument", [vars(version)])[0]

    def _insert_responses(self, items: list[Item]) -> None:
        scans = [self._scan_id((item.project, item.key[:2])) for item in items]
        ids = self._insert_rows("scan_response", [{"scan_id": scan_id} for scan_id in scans])
        answers = [
            answer
            for item, response_id in zip(items, ids, strict=True)
            for answer in self._answers(response_id, item)
        ]
        if answers:
            self.session.execute(insert(T["factor_answer"]), answers)

    def _scan_id(self, address: tuple[str, Key]) -> int:
        stored = self.snapshot.rows[ItemKind.SCAN].get(address)
        return stored.id if stored else self.new_ids[(ItemKind.SCAN, address)]

    def _answers(self, response_id: int, item: Item) -> list[dict[str, Any]]:
        letters = str(item.fields["letters"] if "letters" in item.fields else item.key[2])
        return [
            {
                "response_id": response_id,
                "factor": factor,
                "level": None if letter == NO_ANSWER else letter,
            }
            for factor, letter in zip(self.batch.origin.factors, letters, strict=True)
        ]

    def _update(self, kind: ItemKind, outcomes: list[Outcome]) -> None:
        if kind is ItemKind.RESPONSE:
            for outcome in outcomes:
                assert outcome.stored_id is not None
                self._replace_answers(outcome.stored_id, outcome.item)
            return
        alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for outcome in outcomes:
            values = {c.column: self._value(kind, c.column, c.new) for c in outcome.changes}
            alike[tuple(values)].append(
                {"row_id": outcome.stored_id} | {f"new_{name}": v for name, v in values.items()}
            )
        for columns, rows in alike.items():
            self._update_rows(SHAPES[kind].table, columns, rows)

    def _update_rows(self, name: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
        """Change the same columns of many rows; `row_id` and `new_` with the column name them."""
        table = T[name]
        values: dict[str, Any] = {column: bindparam(f"new_{column}") for column in columns}
        if "version" in table.c:
            values["version"] = table.c.version + 1
        change = update(table).where(table.c.id == bindparam("row_id")).values(**values)
        self.session.connection().execute(change, rows)

    def _replace_answers(self, response_id: int, item: Item) -> None:
        table = T["factor_answer"]
        self.session.execute(table.delete().where(table.c.response_id == response_id))
        self.session.execute(insert(table), self._answers(response_id, item))

    def _insert_entries(self, outcomes: list[Outcome]) -> None:
        """Insert entries list by list: what one names within its project came before it."""
        lists: defaultdict[KeyPart, list[Outcome]] = defaultdict(list)
        for outcome in outcomes:
            lists[outcome.item.key[0]].append(outcome)
        for list_key, of_list in lists.items():
            contents = [self._content(o, o.item.fields, {}) for o in of_list]
            rows = [
                {
                    "project_id": self.project_ids[o.item.project],
                    "list_key": list_key,
                    "content": content,
                    "version": 1,
                }
                for o, content in zip(of_list, contents, strict=True)
            ]
            ids = self._insert_rows("dossier_item", rows)
            for outcome, content, row_id in zip(of_list, contents, ids, strict=True):
                self.new_ids[ItemKind.ENTRY, outcome.item.address] = row_id
                self.contents[row_id] = {"before": None, "after": content}

    def _update_entries(self, outcomes: list[Outcome]) -> None:
        rows = []
        for outcome in outcomes:
            stored = self.snapshot.rows[ItemKind.ENTRY][outcome.item.address]
            changed = {each.column: each.new for each in outcome.changes}
            content = self._content(outcome, changed, stored.content)
            self.contents[stored.id] = {"before": stored.content, "after": content}
            rows.append({"row_id": stored.id, "new_content": content})
        if rows:
            self._update_rows("dossier_item", ("content",), rows)

    def _content(
        self, outcome: Outcome, fields: Mapping[str, Value], before: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return what an entry comes to hold: names turned into ids, blank fields left out."""
        item = outcome.item
        tables = names_of(item, self.snapshot.lists)
        values: dict[str, Any] = dict(fields)
        for column, name in fields.items():
            if column in outcome.links and name:
                values[column] = self._id_of(item.project, *outcome.links[column])
            elif column in tables and name:
                values[column] = self.snapshot.names[tables[column]][folded(str(name))]
        kept = {name: value for name, value in before.items() if name not in values}
        return kept | to_json(values)

    def _id_of(self, project: str, kind: ItemKind, key: Key) -> int:
        stored = self.snapshot.rows[kind].get((project, key))
        return stored.id if stored else self.new_ids[kind, (project, key)]
