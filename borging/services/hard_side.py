"""The hard side of borging: how the hard questions were answered the last time they were asked."""

from __future__ import annotations

from dataclasses import dataclass

from borging.services.dossier import Dossier
from borging.services.wording import count, listed, number

QUESTIONS = 15
MOMENTS = ("start", "closing")
"""From old to new."""
MOMENT_WORDS = {"start": "bij de start", "closing": "bij het afsluiten"}


@dataclass(frozen=True)
class HardSide:
    """Counts of answers over all results, each at its own newest moment.

    asked: questions that apply, 15 for each result with answers, without what does not apply.
    moments: the moments that were counted, from old to new.
    """

    yes: int
    partly: int
    no: int
    asked: int
    moments: tuple[str, ...]

    @property
    def open(self) -> int:
        """Questions without an answer yet."""
        return self.asked - self.yes - self.partly - self.no

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


def hard_side(found: Dossier) -> HardSide | None:
    """Count the answers of a project; None when nobody answered anything."""
    known = set(found.results["id"]) if len(found.results) else set()
    answers: dict[tuple[int, str], dict[str, str]] = {}
    for row in found.rows("hard_question"):
        if row["answer"] and row["result"] in known:
            answers.setdefault((row["result"], row["moment"]), {})[row["question"]] = row["answer"]
    newest = {result: moment for moment in MOMENTS for result, at in answers if at == moment}
    if not newest:
        return None
    given = [a for key in newest.items() for a in answers[key].values()]
    return HardSide(
        yes=given.count("ja"),
        partly=given.count("deels"),
        no=given.count("nee"),
        asked=QUESTIONS * len(newest) - given.count("nvt"),
        moments=tuple(each for each in MOMENTS if each in newest.values()),
    )
