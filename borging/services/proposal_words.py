"""What the screen says of a proposal in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from borging.domain.periods import Week
from borging.domain.terms import Phase
from borging.planning.levelling import Progress, Proposal
from borging.planning.levelling_moves import Effect, Move
from borging.services.capacity_words import in_sentence, weeks
from borging.services.wording import count, listed, number

NAMED = 2
"""Functions that are named as the reason or the cost of a move."""
STEPS = (
    "Het voorstel wordt voorbereid",
    "Zoeken naar een plan zonder tekort",
    "Zoeken naar zo weinig mogelijk tekort",
    "Zoeken naar zo weinig mogelijk verschuivingen",
    "Klaar",
)


def title(found: Proposal) -> str:
    """Say what the proposal brings."""
    if not found.shifts.any():
        return "Niets verschuiven is het beste dat gevonden is"
    if round(found.before - found.after):
        return f"Het tekort gaat van {number(found.before)} naar {number(found.after)} uur"
    if found.likely_after < found.likely_before:
        out = found.likely_before - found.likely_after
        return f"{count(out, 'overdracht gaat', 'overdrachten gaan')} uit een griepweek"
    return "De planning past in de ruimte van de projecten, met evenveel tekort"


def status(found: Proposal) -> str:
    """Say how good the plan is, as far as that is known."""
    if found.proven:
        said = "Bewezen het beste plan binnen de opgegeven ruimte."
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
        f"griepoverdracht: in een week die in minstens de helft van de winters epidemisch was · "
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
        said.append("houdt de overdracht buiten een griepweek")
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
        said.append("overdracht in een griepweek")
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
