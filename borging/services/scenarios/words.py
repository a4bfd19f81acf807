"""What the screen of the scenarios says in words."""

from __future__ import annotations

from datetime import date

import pandas as pd

from borging.domain.changes import (
    AddHours,
    Change,
    ChangeSeason,
    Pause,
    Shift,
    ShiftPhase,
    Stretch,
)
from borging.domain.flu import BAND_WORDS
from borging.domain.terms import Phase
from borging.domain.wording import count, day, day_and_week, number, signed
from borging.services.holidays import DaysOff

QUESTION = "Wat als we iets verschuiven?"
NOTHING = "Nog niets gepland om te verschuiven"
NO_SCENARIO = "Nog geen scenario’s naast het plan van nu"
UNKNOWN = "Dit scenario bestaat niet of is verwijderd"
NOTE = (
    "afgerond op hele getallen; tussen haakjes, los afgerond: verschil met het plan van nu · "
    "griepseizoen: "
    f"{BAND_WORDS} · overdrachten van de komende drie "
    "jaar tellen mee, ook buiten de periode"
)


def amount(value: float) -> str:
    """Write hours, weeks or handovers in whole numbers."""
    return number(round(value))


def with_change(value: float, change: float) -> str:
    """Write a number with its difference from the plan of today: '12 (−4)'."""
    return f"{amount(value)} ({signed(change)})"


def finding(name: str, hours_change: float, full_change: float) -> str:
    """Return the title of a scenario. hours_change: after minus before, hours short."""
    hours = round(hours_change)
    if hours:
        direction = "minder" if hours < 0 else "meer"
        return f"‘{name}’ geeft {amount(abs(hours))} uur {direction} tekort dan het plan van nu"
    weeks = round(full_change)
    if weeks:
        direction = "minder" if weeks < 0 else "meer"
        full = count(abs(weeks), "overvolle week", "overvolle weken")
        return f"‘{name}’ geeft {full} {direction} dan het plan van nu"
    return f"‘{name}’ geeft evenveel tekort als het plan van nu"


def out_of_period(hours: float) -> str:
    """Say that work left the period, so that less is short by that alone; '' when none did."""
    if round(hours) < 1:
        return ""
    return (
        f"Let op: {amount(hours)} uur werk valt in dit scenario buiten de gekozen periode en telt "
        "daar dus niet mee. Kies een langere periode om ook daarna te zien waar het knelt."
    )


def small_print(as_of: date, weeks: pd.DatetimeIndex, days_off: DaysOff) -> str:
    """Say what is counted."""
    last = weeks[-1] + pd.Timedelta(days=6)
    return (
        f"Peildatum {day_and_week(as_of)} · {day(weeks[0])} t/m {day(last)} · al het geplande "
        "werk, niet alleen de gefilterde projecten · na verlof, feestdagen en verzuim, gemiddeld "
        f"over de getrokken winters · {days_off.words} · geen voorspelling"
    )


def change_words(change: Change) -> str:
    """Say in short what a change is, for when it can no longer be made."""
    match change:
        case Shift():
            return f"Project {_moved(change.weeks)} verschuiven kan niet meer"
        case ShiftPhase():
            phase = Phase(change.phase).label
            return f"Fase {phase} {_moved(change.weeks)} verschuiven kan niet meer"
        case Stretch():
            longer = "langer" if change.weeks > 0 else "korter"
            return f"Project {_weeks(change.weeks)} {longer} laten duren kan niet meer"
        case Pause():
            return (
                f"Project {_weeks(change.weeks)} pauzeren vanaf {day(change.first)} kan niet meer"
            )
        case AddHours():
            return "Uren aan een functie toevoegen kan niet meer"
        case ChangeSeason():
            return f"Rekenen met griepseizoen ‘{change.season}’ kan niet"


def _moved(weeks: int) -> str:
    return f"{_weeks(weeks)} {'later' if weeks > 0 else 'eerder'}"


def _weeks(weeks: int) -> str:
    return count(abs(weeks), "week", "weken")
