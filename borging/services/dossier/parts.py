"""How each part of a dossier is summed up: one rule per part, by its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from borging.domain.dossier import Part
from borging.domain.dossier_summary import PartState, PartSummary
from borging.domain.wording import count, listed
from borging.services.dossier.anchoring import anchoring
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.evaluations import evaluations
from borging.services.dossier.handover_part import handover
from borging.services.dossier.interventions import interventions
from borging.services.dossier.rollout import spread
from borging.services.dossier.running_costs import running
from borging.services.dossier.stakeholders import stakeholders
from borging.services.dossier.support import support

RULES: Mapping[str, Callable[[Dossier], PartSummary]] = {
    "draagvlak": support,
    "exploitatie": running,
    "naleving": interventions,
    "stakeholders": stakeholders,
    "overdracht": handover,
    "evaluaties": evaluations,
    "verankering": anchoring,
    "verspreiding": spread,
}


def summary(part: Part, dossier: Dossier) -> PartSummary:
    """Return what the folded line of a part says; of a stopped project no part asks anything."""
    if dossier.state.is_stopped:
        return replace(_counted(part, dossier), next="")
    rule = RULES.get(part.key)
    return rule(dossier) if rule else _counted(part, dossier)


def _counted(part: Part, dossier: Dossier) -> PartSummary:
    """Say how many items there are, for a part without a rule of its own."""
    filled = [
        count(len(dossier.lists[each.key]), each.one, each.many)
        for each in part.lists
        if len(dossier.lists[each.key])
    ]
    if not filled:
        return PartSummary(PartState.EMPTY, "nog niets ingevuld", part.lists[0].add)
    return PartSummary(PartState.UNDERWAY, listed(filled))
