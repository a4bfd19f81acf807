"""One project: how does it stand, what is left over?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from borging.domain.instruments import Instrument
from borging.domain.phases import usual_carrier
from borging.domain.project_fields import PHASE_LIST
from borging.domain.residuals import days_overdue
from borging.domain.scan_standing import NEVER_SCANNED, ScanStage, ScanStanding
from borging.domain.signal_rules import signals
from borging.domain.signals import Signal, by_urgency
from borging.domain.sustain import valid_until
from borging.domain.terms import (
    NOT_MEASURED,
    Phase,
    PhaseStatus,
    Standing,
    Sustain,
    course_words,
)
from borging.domain.wording import day, day_and_week, number, percent
from borging.services import scores
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.evaluations import evaluations_of
from borging.services.dossier.hard_side import hard_side
from borging.services.dossier.project_facts import facts
from borging.services.dossier.project_words import title
from borging.services.figures import KeyFigure
from borging.services.portfolio import phase_matrix
from borging.services.residuals.items import open_on, standings, with_origin
from borging.services.stages import dates_of

NOBODY = "niet benoemd"
UNPLANNED_WORDS = f"{phase_matrix.UNPLANNED} niet gepland"
SHORT_SUSTAIN = {Sustain.RECONFIRM: "verlopen", Sustain.NOT_APPLICABLE: "n.v.t."}
"""Words of a state of borging that fit in a key figure."""
EXAMPLE_SOURCE = "voorbeeld"


@dataclass(frozen=True)
class Step:
    """One phase of the track. words: symbol and word; dates: from when to when, '' unknown."""

    label: str
    words: str
    dates: str
    status: PhaseStatus


@dataclass(frozen=True)
class ProjectView:
    """What the head of the project screen shows.

    facts: label and text. course: the koers in words, with its sentence below. signals: all of
    them, the most urgent first. known: whether any phase or restpunt was ever
    recorded; without, that no signal is given says nothing. track: the five phases. evidence:
    what stands behind a declaration of today, as text. phases: one row per phase to write in,
    with id, version and the fields of `PHASE_LIST`. items: a table as drawn.
    """

    title: str
    small_print: str
    summary: str
    figures: tuple[KeyFigure, ...]
    facts: tuple[tuple[str, str], ...]
    course: str
    course_sentence: str
    signals: tuple[Signal, ...]
    known: bool
    track: tuple[Step, ...]
    evidence: str
    phases: pd.DataFrame
    items: pd.DataFrame


def view(
    dossier: Dossier,
    scans: pd.DataFrame,
    instrument: Instrument,
    standing: ScanStanding = NEVER_SCANNED,
) -> ProjectView:
    """Build the view of one project.

    scans: as `scores.with_scores` gives them. standing: how far it is with its scan.
    """
    project, as_of = dossier.project, dossier.as_of
    soft = _soft(dossier, scans)
    fired = signals(facts(dossier, standing))
    open_items = _items(with_origin(dossier.residual_items, instrument), as_of)
    figures = _figures(dossier, soft, standing)
    known = bool(len(dossier.residual_items)) or bool(
        (dossier.phases["status"] != PhaseStatus.UNPLANNED).any()
    )
    return ProjectView(
        title=title(dossier, len(open_items)),
        small_print=" · ".join(
            dict.fromkeys([project["code"], f"Peildatum {day_and_week(as_of)}", _origin(project)])
        ),
        summary=project["summary"] or "",
        figures=figures,
        facts=_facts(project),
        course=course_words(project["course"]),
        course_sentence=_sentence(project),
        signals=by_urgency(fired),
        known=known,
        track=_track(dossier.phases),
        evidence=_evidence(figures[:4], as_of),
        phases=_phases(dossier.phases),
        items=open_items,
    )


def _origin(project: Mapping[str, Any]) -> str:
    if project["source"] == EXAMPLE_SOURCE:
        return "voorbeelddata"
    return f"uit bron {project['source']}" if project["source"] else "hier vastgelegd"


@dataclass(frozen=True)
class _Soft:
    """The newest scan. percent: of the maximum, None when not every factor has an answer."""

    percent: float | None
    n: int
    scanned_on: date


def _soft(dossier: Dossier, scans: pd.DataFrame) -> _Soft | None:
    own = scans[scans["project_id"] == dossier.project_id]
    totals = scores.project_totals(own)
    if totals.empty:
        return None
    row = totals.iloc[0]
    percent = None if pd.isna(row["percent"]) else float(row["percent"])
    return _Soft(percent, int(row["n"]), row["scanned_on"].date())


def _figures(dossier: Dossier, soft: _Soft | None, standing: ScanStanding) -> tuple[KeyFigure, ...]:
    project, hard = dossier.project, hard_side(dossier)
    state: Sustain = project["sustain"]
    until = None
    if state in (Sustain.SUSTAINED, Sustain.RECONFIRM):
        until = f"t/m {day(valid_until(project['declared_on'].date()))}"
    shown = SHORT_SUSTAIN.get(state, state.label)
    none = standing.stage is ScanStage.NONE
    words = "geen scan" if none else f"scan {standing.stage.label}"
    scan = KeyFigure("Zachte kant", NOT_MEASURED, words)
    if soft:
        value = NOT_MEASURED if soft.percent is None else percent(soft.percent)
        scan = KeyFigure("Zachte kant", value, f"n = {soft.n}, {day(soft.scanned_on)}")
    return (
        KeyFigure("Harde kant", hard.value, hard.note)
        if hard
        else KeyFigure("Harde kant", NOT_MEASURED, "geen antwoorden"),
        scan,
        KeyFigure("Borging", shown, until),
        KeyFigure("Open restpunten", number(project["items_open"]), _of_items(project)),
        _next_handover(dossier),
        KeyFigure("Volgende evaluatie", day(next_evaluation(dossier), "niet gepland")),
    )


def _next_handover(dossier: Dossier) -> KeyFigure:
    planned = dossier.project["next_handover"]
    if not pd.isna(planned or pd.NaT):
        late = pd.Timestamp(planned) < pd.Timestamp(dossier.as_of)
        return KeyFigure("Volgende overdracht", day(planned), "te laat" if late else None)
    done = dossier.results["handed_over_on"] <= pd.Timestamp(dossier.as_of)
    words = "alles gedaan" if len(done) and done.all() else "niet gepland"
    return KeyFigure("Volgende overdracht", words)


def _of_items(project: Mapping[str, Any]) -> str | None:
    """What asks most of the open restpunten; one thing, so that it fits on a phone."""
    if project["items_unowned"]:
        return f"{number(project['items_unowned'])} zonder eigenaar"
    return f"{number(project['items_overdue'])} te laat" if project["items_overdue"] else None


def next_evaluation(dossier: Dossier) -> date | None:
    """Return the first day from today on for which an evaluation is planned and not held."""
    coming = [each for each in evaluations_of(dossier) if each.to_come(dossier.as_of)]
    return min((each.planned_on for each in coming if each.planned_on), default=None)


def _evidence(figures: tuple[KeyFigure, ...], as_of: date) -> str:
    """Write what is known today, to stand with a declaration."""
    parts = [
        f"{figure.label}: {figure.value}" + (f" ({figure.note})" if figure.note else "")
        for figure in figures
        if figure.label != "Borging"
    ]
    return f"Stand op {day(as_of)}. {'. '.join(parts)}."


def _track(phases: pd.DataFrame) -> tuple[Step, ...]:
    known = {row["phase"]: row for row in phases.to_dict("records")}
    steps = []
    for phase in Phase:
        row = known.get(phase.value)
        if row is None:
            words, dates, status = UNPLANNED_WORDS, "", PhaseStatus.UNPLANNED
        else:
            late = None if pd.isna(row["days_late"]) else int(row["days_late"])
            words = phase_matrix.words(
                row["status"], late, row["planned_start"], row["planned_end"]
            )
            words = UNPLANNED_WORDS if words == phase_matrix.UNPLANNED else words
            dates, status = _from_to(row), PhaseStatus(row["status"])
        steps.append(Step(phase.label, words, dates, status))
    return tuple(steps)


def _from_to(row: dict[Any, Any]) -> str:
    """Write when a phase began and ended, or is to; what happened goes before the plan."""
    first, last = (
        row[f"planned_{end}"] if pd.isna(row[f"actual_{end}"]) else row[f"actual_{end}"]
        for end in ("start", "end")
    )
    if pd.isna(first) and pd.isna(last):
        return ""
    return f"{day(first, '…')} – {day(last, '…')}"


def _facts(project: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    plan = {True: "ja", False: "nee", None: "onbekend"}[project["borging_in_plan"]]
    runs = "onbekend"
    if project["start"] or project["end"]:
        runs = f"{day(project['start'])} t/m {day(project['end'])}"
    funding = project["funding_source"] or "onbekend"
    if project["funding_end"]:
        funding += f", t/m {day(project['funding_end'])}"
    return (
        ("Stand", project["state_label"]),
        ("Looptijd", runs),
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
    )


def _sentence(project: Mapping[str, Any]) -> str:
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
            + (f", uiterlijk {day(before)}" if before else "")
        )
    return ". ".join(parts)


def _phases(phases: pd.DataFrame) -> pd.DataFrame:
    """One row per phase of the model, also where nothing is planned (id and version missing)."""
    days = ["planned_start", "planned_end", "actual_start", "actual_end"]
    own = phases.set_index("phase").reindex([phase.value for phase in Phase])
    usual = pd.Series([usual_carrier(phase).value for phase in own.index], index=own.index)
    own = own.assign(carried_by=own["carried_by"].fillna(usual))
    rows = own.reset_index()[["id", "version", *PHASE_LIST.by_id]].astype(object)
    rows = rows.where(rows.notna(), None)
    return rows.assign(
        accountable_id=pd.Series(
            [None if who is None else int(who) for who in rows["accountable_id"]], dtype=object
        ),
        **{name: pd.Series(dates_of(rows[name]), dtype=object) for name in days},
    )


def _items(items: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Open restpunten: columns standing, title, scan_short and title_and_scan (see
    `with_origin`), owner, due, overdue (days, NA in time); most urgent first."""
    table = items[open_on(items, as_of)].copy()
    states = [Standing(each) for each in standings(table, as_of)]
    table["standing"] = [f"{s.symbol} {s.label}" for s in states]
    table["owner"] = table["owner"].fillna(NOBODY)
    late = [days_overdue(due, as_of) or pd.NA for due in dates_of(table["due"])]
    table["overdue"] = pd.array(late, dtype="Int64")
    table = table.assign(order=[list(Standing).index(each) for each in states])
    return table.sort_values(["order", "due"], na_position="last")[
        ["standing", "title", "scan_short", "title_and_scan", "owner", "due", "overdue"]
    ].reset_index(drop=True)
