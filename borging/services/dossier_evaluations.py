"""Whether the evaluations are planned before the project closes, and held with a lesson."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from borging.domain import handover as rules
from borging.domain.dossier_bounds import is_closing
from borging.domain.dossier_summary import PartState, PartSummary
from borging.domain.terms import ProjectState
from borging.services.dossier import Dossier
from borging.services.handover import is_handed_over, results_of
from borging.services.wording import count, day, listed


def evaluations(found: Dossier) -> PartSummary:
    """Ask for a day before closing, for holding them on it, and for what came out."""
    rows = found.rows(rules.EVALUATION)
    dated = [each for each in rows if each["planned_on"] or each["held_on"]]
    if not dated and _closes(found):
        return PartSummary(
            PartState.ATTENTION,
            "geen evaluatie gepland",
            "Plan de evaluaties nu: het project is klaar, en straks doet niemand het meer.",
        )
    if not rows:
        return PartSummary(
            PartState.EMPTY,
            "nog niet gepland",
            "Plan de evaluaties voordat het project sluit, of leg de overdracht vast: dan worden "
            "er drie klaargezet.",
        )
    held = [each for each in rows if each["held_on"] and each["held_on"] <= found.as_of]
    waiting = [each for each in rows if not (each["held_on"] and each["held_on"] <= found.as_of)]
    words = count(len(rows), "evaluatie", "evaluaties")
    if held:
        words += f", {len(held)} gehouden"
    if asked := _attention(found, held, waiting):
        return PartSummary(PartState.ATTENTION, f"{words}, {asked[0]}", asked[1])
    coming = sorted(each["planned_on"] for each in waiting if each["planned_on"])
    if coming:
        words += f", eerstvolgende op {day(coming[0])}"
    sentence = _next(rows, waiting)
    return PartSummary(PartState.UNDERWAY if sentence else PartState.SETTLED, words, sentence)


def _closes(found: Dossier) -> bool:
    """Say whether the project is over or nearly, by state, end, or what was handed over."""
    results = results_of(found)
    return (
        found.project.get("state") == ProjectState.CLOSED
        or is_closing(found.end, found.as_of)
        or (bool(results) and all(is_handed_over(each, found.as_of) for each in results))
    )


def _attention(
    found: Dossier, held: Sequence[Mapping[str, Any]], waiting: Sequence[Mapping[str, Any]]
) -> tuple[str, str] | None:
    late = [each for each in waiting if each["planned_on"] and each["planned_on"] < found.as_of]
    if late:
        return (
            f"{len(late)} gepland en niet gehouden",
            f"Houd ‘{late[0]['title']}’ alsnog, of kies een nieuwe dag: "
            f"{day(late[0]['planned_on'])} is voorbij.",
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
