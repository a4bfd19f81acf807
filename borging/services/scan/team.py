"""Mijn team: how do we stand, and what is ours? Only what belongs to one team.

Nothing of another team comes in: no ranking, no comparison, no average of the organisation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from borging.domain.instruments import Instrument
from borging.domain.rounds import ScanRound, newest_readable
from borging.domain.terms import NOT_MEASURED, RoundState, Standing, UnitKind
from borging.domain.wording import count, day, day_and_week, listed, number
from borging.services.figures import KeyFigure
from borging.services.known import known_first
from borging.services.residuals.items import described, open_on
from borging.services.scan import trend
from borging.services.scan.team_task import NOTHING_PRESSING, OwnItem, OwnProject, Task, next_task
from borging.services.scan.trend import FactorChange, Outcome
from borging.services.scan.words import briefly
from borging.services.stages import dates_of

NOTHING = "–"


@dataclass(frozen=True)
class TeamChoice:
    """Which team a visitor means. label: as it stands in the address, None until chosen.

    unknown: what the address names is no team. options: the teams there are.
    """

    label: str | None
    unknown: bool
    options: tuple[str, ...]


@dataclass(frozen=True)
class TeamView:
    """What the screen shows.

    task: what comes first, None when nothing presses. projects: one row per own project (see
    `project_table`). items: open restpunten and actions, as `residual_items.described` says.
    """

    title: str
    small_print: str
    task: Task | None
    figures: tuple[KeyFigure, ...]
    projects: pd.DataFrame
    items: pd.DataFrame


def choose(units: pd.DataFrame, asked: str | None, unit_id: int | None) -> TeamChoice:
    """Find the team in an address, else that of the unit somebody belongs to.

    units: see `borging.store.queries.structure.units`. Where no unit is a team, every unit is
    one to choose.
    """
    teams = units[units["kind"] == UnitKind.TEAM]
    offered = units if teams.empty else teams
    options = tuple(dict.fromkeys(offered["label"]))
    if asked:
        return TeamChoice(asked if asked in options else None, asked not in options, options)
    own = [] if unit_id is None else offered.loc[offered["id"] == unit_id, "label"].tolist()
    return TeamChoice(own[0] if own else None, False, options)


def own_projects(projects: pd.DataFrame, team: str) -> pd.DataFrame:
    """Return the projects of exactly this unit, not of what lies above or below it."""
    return projects[projects["unit"] == team]


def view(
    projects: pd.DataFrame,
    rounds: Mapping[int, Sequence[ScanRound]],
    agreed: frozenset[int],
    items: pd.DataFrame,
    instrument: Instrument,
    team: str,
    as_of: date,
) -> TeamView:
    """Build the view of one team.

    projects: of the team, see `own_projects`. rounds: per project. agreed: rounds in which
    something was agreed. items: every restpunt.
    """
    own = items[items["project_id"].isin(projects["id"])]
    own = own[own["created_on"] <= pd.Timestamp(as_of)]
    open_items = described(own[open_on(own, as_of)], projects, instrument, as_of)
    talked_over = agreed | frozenset(own["scan_id"].dropna().astype(int))
    facts = [
        OwnProject(
            id=int(row["id"]),
            title=row["title"],
            state=row["state"],
            rounds=tuple(rounds.get(int(row["id"]), ())),
            talked_over=talked_over,
            items=_items(open_items[open_items["project_id"] == row["id"]]),
        )
        for row in projects.to_dict("records")
    ]
    task = next_task(facts, as_of)
    return TeamView(
        title=finding(task, facts),
        small_print=f"{team} · peildatum {day_and_week(as_of)} · "
        f"{count(len(facts), 'eigen project', 'eigen projecten')}, niets van andere teams",
        task=task,
        figures=_figures(facts, open_items),
        projects=project_table(facts, as_of),
        items=open_items,
    )


def finding(task: Task | None, projects: Sequence[OwnProject]) -> str:
    """Return the title: what to do first, else of how many projects nothing is known."""
    if task is not None:
        return task.words
    if not projects:
        return "Nog geen projecten van dit team"
    unknown = sum(not (each.rounds or each.items) for each in projects)
    return known_first(NOTHING_PRESSING, unknown, len(projects), "is geen ronde of restpunt bekend")


def _items(rows: pd.DataFrame) -> tuple[OwnItem, ...]:
    return tuple(
        OwnItem(title, None if pd.isna(owner) else owner, due, factor is not None)
        for title, owner, due, factor in zip(
            rows["title"], rows["owner"], dates_of(rows["due"]), rows["scan_factor"], strict=True
        )
    )


def _figures(facts: Sequence[OwnProject], items: pd.DataFrame) -> tuple[KeyFigure, ...]:
    late, undated = int(items["overdue"].notna().sum()), int(items["due"].isna().sum())
    from_scan = items["scan_factor"].notna()
    unowned = int((items["standing"] == Standing.UNOWNED).sum())
    going = sum(each.newest is not None and each.newest.state == RoundState.OPEN for each in facts)
    return (
        KeyFigure("Open rondes", number(going), f"van {count(len(facts), 'project', 'projecten')}"),
        KeyFigure("Open acties", number(int(from_scan.sum())), "uit een scan"),
        KeyFigure("Open restpunten", number(len(items)), "met de acties erbij"),
        KeyFigure(
            "Te laat",
            f"{number(late)} van {number(len(items))}",
            f"{number(undated)} zonder vervaldatum" if undated else None,
        ),
        KeyFigure("Zonder eigenaar", f"{number(unowned)} van {number(len(items))}"),
    )


def project_table(facts: Sequence[OwnProject], as_of: date) -> pd.DataFrame:
    """Return one row per project, those with a round first; all text but the id.

    Columns: id, project, last and before (total with n and day), change (which factors moved),
    gain (the factor with most to win) and round (what goes on, and when to ask again).
    """
    columns = ["id", "project", "last", "before", "change", "gain", "round"]
    rows = [
        {"id": each.id, "project": each.title, **_scan_words(each, as_of)}
        for each in sorted(facts, key=lambda each: not each.rounds)
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _scan_words(project: OwnProject, as_of: date) -> dict[str, Any]:
    closed = [each for each in project.rounds if each.closed]
    current = newest_readable(closed)
    words = {"before": NOTHING, "change": NOTHING, "gain": NOTHING}
    words["round"] = round_words(project, as_of)
    if current is None or current.score is None:
        return words | {"last": briefly(closed[-1]) if closed else NOT_MEASURED}
    words |= {"last": _total(current), "gain": _most_to_win(current)}
    earlier = [r for r in closed if r.score is not None and r.number < current.number]
    alike = [r for r in earlier if r.joint == current.joint]
    if not earlier:
        return words | {"change": "nog geen ronde om mee te vergelijken"}
    before = (alike or earlier)[-1]
    return words | {"before": _total(before), "change": _changed(before, current)}


def _changed(before: ScanRound, current: ScanRound) -> str:
    if before.joint or current.joint:
        return "gezamenlijk antwoord: niet te toetsen"
    if before.instrument_version != current.instrument_version:
        return "andere versie van de vragen: niet te vergelijken"
    return moved_words(trend.compared(before, current))


def moved_words(changes: Sequence[FactorChange]) -> str:
    """Name the factors that rose or fell beyond chance, or say why none is named."""
    parts = [
        f"{word}: {listed(names)}"
        for outcome, word in ((Outcome.RISES, "stijgt"), (Outcome.FALLS, "daalt"))
        if (names := [each.factor.name for each in changes if each.outcome == outcome])
    ]
    if parts:
        return "; ".join(parts)
    if any(each.outcome == Outcome.CHANCE for each in changes):
        return "geen factor"
    return Outcome.TOO_FEW.label


def round_words(project: OwnProject, as_of: date) -> str:
    """Say what goes on with the rounds of a project, and when the next one is."""
    newest = project.newest
    if newest is None:
        return "geen ronde gepland" if project.scanned else NOTHING
    if newest.state == RoundState.DRAFT:
        return "ronde staat klaar om te openen"
    if newest.state == RoundState.OPEN:
        return f"open tot en met {day(newest.closes_on)}"
    parts = ["gesloten, nog niet vrijgegeven"] if newest.state == RoundState.CLOSED else []
    if newest.next_on is None:
        parts.append("geen volgende ronde gepland")
    else:
        late = ", te laat" if newest.next_on < as_of else ""
        parts.append(f"volgende ronde {day(newest.next_on)}{late}")
    return "; ".join(parts)


def _total(scan: ScanRound) -> str:
    total = scan.score.total if scan.score else None
    points = "geen totaal" if total is None else f"{number(total, 1)} punten"
    return f"{points} ({briefly(scan)}), {day(scan.scanned_on)}"


def _most_to_win(scan: ScanRound) -> str:
    scored = [f for f in (scan.score.factors if scan.score else ()) if f.potential is not None]
    most = max(scored, key=lambda f: f.potential or 0.0, default=None)
    if most is None or not most.potential:
        return NOTHING
    return f"{most.factor.name} (+{number(most.potential, 1)})"
