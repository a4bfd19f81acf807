"""What the screen of the capacity says in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from borging.domain.absence import Absence
from borging.domain.periods import Week
from borging.domain.wording import count, day, day_and_week, listed, number, percent
from borging.planning.load import is_over
from borging.services import flu_words
from borging.services.flu_winters import FluHistory
from borging.services.holidays import DaysOff, Holiday

QUESTION = "Wie hebben we wanneer, ook in het griepseizoen?"
NO_FUNCTIONS = "Nog geen functies om mee te plannen"
NO_NEEDS = "Nog geen inzet gepland"
NEEDS = "is de inzet niet bekend"
"""What may be unknown of a project, as `known.known_first` has it."""
NO_HOURS = "er zijn geen uren"
MEANING = "% = gevraagde uren ÷ beschikbare uren, zeker en voorlopig werk samen · vet = boven 100 %"
UNPRINTED = (
    "kleur: gevraagde uren ÷ beschikbare uren, rood boven 100 %, zeker en voorlopig werk samen · "
    "de getallen staan in de tabel eronder"
)

CHANCE = "% = deel van de getrokken winters waarin de functie die week uren tekortkomt"


def in_sentence(name: str) -> str:
    """Return the name of a function as it stands within a sentence; abbreviations stay."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def week(monday: pd.Timestamp) -> str:
    """Write a week: 'wk 53'."""
    return Week.of(monday.date()).label


def weeks(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Write weeks in a row: 'wk 51 t/m wk 2'."""
    return week(first) if first == last else f"{week(first)} t/m {week(last)}"


def share(value: float) -> str:
    """Write a load (1.0 is full) in per cent; in words where there are no hours at all."""
    return NO_HOURS if np.isinf(value) else percent(100 * value)


def finding(load: pd.DataFrame, names: Sequence[str]) -> str:
    """Return the title. load: a row per function in the order of names; 1.0 is full."""
    values, span = load.to_numpy(float), pd.DatetimeIndex(load.columns)
    over = int(sum(is_over(worst) for worst in values.max(axis=1)))
    row, column = np.unravel_index(int(values.argmax()), values.shape)
    worst = float(values[row, column])
    where = f"{in_sentence(names[int(row)])} in {week(span[int(column)])}"
    end = f"het krapst is {where} ({share(worst)})"
    if over == 0:
        return f"Geen functie loopt vol; {end}"
    if len(names) == 1:
        return f"De enige functie loopt vol; {end}"
    verb = "loopt" if over == 1 else "lopen"
    return f"{number(over)} van de {number(len(names))} functies {verb} vol; {end}"


def small_print(as_of: date, span: pd.DatetimeIndex, left_out: int) -> str:
    """Say what the title counts. left_out: projects that are over but still ask for hours."""
    parts = [
        f"Peildatum {day_and_week(as_of)}",
        f"{weeks(span[0], span[-1])} ({day(span[0])} t/m {day(span[-1] + pd.Timedelta(days=6))})",
        "al het geplande werk, niet alleen de gefilterde projecten",
    ]
    if left_out:
        parts.append(
            f"inzet van {count(left_out, 'project', 'projecten')} die voorbij "
            f"{'is' if left_out == 1 else 'zijn'} telt niet mee"
        )
    return " · ".join(parts)


def assumptions(absence: Absence) -> str:
    """Say what was taken off the hours, and from whom the figures are."""
    return (
        "beschikbaar: na bekend verlof, feestdagen en verwacht verzuim; van een schoolvakantie "
        f"gaat niets af · verzuim {number(100 * absence.base, 1)} % (CBS 80072ned, "
        f"{in_sentence(absence.sector)}, derde kwartaal {absence.year})"
        f"{_season(absence)}, plus gemiddeld {number(100 * absence.flu, 1)} procentpunt per "
        "griepweek en meer in een hevige winter (eigen toerekening; de oorzaak is niet gemeten), "
        "gemiddeld over de getrokken winters"
    )


def _season(absence: Absence) -> str:
    """Return what comes on top in every week of a quarter; '' where nothing does."""
    first, second, _third, fourth = (number(100 * each, 1) for each in absence.season)
    if not any(absence.season):
        return ""
    return (
        f", plus {fourth} (kwartaal 4), {first} (kwartaal 1) en {second} procentpunt (kwartaal 2) "
        "zoals CBS gemiddeld meet, corona-jaren inbegrepen"
    )


def note(
    absence: Absence,
    history: FluHistory,
    days_off: DaysOff,
    wrong: Sequence[Holiday],
    no_hours: bool,
) -> str:
    """Return the small print below the heatmap, besides what its cells say.

    wrong: school holidays that are an error of their source. no_hours: a cell has no hours at
    all.
    """
    parts = []
    if no_hours:
        parts.append("∞ = wel gevraagd, maar er zijn geen uren")
    parts += [assumptions(absence), days_off.words, flu_words.chance(history)]
    if wrong:
        names = [f"{h.name} {h.first.year} {h.where}" for h in wrong]
        parts.append(f"niet getekend, want fout in de bron: {listed(names)}")
    return " · ".join(parts)


def load_cells(printed: bool) -> str:
    """Say what a cell of the load is. printed: the numbers are in the cells."""
    return MEANING if printed else UNPRINTED


def some_of(drawn: int, weeks: int) -> str:
    """Say that a chart shows fewer weeks than were chosen; '' when it shows them all."""
    if drawn >= weeks:
        return ""
    return f"getekend: {drawn} van de {weeks} weken, rond de zwaarste; de rest staat in de tabel"


def chance_cells(printed: bool) -> str:
    """Say what a cell of the chance of a shortage is. printed: the numbers are in the cells."""
    if printed:
        return f"{CHANCE} · vet = in minstens de helft"
    return f"kleur, hoe donkerder hoe vaker: {CHANCE[4:]} · de getallen staan in de tabel eronder"


def in_words(title: str, load: pd.DataFrame, names: Sequence[str]) -> str:
    """Tell the heatmap to who cannot see it."""
    span = pd.DatetimeIndex(load.columns)
    worst = [
        f"{name} hoogstens {share(float(values.max()))} in {week(span[int(values.argmax())])}"
        for name, values in zip(names, load.to_numpy(float), strict=True)
    ]
    shown = worst[:8]
    more = f"; en {len(worst) - 8} functies met minder" if len(worst) > 8 else ""
    return (
        f"Belasting per functie en week, {weeks(span[0], span[-1])}. {title}. "
        f"{'; '.join(shown)}{more}."
    )
