from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, select, update

from borging.access.actor import Actor
from borging.store import database
from borging.store.commands.residual_problems import (
    DayBeforeCreatedError,
    EmptyTitleError,
    ItemsChangedError,
    ResidualError,
    UnknownItemError,
    UnknownPersonError,
    UnknownPriorityError,
    UnknownProjectError,
    UnownedItemError,
)
from borging.store.commands.residuals import (
    ItemChange,
    ItemFields,
    accept_for_line,
    add_item,
    change_items,
    close_items,
    reopen_items,
)
from borging.store.queries.portfolio import residual_items
from borging.store.tables import Person, Project, Record

DAY = date(2026, 11, 23)
ANNA, BAS = Actor("Anna de Wit", 1), Actor("Bas Visser", 2)
T = Record.metadata.tables
PLAIN = ItemFields("Handleiding bijwerken", owner_id=1, due=date(2027, 3, 1))


def at(engine: Engine, ids: list[int]) -> dict[int, int]:
    """Return the versions of items as a screen shows them now; 1 for an unknown one."""
    item = Record.metadata.tables["residual_item"]
    with engine.connect() as connection:
        rows = connection.execute(select(item.c.id, item.c.version)).all()
    known = {row.id: row.version for row in rows}
    return {each: known.get(each, 1) for each in ids}


@pytest.fixture
def portfolio(engine: Engine) -> Engine:
    """Two people (1 Anna, 2 Bas) and one closed project (1)."""
    with database.writing(engine, ANNA) as write:
        write.session.add_all([Person(name="Anna de Wit"), Person(name="Bas Visser")])
        write.session.add(Project(code="P01", title="Beeldzorg", state="closed"))
    return engine


def add(engine: Engine, fields: ItemFields = PLAIN, created_on: date = DAY) -> int:
    return add_item(engine, ANNA, 1, fields, created_on)


def item(engine: Engine, item_id: int) -> dict[str, Any]:
    rows = residual_items(engine).set_index("id")
    return {
        name: None if pd.isna(value) else value
        for name, value in rows.loc[item_id].astype(object).items()
    }


def entries(engine: Engine, action: str) -> list[Any]:
    audit = T["audit_entry"]
    with engine.connect() as connection:
        return list(
            connection.execute(
                select(audit).where(audit.c.action == action).order_by(audit.c.id)
            ).mappings()
        )


def change(item_id: int, version: int = 1, before: ItemFields = PLAIN, **new: Any) -> ItemChange:
    return ItemChange(item_id, version, before, replace(before, **new))


def test_an_item_can_be_added_to_a_closed_project(portfolio: Engine) -> None:
    new = add(portfolio, ItemFields("  Contract \n verlengen ", 2, DAY, "high"))
    stored = item(portfolio, new)
    assert (stored["title"], stored["owner"], stored["priority"]) == (
        "Contract verlengen",
        "Bas Visser",
        "high",
    )
    assert (stored["created_on"].date(), stored["due"].date(), stored["version"]) == (DAY, DAY, 1)
    (entry,) = entries(portfolio, "add")
    assert (entry["entity_id"], entry["actor_name"]) == (new, "Anna de Wit")
    assert json.loads(entry["detail"])["after"]["due"] == "2026-11-23"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        (ItemFields(" \n "), EmptyTitleError),
        (ItemFields("Iets", owner_id=99), UnknownPersonError),
        (ItemFields("Iets", priority="urgent"), UnknownPriorityError),
        (ItemFields("Iets", due=DAY - timedelta(1)), DayBeforeCreatedError),
    ],
)
def test_what_cannot_be_right_is_refused_when_adding(
    portfolio: Engine, fields: ItemFields, error: type[Exception]
) -> None:
    with pytest.raises(error):
        add(portfolio, fields)
    assert residual_items(portfolio).empty


def test_an_unknown_project_is_refused(portfolio: Engine) -> None:
    with pytest.raises(UnknownProjectError, match="Project 7 bestaat niet"):
        add_item(portfolio, ANNA, 7, PLAIN, DAY)


def test_only_changed_fields_are_written_and_audited_with_before_and_after(
    portfolio: Engine,
) -> None:
    new, other = add(portfolio), add(portfolio)
    before = database.revision(portfolio)
    changes = [change(new, due=date(2027, 4, 1)), change(other, title="Iets anders", owner_id=None)]
    assert change_items(portfolio, BAS, changes) == []
    assert database.revision(portfolio) == before + 1
    assert (item(portfolio, new)["due"].date(), item(portfolio, new)["version"]) == (
        date(2027, 4, 1),
        2,
    )
    assert (item(portfolio, other)["title"], item(portfolio, other)["owner"]) == (
        "Iets anders",
        None,
    )
    first, second = entries(portfolio, "change")
    assert (first["actor_name"], json.loads(first["detail"])) == (
        "Bas Visser",
        {"before": {"due": "2027-03-01"}, "after": {"due": "2027-04-01"}},
    )
    assert json.loads(second["detail"])["before"] == {
        "title": "Handleiding bijwerken",
        "owner_id": 1,
    }


