"""What was done to a project, and undoing the last change of a thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, insert

from borging.access.actor import Actor
from borging.domain.goals import GoalFields
from borging.domain.project_fields import CourseFields, PhaseFields, ProjectFields
from borging.domain.staffing import FunctionFields, NeedFields
from borging.store.commands import residuals
from borging.store.commands.capacity import save_functions, save_needs
from borging.store.commands.dossier import save_items
from borging.store.commands.goals import add_goal, hang_projects, remove_goal
from borging.store.commands.projects import add_project, change_project, save_phases, set_course
from borging.store.commands.residuals import ItemChange, ItemFields
from borging.store.commands.rows import Row
from borging.store.commands.undo import CannotUndoError, undo
from borging.store.database import writing
from borging.store.queries import dossier, portfolio
from borging.store.queries.history import history, last_entries
from borging.store.tables import Scan
from tests.store.test_dossier import EMPTY, LIST, SINGLE

ANNA, BAS = Actor("Anna de Wit"), Actor("Bas Visser")
DAY = date(2026, 11, 26)
FIELDS = ProjectFields("Beeldbellen", code="P1")


@pytest.fixture
def project(engine: Engine) -> int:
    return add_project(engine, ANNA, FIELDS)


def newest(engine: Engine, project: int) -> int:
    return history(engine, project, 1)[0].id


def rename(engine: Engine, actor: Actor, project: int, title: str, version: int = 1) -> None:
    row = Row("Project", replace(FIELDS, title=title, end=DAY), project, version, FIELDS)
    change_project(engine, actor, row)


def title(engine: Engine) -> str:
    return str(portfolio.projects(engine, DAY)["title"].iloc[0])


def test_everything_under_a_project_is_told_newest_first(engine: Engine, project: int) -> None:
    rename(engine, BAS, project, "Zorg op afstand")
    set_course(engine, ANNA, project, CourseFields("green", "Het loopt.", "Anna"), DAY, seen=0)
    phase = PhaseFields("handover", planned_end=DAY)
    save_phases(engine, ANNA, project, [Row("Overdracht", phase)], DAY)
    residuals.add_item(engine, BAS, project, ItemFields("Rechten"), DAY)
    save_items(engine, BAS, project, LIST, [Row("rij 1", EMPTY | {"name": "Nachtdienst"})])
    other = add_project(engine, BAS, ProjectFields("Ander"))
    residuals.add_item(engine, BAS, other, ItemFields("Van een ander"), DAY)
    found = history(engine, project, 99)
    assert [(each.who, each.summary) for each in found] == [
        ("Bas Visser", "Dossier van P1, mensen: ‘Nachtdienst’ toegevoegd."),
        ("Bas Visser", "Restpunt ‘Rechten’ toegevoegd."),
        ("Anna de Wit", "Fase Overdracht van P1 ingevuld."),
        ("Anna de Wit", "Koers van P1: op koers."),
        ("Bas Visser", "Project P1 gewijzigd."),
        ("Anna de Wit", "Project P1 ‘Beeldbellen’ toegevoegd."),
    ]
    assert (found[4].before, found[4].after) == (
        {"title": "Beeldbellen", "end": None},
        {"title": "Zorg op afstand", "end": "2026-11-26"},
    )
    assert found[0].list_key == "people"
    assert [each.undoable for each in found] == [True, True, True, True, True, False]
    assert len(history(engine, project, 2)) == 2


def test_a_need_that_was_read_in_is_told_of_its_own_project(engine: Engine, project: int) -> None:
    other = add_project(engine, ANNA, ProjectFields("Ander"))
    save_functions(engine, ANNA, [Row("rij 1", FunctionFields("Projectleider", 1.0, 36.0, 0.5))])
    save_needs(engine, ANNA, other, [Row("rij 1", NeedFields(1, 8.0, DAY, DAY))])
    with writing(engine, BAS) as write:
        write.record("import", "staffing_need", 1, "Inzet ingelezen uit werkboek.xlsx.")
    told = {
        each: [entry.summary for entry in history(engine, each, 9)] for each in (project, other)
    }
    assert not [words for words in told[project] if words.startswith("Inzet")]
    assert [words for words in told[other] if words.startswith("Inzet")] == [
        "Inzet ingelezen uit werkboek.xlsx.",
        "Inzet van project P-0002 gewijzigd.",
    ]


def test_of_a_scan_nothing_is_told_that_says_who_answered(engine: Engine, project: int) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO instrument (id, key, version, title) VALUES (1, 'nhs', '1', 'Scan')"
        )
        connection.execute(
            insert(Scan).values(
                id=1, project_id=project, instrument_id=1, kind="individual", scanned_on=DAY
            )
        )
    with writing(engine, ANNA) as write:
        write.record("open_round", "scan", 1, "P1: ronde geopend", before={"a": 1}, after={"a": 2})
        write.record("invite", "scan", 1, "uitgenodigd", labels=["Carla Bos"])
        write.record("add_responses", "scan", 1, "Antwoorden ontvangen")
        write.record("revoke", "scan", 1, "link van Carla Bos ingetrokken")
    told = [each for each in history(engine, project, 99) if each.entity == "scan"]
    assert [each.summary for each in told] == ["P1: ronde geopend"]
    assert (told[0].before, told[0].after, told[0].undoable) == (None, None, False)


def test_the_last_change_is_undone_and_undoing_can_be_undone(engine: Engine, project: int) -> None:
    rename(engine, ANNA, project, "Zorg op afstand")
    assert undo(engine, BAS, [newest(engine, project)]) == "Teruggedraaid: Project P1 gewijzigd."
    assert title(engine) == "Beeldbellen"
    assert portfolio.projects(engine, DAY)["end"].isna().all()
    assert portfolio.projects(engine, DAY)["version"].tolist() == [3]
    assert undo(engine, BAS, [newest(engine, project)]) == "Project P1 gewijzigd."
    assert title(engine) == "Zorg op afstand"
    assert portfolio.projects(engine, DAY)["end"].iloc[0].date() == DAY


def test_only_the_last_change_is_undone(engine: Engine, project: int) -> None:
    rename(engine, ANNA, project, "Eerst")
    entry = newest(engine, project)
    rename(engine, BAS, project, "Daarna", version=2)
    with pytest.raises(CannotUndoError, match="nog iets aan gewijzigd, door Bas Visser"):
        undo(engine, ANNA, [entry])
    assert title(engine) == "Daarna"


def test_what_was_added_or_removed_is_undone_too(engine: Engine, project: int) -> None:
    row = Row("rij 1", EMPTY | {"name": "Nachtdienst"})
    (item,) = save_items(engine, ANNA, project, LIST, [row])
    save_items(engine, ANNA, project, LIST, [Row("rij 1", None, item, 1)])
    undo(engine, ANNA, last_entries(engine, "dossier_item", [item]))
    assert dossier.items_of(engine, project)["content"].tolist() == [{"name": "Nachtdienst"}]
    set_course(engine, ANNA, project, CourseFields("green", "Het loopt.", "Anna"), DAY, seen=0)
    undo(engine, ANNA, [newest(engine, project)])
    assert portfolio.projects(engine, DAY)["course"].isna().all()


def test_of_two_items_where_one_would_do_each_can_still_be_changed(
    engine: Engine, project: int
) -> None:
    (first,) = save_items(engine, ANNA, project, SINGLE, [Row("plan", {"name": "Eerst"})])
    save_items(engine, ANNA, project, SINGLE, [Row("plan", None, first, 1)])
    save_items(engine, BAS, project, SINGLE, [Row("plan", {"name": "Later"})])
    undo(engine, ANNA, last_entries(engine, "dossier_item", [first]))
    again = Row("plan", {"name": "Samen"}, first, 3, {"name": "Eerst"})
    assert save_items(engine, ANNA, project, SINGLE, [again]) == [first]


def test_more_rows_are_undone_together_or_not_at_all(engine: Engine, project: int) -> None:
    rows = [Row(f"rij {n}", EMPTY | {"name": f"Groep {n}"}) for n in (1, 2)]
    ids = save_items(engine, ANNA, project, LIST, rows)
    entries = last_entries(engine, "dossier_item", ids)
    save_items(engine, BAS, project, LIST, [Row("rij 1", None, ids[0], 1)])
    with pytest.raises(CannotUndoError):
        undo(engine, ANNA, entries)
    assert len(dossier.items_of(engine, project)) == 1
    assert undo(engine, ANNA, last_entries(engine, "dossier_item", ids)).startswith("2 wijzigingen")
    kept = dossier.items_of(engine, project)["content"].tolist()
    assert kept == [{"name": "Groep 1"}]


def test_a_restpunt_gets_its_owner_and_acceptance_back(engine: Engine, project: int) -> None:
    add_project(engine, ANNA, ProjectFields("x", sponsor_id="Carla", owner_id="Dirk"))
    item = residuals.add_item(engine, ANNA, project, ItemFields("Rechten", 1), DAY)
    residuals.accept_for_line(engine, ANNA, {item: 1}, 1, DAY)
    change = ItemChange(item, 2, ItemFields("Rechten", 1), ItemFields("Rechten", 2))
    residuals.change_items(engine, BAS, [change])
    undo(engine, BAS, [newest(engine, project)])
    row = portfolio.residual_items(engine).iloc[0]
    assert (row["owner"], row["accepted_by"], row["accepted_on"].date()) == ("Carla", "Carla", DAY)
    assert row["version"] == 4


def test_what_cannot_be_undone_says_so(engine: Engine, project: int) -> None:
    for entries in ([newest(engine, project)], [999], []):
        with pytest.raises(CannotUndoError):
            undo(engine, ANNA, entries)
    assert title(engine) == "Beeldbellen"


def test_a_move_in_the_goal_tree_stands_in_the_history_and_comes_before_what_it_changed(
    engine: Engine, project: int
) -> None:
    first, second = (add_goal(engine, ANNA, GoalFields(name, "goal")) for name in ("Een", "Twee"))
    seen = replace(FIELDS, goal_id=first)
    change_project(engine, ANNA, Row("Project", seen, project, 1, FIELDS))
    changed = newest(engine, project)
    hang_projects(engine, BAS, second, {project: first})
    told = history(engine, project, 1)[0]
    assert told.summary == "Project P1 verhangen in de doelenboom."
    assert (told.before, told.after) == ({"goal_id": first}, {"goal_id": second})
    with pytest.raises(CannotUndoError, match="nog iets aan gewijzigd, door Bas Visser"):
        undo(engine, ANNA, [changed])
    undo(engine, ANNA, [told.id])
    assert portfolio.projects(engine, DAY)["goal"].tolist() == ["Een"]


def test_nothing_goes_back_to_what_was_taken_away(engine: Engine, project: int) -> None:
    first, second = (add_goal(engine, ANNA, GoalFields(name, "goal")) for name in ("Een", "Twee"))
    hang_projects(engine, ANNA, first, {project: None})
    hang_projects(engine, ANNA, second, {project: first})
    remove_goal(engine, BAS, first, 1)
    with pytest.raises(CannotUndoError, match="is er niet meer"):
        undo(engine, ANNA, [newest(engine, project)])
    assert portfolio.projects(engine, DAY)["goal"].tolist() == ["Twee"]


def test_what_changed_outside_the_history_is_not_lost_by_undoing(
    engine: Engine, project: int
) -> None:
    rename(engine, ANNA, project, "Zorg op afstand")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE project SET title = 'Elders gewijzigd'")
    with pytest.raises(CannotUndoError, match="op een andere manier veranderd"):
        undo(engine, ANNA, [newest(engine, project)])
    assert title(engine) == "Elders gewijzigd"
