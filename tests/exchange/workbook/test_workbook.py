"""The own workbook: the template, filling it in, and the way out and back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, func, insert, select, update

from borging.access.actor import COMMAND_LINE
from borging.exchange.lists.importing import apply, dry_run, read_file
from borging.exchange.lists.report import Report
from borging.exchange.problems import Severity
from borging.exchange.reading import UnreadableFileError
from borging.exchange.workbook.workbook import forms, scans
from borging.exchange.workbook.writing import DuplicateCodeError, export, template
from borging.store.tables import Record

T = Record.metadata.tables
TODAY = date(2026, 11, 22)
NAMES = ["Uitleg", *(form.name for form in forms()), "Keuzelijsten"]
FACTORS = [column.heading for column in scans().columns if column.kind == "letter"]
PROJECT = {
    "Code": "ZT-07",
    "Titel": "Zorg op afstand",
    "Onderdeel": "Zorg Thuis",
    "Thema": "Digitale zorg",
    "Projectleider": "Noor Visser",
    "Staat": "lopend",
    "Begin": date(2026, 3, 2),
    "Einde": "26-02-2027",
    "Borging in plan": "ja",
    "Koers": "■ besluit nodig",
    "Zin bij de koers": "De koppeling komt later.",
    "Datum koers": date(2026, 11, 16),
    "Ondertekend door": "Noor Visser",
    "Gevraagd besluit": "Uitstel toestaan",
    "Besluit van": "Stuurgroep",
    "Besluit uiterlijk": date(2026, 12, 14),
}
PHASE = {"Code": "ZT-07", "Fase": "Introductie", "Gepland begin": date(2026, 4, 1)}
RESULT = {"Code": "ZT-07", "Resultaat": "Werkwijze", "Formele ontvanger": "Karim Aydin"}
RESIDUAL = {"Code": "ZT-07", "Restpunt": "Handleiding", "Ontstaan op": date(2026, 10, 12)}
RIGHTS = {"Restpunt": "Rechten", "Eigenaar": "karim aydin", "Ontstaan op": None}
RESPONSE = {"Code": "ZT-07", "Datum": date(2026, 11, 9), "Soort": "individueel"}
JOINT = RESPONSE | {"Soort": "gezamenlijk", "Vastgesteld door": "Team Noord"}


def answers(letters: str) -> dict[str, str]:
    return dict(zip(FACTORS, letters, strict=True))


FULL: dict[str, list[dict[str, Any]]] = {
    "Projecten": [PROJECT],
    "Fasen": [PHASE, PHASE | {"Fase": "overdracht", "Gedragen door": "lijn"}],
    "Resultaten": [RESULT],
    "Restpunten": [RESIDUAL, RESIDUAL | RIGHTS],
    "Scans": [
        RESPONSE | answers("babadbbaaa"),
        RESPONSE | answers("babadbbaaa"),
        RESPONSE | answers("aabaabaaab"),
        JOINT | answers("bbacabcaa "),
    ],
}


def workbook(sheets: dict[str, list[dict[str, Any]]]) -> bytes:
    """A workbook with only the columns that its rows name."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"default_date_format": "dd-mm-yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            headings = list(dict.fromkeys(heading for row in rows for heading in row))
            sheet.write_row(0, 0, headings)
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, [row.get(heading) for heading in headings])
    return target.getvalue()


def take_over(engine: Engine, sheets: dict[str, list[dict[str, Any]]]) -> Report:
    return apply(engine, read_file(workbook(sheets), "w.xlsx", TODAY), COMMAND_LINE)


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.read, report.new, report.changed, report.unchanged, report.rejected


def one(engine: Engine, table: str, **given: Any) -> dict[str, Any]:
    with engine.connect() as connection:
        statement = select(T[table]).filter_by(**given)
        return dict(connection.execute(statement).mappings().one())


def number(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(T[table])).scalar_one())


def test_the_template_has_the_sheets_headings_and_lists() -> None:
    data = template()
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    assert book.sheet_names == NAMES
    assert NAMES[1:6] == ["Projecten", "Fasen", "Resultaten", "Restpunten", "Scans"]
    assert NAMES[-4:] == ["Functies", "Verlof", "Inzet", "Keuzelijsten"]
    for form in forms():
        rows = book.get_sheet_by_name(form.name).to_python()
        assert rows == [[column.heading for column in form.columns]]
    with ZipFile(BytesIO(data)) as archive:
        projects = archive.read("xl/worksheets/sheet2.xml").decode()
        answer = archive.read("xl/worksheets/sheet6.xml").decode()
    assert '"idee,gepland,lopend,afgesloten,ingetrokken,afgewezen,onbekend"' in projects
    assert answer.count('"a,b,c,d"') == 10
    assert 'state="frozen"' in projects


