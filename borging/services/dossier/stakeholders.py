"""Who is for, who is against, and whether both are recorded as taking part."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

from borging.domain.dossier_summary import PartState, PartSummary
from borging.domain.signals import APPLIES
from borging.domain.stakeholders import (
    NO_CRITIC,
    NO_ENTHUSIAST,
    Presence,
    Voice,
    critics,
    enthusiasts,
)
from borging.domain.wording import count, listed, number
from borging.services.dossier.dossier import Dossier

POSITIONS = {"opponent": -2, "sceptic": -1, "neutral": 0, "sympathiser": 1, "advocate": 2}
DISTANCE = {"decisive": 0.22, "much": 0.5, "some": 0.75, "little": 1.0}
"""From the middle of the map; the outer ring is 1."""
BANDS = {0: (0.0, 12.0), 1: (20.0, 42.0), 2: (50.0, 78.0)}
"""Degrees above the line (below it for who is against), at either side of the middle."""
STRATEGIES = {"power": "■", "structure": "◆", "motivation": "●", "learning": "▲", "energy": "★"}
NO_STRATEGY = "○"
AT_THE_TABLE = {True: "; zit aan tafel", False: "; zit niet aan tafel", None: ""}


@dataclass(frozen=True)
class Dot:
    """One stakeholder on the map.

    number: its place in the list, from 1. x, y: from the middle, the outer ring is at 1; above 0
    is for, below is against. words: everything else, without the name.
    """

    number: int
    name: str
    position: int
    strategy: str | None
    x: float
    y: float
    words: str

    @property
    def symbol(self) -> str:
        """The mark of the strategy."""
        return STRATEGIES.get(self.strategy or "", NO_STRATEGY)


@dataclass(frozen=True)
class StakeholderMap:
    """dots: who can be placed. beside: name, and what is not known of him."""

    dots: tuple[Dot, ...]
    beside: tuple[tuple[str, str], ...]


def stakeholder_map(dossier: Dossier) -> StakeholderMap:
    """Place everybody of whom position and influence are known; nobody else gets a place."""
    part = next(part for part in dossier.parts if part.key == "stakeholders")
    fields = part.lists[0].by_id
    placed, beside = [], []
    for row in dossier.rows("stakeholder"):
        missing = [name for name in ("position", "influence") if not row[name]]
        if missing:
            unknown = listed([fields[name].label.casefold() for name in missing])
            beside.append((row["name"], f"{unknown} onbekend"))
        else:
            placed.append(row)
    spots = _spots([(POSITIONS[row["position"]], row["influence"]) for row in placed])
    dots = [
        Dot(
            number,
            row["name"],
            POSITIONS[row["position"]],
            row["strategy"],
            *spot,
            "; ".join(
                fields[name].labels[row[name]] + (" invloed" if name == "influence" else "")
                if row[name]
                else "nog geen aanpak"
                for name in ("position", "influence", "strategy")
            )
            + AT_THE_TABLE[row["takes_part"]],
        )
        for number, (row, spot) in enumerate(zip(placed, spots, strict=True), start=1)
    ]
    return StakeholderMap(tuple(dots), tuple(beside))


def _spots(places: list[tuple[int, str]]) -> list[tuple[float, float]]:
    """Return where everybody stands: by turns right and left, evenly over his band."""
    spots = []
    begun: dict[int, int] = {}
    """How many rings above, on and below the line have somebody: each begins at another side."""
    for at, (position, influence) in enumerate(places):
        same = [other for other, place in enumerate(places) if place == (position, influence)]
        turn, half = same.index(at), (position > 0) - (position < 0)
        if turn == 0:
            begun[half] = begun.get(half, 0) + 1
        first, last = BANDS[abs(position)]
        rows = (len(same) + 1) // 2
        angle = (first + last) / 2
        if rows > 1:
            angle = first + (last - first) * (turn // 2) / (rows - 1)
        elif position == 0:
            angle = 0.0
        left = (turn + begun[half]) % 2 == 0
        distance, up = DISTANCE[influence], -1 if position < 0 else 1
        spots.append(
            (
                (-1 if left else 1) * distance * cos(radians(angle)),
                up * distance * sin(radians(angle)),
            )
        )
    return spots


def voices(dossier: Dossier) -> tuple[Voice, ...]:
    """Return the stakeholders whose position is known, as the rules look at them."""
    return tuple(
        Voice(POSITIONS[row["position"]], row["takes_part"])
        for row in dossier.rows("stakeholder")
        if row["position"]
    )


def absent_voices(dossier: Dossier) -> tuple[str, ...]:
    """Return what to say of each kind of voice that is not known to take part, no full stop."""
    against, in_favour = critics(voices(dossier)), enthusiasts(voices(dossier))
    return tuple(
        words
        for words in (NO_CRITIC.get(against), NO_ENTHUSIAST.get(in_favour))
        if words is not None
    )


def stakeholders(dossier: Dossier) -> PartSummary:
    """Ask for a critical voice and an enthusiast, and for a contact for who has most influence."""
    rows = dossier.rows("stakeholder")
    if not rows:
        return PartSummary(
            PartState.EMPTY,
            "nog niemand in kaart",
            "Begin met wie er last van heeft en wie er blij van wordt.",
        )
    words = count(len(rows), "stakeholder", "stakeholders")
    unplaced = [row["name"] for row in rows if not row["position"]]
    if unplaced:
        words += f", van {number(len(unplaced))} is de houding niet bekend"
    against, in_favour = critics(voices(dossier)), enthusiasts(voices(dossier))
    if APPLIES["no_critic"](dossier.state):
        if against != Presence.TAKES_PART:
            return _asks(words, NO_CRITIC[against], against)
        if in_favour != Presence.TAKES_PART:
            return _asks(words, NO_ENTHUSIAST[in_favour], in_favour)
    alone = [row["name"] for row in rows if row["influence"] == "decisive" and not row["contact"]]
    if alone:
        return PartSummary(
            PartState.UNDERWAY, words, f"Spreek af wie contact houdt met {listed(alone[:3])}."
        )
    if unplaced:
        next_ = f"Vraag na wat de houding is van {listed(unplaced[:3])}."
        return PartSummary(PartState.UNDERWAY, words, next_)
    if against == in_favour == Presence.TAKES_PART:
        words += ", voor- en tegenstanders zitten aan tafel"
    return PartSummary(PartState.SETTLED, words)


def _asks(words: str, missing: str, presence: Presence) -> PartSummary:
    said = missing[0].lower() + missing[1:]
    next_ = (
        "Vraag na wie van hen meedoet, en vul het in."
        if presence == Presence.UNKNOWN
        else "Nodig hen uit: wie tegenspreekt, ziet wat anderen missen, en wie blij is, neemt "
        "collega's mee."
    )
    return PartSummary(PartState.ATTENTION, f"{words}, {said}", next_)
