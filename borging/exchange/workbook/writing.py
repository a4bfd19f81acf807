"""Writing the own workbook: as an empty template, or filled with a portfolio."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from sqlalchemy import Engine

from borging.domain.terms import ScanKind
from borging.exchange.tables import OPTIONS
from borging.exchange.workbook.form import CODE, SheetForm
from borging.exchange.workbook.lists import dossier_lists
from borging.exchange.workbook.sheets import Known, Record, Sheets
from borging.exchange.workbook.workbook import forms, instrument
from borging.store.imports.items import SHAPES, WORKBOOK_SOURCE, ItemKind, Snapshot, Stored, folded
from borging.store.imports.snapshot import NO_ANSWER, Origin, take_snapshot
from borging.store.queries import structure


class DuplicateCodeError(ValueError):
    """Two projects share a code, so that a workbook cannot tell them apart."""


def template(engine: Engine | None = None) -> bytes:
    """Return an empty workbook with an explanation; of a portfolio its people can be chosen."""
    return _write({}, {} if engine is None else _known(engine))


def _known(engine: Engine) -> Known:
    """Return the names that can be chosen, by what they name."""
    return {
        "person": _names(structure.people(engine)["name"]),
        "unit": _names(structure.units(engine)["name"]),
    }


def _names(column: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(column), key=str.casefold))


def export(engine: Engine) -> bytes:
    """Return the whole portfolio as a workbook that, read back, changes nothing.

    Of the scans only joint ones are in it: the answers of one respondent never leave.

    Raises:
        DuplicateCodeError: two projects share a code.
    """
    factors = tuple(factor.id for factor in instrument().factors)
    origin = Origin(WORKBOOK_SOURCE, "", frozenset(ItemKind), factors, dossier_lists())
    with engine.connect() as connection:
        snapshot = take_snapshot(connection, origin)
    if snapshot.ambiguous:
        codes = ", ".join(sorted(snapshot.ambiguous)[:10])
        raise DuplicateCodeError(
            f"Deze codes horen bij meer dan één project: {codes}. Geef elk project een eigen code."
        )
    records = {form.name: list(_records(form, snapshot)) for form in forms() if not form.list}
    return _write(records | _entries(snapshot), _known(engine))


def _entries(snapshot: Snapshot) -> dict[str, list[Record]]:
    """Return the entries of the dossier by sheet; what has lost what it must name stays here."""
    by_list = {form.list: form for form in forms() if form.list}
    records: dict[str, list[Record]] = {form.name: [] for form in by_list.values()}
    for (project, key), stored in sorted(_live(ItemKind.ENTRY, snapshot), key=_by_code):
        form = by_list[str(key[0])]
        if all(stored.values[c.field] is not None for c in form.columns if c.required):
            records[form.name].append({CODE.field: project, **stored.values})
    return records


def _records(form: SheetForm, snapshot: Snapshot) -> Iterable[Record]:
    of_course = form.kind in (ItemKind.PROJECT, ItemKind.COURSE)
    courses = _newest_courses(snapshot) if of_course else {}
    for (project, key), stored in sorted(_live(form.kind, snapshot), key=_by_code):
        record: Record = {CODE.field: project, **stored.values}
        if form.kind is ItemKind.PROJECT:
            if project != stored.values["code"]:
                continue
            record.update(courses.get(project, {}))
        elif form.kind is ItemKind.COURSE:
            if key[0] == courses[project]["reported_on"]:
                continue
            day = key[0]
            assert isinstance(day, date)
            record["reported_on"] = day
        elif form.kind is ItemKind.PHASE:
            record["phase"] = str(key[0])
        elif form.kind is ItemKind.SCAN:
            answer = snapshot.rows[ItemKind.RESPONSE].get((project, key))
            if key[1] != ScanKind.JOINT or answer is None:
                continue
            day = key[0]
            assert isinstance(day, date)
            record.update(scanned_on=day, kind=str(key[1]))
            for factor, letter in zip(instrument().factors, answer.values["letters"], strict=True):
                record[factor.id] = None if letter == NO_ANSWER else letter
        yield record


def _live(kind: ItemKind, snapshot: Snapshot) -> list[tuple[Any, Stored]]:
    projects, shape = snapshot.rows[ItemKind.PROJECT], SHAPES[kind]
    found = [
        (address, stored)
        for address, stored in snapshot.rows[kind].items()
        if not stored.removed and not (shape.of_project and projects[(address[0], ())].removed)
    ]
    if shape.asks is None:
        return found
    functions = snapshot.names["job_role"]
    return [pair for pair in found if folded(pair[1].values[shape.asks]) in functions]


def _by_code(pair: tuple[Any, Stored]) -> tuple[str, int]:
    return pair[0][0], pair[1].id


def _newest_courses(snapshot: Snapshot) -> dict[str, Record]:
    """Return the newest koers of each project by its code."""
    newest: dict[str, Record] = {}
    for (project, key), stored in sorted(snapshot.rows[ItemKind.COURSE].items(), key=_by_day):
        if not stored.removed:
            day = key[0]
            assert isinstance(day, date)
            newest[project] = {**stored.values, "reported_on": day}
    return newest


def _by_day(pair: tuple[Any, Stored]) -> date:
    day = pair[0][1][0]
    assert isinstance(day, date)
    return day


def _write(records: dict[str, list[Record]], known: Known) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        sheets = Sheets(book, known)
        sheets.explain(forms())
        for form in forms():
            sheets.write(form, records.get(form.name, []))
        sheets.write_choices()
    return target.getvalue()
