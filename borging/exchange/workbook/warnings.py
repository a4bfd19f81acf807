"""The sheets of the own workbook for the doelenboom, and for what was said on a day."""

from __future__ import annotations

from datetime import date

from borging.domain.terms import Course, GoalKind, Sustain
from borging.exchange.workbook.form import CODE, Column, SheetForm
from borging.store.imports.items import ItemKind

VERDICTS = {each.value: each.label for each in (Sustain.SUSTAINED, Sustain.RELAPSED)}

COURSES = SheetForm(
    "Eerdere koersen",
    ItemKind.COURSE,
    "Eén rij is een koers van vóór die op het blad Projecten. De sleutel is code plus datum.",
    (
        CODE,
        Column(
            "Datum koers",
            "reported_on",
            "day",
            "De dag van de koers.",
            date(2026, 8, 17),
            14,
            key=True,
        ),
        Column(
            "Koers",
            "course",
            "term",
            "Oordeel van één persoon.",
            "aandacht",
            14,
            Course,
            required=True,
        ),
        Column(
            "Zin bij de koers",
            "sentence",
            "text",
            "Eén zin die de koers uitlegt.",
            "De koppeling is er nog niet.",
            40,
            required=True,
        ),
        Column("Ondertekend door", "signed_by_id", "name", "Wie de koers gaf.", "Noor Visser", 20),
        Column("Gevraagd besluit", "decision", "text", "Wat er besloten moest worden.", "", 30),
        Column("Besluit van", "decision_from", "name", "Wie beslist.", "", 20),
        Column("Besluit uiterlijk", "decision_before", "day", "Uiterste dag.", "", 14),
    ),
    whole=True,
)

DECLARATIONS = SheetForm(
    "Verklaringen geborgd",
    ItemKind.DECLARATION,
    "Eén rij is een verklaring dat een project geborgd is of is teruggevallen. De sleutel is code, "
    "dag en oordeel; gelijke rijen tellen op volgorde.",
    (
        CODE,
        Column(
            "Verklaard op",
            "declared_on",
            "day",
            "Een dag die is geweest.",
            date(2026, 11, 16),
            14,
            key=True,
        ),
        Column(
            "Oordeel",
            "verdict",
            "word",
            "Wat er is verklaard.",
            "geborgd",
            16,
            key=True,
            words=VERDICTS,
        ),
        Column(
            "Verklaard door",
            "declared_by_id",
            "name",
            "Wie in de lijn het verklaart.",
            "Karim Aydin",
            20,
            required=True,
        ),
        Column(
            "Onderbouwing",
            "evidence",
            "lines",
            "Waaruit het blijkt, of waardoor het terugviel.",
            "De audit van oktober was in orde.",
            50,
            required=True,
        ),
    ),
    whole=True,
)

GOALS = SheetForm(
    "Doelenboom",
    ItemKind.GOAL,
    "Eén rij is een visie, thema of doel. De naam is de sleutel.",
    (
        Column("Naam", "title", "name", "Hoe het heet.", "Digitale zorg", 40, key=True),
        Column(
            "Soort", "kind", "term", "Hoe hoog het hangt.", "thema", 12, GoalKind, required=True
        ),
        Column(
            "Onder",
            "parent_id",
            "name",
            "Waar het onder hangt: een thema onder een visie, een doel onder een thema of visie. "
            "Leeg is bovenaan.",
            "",
            40,
        ),
        Column(
            "Wettelijk vanaf",
            "legal_deadline",
            "day",
            "De dag vanaf wanneer de wet het vraagt.",
            date(2027, 1, 1),
            16,
        ),
    ),
    whole=True,
)
SAID = (COURSES, DECLARATIONS, GOALS)
