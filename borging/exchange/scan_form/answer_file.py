"""A file of filled answers to a scan: a heading row, then one respondent a row, in letters.

The columns are the factors in their fixed order and nothing else: an answer carries no name
and no number. A row of which every cell is blank is no respondent.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from borging.domain.instruments import Factor, Instrument
from borging.domain.scoring import FactorScore, ScanScore
from borging.exchange.problems import Problem, Severity, shorten
from borging.exchange.reading import Content, Row, Sheet, UnreadableFileError, read_content
from borging.exchange.values import fold, is_blank, plain

ENTRY_SHEET = "Invoer"
"""The sheet that is read when a workbook has more than one."""

DO_NOT_KNOW = frozenset({"", "-", "–", "?", "weet ik niet"})
MOST_SHOWN = 20

_NUMBERING = re.compile(r"^\d+\s*[.)]?\s+")

Answers = dict[str, str | None]


class AnswerFileError(ValueError):
    """The answers cannot be scored; the message is a Dutch sentence for each place, one a line."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [f"{name}, {each.place}: {each.reason}" for each in problems[:MOST_SHOWN]]
        if left := len(problems) - len(lines):
            lines.append(f"En nog {left} {'plaats' if left == 1 else 'plaatsen'}.")
        super().__init__("\n".join(lines))


def read_answers(source: Path | bytes, name: str, instrument: Instrument) -> list[Answers]:
    """Return the answers of each respondent: factor id to letter, None for 'weet ik niet'.

    Raises:
        UnreadableFileError: the file cannot be read as a list, or has no sheet to read.
        AnswerFileError: the headings or the cells are not what they should be.
    """
    content = read_content(source, name)
    sheet = _sheet(content)
    reader = _Reader(sheet, instrument)
    reader.problems += [each for each in content.problems if each.sheet == sheet.name]
    answers = reader.answers()
    if reader.problems:
        raise AnswerFileError(name, reader.problems)
    return answers


def as_dict(scored: ScanScore) -> dict[str, Any]:
    """Return a score as plain values; None for every number that is not to be given.

    mean, total and sd are points, percent is of the factor's maximum, distribution is the
    number of answers per letter, spread the distance between levels, 0–3.
    """
    return {
        "n": scored.n,
        "total": _rounded(scored.total, 2),
        "sd": _rounded(scored.sd, 2),
        "factors": [_factor_as_dict(each) for each in scored.factors],
    }


def _factor_as_dict(scored: FactorScore) -> dict[str, Any]:
    return {
        "id": scored.factor.id,
        "mean": _rounded(scored.mean, 4),
        "percent": _rounded(scored.percent, 2),
        "distribution": scored.counts,
        "spread": scored.spread,
    }


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None else round(value, decimals)


def _sheet(content: Content) -> Sheet:
    filled = [sheet for sheet in content.sheets if sheet.rows]
    named = [sheet for sheet in filled if sheet.name == ENTRY_SHEET]
    if len(found := named or filled) == 1:
        return found[0]
    if not found:
        raise UnreadableFileError(f"{content.name} is leeg.")
    names = ", ".join(f"‘{sheet.name}’" for sheet in found)
    raise UnreadableFileError(
        f"{content.name} heeft meer dan één gevuld blad ({names}). Noem het blad met de antwoorden "
        f"‘{ENTRY_SHEET}’."
    )


class _Reader:
    """Reads one sheet and keeps what is wrong."""

    def __init__(self, sheet: Sheet, instrument: Instrument) -> None:
        self.problems: list[Problem] = []
        self._name = sheet.name
        self._factors = instrument.factors
        self._letters = instrument.letters
        first = plain(sheet.rows[0].cell(0)).casefold()
        self._rows = sheet.rows[1:] if first.startswith("sep=") else sheet.rows

    def answers(self) -> list[Answers]:
        """Return the answers; when anything is wrong `problems` says so."""
        if not self._rows:
            self._note(None, None, "er staat geen rij met koppen.")
            return []
        if not self._heading_fits(self._rows[0]):
            return []
        return [self._respondent(row) for row in self._rows[1:]]

    def _heading_fits(self, head: Row) -> bool:
        cells = [plain(cell).casefold() for cell in head.cells]
        if all(cell in DO_NOT_KNOW or cell in self._letters for cell in cells):
            self._note(head, None, "hier staan al antwoorden; zet er een rij met de koppen boven.")
        elif (width := self._width(head)) != len(self._factors):
            order = ", ".join(factor.short for factor in self._factors)
            self._note(
                head,
                None,
                f"er {_are(width, 'kolom', 'kolommen')}, het moeten er {len(self._factors)} zijn: "
                f"{order}. Haal een kolom met een naam of nummer weg; een antwoord draagt geen "
                "naam.",
            )
        else:
            self._check_order(head)
        return not self.problems

    def _width(self, head: Row) -> int:
        """Count the columns, those on the right that hold nothing at all aside."""
        filled = [
            index
            for row in self._rows
            for index, cell in enumerate(row.cells)
            if not is_blank(cell) and (row is head or index >= len(self._factors))
        ]
        return max(filled) + 1

    def _check_order(self, head: Row) -> None:
        known = {
            fold(word): factor
            for factor in self._factors
            for word in (factor.id, factor.name, factor.short)
        }
        for index, factor in enumerate(self._factors):
            heading = _NUMBERING.sub("", plain(head.cell(index)))
            found = known.get(fold(heading))
            if found is not None and found is not factor:
                self._note(
                    head,
                    index,
                    f"hier hoort ‘{factor.short}’ te staan en niet ‘{found.short}’; zet de "
                    "kolommen in de volgorde van het instrument.",
                )

    def _respondent(self, row: Row) -> Answers:
        if len(row.cells) < len(self._factors):
            self._note(
                row,
                None,
                f"deze rij heeft {_of(len(row.cells), 'kolom', 'kolommen')} van de "
                f"{len(self._factors)}; laat elke kolom staan, ook als hij leeg is.",
            )
        return {
            factor.id: self._letter(row, index, factor)
            for index, factor in enumerate(self._factors)
        }

    def _letter(self, row: Row, index: int, factor: Factor) -> str | None:
        text = plain(row.cell(index))
        letter = fold(text)
        if letter in DO_NOT_KNOW:
            return None
        if letter not in self._letters:
            choices = ", ".join(self._letters)
            self._note(
                row,
                index,
                f"‘{shorten(text, 30)}’ is geen antwoord op ‘{factor.short}’; kies uit {choices}, "
                "of laat de cel leeg voor ‘weet ik niet’.",
            )
            return None
        return letter

    def _note(self, row: Row | None, index: int | None, reason: str) -> None:
        column = None if index is None else f"kolom {xl_col_to_name(index)}"
        number = row.number if row else None
        self.problems.append(Problem(Severity.ERROR, self._name, number, column, None, reason))


def _of(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _are(number: int, one: str, many: str) -> str:
    return f"{'is' if number == 1 else 'zijn'} {_of(number, one, many)}"
