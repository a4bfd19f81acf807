"""The proposal on the screen of the scenarios: make one, see what moves, keep it."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import COMMAND_LINE
from borging.domain.changes import ShiftPhase, read_changes
from borging.domain.room import RoomFields
from borging.domain.staffing import FunctionFields, NeedFields
from borging.planning.levelling.search import Proposal, Search
from borging.store import database
from borging.store.commands.capacity import Row, save_functions, save_needs, save_rooms
from borging.store.queries import capacity, scenarios
from borging.store.tables import PhaseRecord, Project
from borging.ui.scenarios import proposal_job
from tests.pages.conftest import Visit

PHASE = "introduction"


def next_monday(weeks: int = 1) -> date:
    today = clock.today()
    return today + timedelta(days=7 * weeks - today.weekday())


@pytest.fixture
def own_url(sqlite_url: str) -> str:
    """Two projects that ask 20 hours in the same two weeks of a function that has 36 at most."""
    engine = database.engine_for(sqlite_url)
    first, last = next_monday(30), next_monday(32) - timedelta(days=3)
    with database.writing(engine, COMMAND_LINE) as write:
        for number in (1, 2):
            project = Project(code=f"P0{number}", title=":red[Zorg]", state="running")
            write.session.add(project)
            write.session.flush()
            write.session.add(
                PhaseRecord(
                    project_id=project.id, phase=PHASE, planned_start=first, planned_end=last
                )
            )
    save_functions(engine, COMMAND_LINE, [Row("rij 1", FunctionFields("Leider", 1, 36, 1))])
    for number in (1, 2):
        need = NeedFields(1, 20, first, last, phase=PHASE)
        save_needs(engine, COMMAND_LINE, number, [Row("rij 1", need)])
    return sqlite_url


def words(app: AppTest) -> str:
    shown = (*app.header, *app.subheader, *app.markdown, *app.warning)
    return " ".join(each.value for each in shown).replace("\\", "")


def propose(app: AppTest) -> AppTest:
    """Have a proposal made and wait until it is there."""
    app.button(key="voorstel_maken").click().run()
    app.session_state["voorstel"].wait(30)
    return app.run()


def table(app: AppTest) -> Any:
    return next(each.value for each in app.dataframe if "why" in each.value.columns)


def test_a_proposal_is_made_explained_and_kept_as_a_scenario(visit: Visit, own_url: str) -> None:
    app = propose(visit("scenarios", own_url, periode="jaar"))
    assert not app.exception
    assert "naar 0 uur" in words(app)
    assert "Bewezen het beste plan" in words(app)
    (row,) = table(app).to_dict("records")
    assert row["shift"] in ("2 weken later", "2 weken eerder")
    assert "uur leider" in row["why"]
    assert "tekort" in row["why"]
    app.text_input(key="voorstel_naam").set_value("Beter verdeeld")
    app.button(key="voorstel_bewaren").click().run()
    assert not app.exception
    assert "‘Beter verdeeld’ bewaard" in words(app)
    (kept,) = scenarios.scenarios(database.engine_for(own_url)).to_dict("records")
    (change,) = read_changes(kept["changes"])
    assert isinstance(change, ShiftPhase)
    assert (abs(change.weeks), change.phase) == (2, PHASE)
    assert app.query_params["id"] == str(kept["id"])


def test_a_name_that_is_taken_is_refused_and_the_proposal_stays(visit: Visit, own_url: str) -> None:
    app = propose(visit("scenarios", own_url, periode="jaar"))
    app.text_input(key="voorstel_naam").set_value(" ")
    app.button(key="voorstel_bewaren").click().run()
    assert scenarios.scenarios(database.engine_for(own_url)).empty
    assert app.warning
    assert len(table(app)) == 1


def test_room_is_written_down_and_counts(visit: Visit, own_url: str) -> None:
    app = visit("scenarios", own_url, periode="jaar", ruimte="true")
    cells = {"project_id": 1, "weeks_earlier": "0", "weeks_later": "1"}
    state = {"edited_rows": {}, "added_rows": [cells], "deleted_rows": []}
    app.session_state["ruimte_rijen_tabel_0"] = state
    app.run()
    app.session_state["ruimte_rijen_tabel_0"] = state
    app.button(key="ruimte_rijen_opslaan").click().run()
    assert not app.exception
    (kept,) = capacity.rooms(database.engine_for(own_url)).to_dict("records")
    assert (kept["project_id"], kept["weeks_earlier"], kept["weeks_later"]) == (1, 0, 1)
    app = propose(app)
    (row,) = table(app).to_dict("records")
    assert row["project"].startswith("P02")


def test_dates_that_contradict_are_named_and_a_changed_plan_asks_for_a_new_proposal(
    visit: Visit, own_url: str
) -> None:
    app = propose(visit("scenarios", own_url, periode="jaar"))
    late = RoomFields(2, latest_end=next_monday(20))
    save_rooms(database.engine_for(own_url), COMMAND_LINE, [Row("rij 1", late)])
    app.run()
    assert "P01" not in words(app)
    assert "kunnen niet samen" in words(app)
    assert "P02 :red[Zorg], Introductie: op zijn vroegst klaar op" in words(app)
    assert "Maak een nieuw voorstel" in words(app)


def test_a_search_shows_how_far_it_is_and_can_be_stopped(
    visit: Visit, own_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search begins when somebody says stop, and so has its first plan alone."""
    run, stop, stopped = Search.run, Search.stop, threading.Event()

    def waiting(search: Search) -> Proposal:
        stopped.wait(20)
        return run(search)

    def stopping(search: Search) -> None:
        stop(search)
        stopped.set()

    monkeypatch.setattr(Search, "run", waiting)
    monkeypatch.setattr(Search, "stop", stopping)
    app = visit("scenarios", own_url, periode="jaar")
    app.button(key="voorstel_maken").click().run()
    assert app.button(key="voorstel_maken").disabled
    assert "van hoogstens 10 s" in app.get("progress")[0].proto.text
    app.button(key="voorstel_stop").click().run()
    app.session_state["voorstel"].wait(20)
    app.run()
    assert not app.exception
    assert "Gestopt voor de tijd om was" in words(app)
    assert not app.button(key="voorstel_maken").disabled


def test_who_comes_while_others_search_is_told_to_wait(
    visit: Visit, own_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposal_job._places, "acquire", lambda blocking: False)
    app = visit("scenarios", own_url, periode="jaar")
    app.button(key="voorstel_maken").click().run()
    assert not app.exception
    assert "al voor anderen gezocht" in words(app)
    assert "voorstel" not in app.session_state


def test_without_anything_that_can_move_there_is_no_button(visit: Visit, own_url: str) -> None:
    app = visit("scenarios", own_url, periode="half jaar")
    assert "Er is niets dat kan schuiven" in words(app)
    assert "voorstel_maken" not in [each.key for each in app.button]
