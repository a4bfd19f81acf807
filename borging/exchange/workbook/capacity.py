"""The sheets of the own workbook for capacity: functions, their leave, and what projects ask.

Unlike those of a project, rows of these sheets are read whole: hours without a period, or the
other way round, say nothing.
"""

from __future__ import annotations

from datetime import date

from borging.domain.staffing import (
    FULL_WEEK,
    MOST_HOURS_WORDS,
    Fault,
    FunctionFields,
    LeaveFields,
    NeedFields,
    period_faults,
)
from borging.domain.terms import Phase
from borging.exchange.workbook.form import CODE, Column, SheetForm
from borging.store.imports.items import ItemKind, Value

FUNCTION = Column(
    "Functie",
    "job_role_id",
    "name",
    "De naam van de functie, zoals op het blad Functies.",
    "Digicoach",
    30,
    key=True,
)
HOURS = f"Meer dan 0, ten hoogste {MOST_HOURS_WORDS}."

FUNCTIONS = SheetForm(
    "Functies",
    ItemKind.FUNCTION,
    "Eén rij is een functie, met wat er van is. De naam is de sleutel.",
    (
        Column("Functie", "name", "name", "De naam van de functie.", "Digicoach", 30, key=True),
        Column("Fte", "fte", "number", "0 of meer.", 2.5, 10, required=True),
        Column(
            "Uren per week",
            "hours_per_week",
            "number",
            f"Contracturen van één fte, ten hoogste {FULL_WEEK}.",
            36.0,
            16,
            required=True,
        ),
        Column(
            "Deel voor projecten, %",
            "project_share",
            "number",
            "Welk deel van die uren voor projecten is, van 0 tot en met 100.",
            60.0,
            24,
            required=True,
            percent=True,
        ),
        Column("Schaars", "scarce", "yes_no", "Leeg is nee.", True, 10),
    ),
)

LEAVE = SheetForm(
    "Verlof",
    ItemKind.LEAVE,
    "Eén rij is verlof dat bekend is. De sleutel is functie plus eerste dag. Feestdagen gaan er "
    "vanzelf af.",
    (
        FUNCTION,
        Column(
            "Eerste dag", "first", "day", "Die dag hoort erbij.", date(2026, 12, 21), 14, key=True
        ),
        Column(
            "Laatste dag",
            "last",
            "day",
            "Die dag hoort erbij.",
            date(2027, 1, 1),
            14,
            required=True,
        ),
        Column(
            "Uren per week",
            "hours_per_week",
            "number",
            f"Contracturen die dan weg zijn, van iedereen samen. {HOURS}",
            36.0,
            16,
            required=True,
        ),
    ),
)

NEEDS = SheetForm(
    "Inzet",
    ItemKind.NEED,
    "Eén rij is wat een project van een functie vraagt. De sleutel is code, functie en fase; "
    "gelijke rijen worden op volgorde uit elkaar gehouden.",
    (
        CODE,
        FUNCTION,
        Column("Fase", "phase", "term", "Leeg: geen bepaalde fase.", "Introductie", 20, Phase),
        Column("Uren per week", "hours_per_week", "number", HOURS, 6.5, 16, required=True),
        Column("Van", "first", "day", "Eerste dag.", date(2026, 4, 1), 14, required=True),
        Column("Tot en met", "last", "day", "Laatste dag.", date(2026, 9, 30), 14, required=True),
        Column("Zeker", "firm", "yes_no", "Ja is toegezegd, nee of leeg is voorlopig.", True, 10),
    ),
)

SHEETS = (ItemKind.FUNCTION, ItemKind.LEAVE, ItemKind.NEED)
DEFAULTS: dict[ItemKind, dict[str, Value]] = {
    ItemKind.FUNCTION: {"scarce": False},
    ItemKind.LEAVE: {},
    ItemKind.NEED: {"firm": False},
}
"""What a new row has where its sheet has no such column, or its cell is blank."""


def faults(kind: ItemKind, fields: dict[str, Value]) -> list[Fault]:
    """Return what is wrong with a row of these sheets; whether a function exists is seen later."""
    hours = _number(fields["hours_per_week"])
    if kind is ItemKind.FUNCTION:
        share, fte = _number(fields["project_share"]), _number(fields["fte"])
        return FunctionFields(str(fields["name"]), fte, hours, share).faults()
    days = _day(fields["first"]), _day(fields["last"])
    fill = LeaveFields if kind is ItemKind.LEAVE else NeedFields
    return period_faults(fill(None, hours, *days))


def _number(value: Value) -> float | None:
    return value if isinstance(value, float) else None


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
