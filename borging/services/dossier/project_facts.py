"""What the rules of experience look at, from the dossier of one project."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from borging.domain.dossier_bounds import in_no_budget, known_by_one
from borging.domain.project_facts import Contract, Handover, ProjectFacts
from borging.domain.scan_standing import ScanStanding
from borging.domain.sustain import valid_until
from borging.domain.terms import Course, Phase, PhaseStatus, ProjectState
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.evaluations import evaluations_of
from borging.services.dossier.hard_side import contradictions
from borging.services.dossier.stakeholders import voices


def facts(dossier: Dossier, scan: ScanStanding) -> ProjectFacts:
    """Return the facts of a project. scan: how far it is with its scan."""
    project = dossier.project
    declared = _day(project["declared_on"])
    rows = dossier.rows
    return ProjectFacts(
        as_of=dossier.as_of,
        state=ProjectState(project["state"]),
        end=dossier.end,
        owner=project["owner"],
        borging_in_plan=project["borging_in_plan"],
        course=Course(project["course"]) if project["course"] else None,
        course_on=_day(project["course_on"]),
        decision=project["decision"],
        decision_from=project["decision_from"],
        decision_before=_day(project["decision_before"]),
        sustain=project["sustain"],
        sustained_until=valid_until(declared) if declared else None,
        late_phases=tuple(
            (Phase(phase).label, int(days))
            for phase, status, days in zip(
                dossier.phases["phase"],
                dossier.phases["status"],
                dossier.phases["days_late"],
                strict=True,
            )
            if status == PhaseStatus.LATE and not pd.isna(days)
        ),
        handovers=tuple(_handover(row) for row in dossier.results.to_dict("records")),
        funding_end=_day(project["funding_end"]),
        evaluations=evaluations_of(dossier),
        unbudgeted=tuple(in_no_budget(rows("running_cost"), dossier.as_of)),
        contracts=tuple(
            Contract(row["what"], row["notice_by"], row["ends_on"]) for row in rows("contract")
        ),
        known_by_one=tuple(known_by_one(rows("knowledge_holder"))),
        voices=voices(dossier),
        items_unowned=int(project["items_unowned"]),
        scan=scan,
        contradicted=tuple(contradictions(dossier).values()),
    )


def _handover(row: Mapping[Any, Any]) -> Handover:
    receiver = row["formal_receiver"]
    return Handover(
        row["title"],
        None if pd.isna(receiver) else receiver,
        _day(row["agreed_on"]),
        _day(row["handed_over_on"]),
    )


def _day(value: Any) -> date | None:
    if value is None or pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value
