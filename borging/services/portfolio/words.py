"""The title, the small print and the key figures of the portfolio.

All of them count active projects only, as the small print says; the table shows the others too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from borging.domain.course import OLD_WORDS, is_old
from borging.domain.scan_standing import ScanStage, ScanStanding
from borging.domain.terms import Course
from borging.domain.wording import count, day_and_week, number, signed
from borging.services import stages
from borging.services.figures import KeyFigure
from borging.services.handovers import Handovers
from borging.services.known import known_first
from borging.services.selection import no_projects

NOT_MEASURED = "niet gemeten"


def finding(
    projects: int,
    active: int,
    *,
    unknown: int,
    red: int,
    compared: int,
    soft_behind: int,
    hard_behind: int,
    filtered: bool = False,
) -> str:
    """Return the title: what is not known, then what asks a decision.

    projects: all selected; the other counts are of active projects. unknown: those without a
    koers. red: those that ask a decision. compared: those with answers to the hard questions and
    with a scan that may be shown. soft_behind: those of which only the scan is below its border.
    hard_behind: those of which only the answers to the hard questions are.
    """
    if projects == 0:
        return no_projects(filtered)
    if active == 0:
        return f"Geen actieve projecten; {count(projects, 'project', 'projecten')} ter inzage"
    known = active - unknown
    if red:
        asks = f"{count(red, 'project vraagt', 'projecten vragen')} een besluit"
    elif unknown:
        asks = f"van de andere {number(known)} vraagt geen een besluit"
    else:
        asks = "Geen enkel project vraagt een besluit"
    said = known_first(asks, unknown, active, "is de koers niet bekend")
    if soft_behind == hard_behind == 0:
        return said
    of = "" if compared == active else f" van de {number(compared)} met scan en vragen"
    if soft_behind and hard_behind:
        apart = "lopen afspraken en draagvlak uiteen"
    else:
        apart = "blijft het draagvlak achter" if soft_behind else "blijven de afspraken achter"
    return f"{said}; bij {number(soft_behind + hard_behind)}{of} {apart}"


def small_print(projects: pd.DataFrame, active: pd.DataFrame, as_of: date) -> str:
    """Say which projects the key figures count, and how old the koersen are."""
    parts = [
        f"Peildatum {day_and_week(as_of)}",
        f"geteld: {count(len(active), 'actief project', 'actieve projecten')} (gepland, lopend of "
        "van onbekende stand), ook in restpunten en overdrachten",
    ]
    if rest := len(projects) - len(active):
        parts.append(f"{number(rest)} andere (idee, afgesloten of gestopt) alleen in de tabel")
    over = projects[~projects["state"].isin(stages.ACTIVE)]
    if unowned := int(over["items_unowned"].sum()):
        words = count(unowned, "restpunt", "restpunten")
        parts.append(f"daar nog {words} zonder eigenaar, zie Restpunten")
    days = [day for day in stages.dates_of(active["course_on"]) if day]
    if old := sum(is_old(each, as_of) for each in days):
        parts.append(f"bij {number(old)} is de koers {OLD_WORDS}")
    return " · ".join(parts)


def figures(
    active: pd.DataFrame,
    earlier: pd.DataFrame,
    handovers: Handovers,
    unmeasured: int,
    earlier_as_of: date,
    standings: Mapping[int, ScanStanding],
) -> tuple[KeyFigure, ...]:
    """Return the key figures. earlier: see `borging.services.portfolio.view`."""
    before = earlier[earlier["state"].isin(stages.ACTIVE)]
    since = f"sinds {earlier_as_of:%d-%m}"

    def course_figure(label: str, course: Course) -> KeyFigure:
        if len(active) and active["course"].isna().all():
            return KeyFigure(label, NOT_MEASURED, "nog geen koers bekend")
        change = signed(course_count(active, course) - course_count(before, course))
        return KeyFigure(label, _of(course_count(active, course), len(active)), f"{change} {since}")

    return (
        course_figure("Besluit nodig", Course.RED),
        course_figure("Aandacht", Course.AMBER),
        KeyFigure("Koers niet bekend", _of(int(active["course"].isna().sum()), len(active))),
        KeyFigure(
            "Zonder eigenaar",
            _of(int(active["items_unowned"].sum()), int(active["items_open"].sum())),
            "open restpunten",
        ),
        KeyFigure(
            "In het griepseizoen",
            _of(handovers.in_flu, handovers.coming),
            f"overdrachten, {handovers.band}" + _without_a_day(handovers),
        ),
        KeyFigure("Scan niet gemeten", _of(unmeasured, len(active)), _stages(active, standings)),
    )


def _without_a_day(handovers: Handovers) -> str:
    if not handovers.unknown:
        return ""
    return f"; van {count(handovers.unknown, 'project', 'projecten')} geen dag bekend"


def _stages(active: pd.DataFrame, standings: Mapping[int, ScanStanding]) -> str:
    """Write how far the projects without a scan are, those with a round."""
    stages_of = [standings[each].stage for each in active["id"].tolist() if each in standings]
    passed_over = (ScanStage.NONE, ScanStage.MEASURED)
    parts = [
        f"{n} {stage.label}"
        for stage in ScanStage
        if stage not in passed_over and (n := stages_of.count(stage))
    ]
    return ", ".join(parts) or "projecten"


def course_count(active: pd.DataFrame, course: Course) -> int:
    """Return how many of the active projects of one day have a koers."""
    return int((active["course"] == course).sum())


def _of(part: int, whole: int) -> str:
    return f"{number(part)} van {number(whole)}"