def test_the_template_explains_every_column_with_an_example() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(template()))
    explained = book.get_sheet_by_name("Uitleg").to_python()
    words = [str(row[0]).removesuffix(" *") for row in explained]
    for form in forms():
        assert f"Blad {form.name}" in words
        for column in form.columns:
            assert column.heading in words
    assert date(2026, 3, 2) in [row[2] for row in explained]


def test_the_empty_template_is_recognised_and_brings_nothing(engine: Engine) -> None:
    parsed = read_file(template(), "leeg.xlsx", TODAY)
    assert parsed.profile == "werkboek"
    assert counts(apply(engine, parsed, COMMAND_LINE)) == (0, 0, 0, 0, 0)


def test_the_examples_of_the_explanation_come_in_without_a_remark(engine: Engine) -> None:
    shown = {
        form.name: [{column.heading: _typed(column.example) for column in form.columns}]
        for form in forms()
    }
    report = take_over(engine, shown)
    assert counts(report) == (len(forms()), len(forms()), 0, 0, 0)
    assert report.problems == ()


@pytest.mark.parametrize(
    ("cells", "confirmed"),
    [({}, True), ({"Bevestigd": ""}, True), ({"Bevestigd": "nee"}, False)],
)
def test_a_phase_of_a_workbook_is_confirmed_unless_it_says_otherwise(
    engine: Engine, cells: dict[str, str], confirmed: bool
) -> None:
    sheets = {
        "Projecten": [{"Code": "ZT-07", "Titel": "Beeldzorg"}],
        "Fasen": [{"Code": "ZT-07", "Fase": "Overdracht", "Gepland einde": TODAY} | cells],
    }
    take_over(engine, sheets)
    assert one(engine, "phase_record")["confirmed"] is confirmed
    sheets["Fasen"][0]["Bevestigd"] = ""
    take_over(engine, sheets)
    assert one(engine, "phase_record")["confirmed"] is confirmed


def _typed(example: Any) -> Any:
    return ("ja" if example else "nee") if isinstance(example, bool) else example


def test_a_filled_workbook_fills_every_table(engine: Engine) -> None:
    report = take_over(engine, FULL)
    assert counts(report) == (10, 10, 0, 0, 0)
    project = one(engine, "project", code="ZT-07")
    assert (project["source"], project["external_id"]) == ("werkboek", "ZT-07")
    assert (project["state"], project["end"]) == ("running", date(2027, 2, 26))
    assert project["borging_in_plan"] is True
    assert one(engine, "unit", id=project["unit_id"])["kind"] == "team"
    assert one(engine, "goal", id=project["goal_id"])["title"] == "Digitale zorg"
    course = one(engine, "course_report")
    assert (course["course"], course["reported_on"]) == ("red", date(2026, 11, 16))
    assert (course["decision_from"], course["signed_by_id"]) == (
        "Stuurgroep",
        project["project_lead_id"],
    )
    assert one(engine, "phase_record", phase="handover")["carried_by"] == "line"
    owner = one(engine, "residual_item", title="Rechten")["owner_id"]
    assert owner == one(engine, "project_result")["formal_receiver_id"]
    assert one(engine, "residual_item", title="Rechten")["created_on"] == TODAY
    joint = one(engine, "scan", kind="joint")
    assert (joint["agreed_by"], joint["scanned_on"]) == ("Team Noord", date(2026, 11, 9))
    assert one(engine, "instrument")["key"] == "nhs-borgingsscan"
    assert [number(engine, t) for t in ("scan", "scan_response", "factor_answer")] == [2, 4, 40]


def test_a_second_import_changes_nothing_also_not_the_answers(engine: Engine) -> None:
    take_over(engine, FULL)
    assert counts(take_over(engine, FULL)) == (10, 0, 0, 10, 0)
    assert number(engine, "factor_answer") == 40


