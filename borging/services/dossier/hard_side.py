"""The hard side of borging: the hard questions, and what is recorded against their answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from borging.domain import handover
from borging.domain.dossier_bounds import in_no_budget
from borging.domain.hard_answers import (
    MOMENTS,
    NO,
    NOT_APPLYING,
    PARTLY,
    YES,
    Answer,
    HardCount,
    ResultFacts,
    contradiction,
    standing_answers,
)
from borging.domain.residuals import is_accepted, is_open
from borging.domain.wording import count, listed, number
from borging.services.dossier.dossier import Dossier
from borging.services.stages import dates_of

MOMENT_WORDS = {handover.START: "bij de start", handover.CLOSING: "bij het afsluiten"}


@dataclass(frozen=True)
class HardSide(HardCount):
    """Counts of the answers that stand.

    moments: the moments at which they were given, from old to new.
    """

    moments: tuple[str, ...]

    @property
    def value(self) -> str:
        """How many are settled: '9 van 15 ja'."""
        return f"{number(self.yes)} van {number(self.asked)} ja"

    @property
    def note(self) -> str:
        """The other answers and the moment."""
        parts = [
            count(n, word, word)
            for n, word in ((self.partly, "deels"), (self.no, "nee"), (self.open, "open"))
            if n
        ]
        when = listed([MOMENT_WORDS[each] for each in self.moments])
        return " · ".join([*([listed(parts)] if parts else []), when])


def answers_of(dossier: Dossier) -> list[Answer]:
    """Return the answers that stand, to the questions and about the results that there are."""
    rows = dossier.rows(handover.HARD_QUESTION)
    standing = standing_answers(rows, dossier.results["id"].tolist())
    return [each for each in standing if each.question in dossier.questions]


def hard_counts(
    answers: pd.DataFrame, results: pd.DataFrame, questions: Sequence[str]
) -> dict[int, HardCount]:
    """Return the count of every project with an answer that stands, by its id.

    Args:
        answers: as `queries.dossier.hard_answers` gives them.
        results: those of all projects, as `queries.portfolio.results` gives them.
        questions: ids of the hard questions.
    """
    project_of = dict(zip(results["id"].tolist(), results["project_id"].tolist(), strict=True))
    per_project = Counter(project_of.values())
    given: dict[int, Counter[str]] = {}
    rows = cast("list[dict[str, Any]]", answers.to_dict("records"))
    for each in standing_answers(rows, project_of):
        if each.question in questions:
            given.setdefault(project_of[each.result], Counter())[each.answer] += 1
    return {
        project: _count(counts, len(questions) * per_project[project])
        for project, counts in given.items()
    }


def _count(given: Mapping[str, int], asked: int) -> HardCount:
    """Count answers. given: number per answer. asked: questions times results."""
    return HardCount(
        yes=given.get(YES, 0),
        partly=given.get(PARTLY, 0),
        no=given.get(NO, 0),
        asked=asked - given.get(NOT_APPLYING, 0),
    )


def hard_side(dossier: Dossier) -> HardSide | None:
    """Count the answers of a project; None when nobody answered anything."""
    answers = answers_of(dossier)
    if not answers:
        return None
    given_at = {each.moment for each in answers}
    counted = _count(
        Counter(each.answer for each in answers), len(dossier.questions) * len(dossier.results)
    )
    return HardSide(**vars(counted), moments=tuple(each for each in MOMENTS if each in given_at))


def contradictions(dossier: Dossier) -> dict[tuple[int, str], str]:
    """Return per result and question what is recorded against the 'ja' that stands."""
    facts = {int(row["id"]): _facts(dossier, row) for row in dossier.results.to_dict("records")}
    sentences = {
        (each.result, each.question): contradiction(each.question, facts[each.result])
        for each in answers_of(dossier)
        if each.answer == YES
    }
    return {key: sentence for key, sentence in sentences.items() if sentence}


def _facts(dossier: Dossier, result: Mapping[Any, Any]) -> ResultFacts:
    def has(*names: str) -> bool:
        return any(not pd.isna(result[name]) for name in names)

    risks = dossier.rows(handover.RISK)
    return ResultFacts(
        formal_receiver=has("formal_receiver_id"),
        practical_receiver=has("practical_receiver_id"),
        handover_day=has("agreed_on", "handed_over_on"),
        risks_without_measure=[
            row["what"]
            for row in risks
            if not row["measure"] and row["result"] in (None, result["id"])
        ],
        unbudgeted=in_no_budget(dossier.rows("running_cost"), dossier.as_of),
        unaccepted=_unaccepted(dossier),
        evaluations=len(dossier.rows(handover.EVALUATION)),
    )


def _unaccepted(dossier: Dossier) -> list[str]:
    """Return the open restpunten that nobody accepted."""
    rows = dossier.residual_items
    days = {name: dates_of(rows[name]) for name in ("created_on", "closed_on", "accepted_on")}
    return [
        title
        for title, accepted_by, created, closed, accepted in zip(
            rows["title"],
            rows["accepted_by"].where(rows["accepted_by"].notna(), None),
            *days.values(),
            strict=True,
        )
        if created
        and is_open(created, closed, dossier.as_of)
        and not is_accepted(accepted_by, accepted, dossier.as_of)
    ]
