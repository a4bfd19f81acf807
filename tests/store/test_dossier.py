"""Items of a dossier in a database: saved together, merged, refused."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.dossier import Choice, Field, FieldType, ListDefinition
from borging.store.commands.dossier import save_items
from borging.store.commands.rows import Row, RowsChangedError, RowsError
from borging.store.queries import dossier, structure
from borging.store.tables import AuditEntry, Person
from tests.store.test_capacity import add_project

ANNA, BAS = Actor("Anna de Wit"), Actor("Bas Visser")
FIELDS = (
    Field("name", "Wie", FieldType.TEXT, required=True),
    Field(
        "stand", "Houding", FieldType.CHOICE, choices=(Choice("a", "voor"), Choice("b", "tegen"))
    ),
    Field("since", "Sinds", FieldType.DAY),
    Field("contact", "Contact", FieldType.PERSON),
)
LIST = ListDefinition(
    *("people", "Mensen", "iemand", "mensen", "Voeg iemand toe.", "", "bron", "eigen keuze"),
    False,
    FIELDS,
)
SINGLE = ListDefinition(
    *("plan", "Plan", "een plan", "plannen", "Maak een plan.", "", "bron", "eigen keuze"),
    True,
    FIELDS[:1],
)
EMPTY: dict[str, Any] = dict.fromkeys(field.id for field in FIELDS)


def add(engine: Engine, project: int, **fields: Any) -> int:
    return save_items(engine, ANNA, project, LIST, [Row("rij 1", EMPTY | fields)])[0]


def contents(engine: Engine, project: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dossier.items_of(engine, project)["content"].tolist()
    return found


def test_items_come_back_in_the_order_they_were_added(engine: Engine) -> None:
    project = add_project(engine)
    add(engine, project, name="Nachtdienst", since=date(2026, 12, 28), stand="b")
    add(engine, project, name=" De  lijn ")
    assert contents(engine, project) == [
        {"name": "Nachtdienst", "since": "2026-12-28", "stand": "b"},
        {"name": "De lijn"},
    ]
    assert len(dossier.items_in(engine, ["people", "other"])) == 2
    assert dossier.items_in(engine, ["other"]).empty


def test_all_rows_are_refused_together_each_with_its_sentence(engine: Engine) -> None:
    project = add_project(engine)
    rows = [Row("rij 1", EMPTY | {"name": "Goed"}), Row("rij 2", EMPTY | {"contact": 99})]
    with pytest.raises(RowsError) as refused:
        save_items(engine, ANNA, project, LIST, rows)
    assert refused.value.sentences == (
        "rij 2: vul ‘Wie’ in; ‘Contact’ verwijst naar iets dat er niet (meer) is; kies opnieuw.",
    )
    assert contents(engine, project) == []


def test_a_project_that_is_gone_takes_nothing(engine: Engine) -> None:
    with pytest.raises(RowsError, match="Dit project is er niet meer"):
        save_items(engine, ANNA, 99, LIST, [Row("rij 1", EMPTY | {"name": "x"})])


def test_an_item_of_another_project_cannot_be_changed(engine: Engine) -> None:
    first, second = add_project(engine), add_project(engine, "E2")
    item = add(engine, first, name="Hier")
    with pytest.raises(RowsError, match="weggehaald"):
        save_items(engine, ANNA, second, LIST, [Row("rij 1", None, item, 1)])
    assert len(contents(engine, first)) == 1


def test_the_second_is_told_what_changed_and_may_save_on_top(engine: Engine) -> None:
    project = add_project(engine)
    with Session(engine) as session, session.begin():
        session.add(Person(id=7, name="Carla Bos"))
    item = add(engine, project, name="Nachtdienst", stand="a")
    seen = EMPTY | {"name": "Nachtdienst", "stand": "a"}
    theirs = Row("rij 1", seen | {"stand": "b", "contact": 7}, item, 1, before=seen)
    save_items(engine, BAS, project, LIST, [theirs])
    mine = Row("rij 1", seen | {"name": "Nachtteam"}, item, 1, before=seen)
    with pytest.raises(RowsChangedError) as refused:
        save_items(engine, ANNA, project, LIST, [mine])
    assert refused.value.sentences == (
        "rij 1: intussen gewijzigd door Bas Visser: ‘Houding’ is nu ‘tegen’ (was ‘voor’); "
        "‘Contact’ is nu Carla Bos (was leeg).",
    )
    assert refused.value.versions == {item: 2}
    again = Row("rij 1", seen | {"name": "Nachtteam"}, item, 2, before=seen)
    save_items(engine, ANNA, project, LIST, [again])
    assert contents(engine, project) == [{"name": "Nachtteam", "stand": "b", "contact": 7}]


def test_saving_what_is_there_already_writes_nothing(engine: Engine) -> None:
    project = add_project(engine)
    item = add(engine, project, name="Zelfde")
    seen = EMPTY | {"name": "Zelfde"}
    save_items(engine, ANNA, project, LIST, [Row("rij 1", seen, item, 1, before=seen)])
    assert dossier.items_of(engine, project)["version"].tolist() == [1]


def test_a_single_list_takes_one_item(engine: Engine) -> None:
    project = add_project(engine)
    save_items(engine, ANNA, project, SINGLE, [Row("Plan", {"name": "eerste"})])
    with pytest.raises(RowsError, match="al een plan ingevuld"):
        save_items(engine, BAS, project, SINGLE, [Row("Plan", {"name": "tweede"})])


def test_somebody_new_is_added_with_the_item_that_names_him(engine: Engine) -> None:
    project = add_project(engine)
    item = add(engine, project, name="Nachtdienst", contact="Carla Bos")
    assert contents(engine, project) == [{"name": "Nachtdienst", "contact": 1}]
    assert structure.people(engine)["name"].tolist() == ["Carla Bos"]
    row = Row("rij 1", EMPTY | {"name": "Nachtdienst", "contact": " "}, item, 1)
    with pytest.raises(RowsError, match="rij 1: Vul een naam in"):
        save_items(engine, ANNA, project, LIST, [row])


def test_every_change_is_recorded_with_what_was_and_what_is(engine: Engine) -> None:
    project = add_project(engine)
    item = add(engine, project, name="Nieuw")
    save_items(engine, BAS, project, LIST, [Row("rij 1", None, item, 1)])
    with Session(engine) as session:
        entries = session.exec(
            select(AuditEntry.actor_name, AuditEntry.summary, AuditEntry.detail)  # type: ignore[call-overload]
            .where(AuditEntry.entity == "dossier_item")
            .order_by(AuditEntry.id)
        ).all()
    assert [(who, said) for who, said, _detail in entries] == [
        ("Anna de Wit", "Dossier van E1, mensen: ‘Nieuw’ toegevoegd."),
        ("Bas Visser", "Dossier van E1, mensen: ‘Nieuw’ weggehaald."),
    ]
    assert json.loads(entries[1][2]) == {"before": {"name": "Nieuw"}, "after": None}


def test_a_sign_that_no_database_holds_is_left_out(engine: Engine) -> None:
    project = add_project(engine)
    add(engine, project, name="Nacht\0dienst")
    assert contents(engine, project) == [{"name": "Nachtdienst"}]
