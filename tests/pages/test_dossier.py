"""The folded parts of a dossier: what they say, and writing in them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from borging.access.actor import Actor
from borging.store import database
from borging.store.commands.dossier import save_items
from borging.store.commands.rows import Row
from borging.store.queries import dossier
from borging.store.queries.structure import people
from tests.dossiers import LISTS
from tests.pages.conftest import Visit

STAKEHOLDER = LISTS["stakeholder"]
TABLE = "dossier_1_stakeholder_tabel_0"
SAVE = "dossier_1_stakeholder_opslaan"
BAS = Actor("Bas Visser")


@pytest.fixture
def own_url(copy_url: str) -> str:
    """A portfolio of its own whose first project has no stakeholders."""
    url = copy_url
    found = dossier.items_of(database.engine_for(url), 1)
    found = found[found["list_key"] == "stakeholder"]
    rows = [
        Row("rij", None, item, version)
        for item, version in zip(found["id"].tolist(), found["version"].tolist(), strict=True)
    ]
    if rows:
        save_items(database.engine_for(url), BAS, 1, STAKEHOLDER, rows)
    return url


def project_without(engine: Engine, key: str) -> int:
    """A project of which nobody wrote anything in a list."""
    taken = set(dossier.items_in(engine, [key])["project_id"])
    return next(project for project in range(1, 41) if project not in taken)


def stored(url: str) -> list[dict[str, Any]]:
    found = dossier.items_of(database.engine_for(url), 1)
    contents: list[dict[str, Any]] = found[found["list_key"] == "stakeholder"]["content"].tolist()
    return contents


def opened(visit: Visit, url: str, **query: str) -> AppTest:
    return visit("project", url, id="1", stakeholders="true", **query)


def typed(app: AppTest, **changes: Any) -> AppTest:
    """Leave changes in the table, as a browser sends them with every run."""
    app.session_state[TABLE] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | changes
    return app


def write(app: AppTest, **changes: Any) -> AppTest:
    """Type in the table and save."""
    typed(app, **changes).run()
    return typed(app, **changes).button(key=SAVE).click().run()


def test_every_part_says_in_its_line_how_it_stands(visit: Visit, own_url: str) -> None:
    app = visit("project", own_url, id="1")
    labels = {each.label for each in app.expander}
    assert any(
        label.startswith("○ nog leeg · nog niemand in kaart · **Wat nu?** Begin met wie er last")
        for label in labels
    ), labels


def test_a_table_adds_items_and_the_line_follows(visit: Visit, own_url: str) -> None:
    app = opened(visit, own_url)
    app = write(app, added_rows=[{"name": "Nachtdienst", "position": "opponent"}])
    assert not app.exception
    assert stored(own_url) == [{"name": "Nachtdienst", "position": "opponent"}]
    labels = " ".join(each.label for each in app.expander)
    assert "▲ vraagt aandacht · 1 stakeholder, van geen kritische stakeholder is bekend" in labels


def test_a_phone_gets_a_form_that_keeps_what_was_typed_when_it_is_refused(
    visit: Visit, own_url: str
) -> None:
    app = opened(visit, own_url, smal="1")
    app.selectbox(key="dossier_1_stakeholder_keuze_dossier_1_stakeholder_0").select(0).run()
    key = "dossier_1_stakeholder_0_0_{}"
    app.text_input(key=key.format("note")).input("Vindt het te druk")
    app = app.button[_submit(app)].click().run()
    assert "vul ‘Wie’ in" in app.warning[0].value
    assert app.text_input(key=key.format("note")).value == "Vindt het te druk"
    app.text_input(key=key.format("name")).input("Nachtdienst")
    app = app.button[_submit(app)].click().run()
    assert not app.warning
    (item,) = stored(own_url)
    lead = item.pop("contact")
    assert item == {"name": "Nachtdienst", "note": "Vindt het te druk"}
    known = people(database.engine_for(own_url)).set_index("id")["name"]
    name = known[lead]
    assert f"- **Nachtdienst** · {name} · Vindt het te druk" in [e.value for e in app.markdown]


def test_on_a_phone_what_another_removed_meanwhile_keeps_its_form(
    visit: Visit, own_url: str
) -> None:
    engine = database.engine_for(own_url)
    (item,) = save_items(engine, BAS, 1, STAKEHOLDER, [Row("rij", {"name": "Nachtdienst"})])
    app = opened(visit, own_url, smal="1")
    key = "dossier_1_stakeholder"
    app.selectbox(key=f"{key}_keuze_{key}_0").select(item).run()
    save_items(engine, BAS, 1, STAKEHOLDER, [Row("rij", None, item, 1)])
    app.text_input(key=f"{key}_0_{item}_note").input("Vindt het te druk")
    app = app.button[_submit(app)].click().run()
    assert "intussen weggehaald" in app.warning[0].value
    assert app.text_input(key=f"{key}_0_{item}_note").value == "Vindt het te druk"
    app = app.button(key=f"{key}_vergeten").click().run()
    assert not app.exception
    assert STAKEHOLDER.add in " ".join(each.value for each in app.markdown)


def test_who_fills_in_the_only_item_second_keeps_his_text(visit: Visit, own_url: str) -> None:
    engine, plan = database.engine_for(own_url), LISTS["spread_plan"]
    project = project_without(engine, plan.key)
    app = visit("project", own_url, id=str(project), verspreiding="true")
    save_items(engine, BAS, project, plan, [Row("rij", {"what": "De tweede proef"})])
    field = f"dossier_{project}_spread_plan_0_0_what"
    app.text_area(key=field).input("De proef")
    app = app.button(key=f"FormSubmitter:dossier_{project}_spread_plan_0_formulier-Opslaan")
    app = app.click().run()
    assert "heeft intussen al verspreidingsplan ingevuld" in app.warning[0].value
    assert app.text_area(key=field).value == "De proef"
    app = app.button(key=f"dossier_{project}_spread_plan_vergeten").click().run()
    assert app.text_area(key=field.replace("_0_0_", "_1_0_")).value == "De tweede proef"


def test_what_was_saved_in_a_table_can_be_taken_back_there(visit: Visit, own_url: str) -> None:
    app = write(opened(visit, own_url), added_rows=[{"name": "Nachtdienst"}])
    app = app.button(key="dossier_1_stakeholder_terug").click().run()
    assert not app.exception
    assert stored(own_url) == []


def test_an_empty_list_invites(visit: Visit, own_url: str) -> None:
    said = " ".join(each.value for each in opened(visit, own_url).markdown)
    assert STAKEHOLDER.add in said


def _submit(app: AppTest) -> int:
    return [each.label for each in app.button].index("Opslaan")


def test_every_trait_has_a_row_before_anybody_wrote_one(visit: Visit, own_url: str) -> None:
    engine = database.engine_for(own_url)
    project = project_without(engine, "change_trait")
    app = visit("project", own_url, id=str(project), verspreiding="true")
    key = f"dossier_{project}_change_trait"
    changes = {"edited_rows": {1: {"score": "4"}}, "added_rows": [], "deleted_rows": []}
    app.session_state[f"{key}_tabel_0"] = changes
    app.run()
    app.session_state[f"{key}_tabel_0"] = changes
    app.button(key=f"{key}_opslaan").click().run()
    assert not app.exception
    found = dossier.items_of(engine, project).query("list_key == 'change_trait'")
    assert found["content"].tolist() == [{"trait": "compatibility", "score": "4"}]
