"""Instruments are data: factors, levels, points and texts, read from a TOML file.

Levels run from the best (first, 'a') to the worst (last, 'd').
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from pathlib import Path

from borging.domain.definition import InstrumentError as InstrumentError
from borging.domain.definition import Table, read_table, twice
from borging.domain.questionnaires import Kind, Questionnaire, build_questionnaire

LETTERS = "abcd"
"""Letters of the levels in order; an instrument with fewer levels uses the first ones."""

FEWEST_LEVELS = 2

LONGEST_FOLLOW_UP = 90
"""Characters of a suggested action: it becomes the title of a restpunt."""


@dataclass(frozen=True)
class Level:
    """One answer to a factor.

    Attributes:
        points: exactly as written in the file.
        status: one of `definition.STATUSES`.
    """

    letter: str
    points: Decimal
    status: str
    heading: str
    text: str


@dataclass(frozen=True)
class Factor:
    """One question of an instrument. follow_ups: what a team may do to lift it; may be empty."""

    id: str
    domain: str
    name: str
    short: str
    question: str
    levels: tuple[Level, ...]
    follow_ups: tuple[str, ...] = ()

    @cached_property
    def points(self) -> dict[str, Decimal]:
        """Points by letter."""
        return {level.letter: level.points for level in self.levels}

    @cached_property
    def maximum(self) -> Decimal:
        """Points of the best level."""
        return max(self.points.values())

    def rank(self, letter: str) -> int:
        """Place of a letter counted from the worst level: 0 up to and including 3."""
        return len(self.levels) - 1 - [level.letter for level in self.levels].index(letter)


@dataclass(frozen=True)
class Threshold:
    """The one cut-off that the source names, with the words that belong to it.

    Attributes:
        text: meaning of a total at or above the cut-off.
        status: source of the number; the words are the instrument file's own.
    """

    points: Decimal
    text: str
    caveat: str
    status: str

    def reached(self, total: Fraction | None) -> bool:
        """Return whether an exact total is at or above the cut-off; False without a total."""
        return total is not None and total >= Fraction(self.points)


@dataclass(frozen=True)
class Instrument:
    """A whole instrument; the factors stand in their fixed order.

    Every factor has the same letters. unit_of_analysis: what one scan is about.
    """

    key: str
    version: str
    title: str
    source: str
    unit_of_analysis: str
    threshold: Threshold
    domains: dict[str, str]
    factors: tuple[Factor, ...]
    kind: Kind = Kind.SCAN

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of every factor, best first."""
        return tuple(level.letter for level in self.factors[0].levels)

    @cached_property
    def maximum(self) -> Decimal:
        """Highest total that can be reached."""
        return sum((factor.maximum for factor in self.factors), Decimal())

    @cached_property
    def parts(self) -> int:
        """Smallest number of equal parts of a point in which all points are whole: 10, 100, …"""
        exponents = [
            int(level.points.normalize().as_tuple().exponent)
            for factor in self.factors
            for level in factor.levels
        ]
        return int(10 ** max(0, -min(exponents, default=0)))

    def factor(self, factor_id: str) -> Factor:
        """Return a factor by id; KeyError when there is none."""
        for factor in self.factors:
            if factor.id == factor_id:
                return factor
        raise KeyError(factor_id)


Definition = Instrument | Questionnaire


@lru_cache(maxsize=64)
def load_definition(path: Path) -> Definition:
    """Read and check a definition of any kind. A file without a kind is a scan.

    Raises:
        InstrumentError: the file is no valid definition; it says where and what to do.
    """
    table = read_table(path)
    faults = table.faults
    kind = table.choice("kind", tuple(Kind)) if table.has("kind") else Kind.SCAN
    faults.stop()
    definition = _instrument(table) if kind == Kind.SCAN else build_questionnaire(table, Kind(kind))
    if definition.key and definition.key != path.stem:
        table.fault(
            f"‘key’ is ‘{definition.key}’ maar het bestand heet anders; noem het bestand "
            f"{definition.key}.toml of pas ‘key’ aan."
        )
    faults.stop()
    return definition


def load_instrument(path: Path) -> Instrument:
    """Read and check a scan.

    Raises:
        InstrumentError: the file is no valid definition, or one of another kind.
    """
    definition = load_definition(path)
    if not isinstance(definition, Instrument):
        raise InstrumentError(f"{path.name}: dit is een {definition.kind} en geen scan met punten.")
    return definition


def instruments(folders: Sequence[Path]) -> list[Definition]:
    """Return every valid definition in the folders, in the order of folders and file names.

    A folder that does not exist holds none. Of two definitions with one key only the first
    counts; `faults` names the other.
    """
    return [found for found in _read(folders) if not isinstance(found, InstrumentError)]


