from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from borging.domain.terms import Phase, PhaseStatus, ProjectState, Sustain
from borging.services import stages
from borging.services.portfolio import phase_matrix, phase_status
from borging.services.portfolio.phase_status import NOBODY, Coverage, PhaseStatusView, finding

DAY = date(2026, 11, 23)
DATES = ("planned_start", "planned_end", "actual_start", "actual_end")


def ago(days: int) -> date:
    return DAY - timedelta(days)


def phases(*rows: dict[str, Any]) -> pd.DataFrame:
    """Phase records of project 1 unless said otherwise; what a row does not name is unknown."""
    plain: dict[str, Any] = dict.fromkeys(DATES) | {
        "project_id": 1,
        "phase": Phase.INTEGRATION.value,
        "accountable_id": None,
        "accountable": None,
        "carried_by": "project",
        "confirmed": True,
        "version": 1,
    }
    frame = pd.DataFrame([plain | row for row in rows], columns=list(plain), dtype=object)
    frame.insert(0, "id", pd.array(range(1, len(rows) + 1), dtype="Int64"))
    for name in DATES:
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    frame["project_id"] = frame["project_id"].astype("Int64")
    return frame


def projects(*rows: dict[str, Any]) -> pd.DataFrame:
    plain: dict[str, Any] = {
        "title": "Wondzorg op afstand",
        "state": "running",
        "verdict": None,
        "declared_on": None,
        "declared_by": None,
    }
    frame = pd.DataFrame([plain | row for row in rows], columns=list(plain), dtype=object)
    frame.insert(0, "id", pd.array(range(1, len(rows) + 1), dtype="Int64"))
    frame.insert(1, "code", pd.Series([f"P{i + 1:02}" for i in range(len(rows))], dtype=object))
    frame["declared_on"] = pd.to_datetime(frame["declared_on"]).astype("datetime64[us]")
    return frame


def view(records: pd.DataFrame, *rows: dict[str, Any]) -> PhaseStatusView:
    judged = stages.with_status(records, DAY)
    staged = stages.with_stage(projects(*(rows or ({},))), judged, DAY)
    return phase_status.view(staged, judged, DAY)


def late(n: int, days: int = 30, title: str = "Wondzorg op afstand") -> pd.DataFrame:
    row = {"title": title, "code": "P07", "days_late": days, "phase_label": "Integratie"}
    return pd.DataFrame([row] * n, columns=list(row))


@pytest.mark.parametrize(
    ("known", "n", "days", "title"),
    [
        ((40, 40, 0, 0), 0, 0, "Geen enkele fase loopt achter"),
        ((40, 40, 0, 0), 1, 1, "1 fase loopt achter: integratie van Wondzorg op afstand, 1 dag"),
        (
            (40, 40, 0, 0),
            14,
            312,
            "14 fasen lopen achter, het meest integratie van Wondzorg op afstand, 312 dagen",
        ),
        (
            (40, 12, 0, 0),
            0,
            0,
            "Van 12 van de 40 projecten zijn fasen bekend: geen enkele fase loopt achter",
        ),
        (
            (40, 12, 2, 8),
            0,
            0,
            "Van 12 van de 40 projecten zijn fasen bekend: geen enkele fase loopt achter; "
            "8 fasen zijn nog een voorstel",
        ),
        (
            (1, 1, 0, 1),
            0,
            0,
            "Geen enkele fase loopt achter; 1 fase is nog een voorstel",
        ),
        ((1, 0, 1, 5), 0, 0, "De fasen van 1 project zijn nog een voorstel"),
        (
            (3, 0, 1, 5),
            0,
            0,
            "De fasen van 1 project zijn nog een voorstel; van 2 projecten zijn geen fasen bekend",
        ),
        ((1652, 0, 0, 0), 0, 0, "Nog geen fasen gepland bij 1.652 projecten"),
        ((1, 0, 0, 0), 0, 0, "Nog geen fasen gepland bij 1 project"),
        ((0, 0, 0, 0), 0, 0, "Alleen ideeën en gestopte projecten: geen fase telt mee"),
    ],
)
def test_the_title_says_what_is_known_and_what_is_late(
    known: tuple[int, int, int, int], n: int, days: int, title: str
) -> None:
    assert finding(40, Coverage(*known), late(n, days)) == title


def test_the_title_without_projects_says_so() -> None:
    nothing = Coverage(0, 0, 0, 0)
    assert finding(0, nothing, late(0)) == "Nog geen projecten"
    assert finding(0, nothing, late(0), filtered=True) == "Geen project past bij de filters"


def test_a_long_name_is_cut_in_the_title() -> None:
    many = late(14, 9, "Een heel lange projecttitel die maar doorgaat en doorgaat")
    assert finding(40, Coverage(40, 40, 0, 0), many) == (
        "14 fasen lopen achter, het meest integratie van Een heel lange projecttitel die maar do…, "
        "9 dagen"
    )


