"""Who is for, who is against, and whether both are at the table."""

from __future__ import annotations

from borging.domain.dossier_summary import PartState, PartSummary
from borging.services.dossier import Dossier
from borging.services.wording import count, listed

POSITIONS = {"opponent": -2, "sceptic": -1, "neutral": 0, "sympathiser": 1, "advocate": 2}
INFLUENCE = {"little": 1, "some": 2, "much": 3, "decisive": 4}


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
    if not any(position < 0 for position in known):
        missing.append("een kritische stem")
    if not any(position > 0 for position in known):
        missing.append("een enthousiasteling")
    return missing
