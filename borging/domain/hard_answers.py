"""The hard questions: which answer stands for each, and which answers the facts contradict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from borging.domain.handover import CLOSING, START

YES, PARTLY, NO, NOT_APPLYING = "ja", "deels", "nee", "nvt"
SETTLED = (YES, NOT_APPLYING)
HALF = Fraction(1, 2)
"""Share of 'ja' from which the hard side is not behind: an aid of this product, not a norm."""
MOMENTS = (START, CLOSING)
"""From old to new."""


@dataclass(frozen=True)
class Answer:
    """An answer that stands, the moment at which it was given, and the person named with it."""

    result: int
    question: str
    answer: str
    moment: str
    owner: int | None = None


def standing_answers(rows: Iterable[Mapping[str, Any]], results: Collection[int]) -> list[Answer]:
    """Return the answer that stands per result and question: at closing, else that at the start.

    Every screen, restpunt and signal asks here which answer stands. Of two at one moment the later
    row stands.

    Args:
        rows: items of the list of hard questions, with result, question, moment and answer, and
            owner where it is known; oldest first.
        results: ids of the results that there are.
    """
    newest: dict[tuple[int, str], Answer] = {}
    ordered = sorted(
        (row for row in rows if row["answer"] and row["result"] in results),
        key=lambda row: MOMENTS.index(row["moment"]),
    )
    for row in ordered:
        key = row["result"], row["question"]
        newest[key] = Answer(*key, row["answer"], row["moment"], row.get("owner"))
    return list(newest.values())


def standing_about(rows: Iterable[Mapping[str, Any]], result: int) -> dict[str, Answer]:
    """Return the answers that stand about one result, by the id of their question."""
    return {each.question: each for each in standing_answers(rows, (result,))}


@dataclass(frozen=True)
class HardCount:
    """The answers that stand of one project, counted over all its results.

    Attributes:
        asked: questions that apply: every question for every result, without those answered
            with n.v.t.
    """

    yes: int
    partly: int
    no: int
    asked: int

    @property
    def open(self) -> int:
        """Questions without an answer; they are not a 'ja'."""
        return self.asked - self.yes - self.partly - self.no

    @property
    def share(self) -> Fraction | None:
        """Share of the questions that apply with a 'ja'; None when no question applies."""
        return Fraction(self.yes, self.asked) if self.asked else None

    @property
    def reaches_half(self) -> bool:
        """Whether at least half of the questions that apply have a 'ja'."""
        return self.share is not None and self.share >= HALF


@dataclass(frozen=True)
class ResultFacts:
    """What is recorded about a result, as far as a hard question asks for it.

    Attributes:
        formal_receiver, practical_receiver, handover_day: whether one is recorded.
        risks_without_measure, unbudgeted, unaccepted: what there is, by its title.
        evaluations: evaluations planned or held.
    """

    formal_receiver: bool
    practical_receiver: bool
    handover_day: bool
    risks_without_measure: Sequence[str]
    unbudgeted: Sequence[str]
    unaccepted: Sequence[str]
    evaluations: int


def contradiction(question: str, facts: ResultFacts) -> str:
    """Return what is recorded against a 'ja' on a question, as a Dutch sentence; '' for nothing."""
    missing = {
        "formal_receiver": (facts.formal_receiver, "geen formele ontvanger vastgelegd"),
        "practical_receiver": (facts.practical_receiver, "geen praktische ontvanger vastgelegd"),
        "handover_date": (facts.handover_day, "geen dag van overdracht vastgelegd"),
        "evaluation": (facts.evaluations > 0, "geen evaluatie gepland of gehouden"),
    }
    named = {
        "handover_risks": (facts.risks_without_measure, "Zonder maatregel staat het risico"),
        "running_costs": (facts.unbudgeted, "In geen begroting staan de kosten"),
        "residual_items": (facts.unaccepted, "Niet door de lijn aanvaard is het restpunt"),
    }
    if question in missing:
        there, words = missing[question]
        return "" if there else f"Er is {words}."
    titles, words = named.get(question, ((), ""))
    return _first(titles, words)


def against_yes(contradiction: str, more: str = "") -> str:
    """Return one sentence of a 'ja' and what is recorded against it.

    contradiction: as `contradiction` writes it. more: how many others there are, as words.
    """
    return (
        f"Bij de harde vragen staat ‘ja’{more}, maar {contradiction[0].lower()}{contradiction[1:]}"
    )


def _first(titles: Sequence[str], words: str) -> str:
    if not titles:
        return ""
    rest = f" (en nog {len(titles) - 1})" if len(titles) > 1 else ""
    return f"{words} ‘{titles[0]}’{rest}."
