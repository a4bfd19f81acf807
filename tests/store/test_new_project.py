"""Planning a project: everything of it in one transaction, or nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.new_project import NewProject
from borging.domain.staffing import NeedFields
from borging.store import database
from borging.store.commands.capacity import Row, save_functions
from borging.store.commands.new_project import NewProjectError, plan_project
from borging.store.queries import capacity, portfolio, structure
from borging.store.queries.structure import people
from borging.store.tables import AuditEntry, Person
from tests.store.test_capacity import LEAD

ANNA = Actor("Anna de Wit")
TODAY = date(2026, 11, 26)
FIELDS = NewProject(
    " Beeldzorg  in de wijk ", date(2027, 2, 1), date(2027, 12, 12), date(2028, 6, 1)
)


@pytest.fixture
def person(engine: Engine) -> int:
    with Session(engine) as session, session.begin():
        row = Person(name="Els de Boer")
        session.add(row)
        session.flush()
        assert row.id is not None
        return row.id


def test_a_project_comes_with_its_phases_result_and_needs(engine: Engine, person: int) -> None:
    save_functions(engine, ANNA, [Row("rij 1", LEAD)])
    (function,) = capacity.functions(engine)["id"]
    need = NeedFields(int(function), 4.0, date(2027, 2, 1), date(2027, 3, 28), False, "preparation")
    before = database.revision(engine)
    fields = replace(FIELDS, owner_id=person, project_lead_id=person, borging_in_plan=True)
    made = plan_project(engine, ANNA, fields, [need])
    assert database.revision(engine) == before + 1
    assert made.code == "NP-001"
    project = portfolio.projects(engine, TODAY).iloc[0]
    assert (project["id"], project["title"]) == (made.id, "Beeldzorg in de wijk")
    assert (project["state"], project["owner"]) == ("planned", "Els de Boer")
    assert project["next_handover"].date() == project["end"].date() == date(2027, 12, 12)
    phases = portfolio.phases(engine)
    assert phases["carried_by"].tolist() == ["project"] * 4 + ["line"]
    assert phases["planned_end"].iloc[-1].date() == date(2028, 6, 1)
    assert not phases["confirmed"].any()
    assert portfolio.results(engine)["formal_receiver"].tolist() == ["Els de Boer"]
    (asked,) = capacity.needs(engine).to_dict("records")
    assert (asked["hours_per_week"], asked["firm"], asked["phase"]) == (4.0, False, "preparation")
    with Session(engine) as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.entity == "project")).one()
    assert entry.summary == "Project NP-001 ‘Beeldzorg in de wijk’ ingepland."
    assert len(json.loads(entry.detail or "")["phases"]) == 5


def test_codes_go_on_after_the_highest(engine: Engine) -> None:
    assert plan_project(engine, ANNA, FIELDS, []).code == "NP-001"
    other = replace(FIELDS, title="Roosters")
    assert plan_project(engine, ANNA, other, []).code == "NP-002"


def test_what_is_wrong_is_refused_together_and_leaves_nothing(engine: Engine) -> None:
    before = database.revision(engine)
    wrong = replace(FIELDS, title="", owner_id=99, goal_id=99)
    need = NeedFields(99, -1.0, date(2027, 2, 1), date(2027, 1, 1))
    with pytest.raises(NewProjectError) as refusal:
        plan_project(engine, ANNA, wrong, [need])
    assert refusal.value.sentences == (
        "Geef het project een titel.",
        "Dit thema bestaat niet meer. Kies opnieuw.",
        "Inzet: de uren per week moeten meer dan 0 zijn, ten hoogste 10.000.",
        "Inzet: het einde (01-01-2027) ligt vóór het begin (01-02-2027).",
        "Inzet: kies een functie uit de lijst.",
        "Eigenaar in de lijn: deze persoon staat niet (meer) in de lijst; kies iemand anders.",
    )
    assert database.revision(engine) == before
    assert portfolio.projects(engine, TODAY).empty


def test_a_new_name_is_added_once_and_is_who_hangs_below_the_project(engine: Engine) -> None:
    fields = replace(FIELDS, owner_id="Noor  Bakker", project_lead_id="noor bakker")
    plan_project(engine, ANNA, fields, [])
    project = portfolio.projects(engine, TODAY).iloc[0]
    assert (project["owner"], project["project_lead"]) == ("Noor Bakker", "Noor Bakker")
    assert structure.people(engine)["name"].tolist() == ["Noor Bakker"]
    with pytest.raises(NewProjectError, match="met deze titel"):
        plan_project(engine, ANNA, replace(fields, sponsor_id="Iemand"), [])
    assert structure.people(engine)["name"].tolist() == ["Noor Bakker"]


def test_saving_twice_makes_one_project(engine: Engine) -> None:
    plan_project(engine, ANNA, FIELDS, [])
    with pytest.raises(NewProjectError, match="met deze titel en dit begin: NP-001"):
        plan_project(engine, ANNA, FIELDS, [])
    assert len(portfolio.projects(engine, TODAY)) == 1


def test_new_names_join_the_list_once_and_only_when_the_project_is_made(engine: Engine) -> None:
    named = replace(FIELDS, owner_id="Carla Bos", project_lead_id="carla  bos")
    with pytest.raises(NewProjectError):
        plan_project(engine, ANNA, replace(named, title=""), [])
    assert people(engine).empty
    plan_project(engine, ANNA, named, [])
    assert people(engine)["name"].tolist() == ["Carla Bos"]
    project = portfolio.projects(engine, TODAY).iloc[0]
    assert project["owner"] == project["project_lead"] == "Carla Bos"
    with pytest.raises(NewProjectError, match="ten hoogste 100 tekens"):
        plan_project(engine, ANNA, replace(FIELDS, title="Lang", owner_id="x" * 101), [])
