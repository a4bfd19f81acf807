"""The names, titles and sentences of the example portfolio, read from data/example/."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "data" / "example"


@dataclass(frozen=True)
class UnitText:
    """A part of the organisation; parent is a name."""

    name: str
    kind: str
    parent: str | None = None


@dataclass(frozen=True)
class PersonText:
    """A person. duties: any of sponsor, owner, receiver, lead."""

    name: str
    role: str
    unit: str
    duties: tuple[str, ...]


@dataclass(frozen=True)
class GoalText:
    """A node of the goal tree; parent is a title."""

    title: str
    kind: str
    parent: str | None = None
    legal: bool = False


@dataclass(frozen=True)
class FunctionText:
    """A function in a portfolio of one round of projects; `fte` grows with more of them.

    leave: contract hours per week that are away over the next Christmas weeks.
    """

    name: str
    fte: float
    hours_per_week: float
    project_share: float
    scarce: bool = False
    leave: float = 0


@dataclass(frozen=True)
class Story:
    """How one project goes.

    handover: planned week of the handover, counted from this week; None when the project
    never got a plan. late: weeks of delay. course, before: newest koers and the one before,
    '' is never measured. scans: number of closed rounds. answers: '', 'few', 'joint' or 'both'.
    newest: '', or what is special about the newest round: 'open', 'fresh' (closed, not
    published), 'roles' or 'tale'. idle: weeks that it lies further back than usual.
    soft: '', 'high' or 'low' where support runs ahead of or behind the phases. rest: number
    of residual items, None draws it. after: integration goes on after the handover. gap: the
    later phases are planned in part only. owner: whether the line has an owner for it. ask:
    position of the decision that a red koers asks for, None draws it.
    """

    state: str
    handover: int | None = None
    late: int = 0
    course: str = ""
    before: str = ""
    scans: int = 0
    answers: str = ""
    newest: str = ""
    idle: int = 0
    soft: str = ""
    sustain: str = ""
    rest: int | None = None
    after: bool = False
    gap: bool = False
    owner: bool = True
    ask: int | None = None


@dataclass(frozen=True)
class ProjectText:
    """What a project is called and what it hands over; goal and unit are names."""

    title: str
    goal: str
    unit: str
    summary: str
    results: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """A red report: the sentence, the decision asked and from whom."""

    sentence: str
    decision: str
    decision_from: str


@dataclass(frozen=True)
class FactorText:
    """What teams write at a factor: remarks, why they agreed, and what they are going to do."""

    good: tuple[str, ...]
    poor: tuple[str, ...]
    high: tuple[str, ...]
    low: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Texts:
    """Everything that is read; projects and stories belong together by position."""

    units: tuple[UnitText, ...]
    people: tuple[PersonText, ...]
    goals: tuple[GoalText, ...]
    functions: tuple[FunctionText, ...]
    projects: tuple[ProjectText, ...]
    stories: tuple[Story, ...]
    variants: tuple[str, ...]
    on_course: tuple[str, ...]
    attention: tuple[str, ...]
    decisions: tuple[Decision, ...]
    residuals: tuple[str, ...]
    own_funding: tuple[str, ...]
    temporary_funding: tuple[str, ...]
    sustained: tuple[str, ...]
    relapsed: tuple[str, ...]
    factors: dict[str, FactorText]
    labels: tuple[str, ...]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _project(row: dict[str, Any]) -> ProjectText:
    fields = {key: value for key, value in row.items() if key not in ("story", "results")}
    return ProjectText(**fields, results=tuple(row["results"]))


@lru_cache(maxsize=1)
def load_texts() -> Texts:
    """Read the files once per process."""
    organisation, projects = _read("organisation.toml"), _read("projects.toml")
    sentences, rounds = _read("sentences.toml"), _read("rounds.toml")
    return Texts(
        units=tuple(UnitText(**row) for row in organisation["units"]),
        people=tuple(
            PersonText(**{**row, "duties": tuple(row["duties"])}) for row in organisation["people"]
        ),
        goals=tuple(GoalText(**row) for row in organisation["goals"]),
        functions=tuple(FunctionText(**row) for row in organisation["functions"]),
        projects=tuple(_project(row) for row in projects["projects"]),
        stories=tuple(Story(**row["story"]) for row in projects["projects"]),
        variants=tuple(projects["variants"]),
        on_course=tuple(sentences["on_course"]),
        attention=tuple(sentences["attention"]),
        decisions=tuple(Decision(**row) for row in sentences["decision_needed"]),
        residuals=tuple(sentences["residuals"]["titles"]),
        own_funding=tuple(sentences["funding"]["own"]),
        temporary_funding=tuple(sentences["funding"]["temporary"]),
        sustained=tuple(sentences["evidence"]["sustained"]),
        relapsed=tuple(sentences["evidence"]["relapsed"]),
        factors={
            factor: FactorText(**{key: tuple(words) for key, words in row.items()})
            for factor, row in rounds["factors"].items()
        },
        labels=tuple(rounds["labels"]),
    )
