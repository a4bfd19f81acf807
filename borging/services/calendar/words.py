"""What the calendar says in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from borging.domain.flu import BAND_WORDS
from borging.domain.periods import Week
from borging.domain.wording import count, day, day_and_week, listed, number
from borging.services import flu_words
from borging.services.calendar.weeks import SURROUNDINGS_UP_TO, Window
from borging.services.flu_winters import FluHistory
from borging.services.handovers import Handovers
from borging.services.holidays import DaysOff, Holiday
from borging.services.known import known_first
from borging.services.selection import NONE_MATCH

QUESTION = "Wat loopt wanneer, en wat wordt in het griepseizoen overgedragen?"
NO_PROJECTS = "Nog geen projecten in de kalender"
UNMEASURED = "Week 21 t/m 39: niet gemeten."
MARKS = (
    "Dunne balk: de lijn draagt deze fase. Smal stuk: deze fase overlapt de vorige. "
    "Gevulde ruit: overdracht gedaan. Een begonnen fase zonder einde loopt door tot de peildatum."
)
BARE = (
    "Grijze balk: van dit project zijn geen fasen bekend, alleen begin of eind; "
    "van een onbekende kant is één week getekend."
)
PROPOSED = "Gearceerde balk: voorstel, nog niet bevestigd."


def finding(found: Handovers) -> str:
    """Return the title: what is not known, and how many coming handovers fall in the flu season."""
    return known_first(
        _in_flu(found), found.unknown, found.projects, "is geen dag van overdracht bekend"
    )


def _in_flu(found: Handovers) -> str:
    hit, total = found.in_flu, found.coming
    if total == 0:
        return "De komende 12 maanden is er geen overdracht afgesproken"
    if total == 1:
        return f"De enige overdracht valt {'in' if hit else 'buiten'} het griepseizoen"
    if hit == 0:
        return f"Geen van de {number(total)} overdrachten valt in het griepseizoen"
    if hit == total:
        all_of_them = "Beide" if total == 2 else f"Alle {number(total)}"
        return f"{all_of_them} overdrachten vallen in het griepseizoen"
    verb = "valt" if hit == 1 else "vallen"
    return f"{number(hit)} van de {number(total)} overdrachten {verb} in het griepseizoen"


def title(projects: int, any_project: bool, found: Handovers) -> str:
    """Return the title of a selection of so many projects."""
    if projects:
        return finding(found)
    return NONE_MATCH if any_project else NO_PROJECTS


def nothing_runs(projects: int) -> str:
    """Say that none of the selected projects touches the period shown."""
    which = (
        "het ene gekozen project niet"
        if projects == 1
        else (f"geen van de {number(projects)} gekozen projecten")
    )
    return f"In deze periode loopt {which}."


def small_print(projects: int, as_of: date) -> str:
    """Say what the title counts."""
    return (
        f"Peildatum {day_and_week(as_of)} · {count(projects, 'project', 'projecten')} · "
        f"griepseizoen: {BAND_WORDS} · geteld: afgesproken overdrachten van actieve "
        "projecten, komende 12 maanden"
    )


def footnotes(
    span: Window,
    *,
    bare: bool,
    proposed: bool,
    folded: bool,
    busiest: int,
    flu: str,
    outside: int,
    undated: int,
    school_until: date | None,
    wrong_in_source: Sequence[Holiday],
) -> str:
    """Say what the marks mean and what is not drawn.

    bare: projects without phases are drawn. proposed: phases that nobody confirmed are. folded:
    groups are drawn as one line each, the thickest for `busiest` projects. flu: what the chance
    of flu is. outside: projects that have days, none of them in the window. undated: projects
    without any day. school_until: last day of the school holidays that are known.
    """
    parts = [MARKS]
    if folded:
        parts = [
            "Dichte groep: hoe dikker de band, hoe meer projecten er lopen "
            f"(hoogste {number(busiest)}). Ruit: week met een overdracht. "
            "Kies een groep om haar te openen."
        ]
    if bare:
        parts.append(BARE)
    if proposed:
        parts.append(PROPOSED)
    parts.append("Per week tellen overlappende fasen elk mee.")
    if span.step > 1:
        parts[-1] = f"Staven: gemiddeld aantal projecten per {span.step} weken."
    wide = span.weeks > SURROUNDINGS_UP_TO
    parts.append("Griepkans en vakanties: kies een kortere periode." if wide else flu)
    if outside:
        parts.append(f"{count(outside, 'project valt', 'projecten vallen')} buiten deze periode.")
    if undated:
        parts.append(f"{count(undated, 'project is', 'projecten zijn')} zonder datums.")
    wrong = [f"{h.name} {h.first.year} {h.where}" for h in wrong_in_source]
    if wrong:
        parts.append(f"Niet getekend, want fout in de bron: {listed(wrong)}.")
    if school_until and span.last > school_until and not wide:
        parts.append(f"Schoolvakanties zijn bekend tot en met {day(school_until)}.")
    return " ".join(parts)


def around(history: FluHistory, days_off: DaysOff) -> str:
    """Return what the chance of flu is, and whose public holidays count."""
    said, whose = flu_words.chance_sentence(history), days_off.words
    return f"{said} {UNMEASURED} {whose[0].upper()}{whose[1:]}."


def period(span: Window) -> str:
    """Return the window in words."""
    first, last = Week.of(span.first), Week.of(span.last)
    weeks = first.label if first == last else f"{first.label} t/m {last.label}"
    return f"{day(span.first)} t/m {day(span.last)} ({weeks})"


def in_words(
    span: Window, shown: int, now: Mapping[str, int], by_line: int, found: Handovers
) -> str:
    """Tell the chart to who cannot see it.

    shown: projects in the window. now: label of a phase to the number of projects in it on the
    day of judgement. by_line: projects in a phase that the line carries.
    """
    running = listed([f"{n} in {label.lower()}" for label, n in now.items() if n])
    return (
        f"Projectenkalender van {day(span.first)} t/m {day(span.last)}: "
        f"{count(shown, 'project', 'projecten')} in deze periode. Op de peildatum: "
        f"{running or 'geen project in een fase'}; bij {number(by_line)} daarvan draagt de lijn. "
        f"{finding(found)}. "
        "Dezelfde gegevens staan in de tabel."
    )
