"""The sentences of the calendar: its finding, its small print, what hovering tells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from borging.domain.flu import BAND_FIRST, BAND_LAST
from borging.domain.periods import Week
from borging.domain.terms import Phase, PhaseStatus
from borging.services.calendar_spans import PROJECT
from borging.services.calendar_weeks import Overview, Window
from borging.services.handovers import Handovers
from borging.services.holidays import Holiday
from borging.services.wording import count, day, day_and_week, listed, number, percent

QUESTION = "Wat loopt wanneer, en wat wordt in het griepseizoen overgedragen?"
NO_PROJECTS = "Nog geen projecten in de kalender"
NONE_MATCH = "Geen project past bij de filters"
FLU = (
    "Griepkans: aandeel van de gewone seizoenen 2008/09–2024/25 waarin die week epidemisch was; "
    "geen voorspelling."
)
MARKS = (
    "Dunne balk: het project is klaar, de lijn draagt het resultaat. "
    "Smal stuk: deze fase overlapt de vorige. Gevulde ruit: overdracht gedaan."
)
BARE = "Grijze balk: project zonder fasen, van begin tot eind."
PROJECT_LABEL = "Project zonder fasen"


def title(found: Handovers) -> str:
    """Say how many of the coming handovers fall in the flu season."""
    n, hit = found.coming, found.in_flu
    if n == 0:
        return "De komende 12 maanden is er geen overdracht afgesproken"
    if n == 1:
        return f"De enige overdracht valt {'in' if hit else 'buiten'} het griepseizoen"
    if hit == 0:
        return f"Geen van de {number(n)} overdrachten valt in het griepseizoen"
    if hit == n:
        all_of_them = "Beide" if n == 2 else f"Alle {number(n)}"
        return f"{all_of_them} overdrachten vallen in het griepseizoen"
    verb = "valt" if hit == 1 else "vallen"
    return f"{number(hit)} van de {number(n)} overdrachten {verb} in het griepseizoen"


def small_print(projects: int, as_of: date, filtered: bool) -> str:
    """Say what the title counts."""
    return " · ".join(
        (
            f"Peildatum {day_and_week(as_of)}",
            count(projects, "project", "projecten") + (" in de selectie" if filtered else ""),
            f"griepseizoen: wk {BAND_FIRST} t/m wk {BAND_LAST}",
            "geteld: afgesproken overdrachten van lopende en geplande projecten, komende 12 maanden",
        )
    )


def phase_label(phase: str) -> str:
    """Return the word for the phase of a bar, also when it stands for the project itself."""
    return PROJECT_LABEL if phase == PROJECT else Phase(phase).label


def bar_words(bars: pd.DataFrame, words: pd.Series) -> list[str]:
    """Say of every bar what it is, its status and its days; `words` names the projects."""
    found = []
    for name, phase, status, start, end, overlap in zip(
        words,
        bars["phase"],
        bars["status"],
        bars["start"],
        bars["end"],
        bars["overlap"],
        strict=True,
    ):
        stage = phase_label(phase) + (f" · {PhaseStatus(status).label}" if status else "")
        if overlap:
            stage += " · overlapt de vorige fase"
        found.append(f"{name}\n{stage}\n{_until(start, end)}")
    return found


def _until(start: pd.Timestamp, end: pd.Timestamp) -> str:
    words = f"{_with_week(start)} – {_with_week(end)}"
    return f"{words}, volgorde klopt niet" if end < start else words


def _with_week(value: pd.Timestamp) -> str:
    return "onbekend" if pd.isna(value) else day_and_week(value.date())


def moment_words(moments: pd.DataFrame, words: pd.Series) -> list[str]:
    """Say of every handover what is handed over, when, and whether it is done."""
    return [
        f"{name}\nOverdracht: {result}\n{day_and_week(when.date())}, "
        f"{'gedaan' if done else 'afgesproken'}{', in het griepseizoen' if flu else ''}"
        for name, result, when, done, flu in zip(
            words,
            moments["result"],
            moments["day"],
            moments["done"],
            moments["in_flu"],
            strict=True,
        )
    ]


def footnotes(
    span: Window,
    *,
    bare: int,
    undated: int,
    outside: int,
    turned_down: int,
    groups_left_out: int,
    school_until: date | None,
    wrong_in_source: Iterable[Holiday],
) -> str:
    """Say what the marks mean and what is not drawn."""
    parts = [MARKS, FLU]
    if bare:
        parts.append(BARE)
    if outside:
        parts.append(count(outside, "project valt", "projecten vallen") + " buiten deze periode.")
    if undated:
        have = count(undated, "project heeft", "projecten hebben")
        parts.append(f"{have} geen enkele datum en {'staat' if undated == 1 else 'staan'} er niet.")
    if turned_down:
        have = count(turned_down, "ingetrokken of afgewezen project", "ingetrokken of afgewezen")
        nouns = "telt" if turned_down == 1 else "projecten tellen"
        parts.append(f"{have} {nouns} niet mee.")
    if groups_left_out:
        parts.append(f"Nog {count(groups_left_out, 'groep', 'groepen')}: kies er een bij Groep.")
    wrong = [f"{h.name} {h.first.year} {h.where}" for h in wrong_in_source]
    if wrong:
        parts.append(f"Niet getekend, want fout in de bron: {listed(wrong)}.")
    if school_until and span.last > school_until:
        parts.append(f"Schoolvakanties zijn bekend tot en met {day(school_until)}.")
    return " ".join(parts)


def in_words(seen: Overview, span: Window, as_of: date) -> str:
    """Tell the chart to who cannot see it."""
    days = f"{day(span.first)} tot en met {day(span.last)}"
    handed = count(int(seen.handovers.sum()), "overdracht", "overdrachten")
    sentence = f"Kalender van {days}: {handed} in deze periode."
    if not span.first <= as_of <= span.last:
        return sentence
    at = (as_of - span.first).days // 7 // seen.step
    running = [
        f"{number(float(counts[at]))} in {phase_label(phase).lower()}"
        for phase, counts in seen.running.items()
        if counts[at] and phase != PROJECT
    ]
    if bare := float(seen.running[PROJECT][at]):
        running.append(f"{number(bare)} zonder fasen")
    where = listed(running) or "geen project"
    return f"{sentence} In {Week.of(as_of).label}: {where}."


def chance_words(chance: float | None) -> str:
    """Write the flu chance of a week; weeks far outside the season have none."""
    return "geen" if not chance else percent(100 * chance)
