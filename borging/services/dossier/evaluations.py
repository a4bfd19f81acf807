"""Whether the evaluations are planned before the project closes, and held with a lesson."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from borging.domain import handover as rules
from borging.domain.dossier_bounds import Evaluation, is_finishing, lacks_evaluation
from borging.domain.dossier_summary import PartState, PartSummary
from borging.domain.signals import APPLIES
from borging.domain.wording import count, day, listed
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.handover import is_handed_over


def evaluations_of(dossier: Dossier) -> tuple[Evaluation, ...]:
    """Return the evaluations as the rules look at them."""
    return tuple(
        Evaluation(row["planned_on"], row["held_on"], row["term"] == "long")
        for row in dossier.rows(rules.EVALUATION)
    )


def evaluations(dossier: Dossier) -> PartSummary:
    """Ask for a day before closing, for holding them on it, and for what came out."""
    rows = dossier.rows(rules.EVALUATION)
    if not rows and not _unplanned(dossier):
        return PartSummary(
            PartState.EMPTY,
            "nog niet gepland",
            "Plan de evaluaties voordat het project sluit, of leg de overdracht vast: dan worden "
            "er drie klaargezet.",
        )
    held = [each for each in rows if each["held_on"] and each["held_on"] <= dossier.as_of]
    waiting = [each for each in rows if not (each["held_on"] and each["held_on"] <= dossier.as_of)]
    words = count(len(rows), "evaluatie", "evaluaties") if rows else ""
    if held:
        words += f", {len(held)} gehouden"
    if asked := _attention(dossier, held, waiting):
        said = ", ".join(filter(None, [words, asked[0]]))
        return PartSummary(PartState.ATTENTION, said, asked[1])
    coming = sorted(each["planned_on"] for each in waiting if each["planned_on"])
    if coming:
        words += f", eerstvolgende op {day(coming[0])}"
    sentence = _next(rows, waiting)
    return PartSummary(PartState.UNDERWAY if sentence else PartState.SETTLED, words, sentence)


def _unplanned(dossier: Dossier) -> bool:
    """Return whether the project is done or nearly and no evaluation is still to come."""
    handed = [is_handed_over(each, dossier.as_of) for each in dossier.given_results]
    return (
        APPLIES["evaluation_unplanned"](dossier.state)
        and is_finishing(dossier.state, dossier.end, handed, dossier.as_of)
        and lacks_evaluation(evaluations_of(dossier), dossier.as_of)
    )


def _attention(
    dossier: Dossier, held: Sequence[Mapping[str, Any]], waiting: Sequence[Mapping[str, Any]]
) -> tuple[str, str] | None:
    late = [each for each in waiting if each["planned_on"] and each["planned_on"] < dossier.as_of]
    if late:
        return (
            f"{len(late)} gepland en niet gehouden",
            f"Houd ‘{late[0]['title']}’ alsnog, of kies een nieuwe dag: "
            f"{day(late[0]['planned_on'])} is voorbij.",
        )
    if _unplanned(dossier):
        return (
            f"geen evaluatie{' meer' if held else ''} gepland",
            "Plan de evaluaties nu: het project is klaar, en straks doet niemand het meer.",
        )
    for each in held:
        missing = [
            words
            for name, words in (("outcome", "wat de uitkomst was"), ("lessons", "wat u leerde"))
            if not each[name]
        ]
        if missing:
            return (
                "uitkomst of les ontbreekt",
                f"Schrijf bij ‘{each['title']}’ op {listed(missing)}.",
            )
    return None


def _next(rows: Sequence[Mapping[str, Any]], waiting: Sequence[Mapping[str, Any]]) -> str:
    if undated := [each for each in waiting if not each["planned_on"]]:
        return f"Kies een dag voor ‘{undated[0]['title']}’."
    if leaderless := [each for each in waiting if each["led_by"] is None]:
        return f"Spreek af wie ‘{leaderless[0]['title']}’ leidt."
    if not any(each["term"] == "long" for each in rows):
        return "Plan ook een evaluatie op lange termijn: dan pas blijkt of het beklijft."
    return ""
