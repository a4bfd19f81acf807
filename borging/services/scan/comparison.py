"""Two to four projects beside each other: where are they alike, and where not?

Only rounds that stand for a project in the portfolio are compared. There is no order of
merit: projects keep the order in which they were chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from borging.domain.instruments import Factor, Instrument
from borging.domain.rounds import ScanRound
from borging.domain.scoring import FactorScore
from borging.domain.wording import count, day, day_and_week, listed, number, percent
from borging.services.known import known_first
from borging.services.scan import words as scan_words
from borging.services.scores import as_shown
from borging.services.selection import no_projects

FEWEST, MOST = 2, 4
AS_GOOD_AS_NOTHING = 0.5
"""Per cent that is written as no difference."""


@dataclass(frozen=True)
class Asked:
    """What an address asks for. left_out: why a part of it is not shown, in sentences."""

    ids: tuple[int, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """One project with the round that stands for it."""

    project_id: int
    code: str
    title: str
    scan: ScanRound
    factors: tuple[FactorScore, ...]

    @property
    def label(self) -> str:
        """Code, day and number of people: 'P03 · 14-10-2026 (n = 11)'."""
        return f"{self.code} · {day(self.scan.scanned_on)} ({scan_words.briefly(self.scan)})"


@dataclass(frozen=True)
class Gap:
    """One factor over the sides. width: highest minus lowest, in per cent of the maximum;
    None unless every side shows a score."""

    factor: Factor
    scored: tuple[FactorScore, ...]
    width: float | None


@dataclass(frozen=True)
class ComparisonView:
    """What the screen shows of the chosen projects.

    too_few: what to do first, '' when there are projects enough. sides: in the order chosen;
    fewer than two are not compared. gaps: the factors, the widest difference first, those that
    cannot be compared last. scans: one row per project (see `scan_table`). factors: one row per
    factor and one for the total (see `factor_table`).
    """

    title: str
    small_print: str
    too_few: str
    note: str
    in_words: str
    sides: tuple[Side, ...]
    gaps: tuple[Gap, ...]
    scans: pd.DataFrame
    factors: pd.DataFrame


def asked(address: str, projects: Iterable[int], measured: Iterable[int]) -> Asked:
    """Read the projects from an address such as '3,7': known, measured, each once, four at most."""
    known, readable = set(projects), set(measured)
    ids: list[int] = []
    left_out: list[str] = []
    for word in filter(None, (part.strip() for part in address.split(","))):
        number_in = int(word) if word.isascii() and word.isdecimal() and len(word) < 19 else None
        if number_in not in known or number_in is None:
            left_out.append(f"Er is geen project met nummer {word[:40]}.")
        elif number_in not in readable:
            left_out.append(f"Project {word} heeft geen scan die te tonen is.")
        elif number_in not in ids:
            ids.append(number_in)
    if len(ids) > MOST:
        left_out.append(f"Er passen {MOST} projecten naast elkaar; de rest is weggelaten.")
    return Asked(tuple(ids[:MOST]), tuple(dict.fromkeys(left_out)))


def measured(projects: pd.DataFrame, scans: pd.DataFrame, chosen: Asked) -> int:
    """Count the projects to choose from: those shown with a readable scan, and those chosen."""
    shown = set(projects["id"].tolist()) & set(scans["project_id"].tolist())
    return len(shown | set(chosen.ids))


def view(
    sides: Sequence[Side],
    projects: int,
    measured: int,
    instrument: Instrument,
    as_of: date,
    *,
    filtered: bool = False,
) -> ComparisonView:
    """Build the view.

    projects and measured: how many there are to choose from. filtered: a filter may leave some out.
    """
    compared = tuple(sides) if len(sides) >= FEWEST else ()
    gaps = _gaps(compared)
    return ComparisonView(
        title=finding(sides, gaps, projects, measured, filtered=filtered),
        small_print=" · ".join(
            (
                f"Peildatum {day_and_week(as_of)}",
                "nieuwste scan die te tonen is",
                "geen oordeel over teams: elke scan gaat over één project",
                scan_words.status(instrument),
            )
        ),
        too_few=too_few(measured),
        note=_note(compared, instrument),
        in_words="; ".join(_in_words(gap, compared) for gap in gaps),
        sides=compared,
        gaps=gaps,
        scans=scan_table(compared),
        factors=factor_table(compared, instrument),
    )


def _gaps(sides: Sequence[Side]) -> tuple[Gap, ...]:
    gaps = []
    for scored in zip(*(side.factors for side in sides), strict=True):
        known = [each.percent for each in scored if each.percent is not None]
        width = max(known) - min(known) if len(known) == len(scored) else None
        gaps.append(Gap(scored[0].factor, tuple(scored), width))
    return tuple(sorted(gaps, key=lambda gap: 1.0 if gap.width is None else -gap.width))


def finding(
    sides: Sequence[Side],
    gaps: Sequence[Gap],
    projects: int,
    measured: int,
    *,
    filtered: bool = False,
) -> str:
    """Return the title: the widest difference, or what to do."""
    if len(sides) < FEWEST:
        if not projects:
            return no_projects(filtered)
        if not measured:
            return "Nog geen borgingsscan om te vergelijken"
        if measured < FEWEST:
            return "Nog maar één project heeft een borgingsscan"
        if sides:
            return f"Kies nog een project om {sides[0].code} mee te vergelijken"
        return f"Kies {FEWEST} tot {MOST} projecten om te vergelijken"
    widest = gaps[0]
    if widest.width is None:
        return "Geen factor heeft in alle gekozen projecten een uitslag"
    unknown = sum(gap.width is None for gap in gaps)
    of = unknown, len(gaps), "is het verschil niet bekend", "factor", "factoren"
    if widest.width < AS_GOOD_AS_NOTHING:
        which = "de andere factoren" if unknown else "elke factor"
        return known_first(f"{listed([s.code for s in sides])} scoren op {which} gelijk", *of)
    known = [each.percent for each in widest.scored if each.percent is not None]
    low, high = (known[0], known[1]) if len(known) == FEWEST else (min(known), max(known))
    word = "tegen" if len(known) == FEWEST else "tot"
    name = widest.factor.name
    between = f"{number(low)} {word} {percent(high)}"
    return known_first(f"Grootste verschil: {name[0].lower()}{name[1:]} ({between})", *of)


def _note(sides: Sequence[Side], instrument: Instrument) -> str:
    if not sides:
        return ""
    versions = sorted({side.scan.instrument_version for side in sides})
    return " · ".join(
        (
            "% van het maximum per factor",
            "verschillen tussen projecten zijn niet op toeval getoetst",
            f"{instrument.title} {listed(versions)}",
        )
    )


def _in_words(gap: Gap, sides: Sequence[Side]) -> str:
    values = [
        f"{side.code} {'geen uitslag' if each.percent is None else percent(each.percent)}"
        for side, each in zip(sides, gap.scored, strict=True)
    ]
    return f"{gap.factor.name}: {', '.join(values)}"


def scan_table(sides: Sequence[Side]) -> pd.DataFrame:
    """Return one row per project, in the order chosen.

    Columns: project_id, code, title, scanned_on, number (of the round), who, briefly (words),
    total, sd (points, NaN when not to be given), version.
    """
    rows = [
        {
            "project_id": side.project_id,
            "code": side.code,
            "title": side.title,
            "scanned_on": pd.Timestamp(side.scan.scanned_on),
            "number": side.scan.number,
            "who": scan_words.respondents(side.scan),
            "briefly": scan_words.briefly(side.scan),
            "total": side.scan.score.total if side.scan.score else None,
            "sd": side.scan.score.sd if side.scan.score else None,
            "version": side.scan.instrument_version,
        }
        for side in sides
    ]
    columns = ["project_id", "code", "title", "scanned_on", "number", "who", "briefly"]
    table = pd.DataFrame(rows, columns=[*columns, "total", "sd", "version"])
    return as_shown(table.astype({"total": "float64", "sd": "float64"}), ["total", "sd"])


def factor_table(sides: Sequence[Side], instrument: Instrument) -> pd.DataFrame:
    """Return one row per factor in fixed order, and last the total.

    Columns: domain, factor, short, and per side, counted from 0, said_0 (per cent with n, or
    why not), briefly_0 (per cent alone), percent_0 (float) and n_0 (Int64). The total is said
    in points.
    """
    table = pd.DataFrame(
        [
            {"domain": instrument.domains[f.domain], "factor": f.name, "short": f.short}
            for f in instrument.factors
        ]
        + [{"domain": "", "factor": "Totaal", "short": "Totaal"}]
    )
    for place, side in enumerate(sides):
        total = side.scan.score.total if side.scan.score else None
        missing = scan_words.missing_words(side.scan.joint)
        said = [_said(each, side.scan.joint, missing) for each in side.factors]
        brief = ["–" if f.percent is None else percent(f.percent) for f in side.factors]
        points = None if total is None else number(total, 1)
        table[f"said_{place}"] = [*said, f"{points} punten" if points else "geen totaal"]
        table[f"briefly_{place}"] = [*brief, points or "–"]
        share = side.scan.score.percent_of(instrument) if side.scan.score else None
        table[f"percent_{place}"] = pd.Series(
            [*(f.percent for f in side.factors), share], dtype=float
        )
        people = side.scan.score.n if side.scan.score else None
        table[f"n_{place}"] = pd.array(
            [*(f.n or None for f in side.factors), people], dtype="Int64"
        )
    return as_shown(table, [f"percent_{place}" for place in range(len(sides))])


def _said(scored: FactorScore, joint: bool, missing: str) -> str:
    if scored.percent is None:
        return missing
    return percent(scored.percent) + (" (gezamenlijk)" if joint else f" (n = {scored.n})")


def too_few(measured: int) -> str:
    """Say what is needed before projects can be compared; '' when nothing is."""
    if measured >= FEWEST:
        return ""
    if not measured:
        return "Laat eerst bij twee projecten een borgingsscan invullen."
    return (
        f"{count(measured, 'project heeft', 'projecten hebben')} een scan die te tonen is; vanaf "
        f"{FEWEST} projecten kunt u vergelijken."
    )
