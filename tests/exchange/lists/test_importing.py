"""Importing a small list with a profile of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from borging.access.actor import Actor
from borging.exchange.lists.importing import Parsed, StrictImportError, apply, dry_run, read_file
from borging.exchange.lists.profile import load_profile
from borging.exchange.lists.report import Report, as_text
from borging.exchange.problems import Severity
from borging.exchange.reading import UnreadableFileError
from borging.store import database
from borging.store.imports import write_rows as import_rows
from borging.store.tables import Record

T = Record.metadata.tables
ME = Actor("Noor Visser")
TODAY = date(2026, 11, 22)
PROFILE = """
title = "Lijst"
code_prefix = "L"
unit_kind = "team"
[words]
unknown = ["TBD"]
[key]
columns = ["Nummer"]
fold = "trim"
[fields]
code = "Nummer"
title = "Naam"
unit = "Team"
owner = "Eigenaar"
start = "Begin"
end = "Einde"
[history]
column = "Jaar"
[observed]
column = "Jaar"
month = 12
day_of_month = 31
[[observations]]
kind = "course"
column = "Kleur"
words = { "Groen" = "green", "Rood" = "red" }
"""
HEAD = "Nummer;Naam;Team;Eigenaar;Begin;Einde;Jaar;Kleur\n"
ONE = "P1;Zorg op afstand;Noord;Els;1-2-2026;1-3-2027;2026;Groen\n"
TWO = "P2;Roosters;Zuid;;;;2026;TBD\n"


@pytest.fixture
def profile(tmp_path: Path) -> str:
    path = tmp_path / "lijst.toml"
    path.write_text(PROFILE, encoding="utf-8")
    return str(path)


def parse(text: str, profile: str) -> Parsed:
    return read_file(text.encode(), "lijst.csv", TODAY, profile)


def take_over(engine: Engine, text: str, profile: str, strict: bool = False) -> Report:
    return apply(engine, parse(text, profile), ME, strict)


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.read, report.new, report.changed, report.unchanged, report.rejected


def rows(engine: Engine, table: str) -> list[dict[str, object]]:
    with engine.connect() as connection:
        found = connection.execute(select(T[table]).order_by(T[table].c.id)).mappings()
        return [dict(row) for row in found]


def test_rows_become_projects_with_units_people_and_observations(
    engine: Engine, profile: str
) -> None:
    report = take_over(engine, HEAD + ONE + TWO, profile)
    assert counts(report) == (2, 2, 0, 0, 0)
    first, second = rows(engine, "project")
    assert (first["source"], first["external_id"], first["code"]) == ("lijst", "P1", "P1")
    assert (first["start"], first["end"]) == (date(2026, 2, 1), date(2027, 3, 1))
    assert (second["start"], second["end"], second["owner_id"]) == (None, None, None)
    assert [row["name"] for row in rows(engine, "unit")] == ["Noord", "Zuid"]
    assert [row["name"] for row in rows(engine, "person")] == ["Els"]
    assert [(row["value"], row["raw_text"]) for row in rows(engine, "observation")] == [
        ("green", "Groen"),
        (None, "TBD"),
    ]
    [entry] = [row for row in rows(engine, "audit_entry") if row["entity"] == "portfolio"]
    assert (entry["actor_name"], entry["summary"]) == ("Noor Visser", "lijst.csv ingelezen.")


def test_a_changed_row_updates_and_names_the_field(engine: Engine, profile: str) -> None:
    take_over(engine, HEAD + ONE + TWO, profile)
    report = take_over(engine, HEAD + ONE.replace("1-3-2027", "TBD") + TWO, profile)
    assert counts(report) == (2, 0, 1, 1, 0)
    [change] = report.changes
    assert (change.row, change.column, change.value) == (2, "einde", "")
    assert change.reason == "Gewijzigd; was 01-03-2027."
    assert rows(engine, "project")[0]["end"] is None


def test_case_and_blanks_in_a_name_are_no_change(engine: Engine, profile: str) -> None:
    take_over(engine, HEAD + ONE, profile)
    report = take_over(
        engine, HEAD + ONE.replace("Els", " ELS ").replace("Noord", "noord"), profile
    )
    assert counts(report) == (1, 0, 0, 1, 0)
    assert len(rows(engine, "person")) == 1


def test_a_field_the_profile_does_not_map_is_left_alone(engine: Engine, profile: str) -> None:
    take_over(engine, HEAD + ONE, profile)
    with engine.begin() as connection:
        connection.execute(update(T["project"]).values(state="running", summary="Eigen tekst"))
    assert counts(take_over(engine, HEAD + ONE, profile)) == (1, 0, 0, 1, 0)
    assert rows(engine, "project")[0]["state"] == "running"


def test_a_further_year_is_history_and_the_newest_year_wins(engine: Engine, profile: str) -> None:
    older = ONE.replace("2026;Groen", "2025;Rood").replace("1-3-2027", "1-9-2026")
    take_over(engine, HEAD + ONE, profile)
    report = take_over(engine, HEAD + ONE + older, profile)
    assert counts(report) == (2, 0, 1, 1, 0)
    assert rows(engine, "project")[0]["end"] == date(2027, 3, 1)
    assert len(rows(engine, "observation")) == 2
    assert counts(take_over(engine, HEAD + older + ONE, profile)) == (2, 0, 0, 2, 0)


def test_the_first_row_of_a_new_project_is_new_also_when_a_later_one_wins(
    engine: Engine, profile: str
) -> None:
    older = ONE.replace("2026;Groen", "2025;Rood")
    assert counts(take_over(engine, HEAD + older + ONE, profile)) == (2, 1, 1, 0, 0)


def test_the_same_year_twice_is_reported_and_the_last_counts(engine: Engine, profile: str) -> None:
    report = take_over(engine, HEAD + ONE + ONE.replace("Groen", "Rood"), profile)
    assert report.rejected == 0
    assert [(p.row, p.severity) for p in report.problems] == [(3, Severity.WARNING)]
    assert [row["value"] for row in rows(engine, "observation")] == ["red"]


def test_only_a_row_without_key_is_rejected_and_the_rest_goes_on(
    engine: Engine, profile: str
) -> None:
    odd = ";;;;wanneer?;31-2-2026;ooit;Paars\n"
    report = take_over(engine, HEAD + odd + "P3" + odd + ONE, profile)
    assert counts(report) == (3, 2, 0, 0, 1)
    [error] = [p for p in report.problems if p.severity is Severity.ERROR]
    assert (error.sheet, error.row, error.column, error.value) == (None, 2, "Nummer", "")
    assert rows(engine, "project")[0]["title"] == "P3"
    reasons = {p.column: p.reason for p in report.problems if p.row == 3}
    assert set(reasons) == {"Naam", "Begin", "Einde", "Jaar", "Kleur"}
    assert reasons["Einde"] == "Blijft onbekend: deze dag bestaat niet."


def test_strict_stops_at_a_rejected_row_and_writes_nothing(engine: Engine, profile: str) -> None:
    before = database.revision(engine)
    with pytest.raises(StrictImportError, match="1 rij is afgewezen") as stopped:
        take_over(engine, HEAD + ONE + ";x;;;;;;\n", profile, strict=True)
    assert counts(stopped.value.report) == (2, 1, 0, 0, 1)
    assert rows(engine, "project") == []
    assert database.revision(engine) == before


def test_strict_lets_a_clean_file_through(engine: Engine, profile: str) -> None:
    assert counts(take_over(engine, HEAD + ONE, profile, strict=True)) == (1, 1, 0, 0, 0)


def test_a_dry_run_says_what_an_import_then_does(engine: Engine, profile: str) -> None:
    take_over(engine, HEAD + ONE, profile)
    before = database.revision(engine)
    parsed = parse(HEAD + ONE.replace("op afstand", "dichtbij") + TWO, profile)
    foretold = dry_run(engine, parsed)
    assert (database.revision(engine), len(rows(engine, "project"))) == (before, 1)
    done = apply(engine, parsed, ME)
    assert counts(foretold) == counts(done) == (2, 1, 1, 0, 0)
    assert foretold.changes == done.changes


def test_a_crash_half_way_leaves_the_database_as_it_was(
    engine: Engine, profile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_over(engine, HEAD + ONE, profile)
    kept = {table: rows(engine, table) for table in ("project", "unit", "audit_entry", "revision")}
    real = import_rows.Writer._insert

    def fails_at_observations(self: import_rows.Writer, kind: object, items: list[object]) -> None:
        real(self, kind, items)  # type: ignore[arg-type]
        if kind == "observation" and items:
            raise OSError("stroomuitval")

    monkeypatch.setattr(import_rows.Writer, "_insert", fails_at_observations)
    with pytest.raises(OSError, match="stroomuitval"):
        take_over(engine, HEAD + ONE.replace("Zorg", "Hulp") + TWO, profile)
    assert {table: rows(engine, table) for table in kept} == kept
    monkeypatch.undo()
    assert counts(take_over(engine, HEAD + ONE + TWO, profile)) == (2, 1, 0, 1, 0)


def test_a_project_removed_here_stays_removed(engine: Engine, profile: str) -> None:
    take_over(engine, HEAD + ONE + TWO, profile)
    with engine.begin() as connection:
        gone = T["project"].c.external_id == "P1"
        connection.execute(update(T["project"]).where(gone).values(deleted_at=datetime.now(UTC)))
    report = take_over(engine, HEAD + ONE.replace("Zorg", "Hulp") + TWO, profile)
    assert counts(report) == (2, 0, 0, 2, 0)
    assert [p.reason for p in report.problems if p.row == 2] == [
        "Hier verwijderd; blijft verwijderd."
    ]
    assert rows(engine, "project")[0]["title"] == "Zorg op afstand"


def test_progress_rises_to_one(engine: Engine, profile: str) -> None:
    shares: list[float] = []
    apply(
        engine, parse(HEAD + ONE + TWO, profile), ME, progress=lambda share, _: shares.append(share)
    )
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_preview_shows_the_headings_and_first_rows(profile: str) -> None:
    parsed = parse(HEAD + ONE * 30, profile)
    [preview] = parsed.previews
    assert preview.headings[:2] == ("Nummer", "Naam")
    assert preview.rows[0][:2] == ("P1", "Zorg op afstand")
    assert len(preview.rows) == 10


def test_a_missing_column_is_named_when_the_profile_was_chosen(profile: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"past niet bij profiel lijst.*'Naam'"):
        parse("Nummer;Team\nP1;Noord\n", profile)


def test_long_names_and_keys_are_kept_within_what_can_be_stored(
    engine: Engine, profile: str
) -> None:
    long_name = HEAD + ONE.replace("Noord", "N" * 3000)
    assert counts(take_over(engine, long_name, profile)) == (1, 1, 0, 0, 0)
    assert counts(take_over(engine, long_name, profile)) == (1, 0, 0, 1, 0)
    assert len(str(rows(engine, "unit")[0]["name"])) == 200
    long_key = HEAD + ONE.replace("P1", "P" * 501)
    assert counts(take_over(engine, long_key, profile)) == (1, 0, 0, 0, 1)


def test_the_report_reads_as_dutch(engine: Engine, profile: str) -> None:
    text = as_text(take_over(engine, HEAD + ONE + ";x;;;;;;\n", profile))
    assert text.splitlines()[:5] == [
        "Profiel lijst: 2 rijen gelezen.",
        "  nieuw            1",
        "  gewijzigd        0",
        "  ongewijzigd      0",
        "  afgewezen        1",
    ]
    assert "rij 3, Nummer: leeg" in text
    assert "1 rij gelezen; er is niets geschreven" in as_text(
        dry_run(engine, parse(HEAD + ONE, profile))
    )


@pytest.mark.parametrize(
    ("norm", "raw", "value"),
    [
        ("Green", "Green", "green"),
        ("Amber/Red", "Amber/ Red", "amber"),
        ("Red", "", "red"),
        ("", "Exempt under Section 43 of the Act", None),
        ("TBD", "TBD", None),
        ("Green", "TBD", None),
        ("Green", "Red", None),
        ("Purple", "Purple", None),
    ],
)
def test_a_source_that_hides_or_contradicts_its_koers_gives_none(
    engine: Engine, norm: str, raw: str, value: str | None
) -> None:
    headings = load_profile("gmpp").headings
    cells = {"project_name": "Radar", "report_year": "2023", "rag_norm": norm, "rag_raw": raw}
    text = ",".join(headings) + "\n" + ",".join(cells.get(h, "") for h in headings) + "\n"
    apply(engine, read_file(text.encode(), "l.csv", TODAY), ME)
    [seen] = rows(engine, "observation")
    assert (seen["kind"], seen["observed_on"]) == ("course", date(2023, 3, 31))
    assert (seen["value"], seen["raw_text"]) == (value, raw or norm)
