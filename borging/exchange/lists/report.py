"""What an import did or would do, counted in rows and told in Dutch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from borging.domain.terms import (
    Carrier,
    Course,
    GoalKind,
    ObservationKind,
    Phase,
    Priority,
    ProjectState,
    Sustain,
)
from borging.exchange.problems import Problem, Severity, shorten
from borging.exchange.workbook.form import Column
from borging.exchange.workbook.workbook import form_of
from borging.store.imports.items import (
    SHAPES,
    FieldChange,
    Item,
    ItemKind,
    Key,
    Outcome,
    Place,
    Value,
    Verdict,
)

COLUMN_WORDS = {
    "code": "code",
    "title": "titel",
    "summary": "samenvatting",
    "state": "staat",
    "start": "begin",
    "end": "einde",
    "funding_source": "financiering",
    "funding_end": "einde financiering",
    "borging_in_plan": "borging in plan",
    "unit_id": "onderdeel",
    "goal_id": "thema of doel",
    "sponsor_id": "opdrachtgever",
    "owner_id": "eigenaar",
    "project_lead_id": "projectleider",
    "value": "waarde",
    "raw_text": "tekst van de bron",
    "course": "koers",
    "sentence": "zin bij de koers",
    "signed_by_id": "ondertekend door",
    "decision": "gevraagd besluit",
    "decision_from": "besluit van",
    "decision_before": "besluit uiterlijk",
    "planned_start": "gepland begin",
    "planned_end": "gepland einde",
    "actual_start": "werkelijk begin",
    "actual_end": "werkelijk einde",
    "carried_by": "gedragen door",
    "confirmed": "bevestigd",
    "accountable_id": "verantwoordelijke",
    "agreed_on": "afgesproken overdracht",
    "handed_over_on": "overgedragen op",
    "formal_receiver_id": "formele ontvanger",
    "practical_receiver_id": "praktische ontvanger",
    "due": "uiterlijk gereed",
    "priority": "prioriteit",
    "created_on": "ontstaan op",
    "closed_on": "gesloten op",
    "accepted_on": "aanvaard op",
    "accepted_by_id": "aanvaard door",
    "agreed_by": "vastgesteld door",
    "letters": "antwoorden",
    "name": "functie",
    "job_role_id": "functie",
    "fte": "fte",
    "hours_per_week": "uren per week",
    "project_share": "deel voor projecten",
    "scarce": "schaars",
    "first": "eerste dag",
    "last": "laatste dag",
    "phase": "fase",
    "firm": "zeker",
    "declared_on": "verklaard op",
    "verdict": "oordeel",
    "declared_by_id": "verklaard door",
    "evidence": "onderbouwing",
    "kind": "soort",
    "parent_id": "onder",
    "legal_deadline": "wettelijk vanaf",
}
TERMS = {
    "state": ProjectState,
    "course": Course,
    "carried_by": Carrier,
    "priority": Priority,
    "phase": Phase,
    "verdict": Sustain,
    "kind": GoalKind,
}
PARTS = (ItemKind.OBSERVATION, ItemKind.COURSE)
"""What belongs to the project of its row: a new one makes the row changed, not new."""

CODE, FUNCTION, GOAL = "Code", "Functie", "Naam"


@dataclass(frozen=True)
class Report:
    """Counts of rows: new, changed, unchanged and rejected add up to read.

    changes: one remark per changed field, with the value in the file and what it was.
    problems: everything else worth telling. applied is False when nothing was written.
    """

    profile: str
    read: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    problems: tuple[Problem, ...]
    changes: tuple[Problem, ...] = ()
    applied: bool = False

    def as_dict(self) -> dict[str, object]:
        """Return the counts and all remarks, changed fields included."""
        remarks = sorted((*self.problems, *self.changes), key=_order)
        return {
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "problems": [problem.as_dict() for problem in remarks],
        }


def _order(problem: Problem) -> tuple[str, int, str]:
    return problem.sheet or "", problem.row or 0, problem.column or ""


def tally(
    profile: str,
    rows: Iterable[Place],
    rejected: Iterable[Place],
    problems: Iterable[Problem],
    outcomes: Iterable[Outcome],
    applied: bool = False,
) -> Report:
    """Count the rows of a file by what happened to the items in them.

    The row that names a new thing first is new; a further row of it is changed. A row of
    which everything was there already is unchanged.
    """
    status = dict.fromkeys(rows, Verdict.UNCHANGED)
    refused = set(rejected)
    remarks, changes = list(problems), list[Problem]()
    sealed: dict[tuple[str, Key], Item] = {}
    outcomes = list(outcomes)
    projects = {o.item.place for o in outcomes if o.item.kind is ItemKind.PROJECT}
    for outcome in outcomes:
        item = outcome.item
        changes += [_change(item, change) for change in outcome.changes]
        if outcome.verdict is Verdict.WRONG:
            refused.add(item.place)
            remarks += [_fault(item, *fault) for fault in outcome.faults]
        elif outcome.verdict in REFUSALS and item.place not in refused:
            refused.add(item.place)
            verdict = outcome.verdict
            of_function = verdict is Verdict.UNKNOWN_FUNCTION
            remarks.append(_remark(item, Severity.ERROR, REFUSALS[verdict], of_function))
        elif outcome.verdict is Verdict.SEALED:
            sealed.setdefault((item.project, item.key[:2]), item)
        elif outcome.verdict is Verdict.REMOVED and item.kind not in PARTS:
            remarks.append(_remark(item, Severity.INFO, "Hier verwijderd; blijft verwijderd."))
        _mark(status, outcome, projects)
    remarks += [_remark(item, Severity.INFO, SEALED) for item in sealed.values()]
    counts = Counter(verdict for place, verdict in status.items() if place not in refused)
    return Report(
        profile=profile,
        read=len(status),
        new=counts[Verdict.NEW],
        changed=counts[Verdict.CHANGED],
        unchanged=counts[Verdict.UNCHANGED],
        rejected=len(refused),
        problems=tuple(sorted(remarks, key=_order)),
        changes=tuple(sorted(changes, key=_order)),
        applied=applied,
    )


SEALED = (
    "Deze ronde is er al. Antwoorden van een individuele ronde worden één keer ingelezen en daarna "
    "niet meer vergeleken of aangevuld, zodat niemand zo achter een antwoord komt."
)
REFUSALS = {
    Verdict.ORPHAN: "Er is geen project met deze code.",
    Verdict.AMBIGUOUS: "Deze code hoort bij meer dan één project.",
    Verdict.UNKNOWN_FUNCTION: "Deze functie is er niet. Zet haar eerst op het blad Functies.",
}


def _mark(status: dict[Place, Verdict], outcome: Outcome, projects: set[Place]) -> None:
    """Raise the verdict of the rows that an outcome concerns; new stays new.

    projects: the rows of projects; a koers on a row of its own is not a part of one.
    """
    item = outcome.item
    touched = {item.place: Verdict.CHANGED}
    own_row = item.kind is ItemKind.COURSE and item.place not in projects
    if outcome.verdict is Verdict.NEW and (own_row or item.kind not in PARTS):
        touched[item.first or item.place] = Verdict.NEW
    if outcome.verdict in (Verdict.NEW, Verdict.CHANGED):
        for place, verdict in touched.items():
            if status[place] is not Verdict.NEW:
                status[place] = verdict


def _remark(item: Item, severity: Severity, reason: str, of_function: bool = False) -> Problem:
    place, column, value = item.place, CODE, item.project
    if item.kind is ItemKind.GOAL:
        column, value = GOAL, str(item.fields["title"])
    elif of_function or not SHAPES[item.kind].of_project:
        column = FUNCTION
        value = str(item.fields["name" if item.kind is ItemKind.FUNCTION else "job_role_id"])
    return Problem(severity, place.sheet or None, place.row, column, shorten(value), reason)


def _fault(item: Item, column: str, words: str) -> Problem:
    form = form_of(item)
    value = _word(form.column(column), item.fields.get(column))
    return Problem(
        Severity.ERROR,
        item.place.sheet or None,
        item.place.row,
        form.column(column).heading,
        shorten(value),
        f"{words[0].upper()}{words[1:]}.",
    )


def _word(column: Column, value: Value) -> str:
    """Return a value as its sheet shows it."""
    if column.term is not None and isinstance(value, str):
        return column.term(value).label
    return shown("", (column.words or {}).get(str(value), value))


def _change(item: Item, change: FieldChange) -> Problem:
    if item.kind is ItemKind.ENTRY:
        own = form_of(item).column(change.column)
        column, old, new = own.heading, _word(own, change.old), _word(own, change.new)
    else:
        column = COLUMN_WORDS[change.column]
        old, new = shown(change.column, change.old), shown(change.column, change.new)
    if item.kind is ItemKind.OBSERVATION:
        column = f"{ObservationKind(str(item.key[0])).label}, {column}"
    elif item.kind is ItemKind.PHASE:
        column = f"{Phase(str(item.key[0])).label}, {column}"
    return Problem(
        Severity.INFO,
        item.place.sheet or None,
        item.place.row,
        column,
        shorten(new),
        f"Gewijzigd; was {shorten(old) if old else 'leeg'}.",
    )


def shown(column: str, value: Value) -> str:
    """Return a value as a person reads it; '' for unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, float):
        share = column == "project_share"
        written = f"{100 * value if share else value:.9g}".replace(".", ",")
        return f"{written}\u00a0%" if share else written
    return TERMS[column](value).label if column in TERMS else value


