from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine

from borging.access.actor import COMMAND_LINE
from borging.domain.instruments import load_instrument
from borging.domain.terms import Course
from borging.services import stages
from borging.services.dossier.hard_side import hard_counts
from borging.services.portfolio import view as portfolio
from borging.services.portfolio.words import finding
from borging.services.scores import with_scores
from borging.services.selection import Selection, selected
from borging.settings import DATA
from borging.store import database
from borging.store.commands import example
from borging.store.queries import dossier, scans
from borging.store.queries import portfolio as facts
from tests.dossiers import IDS

DAY = date(2026, 11, 23)
NHS = load_instrument(DATA / "instruments" / "nhs-borgingsscan.toml")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Engine:
    path = tmp_path_factory.mktemp("portfolio") / "p.db"
    engine = database.open_database(f"sqlite:///{path}")
    example.write_example(engine, COMMAND_LINE, DAY)
    return engine


def scored(engine: Engine, as_of: date) -> pd.DataFrame:
    """Return the newest readable scans of a day with their scores."""
    return with_scores(scans.newest_scans(engine, NHS, as_of), NHS)


def staged(engine: Engine, as_of: date) -> pd.DataFrame:
    judged = stages.with_status(facts.phases(engine), as_of)
    return stages.with_stage(facts.projects(engine, as_of), judged, as_of)


def of_table(engine: Engine, table: pd.DataFrame) -> portfolio.PortfolioView:
    """Return the view of a table of projects that did not change."""
    return portfolio.view(table, table, scored(engine, DAY), facts.results(engine), NHS, DAY, DAY)


def build(engine: Engine, selection: Selection | None = None) -> portfolio.PortfolioView:
    earlier = DAY - timedelta(days=28)
    return portfolio.view(
        projects=selected(staged(engine, DAY), selection or Selection()),
        earlier=staged(engine, earlier),
        scans=scored(engine, DAY),
        results=facts.results(engine),
        instrument=NHS,
        as_of=DAY,
        earlier_as_of=earlier,
        counts=hard_counts(dossier.hard_answers(engine), facts.results(engine), IDS),
    )


@pytest.mark.parametrize(
    ("projects", "active", "unknown", "red", "compared", "behind", "title"),
    [
        (0, 0, 0, 0, 0, 0, "Nog geen projecten"),
        (1, 0, 0, 0, 0, 0, "Geen actieve projecten; 1 project ter inzage"),
        (8, 0, 0, 0, 0, 0, "Geen actieve projecten; 8 projecten ter inzage"),
        (4, 3, 0, 0, 3, 0, "Geen enkel project vraagt een besluit"),
        (4, 3, 0, 1, 3, 0, "1 project vraagt een besluit"),
        (4, 3, 0, 2, 3, 1, "2 projecten vragen een besluit; bij 1 blijft het draagvlak achter"),
        (
            *(4, 3, 0, 0, 2, 1),
            "Geen enkel project vraagt een besluit; bij 1 van de 2 met scan en vragen blijft het "
            "draagvlak achter",
        ),
        (14, 14, 14, 0, 0, 0, "Van 14 projecten is de koers niet bekend"),
        (1, 1, 1, 0, 0, 0, "Van het enige project is de koers niet bekend"),
        (
            *(14, 14, 5, 0, 0, 0),
            "Van 5 van de 14 projecten is de koers niet bekend; van de andere 9 vraagt geen een "
            "besluit",
        ),
        (
            *(14, 14, 5, 1, 0, 0),
            "Van 5 van de 14 projecten is de koers niet bekend; 1 project vraagt een besluit",
        ),
    ],
)
def test_the_finding_says_first_what_is_not_known(
    projects: int, active: int, unknown: int, red: int, compared: int, behind: int, title: str
) -> None:
    assert (
        finding(
            projects,
            active,
            unknown=unknown,
            red=red,
            compared=compared,
            soft_behind=behind,
            hard_behind=0,
        )
        == title
    )


@pytest.mark.parametrize(
    ("soft", "hard", "words"),
    [
        (0, 1, "bij 1 van de 9 met scan en vragen blijven de afspraken achter"),
        (2, 3, "bij 5 van de 9 met scan en vragen lopen afspraken en draagvlak uiteen"),
    ],
)
def test_the_finding_names_the_side_that_is_behind(soft: int, hard: int, words: str) -> None:
    title = finding(10, 10, unknown=0, red=0, compared=9, soft_behind=soft, hard_behind=hard)
    assert title == f"Geen enkel project vraagt een besluit; {words}"


