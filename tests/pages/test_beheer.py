"""Reading in a list on the screen: choose, look, apply, and what goes wrong on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from borging.access.actor import COMMAND_LINE
from borging.clock import today
from borging.store import database
from borging.store.commands.example import has_example, write_example
from borging.store.queries import audit, portfolio
from borging.store.tables import Person
from tests.exchange.workbook.test_workbook import workbook
from tests.pages.conftest import Visit

LIST = (
    "Begunstigde,Titel van het project (naam van de concrete actie),Fonds,Samenvatting,"
    "Begindatum,Einddatum,Totale kosten in Euro's,Datum van laatste bijwerking,"
    "EU-subsidie in Euro's,Overige publieke financiering,Overige private financiering,"
    "Thematische doelstelling,"
    "Titel van het project in het Engels,Autoriteit,Website project,"
    "Medefinancieringspercentage van de Unie (per prioritaire as)\n"
    "Zorggroep,Beeldzorg,EFRO,Bellen met beeld,01.02.2026,01.02.2027,196.666,,,,,,,,,\n"
    "Zorggroep,,EFRO,Zonder titel,01.02.2026,01.02.2027,1.000,,,,,,,,,\n"
)


def upload(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader[0].upload(name, data, "text/csv")
    return app.run()


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_a_list_is_first_shown_then_applied_in_the_name_of_who_did_it(
    visit: Visit, sqlite_url: str
) -> None:
    engine = database.engine_for(sqlite_url)
    with database.writing(engine, COMMAND_LINE) as write:
        write.session.add(Person(id=1, name="Anna de Wit"))
    app = visit("beheer", sqlite_url)
    app.selectbox(key="person").select(1).run()
    upload(app, "lijst.csv", LIST.encode())
    assert figures(app) == {
        "Gelezen rijen": "2",
        "Nieuw": "1",
        "Gewijzigd": "0",
        "Ongewijzigd": "0",
        "Afgewezen": "1",
    }
    assert portfolio.projects(engine, today()).empty
    app.button(key="intake_apply").click().run()
    assert [each.value for each in app.exception] == []
    assert "1 rij overgenomen" in app.success[0].value
    assert portfolio.projects(engine, today())["title"].tolist() == ["Beeldzorg"]
    assert "Anna de Wit" in audit.newest_entries(engine)["actor_name"].tolist()
    upload(app, "lijst.csv", LIST.encode())
    assert figures(app)["Ongewijzigd"] == "1"
    said = " ".join(each.value for each in app.markdown)
    assert "Er valt niets over te nemen: wat niet is afgewezen staat al" in said


def test_what_was_read_in_is_said_where_the_button_was(visit: Visit, sqlite_url: str) -> None:
    app = visit("beheer", sqlite_url)
    upload(app, "lijst.csv", LIST.encode())
    app.button(key="intake_apply").click().run()
    kinds = [each.type for each in app.main if each.type in ("metric", "success")]
    assert kinds == ["metric"] * 5 + ["success"]


def test_strict_writes_nothing_when_a_row_is_rejected(visit: Visit, sqlite_url: str) -> None:
    app = visit("beheer", sqlite_url)
    upload(app, "lijst.csv", LIST.encode())
    app.checkbox(key="intake_strict").check().run()
    app.button(key="intake_apply").click().run()
    assert "1 rij is afgewezen" in app.error[0].value
    assert portfolio.projects(database.engine_for(sqlite_url), today()).empty


def test_a_copy_is_made_before_anything_is_written(
    visit: Visit, sqlite_url: str, tmp_path: Path
) -> None:
    app = visit("beheer", sqlite_url)
    upload(app, "lijst.csv", LIST.encode())
    assert not (tmp_path / "kopie").exists()
    app.button(key="intake_apply").click().run()
    assert len(list((tmp_path / "kopie").glob("*.db"))) == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("kapot.xlsx", b"geen werkboek", "kapot.xlsx"),
        ("leeg.csv", b"", "leeg.csv"),
        ("vreemd.csv", b"a;b\n1;2\n", "geen werkboek van de Borgingsmonitor"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(
    visit: Visit, sqlite_url: str, name: str, data: bytes, words: str
) -> None:
    app = upload(visit("beheer", sqlite_url), name, data)
    assert [each.value for each in app.exception] == []
    assert words in app.error[0].value.replace("\\", "")


@pytest.mark.parametrize("key", ["remove_example", "remove_example_here"])
def test_the_example_goes_only_after_a_question(visit: Visit, sqlite_url: str, key: str) -> None:
    engine = database.engine_for(sqlite_url)
    write_example(engine, COMMAND_LINE, today(), projects=3)
    app = visit("beheer", sqlite_url)
    app.button(key=key).click().run()
    assert has_example(engine)
    asked = " ".join(each.value for each in app.markdown)
    assert "Voorbeelddata verwijderen?" in asked
    assert "Uw eigen projecten blijven. Terugzetten kan op Beheer." in asked
    app.button(key="example_no").click().run()
    assert has_example(engine)
    assert "Voorbeelddata verwijderen?" not in " ".join(each.value for each in app.markdown)


def test_the_example_is_removed_and_put_back(visit: Visit, sqlite_url: str) -> None:
    engine = database.engine_for(sqlite_url)
    write_example(engine, COMMAND_LINE, today(), projects=3)
    app = visit("beheer", sqlite_url)
    app.button(key="remove_example").click().run()
    app.button(key="example_yes").click().run()
    assert not has_example(engine)
    assert app.title[0].value.startswith("Nog geen projecten")
    app.button(key="restore_example").click().run()
    assert has_example(engine)
    assert app.title[0].value.startswith("3 projecten")


def test_of_a_workbook_one_filled_sheet_at_a_time_is_shown(visit: Visit, sqlite_url: str) -> None:
    data = workbook({"Projecten": [{"Code": "A-1"}], "Stakeholders": [{"Code": "A-1", "Wie": "x"}]})
    app = visit("beheer", sqlite_url)
    upload(app, "werkboek.xlsx", data)
    assert app.selectbox(key="intake_sheet").options == ["Projecten", "Stakeholders"]
    assert app.dataframe[0].value.columns.tolist() == ["Code"]
    app.selectbox(key="intake_sheet").select("Stakeholders").run()
    assert app.dataframe[0].value.to_dict("records") == [{"Code": "A-1", "Wie": "x"}]
    assert figures(app)["Nieuw"] == "2"