def as_text(report: Report, examples: int = 5) -> str:
    """Return the report for a person: counts, then the remarks grouped by their reason."""
    verb = "gelezen" if report.applied else "gelezen; er is niets geschreven"
    lines = [
        f"Profiel {report.profile}: {_rows(report.read)} {verb}.",
        f"  nieuw       {report.new:>6}",
        f"  gewijzigd   {report.changed:>6}",
        f"  ongewijzigd {report.unchanged:>6}",
        f"  afgewezen   {report.rejected:>6}",
    ]
    for severity, title in (
        (Severity.ERROR, "Afgewezen rijen"),
        (Severity.WARNING, "Waarschuwingen"),
        (Severity.INFO, "Ter informatie"),
    ):
        found = [problem for problem in report.problems if problem.severity is severity]
        lines += _section(title, found, len(found) if severity is Severity.ERROR else examples)
    lines += _section("Gewijzigde velden", list(report.changes), len(report.changes))
    return "\n".join(lines)


def _rows(number: int) -> str:
    return "1 rij" if number == 1 else f"{number} rijen"


def _section(title: str, problems: list[Problem], examples: int) -> list[str]:
    if not problems:
        return []
    lines = ["", f"{title}: {len(problems)}"]
    ordered = sorted(problems, key=lambda problem: problem.reason)
    for reason, group in groupby(ordered, key=lambda problem: problem.reason):
        found = list(group)
        lines.append(f"  {reason} ({len(found)}×)")
        lines += [f"    {problem.place}: {problem.value or 'leeg'}" for problem in found[:examples]]
        if len(found) > examples:
            lines.append(f"    en nog {len(found) - examples}")
    return lines
