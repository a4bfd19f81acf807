"""Taking over a file in two steps: read it, then compare it with the portfolio or apply it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from borging.access.actor import Actor
from borging.exchange.lists.mapping import map_rows
from borging.exchange.lists.profile import Profile, load_profile, load_profiles
from borging.exchange.lists.report import Report, tally
from borging.exchange.problems import Problem
from borging.exchange.reading import Content, Sheet, UnreadableFileError, read_content
from borging.exchange.rows import Headings, Mapped, find_headings
from borging.exchange.values import clean
from borging.exchange.workbook.form import SheetForm
from borging.exchange.workbook.lists import dossier_lists
from borging.exchange.workbook.reading import find_sheets, map_workbook, unknown_sheets
from borging.exchange.workbook.workbook import forms, instrument
from borging.store.imports.compare import compare
from borging.store.imports.items import WORKBOOK_SOURCE, ItemKind, Outcome, Place, Snapshot
from borging.store.imports.meanwhile import Seen, seen_in
from borging.store.imports.run import ImportStoppedError, import_portfolio, quiet
from borging.store.imports.snapshot import Origin, take_snapshot
from borging.store.imports.write_rows import Batch, InstrumentVersion, Progress

PREVIEW_ROWS = 10


@dataclass(frozen=True)
class Preview:
    """The headings and the first rows of a sheet, as text; sheet is None for a text file."""

    sheet: str | None
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Parsed:
    """A file that was read and understood; nothing is compared or written yet.

    profile: the name of the profile, 'werkboek' for the own workbook. rows: every row read.
    rejected: rows without a key or that cannot be read.
    """

    name: str
    profile: str
    title: str
    batch: Batch
    previews: tuple[Preview, ...]
    rows: tuple[Place, ...]
    rejected: frozenset[Place]
    problems: tuple[Problem, ...]


class StrictImportError(RuntimeError):
    """A row was rejected and the import was strict: nothing was written."""

    def __init__(self, report: Report) -> None:
        rows = "1 rij is" if report.rejected == 1 else f"{report.rejected} rijen zijn"
        super().__init__(f"{rows} afgewezen. Er is niets geschreven.")
        self.report = report


def read_file(
    source: Path | bytes,
    name: str,
    as_of: date,
    profile: str | None = None,
    sheet: str | None = None,
) -> Parsed:
    """Read a file and map it; without a profile the headings decide.

    as_of: the day a restpunt without a day of its own gets when it is new.

    Raises:
        UnreadableFileError: the file cannot be read or fits no profile.
        ProfileError: there is no such profile, or it is not valid.
    """
    content = read_content(source, name)
    if profile in (None, WORKBOOK_SOURCE):
        sheets = find_sheets(content, sheet)
        if sheets:
            return _own_workbook(content, sheets, as_of, () if sheet else unknown_sheets(content))
        if profile:
            names = ", ".join(form.name for form in forms())
            raise UnreadableFileError(f"{name} heeft geen van de bladen {names}.")
    chosen, headings = _recognise(content, profile, sheet)
    mapped = map_rows(chosen, headings)
    origin = Origin(
        chosen.name, chosen.code_prefix, frozenset((ItemKind.PROJECT, ItemKind.OBSERVATION))
    )
    batch = Batch(origin, name, tuple(mapped.items), chosen.unit_kind)
    return _parsed(content, chosen.name, chosen.title, batch, [headings], mapped)


def _own_workbook(
    content: Content,
    sheets: list[tuple[SheetForm, Headings]],
    as_of: date,
    strange: Iterable[Problem],
) -> Parsed:
    mapped = map_workbook(sheets, as_of)
    mapped.problems += strange
    used = instrument()
    factors = tuple(factor.id for factor in used.factors)
    kinds = frozenset(ItemKind) - {ItemKind.OBSERVATION}
    origin = Origin(WORKBOOK_SOURCE, "", kinds, factors, dossier_lists())
    batch = Batch(
        origin,
        content.name,
        tuple(mapped.items),
        instrument=InstrumentVersion(used.key, used.version, used.title),
    )
    headings = [found for _, found in sheets]
    title = "Werkboek van de Borgingsmonitor"
    return _parsed(content, WORKBOOK_SOURCE, title, batch, headings, mapped)


def _parsed(
    content: Content,
    profile: str,
    title: str,
    batch: Batch,
    sheets: list[Headings],
    mapped: Mapped,
) -> Parsed:
    names = {headings.sheet.name for headings in sheets}
    of_file = (problem for problem in content.problems if problem.sheet in names)
    return Parsed(
        name=content.name,
        profile=profile,
        title=title,
        batch=batch,
        previews=tuple(preview(headings) for headings in sheets),
        rows=tuple(mapped.rows),
        rejected=frozenset(mapped.rejected),
        problems=(*of_file, *mapped.problems),
    )


def preview(headings: Headings) -> Preview:
    """Return the first rows under the headings."""
    rows = tuple(
        tuple(clean(cell, entities=False).text for cell in row.cells)
        for row in headings.data[:PREVIEW_ROWS]
    )
    return Preview(headings.sheet.name, tuple(headings.words), rows)


def dry_run(engine: Engine | None, parsed: Parsed) -> Report:
    """Say what an import would do; None stands for a portfolio that does not exist yet."""
    if engine is None:
        empty = Snapshot(lists=parsed.batch.origin.lists)
        return _tally(parsed, compare(parsed.batch.items, empty), applied=False)
    with engine.connect() as connection:
        snapshot = take_snapshot(connection, parsed.batch.origin)
    return _tally(parsed, compare(parsed.batch.items, snapshot), applied=False)


def compare_now(engine: Engine, parsed: Parsed) -> tuple[Report, Seen]:
    """Say what an import would do, and what a visitor then has seen, for `apply`."""
    with engine.connect() as connection:
        snapshot = take_snapshot(connection, parsed.batch.origin)
    outcomes = compare(parsed.batch.items, snapshot)
    return _tally(parsed, outcomes, applied=False), seen_in(outcomes)


def apply(
    engine: Engine,
    parsed: Parsed,
    actor: Actor,
    strict: bool = False,
    progress: Progress = quiet,
    seen: Seen | None = None,
) -> Report:
    """Write what is new or changed, in one transaction; leave what changed since `seen`.

    Raises:
        StrictImportError: `strict`, and a row was rejected; nothing was written.
    """

    def accept(outcomes: list[Outcome]) -> bool:
        return not strict or _tally(parsed, outcomes, applied=False).rejected == 0

    try:
        outcomes = import_portfolio(engine, actor, parsed.batch, accept, progress, seen)
    except ImportStoppedError as stopped:
        report = _tally(parsed, stopped.outcomes, applied=False)
        raise StrictImportError(report) from stopped
    return _tally(parsed, outcomes, applied=True)


def _tally(parsed: Parsed, outcomes: list[Outcome], applied: bool) -> Report:
    return tally(parsed.profile, parsed.rows, parsed.rejected, parsed.problems, outcomes, applied)


def _recognise(
    content: Content, profile: str | None, sheet: str | None
) -> tuple[Profile, Headings]:
    """Return the profile that fits, and the sheet and headings on which it does."""
    sheets = (content.sheet(sheet),) if sheet else content.sheets
    candidates = [load_profile(profile)] if profile else load_profiles()
    fits = []
    nearest: tuple[Profile, list[str]] | None = None
    for candidate in candidates:
        headings, missing = _on_a_sheet(candidate, sheets)
        if headings is not None:
            fits.append((candidate, headings))
        elif nearest is None or len(missing) < len(nearest[1]):
            nearest = candidate, missing
    if len(fits) == 1:
        return fits[0]
    names = ", ".join(candidate.name for candidate in candidates)
    if fits:
        both = ", ".join(candidate.name for candidate, _ in fits)
        raise UnreadableFileError(f"{content.name} past bij meer profielen: {both}. Kies er een.")
    assert nearest is not None
    missing_words = ", ".join(f"'{heading}'" for heading in nearest[1])
    if profile:
        raise UnreadableFileError(
            f"{content.name} past niet bij profiel {names}: deze kolommen ontbreken: "
            f"{missing_words}."
        )
    raise UnreadableFileError(
        f"{content.name} is geen werkboek van de Borgingsmonitor en past bij geen profiel "
        f"({names}). Het dichtst bij komt {nearest[0].name}; daar ontbreken deze kolommen: "
        f"{missing_words}."
    )


def _on_a_sheet(profile: Profile, sheets: tuple[Sheet, ...]) -> tuple[Headings | None, list[str]]:
    missing = list(profile.headings)
    for sheet in sheets:
        headings, lacking = find_headings(sheet, profile.headings)
        if headings is not None:
            return headings, []
        missing = min(missing, lacking, key=len)
    return None, missing
