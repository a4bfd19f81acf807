"""A dossier, its history, its documents and its file tell nothing that a scan may not tell."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import date, timedelta
from io import BytesIO

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from borging import clock
from borging.exchange.workbook import writing as workbook_writing
from borging.services import stages
from borging.services.dossier import handover_document as handover_text
from borging.services.dossier import history, lessons, project
from borging.services.dossier.dossier import Dossier, dossier
from borging.services.scores import with_scores
from borging.store.commands import rounds
from borging.store.commands.dossier import save_items
from borging.store.commands.results import save_results
from borging.store.commands.rows import Row
from borging.store.queries import dossier as items
from borging.store.queries import portfolio, scans, structure
from borging.store.queries.history import history as entries
from tests.dossiers import LISTS, PARTS, QUESTIONS
from tests.scans import ANNA, NHS, add_project, open_round, seen
from tests.store.test_anonymity import DAY, LATER, give, invited

SECRETS = ("Collega ", "Opmerking bij", "care")
"""What an invitation, a remark and the group of somebody hold."""


def with_a_dossier(engine: Engine, code: str) -> int:
    """A project with a result and a lesson, so that every document has something to tell."""
    made = add_project(engine, code, "Zelfde naam")
    save_results(engine, ANNA, made, [Row("rij", {"title": "Protocol"})], DAY)
    lesson = {"title": "Na een jaar", "term": "long", "lessons": "Begin eerder."}
    save_items(engine, ANNA, made, LISTS["evaluation"], [Row("rij", lesson)])
    return made


def told(engine: Engine, project_id: int, code: str) -> str:
    """All words about a project on its screen, in its documents, the lessons and the export."""
    said = []
    for day in (DAY, DAY + timedelta(15), LATER):
        found = _dossier(engine, project_id, day)
        view = project.view(found, with_scores(scans.newest_scans(engine, NHS, day), NHS), NHS)
        said += [_words(each) for each in vars(view).values()]
        result = int(found.results["id"].iloc[0])
        said.append(str(handover_text.document(found, QUESTIONS, result)))
        learnt = items.items_in(engine, ["evaluation"])
        own = portfolio.projects(engine, day).query("id == @project_id")
        rows = lessons.view(learnt, LISTS["evaluation"], own, "", day).rows
        said.append(_words(rows.drop(columns=["id", "project_id"])))
    lines = history.lines(entries(engine, project_id, 1000), LISTS, _names(engine), clock.ZONE)
    said += [str(astuple(replace(line, id=0, when=""))) for line in lines]
    book = CalamineWorkbook.from_filelike(BytesIO(workbook_writing.export(engine)))
    for name in book.sheet_names:
        said += [str(row) for row in book.get_sheet_by_name(name).to_python() if code in row]
    return "\n".join(said)


def _dossier(engine: Engine, project_id: int, day: date) -> Dossier:
    judged = stages.with_status(portfolio.phases(engine), day)
    found = dossier(
        stages.with_stage(portfolio.projects(engine, day), judged, day),
        project_id,
        PARTS,
        items.items_of(engine, project_id),
        portfolio.results(engine),
        judged,
        portfolio.residual_items(engine),
        structure.people(engine),
        structure.units(engine),
        tuple(each.id for each in QUESTIONS.questions),
        day,
    )
    assert found is not None
    return found


def _words(value: object) -> str:
    return value.to_csv(index=False) if isinstance(value, pd.DataFrame) else str(value)


def _names(engine: Engine) -> dict[str, dict[int, str]]:
    known = structure.people(engine)
    people = dict(zip(known["id"].tolist(), known["name"].tolist(), strict=True))
    return {"person": people, "unit": {}, "goal": {}}


@pytest.mark.parametrize("given", [1, 4, 5])
def test_a_dossier_does_not_change_while_a_round_is_answered(engine: Engine, given: int) -> None:
    number = with_a_dossier(engine, "P01")
    scan_id = open_round(engine, number, DAY, asks_role=True)
    before = told(engine, number, "P01")
    links = invited(engine, scan_id)
    for link in links[:given]:
        give(engine, link, scan_id, "a" * 10)
    assert told(engine, number, "P01") == before


@pytest.mark.parametrize("given", [1, 3])
def test_a_dossier_does_not_tell_a_round_with_too_few_answers_from_one_without_any(
    engine: Engine, given: int
) -> None:
    said = []
    for code, people in (("P01", given), ("P02", 0)):
        number = with_a_dossier(engine, code)
        scan_id = open_round(engine, number, DAY, asks_role=True)
        for link in invited(engine, scan_id)[:people]:
            give(engine, link, scan_id, "a" * 10)
        rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
        rounds.publish_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
        said.append((number, code))
    first, second = (told(engine, number, code).replace(code, "P") for number, code in said)
    assert first == second
    assert not [secret for secret in SECRETS if secret in first]


def test_a_dossier_tells_the_total_of_enough_answers_and_no_more(engine: Engine) -> None:
    number = with_a_dossier(engine, "P01")
    scan_id = open_round(engine, number, DAY, asks_role=True)
    for link in invited(engine, scan_id)[:4]:
        give(engine, link, scan_id, "a" * 10)
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    assert "geen scan" in told(engine, number, "P01")
    rounds.publish_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    said = told(engine, number, "P01")
    assert "n = 4" in said
    assert not [secret for secret in SECRETS if secret in said]