@pytest.mark.parametrize(
    ("new", "error"),
    [
        ({"title": ""}, EmptyTitleError),
        ({"owner_id": 99}, UnknownPersonError),
        ({"priority": "urgent"}, UnknownPriorityError),
        ({"due": DAY - timedelta(1)}, DayBeforeCreatedError),
    ],
)
def test_one_wrong_change_writes_none_of_them(
    portfolio: Engine, new: dict[str, Any], error: type[Exception]
) -> None:
    good, bad = add(portfolio), add(portfolio)
    revision = database.revision(portfolio)
    with pytest.raises(error):
        change_items(portfolio, BAS, [change(good, title="Goed"), change(bad, **new)])
    assert item(portfolio, good)["title"] == "Handleiding bijwerken"
    assert (database.revision(portfolio), entries(portfolio, "change")) == (revision, [])


def test_an_old_due_date_that_is_left_alone_does_not_stop_another_change(
    portfolio: Engine,
) -> None:
    new = add(portfolio)
    with portfolio.begin() as connection:
        connection.execute(update(T["residual_item"]).values(due=date(2020, 1, 1)))
    seen = replace(PLAIN, due=date(2020, 1, 1))
    change_items(portfolio, ANNA, [change(new, before=seen, title="Beter")])
    assert item(portfolio, new)["title"] == "Beter"


def test_who_is_second_hears_what_the_first_changed_and_nothing_is_overwritten(
    portfolio: Engine,
) -> None:
    new = add(portfolio)
    change_items(portfolio, BAS, [change(new, due=date(2027, 5, 1), owner_id=2, priority="high")])
    with pytest.raises(ItemsChangedError) as caught:
        change_items(portfolio, ANNA, [change(new, title="Mijn tekst")])
    (conflict,) = caught.value.conflicts
    assert conflict.sentence == (
        "‘Handleiding bijwerken’ is intussen gewijzigd door Bas Visser: eigenaar is nu Bas Visser "
        "(was Anna de Wit); vervaldatum is nu 01-05-2027 (was 01-03-2027); prioriteit is nu hoog "
        "(was normaal)."
    )
    assert item(portfolio, new)["title"] == "Handleiding bijwerken"
    change_items(portfolio, ANNA, [change(new, version=2, title="Mijn tekst")])
    stored = item(portfolio, new)
    assert (stored["title"], stored["owner"], stored["version"]) == ("Mijn tekst", "Bas Visser", 3)


def test_who_changes_what_was_closed_meanwhile_hears_so(portfolio: Engine) -> None:
    new = add(portfolio)
    close_items(portfolio, BAS, at(portfolio, [new]), DAY)
    with pytest.raises(ItemsChangedError, match=r"Bas Visser: het is gesloten op 23-11-2026\."):
        change_items(portfolio, ANNA, [change(new, title="Mijn tekst")])


def test_another_owner_ends_the_acceptance(portfolio: Engine) -> None:
    new = add(portfolio)
    accept_for_line(portfolio, ANNA, at(portfolio, [new]), 2, DAY)
    assert change_items(portfolio, ANNA, [change(new, version=2, priority="low")]) == []
    assert item(portfolio, new)["accepted_by"] == "Bas Visser"
    assert change_items(portfolio, ANNA, [change(new, version=3, owner_id=2)]) == [new]
    assert (item(portfolio, new)["accepted_by"], item(portfolio, new)["accepted_on"]) == (
        None,
        None,
    )
    assert json.loads(entries(portfolio, "change")[-1]["detail"])["before"] == {
        "owner_id": 1,
        "accepted_by_id": 2,
        "accepted_on": "2026-11-23",
    }


def test_closing_and_reopening_touch_only_what_is_not_so_yet(portfolio: Engine) -> None:
    first, second = add(portfolio), add(portfolio)
    assert close_items(portfolio, ANNA, at(portfolio, [first]), DAY) == [first]
    assert close_items(portfolio, BAS, at(portfolio, [first, second]), DAY + timedelta(1)) == [
        second
    ]
    assert item(portfolio, first)["closed_on"].date() == DAY
    assert reopen_items(portfolio, ANNA, at(portfolio, [first, second])) == [first, second]
    assert reopen_items(portfolio, ANNA, at(portfolio, [first])) == []
    assert item(portfolio, second)["closed_on"] is None
    assert [len(entries(portfolio, action)) for action in ("close", "reopen")] == [2, 2]
    assert json.loads(entries(portfolio, "close")[0]["detail"]) == {
        "before": {"closed_on": None},
        "after": {"closed_on": "2026-11-23"},
    }


