"""The three lists that come with a profile, as they are published."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from borging.access.actor import COMMAND_LINE
from borging.exchange.lists.importing import apply, dry_run, read_file
from borging.exchange.lists.report import Report
from borging.exchange.problems import Problem, Severity
from borging.store.tables import Record

pytestmark = pytest.mark.realdata

T = Record.metadata.tables
TODAY = date(2026, 11, 22)
ESF = "nl-esf-actie-d.xls"
FUNDS = "nl-structuurfondsen.csv"
GMPP = "uk-gmpp-panel-2014-2023.csv"


def take_over(engine: Engine, folder: Path, name: str) -> Report:
    return apply(engine, read_file(folder / "portfolios" / name, name, TODAY), COMMAND_LINE)


def counts(report: Report) -> tuple[str, int, int, int, int, int]:
    return (
        report.profile,
        report.read,
        report.new,
        report.changed,
        report.unchanged,
        report.rejected,
    )


def number_by(engine: Engine, table: str, column: str) -> dict[object, int]:
    field = T[table].c[column]
    with engine.connect() as connection:
        rows = connection.execute(select(field, func.count()).group_by(field))
        return {value: number for value, number in rows.all()}  # noqa: C416


def project(engine: Engine, **given: str) -> dict[str, object]:
    table = T["project"]
    with engine.connect() as connection:
        found = connection.execute(select(table).filter_by(**given)).mappings().one()
        return dict(found)


def observed(engine: Engine, title: str, kind: str) -> list[tuple[date, str | None, str]]:
    seen = T["observation"].c
    statement = (
        select(seen.observed_on, seen.value, seen.raw_text)
        .join_from(T["observation"], T["project"])
        .where(T["project"].c.title == title, seen.kind == kind)
        .order_by(seen.observed_on)
    )
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(statement)]


def of_severity(report: Report, severity: Severity) -> list[Problem]:
    return [problem for problem in report.problems if problem.severity is severity]


def test_esf_every_project_comes_in_with_its_own_state(engine: Engine, real_data: Path) -> None:
    report = take_over(engine, real_data, ESF)
    assert counts(report) == ("esf", 1652, 1652, 0, 0, 0)
    assert number_by(engine, "project", "state") == {
        "rejected": 543,
        "withdrawn": 160,
        "closed": 887,
        "unknown": 62,
    }
    untitled = of_severity(report, Severity.INFO)
    assert len(untitled) == 42
    assert {problem.sheet for problem in untitled} == {"ESF 07-13"}
    first = project(engine, external_id="2007ESFN208")
    assert (first["start"], first["end"]) == (date(2007, 3, 21), date(2008, 3, 20))
    assert number_by(engine, "observation", "value")[None] == 616


def test_structuurfondsen_is_cleaned_and_reported(engine: Engine, real_data: Path) -> None:
    report = take_over(engine, real_data, FUNDS)
    assert counts(report) == ("structuurfondsen", 1808, 1808, 0, 0, 0)
    lost = [problem for problem in report.problems if "verloren" in problem.reason]
    assert len({problem.row for problem in lost}) == 724
    [reversed_dates] = [problem for problem in report.problems if "vóór" in problem.reason]
    assert (reversed_dates.sheet, reversed_dates.row) == (None, 766)
    assert reversed_dates.severity is Severity.WARNING
    oldest = project(engine, end=date(1931, 10, 15))  # type: ignore[arg-type]
    assert oldest["start"] == date(2003, 3, 14)
    assert number_by(engine, "project", "end")[None] == 132
    assert number_by(engine, "project", "start")[None] == 7
    with engine.connect() as connection:
        texts = connection.execute(select(T["project"].c.title, T["project"].c.summary)).all()
        raw = select(T["observation"].c.value).filter_by(raw_text="196.666")
        assert connection.execute(raw).scalar_one() == "196666"
    whole = " ".join(text or "" for row in texts for text in row)
    assert "&amp;" not in whole
    assert "\n" not in whole
    assert sum(number_by(engine, "observation", "value").values()) == 1788


def test_gmpp_is_one_project_per_folded_name_with_its_history(
    engine: Engine, real_data: Path
) -> None:
    report = take_over(engine, real_data, GMPP)
    assert counts(report) == ("gmpp", 1727, 698, 1029, 0, 0)
    seen = T["observation"].c
    with engine.connect() as connection:
        courses = Counter(
            connection.execute(select(seen.value).where(seen.kind == "course")).scalars()
        )
        said = connection.execute(
            select(seen.raw_text).where(seen.value.is_(None), seen.kind == "course")
        ).scalars()
        assert not [text for text in said if text in ("Red", "Amber", "Green")]
    assert courses == {"amber": 1412, "green": 131, "red": 102, None: 82}
    astute = observed(engine, "Astute Boats 1-7", "course")
    assert [day for day, _, _ in astute] == [date(year, 3, 31) for year in range(2014, 2024)]
    assert astute[0][1:] in [("amber", "Amber/Red"), ("red", "Red"), ("amber", "Amber")]


def test_gmpp_the_newest_year_gives_the_dates_and_reversed_ones_stay(
    engine: Engine, real_data: Path
) -> None:
    report = take_over(engine, real_data, GMPP)
    radar = project(engine, title="European Common Radar System Mk 2")
    assert (radar["start"], radar["end"]) == (date(2023, 2, 20), date(2023, 1, 20))
    assert [problem.row for problem in report.problems if "vóór" in problem.reason] == [1661]
    title = "Astute Boats 1-7"
    newest = observed(engine, title, "end")[-1]
    end = project(engine, title=title)["end"]
    assert newest[1] == (str(end) if end else None)


def test_what_a_source_will_not_say_is_unknown_with_its_words(
    engine: Engine, real_data: Path
) -> None:
    take_over(engine, real_data, GMPP)
    seen = T["observation"].c
    with engine.connect() as connection:
        values = (
            connection.execute(select(seen.value).where(seen.raw_text.ilike("%exempt%")))
            .scalars()
            .all()
        )
    assert len(values) == 271
    assert set(values) == {None}


@pytest.mark.parametrize("name", [ESF, FUNDS, GMPP])
def test_a_second_import_changes_nothing(engine: Engine, real_data: Path, name: str) -> None:
    first = take_over(engine, real_data, name)
    number = number_by(engine, "revision", "number")
    audit = sum(number_by(engine, "audit_entry", "action").values())
    second = take_over(engine, real_data, name)
    assert counts(second) == (first.profile, first.read, 0, 0, first.read, 0)
    assert number_by(engine, "revision", "number") == number
    assert sum(number_by(engine, "audit_entry", "action").values()) == audit


def test_all_three_live_beside_each_other(engine: Engine, real_data: Path) -> None:
    for name in (ESF, FUNDS, GMPP):
        take_over(engine, real_data, name)
    assert number_by(engine, "project", "source") == {
        "esf": 1652,
        "structuurfondsen": 1808,
        "gmpp": 698,
    }
    codes = number_by(engine, "project", "code")
    assert max(codes.values()) == 1


def test_one_raw_year_fits_no_profile_and_the_sentence_says_why(real_data: Path) -> None:
    path = real_data / "portfolios" / "uk-gmpp-2018.csv"
    with pytest.raises(ValueError, match=r"past bij geen profiel.*gmpp.*'report_year'"):
        read_file(path, path.name, TODAY)


def test_a_dry_run_counts_the_same_and_writes_nothing(engine: Engine, real_data: Path) -> None:
    path = real_data / "portfolios" / GMPP
    report = dry_run(engine, read_file(path, path.name, TODAY))
    assert counts(report) == ("gmpp", 1727, 698, 1029, 0, 0)
    assert not report.applied
    assert number_by(engine, "project", "source") == {}
    assert number_by(engine, "audit_entry", "action") == {}
