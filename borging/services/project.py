"""One project: how does it stand, what is left over?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from borging.domain.instruments import Instrument
from borging.domain.residuals import days_overdue, is_open, standing
from borging.domain.sustain import valid_until
from borging.domain.terms import NOT_MEASURED, Carrier, Phase, PhaseStatus, Sustain, course_words
from borging.services import scores
from borging.services.figures import KeyFigure
from borging.services.residual_items import with_origin
from borging.services.stages import dates_of
from borging.services.wording import count, day, day_and_week, listed, number

NOBODY = "niet benoemd"
EXAMPLE_SOURCE = "voorbeeld"


@dataclass(frozen=True)
class ProjectView:
    """What the project screen shows.

    facts: label and text of the head. course: the koers in words, with its sentence below.
    phases, results, items: tables as drawn, one row per phase, result and open restpunt.
    """

    title: str
    small_print: str
    figures: tuple[KeyFigure, ...]
    facts: tuple[tuple[str, str], ...]
    course: str
    course_sentence: str
    phases: pd.DataFrame
    results: pd.DataFrame
    items: pd.DataFrame


def view(
    projects: pd.DataFrame,
    project_id: int,
    phases: pd.DataFrame,
    results: pd.DataFrame,
    items: pd.DataFrame,
    scans: pd.DataFrame,
    definition: Instrument,
    as_of: date,
) -> ProjectView | None:
    """Build the view of one project; None when there is no project with this id."""
    own = projects[projects["id"] == project_id]
    if own.empty:
        return None
    project = dict(own.astype(object).where(own.notna(), None).iloc[0])
    mine = {
        name: table[table["project_id"] == project_id]
        for name, table in (("phases", phases), ("results", results), ("items", items))
    }
    open_items = _items(with_origin(mine["items"], definition), as_of)
    late = int((mine["phases"]["status"] == PhaseStatus.LATE).sum())
    return ProjectView(
        title=finding(
            project["title"],
            late,
            len(open_items),
            project["items_unowned"],
            known=bool(len(mine["items"]))
            or bool((mine["phases"]["status"] != PhaseStatus.UNPLANNED).any()),
        ),
        small_print=" · ".join(
            dict.fromkeys([project["code"], f"Peildatum {day_and_week(as_of)}", _origin(project)])
        ),
        figures=_figures(project, scans, definition),
        facts=_facts(project),
        course=course_words(project["course"]),
        course_sentence=_sentence(project),
        phases=_phases(mine["phases"]),
        results=_results(mine["results"]),
        items=open_items,
    )


def finding(title: str, late: int, items: int, unowned: int, *, known: bool = True) -> str:
    """Return the title: the project and what asks attention first.

    known: whether any phase or restpunt was ever recorded; without, nothing can be said.
    """
    if not known:
        return f"{title}: nog geen fasen of restpunten vastgelegd"
    parts = []
    if late:
        parts.append(f"{count(late, 'fase loopt', 'fasen lopen')} achter")
    if unowned:
        parts.append(f"{count(unowned, 'restpunt', 'restpunten')} zonder eigenaar")
    elif items:
        parts.append(count(items, "open restpunt", "open restpunten"))
    return f"{title}: {listed(parts) if parts else 'niets blijft liggen'}"


def _origin(project: dict[str, Any]) -> str:
    if project["source"] == EXAMPLE_SOURCE:
        return "voorbeelddata"
    return f"uit bron {project['source']}" if project["source"] else "hier vastgelegd"


def _figures(
    project: dict[str, Any], scans: pd.DataFrame, definition: Instrument
) -> tuple[KeyFigure, ...]:
    scored = scores.factor_scores(scans[scans["project_id"] == project["id"]], definition)
    totals = scores.project_totals(scored, definition)
    scan = KeyFigure("Laatste scan", NOT_MEASURED)
    if not totals.empty and not pd.isna(totals["total"].iloc[0]):
        row = totals.iloc[0]
        scan = KeyFigure(
            "Laatste scan",
            f"{number(row['total'], 1)} punten",
            f"n = {row['n']}, {day(row['scanned_on'])}",
        )
    state: Sustain = project["sustain"]
    note = None
    if state in (Sustain.SUSTAINED, Sustain.RECONFIRM):
        note = f"t/m {day(valid_until(project['declared_on'].date()))}"
    return (
        KeyFigure("Stand", project["state_label"]),
        KeyFigure("Borging", state.label, note),
        KeyFigure("Open restpunten", number(project["items_open"])),
        scan,
    )


def _facts(project: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    plan = {True: "ja", False: "nee", None: "onbekend"}[project["borging_in_plan"]]
    funding = project["funding_source"] or "onbekend"
    if project["funding_end"]:
        funding += f", t/m {day(project['funding_end'])}"
    return (
        ("Fase", project["phase_label"]),
        ("Looptijd", f"{day(project['start'])} t/m {day(project['end'])}"),
        (
            "Thema en doel",
            " › ".join(dict.fromkeys(x for x in (project["theme"], project["goal"]) if x))
            or "geen",
        ),
        ("Eenheid", project["unit"] or "onbekend"),
        ("Opdrachtgever", project["sponsor"] or NOBODY),
        ("Eigenaar in de lijn", project["owner"] or NOBODY),
        ("Projectleider", project["project_lead"] or NOBODY),
        ("Financiering", funding),
        ("Borging in het plan", plan),
        ("Eerstvolgende overdracht", day(project["next_handover"], "geen afgesproken")),
    )


def _sentence(project: dict[str, Any]) -> str:
    if project["course"] is None:
        return "Nog niemand heeft de koers vastgelegd."
    said = project["course_sentence"] or ""
    who = f"bron {project['course_source']}" if project["course_source"] else project["course_by"]
    parts = [f"{said} ({who or 'niet ondertekend'}, {day(project['course_on'])})"]
    if project["course"] == "red":
        asked = project["decision"] or "besluit niet vastgelegd"
        before = project["decision_before"]
        parts.append(
            f"Gevraagd besluit: {asked}"
            + (f", van {project['decision_from']}" if project["decision_from"] else "")
            + (f", vóór {day(before)}" if before else "")
        )
    return ". ".join(parts)


def _phases(phases: pd.DataFrame) -> pd.DataFrame:
    """Columns phase, status, planned_start, planned_end, actual_start, actual_end, accountable,
    carried_by; one row per phase of the model, also where nothing is planned."""
    rows = phases.set_index("phase").reindex([phase.value for phase in Phase])
    table = pd.DataFrame({"phase": [phase.label for phase in Phase]}, index=rows.index)
    table["status"] = [
        _status_words(status, late)
        for status, late in zip(rows["status"], rows["days_late"], strict=True)
    ]
    for name in ("planned_start", "planned_end", "actual_start", "actual_end"):
        table[name] = rows[name]
    table["accountable"] = rows["accountable"].fillna(NOBODY)
    table["carried_by"] = [
        "" if pd.isna(carrier) else Carrier(carrier).label for carrier in rows["carried_by"]
    ]
    return table.reset_index(drop=True)


def _status_words(status: object, late: object) -> str:
    if not isinstance(status, str):
        return PhaseStatus.UNPLANNED.label
    known = PhaseStatus(status)
    if known == PhaseStatus.LATE and isinstance(late, int):
        return f"! {known.label}, {count(late, 'dag', 'dagen')}"
    return known.label


def _results(results: pd.DataFrame) -> pd.DataFrame:
    table = results[
        ["title", "formal_receiver", "practical_receiver", "agreed_on", "handed_over_on"]
    ].copy()
    for name in ("formal_receiver", "practical_receiver"):
        table[name] = table[name].fillna(NOBODY)
    return table.reset_index(drop=True)


def _items(items: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Open restpunten: columns standing, title, scan_short and title_and_scan (see
    `with_origin`), owner, due, overdue (days); most urgent first."""
    created, closed, due = (dates_of(items[name]) for name in ("created_on", "closed_on", "due"))
    shown = [c is not None and is_open(c, x, as_of) for c, x in zip(created, closed, strict=True)]
    table = items[pd.Series(shown, index=items.index, dtype=bool)].copy()
    states = [
        standing(None if pd.isna(o) else o, None if pd.isna(a) else a)
        for o, a in zip(table["owner_id"], table["accepted_by_id"], strict=True)
    ]
    table["standing"] = [f"{s.symbol} {s.label}" for s in states]
    table["owner"] = table["owner"].fillna(NOBODY)
    table["overdue"] = [days_overdue(d, as_of) for d, keep in zip(due, shown, strict=True) if keep]
    order = [s.value for s in states]
    table = table.assign(order=[("unowned", "unaccepted", "accepted").index(o) for o in order])
    return table.sort_values(["order", "due"], na_position="last")[
        ["standing", "title", "scan_short", "title_and_scan", "owner", "due", "overdue"]
    ].reset_index(drop=True)
