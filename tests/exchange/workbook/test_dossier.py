"""The sheets of the own workbook for the lists of the dossier, in and out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, create_engine, insert, select, update

from borging.access.actor import COMMAND_LINE, Actor
from borging.domain.dossier import LONGEST, REFERENCES, Field, FieldType, ListDefinition, Part
from borging.domain.dossier_values import from_json
from borging.exchange.lists.importing import apply, dry_run, read_file
from borging.exchange.lists.report import Report
from borging.exchange.problems import Severity
from borging.exchange.tables import SHEET_NAME_LIMIT
from borging.exchange.workbook import lists as workbook_lists
from borging.exchange.workbook.lists import dossier_lists
from borging.exchange.workbook.workbook import forms
from borging.exchange.workbook.writing import export, template
from borging.store import database
from borging.store.commands.dossier import save_items
from borging.store.commands.example import write_example
from borging.store.commands.rows import Row
from borging.store.commands.undo import undo
from borging.store.queries import dossier
from borging.store.queries.history import history
from borging.store.tables import Record
from tests.exchange.workbook.test_workbook import TODAY, counts, number, one, take_over
from tests.exchange.workbook.test_workbook import workbook as file

T = Record.metadata.tables
PROJECT = {"Code": "ZT-07", "Titel": "Zorg op afstand"}
RESULT = {"Code": "ZT-07", "Resultaat": "Werkwijze"}
WARD = {
    "Code": "ZT-07",
    "Wie": "Nachtdienst Locatie Zuid",
    "Houding": "twijfelt, eerder tegen",
    "Invloed": "veel",
    "Wie houdt contact": "Noor Visser",
}
PROTOCOL = {"Code": "ZT-07", "Interventie": "Protocol", "Geldt sinds": date(2026, 9, 1)}
CHECK = {
    "Code": "ZT-07",
    "Van welke interventie": "protocol",
    "Datum": date(2026, 10, 1),
    "Hoe vaak gekeken": 10,
    "Hoe vaak zo gedaan": 10,
}
ANSWER = {
    "Code": "ZT-07",
    "Vraag": next(iter(dossier_lists().questions["vijftien-harde-vragen"].values())),
    "Resultaat": "werkwijze",
    "Moment": "bij de start",
    "Antwoord": "deels",
}
PLAN = {"Code": "ZT-07", "Wat verspreiden we": "Eerst dit.\nDan dat."}
FULL: dict[str, list[dict[str, Any]]] = {
    "Projecten": [PROJECT],
    "Resultaten": [RESULT],
    "Vijftien harde vragen": [ANSWER],
    "Stakeholders": [WARD, {"Code": "ZT-07", "Wie": "Cliëntenraad"}],
    "Verspreidingsplan": [PLAN],
    "Interventies": [PROTOCOL],
    "Controles van de naleving": [CHECK],
}


def errors(report: Report) -> list[tuple[str | None, int | None, str | None, str]]:
    return [
        (p.sheet, p.row, p.column, p.reason)
        for p in report.problems
        if p.severity is Severity.ERROR
    ]


def contents(engine: Engine, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dossier.items_in(engine, [key])["content"].tolist()
    return found


@lru_cache(maxsize=1)
def empty() -> bytes:
    return template()


def cells(data: bytes, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(sheet).to_python()


def test_every_list_has_a_sheet_in_the_order_of_the_page() -> None:
    sheets = [form for form in forms() if form.list]
    assert [form.list for form in sheets] == list(dossier_lists().by_key)
    names = [form.name.casefold() for form in forms()]
    assert len(set(names)) == len(names)
    assert max(len(name) for name in names) <= SHEET_NAME_LIMIT
    for form in sheets:
        fields = dossier_lists().by_key[form.list].fields
        assert [c.heading for c in form.columns] == ["Code", *(f.heading for f in fields)]


def test_names_of_sheets_and_columns_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    field = Field("a", "Code", FieldType.TEXT, required=True)
    twin = ListDefinition(
        *("x", "Resultaten: alles wat in 31 tekens niet past", "een", "meer", "Voeg toe.", ""),
        *("bron", "eigen keuze", False),
        (field, Field("b", "code", FieldType.TEXT)),
    )
    part = Part("p", "Deel", "?", 1, (twin, twin))
    monkeypatch.setattr(workbook_lists, "_parts", lambda: (part,))
    first, second = workbook_lists.dossier_forms.__wrapped__(("Uitleg",))
    assert [first.name, second.name] == [
        "Resultaten  alles wat in 31 tek",
        "Resultaten  alles wat in 31 t 2",
    ]
    assert [column.heading for column in first.columns] == ["Code", "Code 2", "code 3"]


def test_the_first_sheet_leads_to_every_sheet() -> None:
    rows = cells(empty(), "Uitleg")
    end = next(row for row, cells_ in enumerate(rows) if cells_[0] == "Wat er in elke kolom komt")
    contents_ = {row[0]: row[1] for row in rows[:end] if row[1]}
    assert list(contents_) == [form.name for form in forms()]
    assert all(len(line) < 200 for line in contents_.values())
    with ZipFile(BytesIO(empty())) as archive:
        explanation = archive.read("xl/worksheets/sheet1.xml").decode()
        colours = [
            archive.read(f"xl/worksheets/sheet{place}.xml").decode().split("tabColor rgb=")[1][:10]
            for place in range(2, len(forms()) + 2)
        ]
    assert explanation.count("location=\"'Risico''s van de overdracht'!A1\"") == 2
    by_group: dict[str, set[str]] = {}
    for form, colour in zip(forms(), colours, strict=True):
        by_group.setdefault(form.group, set()).add(colour)
    assert all(len(each) == 1 for each in by_group.values())
    assert len(set.union(*by_group.values())) == len(by_group)


def test_a_column_has_its_help_and_what_can_be_chosen() -> None:
    place = [form.name for form in forms()].index("Stakeholders") + 2
    with ZipFile(BytesIO(empty())) as archive:
        sheet = archive.read(f"xl/worksheets/sheet{place}.xml").decode()
        comments = "".join(
            archive.read(name).decode() for name in archive.namelist() if "comments" in name
        )
    assert "Een persoon, een groep of een functie" in comments
    assert '"weinig,enige,veel,beslissend"' in sheet
    words = cells(empty(), "Keuzelijsten")
    assert ["twijfelt, eerder tegen"] in [[row[i]] for row in words for i in range(len(row))]
    assert "OFFSET(Keuzelijsten!$A$2" in sheet
    assert "OFFSET('Projecten'!$A$2" in sheet


def test_people_who_are_here_can_be_chosen(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(T["person"]).values(name="Noor Visser"))
    assert cells(template(engine), "Keuzelijsten")[1][0] == "Noor Visser"


def test_lists_come_in_with_what_they_name(engine: Engine) -> None:
    report = take_over(engine, FULL)
    assert counts(report) == (8, 8, 0, 0, 0)
    assert report.problems == ()
    ward, council = contents(engine, "stakeholder")
    person = one(engine, "person", name="Noor Visser")["id"]
    assert ward == {
        "name": "Nachtdienst Locatie Zuid",
        "position": "sceptic",
        "influence": "much",
        "contact": person,
    }
    assert council == {"name": "Cliëntenraad"}
    (protocol,) = dossier.items_in(engine, ["intervention"]).to_dict("records")
    (check,) = contents(engine, "compliance_check")
    assert (check["intervention"], check["compliant"]) == (protocol["id"], 10.0)
    assert check["checked_on"] == "2026-10-01"
    (answer,) = contents(engine, "hard_question")
    assert answer["result"] == one(engine, "project_result")["id"]
    assert (answer["moment"], answer["answer"]) == ("start", "deels")
    assert contents(engine, "spread_plan") == [{"what": "Eerst dit.\nDan dat."}]


def test_the_same_file_again_changes_nothing(engine: Engine) -> None:
    take_over(engine, FULL)
    before = database.revision(engine)
    assert counts(take_over(engine, FULL)) == (8, 0, 0, 8, 0)
    assert database.revision(engine) == before


def test_a_changed_cell_updates_and_a_missing_column_is_left_alone(engine: Engine) -> None:
    take_over(engine, FULL)
    changed = {"Stakeholders": [{"Code": "ZT-07", "Wie": "cliëntenraad", "Houding": "neutraal"}]}
    report = take_over(engine, changed)
    assert counts(report) == (1, 0, 1, 0, 0)
    assert [(c.column, c.value, c.reason) for c in report.changes] == [
        ("Houding", "neutraal", "Gewijzigd; was leeg."),
        ("Wie", "cliëntenraad", "Gewijzigd; was Cliëntenraad."),
    ]
    row = dossier.items_in(engine, ["stakeholder"]).iloc[1]
    assert row["version"] == 2
    take_over(engine, {"Stakeholders": [{"Code": "ZT-07", "Wie": "cliëntenraad", "Houding": ""}]})
    assert contents(engine, "stakeholder")[1] == {"name": "cliëntenraad"}


def test_what_a_list_no_longer_has_is_kept(engine: Engine) -> None:
    take_over(engine, FULL)
    item = T["dossier_item"]
    with engine.begin() as connection:
        connection.execute(
            update(item)
            .where(item.c.list_key == "intervention")
            .values(content={"name": "Protocol", "old": "blijft"})
        )
    take_over(engine, {"Interventies": [PROTOCOL]})
    assert contents(engine, "intervention") == [
        {"name": "Protocol", "old": "blijft", "since": "2026-09-01"}
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "column", "reason"),
    [
        ("Stakeholders", {"Wie": ""}, "Wie", "Vul ‘Wie’ in."),
        ("Stakeholders", {"Wie": "x" * 201}, "Wie", "‘Wie’ is langer dan 200 tekens; kort het in."),
        (
            "Stakeholders",
            {"Houding": "boos"},
            "Houding",
            "Dit woord past niet; kies uit: tegenstander, twijfelt, eerder tegen, neutraal, eerder "
            "voor, voorstander.",
        ),
        ("Interventies", {"Geldt sinds": "31-02-2026"}, "Geldt sinds", "Deze dag bestaat niet."),
        (
            "Interventies",
            {"Herzien uiterlijk op": date(2026, 8, 31)},
            "Herzien uiterlijk op",
            "‘Herzien uiterlijk op’ (31-08-2026) ligt vóór ‘Geldt sinds’ (01-09-2026).",
        ),
        (
            "Controles van de naleving",
            {"Hoe vaak zo gedaan": 11},
            "Hoe vaak zo gedaan",
            "‘Hoe vaak zo gedaan’ (11) is meer dan ‘Hoe vaak gekeken’ (10).",
        ),
        (
            "Controles van de naleving",
            {"Hoe vaak gekeken": "tien"},
            "Hoe vaak gekeken",
            "Geen getal.",
        ),
        (
            "Controles van de naleving",
            {"Van welke interventie": "Kaart"},
            "Van welke interventie",
            "‘Van welke interventie’ noemt ‘Kaart’; bij dit project is geen interventie met die "
            "naam. Verbeter de naam, of zet het erbij.",
        ),
        (
            "Vijftien harde vragen",
            {"Resultaat": "Werkwijze (2)"},
            "Resultaat",
            "‘Resultaat’ noemt ‘Werkwijze (2)’; bij dit project is geen resultaat met die naam. "
            "Verbeter de naam, of zet het erbij.",
        ),
        ("Stakeholders", {"Code": "ZZ-9"}, "Code", "Er is geen project met deze code."),
        (
            "Verspreidingsplan",
            {"Wat verspreiden we": ""},
            None,
            "Deze rij heeft alleen een code; vul haar in of haal haar weg.",
        ),
    ],
)
def test_a_row_that_the_screen_would_refuse_is_rejected(
    sqlite_url: str, sheet: str, row: dict[str, Any], column: str | None, reason: str
) -> None:
    engine = create_engine(sqlite_url)
    sheets = {name: [dict(each) for each in rows] for name, rows in FULL.items()}
    sheets[sheet][0].update(row)
    report = take_over(engine, sheets)
    assert (sheet, 2, column, reason) in errors(report)
    assert report.rejected == len({error[:2] for error in errors(report)})
    assert counts(report) == counts(dry_run(None, read_file(file(sheets), "w.xlsx", TODAY)))


def test_a_change_is_checked_with_what_is_here(engine: Engine) -> None:
    take_over(engine, FULL)
    part = {"Code": "ZT-07", "Interventie": "Protocol", "Herzien uiterlijk op": date(2026, 8, 31)}
    report = take_over(engine, {"Interventies": [part]})
    assert [error[2] for error in errors(report)] == ["Herzien uiterlijk op"]
    assert contents(engine, "intervention") == [{"name": "Protocol", "since": "2026-09-01"}]


def test_what_names_a_rejected_row_is_rejected_too(engine: Engine) -> None:
    rows = {"Interventies": [PROTOCOL | {"Soort": "feest"}], "Controles van de naleving": [CHECK]}
    report = take_over(engine, {"Projecten": [PROJECT], **rows})
    assert [error[0] for error in errors(report)] == ["Controles van de naleving", "Interventies"]
    assert number(engine, "dossier_item") == 0


def test_equal_rows_are_numbered_and_can_be_named(engine: Engine) -> None:
    sheets = {
        "Projecten": [PROJECT],
        "Interventies": [PROTOCOL, PROTOCOL | {"Geldt sinds": None}],
        "Controles van de naleving": [CHECK, CHECK | {"Van welke interventie": "Protocol (2)"}],
    }
    assert counts(take_over(engine, sheets)) == (5, 5, 0, 0, 0)
    assert counts(take_over(engine, sheets)) == (5, 0, 0, 5, 0)
    ids = dossier.items_in(engine, ["intervention"])["id"].tolist()
    assert [each["intervention"] for each in contents(engine, "compliance_check")] == ids
    out = cells(export(engine), "Controles van de naleving")
    assert [row[1] for row in out[1:]] == ["Protocol", "Protocol (2)"]


def test_what_a_project_has_once_is_not_taken_twice(engine: Engine) -> None:
    twice = {"Vijftien harde vragen": [ANSWER, ANSWER | {"Antwoord": "ja"}]}
    plans = {"Verspreidingsplan": [PLAN, PLAN | {"Wat verspreiden we": "Iets anders."}]}
    report = take_over(engine, FULL | twice | plans)
    assert [error[:3] for error in errors(report)] == [
        ("Verspreidingsplan", 3, "Code"),
        ("Vijftien harde vragen", 3, "Code"),
    ]
    take_over(engine, {"Verspreidingsplan": [PLAN | {"Wat verspreiden we": "Anders."}]})
    assert contents(engine, "spread_plan") == [{"what": "Anders."}]


def test_a_check_is_put_right_by_its_day(engine: Engine) -> None:
    take_over(engine, FULL)
    better = {"Controles van de naleving": [CHECK | {"Hoe vaak zo gedaan": 9}]}
    assert counts(take_over(engine, better)) == (1, 0, 1, 0, 0)
    assert [each["compliant"] for each in contents(engine, "compliance_check")] == [9.0]


def test_what_was_removed_here_stays_removed(engine: Engine) -> None:
    take_over(engine, FULL)
    row = dossier.items_in(engine, ["stakeholder"]).iloc[0]
    gone = Row("rij 1", None, int(row["id"]), int(row["version"]))
    definition = dossier_lists().by_key["stakeholder"]
    save_items(engine, Actor("Anna"), int(row["project_id"]), definition, [gone])
    report = take_over(engine, FULL)
    assert counts(report) == (8, 0, 0, 8, 0)
    assert [p.reason for p in report.problems] == ["Hier verwijderd; blijft verwijderd."]
    assert [each["name"] for each in contents(engine, "stakeholder")] == ["Cliëntenraad"]


def test_what_names_something_that_was_removed_goes_out_without_it(engine: Engine) -> None:
    action = {"Code": "ZT-07", "Wat": "A", "Voor welk resultaat": "Werkwijze"}
    take_over(engine, FULL | {"Acties en besluiten": [action]})
    with engine.begin() as connection:
        connection.execute(update(T["project_result"]).values(deleted_at=datetime.now(UTC)))
    data = export(engine)
    assert [row[3] for row in cells(data, "Acties en besluiten")[1:]] == [""]
    assert len(cells(data, "Vijftien harde vragen")) == 1
    report = dry_run(engine, read_file(data, "uit.xlsx", TODAY))
    assert (report.changed, report.new, report.rejected) == (0, 0, 0)


def test_an_import_is_in_the_history_and_can_be_undone(engine: Engine) -> None:
    take_over(engine, FULL)
    take_over(engine, {"Stakeholders": [WARD | {"Houding": "voorstander"}]})
    project = one(engine, "project")["id"]
    entry = history(engine, project, 1)[0]
    assert entry.summary == "Stakeholders: stakeholder bijgewerkt uit w.xlsx."
    assert (entry.before or {})["position"] == "sceptic"
    assert entry.undoable
    undo(engine, Actor("Anna"), [entry.id])
    assert contents(engine, "stakeholder")[0]["position"] == "sceptic"
    added = next(e for e in history(engine, project, 50) if e.list_key == "spread_plan")
    undo(engine, Actor("Anna"), [added.id])
    assert contents(engine, "spread_plan") == []


def test_unknown_sheets_and_columns_get_a_remark(engine: Engine) -> None:
    strange = {"Stakeholders": [WARD | {"Kleur": "rood"}], "Wensen": [{"A": "b"}]}
    report = take_over(engine, {"Projecten": [PROJECT], **strange})
    assert [(p.sheet, p.column, p.severity) for p in report.problems] == [
        ("Stakeholders", "Kleur", Severity.INFO),
        ("Wensen", None, Severity.INFO),
    ]
    assert counts(report) == (2, 2, 0, 0, 0)


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Engine]:
    engine = database.open_database(f"sqlite:///{tmp_path}/second.db")
    yield engine
    engine.dispose()


def test_a_whole_dossier_goes_out_and_comes_back(engine: Engine, second: Engine) -> None:
    """The first project of the example has something in every list."""
    write_example(engine, COMMAND_LINE, TODAY, 1)
    data = export(engine)
    again = dry_run(engine, read_file(data, "uit.xlsx", TODAY))
    assert (again.new, again.changed, again.rejected) == (0, 0, 0)
    report = take_over_data(second, data)
    assert [p for p in report.problems if p.severity is Severity.ERROR] == []
    filled = {key for key, items in whole(engine).items() if items}
    assert filled == set(dossier_lists().by_key)
    assert whole(second) == whole(engine)


def take_over_data(engine: Engine, data: bytes) -> Report:
    return apply(engine, read_file(data, "uit.xlsx", TODAY), COMMAND_LINE)


def whole(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every item of every list, with the names of what it refers to."""
    tables = {"persoon": ("person", "name"), "eenheid": ("unit", "name")}
    tables["resultaat"] = ("project_result", "title")
    names: dict[str, dict[int, str]] = {}
    with engine.connect() as connection:
        for kind, (table, column) in tables.items():
            rows = connection.execute(select(T[table].c.id, T[table].c[column]))
            names[kind] = {row[0]: row[1] for row in rows}
    found: dict[str, list[dict[str, Any]]] = {}
    names["regel"] = {}
    for key, definition in dossier_lists().by_key.items():
        found[key] = []
        for row in dossier.items_in(engine, [key]).to_dict("records"):
            values: dict[str, Any] = dict(from_json(definition, row["content"]))
            for field in definition.fields:
                if field.type in REFERENCES and values[field.id] is not None:
                    values[field.id] = names[field.type.value][values[field.id]]
            names["regel"][row["id"]] = str(values[definition.name_field.id])
            found[key].append(values)
    return found


