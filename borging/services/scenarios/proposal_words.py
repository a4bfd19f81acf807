"""What the screen says of a proposal in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from borging.domain.flu import BAND_WORDS
from borging.domain.periods import Week
from borging.domain.terms import Phase
from borging.domain.wording import count, listed, number
from borging.planning.levelling.moves import Effect, Move
from borging.planning.levelling.search import Progress, Proposal
from borging.services.capacity.words import in_sentence, weeks

LEAST = 0.5
"""Hours by which a scenario is short of less before it is told."""
NAMED = 2
"""Functions that are named as the reason or the cost of a move."""
OUT_OF_PERIOD = "zet {} uur werk buiten deze periode"
EXTRA_HOURS = "rekent op extra uren"
OTHER_SEASON = "rekent met een ander griepseizoen"
OTHER_MOVES = "verschuift werk dat in het voorstel blijft staan, of verder dan de opgegeven ruimte"
STEPS = (
    "Het voorstel wordt voorbereid",
    "Zoeken naar een plan zonder tekort",
    "Zoeken naar zo weinig mogelijk tekort",
    "Zoeken naar zo weinig mogelijk verschuivingen",
    "Klaar",
)


@dataclass(frozen=True)
class Beside:
    """A saved scenario. hours: short in it. how: what it does that a proposal does not look at."""

    name: str
    hours: float
    how: tuple[str, ...]


def title(found: Proposal) -> str:
    """Say what the proposal brings."""
    if not found.shifts.any():
        return "Niets verschuiven is het beste dat gevonden is"
    if round(found.before - found.after):
        return f"Het tekort gaat van {number(found.before)} naar {number(found.after)} uur"
    if found.flu_after < found.flu_before:
        out = found.flu_before - found.flu_after
        return f"{count(out, 'overdracht gaat', 'overdrachten gaan')} uit het griepseizoen"
    return "De planning past in de ruimte van de projecten, met evenveel tekort"


def status(found: Proposal) -> str:
    """Say how good the plan is, as far as that is known."""
    if found.proven:
        said = (
            f"Bewezen het beste plan, tot op {number(tenths(found.precision), 1)} uur, van alle "
            "plannen binnen deze periode en de opgegeven ruimte en zonder extra uren: eerst zo min "
            "mogelijk tekort, dan overdrachten in het griepseizoen, dan verschuivingen."
        )
    elif found.gap > 0:
        said = (
            "Goed plan, niet bewezen optimaal: met andere verschuivingen is hoogstens "
            f"{number(found.gap)} uur minder tekort mogelijk."
        )
    else:
        said = (
            "Goed plan, niet bewezen optimaal: minder tekort kan niet, minder verschuiven "
            "misschien wel."
        )
    if found.stopped:
        said = f"Gestopt voor de tijd om was. {said}"
    if not found.fits:
        said += " Een plan zonder tekort is niet gevonden; dit is het plan met het minste tekort."
    if round(found.fixed_short):
        said += (
            f" {number(found.fixed_short)} uur tekort komt van werk dat niet kan schuiven en "
            "blijft in elk plan."
        )
    return said


def tenths(hours: float) -> float:
    """Return hours rounded up to a tenth."""
    return math.ceil(round(10 * hours, 6)) / 10


def beside(after: float, scenarios: Sequence[Beside]) -> str:
    """Compare a proposal with the scenarios that were saved; '' where there are none.

    after: hours short in the proposal.
    """
    if not scenarios:
        return ""
    better = sorted(
        (each for each in scenarios if each.hours < after - LEAST), key=lambda each: each.hours
    )
    if not better:
        those = count(len(scenarios), "bewaard scenario", "bewaarde scenario’s")
        none = "dat heeft niet" if len(scenarios) == 1 else "geen daarvan heeft"
        return f"Vergeleken met {those}: {none} minder tekort dan dit voorstel."
    named = [
        f"‘{each.name}’ heeft {number(each.hours)} uur tekort en {listed(each.how)}"
        for each in better[:NAMED]
    ]
    more = len(better) - NAMED
    rest = f"; nog {count(more, 'scenario', 'scenario’s')} met minder tekort" if more > 0 else ""
    return (
        f"Een bewaard scenario komt lager uit met iets waar dit voorstel niet naar keek: "
        f"{'; '.join(named)}{rest}."
    )


def least(found: Proposal) -> str:
    """Say what no plan comes below."""
    if not round(found.gap):
        return "minder kan niet"
    return f"minstens {number(found.least)} in elk plan"


def progress(now: Progress, limit: float, reproducible: bool) -> str:
    """Say how far a search is."""
    said = [STEPS[now.step], f"{number(now.seconds)} s"]
    if not reproducible:
        said[-1] = f"{number(min(now.seconds, limit))} van hoogstens {number(limit)} s"
    if now.short is not None:
        said.append(f"beste tot nu toe: {number(now.short)} uur tekort")
        if now.step == 2:
            said.append(f"elk plan heeft minstens {number(now.least)} uur")
    return " · ".join(said)


def small_print(found: Proposal) -> str:
    """Say what was counted, and how long it took."""
    first, last = found.problem.weeks[0], found.problem.weeks[-1]
    return (
        f"{weeks(first, last)} · {count(len(found.problem.blocks), 'fase', 'fasen')} met ruimte "
        f"om te schuiven, {count(int(abs(found.shifts).sum()), 'week', 'weken')} verschoven · "
        f"griepseizoen: {BAND_WORDS} · "
        f"eerste plan na {number(found.first, 1)} s, klaar na "
        f"{number(found.seconds, 1)} s · verzuim gemiddeld over de winters · geen voorspelling"
    )


def phase(value: str) -> str:
    """Return the word for a phase."""
    return Phase(value).label


def shift(moved: int) -> str:
    """Write a shift: '3 weken later'."""
    return f"{count(abs(moved), 'week', 'weken')} {'later' if moved > 0 else 'eerder'}"


def why(move: Move, names: Mapping[int, str]) -> str:
    """Say what a move is good for: what would be lost if this phase went back."""
    said = []
    if move.forced:
        said.append("de ruimte van het project vraagt het")
    if move.relieved:
        said.append(f"{_hours(move.relieved, names)} minder tekort")
    if move.kept_out > 0:
        said.append("houdt de overdracht buiten het griepseizoen")
    if move.along:
        said.append(f"schuift mee met {listed([phase(each) for each in move.along])}")
    return "; ".join(said) or "helpt alleen samen met andere verschuivingen"


def cost(move: Move, names: Mapping[int, str], later: int) -> str:
    """Say what a move costs. later: weeks that its project ends later."""
    said = []
    if move.added:
        said.append(f"{_hours(move.added, names)} meer tekort")
    if move.block.handovers and move.weeks > 0:
        said.append(f"overdracht {shift(move.weeks)}")
    if move.kept_out < 0:
        said.append("overdracht in het griepseizoen")
    if later > 0:
        said.append(f"einde van het project {shift(later)}")
    return "; ".join(said) or "alleen de verschuiving"


def _hours(effects: Sequence[Effect], names: Mapping[int, str]) -> str:
    named = [
        f"{_amount(each.hours)} uur {in_sentence(names[each.function_id])} ({_weeks(each)})"
        for each in effects[:NAMED]
    ]
    more = len(effects) - NAMED
    if more > 0:
        named.append(f"{count(more, 'andere functie', 'andere functies')}")
    return listed(named)


def _weeks(effect: Effect) -> str:
    """Write the weeks of an effect: 'wk 53–2'."""
    first = Week.of(effect.first.date())
    last = Week.of(effect.last.date())
    return first.label if first == last else f"{first.label}–{last.number}"


def _amount(hours: float) -> str:
    return number(hours, 0 if hours >= 10 else 1)
