"""How often a function has too few hours in the drawn winters, and how many it then lacks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from borging.domain.periods import Week
from borging.domain.wording import count, listed, number
from borging.planning.shortage import Shortages, shortages
from borging.planning.winters import method_words
from borging.services.capacity import words
from borging.services.capacity.view import PRINTED_WEEKS, CapacityView

WORST = 3
"""Weeks that are listed per function."""
LEAST = 0.005
"""Chance (0–1) up to and including which a week is not listed: 0 % when rounded."""


@dataclass(frozen=True)
class ChanceView:
    """What the drawn winters say of the shortages.

    found: functions × weeks, in the order of the screen. worst: the weeks with the largest
    shortages of every function, columns function, week ('wk 53'), iso_week, chance (whole per
    cent), hours_50, hours_90 (hours per week). safe: functions that are never short.
    method: how it was counted, and what it is not.
    """

    found: Shortages
    worst: pd.DataFrame
    table: pd.DataFrame
    in_words: str
    safe: str
    method: str


def view(screen: CapacityView) -> ChanceView:
    """Count the shortages of every function and week over the winters of the screen."""
    found = shortages(screen.demand, screen.present, screen.draws.absent)
    worst = _worst(found, screen)
    safe = [name for name in screen.names.values() if name not in set(worst["function"])]
    table = (100 * found.chance).round().astype("Int64")
    table.columns = pd.Index([str(Week.of(monday)) for monday in screen.weeks.date])
    table.insert(0, "function", list(screen.names.values()))
    return ChanceView(
        found=found,
        worst=worst,
        table=table.reset_index(drop=True),
        in_words=_in_words(found, screen),
        safe=f"In geen enkele getrokken winter tekort: {listed(safe)}." if safe else "",
        method=method_words(screen.draws.winters),
    )


def note(screen: CapacityView, found: ChanceView, narrow: bool) -> str:
    """Return the small print below the heatmap of the chances. narrow: on a phone."""
    drawn = screen.drawn(narrow)
    parts = [words.chance_cells(drawn <= PRINTED_WEEKS), words.some_of(drawn, len(screen.weeks))]
    return " · ".join([*filter(None, parts), found.method])


def cell(chance: float) -> str:
    """Write a chance (0–1) in whole per cents, so that rare is not never and often not always."""
    if 0 < chance <= LEAST:
        return "<1"
    if 1 - LEAST <= chance < 1:
        return ">99"
    return f"{100 * chance:.0f}"


def _worst(found: Shortages, screen: CapacityView) -> pd.DataFrame:
    rows = []
    for function, name in screen.names.items():
        chance, half, most = (
            frame.loc[function].to_numpy(float)
            for frame in (found.chance, found.hours_50, found.hours_90)
        )
        order = np.lexsort((-chance, -half, -most))
        rows += [
            (
                name,
                words.week(screen.weeks[place]),
                str(Week.of(screen.weeks[place].date())),
                round(100 * chance[place]),
                round(half[place], 1),
                round(most[place], 1),
            )
            for place in order[:WORST].tolist()
            if chance[place] > LEAST
        ]
    columns = ["function", "week", "iso_week", "chance", "hours_50", "hours_90"]
    return pd.DataFrame(rows, columns=columns)


def _in_words(found: Shortages, screen: CapacityView) -> str:
    chance = found.chance.to_numpy(float)
    often = int((chance >= 0.5).any(axis=1).sum())
    said = (
        f"Kans op tekort per functie en week, {words.weeks(screen.weeks[0], screen.weeks[-1])}. "
        f"{count(often, 'functie komt', 'functies komen')} in een of meer weken in minstens de "
        "helft van de getrokken winters uren tekort."
    )
    hours = found.hours_90.to_numpy(float)
    row, column = np.unravel_index(int(hours.argmax()), hours.shape)
    short = float(hours[row, column])
    if not short:
        return said
    name = list(screen.names.values())[int(row)]
    return (
        f"{said} Het grootste tekort: {words.in_sentence(name)} in "
        f"{words.week(screen.weeks[int(column)])}, in 90 % van de winters hoogstens "
        f"{number(short, 1)} uur."
    )
