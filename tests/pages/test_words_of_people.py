"""Names and sentences that look like markup are shown, on every screen, and not obeyed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import COMMAND_LINE
from borging.domain.dossier import LONGEST
from borging.store import database
from borging.store.commands.example import write_example
from tests.dossiers import LISTS, PARTS
from tests.pages.conftest import Visit

MARKUP = ":red[x] **y** <b>z</b> \u202eom "
OBEYED = re.compile("(?<!\\\\):red\\[x|(?<!\\\\)\\*\\*y|(?<!\\\\)<b>z|\u202e")
IN_MARKDOWN = ("body", "label", "delta")
WORDS = {
    "project": ("code", "title", "summary", "funding_source"),
    "unit": ("name",),
    "person": ("name",),
    "goal": ("title",),
    "course_report": ("sentence", "decision", "decision_from"),
    "project_result": ("title",),
    "residual_item": ("title",),
    "scan": ("agreed_by",),
    "scan_invitation": ("label",),
    "job_role": ("name",),
    "scenario": ("name", "note"),
}
FOLDS = dict.fromkeys(
    (
        *(part.key for part in PARTS),
        *("gegevens", "koers", "fasen", "borging", "geschiedenis"),
        *("handover_action", "handover_risk", "vragen_start_1", "vragen_closing_1"),
    ),
    "true",
)
"""Every part of a dossier, opened."""
SCREENS = (
    "portfolio",
    "fasestatus",
    "restpunten",
    "doelenboom",
    "lessen",
    "borgingsscan",
    "scan_invullen",
    "scanronde",
    "project",
    "scenarios",
    "capaciteit",
)


@pytest.fixture(scope="module")
def marked_url(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of an example portfolio in which every word of a person begins with markup."""
    path = tmp_path_factory.mktemp("marked") / "portfolio.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = database.engine_for(f"sqlite:///{path}")
    write_example(engine, COMMAND_LINE, clock.today(), projects=12, seed=1)
    with engine.begin() as connection:
        for table, columns in WORDS.items():
            for column in columns:
                connection.execute(
                    text(f"UPDATE {table} SET {column} = :mark || {column}"), {"mark": MARKUP}
                )
        for item, key, content in connection.execute(
            text("SELECT id, list_key, content FROM dossier_item")
        ).all():
            marked = {
                name: f"{MARKUP}{value}" if LISTS[key].by_id[name].type in LONGEST else value
                for name, value in json.loads(content).items()
            }
            connection.execute(
                text("UPDATE dossier_item SET content = :content WHERE id = :id"),
                {"content": json.dumps(marked), "id": item},
            )
    engine.dispose()
    return f"sqlite:///{path}"


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def _markdown(message: Any) -> Iterator[tuple[str, str]]:
    """Every text of an element that Streamlit reads as Markdown, with the name of its field."""
    for field, value in message.ListFields():
        if field.type == field.TYPE_STRING and field.name in IN_MARKDOWN:
            yield field.name, str(value)
        elif field.type == field.TYPE_MESSAGE and hasattr(value, "ListFields"):
            yield from _markdown(value)


def obeyed(app: AppTest) -> list[tuple[str, str]]:
    """The texts of a screen in which the markup of a person would be obeyed."""
    return [
        (node.type, words)
        for node in _nodes(app._tree)
        if getattr(node, "proto", None) is not None
        for _, words in _markdown(node.proto)
        if OBEYED.search(words)
    ]


def in_charts(app: AppTest) -> list[str]:
    """The texts of the charts that hold a tag of a person."""

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            for each in value.values() if isinstance(value, dict) else value:
                yield from texts(each)

    charts = app.get("plotly_chart")
    return [each for c in charts for each in texts(json.loads(c.proto.spec)) if "<b>z" in each]


@pytest.mark.parametrize("screen", SCREENS)
def test_markup_of_people_is_not_obeyed(screen: str, visit: Visit, marked_url: str) -> None:
    app = visit(screen, marked_url, id="1", **(FOLDS if screen == "project" else {}))
    assert not app.exception
    assert obeyed(app) == []


def test_a_phone_writes_in_forms_and_shows_the_words_of_a_dossier_as_words(
    visit: Visit, marked_url: str
) -> None:
    app = visit("project", marked_url, id="1", smal="1", **FOLDS)
    assert not app.exception
    assert obeyed(app) == []
    assert app.dataframe
    assert not [each for each in app.dataframe if each.proto.editing_mode]


def test_markup_is_not_obeyed_on_a_chip_and_in_who_you_are(visit: Visit, marked_url: str) -> None:
    app = visit("portfolio", marked_url)
    leads = app.multiselect(key="leider")
    leads.select(leads.options[0])
    app.selectbox(key="person").select(1)
    app.run()
    chips = [button.label for button in app.button if button.label.startswith("Projectleider")]
    assert len(chips) == 1
    assert obeyed(app) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_tags_of_people_are_not_obeyed_in_charts(
    screen: str, visit: Visit, marked_url: str
) -> None:
    app = visit(screen, marked_url, id="1", **(FOLDS if screen == "project" else {}))
    assert in_charts(app) == []
