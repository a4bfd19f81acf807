"""The matrix of projects and phases: every status in a symbol and words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas as pd

from borging.domain.terms import Phase, PhaseStatus
from borging.domain.wording import day, number

Day = date | pd.Timestamp | None
UNPLANNED = "–"
NOTHING_TO_DO = ""
MEANINGS = (
    ("✓ afgerond", "het werkelijke einde is bereikt; erachter hoeveel dagen eerder of later"),
    ("! te laat", "het geplande einde of begin is voorbij zonder dat het gebeurde; met de dagen"),
    ("… loopt", "begonnen en niet te laat; de laatste dag van het plan telt nog mee"),
    ("gepland", "begint volgens plan vandaag of later"),
    ("– niet gepland", "er zijn geen data"),
    (
        "◌ voorstel",
        "uitgerekend uit begin en overdracht en nog niet bevestigd; een voorstel is nooit te laat",
    ),
    ("? onbekend", "er zijn data, maar het geplande begin ontbreekt"),
)
"""What each status says on the screen, and what it means."""


def words(status: str, days_late: int | None, planned_start: Day, planned_end: Day) -> str:
    """Write one status with its symbol, its days and its date."""
    if status == PhaseStatus.DONE:
        if not days_late:
            return "✓ afgerond"
        side = "later" if days_late > 0 else "eerder"
        return f"✓ afgerond {number(abs(days_late))} d {side}"
    if status == PhaseStatus.LATE:
        return f"! te laat {number(days_late or 0)} d"
    if status == PhaseStatus.RUNNING:
        return "… loopt" if pd.isna(planned_end) else f"… loopt t/m {day(planned_end)}"
    if status == PhaseStatus.PLANNED:
        return f"gepland {day(planned_start)}"
    if status == PhaseStatus.PROPOSED:
        when = planned_end if pd.isna(planned_start) else planned_start
        return "◌ voorstel" if pd.isna(when) else f"◌ voorstel {day(when)}"
    return "? onbekend" if status == PhaseStatus.UNKNOWN else UNPLANNED


def matrix(projects: pd.DataFrame, known: pd.DataFrame, counted: Collection[str]) -> pd.DataFrame:
    """Return one row per project, what needs work first.

    known: the dated phases of these projects with status. counted: the states that count.
    Columns: id, code, title, state_label, project (the title, with the state when it does not
    count); the value of each Phase (words); 'status ' with that
    value (PhaseStatus value); now (the phase it is in, with words), turn (who is accountable for
    the phase that is furthest behind, else for the phase it is in), days_late (the most of any
    late phase, Int64, NA when nothing is late), searched (text without capitals).
    """
    said = known.assign(
        words=[
            words(status, None if pd.isna(late) else int(late), start, end)
            for status, late, start, end in zip(
                known["status"],
                known["days_late"],
                known["planned_start"],
                known["planned_end"],
                strict=True,
            )
        ]
    )
    order = [phase.value for phase in Phase]
    cells = said.pivot(index="project_id", columns="phase", values="words")
    cells = cells.reindex(index=projects["id"], columns=order).astype(object).fillna(UNPLANNED)
    statuses = said.assign(status=said["status"].astype(str)).pivot(
        index="project_id", columns="phase", values="status"
    )
    statuses = statuses.reindex(index=projects["id"], columns=order).astype(object)
    statuses = statuses.fillna(PhaseStatus.UNPLANNED.value)
    rows = projects[["id", "code", "title", "state", "state_label", "phase"]].reset_index(drop=True)
    for name in order:
        rows[name] = cells[name].to_numpy()
        rows[f"status {name}"] = statuses[name].to_numpy()
    stopped = ~rows["state"].isin(list(counted))
    rows["project"] = rows["title"].mask(stopped, rows["title"] + " (" + rows["state_label"] + ")")
    rows["now"] = _now(rows)
    late = said[said["status"] == PhaseStatus.LATE].sort_values("days_late", ascending=False)
    worst = late.drop_duplicates("project_id").set_index("project_id")
    rows["days_late"] = rows["id"].map(worst["days_late"]).astype("Int64")
    rows["turn"] = _turn(rows, said, worst["accountable"])
    text = rows["code"].str.cat(rows[["title", "turn", "state_label"]].fillna(""), sep=" ")
    rows["searched"] = text.str.casefold()
    rows["rank"] = _rank(statuses, stopped)
    return rows.sort_values(
        ["rank", "days_late", "code"], ascending=[True, False, True], ignore_index=True
    ).drop(columns="rank")


def _now(rows: pd.DataFrame) -> list[str]:
    order = [phase.value for phase in Phase]
    cells = zip(*(rows[name] for name in order), strict=True)
    return [
        f"{Phase(phase).label}: {row[order.index(phase)]}" if isinstance(phase, str) else UNPLANNED
        for phase, row in zip(rows["phase"], cells, strict=True)
    ]


def _turn(rows: pd.DataFrame, said: pd.DataFrame, behind: pd.Series) -> pd.Series:
    named = said.set_index(["project_id", "phase"])["accountable"]
    here = pd.MultiIndex.from_arrays([rows["id"], rows["phase"].astype(object)])
    current = pd.Series(named.reindex(here).to_numpy(), index=rows.index, dtype=object)
    return rows["id"].map(behind).astype(object).fillna(current).fillna(NOTHING_TO_DO)


def _rank(statuses: pd.DataFrame, stopped: pd.Series) -> pd.Series:
    """Late first, then under way, then to come, then done; without phases; stopped last."""
    rank = pd.Series(4, index=stopped.index)
    for place, status in (
        (3, PhaseStatus.DONE),
        (2, PhaseStatus.UNKNOWN),
        (2, PhaseStatus.PLANNED),
        (2, PhaseStatus.PROPOSED),
        (1, PhaseStatus.RUNNING),
        (0, PhaseStatus.LATE),
    ):
        rank[(statuses == status.value).any(axis=1).to_numpy()] = place
    rank[stopped] = 5
    return rank