def test_nothing_closes_before_it_was_there(portfolio: Engine) -> None:
    older, newer = add(portfolio, created_on=DAY - timedelta(9)), add(portfolio)
    with pytest.raises(DayBeforeCreatedError, match=r"De sluitingsdatum 22-11-2026 ligt vóór"):
        close_items(portfolio, ANNA, at(portfolio, [older, newer]), DAY - timedelta(1))
    assert item(portfolio, older)["closed_on"] is None


def test_the_line_accepts_in_the_name_of_a_person(portfolio: Engine) -> None:
    first, second = add(portfolio), add(portfolio)
    assert accept_for_line(portfolio, ANNA, at(portfolio, [first]), 2, DAY) == [first]
    assert accept_for_line(portfolio, ANNA, at(portfolio, [first, second]), 1, DAY) == [second]
    stored = item(portfolio, first)
    assert (stored["accepted_by"], stored["accepted_on"].date()) == ("Bas Visser", DAY)
    assert entries(portfolio, "accept")[0]["summary"].endswith("aanvaard door Bas Visser.")


def test_what_nobody_owns_cannot_be_accepted(portfolio: Engine) -> None:
    owned, unowned = add(portfolio), add(portfolio, ItemFields("Oude module afsluiten"))
    with pytest.raises(UnownedItemError, match="‘Oude module afsluiten’ heeft nog geen eigenaar"):
        accept_for_line(portfolio, ANNA, at(portfolio, [owned, unowned]), 2, DAY)
    assert item(portfolio, owned)["accepted_by"] is None


def test_accepting_needs_a_known_person_and_a_day_that_can_be(portfolio: Engine) -> None:
    new = add(portfolio)
    with pytest.raises(UnknownPersonError):
        accept_for_line(portfolio, ANNA, at(portfolio, [new]), 99, DAY)
    with pytest.raises(DayBeforeCreatedError, match="De dag van aanvaarding"):
        accept_for_line(portfolio, ANNA, at(portfolio, [new]), 2, DAY - timedelta(1))


def test_an_item_that_is_gone_is_named(portfolio: Engine) -> None:
    for command in (
        lambda: close_items(portfolio, ANNA, at(portfolio, [404]), DAY),
        lambda: reopen_items(portfolio, ANNA, at(portfolio, [404])),
        lambda: accept_for_line(portfolio, ANNA, at(portfolio, [404]), 1, DAY),
        lambda: change_items(portfolio, ANNA, [change(404, title="x")]),
    ):
        with pytest.raises(UnknownItemError, match="Restpunt 404 bestaat niet meer"):
            command()


def test_an_owner_who_is_new_is_added_with_the_restpunt(portfolio: Engine) -> None:
    new = add(portfolio, ItemFields("Contract verlengen", "Fatima  Zahra"))
    assert item(portfolio, new)["owner"] == "Fatima Zahra"
    with pytest.raises(ResidualError, match="Vul een naam in"):
        add(portfolio, ItemFields("Contract verlengen", " "))


@pytest.mark.parametrize("act", ["close", "accept", "reopen"])
def test_acting_on_an_item_that_somebody_changed_since_is_refused(
    portfolio: Engine, act: str
) -> None:
    """Accepting for the line is accepting an owner: another one since is another decision."""
    item = add_item(portfolio, ANNA, 1, ItemFields("Rechten", 1), DAY)
    before = ItemFields("Rechten", 1)
    if act == "reopen":
        close_items(portfolio, ANNA, at(portfolio, [item]), DAY)
    seen = at(portfolio, [item])
    change = ItemChange(item, seen[item], before, replace(before, owner_id=2))
    change_items(portfolio, BAS, [change])
    acts = {
        "close": lambda: close_items(portfolio, ANNA, seen, DAY),
        "accept": lambda: accept_for_line(portfolio, ANNA, seen, 1, DAY),
        "reopen": lambda: reopen_items(portfolio, ANNA, seen),
    }
    with pytest.raises(ItemsChangedError) as refused:
        acts[act]()
    (conflict,) = refused.value.conflicts
    assert "is intussen gewijzigd door Bas" in conflict.sentence
    assert "eigenaar is nu Bas" in conflict.sentence
