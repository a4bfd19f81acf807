"""The own workbook: its sheets and columns, for the template, the export and the import."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from borging.domain.instruments import Factor, Instrument, load_instrument
from borging.domain.terms import Carrier, Course, Phase, Priority, ProjectState, ScanKind
from borging.exchange.workbook.capacity import FUNCTIONS, LEAVE, NEEDS
from borging.exchange.workbook.form import CODE, LETTERS, Column, SheetForm
from borging.exchange.workbook.lists import dossier_forms
from borging.exchange.workbook.warnings import SAID
from borging.settings import DATA
from borging.store.imports.items import Item, ItemKind

EXPLANATION, CHOICES = "Uitleg", "Keuzelijsten"
"""Sheets without data of their own."""
INSTRUMENT_FILE = DATA / "instruments" / "nhs-borgingsscan.toml"

COURSE_COLUMNS = (
    Column("Koers", "course", "term", "Oordeel van één persoon.", "besluit nodig", 14, Course),
    Column(
        "Zin bij de koers",
        "sentence",
        "text",
        "Eén zin die de koers uitlegt; zonder zin of datum komt de koers niet mee.",
        "De koppeling met het ECD komt een kwartaal later.",
        40,
    ),
    Column("Datum koers", "reported_on", "day", "De dag van de koers.", date(2026, 11, 16), 14),
    Column("Ondertekend door", "signed_by_id", "name", "Wie de koers gaf.", "Noor Visser", 20),
    Column(
        "Gevraagd besluit",
        "decision",
        "text",
        "Wat er besloten moet worden.",
        "Uitstel toestaan",
        30,
    ),
    Column("Besluit van", "decision_from", "name", "Wie beslist.", "Stuurgroep Zorg", 20),
    Column("Besluit uiterlijk", "decision_before", "day", "Uiterste dag.", date(2026, 12, 14), 14),
)

PROJECTS = SheetForm(
    "Projecten",
    ItemKind.PROJECT,
    "Eén rij is een project. De code is de sleutel.",
    (
        CODE,
        Column(
            "Titel", "title", "text", "Zonder titel wordt de code de titel.", "Zorg op afstand", 40
        ),
        Column(
            "Samenvatting", "summary", "text", "In een paar zinnen.", "Beeldzorg in elk team.", 40
        ),
        Column("Onderdeel", "unit_id", "name", "Een nieuwe naam wordt een team.", "Zorg Thuis", 20),
        Column(
            "Thema", "goal_id", "name", "Thema of doel; nieuw wordt thema.", "Digitale zorg", 20
        ),
        Column("Opdrachtgever", "sponsor_id", "name", "Wie het project vraagt.", "Els de Boer", 20),
        Column("Eigenaar", "owner_id", "name", "Wie het in de lijn draagt.", "Karim Aydin", 20),
        Column("Projectleider", "project_lead_id", "name", "Wie het leidt.", "Noor Visser", 20),
        Column(
            "Staat",
            "state",
            "term",
            "Waar het project staat.",
            "lopend",
            14,
            ProjectState,
            default=ProjectState.UNKNOWN,
        ),
        Column("Begin", "start", "day", "Eerste dag.", date(2026, 3, 2), 12),
        Column("Einde", "end", "day", "Laatste dag, die dag hoort erbij.", date(2027, 2, 26), 12),
        Column(
            "Financiering", "funding_source", "name", "Waar het geld vandaan komt.", "Subsidie", 18
        ),
        Column("Einde financiering", "funding_end", "day", "Laatste dag.", date(2026, 12, 31), 16),
        Column(
            "Borging in plan", "borging_in_plan", "yes_no", "Staat borging in het plan?", True, 14
        ),
        *COURSE_COLUMNS,
    ),
)

PHASES = SheetForm(
    "Fasen",
    ItemKind.PHASE,
    "Eén rij is een fase van een project. De sleutel is code plus fase.",
    (
        CODE,
        Column(
            "Fase", "phase", "term", "Een van de vijf fasen.", "Introductie", 20, Phase, key=True
        ),
        Column("Gepland begin", "planned_start", "day", "Eerste dag.", date(2026, 4, 1), 14),
        Column("Gepland einde", "planned_end", "day", "Laatste dag.", date(2026, 9, 30), 14),
        Column(
            "Werkelijk begin", "actual_start", "day", "Leeg: niet begonnen.", date(2026, 4, 8), 14
        ),
        Column("Werkelijk einde", "actual_end", "day", "Leeg: niet klaar.", date(2026, 10, 9), 14),
        Column(
            "Verantwoordelijke",
            "accountable_id",
            "name",
            "Wie deze fase draagt.",
            "Noor Visser",
            20,
        ),
        Column(
            "Gedragen door",
            "carried_by",
            "term",
            "Project of lijn. Leeg: de lijn bij institutionalisering, anders het project.",
            "project",
            14,
            Carrier,
        ),
        Column(
            "Bevestigd",
            "confirmed",
            "yes_no",
            "Nee: een voorstel. Leeg: een nieuwe fase is bevestigd, een andere blijft zoals ze is.",
            True,
            14,
        ),
    ),
)

RESULTS = SheetForm(
    "Resultaten",
    ItemKind.RESULT,
    "Eén rij is een projectresultaat. De sleutel is code plus resultaat.",
    (
        CODE,
        Column(
            "Resultaat",
            "title",
            "text",
            "Wat het project oplevert.",
            "Werkwijze beeldzorg",
            40,
            key=True,
        ),
        Column(
            "Formele ontvanger",
            "formal_receiver_id",
            "name",
            "Wie ervoor tekent.",
            "Karim Aydin",
            20,
        ),
        Column(
            "Praktische ontvanger",
            "practical_receiver_id",
            "name",
            "Wie ermee werkt.",
            "Sanne Mulder",
            20,
        ),
        Column(
            "Afgesproken overdracht", "agreed_on", "day", "Afgesproken dag.", date(2026, 11, 30), 20
        ),
        Column(
            "Overgedragen op", "handed_over_on", "day", "Leeg: nog niet.", date(2026, 12, 4), 16
        ),
    ),
)

RESIDUALS = SheetForm(
    "Restpunten",
    ItemKind.RESIDUAL,
    "Eén rij is een restpunt. De sleutel is code plus restpunt.",
    (
        CODE,
        Column(
            "Restpunt",
            "title",
            "text",
            "Wat is blijven liggen.",
            "Handleiding nachtdienst",
            40,
            key=True,
        ),
        Column("Eigenaar", "owner_id", "name", "Wie het oplost.", "Sanne Mulder", 20),
        Column(
            "Prioriteit",
            "priority",
            "term",
            "Hoog, normaal of laag.",
            "hoog",
            12,
            Priority,
            default=Priority.NORMAL,
        ),
        Column(
            "Ontstaan op",
            "created_on",
            "day",
            "Leeg bij een nieuw restpunt: vandaag.",
            date(2026, 10, 12),
            14,
        ),
        Column("Uiterlijk op", "due", "day", "Laatste dag op tijd.", date(2027, 1, 15), 14),
        Column(
            "Aanvaard door",
            "accepted_by_id",
            "name",
            "Wie het in de lijn aanvaardt.",
            "Karim Aydin",
            20,
        ),
        Column("Aanvaard op", "accepted_on", "day", "Dag van aanvaarden.", date(2026, 11, 2), 14),
        Column("Gesloten op", "closed_on", "day", "Leeg: nog open.", date(2026, 11, 20), 14),
    ),
)


@lru_cache(maxsize=1)
def instrument() -> Instrument:
    """Return the instrument with which the scans of a workbook are answered."""
    return load_instrument(INSTRUMENT_FILE)


SCAN_HEAD = (
    CODE,
    Column("Datum", "scanned_on", "day", "De dag van de scan.", date(2026, 11, 9), 12, key=True),
    Column("Soort", "kind", "term", "Hoe er is geantwoord.", "individueel", 14, ScanKind, key=True),
    Column(
        "Vastgesteld door",
        "agreed_by",
        "text",
        "Alleen bij gezamenlijk: wie het eens werden.",
        "",
        24,
    ),
)


@lru_cache(maxsize=1)
def scans() -> SheetForm:
    """Return the form of the sheet Scans, with a column per factor of the instrument."""
    factors = enumerate(instrument().factors, start=1)
    return SheetForm(
        "Scans",
        ItemKind.SCAN,
        "Eén rij is één respondent, zonder naam. Gelijke code, datum en soort zijn samen één "
        "scan; een gezamenlijke scan heeft één rij. Leeg is 'weet ik niet'.",
        (*SCAN_HEAD, *(_factor_column(number, factor) for number, factor in factors)),
    )


def _factor_column(number: int, factor: Factor) -> Column:
    levels = "; ".join(f"{level.letter} = {level.heading}" for level in factor.levels)
    explanation = f"{factor.question} {levels}."
    example = LETTERS[number % 3]
    return Column(f"{number}. {factor.short}", factor.id, "letter", explanation, example, 14)


@lru_cache(maxsize=1)
def forms() -> tuple[SheetForm, ...]:
    """Return the sheets that hold data, in their order."""
    projects = (PROJECTS, PHASES, RESULTS, RESIDUALS, scans(), *SAID)
    capacity = (FUNCTIONS, LEAVE, NEEDS)
    reserved = (EXPLANATION, CHOICES, *(form.name for form in (*projects, *capacity)))
    return (
        *(replace(form, group="Projecten") for form in projects),
        *dossier_forms(reserved),
        *(replace(form, group="Capaciteit") for form in capacity),
    )


def form_of(item: Item) -> SheetForm:
    """Return the sheet on which an item of a kind with one sheet stands."""
    list_key = item.key[0] if item.kind is ItemKind.ENTRY else ""
    return next(form for form in forms() if form.kind is item.kind and form.list == list_key)
