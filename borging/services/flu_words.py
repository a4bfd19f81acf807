"""What screens say of the flu seasons they reckon with: which, how many, from whom."""

from __future__ import annotations

import pandas as pd

from borging.domain.flu_seasons import FIRST_WEEK, Origin
from borging.domain.periods import Week
from borging.services.flu_winters import FluHistory
from borging.services.wording import count, listed, percent

SOURCE = (
    "Bronnen: ECDC (TESSy, ERVISS) en Nivel voor de weekreeks; RIVM en Nivel voor de uitspraken."
)
PANDEMIC = "2009/2010"
CHOICES = {"officieel": Origin.OFFICIAL, "afgeleid": Origin.DERIVED}
"""Words on the screen to what planning prefers, the usual one first."""
ORIGIN = {
    Origin.OFFICIAL: "officieel",
    Origin.DERIVED: "afgeleid",
    Origin.MANUAL: "met de hand",
}
WEEKS_OF = {
    Origin.OFFICIAL: "officiële weken",
    Origin.DERIVED: "weken afgeleid uit de weekreeks van ECDC en Nivel",
    Origin.MANUAL: "ingevoerde weken",
}


def chance(history: FluHistory) -> str:
    """Say in small print what the chance of flu of a week is."""
    seasons = history.seasons
    first, last = seasons["season"].iloc[[0, -1]]
    own = ", ".join(
        f"{len(part)} met {WEEKS_OF[origin]}"
        for origin in WEEKS_OF
        if len(part := seasons[seasons["origin"] == origin.value])
    )
    winters = count(len(seasons), "vastgelegde winter", "vastgelegde winters")
    return (
        f"griepkans: aandeel van de {winters} "
        f"{first} t/m {last} waarin die week epidemisch was ({own}); geen voorspelling"
    )


def share(value: float | None) -> str:
    """Write the flu chance of a week; 'niet gemeten' where nobody measures."""
    return "niet gemeten" if value is None else percent(100 * value)


def table(history: FluHistory) -> pd.DataFrame:
    """Return the seasons that count, the newest first.

    Columns: season, start, end ('2024-W49', missing without an epidemic), weeks, intensity (1 is
    the mean epidemic week), measured (word: recorded, filled in or no epidemic), origin (word).
    """
    rows = []
    for each in history.seasons.iloc[::-1].to_dict("records"):
        start = end = None
        if each["weeks"]:
            first = Week(int(each["season"][:4]), FIRST_WEEK).plus(int(each["first_week"]))
            start, end = str(first), str(first.plus(each["weeks"] - 1))
        rows.append(
            (
                each["season"],
                start,
                end,
                each["weeks"],
                each["intensity"] if each["weeks"] else None,
                each["intensity_status"],
                ORIGIN[Origin(each["origin"])],
            )
        )
    columns = ["season", "start", "end", "weeks", "intensity", "measured", "origin"]
    return pd.DataFrame(rows, columns=columns)


def details(history: FluHistory) -> str:
    """Say which winters count, which do not, and why."""
    seasons = history.seasons
    quiet = seasons["season"][seasons["weeks"] == 0].tolist()
    said = ["Alle winters waarvan alle weken bekend zijn tellen even zwaar."]
    if PANDEMIC in set(seasons["season"]):
        said.append(f"Ook de pandemie van {PANDEMIC} telt mee: een najaarsgolf is voorgekomen.")
    if quiet:
        said.append(f"Ook winters zonder epidemie tellen mee: {listed(quiet)}.")
    if history.fallbacks:
        word = "officieel" if history.prefer is Origin.OFFICIAL else "afgeleid"
        said.append(
            f"Van {listed(history.fallbacks)} is {word} niet bekend in welke weken de epidemie "
            "viel; daar telt de andere bron."
        )
    if history.left_out:
        said.append(f"Niet meegeteld: {listed(history.left_out)}.")
    return " ".join([*said, SOURCE])
