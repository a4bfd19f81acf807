"""A round that takes answers now: who was invited, and what lies in the ballot box.

The hashes are drawn, not made from a token: nobody holds a link to an example round.
"""

from __future__ import annotations

import json
from datetime import timedelta
from random import Random

from borging.domain.rounds import MIN_ANSWERS, OPEN_DAYS
from borging.domain.terms import Moment, ScanKind
from borging.example.draft import Case, Draft, letter

OPENED = -1
"""Week in which it opened; it closes in the week after this one."""
INVITED = (8, 11)
STILL_TO_ANSWER = 3
SHARE_REMARKED = 0.15


def add_open_round(draft: Draft, case: Case, latent: dict[str, float], moment: Moment) -> None:
    """Add an open round with more ballots than it needs to be read once it closes."""
    rng = case.talk
    opened_on = draft.day(OPENED, rng.randint(0, 4))
    scan = draft.add(
        "scan",
        project_id=case.id,
        instrument_id=draft.instrument_id,
        kind=ScanKind.INDIVIDUAL.value,
        scanned_on=opened_on,
        opened_on=opened_on,
        closes_on=opened_on + timedelta(days=OPEN_DAYS),
        closed_on=None,
        published_on=None,
        next_on=None,
        moment=moment.value,
        asks_role=False,
        min_answers=MIN_ANSWERS,
        recorded_by_id=case.lead,
        agreed_by=None,
    )
    labels = rng.sample(draft.texts.labels, rng.randint(*INVITED))
    for label in labels:
        draft.add("scan_invitation", scan_id=scan, label=label, token_hash=_hash(rng))
    for _ in labels[STILL_TO_ANSWER:]:
        content = json.dumps(_ballot(draft, latent, rng), ensure_ascii=False)
        row = {"key_hash": _hash(rng), "scan_id": scan, "content": content}
        draft.rows.setdefault("scan_ballot", []).append(row)


def _ballot(draft: Draft, latent: dict[str, float], rng: Random) -> dict[str, object]:
    lean = rng.gauss(0, 0.35)
    answers, remarks = {}, {}
    for factor, level in latent.items():
        answers[factor] = letter(level + 0.1 + lean + rng.gauss(0, 0.6))
        words = draft.texts.factors.get(factor)
        if words and rng.random() < SHARE_REMARKED:
            remarks[factor] = rng.choice(words.good if answers[factor] in "ab" else words.poor)
    return {"answers": answers, "remarks": remarks, "role": None}


def _hash(rng: Random) -> str:
    return f"{rng.getrandbits(256):064x}"
