"""Answers of the example that its own facts contradict, and how far its scans are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine

from borging.access.actor import COMMAND_LINE
from borging.domain.scan_standing import ScanStage
from borging.services import stages
from borging.services.dossier import dossier
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.hard_side import contradictions, hard_side
from borging.store import database
from borging.store.commands.example import write_example
from borging.store.queries import dossier as items
from borging.store.queries import portfolio, scans, structure
from tests.dossiers import IDS, PARTS
from tests.scans import NHS

DAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = database.open_database(f"sqlite:///{tmp_path_factory.mktemp('facts') / 'x.db'}")
    write_example(engine, COMMAND_LINE, DAY, projects=40, seed=7)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def dossiers(example: Engine) -> dict[str, Dossier]:
    phases = stages.with_status(portfolio.phases(example), DAY)
    projects = stages.with_stage(portfolio.projects(example, DAY), phases, DAY)
    found = {}
    for project_id, code in zip(projects["id"].tolist(), projects["code"].tolist(), strict=True):
        own = dossier.dossier(
            projects,
            project_id,
            PARTS,
            items.items_of(example, project_id),
            portfolio.results(example),
            phases,
            portfolio.residual_items(example),
            structure.people(example),
            structure.units(example),
            tuple(IDS),
            DAY,
        )
        assert own is not None
        found[code] = own
    return found


def test_each_yes_that_the_facts_contradict_is_noticed(dossiers: dict[str, Dossier]) -> None:
    noticed = defaultdict(set)
    for code, own in dossiers.items():
        for _, question in contradictions(own):
            noticed[question].add(code)
    assert noticed == {
        "running_costs": {"P02", "P06"},
        "residual_items": {"P01", "P06", "P24", "P26", "P28"},
        "evaluation": {"P08", "P26", "P35"},
        "practical_receiver": {"P21"},
        "handover_risks": {"P03", "P04", "P06"},
    }


def test_a_result_without_answers_counts_as_open(dossiers: dict[str, Dossier]) -> None:
    hard = hard_side(dossiers["P17"])
    assert hard is not None
    assert (hard.value, hard.open) == ("6 van 30 ja", 18)


def test_a_round_with_too_few_answers_is_no_project_without_a_scan(
    example: Engine, dossiers: dict[str, Dossier]
) -> None:
    found = scans.standings(example, NHS, DAY)
    stage = found[dossiers["P17"].project_id].stage
    assert stage is ScanStage.TOO_FEW
    measured = set(scans.newest_scans(example, NHS, DAY)["project_id"])
    assert {each for each, own in found.items() if own.stage is ScanStage.MEASURED} == measured
