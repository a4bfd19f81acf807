"""Declaring a result geborgd in a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, insert

from borging.access.actor import Actor
from borging.domain.project_fields import ProjectFields
from borging.domain.sustain import Declaration
from borging.store.commands.projects import add_project
from borging.store.commands.rows import RowsError
from borging.store.commands.sustain import UnusualDeclarationError, declare
from borging.store.queries import portfolio
from borging.store.tables import ProjectResult

ANNA = Actor("Anna de Wit")
DAY = date(2026, 11, 26)
SAID = Declaration("sustained", DAY, "Carla Bos", "Iedereen werkt zo.")


@pytest.fixture
def project(engine: Engine) -> int:
    made = add_project(engine, ANNA, ProjectFields("Beeldbellen", project_lead_id="Piet Lam"))
    with engine.begin() as connection:
        row = {"project_id": made, "title": "Beeldbellen", "handed_over_on": DAY}
        connection.execute(insert(ProjectResult).values(**row))
    return made


def test_a_declaration_stands_with_its_evidence_and_who_gave_it(
    engine: Engine, project: int
) -> None:
    declare(engine, ANNA, project, SAID, DAY)
    row = portfolio.projects(engine, DAY).iloc[0]
    assert (row["verdict"], row["declared_by"], row["evidence"]) == (
        "sustained",
        "Carla Bos",
        "Iedereen werkt zo.",
    )


def test_what_is_unusual_is_asked_and_then_written_with_the_evidence(
    engine: Engine, project: int
) -> None:
    by_lead = replace(SAID, declared_by_id="Piet Lam", declared_on=DAY - timedelta(1))
    with pytest.raises(UnusualDeclarationError) as asked:
        declare(engine, ANNA, project, by_lead, DAY)
    assert asked.value.sentences == (
        "Verklaard door de projectleider, niet door iemand in de lijn.",
        "Op die dag was niet elk resultaat overgedragen.",
    )
    assert portfolio.projects(engine, DAY)["verdict"].isna().all()
    declare(engine, ANNA, project, by_lead, DAY, knowing=True)
    evidence = portfolio.projects(engine, DAY)["evidence"].iloc[0]
    assert evidence.splitlines() == ["Iedereen werkt zo.", *asked.value.sentences]


def test_it_relapses_with_a_reason_and_can_be_sustained_again(engine: Engine, project: int) -> None:
    relapse = replace(SAID, verdict="relapsed", evidence="Het team is gewisseld.")
    with pytest.raises(RowsError, match="eerder als geborgd"):
        declare(engine, ANNA, project, relapse, DAY)
    declare(engine, ANNA, project, SAID, DAY)
    declare(engine, ANNA, project, relapse, DAY)
    assert portfolio.projects(engine, DAY)["verdict"].iloc[0] == "relapsed"
    declare(engine, ANNA, project, SAID, DAY)
    assert portfolio.projects(engine, DAY)["verdict"].iloc[0] == "sustained"


def test_nothing_is_declared_of_a_project_that_is_gone(engine: Engine) -> None:
    with pytest.raises(RowsError, match="Dit project is er niet meer"):
        declare(engine, ANNA, 99, SAID, DAY)
