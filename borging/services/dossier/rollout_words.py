"""Traits of the change and its effects, in the order in which they are talked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from borging.domain.wording import day
from borging.services.dossier.dossier import Dossier


@dataclass(frozen=True)
class Trait:
    """score: 1–5, None when nobody gave one. note: '' when there is none."""

    name: str
    score: int | None
    note: str


def traits(dossier: Dossier, names: Mapping[str, str]) -> tuple[Trait, ...]:
    """Return every trait in fixed order. names: id to name; of two rows the newest counts."""
    given = {row["trait"]: row for row in dossier.rows("change_trait")}
    return tuple(
        Trait(
            name,
            int(given[trait]["score"]) if trait in given and given[trait]["score"] else None,
            (given[trait]["note"] or "") if trait in given else "",
        )
        for trait, name in names.items()
    )


@dataclass(frozen=True)
class Effect:
    """One effect with its steps, each a whole line that says how it stands."""

    whom: str
    words: str
    steps: tuple[str, ...]


def effects(dossier: Dossier) -> tuple[Effect, ...]:
    """Return the effects that have steps, each with its steps by day."""
    steps = dossier.rows("effect_action")
    made = []
    for row in dossier.rows("system_effect"):
        own = [step for step in steps if step["effect"] == row["id"]]
        own.sort(key=lambda step: step["due"] or date.max)
        said = [row["effect"] or "", f"nodig: {row['needed']}" if row["needed"] else ""]
        if own:
            lines = tuple(_step(dossier, step) for step in own)
            made.append(Effect(row["whom"], "; ".join(filter(None, said)), lines))
    return tuple(made)


def _step(dossier: Dossier, step: Mapping[str, object]) -> str:
    due, done = step["due"], step["done_on"]
    who = dossier.people.get(step["owner"], "onbekend") if isinstance(step["owner"], int) else None
    if isinstance(done, date):
        return f"● {step['what']} ({', '.join(filter(None, [who, f'gedaan op {day(done)}']))})"
    when = f"uiterlijk {day(due)}" if isinstance(due, date) else "nog zonder dag"
    late = isinstance(due, date) and due < dossier.as_of
    words = [who or "nog niemand", f"te laat: {when}" if late else when]
    return f"{'▲' if late else '○'} {step['what']} ({', '.join(words)})"
