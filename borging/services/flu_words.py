"""What screens say of the flu seasons they reckon with: which, how many, from whom."""

from __future__ import annotations

from borging.domain.flu_seasons import Origin
from borging.services.flu_winters import FluHistory
from borging.services.wording import count, listed, percent

PANDEMIC = "2009/2010"
CHOICES = {"officieel": Origin.OFFICIAL, "afgeleid": Origin.DERIVED}
"""Words on the screen to what planning prefers, the usual one first."""
WEEKS_OF = {
    Origin.OFFICIAL: "officiële weken",
    Origin.DERIVED: "weken afgeleid uit de weekreeks (ECDC, Nivel)",
    Origin.MANUAL: "met de hand ingevoerde weken",
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
    return " ".join(said)
