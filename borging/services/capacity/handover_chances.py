"""Which handover that is still to come falls in an epidemic week most often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from borging.domain.flu import BAND_WORDS, in_flu_band
from borging.domain.flu_seasons import season_of
from borging.domain.periods import Week
from borging.domain.winter_weeks import week_words
from borging.domain.wording import count, number
from borging.planning.shortage import rank_handovers
from borging.services import flu_words, stages
from borging.services.calendar.rows import name
from borging.services.capacity.view import CapacityView


@dataclass(frozen=True)
class HandoverChances:
    """Handovers in the period of the screen, the likeliest in an epidemic week first.

    table: project_id, project, result, day, week ('2026-W53'), chance (whole per cent, missing
    where nobody measures), carried (that chance with the winters that carry it) and
    winters (these alone), in words.
    """

    table: pd.DataFrame
    in_words: str
    method: str


def view(
    screen: CapacityView, projects: pd.DataFrame, results: pd.DataFrame, as_of: date
) -> HandoverChances:
    """Rank the agreed handovers of planned and running projects from `as_of` on."""
    active = projects[projects["state"].isin(stages.ACTIVE)].set_index("id")
    waiting = results[
        results["project_id"].isin(active.index)
        & results["handed_over_on"].isna()
        & (results["agreed_on"] >= pd.Timestamp(as_of))
    ]
    named = [name(*each) for each in zip(active["code"], active["title"], strict=True)]
    names = dict(zip(active.index.tolist(), named, strict=True))
    coming = pd.DataFrame(
        {
            "project_id": waiting["project_id"],
            "project": waiting["project_id"].map(names),
            "result": waiting["title"],
            "day": waiting["agreed_on"],
        }
    )
    inside = coming["day"] < screen.weeks[-1] + pd.Timedelta(days=7)
    history = screen.draws.history
    ranked = rank_handovers(coming[inside], history.chances(screen.weeks))
    weeks = [Week.of(day.date()) for day in ranked["day"]]
    measured = np.array([season_of(week) is not None for week in weeks], dtype=bool)
    ranked["chance"] = (100 * ranked["chance"]).round().where(measured).astype("Int64")
    counts = history.counts(weeks)
    ranked["carried"] = [flu_words.share(each) for each in counts]
    ranked["winters"] = [flu_words.winters(each) for each in counts]
    table = pd.concat([ranked[measured], ranked[~measured]], ignore_index=True)
    said = _in_words(table, later=int((~inside).sum()))
    return HandoverChances(table, said, flu_words.chance_sentence(history))


def _in_words(table: pd.DataFrame, later: int) -> str:
    """Sum the table up. later: handovers after the period."""
    after = ""
    if later:
        after = f" Na deze periode {'volgt' if later == 1 else 'volgen'} er nog {number(later)}."
    if table.empty:
        return f"In deze periode is er geen overdracht afgesproken.{after}"
    hit = sum(in_flu_band(day.date()) for day in table["day"])
    unmeasured = int(table["chance"].isna().sum())
    said = (
        f"{count(hit, 'overdracht valt', 'overdrachten vallen')} in het griepseizoen "
        f"({BAND_WORDS}), van {count(len(table), 'overdracht', 'overdrachten')} in deze periode."
    )
    first = table.iloc[0]
    if pd.notna(first["chance"]) and first["chance"]:
        week = week_words(Week.of(first["day"].date()))
        said += f" Het vaakst epidemisch: {first['project']}, {week}: {first['carried']}."
    if unmeasured:
        said += f" Bij {unmeasured} is de griepkans niet gemeten (wk 21 t/m 39)."
    return said + after
