"""The goal tree: what hangs under what, and how the projects of each branch stand.

A branch is a goal with all that hangs under it. Counted are the selected projects, closed ones
too; the koers is that of projects that are under way or planned. The goals are all there,
whatever the filter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import pandas as pd

from borging.domain.goals import below
from borging.domain.terms import (
    COURSE_UNKNOWN_SYMBOL,
    Course,
    GoalKind,
    Phase,
    ProjectState,
    Sustain,
    course_words,
)
from borging.domain.wording import count, day, day_and_week, listed, number
from borging.services import stages
from borging.services.selection import no_projects

LOOSE = 0
"""Stands for the branch of projects that hang under no goal."""
LOOSE_TITLE = "Zonder doel"
PHASES = (*(phase.label for phase in Phase), stages.NO_PHASE)
COURSES: tuple[Course | None, ...] = (*Course, None)


@dataclass(frozen=True)
class Counts:
    """How many projects of a branch are what; PHASES, COURSES and Sustain hold what there is.

    closed: of `projects`. courses: key None is not measured.
    """

    projects: int
    closed: int
    phases: Mapping[str, int]
    courses: Mapping[str | None, int]
    sustain: Mapping[str, int]

    @property
    def course_words(self) -> str:
        """The koers as symbols with numbers, '■ 1  ● 8'; what is not there is left out."""
        return "  ".join(
            f"{each.symbol if each else COURSE_UNKNOWN_SYMBOL} {number(self.courses[each])}"
            for each in COURSES
            if self.courses.get(each)
        )

    @property
    def sustain_words(self) -> str:
        """The borging as words with numbers."""
        return ", ".join(
            f"{number(self.sustain[each])} {each.label}"
            for each in Sustain
            if self.sustain.get(each)
        )

    @property
    def project_words(self) -> str:
        """How many projects, and how many of them are closed."""
        words = count(self.projects, "project", "projecten")
        return f"{words}, {number(self.closed)} afgesloten" if self.closed else words

    @property
    def phase_words(self) -> str:
        """The phases as words with numbers."""
        return ", ".join(
            f"{number(self.phases[each])} {each.casefold()}"
            for each in PHASES
            if self.phases.get(each)
        )


@dataclass(frozen=True)
class Branch:
    """One goal in the order of the tree. depth: 0 at the top. id: LOOSE for no goal.

    own: selected projects that hang under it directly. bare: no project hangs under it at all,
    also outside the filter.
    """

    id: int
    title: str
    kind: str
    depth: int
    parent_id: int | None
    legal_deadline: date | None
    version: int
    own: int
    bare: bool
    counts: Counts

    @property
    def kind_label(self) -> str:
        """What it is, in a word; '' for no goal."""
        return GoalKind(self.kind).label if self.kind else ""


@dataclass(frozen=True, eq=False)
class GoalTree:
    """branches: from the top down, each above what hangs under it; LOOSE last, when there is any.

    below: id to the ids of the goals of its branch.
    """

    title: str
    small_print: str
    branches: tuple[Branch, ...]
    below: Mapping[int, frozenset[int]]
    any_project: bool

    @property
    def in_words(self) -> str:
        """The tree as text."""
        parts = [
            f"{each.kind_label or each.title} {each.title if each.kind else ''}".strip()
            + f": {each.counts.project_words}"
            for each in self.branches
        ]
        return f"Doelenboom. {'; '.join(parts)}."

    def find(self, goal_id: int | None) -> Branch | None:
        """Return the branch of a goal, None when there is none."""
        return next((each for each in self.branches if each.id == goal_id), None)

    def of_branch(self, projects: pd.DataFrame, goal_id: int) -> pd.DataFrame:
        """Return the projects (one row each) that hang in a branch, in the same order."""
        if goal_id == LOOSE:
            return projects[~projects["goal_id"].isin(list(self.below))]
        return projects[projects["goal_id"].isin(self.below.get(goal_id, frozenset()))]

    @property
    def table(self) -> pd.DataFrame:
        """One row per branch, in words; columns id, branch (indented), kind, projects, closed,
        phases, courses, sustain, legal_deadline (day or None).
        """
        rows = [
            {
                "id": each.id,
                "branch": "\u2003" * each.depth + each.title,
                "kind": each.kind_label,
                "projects": each.counts.projects,
                "closed": each.counts.closed,
                "phases": each.counts.phase_words,
                "courses": each.counts.course_words,
                "sustain": each.counts.sustain_words,
                "legal_deadline": each.legal_deadline,
            }
            for each in self.branches
        ]
        return pd.DataFrame(rows)


def view(
    goals: pd.DataFrame,
    projects: pd.DataFrame,
    all_projects: pd.DataFrame,
    as_of: date,
    *,
    filtered: bool = False,
) -> GoalTree:
    """Build the tree.

    goals: as `queries.structure.goals`. projects: the selected ones, with their stage.
    filtered: whether a filter leaves projects out of `projects`.
    """
    nodes = _nodes(goals)
    parents = {key: node["parent_id"] for key, node in nodes.items()}
    branch_of = {key: frozenset(below(parents, key)) for key in nodes}
    facts = _facts(projects, nodes)
    used = set(_facts(all_projects, nodes))
    branches = [
        _branch(nodes[key], depth, branch_of[key], facts, used) for key, depth in _walk(nodes)
    ]
    if loose := facts.get(LOOSE):
        empty = dict.fromkeys(("kind",), "") | {"id": LOOSE, "title": LOOSE_TITLE, "version": 0}
        empty |= {"parent_id": None, "legal_deadline": None}
        branches.append(_branch(empty, 0, frozenset([LOOSE]), {LOOSE: loose}, {LOOSE}))
    return GoalTree(
        title=finding(branches, len(projects), filtered=filtered),
        small_print=_small_print(branches, projects, all_projects, as_of, filtered=filtered),
        branches=tuple(branches),
        below=branch_of,
        any_project=not all_projects.empty,
    )


def finding(branches: Iterable[Branch], projects: int, *, filtered: bool) -> str:
    """Return the title: which goals have no project, and which projects no goal."""
    known = [each for each in branches if each.id != LOOSE]
    loose = sum(each.own for each in branches if each.id == LOOSE)
    if not known:
        return no_projects(filtered) if not projects else "Nog geen doelen in de doelenboom"
    goals = [each for each in known if each.kind == GoalKind.GOAL] or known
    word = ("doel", "doelen") if goals[0].kind == GoalKind.GOAL else ("tak", "takken")
    bare = sum(each.bare for each in goals)
    of = f"{number(bare)} van de {number(len(goals))} {word[1]}"
    if len(goals) == 1:
        first = f"Het enige {word[0]} heeft {'geen project' if bare else 'een project'}"
    elif bare:
        first = f"{of} {'heeft' if bare == 1 else 'hebben'} geen project"
    else:
        first = f"Onder elk van de {number(len(goals))} {word[1]} hangt een project"
    if not loose:
        return first
    return f"{first}; {count(loose, 'project hangt', 'projecten hangen')} onder geen doel"


def _small_print(
    branches: Iterable[Branch],
    projects: pd.DataFrame,
    all_projects: pd.DataFrame,
    as_of: date,
    *,
    filtered: bool,
) -> str:
    parts = [f"Peildatum {day_and_week(as_of)}"]
    if filtered:
        parts.append(
            f"filter: geteld zijn {number(len(projects))} van de "
            f"{count(len(all_projects), 'project', 'projecten')}"
        )
    else:
        parts.append(count(len(projects), "project", "projecten"))
    parts.append("een tak telt alles mee wat eronder hangt")
    parts.append("afgesloten projecten tellen mee, niet in de koers")
    return " · ".join(parts)


def _nodes(goals: pd.DataFrame) -> dict[int, dict[str, Any]]:
    """Return the goals by id, by title; what hangs under something that is gone is at the top."""
    columns = ["id", "title", "kind", "parent_id", "legal_deadline", "version"]
    plain = goals[columns].astype(object).where(goals[columns].notna(), None)
    rows = cast("list[dict[str, Any]]", plain.to_dict("records"))
    known = {int(row["id"]) for row in rows}
    for row in rows:
        row["id"] = int(row["id"])
        row["parent_id"] = row["parent_id"] if row["parent_id"] in known else None
        row["legal_deadline"] = row["legal_deadline"] and row["legal_deadline"].date()
    return {row["id"]: row for row in rows}


def _walk(nodes: Mapping[int, Mapping[str, Any]]) -> Iterator[tuple[int, int]]:
    """Yield every goal with its depth, from the top down; of a circle, from one of its goals."""
    order = list(GoalKind)
    children: dict[int | None, list[int]] = {}
    for key in sorted(nodes, key=lambda k: (order.index(nodes[k]["kind"]), nodes[k]["title"])):
        children.setdefault(nodes[key]["parent_id"], []).append(key)
    seen: set[int] = set()
    for start in [*children.get(None, []), *nodes]:
        waiting = [(start, 0)]
        while waiting:
            key, depth = waiting.pop()
            if key not in seen:
                seen.add(key)
                yield key, depth
                waiting += [(each, depth + 1) for each in reversed(children.get(key, []))]


def _facts(
    projects: pd.DataFrame, nodes: Mapping[int, Any]
) -> dict[int, list[tuple[str, str, str | None, str | None]]]:
    """Return per goal the state, phase label, koers and borging of its own projects."""
    facts: dict[int, list[tuple[str, str, str | None, str | None]]] = {}
    names = ("goal_id", "state", "phase_label", "course", "sustain")
    columns = [_known(projects[name]) for name in names]
    for goal_id, state, phase, course, sustain in zip(*columns, strict=True):
        key = int(goal_id) if goal_id in nodes else LOOSE
        facts.setdefault(key, []).append((state, phase, course, sustain))
    return facts


def _known(column: pd.Series) -> pd.Series:
    """Return a column of plain values, None for what is missing."""
    return column.astype(object).where(column.notna(), None)


def _branch(
    node: Mapping[str, Any],
    depth: int,
    ids: frozenset[int],
    facts: Mapping[int, list[tuple[str, str, str | None, str | None]]],
    used: set[int],
) -> Branch:
    held = [each for key in ids for each in facts.get(key, ())]
    counts = Counts(
        projects=len(held),
        closed=sum(state == ProjectState.CLOSED for state, *_ in held),
        phases=Counter(phase for _, phase, _, _ in held),
        courses=Counter(course for state, _, course, _ in held if state in stages.ACTIVE),
        sustain=Counter(sustain for *_, sustain in held if sustain),
    )
    own = len(facts.get(node["id"], ()))
    return Branch(depth=depth, own=own, bare=not ids & used, counts=counts, **node)


def hangs(projects: pd.DataFrame) -> dict[int, int | None]:
    """Return by id of a project the id of the goal it hangs under, None for no goal."""
    return {
        int(each): None if goal_id is None else int(goal_id)
        for each, goal_id in zip(projects["id"], _known(projects["goal_id"]), strict=True)
    }


def projects_table(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the projects of a branch in words: id, code, title, goal, state_label, phase_label,
    course_words, sustain_label.
    """
    rows = projects[["id", "code", "title", "goal", "state_label", "phase_label"]].copy()
    rows["course_words"] = [course_words(each) for each in _known(projects["course"])]
    rows["sustain_label"] = [
        Sustain(each).label if each else "" for each in _known(projects["sustain"])
    ]
    return rows


def described(branch: Branch) -> str:
    """Return what a branch is and holds, in one sentence."""
    parts = [branch.counts.project_words]
    if branch.counts.course_words:
        parts.append(f"koers {branch.counts.course_words}")
    if branch.counts.sustain_words:
        parts.append(f"borging: {branch.counts.sustain_words}")
    if branch.legal_deadline:
        parts.append(f"wettelijke datum {day(branch.legal_deadline)}")
    return listed(parts[:1]) + "".join(f" · {each}" for each in parts[1:])
