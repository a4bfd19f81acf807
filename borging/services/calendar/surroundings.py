"""What stands round and below the chart of the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd

from borging.domain.flu import bands_between
from borging.domain.periods import Week, add_months
from borging.domain.terms import Carrier, Phase, ProjectState
from borging.services import flu_words
from borging.services.calendar.rows import name
from borging.services.calendar.weeks import SURROUNDINGS_UP_TO, Window
from borging.services.flu_winters import FluHistory
from borging.services.holidays import DaysOff, Holiday, SchoolHolidays, touching


@dataclass(frozen=True)
class Surroundings:
    """What holds for everybody within a window.

    chances: Monday to the chance (0–1) of that week; weeks that are not measured are left out.
    flu: Monday to that chance in words.
    bands: first and last day of each flu season, cut to the window. chances and holidays are
    empty when the window is too wide to tell weeks apart. wrong: school holidays in the window
    whose days are wrong in the source. school_until: last day that the table of school
    holidays knows.
    """

    chances: Mapping[date, float]
    bands: tuple[tuple[date, date], ...]
    school: tuple[Holiday, ...] = ()
    public: tuple[Holiday, ...] = ()
    wrong: tuple[Holiday, ...] = ()
    school_until: date | None = None
    flu: Mapping[date, str] = field(default_factory=dict)


def surroundings(
    span: Window, history: FluHistory, school: SchoolHolidays, days_off: DaysOff
) -> Surroundings:
    """Return flu and holidays within a window."""
    bands = tuple(
        (max(band.first.monday, span.first), min(band.last.sunday, span.last))
        for band in bands_between(span.first, span.last)
    )
    if span.weeks > SURROUNDINGS_UP_TO:
        return Surroundings({}, bands)
    mondays = [span.first + timedelta(weeks=n) for n in range(span.weeks)]
    asked = [Week.of(monday) for monday in mondays]
    chances = {m: each.chance for m, each in zip(mondays, history.counts(asked), strict=True)}
    return Surroundings(
        {monday: chance for monday, chance in chances.items() if chance is not None},
        bands,
        touching(school.known, span.first, span.last),
        days_off.between(span.first, span.last),
        touching(school.wrong, span.first, span.last),
        max((holiday.last for holiday in school.known), default=None),
        {monday: flu_words.of_week(history, Week.of(monday)) for monday in mondays},
    )


def in_each_phase(projects: pd.DataFrame, judged: pd.DataFrame) -> dict[str, int]:
    """Return the number of projects in each phase that is under way, by label of the phase.

    A project counts once, in the phase it is in; one that runs without phases counts as unknown.
    """
    counts = _under_way(projects, judged)["phase"].value_counts()
    unknown = projects["phase"].isna() & (projects["state"] == ProjectState.RUNNING)
    return {phase.label: int(counts.get(phase.value, 0)) for phase in Phase} | {
        "onbekende fase": int(unknown.sum())
    }


def by_line(projects: pd.DataFrame, judged: pd.DataFrame) -> int:
    """Return the number of projects in a phase that is under way and that the line carries."""
    return int((_under_way(projects, judged)["carried_by"] == Carrier.LINE).sum())


def _under_way(projects: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Return the phase that each project is in, where it is under way."""
    columns = ["project_id", "phase", "carried_by"]
    running = judged.loc[judged["under_way"], columns].astype({"phase": str})
    own = projects.rename(columns={"id": "project_id"})[["project_id", "phase"]]
    return own.dropna(subset=["phase"]).astype({"phase": str}).merge(running)


def coming(
    active: pd.DataFrame, moments: pd.DataFrame, history: FluHistory, as_of: date
) -> pd.DataFrame:
    """Return the handovers of the next twelve months, the first one on top.

    Columns: id, project, result, day, week, chance (words). Counts the same handovers as
    `borging.services.handovers`.
    """
    first, last = pd.Timestamp(as_of), pd.Timestamp(add_months(as_of, 12))
    near = moments[
        moments["project_id"].isin(active["id"])
        & ~moments["done"]
        & (moments["day"] >= first)
        & (moments["day"] < last)
    ]
    titles = active.set_index("id")["title"]
    return pd.DataFrame(
        {
            "id": near["project_id"],
            "project": near["project_id"].map(titles),
            "result": near["result"],
            "day": near["day"],
            "week": _weeks(near["day"]),
            "chance": _chances(near["day"], history),
        }
    ).reset_index(drop=True)


def table(ordered: pd.DataFrame, bars: pd.DataFrame, history: FluHistory) -> pd.DataFrame:
    """Return the chart as a table: one row per project, the next handover on top.

    first and last are those of the phase the project is in, as far as they are known; of a
    project without phases its own.
    """
    dates = bars.assign(phase=bars["phase"].astype(object)).set_index(["project_id", "phase"])
    here = pd.MultiIndex.from_arrays([ordered["id"].astype("int64"), ordered["phase"]])
    own = dates[["start", "end"]].reindex(here)
    rows = pd.DataFrame(
        {
            "id": ordered["id"],
            "project": [
                name(code, title)
                for code, title in zip(ordered["code"], ordered["title"], strict=True)
            ],
            "group": ordered["group"],
            "phase_label": ordered["phase_label"],
            "first": own["start"].to_numpy(),
            "last": own["end"].to_numpy(),
            "next_handover": ordered["next_handover"],
            "week": _weeks(ordered["next_handover"]),
            "iso_week": [
                None if pd.isna(d) else str(Week.of(d.date())) for d in ordered["next_handover"]
            ],
            "chance": _chances(ordered["next_handover"], history),
        }
    )
    bare = ordered["phase"].isna().to_numpy()
    rows["first"] = rows["first"].where(~bare, ordered["start"])
    rows["last"] = rows["last"].where(~bare, ordered["end"])
    return rows.sort_values(["next_handover", "project"], na_position="last", ignore_index=True)


def _weeks(days: pd.Series) -> list[str | None]:
    return [None if pd.isna(d) else Week.of(d.date()).label for d in days]


def _chances(days: pd.Series, history: FluHistory) -> list[str | None]:
    weeks = [None if pd.isna(d) else Week.of(d.date()) for d in days]
    known = [week for week in weeks if week is not None]
    shares = dict(zip(known, map(flu_words.share, history.counts(known)), strict=True))
    return [None if week is None else shares[week] for week in weeks]