@pytest.mark.parametrize(
    "begin", ["=1+1", "+cmd|' /C calc'!A0", "@x", "-2+3 \u202eom\u200f", "<b>&"]
)
def test_words_of_people_are_words_in_the_file_and_come_back_as_they_were(
    engine: Engine, begin: str
) -> None:
    take_over(engine, {"Projecten": [PROJECT], "Resultaten": [RESULT]})
    made: dict[str, int] = {}
    for key, each in dossier_lists().by_key.items():
        written = {f.id: _written(f, begin, made) for f in each.fields}
        ids = {name: list(asked) for name, asked in dossier_lists().questions.items()}
        (made[key],) = save_items(engine, COMMAND_LINE, 1, each, [Row("rij", written)], ids)
    data = export(engine)
    with ZipFile(BytesIO(data)) as book:
        sheets = [book.read(name) for name in book.namelist() if "worksheets/sheet" in name]
    assert not [sheet for sheet in sheets if b"<f>" in sheet]
    report = dry_run(engine, read_file(data, "uit.xlsx", TODAY))
    assert errors(report) == []
    assert counts(report)[3] == len(made) + 2


def _written(field: Field, begin: str, made: dict[str, int]) -> Any:
    """Fill a field, a text with as many characters as it takes."""
    if field.type in LONGEST:
        return (begin + " " + "woord" * 400)[: LONGEST[field.type]]
    return {
        FieldType.NUMBER: field.least or 1,
        FieldType.DAY: date(2026, 10, 1),
        FieldType.CHOICE: next(iter(field.labels), None),
        FieldType.QUESTION: next(iter(dossier_lists().questions.get(field.of, [])), None),
        FieldType.PERSON: f"{begin} Bos",
        FieldType.RESULT: 1,
        FieldType.ITEM: made.get(field.of),
    }.get(field.type)


@pytest.mark.parametrize("heading", ["Herzien vóór", "Herzien uiterlijk op"])
def test_a_heading_of_an_earlier_workbook_is_still_read(engine: Engine, heading: str) -> None:
    sheets = {name: [dict(each) for each in rows] for name, rows in FULL.items()}
    sheets["Interventies"][0][heading] = date(2026, 12, 1)
    report = take_over(engine, sheets)
    assert [each for each in report.problems if each.column == heading] == []
    assert contents(engine, "intervention")[0]["review_on"] == "2026-12-01"
