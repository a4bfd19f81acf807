"""Who is for, who is against, and whether both are at the table."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

from borging.domain.dossier_bounds import critic_missing, enthusiast_missing
from borging.domain.dossier_summary import PartState, PartSummary
from borging.services.dossier import Dossier
from borging.services.wording import count, listed

POSITIONS = {"opponent": -2, "sceptic": -1, "neutral": 0, "sympathiser": 1, "advocate": 2}
DISTANCE = {"decisive": 0.22, "much": 0.5, "some": 0.75, "little": 1.0}
"""From the middle of the map; the outer ring is 1."""
BANDS = {0: (0.0, 12.0), 1: (20.0, 42.0), 2: (50.0, 78.0)}
"""Degrees above the line (below it for who is against), at either side of the middle."""
STRATEGIES = {"power": "■", "structure": "◆", "motivation": "●", "learning": "▲", "energy": "★"}
NO_STRATEGY = "○"


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


def stakeholder_map(found: Dossier) -> StakeholderMap:
    """Place everybody of whom position and influence are known; nobody else gets a place."""
    part = next(part for part in found.parts if part.key == "stakeholders")
    fields = part.lists[0].by_id
    placed, beside = [], []
    for row in found.rows("stakeholder"):
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
            ),
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


def stakeholders(found: Dossier) -> PartSummary:
    """Ask for a critical voice and an enthusiast, and for a contact for who has most influence."""
    rows = found.rows("stakeholder")
    if not rows:
        return PartSummary(
            PartState.EMPTY,
            "nog niemand in kaart",
            "Begin met wie er last van heeft en wie er blij van wordt.",
        )
    words = count(len(rows), "stakeholder", "stakeholders")
    missing = missing_voices([row["position"] for row in rows])
    if missing:
        return PartSummary(
            PartState.ATTENTION,
            f"{words}, {listed(missing)} ontbreekt"
            if len(missing) == 1
            else f"{words}, {listed(missing)} ontbreken",
            f"Nodig {listed(missing)} uit: wie tegenspreekt, ziet wat anderen missen."
            if "een kritische stem" in missing
            else "Zoek een enthousiasteling: die neemt collega's mee.",
        )
    alone = [row["name"] for row in rows if row["influence"] == "decisive" and not row["contact"]]
    if alone:
        return PartSummary(
            PartState.UNDERWAY, words, f"Spreek af wie contact houdt met {listed(alone[:3])}."
        )
    return PartSummary(PartState.SETTLED, f"{words}, voor- en tegenstanders zijn aan tafel")


def missing_voices(positions: list[str | None]) -> list[str]:
    """Return which voices nobody in the list has. positions: None is not known."""
    known = [POSITIONS[position] for position in positions if position]
    missing = []
    if critic_missing(known):
        missing.append("een kritische stem")
    if enthusiast_missing(known):
        missing.append("een enthousiasteling")
    return missing