def test_the_counts_agree_with_the_facts(filled: Engine) -> None:
    view = build(filled)
    table = staged(filled, DAY)
    active = table[table["state"].isin(["planned", "running", "unknown"])]
    assert view.figures[0].value == f"{(active['course'] == 'red').sum()} van {len(active)}"
    assert int(view.phases_by_course.to_numpy().sum()) == len(active)
    assert view.phases_by_course["red"].sum() == len(view.decisions)
    assert int(view.states.sum()) == len(table) == len(view.table)
    assert view.heatmap.shape[1] + len(view.unmeasured) == len(active)


def test_a_filter_that_leaves_nothing_is_named() -> None:
    nothing = {"unknown": 0, "red": 0, "compared": 0, "soft_behind": 0, "hard_behind": 0}
    assert finding(0, 0, **nothing, filtered=True) == "Geen project past bij de filters"


def test_restpunten_count_for_the_same_projects_as_the_other_figures(filled: Engine) -> None:
    table = staged(filled, DAY)
    over = ~table["state"].isin(["planned", "running", "unknown"])
    table.loc[over, ["items_unowned", "items_open"]] = (1, 2)
    view = of_table(filled, table)
    active = table[~over]
    unowned, items = active["items_unowned"].sum(), active["items_open"].sum()
    figures = {figure.label: figure for figure in view.figures}
    assert figures["Zonder eigenaar"].value == f"{unowned} van {items}"
    rest = table.loc[over, "items_unowned"].sum()
    assert f"daar nog {rest} restpunt" in view.small_print
    assert f"geteld: {len(active)} actieve projecten" in view.small_print


def test_every_figure_fits_on_the_screen(filled: Engine) -> None:
    assert all(len(figure.label) <= 20 for figure in build(filled).figures)


def test_a_change_is_the_difference_of_the_same_figure_on_two_days(filled: Engine) -> None:
    """A project that was amber and is withdrawn since counted on the earlier day."""
    now, then = staged(filled, DAY), staged(filled, DAY - timedelta(days=28))
    active = now[now["state"].isin(["planned", "running", "unknown"])]
    gone = then.loc[(then["course"] == "amber") & then["id"].isin(active["id"]), "id"].iloc[0]
    now.loc[now["id"] == gone, "state"] = "withdrawn"
    earlier = DAY - timedelta(days=28)

    def amber(table: pd.DataFrame, day: date) -> str:
        scanned = scored(filled, day)
        view = portfolio.view(table, then, scanned, facts.results(filled), NHS, day, earlier)
        return view.figures[1].value.split(" ")[0]

    shown = portfolio.view(
        now,
        then,
        scored(filled, DAY),
        facts.results(filled),
        NHS,
        DAY,
        earlier,
    ).figures[1]
    change = int(amber(now, DAY)) - int(amber(then, earlier))
    sign = f"+{change}" if change > 0 else f"−{-change}"
    assert shown.note == f"{sign if change else 'gelijk'} sinds 26-10"


def test_the_table_begins_with_the_decisions_in_their_own_order(filled: Engine) -> None:
    view = build(filled)
    assert len(view.decisions) > 1
    first = view.table["id"].head(len(view.decisions)).tolist()
    assert first == [each.project_id for each in view.decisions]
    days = view.table["decision_before"].head(len(view.decisions)).dropna()
    assert days.is_monotonic_increasing
    assert view.table.loc[view.table["course"] != "red", "decision_before"].isna().all()


@pytest.mark.parametrize(("days", "old"), [(91, False), (92, True)])
def test_a_koers_is_old_after_one_number_of_days(filled: Engine, days: int, old: bool) -> None:
    table = staged(filled, DAY)
    table["course"] = Course.RED.value
    table["course_on"] = pd.Timestamp(DAY - timedelta(days))
    view = of_table(filled, table)
    assert all(("(oud)" in each.details) is old for each in view.decisions)
    assert ("ouder dan 13 weken" in view.small_print) is old