@pytest.mark.parametrize("letters", ["aabaabaaab", "dddddddddd", "babadbbaaa"])
def test_a_round_that_is_here_takes_no_more_answers_and_confirms_none(
    engine: Engine, letters: str
) -> None:
    """A guess that somebody gave and one that nobody gave get the same report."""
    take_over(engine, FULL)
    report = take_over(engine, {"Scans": [RESPONSE | answers(letters)]})
    assert counts(report) == (1, 0, 0, 1, 0)
    assert number(engine, "scan_response") == 4
    [remark] = report.problems
    assert remark.reason.startswith("Deze ronde is er al.")


def test_a_round_that_is_read_is_closed_and_published_on_its_day(engine: Engine) -> None:
    take_over(engine, FULL)
    row = one(engine, "scan", kind="individual")
    assert row["closed_on"] == row["published_on"] == row["scanned_on"]
    assert row["opened_on"] is None


def test_a_changed_joint_answer_replaces_the_old_one(engine: Engine) -> None:
    take_over(engine, {"Projecten": [PROJECT], "Scans": [JOINT | answers("a" * 10)]})
    report = take_over(engine, {"Scans": [JOINT | answers("a" * 9 + "b")]})
    assert counts(report) == (1, 0, 1, 0, 0)
    assert number(engine, "scan_response") == 1
    assert number(engine, "factor_answer") == 10
    assert one(engine, "factor_answer", factor="infrastructure")["level"] == "b"


def test_answers_leave_no_trace_of_who_gave_them(engine: Engine) -> None:
    take_over(engine, FULL)
    with engine.connect() as connection:
        entities = connection.execute(select(T["audit_entry"].c.entity)).scalars().all()
        details = connection.execute(select(T["audit_entry"].c.detail)).scalars().all()
    assert "scan_response" not in entities
    assert not [detail for detail in details if "babadbbaaa" in (detail or "")]


def test_a_changed_cell_updates_and_a_missing_column_is_left_alone(engine: Engine) -> None:
    take_over(engine, FULL)
    changed = {"Projecten": [{"Code": "ZT-07", "Titel": "Zorg op afstand", "Staat": "afgesloten"}]}
    report = take_over(engine, changed)
    assert counts(report) == (1, 0, 1, 0, 0)
    [change] = report.changes
    assert (change.sheet, change.row, change.column) == ("Projecten", 2, "staat")
    assert (change.value, change.reason) == ("afgesloten", "Gewijzigd; was lopend.")
    assert one(engine, "project")["end"] == date(2027, 2, 26)


def test_a_new_koers_on_another_day_makes_the_row_changed(engine: Engine) -> None:
    take_over(engine, FULL)
    later = PROJECT | {"Koers": "groen", "Datum koers": date(2026, 11, 20)}
    assert counts(take_over(engine, {"Projecten": [later]})) == (1, 0, 1, 0, 0)
    assert number(engine, "course_report") == 2
    assert one(engine, "course_report", reported_on=date(2026, 11, 20))["course"] == "green"


def test_a_koers_without_sentence_or_day_is_not_taken_over(engine: Engine) -> None:
    report = take_over(engine, {"Projecten": [PROJECT | {"Zin bij de koers": ""}]})
    assert counts(report) == (1, 1, 0, 0, 0)
    assert [p.column for p in report.problems] == ["Koers"]
    assert number(engine, "course_report") == 0


def test_rows_that_belong_to_no_project_or_miss_their_key_are_rejected(engine: Engine) -> None:
    report = take_over(
        engine,
        {
            "Projecten": [PROJECT, {"Titel": "Zonder code"}],
            "Fasen": [PHASE | {"Code": "ZZ-9"}, PHASE | {"Fase": "slotfeest"}],
            "Scans": [
                RESPONSE | answers(" " * 10),
                RESPONSE | {"Datum": "ooit"} | answers("a" * 10),
                JOINT | answers("a" * 10),
                JOINT | answers("b" * 10),
            ],
        },
    )
    assert counts(report) == (8, 2, 0, 0, 6)
    errors = [p for p in report.problems if p.severity is Severity.ERROR]
    assert [(p.sheet, p.row, p.column) for p in errors] == [
        ("Fasen", 2, "Code"),
        ("Fasen", 3, "Fase"),
        ("Projecten", 3, "Code"),
        ("Scans", 2, None),
        ("Scans", 3, "Datum"),
        ("Scans", 5, "Soort"),
    ]
    assert number(engine, "scan") == 1


