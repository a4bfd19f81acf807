"""What teams wrote in the dossier of one project: some much, some a little, some nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from random import Random
from typing import Any

from borging.domain.dossier import Field, FieldType, ListDefinition, all_lists, load_parts
from borging.domain.dossier_values import to_json
from borging.domain.terms import ProjectState
from borging.example.draft import Case, Draft, Row
from borging.example.timeline import FRIDAY, settled

DATA = Path(__file__).resolve().parents[2] / "data"
QUESTIONS = "hard_question"
HAPPENED = frozenset(
    {"done_on", "held_on", "told_on", "seen_on", "answered_on", "counted_on", "checked_on"}
    | {"prepared_on", "in_use_on", "usual_on", "stopped_on"}
)
"""Days on which something happened: they never lie after the day of the portfolio."""
EACH = {"evaluation": "term", "change_trait": "trait", "open_start_risk": "risk"}
"""Lists that hold one item per value of a field."""
UNDER = {"steps": ("effect_action", "effect"), "checks": ("compliance_check", "intervention")}
"""What hangs below an item: the list it is in, and its field that names the item."""
LETTERS = {"j": "ja", "d": "deels", "n": "nee", "v": "nvt"}
FULL, HALF = 0.15, 0.35
"""Shares of the projects with a dossier that is full, and half filled; the others have none."""
LIST_IN_HALF = 0.45


@lru_cache(maxsize=1)
def load_dossiers() -> Mapping[str, Any]:
    """Read the texts once per process: project, first, evidence and pool."""
    return tomllib.loads((DATA / "example" / "dossier.toml").read_text(encoding="utf-8"))


def add_dossier(draft: Draft, case: Case, rng: Random) -> None:
    """Add the items of every list; days lie around the handover of the project."""
    if not case.spans or case.story.state == ProjectState.WITHDRAWN:
        return
    texts = load_dossiers()
    results = [row["id"] for row in takewhile(_of(case), reversed(draft.rows["project_result"]))]
    writer = _Writer(draft, case, rng, results[::-1])
    if case.text.title == texts["project"]:
        writer.questions(texts["first"]["answers"])
        for key, items in texts["first"].items():
            writer.items(key, items)
        return
    share = rng.random()
    if share >= FULL + HALF:
        return
    full = share < FULL
    if full or rng.random() < LIST_IN_HALF:
        writer.items("spread_target", list(_teams(draft, case, rng)))
    writer.questions(list(_drawn(rng, len(results) if full else 1, full)))
    for key, pool in texts["pool"].items():
        if full or rng.random() < LIST_IN_HALF:
            writer.items(key, _chosen(writer.lists[key], pool, full, rng))


def _of(case: Case) -> Any:
    return lambda row: row["project_id"] == case.id


def _drawn(rng: Random, results: int, full: bool) -> Iterator[dict[str, str]]:
    """Draw answers to the fifteen questions, for a half filled dossier at the start only."""
    for _ in range(results):
        answers = {"start": "".join(rng.choices("jdnv-", (30, 25, 25, 4, 16), k=15))}
        if full:
            answers["closing"] = "".join(rng.choices("jdnv-", (66, 16, 6, 4, 8), k=15))
        yield answers


def _teams(draft: Draft, case: Case, rng: Random) -> Iterator[Row]:
    """Draw other teams that take it over one after the other; some of them stop."""
    units = [unit.name for unit in draft.texts.units if unit.kind == "team"]
    others = [name for name in units if name != case.unit]
    for place, name in enumerate(rng.sample(others, rng.randint(3, 6))):
        planned = -14 + 9 * place + rng.randint(0, 4)
        began = planned + rng.choice((0, 1, 5))
        row = {"name": name, "unit": name, "planned_on": planned, "prepared_on": began - 3}
        later = {"stopped_on": began + 8} if rng.random() < 0.12 else {"usual_on": began + 16}
        owner = {"owner": "receiver"} if rng.random() < 0.7 else {}
        yield row | {"in_use_on": began} | later | owner


def _chosen(
    list_definition: ListDefinition, pool: Sequence[Row], full: bool, rng: Random
) -> Sequence[Row]:
    if list_definition.single:
        return [rng.choice(pool)]
    if name := EACH.get(list_definition.key):
        values = list(dict.fromkeys(each[name] for each in pool))
        each = [rng.choice([item for item in pool if item[name] == value]) for value in values]
        return each if full else each[: rng.randint(1, len(each))]
    most = len(pool) if full else max(1, len(pool) // 3)
    return rng.sample(pool, rng.randint(max(1, most // 2), most))


class _Writer:
    """Turns what was written into rows of one project."""

    def __init__(self, draft: Draft, case: Case, rng: Random, results: Sequence[int]) -> None:
        self.draft, self.case, self.rng, self.results = draft, case, rng, results
        self.lists = all_lists(load_parts(DATA / "dossier"))

    def items(self, key: str, items: Sequence[Row]) -> None:
        """Add the items of one list with what hangs below them."""
        definition = self.lists.get(key)
        if definition is None:
            return
        for item in items:
            held = item.get("held", {})
            if held and self._day("held_on", held["held_on"]) is not None:
                item = item | held
            number = self._add(definition, item)
            for name, (below, link) in UNDER.items():
                if name in item and number is not None:
                    rows = item[name] if name == "steps" else self._checks(item[name])
                    for row in rows:
                        self._add(self.lists[below], row, {link: number})

    def questions(self, answers: Sequence[Mapping[str, str]]) -> None:
        """Add answers to the hard questions: one text of letters per result and moment."""
        asked = list(load_dossiers()["evidence"].items())
        definition = self.lists[QUESTIONS]
        for place, moments in enumerate(answers[: len(self.results)], start=1):
            for moment, letters in moments.items():
                week = -4 if moment == "closing" else self.case.start - self.case.handover + 2
                if self._day("answered_on", week) is None:
                    continue
                for (question, evidence), letter in zip(asked, letters, strict=True):
                    if letter == "-":
                        continue
                    item = {"question": question, "result": place, "moment": moment}
                    item |= {"answer": LETTERS[letter], "answered_on": week}
                    if letter == "j" and moment == "closing":
                        item["evidence"] = evidence
                    if letter in "dn":
                        item["owner"] = self.rng.choice(("lead", "owner", "receiver"))
                    self._add(definition, item)

    def _checks(self, asked: Mapping[str, Any]) -> Iterator[Row]:
        """Draw a check every so many weeks, until now."""
        first, last = asked["first"], -1 - self.case.handover
        jump = asked.get("jump", first)
        for week in range(first, last + 1, asked["every"]):
            rate = asked["high"] if week >= jump else asked["low"]
            sample = asked["n"] - self.rng.choice((0, 0, 0, 1, 2))
            kept = sum(self.rng.random() < rate for _ in range(sample))
            yield {"checked_on": week, "sample": sample, "compliant": kept} | (
                {"checked_by": asked["by"]} if "by" in asked else {}
            )

    def _add(
        self,
        list_definition: ListDefinition,
        item: Mapping[str, Any],
        links: Mapping[str, int] = {},
    ) -> int | None:
        """Add one item; None when what it must have is not known in this project."""
        values = {
            field.id: self._value(field, item[field.id])
            for field in list_definition.fields
            if field.id in item
        } | dict(links)
        if any(values.get(field.id) is None for field in list_definition.fields if field.required):
            return None
        return self.draft.add(
            "dossier_item",
            project_id=self.case.id,
            list_key=list_definition.key,
            content=to_json(values),
            version=1,
        )

    def _value(self, field: Field, written: Any) -> Any:
        """Return what a field holds; None when the project does not have it."""
        if field.type == FieldType.DAY:
            return self._day(field.id, written)
        if field.type == FieldType.PERSON:
            case = self.case
            duties = {"owner": case.owner, "lead": case.lead, "receiver": case.receiver}
            duties |= {"sponsor": case.sponsor}
            return duties[written] if written in duties else self.draft.ids["person", written]
        if field.type == FieldType.UNIT:
            return self.draft.ids["unit", written]
        if field.type == FieldType.RESULT:
            return self.results[written - 1] if written <= len(self.results) else None
        if field.id == "year":
            return float(self.draft.calendar.as_of.year + written)
        return float(written) if field.type == FieldType.NUMBER else written

    def _day(self, name: str, weeks: int) -> date | None:
        """Return the Friday so many weeks from the handover; no fact lies in the future."""
        week = settled(self.case.handover + weeks)
        return None if name in HAPPENED and week >= 0 else self.draft.day(week, FRIDAY)
