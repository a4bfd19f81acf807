"""Borgingsscan: does this project last, where is most to win, what do we talk about first?

The round that stands for the project is the newest one that may be shown; a round with too
few answers and a round with none look the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from borging.domain.instruments import Instrument
from borging.domain.rounds import ScanRound, newest_readable
from borging.domain.scoring import FactorScore, ScanScore
from borging.domain.terms import RoundState
from borging.domain.wording import count, day, day_and_week, number, rounded
from borging.services.scan import words
from borging.services.scores import as_shown

EARLIER_SHOWN = 2
TOPICS_SHOWN = 3
DIVIDED = 2
"""Spread from which the people who answered are far enough apart to talk about it."""
AS_GOOD_AS_NOTHING = 0.05
"""Points that are written as 0,0."""


@dataclass(frozen=True)
class Topic:
    """A factor to talk about: the answers counted per level, and the two ends in words."""

    factor: str
    answers: str
    ends: str


@dataclass(frozen=True)
class ScanView:
    """What the screen shows of one project.

    current: the round that stands for the project; None when nothing may be shown. shown:
    that round and at most two earlier readable ones, newest first. gains: the factors, most
    to win first, those without a score last. factors: one row per factor in fixed order (see
    `factor_table`). missing: what to write at a factor without a score. rounds: one row per
    round, oldest first (see `round_table`).
    """

    title: str
    question: str
    small_print: str
    empty_words: str
    current: ScanRound | None
    shown: tuple[ScanRound, ...]
    gains: tuple[FactorScore, ...]
    topics: tuple[Topic, ...]
    topics_note: str
    factors: pd.DataFrame
    rounds: pd.DataFrame
    radar_question: str
    radar_note: str
    gains_note: str
    levels_question: str
    levels_note: str
    missing: str
    totals_note: str
    in_words: dict[str, str]


def view(
    code: str, title: str, rounds: list[ScanRound], instrument: Instrument, as_of: date
) -> ScanView:
    """Build the view of one project from its rounds up to and including `as_of`."""
    current = newest_readable(rounds)
    before = [r for r in rounds if r.score is not None and r is not current]
    shown = (current, *before[::-1][:EARLIER_SHOWN]) if current else ()
    scored = current.score if current else None
    factors = scored.factors if scored else ()
    table = round_table(rounds)
    topics = _topics(factors)
    missing = words.missing_words(current is not None and current.joint)
    origin = words.origin(current, instrument) if current else ""
    return ScanView(
        title=finding(current, rounds, instrument),
        question=f"Beklijft {title}?",
        small_print=_small_print(code, current, rounds, instrument, as_of),
        empty_words=words.empty_words(rounds),
        current=current,
        shown=shown,
        gains=tuple(sorted(factors, key=lambda f: 1.0 if f.potential is None else -f.potential)),
        topics=topics,
        topics_note=words.topics_note(current, bool(topics)),
        factors=factor_table(factors, instrument, missing),
        rounds=table,
        radar_question=words.radar_question(shown),
        radar_note=f"gemiddelde per factor · {origin}",
        gains_note=f"punten, tussen haakjes % van het maximum van de factor · {origin}",
        levels_question=words.levels_question(current),
        missing=missing,
        levels_note=words.levels_note(current, origin),
        totals_note=words.totals_note(instrument),
        in_words=words.in_words(shown, factors, table, missing),
    )


def finding(current: ScanRound | None, rounds: Sequence[ScanRound], instrument: Instrument) -> str:
    """Return the title: the total and where most is to be won."""
    if current is None or current.score is None:
        return words.unread_title(rounds[-1]) if rounds else "Nog geen borgingsscan"
    scored = current.score
    if scored.total is None:
        unscored = sum(f.mean is None for f in scored.factors)
        return f"Geen totaal ({_unscored(unscored)})" + _most_to_win(scored)
    lead = "Gezamenlijk " if current.joint else ""
    total = f"{lead}{number(scored.total, 1)} van {number(instrument.maximum)} punten"
    return total + (_most_to_win(scored) or "; er is niets meer te winnen")


def _unscored(missing: int) -> str:
    return f"{count(missing, 'factor', 'factoren')} zonder uitslag"


def _most_to_win(scored: ScanScore) -> str:
    """Name the one factor with the largest gain, or all that share it; '' when none has any."""
    gains = [(rounded(f.potential, 1), f) for f in scored.factors if f.potential is not None]
    most = max((gain for gain, _ in gains), default=0.0)
    if most < AS_GOOD_AS_NOTHING:
        return ""
    names = [f.factor.name for gain, f in gains if gain == most]
    most_words = f"+{number(most, 1)}"
    if len(names) == 1:
        return f"; de meeste winst ligt bij {names[0][0].lower()}{names[0][1:]} ({most_words})"
    return f"; de meeste winst ligt bij {number(len(names))} factoren ({most_words} elk)"


def _small_print(
    code: str,
    current: ScanRound | None,
    rounds: Sequence[ScanRound],
    instrument: Instrument,
    as_of: date,
) -> str:
    parts = [code]
    if current:
        parts.append(words.origin(current, instrument, with_deviation=True))
    hidden = [r for r in rounds if r.score is None and (not current or r.number > current.number)]
    if current:
        parts += [
            f"ronde {r.number} van {day(r.scanned_on)}: {words.respondents(r)}" for r in hidden
        ]
    if current and current.state == RoundState.CLOSED:
        parts.append(f"ronde {current.number} is nog niet vrijgegeven")
    parts += filter(None, [words.next_words(rounds, as_of)])
    parts += [f"peildatum {day_and_week(as_of)}", words.status(instrument)]
    return " · ".join(parts)


def _topics(factors: Sequence[FactorScore]) -> tuple[Topic, ...]:
    """Return the most divided factors; of two alike, the one with more to win comes first."""
    divided = [f for f in factors if f.spread is not None and f.spread >= DIVIDED]
    divided.sort(key=lambda f: (-(f.spread or 0), -(f.potential or 0)))
    return tuple(_topic(f) for f in divided[:TOPICS_SHOWN])


def _topic(scored: FactorScore) -> Topic:
    given = [level for level in scored.factor.levels if scored.counts[level.letter]]
    return Topic(
        factor=scored.factor.name,
        answers=f"spreiding {scored.spread} · {words.answer_words(scored)}",
        ends=f"van ‘{given[0].heading}’ tot ‘{given[-1].heading}’",
    )


def factor_table(
    factors: Sequence[FactorScore], instrument: Instrument, missing: str
) -> pd.DataFrame:
    """Return one row per factor in fixed order, with numbers as they are shown: one decimal.

    Columns: domain, factor, short, points, maximum, percent, gain, gain_percent (NaN without
    a score), n (Int64, NA when too few), answers (text) and spread (Int64, NA with fewer than
    two answers).
    """
    rows = [
        {
            "domain": instrument.domains[f.factor.domain],
            "factor": f.factor.name,
            "short": f.factor.short,
            "points": f.mean,
            "maximum": f.factor.maximum,
            "percent": f.percent,
            "gain": f.potential,
            "gain_percent": None if f.percent is None else 100 - f.percent,
            "n": f.n or None,
            "answers": words.answer_words(f) or missing,
            "spread": f.spread,
        }
        for f in factors
    ]
    table = pd.DataFrame(rows, columns=FACTOR_COLUMNS)
    numbers = ["points", "maximum", "percent", "gain", "gain_percent"]
    table = table.astype(dict.fromkeys(numbers, "float64") | {"n": "Int64", "spread": "Int64"})
    return as_shown(table, numbers)


FACTOR_COLUMNS = [
    "domain",
    "factor",
    "short",
    "points",
    "maximum",
    "percent",
    "gain",
    "gain_percent",
    "n",
    "answers",
    "spread",
]


def round_table(rounds: Sequence[ScanRound]) -> pd.DataFrame:
    """Return one row per round, oldest first.

    Columns: number, scanned_on, kind (word), moment (words, 'niet gezegd' without one), state
    (words), closed (bool), who (number of people, or why nothing is shown),
    briefly (the same for a narrow column),
    total, sd (points, NaN when not to be given), recorded_by, version.
    """
    rows = [
        {
            "number": r.number,
            "scanned_on": r.scanned_on,
            "kind": r.kind.label,
            "moment": r.moment.label if r.moment else words.NO_MOMENT,
            "state": r.state.label,
            "closed": r.closed,
            "who": words.respondents(r)
            + (f" van {r.agreed_by}" if r.joint and r.agreed_by else ""),
            "briefly": words.briefly(r),
            "total": r.score.total if r.score else None,
            "sd": r.score.sd if r.score else None,
            "recorded_by": r.recorded_by or words.UNRECORDED,
            "version": r.instrument_version,
        }
        for r in rounds
    ]
    columns = [
        "number",
        "scanned_on",
        "kind",
        "moment",
        "state",
        "closed",
        "who",
        "briefly",
        "total",
        "sd",
        "recorded_by",
        "version",
    ]
    table = pd.DataFrame(rows, columns=columns)
    table["scanned_on"] = pd.to_datetime(table["scanned_on"]).astype("datetime64[us]")
    table = table.astype({"number": "Int64", "total": "float64", "sd": "float64"})
    return as_shown(table, ["total", "sd"])
