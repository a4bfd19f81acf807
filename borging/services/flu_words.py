"""What screens say of the flu seasons they reckon with: which, how many, from whom."""

from __future__ import annotations

import pandas as pd

from borging.domain.flu_seasons import Origin
from borging.domain.periods import Week
from borging.domain.winter_weeks import week_words
from borging.domain.wording import count, listed, percent
from borging.services.flu_winters import FluHistory, WeekCount

SOURCE = (
    "Bronnen: ECDC (TESSy, ERVISS) en Nivel voor de weekreeks; RIVM en Nivel voor de uitspraken."
)
PANDEMIC = "2009/2010"
NOT_MEASURED = "niet gemeten"
WHOLE, ONLY_NUMBER = "geheel", "alleen het aantal weken"
NO_START, NO_END = "niet het begin", "niet het einde"
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
    """Return in small print what the chance of flu of a week is."""
    names, firsts = history.names, history.seasons.drop_duplicates("season")
    own = ", ".join(
        f"{number} met {WEEKS_OF[origin]}"
        for origin in WEEKS_OF
        if (number := int((firsts["origin"] == origin.value).sum()))
    )
    number_of = count(len(names), "vastgelegde winter", "vastgelegde winters")
    return (
        f"griepkans: aandeel van de {number_of} {names[0]} t/m {names[-1]} waarin de week met "
        f"dezelfde datum epidemisch was ({own}); een winter telt mee in de weken die ervan bekend "
        "zijn; geen voorspelling"
    )


def chance_sentence(history: FluHistory) -> str:
    """Return the same as a sentence of its own."""
    said = chance(history)
    return f"{said[0].upper()}{said[1:]}."


def share(found: WeekCount) -> str:
    """Write the flu chance of a week with the winters that carry it: '60 % (9 van 15)'."""
    if found.chance is None:
        return NOT_MEASURED
    return f"{percent(100 * found.chance)} ({winters(found)})"


def winters(found: WeekCount) -> str:
    """Write in how many of the winters a week was epidemic: '9 van 15'."""
    return f"{found.epidemic} van {found.known}" if found.known else NOT_MEASURED


def of_week(history: FluHistory, week: Week) -> str:
    """Write the flu chance of a week in words, with the week as a date."""
    found, total = history.count(week), len(history.names)
    said = f"griepkans, {week_words(week)}: {share(found)}"
    if found.chance is None:
        return said
    if found.known == total:
        return f"{said[:-1]} winters)"
    return f"{said[:-1]} winters waarvan die week bekend is; {total} in totaal)"


def per_week(history: FluHistory, weeks: pd.DatetimeIndex) -> pd.DataFrame:
    """Return the flu chance of weeks; a row per week that somebody measures.

    Columns: week ('de week van 11 maart'), iso_week, chance (whole per cent), epidemic, known,
    total (numbers of winters).
    """
    asked = [Week.of(monday) for monday in weeks.date]
    rows = [
        (
            week_words(week),
            str(week),
            round(100 * found.chance),
            found.epidemic,
            found.known,
            len(history.names),
        )
        for week, found in zip(asked, history.counts(asked), strict=True)
        if found.chance is not None
    ]
    columns = ["week", "iso_week", "chance", "epidemic", "known", "total"]
    return pd.DataFrame(rows, columns=columns)


def table(history: FluHistory) -> pd.DataFrame:
    """Return the seasons that count, the newest first.

    Columns: season, start, end ('2024-W49', missing without an epidemic and where not known),
    weeks (missing where not known), known (word: what of it is known), intensity (1 is the mean
    epidemic week), measured (word: recorded, filled in or no epidemic), origin (word).
    """
    rows = []
    for name in reversed(history.names):
        own = history.seasons[history.seasons["season"] == name]
        first = own.iloc[0]
        start, end, weeks = (_same(own[column]) for column in ("start", "end", "weeks"))
        known = WHOLE
        if len(own) > 1:
            known = ONLY_NUMBER if weeks is not None else (NO_END if start else NO_START)
        rows.append(
            (
                name,
                start,
                end,
                weeks,
                known,
                first["intensity"] if first["weeks"] else None,
                first["intensity_status"],
                ORIGIN[Origin(first["origin"])],
            )
        )
    columns = ["season", "start", "end", "weeks", "known", "intensity", "measured", "origin"]
    return pd.DataFrame(rows, columns=columns).astype({"weeks": "Int64"})


def _same(values: pd.Series) -> object:
    """Return the value that all have; None where they differ or have none."""
    return values.iloc[0] if values.nunique() == 1 else None


def _loose(history: FluHistory) -> list[str]:
    """Return in words what is known of each season that is known in part."""
    told = table(history).set_index("season")
    said = []
    for name in history.partly:
        row = told.loc[name]
        if pd.notna(row["weeks"]):
            said.append(f"{name} ({row['weeks']} weken, niet bekend welke)")
        else:
            bound = f"t/m {row['end']}" if row["end"] else f"vanaf {row['start']}"
            said.append(f"{name} ({bound}, {'begin' if row['end'] else 'einde'} niet bekend)")
    return said


def details(history: FluHistory) -> str:
    """Say which winters count, which do not, and why."""
    seasons = history.seasons
    by_rule = dict(history.quiet_by_rule)
    quiet = [each for each in seasons["season"][seasons["weeks"] == 0] if each not in by_rule]
    said = ["Alle winters tellen even zwaar, elk in de weken die ervan bekend zijn."]
    if PANDEMIC in set(seasons["season"]):
        said.append(f"Ook de pandemie van {PANDEMIC} telt mee: een najaarsgolf is voorgekomen.")
    if quiet:
        said.append(f"Ook winters zonder epidemie tellen mee: {listed(quiet)}.")
    if by_rule:
        named = [f"{name} (officieel {weeks} weken)" for name, weeks in by_rule.items()]
        said.append(f"Volgens de drempelregel zonder epidemie: {listed(named)}.")
    if history.fallbacks:
        word = "officieel" if history.prefer is Origin.OFFICIAL else "afgeleid"
        said.append(
            f"Van {listed(history.fallbacks)} is {word} alleen het aantal weken bekend; de andere "
            "bron heeft er evenveel en zegt welke."
        )
    if history.partly:
        said.append(f"Voor een deel bekend: {listed(_loose(history))}.")
    if history.left_out:
        said.append(f"Niet meegeteld: {listed(history.left_out)}.")
    return " ".join([*said, SOURCE])
