"""What a result costs every year, whether that is in a budget, and when contracts must be ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from borging.domain.dossier_bounds import (
    NOTICE_DAYS,
    in_no_budget,
    notice_forgotten,
    runs,
    to_decide,
)
from borging.domain.dossier_summary import PartState, PartSummary
from borging.domain.wording import count, day, number
from borging.services.dossier.asks import Ask, named, summed_up
from borging.services.dossier.dossier import Dossier

IN_A_BUDGET = {True: "in een begroting", False: "in geen begroting", None: "niet gezegd"}


@dataclass(frozen=True)
class Sum:
    """Some costs together. lines: how many; euros: of those with an amount; unknown: the others."""

    lines: int
    euros: float
    unknown: int

    @property
    def words(self) -> str:
        """The sum; what has no amount is counted and never taken as nothing."""
        if not self.lines:
            return "–"
        unknown = count(self.unknown, "bedrag onbekend", "bedragen onbekend")
        if self.unknown == self.lines:
            return unknown
        known = f"€ {number(self.euros)}"
        return f"{known} + {unknown}" if self.unknown else known


@dataclass(frozen=True)
class Year:
    """The costs of one year, by whether they are in a budget: True, False, None for not said."""

    year: int
    sums: dict[bool | None, Sum]


def per_year(dossier: Dossier) -> tuple[Year, ...]:
    """Return the costs per year, the first year first."""
    rows = dossier.rows("running_cost")
    return tuple(
        Year(year, {said: _sum(rows, year, said) for said in IN_A_BUDGET})
        for year in sorted({int(row["year"]) for row in rows})
    )


def _sum(rows: Sequence[Mapping[str, Any]], year: int, budgeted: bool | None) -> Sum:
    own = [r["amount"] for r in rows if int(r["year"]) == year and r["budgeted"] is budgeted]
    known = [amount for amount in own if amount is not None]
    return Sum(len(own), sum(known), len(own) - len(known))


def running(dossier: Dossier) -> PartSummary:
    """Ask for decisions on contracts, for a budget, and for somebody who watches over it."""
    return summed_up(dossier, "exploitatie", _asks(dossier))


def _asks(dossier: Dossier) -> Iterator[Ask]:
    costs = dossier.rows("running_cost")
    yield from _contracts(dossier)
    coming = [row for row in costs if row["year"] >= dossier.as_of.year]
    if loose := in_no_budget(costs, dossier.as_of):
        yield Ask(
            f"{count(len(loose), 'kostenregel staat', 'kostenregels staan')} in geen begroting",
            f"Vraag ruimte in de begroting voor {named(loose)}.",
        )
    if not costs and dossier.rows("contract"):
        yield Ask(
            "nog geen jaarlijkse kosten",
            "Schrijf op wat het resultaat na het project elk jaar kost, of één regel met 0 euro.",
            PartState.UNDERWAY,
        )
    unsaid = [row["what"] for row in coming if row["budgeted"] is None]
    if unsaid:
        yield Ask(
            f"{count(len(unsaid), 'kostenregel', 'kostenregels')} misschien niet begroot",
            f"Vraag na of dit in een begroting staat: {named(unsaid)}.",
            PartState.UNDERWAY,
        )
    unknown = [row["what"] for row in coming if row["amount"] is None]
    if unknown:
        yield Ask(
            f"van {count(len(unknown), 'kostenregel', 'kostenregels')} bedrag onbekend",
            f"Vraag na wat dit per jaar kost: {named(unknown)}.",
            PartState.UNDERWAY,
        )
    ownerless = [row["what"] for row in coming if not row["owner"]]
    ownerless += [row["what"] for row in dossier.rows("contract") if not row["owner"]]
    if ownerless:
        yield Ask(
            f"{count(len(ownerless), 'regel', 'regels')} zonder eigenaar",
            f"Spreek af wie hierover gaat: {named(list(dict.fromkeys(ownerless)))}.",
            PartState.UNDERWAY,
        )


def _contracts(dossier: Dossier) -> Iterator[Ask]:
    waiting = [
        row
        for row in dossier.rows("contract")
        if runs(row["ends_on"], dossier.as_of) and to_decide(row["notice_by"], dossier.as_of)
    ]
    waiting.sort(key=lambda row: row["notice_by"])
    soon = [row for row in waiting if row["notice_by"] >= dossier.as_of]
    passed = [row["what"] for row in waiting if row["notice_by"] < dossier.as_of]
    if soon:
        yield Ask(
            f"{count(len(soon), 'contract', 'contracten')} binnen {NOTICE_DAYS} dagen op te zeggen",
            f"Besluit uiterlijk op {day(soon[0]['notice_by'])} of ‘{soon[0]['what']}’ doorgaat.",
        )
    if passed:
        yield Ask(
            f"van {count(len(passed), 'contract', 'contracten')} is de opzegdag voorbij",
            f"Ga na of dit is verlengd, en zet er de nieuwe dag bij: {named(passed)}.",
        )
    running = [row for row in dossier.rows("contract") if runs(row["ends_on"], dossier.as_of)]
    old = [row["what"] for row in running if notice_forgotten(row["notice_by"], dossier.as_of)]
    if old:
        yield Ask(
            f"van {count(len(old), 'contract', 'contracten')} is geen nieuwe opzegdag bekend",
            f"Zet er de volgende opzegdag bij: {named(old)}.",
            PartState.UNDERWAY,
        )
    undated = [row["what"] for row in running if row["notice_by"] is None]
    if undated:
        yield Ask(
            f"van {count(len(undated), 'contract', 'contracten')} is geen opzegdag bekend",
            f"Zoek op wanneer dit uiterlijk moet worden opgezegd: {named(undated)}.",
            PartState.UNDERWAY,
        )
