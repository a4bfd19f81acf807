"""Borgingsscan over time: which factors rise or fall more than chance between two rounds?

Only the counted answers that both rounds show anyway are used, so a comparison tells nothing
that a round alone does not: where either round keeps a factor to itself, so does this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from borging.domain.chance import ALPHA, LEAST_ANSWERS, holm, permutation_chance
from borging.domain.instruments import Factor, Instrument
from borging.domain.rounds import ScanRound
from borging.domain.scoring import FactorScore
from borging.domain.terms import Term
from borging.domain.wording import count, day, number, percent, signed
from borging.services.scores import as_shown

NO_COUNT = "–"


class Outcome(Term):
    """What a comparison of one factor says."""

    RISES = "rises", "stijgt"
    FALLS = "falls", "daalt"
    CHANCE = "chance", "niet van toeval te onderscheiden"
    TOO_FEW = "too_few", "te weinig antwoorden om verschil van toeval te onderscheiden"
    HIDDEN = "hidden", "te weinig antwoorden"


@dataclass(frozen=True)
class FactorChange:
    """One factor in two rounds.

    change: points now minus points before, None when a round shows no score. chance: of such
    a difference, adjusted for the number of factors; None when not tested.
    """

    factor: Factor
    before: FactorScore
    now: FactorScore
    change: float | None
    chance: float | None
    outcome: Outcome


@dataclass(frozen=True)
class TrendView:
    """What the screen shows of the newest individual round against an earlier one.

    candidates: earlier rounds that can be compared with, newest first. changes: the factors in
    fixed order; empty when there are no two rounds to compare. table: see `change_table`.
    """

    finding: str
    note: str
    in_words: str
    candidates: tuple[ScanRound, ...]
    before: ScanRound | None
    now: ScanRound | None
    changes: tuple[FactorChange, ...]
    table: pd.DataFrame


def view(
    rounds: Sequence[ScanRound], instrument: Instrument, earlier: str | None = None
) -> TrendView:
    """Compare the newest readable individual round with the one before it.

    rounds: of one project, as `borging.store.queries.scans.rounds` gives them. earlier: the
    number of the round to compare with, as an address names it; one that is not there is
    passed over.
    """
    own = sorted(
        (r for r in rounds if r.score is not None and not r.joint),
        key=lambda r: (r.scanned_on, r.id),
        reverse=True,
    )
    now = own[0] if own else None
    candidates = tuple(r for r in own[1:] if now and r.instrument_version == now.instrument_version)
    before = next((r for r in candidates if str(r.number) == earlier), None)
    before = before or next(iter(candidates), None)
    changes = compared(before, now)
    return TrendView(
        finding=finding(changes, own),
        note=_note(before, now, instrument) if before and now else "",
        in_words="; ".join(f"{c.factor.name} {_moved(c)}: {c.outcome.label}" for c in changes),
        candidates=candidates,
        before=before,
        now=now,
        changes=changes,
        table=change_table(changes, instrument),
    )


def compared(before: ScanRound | None, now: ScanRound | None) -> tuple[FactorChange, ...]:
    """Compare two individual rounds factor by factor; nothing when either shows no score."""
    if before is None or now is None or before.score is None or now.score is None:
        return ()
    pairs = list(zip(before.score.factors, now.score.factors, strict=True))
    chances = holm(
        [
            permutation_chance(new.factor.points, old.counts, new.counts)
            if min(old.n, new.n) >= LEAST_ANSWERS
            else None
            for old, new in pairs
        ]
    )
    changes = []
    for (old, new), chance in zip(pairs, chances, strict=True):
        hidden = old.mean is None or new.mean is None
        difference = _difference(old, new)
        if hidden:
            outcome = Outcome.HIDDEN
        elif chance is None:
            outcome = Outcome.TOO_FEW
        elif chance > ALPHA:
            outcome = Outcome.CHANCE
        else:
            outcome = Outcome.RISES if difference and difference > 0 else Outcome.FALLS
        changes.append(
            FactorChange(
                factor=new.factor,
                before=old,
                now=new,
                change=difference,
                chance=None if chance is None else float(chance),
                outcome=outcome,
            )
        )
    return tuple(changes)


def _difference(before: FactorScore, now: FactorScore) -> float | None:
    """Return points now minus points before, the difference of the exact means."""
    if before.exact is None or now.exact is None:
        return None
    return float(now.exact - before.exact)


def finding(changes: Sequence[FactorChange], rounds: Sequence[ScanRound]) -> str:
    """Say how many factors rise and fall; `rounds` are the readable individual ones."""
    if not changes:
        if len(rounds) > 1:
            return "De vorige rondes zijn met een andere versie ingevuld: niet te vergelijken."
        return "Nog geen twee rondes om te vergelijken: na de volgende ziet u hier wat verandert."
    found = [change.outcome for change in changes]
    rises, falls = found.count(Outcome.RISES), found.count(Outcome.FALLS)
    tested = rises + falls + found.count(Outcome.CHANCE)
    if not tested:
        words = Outcome.TOO_FEW.label.capitalize()
        return f"{words}: daarvoor zijn er {LEAST_ANSWERS} per ronde nodig."
    if not rises and not falls:
        lead = "Geen factor stijgt of daalt meer dan toeval verklaart"
    else:
        parts = []
        if rises:
            parts.append(f"{count(rises, 'factor stijgt', 'factoren stijgen')}")
        if falls:
            parts.append(f"{count(falls, 'factor daalt', 'factoren dalen')}")
        lead = f"{' en '.join(parts)} meer dan toeval verklaart"
    return lead + (f" (te beoordelen: {tested} van {len(found)})." if tested < len(found) else ".")


def _note(before: ScanRound, now: ScanRound, instrument: Instrument) -> str:
    return (
        f"{_round(before)} tegen {_round(now)} · gemiddelde in % van het maximum · toets: alle "
        "verdelingen van de antwoorden over de twee rondes uitgeteld (permutatietoets, "
        f"tweezijdig), met Holm over {number(len(instrument.factors))} factoren, grens 5 % · "
        f"onder {LEAST_ANSWERS} antwoorden per ronde geen uitspraak · antwoorden zijn naamloos, "
        f"dus niet per persoon te volgen · {instrument.title} {now.instrument_version}"
    ).replace(" %", "\u00a0%")


def _round(scan: ScanRound) -> str:
    people = scan.score.n if scan.score else 0
    return f"ronde {scan.number} van {day(scan.scanned_on)} (n = {people})"


def _moved(change: FactorChange) -> str:
    old, new = change.before.percent, change.now.percent
    if old is None or new is None:
        return "zonder uitslag in beide rondes"
    return f"van {percent(old)} naar {percent(new)}"


def change_table(changes: Sequence[FactorChange], instrument: Instrument) -> pd.DataFrame:
    """Return one row per factor in fixed order.

    Columns: domain, factor, short, before and now (points), before_percent and now_percent
    (NaN without a score), n_before and n_now (Int64, NA when too few), change (points, text),
    chance (text) and outcome (words).
    """
    columns = [
        "domain",
        "factor",
        "short",
        "before",
        "n_before",
        "now",
        "n_now",
        "change",
        "chance",
        "outcome",
        "before_percent",
        "now_percent",
    ]
    rows = [
        {
            "domain": instrument.domains[c.factor.domain],
            "factor": c.factor.name,
            "short": c.factor.short,
            "before": c.before.mean,
            "n_before": c.before.n or None,
            "now": c.now.mean,
            "n_now": c.now.n or None,
            "change": NO_COUNT if c.change is None else signed(c.change, 1),
            "chance": chance_words(c.chance),
            "outcome": c.outcome.label,
            "before_percent": c.before.percent,
            "now_percent": c.now.percent,
        }
        for c in changes
    ]
    numbers = ["before", "now", "before_percent", "now_percent"]
    types = dict.fromkeys(numbers, "float64") | {"n_before": "Int64", "n_now": "Int64"}
    table = pd.DataFrame(rows, columns=columns).astype(types)
    return as_shown(table, numbers)


def chance_words(chance: float | None) -> str:
    """Write a chance with three decimals, never as nothing and certain as 1."""
    if chance is None:
        return NO_COUNT
    if chance == 1:
        return "1"
    return "< 0,001" if chance < 0.001 else number(chance, 3)
