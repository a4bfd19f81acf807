"""A project in a database: added, changed by two, its koers and its phases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from borging.access.actor import Actor
from borging.domain.project_fields import (
    PHASE_LABELS,
    PROJECT_LABELS,
    CourseFields,
    PhaseFields,
    ProjectFields,
)
from borging.store.commands.people import PersonError, add_person
from borging.store.commands.projects import add_project, change_project, save_phases, set_course
from borging.store.commands.rows import Row, RowsChangedError, RowsError
from borging.store.queries import portfolio, structure

ANNA, BAS = Actor("Anna de Wit"), Actor("Bas Visser")
DAY = date(2026, 11, 26)
RED = CourseFields("red", "Er zijn te weinig uren.", "Anna de Wit")


def facts(engine: Engine) -> dict[str, Any]:
    table = portfolio.projects(engine, DAY)
    return {str(k): v for k, v in table.astype(object).where(table.notna(), None).iloc[0].items()}


def fields(engine: Engine) -> ProjectFields:
    row = facts(engine)
    days = {name: row[name] and row[name].date() for name in ("start", "end", "funding_end")}
    return ProjectFields(**({name: row[name] for name in PROJECT_LABELS} | days))


def change(engine: Engine, actor: Actor, version: int, before: ProjectFields, **new: Any) -> None:
    row = Row("Project", replace(before, **new), 1, version, before)
    change_project(engine, actor, row)


def test_a_project_begins_with_a_title_and_gets_a_code(engine: Engine) -> None:
    assert add_project(engine, ANNA, ProjectFields("  Beeld  bellen ")) == 1
    row = facts(engine)
    assert (row["title"], row["code"], row["state"]) == ("Beeld bellen", "P-0001", "unknown")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": " "}, "Project: vul ‘Titel’ in."),
        (
            {"start": DAY, "end": DAY - timedelta(1)},
            "Project: ‘Laatste dag’ 25-11-2026 ligt vóór ‘Eerste dag’ 26-11-2026; verander een van "
            "de twee.",
        ),
        ({"owner_id": 99}, "Project: deze persoon staat niet (meer) in de lijst"),
        ({"unit_id": 99}, "Project: ‘Eenheid’ is er niet meer; kies opnieuw."),
        ({"end": date(1900, 1, 1)}, "Project: ‘Laatste dag’ is geen dag tussen 1950 en 2199."),
    ],
)
def test_what_is_wrong_is_refused_in_words(
    engine: Engine, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(RowsError) as refused:
        add_project(engine, ANNA, ProjectFields(**({"title": "Beeldbellen"} | wrong)))
    assert refused.value.sentences[0].startswith(said)
    assert portfolio.projects(engine, DAY).empty


def test_a_project_of_one_day_is_possible(engine: Engine) -> None:
    add_project(engine, ANNA, ProjectFields("Beeldbellen", start=DAY, end=DAY))
    assert facts(engine)["end"].date() == DAY


def test_somebody_new_is_named_where_he_is_needed_and_added_once(engine: Engine) -> None:
    add_project(engine, ANNA, ProjectFields("Beeldbellen", owner_id="Özlem  Bos"))
    before = fields(engine)
    change(engine, ANNA, 1, before, sponsor_id="özlem bos")
    row = facts(engine)
    assert (row["owner"], row["sponsor"]) == ("Özlem Bos", "Özlem Bos")
    assert structure.people(engine)["name"].tolist() == ["Özlem Bos"]


def test_a_code_belongs_to_one_project(engine: Engine) -> None:
    add_project(engine, ANNA, ProjectFields("Beeldbellen", code="P-0002"))
    with pytest.raises(
        RowsError, match="‘P-0002’ is al de code van ‘Beeldbellen’; kies een andere"
    ):
        add_project(engine, ANNA, ProjectFields("Ander", code=" P-0002 "))
    add_project(engine, ANNA, ProjectFields("Ander"))
    codes = portfolio.projects(engine, DAY)["code"].tolist()
    assert codes == ["P-0002", "P-0003"]
    other = ProjectFields("Ander", code="P-0003")
    with pytest.raises(RowsError, match="al de code van"):
        change_project(
            engine, ANNA, Row("Project", replace(other, code="P-0002"), 2, 1, before=other)
        )
    change_project(engine, ANNA, Row("Project", replace(other, title="Nieuw"), 2, 1, before=other))


def test_a_refused_change_adds_nobody(engine: Engine) -> None:
    with pytest.raises(RowsError):
        add_project(engine, ANNA, ProjectFields("", owner_id="Carla Bos"))
    assert structure.people(engine).empty


def test_who_shares_a_name_needs_a_role(engine: Engine) -> None:
    add_person(engine, ANNA, "Carla Bos")
    with pytest.raises(PersonError, match="staat al in de lijst"):
        add_person(engine, ANNA, " carla bos ")
    add_person(engine, ANNA, "Carla Bos", "wijkverpleegkundige")
    assert len(structure.people(engine)) == 2


def test_the_second_is_told_what_changed_and_may_save_on_top(engine: Engine) -> None:
    add_project(engine, ANNA, ProjectFields("Beeldbellen"))
    seen = fields(engine)
    change(engine, BAS, 1, seen, state="running", owner_id="Carla Bos")
    with pytest.raises(RowsChangedError) as refused:
        change(engine, ANNA, 1, seen, end=DAY)
    assert refused.value.sentences == (
        "Project: intussen gewijzigd door Bas Visser: ‘Eigenaar in de lijn’ is nu Carla Bos "
        "(was leeg); ‘Stand’ is nu ‘lopend’ (was ‘onbekend’).",
    )
    change(engine, ANNA, refused.value.versions[1], seen, end=DAY)
    row = facts(engine)
    assert (row["state"], row["owner"], row["end"].date()) == ("running", "Carla Bos", DAY)


def test_saving_what_is_there_already_writes_nothing(engine: Engine) -> None:
    add_project(engine, ANNA, ProjectFields("Beeldbellen"))
    change(engine, ANNA, 1, fields(engine))
    assert facts(engine)["version"] == 1


def test_a_red_koers_names_the_decision_from_whom_and_before_when(engine: Engine) -> None:
    add_project(engine, ANNA, ProjectFields("Beeldbellen"))
    with pytest.raises(RowsError, match="en van wie, en uiterlijk op welke dag"):
        set_course(engine, ANNA, 1, RED, DAY, seen=0)
    asked = replace(RED, decision="Meer uren?", decision_from="Stuurgroep", decision_before=DAY)
    with pytest.raises(RowsError, match="26-11-2026, is al voorbij"):
        set_course(engine, ANNA, 1, asked, DAY + timedelta(1), seen=0)
    first = set_course(engine, ANNA, 1, asked, DAY, seen=0)
    row = facts(engine)
    assert (row["course"], row["course_by"], row["decision"]) == (
        "red",
        "Anna de Wit",
        "Meer uren?",
    )
    set_course(engine, ANNA, 1, replace(asked, course="green"), DAY, seen=first)
    assert (facts(engine)["course"], facts(engine)["decision"]) == ("green", None)


@pytest.mark.parametrize("empty", [{"sentence": " "}, {"signed_by_id": None}, {"course": ""}])
def test_a_koers_has_a_sentence_and_a_signature(engine: Engine, empty: dict[str, Any]) -> None:
    add_project(engine, ANNA, ProjectFields("Beeldbellen"))
    with pytest.raises(RowsError):
        set_course(engine, ANNA, 1, replace(RED, **({"course": "green"} | empty)), DAY, seen=0)


def test_who_signs_a_koers_second_is_told_of_the_first_once(engine: Engine) -> None:
    add_project(engine, ANNA, ProjectFields("Beeldbellen"))
    mine = CourseFields("amber", "Twee teams wachten.", "Carla Bos")
    assert portfolio.newest_report(engine, 1) == 0
    first = set_course(engine, BAS, 1, replace(mine, course="green"), DAY, seen=0)
    assert portfolio.newest_report(engine, 1) == first
    with pytest.raises(RowsChangedError, match=r"Bas Visser legde .* vast: op koers") as told:
        set_course(engine, ANNA, 1, mine, DAY, seen=0)
    assert told.value.versions == {1: first}
    second = set_course(engine, ANNA, 1, mine, DAY, seen=first)
    assert portfolio.newest_report(engine, 1) == second


def test_phases_are_filled_in_changed_and_merged(engine: Engine) -> None:
    add_project(engine, ANNA, ProjectFields("Beeldbellen"))
    empty = PhaseFields("handover")
    planned = replace(empty, planned_start=DAY, planned_end=DAY)
    save_phases(engine, ANNA, 1, [Row("Overdracht", planned, before=empty)], DAY)
    row = portfolio.phases(engine).iloc[0]
    first = int(row["id"])
    begun = replace(planned, actual_start=DAY)
    save_phases(engine, BAS, 1, [Row("Overdracht", begun, first, 1, planned)], DAY)
    mine = replace(planned, accountable_id="Carla Bos")
    with pytest.raises(RowsChangedError, match="‘Begonnen’ is nu 26-11-2026") as refused:
        save_phases(engine, ANNA, 1, [Row("Overdracht", mine, first, 1, planned)], DAY)
    again = Row("Overdracht", mine, first, refused.value.versions[first], planned)
    save_phases(engine, ANNA, 1, [again], DAY)
    row = portfolio.phases(engine).iloc[0]
    assert (row["accountable"], row["actual_start"].date()) == ("Carla Bos", DAY)


def test_a_phase_that_two_fill_in_at_once_is_refused_for_the_second(engine: Engine) -> None:
    add_project(engine, ANNA, ProjectFields("Beeldbellen"))
    new = Row(
        "Overdracht", PhaseFields("handover", planned_end=DAY), before=PhaseFields("handover")
    )
    save_phases(engine, BAS, 1, [new], DAY)
    with pytest.raises(RowsError, match="Bas Visser vulde deze fase intussen ook in"):
        save_phases(engine, ANNA, 1, [new], DAY)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"planned_start": DAY, "planned_end": DAY - timedelta(1)}, "‘Einde volgens plan’"),
        ({"actual_start": DAY, "actual_end": DAY - timedelta(1)}, "‘Afgerond’"),
        ({"actual_start": DAY + timedelta(1)}, "‘Begonnen’ 27-11-2026 is nog niet geweest"),
        ({"carried_by": "nobody"}, "‘Gedragen door’ is project of lijn"),
    ],
)
def test_dates_that_cannot_be_are_refused(engine: Engine, wrong: dict[str, Any], said: str) -> None:
    add_project(engine, ANNA, ProjectFields("Beeldbellen"))
    with pytest.raises(RowsError, match=f"Overdracht: {said}"):
        save_phases(engine, ANNA, 1, [Row("Overdracht", PhaseFields("handover", **wrong))], DAY)


def test_a_project_that_is_gone_takes_nothing(engine: Engine) -> None:
    for write in (
        lambda: change(engine, ANNA, 1, ProjectFields("x"), title="y"),
        lambda: set_course(engine, ANNA, 1, replace(RED, course="green"), DAY, seen=0),
        lambda: save_phases(engine, ANNA, 1, [], DAY),
    ):
        with pytest.raises(RowsError, match="Dit project is er niet meer"):
            write()


def test_every_field_has_its_words() -> None:
    assert set(PROJECT_LABELS) == set(vars(ProjectFields("x")))
    assert {"phase", *PHASE_LABELS} == set(vars(PhaseFields("x")))