def find_instrument(key: str, folders: Sequence[Path]) -> Instrument:
    """Return the scan with a key, from the first folder that has it.

    Raises:
        InstrumentError: there is none in the folders, or it is not valid.
    """
    for path in _files(folders):
        if path.stem == key:
            return load_instrument(path)
    known = (found.key for found in instruments(folders) if isinstance(found, Instrument))
    raise InstrumentError(f"Er is geen scan ‘{key}’. De scans zijn: {', '.join(known)}.")


def faults(folders: Sequence[Path]) -> list[InstrumentError]:
    """Return what is wrong with the definitions that `instruments` leaves out."""
    return [found for found in _read(folders) if isinstance(found, InstrumentError)]


def _read(folders: Iterable[Path]) -> list[Definition | InstrumentError]:
    found: list[Definition | InstrumentError] = []
    owners: dict[str, Path] = {}
    for path in _files(folders):
        owner = owners.setdefault(path.stem, path)
        if owner is not path:
            found.append(
                InstrumentError(
                    f"{path}: de naam ‘{path.stem}’ is al in gebruik door {owner}; geef dit "
                    "bestand en zijn ‘key’ een andere naam."
                )
            )
            continue
        try:
            found.append(load_definition(path))
        except InstrumentError as error:
            found.append(error)
    return found


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(folder.glob("*.toml"))


def _instrument(table: Table) -> Instrument:
    key, version, title = table.slug("key"), table.text("version"), table.text("title")
    domains = [_domain(each) for each in table.tables("domains", "domein")]
    definition = Instrument(
        key=key,
        version=version,
        title=title,
        source=table.text("source"),
        unit_of_analysis=table.text("unit_of_analysis"),
        threshold=_threshold(table.table("threshold")),
        domains=dict(domains),
        factors=tuple(_factor(each, dict(domains)) for each in table.tables("factors", "factor")),
    )
    table.done()
    for name in twice([name for name, _ in domains]):
        table.fault(f"twee domeinen hebben de id ‘{name}’; geef elk domein een eigen id.")
    for name in twice([factor.id for factor in definition.factors]):
        table.fault(f"twee factoren hebben de id ‘{name}’; geef elke factor een eigen id.")
    if len({len(factor.levels) for factor in definition.factors}) > 1:
        table.fault("niet elke factor heeft evenveel niveaus; maak dat aantal overal gelijk.")
    _check_threshold(table, definition)
    return definition


def _domain(table: Table) -> tuple[str, str]:
    domain = table.slug("id"), table.text("name")
    table.done()
    return domain


def _threshold(table: Table | None) -> Threshold:
    if table is None:
        return Threshold(Decimal(), "", "", "")
    threshold = Threshold(
        points=table.points("points") or Decimal(),
        text=table.text("text"),
        caveat=table.text("caveat"),
        status=table.status(),
    )
    table.done()
    return threshold


def _check_threshold(table: Table, instrument: Instrument) -> None:
    if not all(factor.levels for factor in instrument.factors):
        return
    border, maximum = instrument.threshold.points, instrument.maximum
    if instrument.factors and border > maximum:
        table.fault(
            f"de grens in [threshold] is {float(border):g} maar het hoogste totaal is "
            f"{float(maximum):g}; kies een grens die te halen is."
        )


def _factor(table: Table, domains: dict[str, str]) -> Factor:
    factor = Factor(
        id=table.slug("id"),
        domain=table.slug("domain"),
        name=table.text("name"),
        short=table.text("short"),
        question=table.text("question"),
        levels=tuple(_levels(table)),
        follow_ups=table.texts("follow_ups", LONGEST_FOLLOW_UP) if table.has("follow_ups") else (),
    )
    table.done()
    if factor.domain and factor.domain not in domains:
        table.fault(
            f"het onbekende domein ‘{factor.domain}’; zet het bij [[domains]] of kies een domein "
            "dat daar staat."
        )
    return factor


def _levels(table: Table) -> list[Level]:
    """Read the levels and check their letters and points."""
    levels, points = [], []
    for each in table.tables("levels", "niveau"):
        worth = each.points("points")
        points.append(worth)
        levels.append(
            Level(
                letter=each.text("letter"),
                points=worth or Decimal(),
                status=each.status(),
                heading=each.text("heading"),
                text=each.text("text"),
            )
        )
        each.done()
    known = [worth for worth in points if worth is not None]
    letters = [level.letter for level in levels]
    if levels and (letters != list(LETTERS[: len(levels)]) or len(levels) < FEWEST_LEVELS):
        table.fault(
            f"de letters van de niveaus zijn ‘{', '.join(letters)}’; gebruik {FEWEST_LEVELS} tot "
            f"en met {len(LETTERS)} niveaus met de letters {', '.join(LETTERS)}, van het beste "
            "naar het slechtste."
        )
    if known == points and known != sorted(known, reverse=True):
        table.fault("de punten lopen niet af van het beste naar het slechtste niveau; zet ze goed.")
    elif known == points and len(known) > 1 and known[0] == known[-1]:
        table.fault("het beste niveau heeft evenveel punten als het slechtste; geef het meer.")
    return levels
