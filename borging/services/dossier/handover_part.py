"""How the handover of a project stands: who receives, when, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from borging.domain import handover as rules
from borging.domain.dossier_summary import PartState, PartSummary
from borging.domain.hard_answers import SETTLED, against_yes, standing_about
from borging.domain.signals import APPLIES
from borging.domain.wording import count, day, listed
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.handover import is_handed_over
from borging.services.dossier.hard_side import contradictions

NEAR = timedelta(weeks=4)
"""Before an agreed handover, the time in which open questions ask for attention."""


def handover(dossier: Dossier) -> PartSummary:
    """Ask for a receiver, a day that is kept, answers, and a measure against every risk."""
    results = dossier.given_results
    if not results:
        lists = (rules.HARD_QUESTION, rules.ACTION, rules.RISK)
        begun = any(len(dossier.lists[key]) for key in lists)
        state = PartState.UNDERWAY if begun else PartState.EMPTY
        return PartSummary(state, "nog geen resultaat vastgelegd", rules.RESULT.add)
    waiting = [each for each in results if not is_handed_over(each, dossier.as_of)]
    words = count(len(results), "resultaat", "resultaten")
    if not waiting:
        words += ", overgedragen" if len(results) == 1 else ", alle overgedragen"
    elif len(waiting) < len(results):
        words += f", {len(results) - len(waiting)} overgedragen"
    if asked := _attention(dossier, waiting):
        more, sentence = asked
        return PartSummary(PartState.ATTENTION, f"{words}, {more}", sentence)
    if not waiting:
        return PartSummary(PartState.SETTLED, words)
    return PartSummary(PartState.UNDERWAY, words, _next(dossier, waiting))


def open_questions(dossier: Dossier, result_id: int) -> int:
    """Return how many of the hard questions are not settled by the answer that stands."""
    standing = standing_about(dossier.rows(rules.HARD_QUESTION), result_id)
    given = [standing[each].answer for each in dossier.questions if each in standing]
    return len(dossier.questions) - sum(answer in SETTLED for answer in given)


def _attention(dossier: Dossier, waiting: Sequence[Mapping[str, Any]]) -> tuple[str, str] | None:
    """Return what asks for attention, and what to do about it; the most pressing first."""
    late = [each for each in waiting if each["agreed_on"] and each["agreed_on"] < dossier.as_of]
    if late:
        return (
            "afgesproken dag voorbij",
            f"Leg de overdracht van {_titles(late)} vast of spreek een nieuwe dag af: "
            f"{day(late[0]['agreed_on'])} is voorbij.",
        )
    nobody = [each for each in waiting if each["formal_receiver_id"] is None]
    if nobody and APPLIES["no_receiver"](dossier.state):
        return (
            f"{len(nobody)} zonder formele ontvanger",
            f"Spreek af wie {_titles(nobody)} in de lijn in ontvangst neemt.",
        )
    open_ids = {each["id"] for each in waiting}
    bare = [
        row["what"]
        for row in dossier.rows(rules.RISK)
        if not row["measure"] and waiting and (row["result"] is None or row["result"] in open_ids)
    ]
    if bare:
        return (
            count(len(bare), "risico zonder maatregel", "risico's zonder maatregel"),
            f"Bedenk wat u doet tegen ‘{bare[0]}’.",
        )
    if (wrong := contradictions(dossier)) and APPLIES["answer_contradicted"](dossier.state):
        return (
            count(
                len(wrong),
                "antwoord strookt niet met het dossier",
                "antwoorden stroken niet met het dossier",
            ),
            against_yes(next(iter(wrong.values()))),
        )
    for each in waiting:
        agreed, left = each["agreed_on"], open_questions(dossier, each["id"])
        if agreed and left and agreed - dossier.as_of <= NEAR:
            return (
                count(left, "vraag open", "vragen open"),
                f"Beantwoord de vragen bij het afsluiten van {_titles([each])}: de overdracht is "
                f"op {day(agreed)}.",
            )
    return None


def _next(dossier: Dossier, waiting: Sequence[Mapping[str, Any]]) -> str:
    """Return what to do when nothing is wrong yet."""
    for each in waiting:
        title = _titles([each])
        if not standing_about(dossier.rows(rules.HARD_QUESTION), each["id"]):
            return f"Beantwoord de vijftien vragen bij de start van {title}."
        if each["agreed_on"] is None:
            return f"Spreek af wanneer {title} wordt overgedragen."
        if each["practical_receiver_id"] is None:
            return f"Spreek af wie in de praktijk verder gaat met {title}."
        if left := open_questions(dossier, each["id"]):
            open_words = count(left, "vraag is", "vragen zijn")
            return f"Werk naar {day(each['agreed_on'])} toe: {open_words} nog open bij {title}."
    return ""


def _titles(results: Sequence[Mapping[str, Any]]) -> str:
    return listed([f"‘{each['title']}’" for each in results[:3]])