def test_the_title_never_names_a_project_that_is_in_time() -> None:
    shown = view(
        phases(
            {"actual_start": ago(400), "planned_end": DAY},
            {"project_id": 2, "actual_start": ago(5), "planned_end": ago(2)},
        ),
        {"title": "Lang maar op tijd"},
        {"title": "Te laat"},
    )
    assert shown.title == "1 fase loopt achter: integratie van Te laat, 2 dagen"


def test_a_proposal_is_never_late_and_is_named_as_one() -> None:
    shown = view(
        phases(
            {"planned_start": ago(90), "planned_end": ago(30), "confirmed": False},
            {"phase": "handover", "planned_start": ago(29), "confirmed": False},
        )
    )
    assert shown.late.empty
    assert shown.title == "De fasen van 1 project zijn nog een voorstel"
    assert shown.matrix["integration"].iloc[0] == "◌ voorstel 25-08-2026"
    assert shown.counts.loc["Integratie", "proposed"] == 1
    assert shown.figures[0].value == "0 van 0"
    assert shown.figures[-1].value == "2"


@pytest.mark.parametrize(
    ("dates", "cell"),
    [
        ({"actual_end": DAY, "planned_end": DAY}, "✓ afgerond"),
        ({"actual_end": ago(2), "planned_end": DAY}, "✓ afgerond 2 d eerder"),
        ({"actual_end": DAY, "planned_end": ago(7)}, "✓ afgerond 7 d later"),
        ({"actual_end": DAY}, "✓ afgerond"),
        ({"actual_start": ago(50), "planned_end": ago(1)}, "! te laat 1 d"),
        ({"actual_start": ago(50), "planned_end": DAY}, "… loopt t/m 23-11-2026"),
        ({"actual_start": ago(50)}, "… loopt"),
        ({"planned_start": ago(12)}, "! te laat 12 d"),
        ({"planned_start": DAY}, "gepland 23-11-2026"),
        ({"planned_end": DAY}, "? onbekend"),
        ({}, "–"),
    ],
)
def test_a_cell_says_the_status_in_symbol_and_words(dates: dict[str, Any], cell: str) -> None:
    shown = view(phases(dates, {"phase": "preparation", "planned_start": DAY}))
    assert shown.matrix["integration"].iloc[0] == cell
    known = [word.split()[0] for word, _ in phase_matrix.MEANINGS]
    assert cell.split()[0] in known


def test_the_late_list_is_sorted_and_names_who_is_accountable() -> None:
    shown = view(
        phases(
            {"planned_start": ago(3), "accountable": "Anna de Wit"},
            {"phase": "handover", "actual_start": ago(90), "planned_end": ago(30)},
            {"phase": "preparation", "actual_end": ago(1), "planned_end": ago(60)},
        )
    )
    assert shown.late[["phase_label", "days_late", "missed", "accountable"]].values.tolist() == [
        ["Overdracht", 30, "klaar 24-10-2026", NOBODY],
        ["Integratie", 3, "start 20-11-2026", "Anna de Wit"],
    ]
    assert shown.title == (
        "2 fasen lopen achter, het meest overdracht van Wondzorg op afstand, 30 dagen"
    )
    assert shown.late["project"].iloc[0] == "P01 Wondzorg op afstand"


def test_every_counted_project_is_in_every_bar() -> None:
    shown = view(
        phases(
            {"actual_start": ago(5)},
            {"project_id": 2, "actual_start": ago(5)},
            {"project_id": 2, "phase": "handover", "planned_end": ago(5)},
        ),
        {},
        {},
        {"title": "Zonder fasen"},
    )
    assert shown.counts.sum(axis=1).tolist() == [2] * 5
    assert shown.counts.loc["Integratie", PhaseStatus.RUNNING.value] == 2
    assert shown.counts.loc["Overdracht"].to_dict() == dict.fromkeys(PhaseStatus, 0) | {
        "late": 1,
        "unplanned": 1,
    }
    assert (shown.counted, shown.matrix["code"].tolist()) == (2, ["P02", "P01", "P03"])
    assert shown.small_print.endswith("2 projecten met fasen · 1 zonder fasen, niet meegeteld")


def test_title_and_small_print_count_a_proposal_alike() -> None:
    shown = view(
        phases(
            {"planned_end": ago(5), "actual_start": ago(9)},
            {"project_id": 2, "planned_start": ago(5), "confirmed": False},
        ),
        {},
        {},
        {},
    )
    assert shown.title.startswith("Van 1 van de 3 projecten zijn fasen bekend: 1 fase loopt achter")
    assert shown.title.endswith("; 1 fase is nog een voorstel")
    assert shown.small_print.endswith(
        "1 project met fasen · 1 met alleen voorgestelde fasen · 1 zonder fasen, niet meegeteld"
    )


@pytest.mark.parametrize("state", list(ProjectState))
def test_ideas_and_stopped_projects_do_not_count_but_closed_ones_do(state: ProjectState) -> None:
    shown = view(phases({"planned_end": ago(5), "actual_start": ago(9)}), {"state": state.value})
    stopped = state in (ProjectState.IDEA, ProjectState.WITHDRAWN, ProjectState.REJECTED)
    assert (len(shown.late), len(shown.stuck)) == ((0, 0) if stopped else (1, 1))
    assert len(shown.matrix) == 1
    assert (f"({state.label})" in shown.matrix["project"].iloc[0]) is stopped