def test_odd_cells_become_unknown_and_are_named(engine: Engine) -> None:
    odd = PROJECT | {"Staat": "bijna", "Begin": "31-02-2026", "Borging in plan": "deels"}
    report = take_over(
        engine,
        {"Projecten": [odd], "Scans": [RESPONSE | answers("aaaaaaaaae")], "Fasen": [PHASE]},
    )
    assert counts(report) == (3, 3, 0, 0, 0)
    assert {p.column for p in report.problems} == {"Staat", "Begin", "Borging in plan", FACTORS[9]}
    assert one(engine, "project")["state"] == "unknown"
    assert one(engine, "factor_answer", factor="infrastructure")["level"] is None


def test_an_unknown_column_is_named_and_a_missing_key_column_refused() -> None:
    strange = workbook({"Projecten": [{"Code": "A", "Titel": "B", "Kleur": "C"}]})
    assert [p.column for p in read_file(strange, "w.xlsx", TODAY).problems] == ["Kleur"]
    with pytest.raises(UnreadableFileError, match="'Fase'"):
        read_file(workbook({"Fasen": [{"Code": "A"}]}), "w.xlsx", TODAY)
    with pytest.raises(UnreadableFileError, match="geen van de bladen"):
        read_file(workbook({"Blad1": [{"Code": "A"}]}), "w.xlsx", TODAY, "werkboek")


def test_one_sheet_can_be_chosen(engine: Engine) -> None:
    parsed = read_file(workbook(FULL), "w.xlsx", TODAY, sheet="Projecten")
    assert counts(apply(engine, parsed, COMMAND_LINE)) == (1, 1, 0, 0, 0)


def test_a_restpunt_removed_here_stays_removed_and_a_twin_is_told_apart(engine: Engine) -> None:
    twins = {"Projecten": [PROJECT], "Restpunten": [RESIDUAL, RESIDUAL]}
    assert counts(take_over(engine, twins)) == (3, 3, 0, 0, 0)
    with engine.begin() as connection:
        connection.execute(update(T["residual_item"]).values(deleted_at=datetime.now(UTC)))
    report = take_over(engine, twins)
    assert counts(report) == (3, 0, 0, 3, 0)
    assert [p.reason for p in report.problems if p.severity is Severity.INFO] == [
        "Hier verwijderd; blijft verwijderd."
    ] * 2


def test_a_restpunt_changed_by_a_file_raises_its_version(engine: Engine) -> None:
    take_over(engine, {"Projecten": [PROJECT], "Restpunten": [RESIDUAL]})
    take_over(engine, {"Restpunten": [RESIDUAL | {"Eigenaar": "Els"}]})
    assert one(engine, "residual_item")["version"] == 2


def test_out_and_back_changes_nothing(engine: Engine) -> None:
    take_over(engine, FULL)
    with engine.begin() as connection:
        values = {"summary": "=1+1\nen meer", "title": "@begin", "unit_id": None}
        connection.execute(update(T["project"]).values(**values))
    data = export(engine)
    report = dry_run(engine, read_file(data, "uit.xlsx", TODAY))
    assert counts(report) == (8, 0, 0, 8, 0)
    assert report.problems == ()
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("Scans").to_python()
    assert [row[2] for row in rows] == ["Soort", "gezamenlijk"]


def test_a_project_from_elsewhere_goes_out_and_back_under_its_own_source(engine: Engine) -> None:
    with engine.begin() as connection:
        values = {"code": "E1", "title": "Lijst", "state": "unknown", "source": "esf"}
        connection.execute(insert(T["project"]).values(**values, external_id="2007ESFN1"))
    report = apply(engine, read_file(export(engine), "uit.xlsx", TODAY), COMMAND_LINE)
    assert counts(report) == (1, 0, 0, 1, 0)
    assert one(engine, "project")["source"] == "esf"


def test_two_projects_with_one_code_cannot_go_out_or_be_changed(engine: Engine) -> None:
    with engine.begin() as connection:
        for _ in range(2):
            values = {"code": "X", "title": "T", "state": "unknown"}
            connection.execute(insert(T["project"]).values(**values))
    with pytest.raises(DuplicateCodeError, match="X"):
        export(engine)
    report = take_over(engine, {"Projecten": [{"Code": "X", "Titel": "Nieuw"}]})
    assert counts(report) == (1, 0, 0, 0, 1)
