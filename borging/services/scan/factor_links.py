"""How do factors go together over projects: rank correlation with n and interval.

One row is one project, with the newest scan that may be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import isnan

import pandas as pd

from borging.domain.chance import RankCorrelation, rank_interval, spearman
from borging.domain.instruments import Factor, Instrument
from borging.domain.wording import count, number
from borging.services.scan.distribution import by_project, origin
from borging.services.scores import as_shown

PAIR_FROM = 8
MATRIX_FROM = 20
CODES_NAMED = 5
METHOD = (
    "rangcorrelatie (Spearman) met 95\u00a0%-interval (Fisher z, variantie van Bonett en Wright)"
)


@dataclass(frozen=True)
class PairView:
    """Two factors over the projects that have a score on both.

    points: one row per place in the chart; columns x, y (% of the maximum, whole), n
    (projects) and codes (text). Empty with fewer than eight projects.
    """

    first: Factor
    second: Factor
    link: RankCorrelation | None
    words: str
    points: pd.DataFrame


@dataclass(frozen=True)
class LinksView:
    """What can be said of factors together.

    percents: rows project ids, columns factor ids, NaN without a score. codes: by project id.
    pair_words and matrix_words: what is missing, '' when enough projects are measured. pairs:
    one row per pair (see `pair_table`), empty below twenty. projects: how many the matrix has.
    """

    percents: pd.DataFrame
    codes: dict[int, str]
    projects: int
    pair_words: str
    matrix_words: str
    note: str
    matrix_note: str
    matrix: pd.DataFrame
    pairs: pd.DataFrame


def view(projects: pd.DataFrame, scans: pd.DataFrame, instrument: Instrument) -> LinksView:
    """Look at the projects shown; `scans` as `newest_scans` gives them."""
    own = scans[scans["project_id"].isin(projects["id"])]
    ids = [factor.id for factor in instrument.factors]
    percents = by_project(own, instrument)[ids]
    complete = percents.dropna()
    matrix = complete.corr(method="spearman") if len(complete) >= MATRIX_FROM else pd.DataFrame()
    where = " · ".join([METHOD, *origin(own, instrument), "samenhang is geen oorzaak"])
    pairs = len(ids) * (len(ids) - 1) // 2
    return LinksView(
        percents=percents,
        codes=dict(zip(projects["id"].tolist(), projects["code"], strict=True)),
        projects=len(complete),
        pair_words=_missing(
            len(percents), PAIR_FROM, "kunt u twee factoren tegen elkaar zetten", ""
        ),
        matrix_words=_missing(
            len(complete),
            MATRIX_FROM,
            "ziet u alle factoren tegen elkaar",
            " en een uitslag op alle factoren",
        ),
        note=where,
        matrix_note=(
            f"n = {count(len(complete), 'project', 'projecten')} met een uitslag op alle factoren "
            f"· {pairs} vergelijkingen tegelijk: ook zonder enig verband vallen er dan gemiddeld "
            f"{number(pairs * 0.05)} buiten de grenzen van het toeval; lees dit als vraag, niet "
            f"als antwoord · {where}"
        ),
        matrix=matrix.round(2),
        pairs=pair_table(matrix, len(complete), instrument),
    )


def _missing(found: int, needed: int, what: str, extra: str) -> str:
    if found >= needed:
        return ""
    have = count(found, "project", "projecten")
    return (
        f"Vanaf {needed} projecten met een scan{extra} {what}. U heeft er nu {have.split()[0]}: "
        f"nog {number(needed - found)} nodig."
    )


def pair(links: LinksView, first: Factor, second: Factor) -> PairView:
    """Set two factors against each other over the projects that have both."""
    both = links.percents[[first.id, second.id]].dropna()
    both.columns = pd.Index(["x", "y"])
    if first.id == second.id:
        return PairView(first, second, None, "Kies twee verschillende factoren.", both[:0])
    if len(both) < PAIR_FROM:
        words = _missing(len(both), PAIR_FROM, "is er iets over te zeggen", " en beide uitslagen")
        return PairView(first, second, None, words, both[:0])
    link = spearman(both["x"].tolist(), both["y"].tolist())
    places = both.round().astype(int)
    places["codes"] = [links.codes[i] for i in both.index.tolist()]
    points = places.groupby(["x", "y"], as_index=False).agg(
        n=("codes", "size"), codes=("codes", lambda found: _named(list(found)))
    )
    return PairView(first, second, link, pair_words(link, first, second, len(both)), points)


def _named(codes: list[str]) -> str:
    rest = len(codes) - CODES_NAMED
    return ", ".join(codes[:CODES_NAMED]) + (f" en {rest} meer" if rest > 0 else "")


def pair_words(link: RankCorrelation | None, first: Factor, second: Factor, n: int) -> str:
    """Say how two factors go together, with n and interval."""
    over = f"over {count(n, 'project', 'projecten')}"
    if link is None:
        return (
            f"Eén van beide factoren is {over} overal gelijk: een samenhang is niet te berekenen."
        )
    lead = f"Rangcorrelatie {number(link.rho, 2)} {over}"
    if link.low is None or link.high is None:
        return f"{lead}; een interval is bij een volmaakte volgorde niet te geven."
    lead += f", 95\u00a0%-interval {number(link.low, 2)} tot {number(link.high, 2)}."
    if not link.clear:
        return f"{lead} Het interval bevat 0: of ze samengaan is hiermee niet te zeggen."
    which = "hoger" if link.rho > 0 else "lager"
    return f"{lead} Waar ‘{first.name}’ hoger scoort, scoort ‘{second.name}’ vaker {which}."


def pair_table(matrix: pd.DataFrame, n: int, instrument: Instrument) -> pd.DataFrame:
    """Return one row per pair of factors, in fixed order.

    Columns: first, second (names), rho, low, high (NaN where they cannot be given), n, and
    said (rho, interval and n in words); rounded as shown.
    """
    rows = []
    for first, second in combinations(instrument.factors, 2) if not matrix.empty else ():
        rho = float(matrix[first.id][second.id])
        link = None if isnan(rho) else rank_interval(rho, n)
        rows.append(
            {
                "first": first.name,
                "second": second.name,
                "rho": rho,
                "low": link.low if link else None,
                "high": link.high if link else None,
                "n": n,
                "said": _said(link, n),
            }
        )
    table = pd.DataFrame(rows, columns=["first", "second", "rho", "low", "high", "n", "said"])
    correlations = ["rho", "low", "high"]
    return as_shown(table.astype(dict.fromkeys(correlations, "float64")), correlations, 2)


def _said(link: RankCorrelation | None, n: int) -> str:
    if link is None:
        return f"niet te berekenen, n = {n}"
    if link.low is None or link.high is None:
        return f"{number(link.rho, 2)}, geen interval, n = {n}"
    interval = f"{number(link.low, 2)} tot {number(link.high, 2)}"
    return f"{number(link.rho, 2)}, interval {interval}, n = {n}"
