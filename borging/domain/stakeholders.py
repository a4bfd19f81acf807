"""Whether critical and enthusiastic voices are known to take part in a project."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Voice:
    """One stakeholder whose position is known.

    favour: below 0 is against, above 0 in favour. takes_part: None is not recorded.
    """

    favour: int
    takes_part: bool | None = None


class Presence(StrEnum):
    """What is recorded of one kind of voice."""

    TAKES_PART = "takes_part"
    UNKNOWN = "unknown"
    STAYS_AWAY = "stays_away"
    NOT_ON_THE_MAP = "not_on_the_map"


NO_CRITIC = {
    Presence.UNKNOWN: "Van geen kritische stakeholder is bekend of die aan tafel zit",
    Presence.STAYS_AWAY: "De kritische stakeholders zitten niet aan tafel",
    Presence.NOT_ON_THE_MAP: "Op de kaart staat geen kritische stakeholder",
}
NO_ENTHUSIAST = {
    Presence.UNKNOWN: "Van geen voorstander is bekend of die aan tafel zit",
    Presence.STAYS_AWAY: "De voorstanders zitten niet aan tafel",
    Presence.NOT_ON_THE_MAP: "Op de kaart staat geen voorstander",
}
"""What to say where a kind of voice is not known to take part; without a full stop."""


def critics(voices: Collection[Voice]) -> Presence:
    """Return whether anybody who is against is known to take part."""
    return _presence([voice.takes_part for voice in voices if voice.favour < 0])


def enthusiasts(voices: Collection[Voice]) -> Presence:
    """Return whether anybody who is in favour is known to take part."""
    return _presence([voice.takes_part for voice in voices if voice.favour > 0])


def _presence(taking_part: Collection[bool | None]) -> Presence:
    if not taking_part:
        return Presence.NOT_ON_THE_MAP
    if True in taking_part:
        return Presence.TAKES_PART
    return Presence.UNKNOWN if None in taking_part else Presence.STAYS_AWAY
