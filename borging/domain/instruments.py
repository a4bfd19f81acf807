"""Instruments are data: factors, levels, points and texts, read from a TOML file.

Levels run from the best (first, 'a') to the worst (last, 'd').
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any


class InstrumentError(ValueError):
    """A definition is incomplete or contradicts itself; the message is Dutch."""


@dataclass(frozen=True)
class Level:
    """One answer to a factor. status: gezien, afgeleid or uit geheugen."""

    letter: str
    points: float
    status: str
    heading: str
    text: str


@dataclass(frozen=True)
class Factor:
    """One question of an instrument."""

    id: str
    domain: str
    name: str
    short: str
    question: str
    levels: tuple[Level, ...]

    @cached_property
    def points(self) -> dict[str, float]:
        """Points by letter."""
        return {level.letter: level.points for level in self.levels}

    @property
    def maximum(self) -> float:
        """Points of the best level."""
        return max(self.points.values())

    def rank(self, letter: str) -> int:
        """Place of a letter counted from the worst level: 0 up to and including 3."""
        return len(self.levels) - 1 - [level.letter for level in self.levels].index(letter)


@dataclass(frozen=True)
class Threshold:
    """The one border the source names, with the words that belong to it."""

    points: float
    text: str
    caveat: str
    status: str


@dataclass(frozen=True)
class Instrument:
    """A whole instrument; the factors stand in their fixed order."""

    key: str
    version: str
    title: str
    source: str
    threshold: Threshold
    domains: dict[str, str]
    factors: tuple[Factor, ...]

    @property
    def maximum(self) -> float:
        """Highest total that can be reached."""
        return round(sum(factor.maximum for factor in self.factors), 6)

    def factor(self, factor_id: str) -> Factor:
        """Return a factor by id; KeyError when there is none."""
        for factor in self.factors:
            if factor.id == factor_id:
                return factor
        raise KeyError(factor_id)


@lru_cache(maxsize=32)
def load_instrument(path: Path) -> Instrument:
    """Read and check a definition.

    Raises:
        InstrumentError: the file is no valid definition; the message says where and why.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InstrumentError(f"{path.name}: dit is geen geldig TOML-bestand ({error}).") from error
    try:
        instrument = _build(raw)
    except KeyError as error:
        raise InstrumentError(f"{path.name}: het veld {error} ontbreekt.") from error
    _check(path.name, instrument)
    return instrument


def _build(raw: dict[str, Any]) -> Instrument:
    factors = tuple(
        Factor(
            id=entry["id"],
            domain=entry["domain"],
            name=entry["name"],
            short=entry["short"],
            question=entry["question"],
            levels=tuple(
                Level(
                    letter=level["letter"],
                    points=float(level["points"]),
                    status=level["status"],
                    heading=level["heading"],
                    text=level["text"],
                )
                for level in entry["levels"]
            ),
        )
        for entry in raw["factors"]
    )
    threshold = raw["threshold"]
    return Instrument(
        key=raw["key"],
        version=raw["version"],
        title=raw["title"],
        source=raw["source"],
        threshold=Threshold(
            float(threshold["points"]),
            threshold["text"],
            threshold["caveat"],
            threshold["status"],
        ),
        domains={entry["id"]: entry["name"] for entry in raw["domains"]},
        factors=factors,
    )


def _check(name: str, instrument: Instrument) -> None:
    ids = [factor.id for factor in instrument.factors]
    if len(set(ids)) != len(ids):
        raise InstrumentError(f"{name}: twee factoren hebben dezelfde id.")
    for factor in instrument.factors:
        if factor.domain not in instrument.domains:
            raise InstrumentError(
                f"{name}: factor {factor.id} noemt het onbekende domein {factor.domain}."
            )
        points = [level.points for level in factor.levels]
        if points != sorted(points, reverse=True):
            raise InstrumentError(
                f"{name}: bij factor {factor.id} lopen de punten niet af van het beste naar het "
                "slechtste niveau."
            )