def test_stuck_is_what_began_longest_ago_without_end_and_is_not_geborgd() -> None:
    rows = [{"project_id": i, "actual_start": ago(i)} for i in range(1, 13)]
    rows.append({"project_id": 13, "actual_start": ago(500)})
    rows.append({"project_id": 14, "actual_start": ago(400), "actual_end": ago(1)})
    sustained = {"verdict": "sustained", "declared_on": ago(30)}
    shown = view(phases(*rows), *([{}] * 12), sustained, {})
    assert shown.stuck["days"].tolist() == [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]


def test_geborgd_expires_relapses_and_warns_three_months_ahead() -> None:
    shown = view(
        phases({"planned_start": DAY}),
        {"verdict": "sustained", "declared_on": date(2025, 11, 22), "declared_by": "Anna"},
        {"verdict": "relapsed", "declared_on": ago(10)},
        {"verdict": "sustained", "declared_on": date(2026, 2, 23)},
        {"verdict": "sustained", "declared_on": date(2026, 2, 24)},
        {},
    )
    table = shown.sustain.astype(object).where(shown.sustain.notna(), None)
    assert table[["code", "words"]].values.tolist() == [
        ["P02", "! teruggevallen"],
        ["P01", "! herbevestiging nodig"],
        ["P03", "… verloopt binnenkort"],
    ]
    assert table["valid_until"].iloc[0] is None
    assert table["valid_until"].iloc[1] == pd.Timestamp(2026, 11, 22)
    values = {f.label: f.value for f in shown.figures}
    assert (values["Herbevestigen"], values["Teruggevallen"]) == ("1 van 4", "1 van 4")
    assert Sustain.SUSTAINED.label == "geborgd"


def test_the_key_figures_count_what_is_under_way_and_what_begins_within_four_weeks() -> None:
    shown = view(
        phases(
            {"phase": "preparation", "actual_start": ago(9), "planned_end": ago(2)},
            {"phase": "introduction", "actual_start": ago(9), "accountable": "Anna"},
            {"phase": "integration", "planned_start": DAY + timedelta(27)},
            {"phase": "handover", "planned_start": DAY + timedelta(28)},
            {"phase": "institutionalisation"},
        )
    )
    assert [(f.label, f.value, f.note) for f in shown.figures[:3]] == [
        ("Fasen te laat", "1 van 4", "in 1 project"),
        ("Niemand benoemd", "1 van 2", "lopende en late fasen"),
        ("Begint binnenkort", "1", "binnen 4 weken"),
    ]
    assert all(len(f.label) <= 20 for f in shown.figures)


def test_the_matrix_puts_work_first_and_stopped_projects_last() -> None:
    shown = view(
        phases(
            {"project_id": 1, "planned_end": ago(90), "actual_start": ago(99)},
            {"project_id": 2, "actual_end": ago(1)},
            {"project_id": 3, "actual_start": ago(1), "accountable": "Bas"},
            {"project_id": 4, "planned_end": ago(2), "accountable": "Anna"},
            {"project_id": 5, "planned_end": ago(8)},
            {"project_id": 6, "planned_start": DAY},
        ),
        {"state": "withdrawn"},
        *[{}] * 6,
    )
    assert shown.matrix["code"].tolist() == ["P05", "P04", "P03", "P06", "P02", "P07", "P01"]
    assert shown.matrix["turn"].tolist()[:3] == [NOBODY, "Anna", "Bas"]
    assert shown.matrix["now"].tolist()[2] == "Integratie: … loopt"
    assert shown.found("bas WONDZORG")["code"].tolist() == ["P03"]
    assert shown.found("[").empty


def test_nothing_at_all_is_a_view_and_no_traceback() -> None:
    judged = stages.with_status(phases(), DAY)
    none = phase_status.view(stages.with_stage(projects(), judged, DAY), judged, DAY)
    assert (none.title, none.any_project, none.any_phase) == ("Nog geen projecten", False, False)
    listed = view(phases(), {}, {})
    assert listed.title == "Nog geen fasen gepland bij 2 projecten"
    assert (listed.any_phase, len(listed.matrix)) == (False, 2)


def test_a_late_phase_that_never_began_is_not_where_the_project_stands() -> None:
    records = phases(
        {"phase": "handover", "actual_start": ago(20), "planned_end": DAY},
        {"phase": "institutionalisation", "planned_start": ago(10), "planned_end": DAY},
    )
    judged = stages.with_status(records, DAY)
    staged = stages.with_stage(projects({}), judged, DAY)
    assert staged["phase_label"].tolist() == ["Overdracht"]
    assert view(records).matrix["now"].iloc[0] == "Overdracht: … loopt t/m 23-11-2026"
    assert view(records).late["phase_label"].tolist() == ["Institutionalisering"]
