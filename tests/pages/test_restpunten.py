from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import Actor
from borging.store import database
from borging.store.commands.residuals import ItemChange, ItemFields, add_item, change_items
from borging.store.queries.portfolio import residual_items
from borging.store.tables import Person, Project, ResidualItem
from borging.ui.residuals.parts import HEADINGS
from tests.pages.conftest import Visit, charts, words

ANNA, BAS = Actor("Anna de Wit", 1), Actor("Bas Visser", 2)
EDITOR = "restpunt_tabel_0"


def checked(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def own_url(sqlite_url: str) -> str:
    """Address of a portfolio with one closed project and two people, to write in."""
    engine = database.engine_for(sqlite_url)
    with database.writing(engine, ANNA) as write:
        write.session.add_all([Person(name="Anna de Wit"), Person(name="Bas Visser")])
        write.session.add(Project(code="P01", title="Beeldzorg", state="closed"))
    return sqlite_url


@pytest.fixture
def own(own_url: str) -> Engine:
    return database.engine_for(own_url)


def add(engine: Engine, title: str, owner_id: int | None = 1) -> int:
    created = clock.today() - timedelta(10)
    return add_item(engine, ANNA, 1, ItemFields(title, owner_id), created)


def titles(engine: Engine) -> list[str]:
    return list(residual_items(engine)["title"])


def editing(visit: Visit, url: str) -> AppTest:
    app = visit("restpunten", url)
    app.toggle(key="restpunt_wijzigen").set_value(True)
    return checked(app)


def typed(app: AppTest, row: int, **values: object) -> AppTest:
    app.session_state[EDITOR] = {
        "edited_rows": {row: values},
        "added_rows": [],
        "deleted_rows": [],
    }
    return checked(app)


def warned(app: AppTest) -> str:
    return str(app.warning[0].value).replace("\\", "")


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return checked(app)


def test_the_example_shows_what_nobody_owns_first(visit: Visit, example_url: str) -> None:
    app = visit("restpunten", example_url)
    assert "hebben geen eigenaar" in app.title[0].value
    assert app.metric[0].label == "Zonder eigenaar"
    shown = app.dataframe[-1].value
    assert shown["belegd"].iloc[0] == "◆ zonder eigenaar"
    assert len(charts(app)) == 2
    assert "weken geleden stonden" in charts(app)[1]


def test_the_quick_choice_and_the_search_stand_in_the_address(
    visit: Visit, example_url: str
) -> None:
    everything = visit("restpunten", example_url)
    app = visit("restpunten", example_url, restpunt_keuze="te laat")
    late = app.dataframe[-1].value
    assert 0 < len(late) < len(everything.dataframe[-1].value)
    assert (late["overdue"] > 0).all()
    code = late["code"].iloc[0]
    found = visit("restpunten", example_url, restpunt_zoek=code)
    assert set(found.dataframe[-1].value["code"]) == {code}


def test_an_empty_portfolio_says_what_to_do(visit: Visit, empty_url: str) -> None:
    app = visit("restpunten", empty_url)
    assert app.title[0].value == "Nog geen projecten"
    assert "Lijst inlezen" in [button.label for button in app.button]


def test_a_thousand_projects_come_in_pages_of_100(visit: Visit, large_url: str) -> None:
    app = visit("restpunten", large_url)
    assert len(app.dataframe[-1].value) == 100
    assert "rij 1–100 van" in words(app)


def test_the_first_restpunt_is_added_with_the_form(visit: Visit, own_url: str, own: Engine) -> None:
    app = visit("restpunten", own_url)
    assert app.title[0].value == "Nog geen restpunten"
    app.selectbox[-3].set_value(1)
    press_form(app)
    assert "omschrijving nodig" in app.error[0].value
    app.text_input[-1].set_value("Contract verlengen")
    press_form(app)
    assert titles(own) == ["Contract verlengen"]
    assert app.title[0].value == "Het enige open restpunt heeft geen eigenaar"


def press_form(app: AppTest) -> None:
    next(button for button in app.button if button.label == "Toevoegen").click()
    checked(app)


def test_a_change_in_the_table_is_saved_by_id_and_only_when_asked(
    visit: Visit, own_url: str, own: Engine
) -> None:
    add(own, "Handleiding bijwerken")
    add(own, "Oude module afsluiten", owner_id=None)
    app = editing(visit, own_url)
    assert app.button(key="restpunt_opslaan").disabled
    typed(app, 0, title="Oude module uitzetten", due="2030-01-31")
    assert app.button(key="restpunt_opslaan").label == "1 wijziging opslaan"
    assert titles(own) == ["Handleiding bijwerken", "Oude module afsluiten"]
    press(app, "restpunt_opslaan")
    assert titles(own) == ["Handleiding bijwerken", "Oude module uitzetten"]
    assert residual_items(own)["due"].iloc[1].isoformat()[:10] == "2030-01-31"
    assert "1 restpunt gewijzigd." in words(app)
    assert app.button(key="restpunt_opslaan").disabled


def test_what_is_typed_survives_another_choice_and_can_be_dropped(
    visit: Visit, own_url: str, own: Engine
) -> None:
    add(own, "Handleiding bijwerken")
    add(own, "Oude module afsluiten", owner_id=None)
    app = typed(editing(visit, own_url), 0, title="Mijn tekst")
    app.radio(key="restpunt_keuze").set_value("nog niet aanvaard")
    checked(app)
    assert "1 daarvan niet in beeld" in words(app)
    app.radio(key="restpunt_keuze").set_value("alles")
    checked(app)
    assert app.button(key="restpunt_opslaan").label == "1 wijziging opslaan"
    press(app, "restpunt_vergeten")
    assert app.button(key="restpunt_opslaan").disabled
    assert titles(own) == ["Handleiding bijwerken", "Oude module afsluiten"]


def test_who_is_second_hears_what_happened_and_keeps_his_text(
    visit: Visit, own_url: str, own: Engine
) -> None:
    item = add(own, "Handleiding bijwerken")
    app = typed(editing(visit, own_url), 0, title="Mijn tekst")
    before = ItemFields("Handleiding bijwerken", 1)
    after = ItemFields("Handleiding bijwerken", 2)
    change_items(own, BAS, [ItemChange(item, 1, before, after)])
    press(app, "restpunt_opslaan")
    assert "intussen gewijzigd door Bas Visser: eigenaar is nu Bas Visser" in warned(app)
    assert titles(own) == ["Handleiding bijwerken"]
    press(app, "restpunt_opslaan")
    assert titles(own) == ["Mijn tekst"]
    assert residual_items(own)["owner"].tolist() == ["Bas Visser"]


def test_an_item_that_is_gone_is_told_and_does_not_block_the_rest(
    visit: Visit, own_url: str, own: Engine
) -> None:
    gone, kept = add(own, "Handleiding bijwerken"), add(own, "Oude module afsluiten")
    app = editing(visit, own_url)
    app.session_state[EDITOR] = {
        "edited_rows": {0: {"title": "Weg"}, 1: {"title": "Blijft"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    checked(app)
    with database.writing(own, BAS) as write:
        write.session.execute(
            update(ResidualItem)
            .where(col(ResidualItem.id) == gone)
            .values(deleted_at=datetime.now(UTC))
        )
    press(app, "restpunt_opslaan")
    assert f"Restpunt {gone} bestaat niet meer" in warned(app)
    assert list(app.session_state["restpunt_concepten"]) == [kept]
    press(app, "restpunt_opslaan")
    assert titles(own) == ["Blijft"]


def test_an_earlier_day_is_for_reading_only(visit: Visit, own_url: str, own: Engine) -> None:
    add(own, "Handleiding bijwerken")
    earlier = (clock.today() - timedelta(1)).isoformat()
    app = visit("restpunten", own_url, peildatum=earlier)
    assert not [each for each in app.toggle if each.key == "restpunt_wijzigen"]
    assert "Zet de peildatum op vandaag" in words(app)


def test_a_phone_shows_three_columns(visit: Visit, example_url: str) -> None:
    app = visit("restpunten", example_url, smal="1")
    assert list(app.dataframe[-1].value.columns) == ["belegd", "title_and_scan", "overdue"]


def test_what_came_out_of_a_scan_says_so(visit: Visit, example_url: str) -> None:
    rows = visit("restpunten", example_url).dataframe[-1].value
    assert "Infrastructuur" in set(rows["scan_short"])
    assert rows["scan_short"].isna().any()
    narrow = visit("restpunten", example_url, smal="1").dataframe[-1].value
    assert narrow["title_and_scan"].str.endswith("(uit scan: Infrastructuur)").any()
    assert "scan_factor" in HEADINGS
