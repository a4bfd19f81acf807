"""The title of one project: what must be decided, what is not known, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from borging.domain.signals import APPLIES
from borging.domain.terms import Course, PhaseStatus
from borging.domain.wording import count, day, listed
from borging.services.dossier.dossier import Dossier


def title(dossier: Dossier, open_items: int) -> str:
    """Return the title of a project. open_items: restpunten that are open."""
    project, state = dossier.project, dossier.state
    statuses = dossier.phases["status"]
    applies = APPLIES["phase_late"](state)
    return finding(
        project["title"],
        stopped=state.label if state.is_stopped else "",
        decision=_decision(project, dossier.as_of) if APPLIES["decision_asked"](state) else "",
        course=project["course"] is not None or not APPLIES["decision_asked"](state),
        phases=bool((~statuses.isin([PhaseStatus.UNPLANNED, PhaseStatus.PROPOSED])).any()),
        proposed=int((statuses == PhaseStatus.PROPOSED).sum()),
        late=int((statuses == PhaseStatus.LATE).sum()) if applies else 0,
        recorded=int((dossier.residual_items["created_on"] <= pd.Timestamp(dossier.as_of)).sum()),
        items=open_items,
        unowned=int(project["items_unowned"]),
    )


def _decision(project: Mapping[str, Any], as_of: date) -> str:
    """Return the decision that a red koers asks, in short; '' when none is asked."""
    if project["course"] != Course.RED:
        return ""
    if not project["decision"]:
        return "besluit nodig, nog niet gezegd welk"
    if pd.isna(before := project["decision_before"] or pd.NaT):
        return "besluit gevraagd"
    if before.date() < as_of:
        return f"gevraagd besluit te laat, uiterlijk {day(before)}"
    return f"besluit gevraagd, uiterlijk {day(before)}"


def finding(
    title: str,
    *,
    stopped: str = "",
    decision: str = "",
    course: bool,
    phases: bool,
    late: int,
    recorded: int,
    items: int,
    unowned: int,
    proposed: int = 0,
) -> str:
    """Return the title: the project, what must be decided, what is not known, and what is left.

    stopped: its state where it was stopped. course, phases: whether any was recorded. proposed:
    phases that nobody confirmed; they are not known and never late. recorded: restpunten
    ever recorded; items: those that are open; unowned: those without an owner.
    """
    dated = phases or bool(proposed)
    unknown = [word for word, known in (("koers", course), ("fasen", dated)) if not known]
    left = f"{count(late, 'fase loopt', 'fasen lopen')} achter" if late else ""
    if unowned:
        rest = f"{count(unowned, 'restpunt', 'restpunten')} zonder eigenaar"
    elif items:
        rest = count(items, "open restpunt", "open restpunten")
    elif not recorded:
        rest = "" if late else "nog geen restpunten vastgelegd"
    else:
        rest = "" if late else "geen open restpunten"
    if phases and not late and not stopped:
        left = "geen fase loopt achter"
    parts = [
        stopped,
        decision,
        f"{listed(unknown)} niet bekend" if unknown and not stopped else "",
        _proposal(proposed) if proposed and not stopped else "",
        listed([words for words in (left, rest) if words]),
    ]
    return f"{title}: {'; '.join(words for words in parts if words)}"


def _proposal(phases: int) -> str:
    return f"{phases} {'fase is' if phases == 1 else 'fasen zijn'} nog een voorstel"
