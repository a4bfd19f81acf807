"""What the field has learned to look at before a project starts: one rule, one function.

Each rule returns a Dutch sentence when it has something to say, else None. It warns; it forbids
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from borging.domain.flu import BAND_WORDS, in_flu_band
from borging.domain.periods import Week
from borging.domain.winter_weeks import week_words

MANY = 3
"""Other projects at once, from which on one person is in too many."""
NAMED = 6
"""Weeks or projects that one sentence names."""


def in_flu_season(what: str, day: date, epidemic: int, known: int) -> str | None:
    """Warn when a moment falls in the flu season. what: 'De overdracht'.

    epidemic, known: winters in which its week was epidemic, and of which that is known.
    """
    if not in_flu_band(day):
        return None
    said = f"{what} op {day:%d-%m-%Y} valt in het griepseizoen ({BAND_WORDS})"
    if not known:
        return f"{said}."
    return (
        f"{said}: {week_words(Week.of(day))} was in {epidemic} van de {known} getelde winters "
        f"epidemisch ({100 * epidemic / known:.0f}\u00a0%, geen voorspelling)."
    )


def start_is_past(start: date, as_of: date, begun: bool) -> str | None:
    """Ask what really began when the first day is past and no phase has begun."""
    if begun or start >= as_of:
        return None
    return (
        f"Het begin ({start:%d-%m-%Y}) is al geweest, en er staat niet wat er echt is begonnen. "
        "Is het project begonnen? Vul die dag in; is het niet begonnen, kies dan een later begin."
    )


def function_full(name: str, weeks: Sequence[str], worst: str) -> str | None:
    """Warn when a function is asked more than it has. weeks: those above 100 %, in words.

    worst: the load in the worst of them, in words.
    """
    if not weeks:
        return None
    return f"Functie ‘{name}’ is vol in {_some(weeks)}: met dit project erbij hoogstens {worst}."


def person_in_many(name: str, roles: Sequence[str], codes: Sequence[str]) -> str | None:
    """Warn when a person has a part in many other projects in the same period."""
    if len(codes) < MANY:
        return None
    return (
        f"{name} ({', '.join(roles)}) zit in deze periode al in {len(codes)} lopende of geplande "
        f"projecten: {_some(codes)}."
    )


def no_owner(owner: str | None) -> str | None:
    """Warn when nobody in the line owns the result."""
    if owner:
        return None
    return (
        "Er is geen eigenaar in de lijn. Benoem die vanaf het begin: later blijft het resultaat "
        "bij het projectteam hangen."
    )


def no_borging_in_plan(in_plan: bool | None) -> str | None:
    """Warn when the plan has no paragraph on borging; None is not known."""
    if in_plan:
        return None
    missing = (
        "Er staat geen borging in het plan."
        if in_plan is False
        else ("Of borging in het plan staat, is niet bekend.")
    )
    return f"{missing} Eén alinea is genoeg om te beginnen; aan het einde is het te laat."


def no_evaluation(on: date | None) -> str | None:
    """Warn when no evaluation after closing is planned. on: its day."""
    if on is not None:
        return None
    return (
        "Er is geen evaluatie na afsluiting gepland. Spreek nu een dag af: daarna is het "
        "projectteam weg."
    )


def _some(words: Sequence[str]) -> str:
    more = len(words) - NAMED
    return ", ".join(words[:NAMED]) + (f" en nog {more}" if more > 0 else "")
