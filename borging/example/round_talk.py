"""What a team leaves behind after a round: remarks, what it agreed, and its actions.

Everything is drawn from `Case.talk`, so that it moves no other part of the portfolio.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from borging.domain.terms import Priority
from borging.example.draft import Case, Draft, letter
from borging.example.timeline import FRIDAY, THURSDAY, settled

GOOD = 1.5
"""Level from which people speak well of a factor."""
SHARE_REMARKED = 0.55
SHARE_OTHER_VOICE = 0.3
SHARE_DISCUSSED = 0.65
"""Of the newest rounds; earlier ones were all talked about."""
SHARE_WORKED = 0.5
WORKED = 1.0
"""Levels by which an action that worked lifts its factor."""
IN_TIME = 10
"""Weeks after a round within which an action is done before the next one opens."""
TALE = (("involvement", 3, 6), ("adaptability", 5, 4), ("infrastructure", 6, None))
"""The actions of the tale, one per round: factor, weeks until due, weeks until done."""
TALE_LEVELS = {"involvement": (0.4, 2.6, 2.7), "adaptability": (1.3, 1.4, 1.5)}


@dataclass(frozen=True)
class Held:
    """A round that was held. latent: level per factor behind its answers."""

    scan_id: int
    week: int
    latent: dict[str, float]
    newest: bool


@dataclass
class FollowUp:
    """The rounds of one project so far, and what they set going."""

    draft: Draft
    case: Case
    lifts: dict[str, float] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    rounds: int = 0

    def lifted(self, latent: dict[str, float], place: int) -> dict[str, float]:
        """Return the levels of a round with what earlier actions did to them."""
        levels = {f: level + self.lifts.get(f, 0.0) for f, level in latent.items()}
        if self.case.story.newest == "tale":
            levels |= {f: x[min(place, 2)] for f, x in TALE_LEVELS.items() if f in levels}
        return levels

    def add(self, held: Held, people: int) -> None:
        """Add what a round left behind. people: who answered, 0 for an agreed answer."""
        known = [factor for factor in held.latent if factor in self.draft.texts.factors]
        if people:
            self._remarks(held, known)
        tale = self.case.story.newest == "tale"
        if tale or not held.newest or self.case.talk.random() < SHARE_DISCUSSED:
            if people:
                self._consensus(held, known)
            if tale:
                factor, due, done = TALE[min(self.rounds, 2)]
                self._action(held, factor, due, done)
            else:
                self._actions(held, known)
        self.rounds += 1

    def _remarks(self, held: Held, known: list[str]) -> None:
        rng = self.case.talk
        for factor in known:
            if rng.random() >= SHARE_REMARKED:
                continue
            words = self.draft.texts.factors[factor]
            mostly, other = (words.good, words.poor)[:: 1 if held.latent[factor] >= GOOD else -1]
            said = rng.sample(mostly, rng.randint(1, 2))
            if rng.random() < SHARE_OTHER_VOICE:
                said.insert(rng.randint(0, len(said)), rng.choice(other))
            for text in said:
                self.draft.add("factor_remark", scan_id=held.scan_id, factor=factor, text=text)

    def _consensus(self, held: Held, known: list[str]) -> None:
        rng = self.case.talk
        for factor in rng.sample(known, rng.randint(2, 3)):
            level, words = held.latent[factor], self.draft.texts.factors[factor]
            self.draft.add(
                "scan_consensus",
                scan_id=held.scan_id,
                factor=factor,
                level=letter(level),
                reason=rng.choice(words.high if level >= GOOD else words.low),
                recorded_on=self.draft.day(held.week + 1, THURSDAY),
                recorded_by_id=self.case.lead,
            )

    def _actions(self, held: Held, known: list[str]) -> None:
        rng = self.case.talk
        weakest = sorted(known, key=held.latent.__getitem__)[:4]
        for factor in rng.sample(weakest, rng.randint(1, 2)):
            finished = rng.random() < (0.3 if held.newest else 0.8)
            done = rng.randint(2, 16)
            self._action(held, factor, rng.randint(3, 9), done if finished else None)
            if finished and done <= IN_TIME and rng.random() < SHARE_WORKED:
                self.lifts[factor] = self.lifts.get(factor, 0.0) + WORKED

    def _action(self, held: Held, factor: str, due: int, done: int | None) -> None:
        """Add an action out of a round. due, done: weeks after the talk; None is never."""
        if factor not in self.draft.texts.factors:
            return
        rng, case, talked = self.case.talk, self.case, held.week + 1
        left = [t for t in self.draft.texts.factors[factor].actions if t not in self.taken]
        if not left:
            return
        title = left[0] if case.story.newest == "tale" else rng.choice(left)
        self.taken.add(title)
        closed = talked + done if done is not None and talked + done < 0 else None
        owner = rng.choice((case.receiver, case.receiver, case.owner or case.receiver))
        accepted = rng.random() < 0.6
        self.draft.add(
            "residual_item",
            project_id=case.id,
            title=title,
            owner_id=owner,
            accepted_by_id=owner if accepted else None,
            accepted_on=self.draft.day(talked, FRIDAY) if accepted else None,
            due=self.draft.day(settled(talked + due), FRIDAY),
            priority=Priority.NORMAL.value,
            created_on=self.draft.day(talked, THURSDAY),
            closed_on=None if closed is None else self.draft.day(closed, rng.randint(0, 4)),
            scan_id=held.scan_id,
            factor=factor,
            version=1,
        )
