"""Whether what supports the new way of working has an owner, is kept, and is followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from borging.domain.control_chart import Check, control_chart
from borging.domain.dossier_summary import PartState, PartSummary
from borging.domain.periods import add_months
from borging.domain.wording import count, day, listed
from borging.services.dossier.compliance import checks_of, compliance
from borging.services.dossier.dossier import Dossier

MONTHS_BETWEEN_CHECKS = 3
"""Months after the last check, and after the start of what was never checked."""
NAMED = 2


def interventions(dossier: Dossier) -> PartSummary:
    """Ask first for what falls back, then for who is missing and what is too long ago."""
    written, groups = dossier.rows("intervention"), dossier.rows("training_coverage")
    checks = checks_of(dossier)
    done = sum(len(each) for each in checks.values())
    if not (written or groups or done):
        return PartSummary(
            PartState.EMPTY,
            "nog niets ingevuld",
            "Schrijf op wat het nieuwe werken ondersteunt, met een eigenaar.",
        )
    held = [
        (len(written), "interventie", "interventies"),
        (done, "controle", "controles"),
        (len(groups), "groep geschoold of te scholen", "groepen geschoold of te scholen"),
    ]
    words = listed([count(*each) for each in held if each[0]])
    asks = _asks(dossier, checks)
    if asks:
        state, said = PartState.ATTENTION, f"{words}; {asks[0][0]}"
        return PartSummary(state, said, asks[0][1])
    uncounted = [each.group for each in compliance(dossier).coverage if each.share is None]
    if uncounted:
        return PartSummary(
            PartState.UNDERWAY,
            f"{words}; van {count(len(uncounted), 'groep', 'groepen')} is niet bekend hoeveel "
            "mensen geschoold zijn",
            f"Tel hoeveel mensen geschoold zijn: {listed(uncounted[:NAMED])}.",
        )
    if not written:
        return PartSummary(
            PartState.UNDERWAY, words, "Schrijf op wat het nieuwe werken ondersteunt."
        )
    if len(checks) < len(written):
        return PartSummary(
            PartState.UNDERWAY,
            words,
            "Spreek af wanneer u voor het eerst kijkt of het zo gebeurt, en bij hoeveel keer.",
        )
    return PartSummary(PartState.SETTLED, words)


def _asks(dossier: Dossier, checks: Mapping[int, list[Check]]) -> list[tuple[str, str]]:
    """Return what asks for attention, most urgent first: in short, and as a sentence."""
    rows = dossier.rows("intervention")
    falls = [r for r in rows if control_chart(checks.get(int(r["id"]), [])).falls]
    unowned = [r for r in rows if not r["owner"]]
    overdue = [r for r in rows if r["review_on"] and r["review_on"] < dossier.as_of]
    unseen = [r for r in rows if _too_long_ago(r, checks.get(int(r["id"]), []), dossier)]
    untrained = [
        each.group
        for each in compliance(dossier).coverage
        if each.share is not None and each.share < 0.5
    ]
    asks = []
    if falls:
        asks.append(
            (
                f"naleving van {_names(falls)} daalt",
                f"Zoek met het team uit waarom {_names(falls)} minder gebeurt.",
            )
        )
    if unowned:
        asks.append(
            (
                f"{_names(unowned)} zonder eigenaar",
                f"Spreek af wie in de lijn eigenaar is van {_names(unowned)}.",
            )
        )
    if overdue:
        first = min(overdue, key=lambda row: row["review_on"])
        asks.append(
            (
                f"{_names(overdue)} had herzien moeten zijn",
                f"Herzie {_names([first])}: dat moest uiterlijk op {day(first['review_on'])}.",
            )
        )
    if unseen:
        asks.append(
            (
                f"{_names(unseen)} {MONTHS_BETWEEN_CHECKS} maanden niet gecontroleerd",
                f"Kijk bij een kleine steekproef of {_names(unseen)} nog gebeurt.",
            )
        )
    if untrained:
        asks.append(
            (
                f"van {listed(untrained[:NAMED])} is minder dan de helft geschoold",
                f"Plan scholing voor {listed(untrained[:NAMED])}.",
            )
        )
    return asks


def _too_long_ago(row: Mapping[str, Any], checks: list[Check], dossier: Dossier) -> bool:
    """Whether the last check, or the start of what was never checked, is over three months ago."""
    last = max((each.on for each in checks), default=row["since"])
    return last is not None and last < add_months(dossier.as_of, -MONTHS_BETWEEN_CHECKS)


def _names(rows: Sequence[Mapping[str, Any]]) -> str:
    named = [f"‘{row['name']}’" for row in rows[:NAMED]]
    more = len(rows) - NAMED
    return listed([*named, f"{more} andere"] if more > 0 else named)