def test_every_decision_says_from_whom_and_by_whom(filled: Engine) -> None:
    for decision in build(filled).decisions:
        assert decision.decision
        assert "van " in decision.details
        assert "uiterlijk " in decision.details


def test_hard_against_soft_agrees_with_a_recount_of_the_answers(filled: Engine) -> None:
    """The share per project is counted here from the items, result by result and by hand."""
    view = build(filled)
    alive = facts.results(filled)
    items = dossier.items_in(filled, ["hard_question"])
    points = view.hard_soft.points.set_index("project_id")
    answered = set()
    for project in staged(filled, DAY)["id"]:
        own = items.loc[items["project_id"] == project, "content"].tolist()
        stands = []
        for result in alive.loc[alive["project_id"] == project, "id"]:
            for question in IDS:
                given = {
                    each["moment"]: each["answer"]
                    for each in own
                    if (each["result"], each["question"]) == (result, question)
                    and each.get("answer")
                }
                stands.append(given.get("closing", given.get("start")))
        if any(stands):
            answered.add(project)
        if project in points.index:
            counted = [each for each in stands if each != "nvt"]
            share = 100 * counted.count("ja") / len(counted)
            assert points.loc[project, "share"] == pytest.approx(share, abs=1e-9)
            side = {(True, False): "soft", (False, True): "hard"}
            reaches = points.loc[project, "total"] >= 55
            assert points.loc[project, "behind"] == side.get((share >= 50, reaches), "")
    table = staged(filled, DAY)
    active = table[table["state"].isin(["planned", "running", "unknown"])]
    measured = set(view.heatmap.columns)
    assert set(points.index) == answered & measured & set(active["id"])
    missing = active.loc[~active["id"].isin(answered), "code"].tolist()
    assert list(view.hard_soft.unanswered) == missing
    assert f"vijftien vragen niet ingevuld bij {len(missing)}" in view.hard_soft.note
    assert set(points["behind"]) >= {"soft", ""}
    behind = (points["behind"] != "").sum()
    assert f"bij {behind} van de {len(points)} met scan en vragen" in view.title


def test_the_heatmap_runs_from_the_lowest_total_and_keeps_the_order_of_factors(
    filled: Engine,
) -> None:
    view = build(filled)
    assert view.heatmap.index.tolist() == [factor.id for factor in NHS.factors]
    weights = pd.Series({factor.id: float(factor.maximum) / 100 for factor in NHS.factors})
    complete = view.heatmap.dropna(axis=1)
    totals = complete.mul(weights, axis=0).sum()
    assert totals.is_monotonic_increasing


def test_a_selection_narrows_everything(filled: Engine) -> None:
    view = build(filled, Selection(themes=("Digitale zorg",)))
    assert 0 < len(view.table) < 40
    assert set(view.table["theme"]) == {"Digitale zorg"}


def test_searching_takes_code_name_and_lead_and_no_patterns(filled: Engine) -> None:
    view = build(filled)
    assert view.found("p01")["code"].tolist() == ["P01"]
    assert len(view.found("  ")) == 40
    assert view.found("(").empty


def test_red_without_a_decision_says_so(filled: Engine) -> None:
    table = staged(filled, DAY)
    table["course"] = Course.RED.value
    table["course_on"] = pd.Timestamp(DAY)
    table["decision"] = None
    view = of_table(filled, table)
    assert {d.decision for d in view.decisions} == {"Besluit niet vastgelegd"}


@pytest.mark.parametrize("known", [0, 1])
def test_without_any_koers_no_figure_says_that_none_asks_a_decision(
    filled: Engine, known: int
) -> None:
    table = staged(filled, DAY)
    running = table.index[table["state"] == "running"]
    table["course"] = None
    table.loc[running[:known], "course"] = Course.GREEN.value
    view = of_table(filled, table)
    values = [figure.value for figure in view.figures[:2]]
    assert all(value.startswith("0 van ") for value in values) == bool(known)
    assert (values == ["niet gemeten"] * 2) == (not known)


def test_an_empty_portfolio_is_no_error(sqlite_url: str) -> None:
    view = build(database.engine_for(sqlite_url))
    assert view.empty
    assert view.title == "Nog geen projecten"
    assert view.figures[0].value == "0 van 0"
