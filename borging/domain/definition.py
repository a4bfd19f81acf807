"""Reading a definition file: one TOML table, field by field, collecting all that is wrong.

What is wrong never stops the reading. A reader that finds nothing usable notes a sentence and
returns an empty value, so that one round of checking shows every mistake; the caller asks
`Faults` at the end whether the values may be used.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

STATUSES = ("gezien", "afgeleid", "uit geheugen", "eigen keuze")
"""Where a number or text comes from: seen in print, derived from published figures, from
memory and still to be compared with the source, or chosen by the organisation itself."""

LARGEST_FILE = 1_000_000
"""Bytes; a definition is a few pages of text."""

LONGEST_TEXT = 500
MOST_POINTS = 1000
LARGEST_NUMBER = 10**9

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_TWICE = re.compile(r"overwrite|twice|mutate|redefine|duplicate", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


class InstrumentError(ValueError):
    """A definition is incomplete or contradicts itself.

    problems: Dutch sentences, each with file, place and what to do; never empty. The message
    is all of them, one a line.
    """

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass
class Faults:
    """What is wrong in one file, as sentences."""

    file: str
    sentences: list[str] = field(default_factory=list)

    def add(self, place: str, sentence: str) -> None:
        """Note what is wrong at a place; an empty place is the top of the file."""
        where = f"{self.file}, {place}" if place else self.file
        self.sentences.append(f"{where}: {sentence}")

    def stop(self) -> None:
        """Raise InstrumentError when anything was noted."""
        if self.sentences:
            raise InstrumentError(*self.sentences)


class Table:
    """One table of a definition. Fields that were read are ticked off; `done` names the rest."""

    def __init__(self, faults: Faults, content: dict[str, Any], place: str = "") -> None:
        self.faults = faults
        self.place = place
        self._content = dict(content)

    def fault(self, sentence: str) -> None:
        """Note what is wrong in this table."""
        self.faults.add(self.place, sentence)

    def has(self, name: str) -> bool:
        """Say whether a field is there and not read yet."""
        return name in self._content

    def text(self, name: str) -> str:
        """Return a text on one line; empty when it is not there or not usable."""
        if (value := self._take(name)) is None:
            return ""
        if not isinstance(value, str):
            self.fault(f"‘{name}’ moet een tekst zijn; zet hem tussen aanhalingstekens.")
            return ""
        words = " ".join(value.split())
        if not words:
            self.fault(f"‘{name}’ is leeg; vul een tekst in.")
        elif any(unicodedata.category(sign) == "Cc" for sign in words):
            self.fault(f"‘{name}’ bevat een onzichtbaar stuurteken; typ de tekst opnieuw.")
        elif len(words) > LONGEST_TEXT:
            self.fault(f"‘{name}’ is langer dan {LONGEST_TEXT} tekens; kort de tekst in.")
        else:
            return words
        return ""

    def texts(self, name: str, longest: int) -> tuple[str, ...]:
        """Return a list of short texts, each on one line; empty when it is not usable.

        longest: characters of one text.
        """
        value = self._take(name)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            if value is not None:
                self.fault(f'‘{name}’ moet een lijst teksten zijn: {name} = ["…", "…"].')
            return ()
        found = [" ".join(each.split()) for each in value]
        if not all(found):
            self.fault(f"‘{name}’ bevat een lege tekst; vul haar in of haal haar weg.")
        for words in found:
            if any(unicodedata.category(sign) == "Cc" for sign in words):
                self.fault(f"‘{name}’ bevat een onzichtbaar stuurteken; typ de tekst opnieuw.")
            elif len(words) > longest:
                self.fault(f"‘{words[:40]}…’ in ‘{name}’ is langer dan {longest} tekens; kort in.")
        for words in twice(found):
            self.fault(f"‘{words[:40]}’ staat twee keer in ‘{name}’; haal er één weg.")
        return tuple(found)

    def slug(self, name: str) -> str:
        """Return a name for machines: small letters, digits, and - or _ in between."""
        value = self.text(name)
        if value and not _SLUG.fullmatch(value):
            self.fault(
                f"‘{name}’ is ‘{value}’; gebruik alleen kleine letters zonder accent, cijfers, "
                "en - of _ ertussen."
            )
            return ""
        return value

    def choice(self, name: str, allowed: Sequence[str]) -> str:
        """Return one of `allowed`, or an empty text."""
        value = self.text(name)
        if value and value not in allowed:
            known = ", ".join(f"‘{word}’" for word in allowed)
            self.fault(f"‘{name}’ is ‘{value}’; kies uit {known}.")
            return ""
        return value

    def status(self) -> str:
        """Return where the numbers or texts of this table come from."""
        return self.choice("status", STATUSES)

    def points(self, name: str) -> Decimal | None:
        """Return a number from 0 up to and including MOST_POINTS, exactly as written."""
        return self._decimal(name, 0, MOST_POINTS)

    def number(
        self, name: str, least: int = -LARGEST_NUMBER, most: int = LARGEST_NUMBER
    ) -> float | None:
        """Return a number from `least` up to and including `most`, None when there is none."""
        value = self._decimal(name, least, most)
        return None if value is None else float(value)

    def _decimal(self, name: str, least: int, most: int) -> Decimal | None:
        if (value := self._take(name)) is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.fault(f'‘{name}’ moet een getal zijn, met een punt: 8.5 en niet "8,5".')
        elif not (Decimal(value).is_finite() and least <= value <= most):
            self.fault(f"‘{name}’ moet tussen {least} en {most} liggen.")
        else:
            return Decimal(value)
        return None

    def flag(self, name: str) -> bool:
        """Return true or false; false when it is not usable."""
        value = self._take(name)
        if value is not None and not isinstance(value, bool):
            self.fault(f"‘{name}’ moet true of false zijn, zonder aanhalingstekens.")
        return value is True

    def table(self, name: str) -> Table | None:
        """Return a table within this one, None when there is none."""
        if (value := self._take(name)) is None:
            return None
        if not isinstance(value, dict):
            self.fault(f"‘{name}’ moet een tabel zijn; begin hem met [{name}].")
            return None
        return Table(self.faults, value, self._below(name))

    def tables(self, name: str, noun: str) -> list[Table]:
        """Return a list of tables; each is called by `noun` and its number in what is said."""
        if (value := self._take(name)) is None:
            return []
        if not (isinstance(value, list) and value and all(isinstance(v, dict) for v in value)):
            self.fault(f"‘{name}’ moet een lijst tabellen zijn; begin elk met [[{name}]].")
            return []
        return [
            Table(self.faults, each, self._below(f"{noun} {number}"))
            for number, each in enumerate(value, start=1)
        ]

    def done(self) -> None:
        """Note every field that nobody asked for: most often a typing error."""
        for name in self._content:
            self.fault(f"het veld ‘{name}’ is onbekend; verbeter de naam of haal het weg.")

    def _take(self, name: str) -> Any:
        """Return a field and tick it off; None, and a note, when it is missing."""
        if name not in self._content:
            self.fault(f"het veld ‘{name}’ ontbreekt; voeg het toe.")
        return self._content.pop(name, None)

    def _below(self, name: str) -> str:
        return f"{self.place}, {name}" if self.place else name


def twice(values: Sequence[str]) -> list[str]:
    """Return the values that occur more than once, empty ones aside, in order."""
    return sorted({each for each in values if each and values.count(each) > 1})


def read_table(path: Path) -> Table:
    """Open a definition.

    Raises:
        InstrumentError: the file cannot be read, is no UTF-8 or no TOML.
    """
    faults = Faults(path.name)
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError)
        why = "het bestand bestaat niet" if missing else "het is geen leesbaar bestand"
        raise InstrumentError(f"{path.name}: kan niet worden geopend; {why}.") from error
    if len(data) > LARGEST_FILE:
        raise InstrumentError(f"{path.name}: is groter dan 1 MB; dit is geen definitie.")
    try:
        return Table(faults, tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InstrumentError(
            f"{path.name}, regel {line}: dit is geen UTF-8. Sla het bestand op als UTF-8 "
            "(in Kladblok: Opslaan als, Codering)."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise InstrumentError(toml_fault(path.name, str(error))) from error
    except (ValueError, RecursionError) as error:
        raise InstrumentError(
            f"{path.name}: dit is geen geldig TOML-bestand: een getal of een lijst is te groot."
        ) from error


def toml_fault(name: str, reason: str) -> str:
    """Return where a file is no TOML and what to look at; `reason` is what Python says."""
    found = _PLACE.search(reason)
    where = f"{name}, regel {found[1]}, teken {found[2]}" if found else f"{name}, aan het einde"
    if _TWICE.search(reason):
        return f"{where}: dit veld of deze tabel staat er twee keer; haal er één weg."
    return (
        f"{where}: dit is geen geldig TOML. Kijk hier en op de regel erboven: een tekst staat "
        'tussen " en ", een getal heeft een punt, een veld heeft de vorm naam = waarde.'
    )
