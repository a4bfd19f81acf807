"""The figures of every round of the example, attacked by each of its respondents.

The attacker knows the own answers and reads everything that is published of the round. The
proofs of `borging.domain.disclosure` are checked by other arithmetic: a table counts only when
the counts per factor and group are those of the round, and the deviation, by `statistics`, is
written the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import stdev

import pytest
from sqlalchemy import Engine, select

from borging.access.actor import COMMAND_LINE
from borging.charts import trend as drawing
from borging.charts.template import Look
from borging.domain.disclosure import LEAST_TABLES, Member, Row, Window, fitting_tables
from borging.domain.rounds import ScanRound
from borging.domain.scoring import deviation, part_points
from borging.domain.terms import ScanKind
from borging.domain.wording import number
from borging.services.scan import comparison
from borging.services.scan import view as scan
from borging.store import database
from borging.store.commands.example import write_example
from borging.store.queries import discussion, scans
from tests.scans import NHS

DAY = date(2026, 12, 1)
SEED = 7
POINTS = part_points(NHS)

Reading = tuple[ScanRound, list[scans.Response], frozenset[str]]
"""A round as the screens get it, its rows, and the groups that are shown."""


def read_rounds(engine: Engine) -> list[Reading]:
    with engine.connect() as connection:
        projects = connection.execute(select(scans.project.c.id)).scalars().all()
        given = scans.letters(connection, scans.readable(NHS.key))
    return [
        (
            each,
            list(given[each.id].values()),
            frozenset(discussion.groups(engine, NHS, each.id, DAY)),
        )
        for project_id in projects
        for each in scans.rounds(engine, NHS, project_id, DAY)
        if each.score is not None and each.kind is ScanKind.INDIVIDUAL
    ]


def _groups(engine: Engine, scan_round: ScanRound) -> list[str]:
    return [group.value for group in discussion.groups(engine, NHS, scan_round.id, DAY)]


@pytest.fixture(scope="module")
def rounds(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[Reading]]:
    path: Path = tmp_path_factory.mktemp("published") / "example.db"
    engine = database.open_database(f"sqlite:///{path}")
    write_example(engine, COMMAND_LINE, DAY, projects=40, seed=SEED)
    yield read_rounds(engine)
    engine.dispose()


def members_of(responses: list[scans.Response], groups: frozenset[str]) -> list[Member]:
    return [
        (
            role if role is not None and role in groups else "",
            tuple(letters.get(factor.id) or "" for factor in NHS.factors),
        )
        for role, letters in responses
    ]


def counts_of(rows: list[Row]) -> list[Counter[str]]:
    return [Counter(row[at] for row in rows) for at in range(len(NHS.factors))]


def written_deviation(rows: list[Row]) -> str:
    totals = [sum(p[x] for p, x in zip(POINTS, row, strict=True)) for row in rows if all(row)]
    return number(round(stdev(totals) / 10 + 1e-12, 1), 1)


def test_a_deviation_is_shown_only_with_a_hundred_tables_for_every_respondent(
    rounds: list[Reading],
) -> None:
    shown = 0
    for each, responses, groups in rounds:
        assert each.score is not None
        if each.score.sd is None:
            continue
        shown += 1
        members = members_of(responses, groups)
        tenths = deviation(NHS, [letters for _, letters in responses]).tenths
        assert tenths is not None
        assert each.score.sd == tenths / 10
        window = Window(POINTS, NHS.parts, tenths, 5)
        for at, (_, own) in enumerate(members):
            others = [*members[:at], *members[at + 1 :]]
            tables = fitting_tables(others, own, window)
            assert len(tables) >= LEAST_TABLES
            for table in tables:
                assert counts_of(list(table)) == counts_of([row for _, row in others])
                assert written_deviation([*table, own]) == number(each.score.sd, 1)
    assert shown > 20


def test_where_the_deviation_stays_away_it_stays_away_everywhere(rounds: list[Reading]) -> None:
    hidden = [each for each, _, _ in rounds if each.score and each.score.sd is None]
    assert len(hidden) > 5
    for each in hidden:
        view = scan.view("P01", "Project", [each], NHS, DAY)
        assert "standaardafwijking" not in view.small_print
        assert view.rounds["sd"].isna().all()
        side = comparison.Side(1, "P01", "Project", each, each.score.factors if each.score else ())
        assert comparison.scan_table([side])["sd"].isna().all()
        if view.rounds["total"].notna().any():
            figure = drawing.totals_with_spread(view.rounds, NHS.threshold, NHS.maximum, Look())
            (trace,) = (t for t in figure.data if t.name == ScanKind.INDIVIDUAL.label)
            assert list(trace.error_y.array) == [None]
            assert "standaardafwijking –" in str(trace.customdata)


def test_a_shown_group_leaves_a_hundred_tables_to_each_member(
    rounds: list[Reading],
) -> None:
    for _, responses, groups in rounds:
        members = members_of(responses, groups)
        for part in {name for name, _ in members} if groups else ():
            own = [member for member in members if member[0] == part]
            for at, (_, row) in enumerate(own):
                others = [*own[:at], *own[at + 1 :]]
                tables = fitting_tables(others, row, None)
                assert len(tables) >= LEAST_TABLES
                for table in tables:
                    assert counts_of(list(table)) == counts_of([each for _, each in others])


def test_everything_but_groups_and_deviation_follows_from_the_counts(rounds: list[Reading]) -> None:
    """Columns of letters shuffled apart, so other rows with the same counts: the same figures."""
    for each, responses, _ in rounds:
        columns = [sorted(str(a.get(f.id) or "") for _, a in responses) for f in NHS.factors]
        mixed = [
            (None, {f.id: x or None for f, x in zip(NHS.factors, row, strict=True)})
            for row in zip(*columns, strict=True)
        ]
        assert each.score is not None
        again = scans.ScanScore(
            each.score.n, scans.score(NHS, [answers for _, answers in mixed]).factors, each.score.sd
        )
        for one, other in zip(each.score.factors, again.factors, strict=True):
            if one.n:
                assert (one.counts, one.mean, one.spread) == (
                    other.counts,
                    other.mean,
                    other.spread,
                )
        if each.score.total is not None:
            assert each.score.total == again.total


def test_no_figure_of_a_scan_carries_digits_that_are_not_shown(rounds: list[Reading]) -> None:
    long = re.compile(r"\d\.\d{5,}")
    for each, _, _ in rounds:
        view = scan.view("P01", "Project", [each], NHS, DAY)
        if view.rounds["total"].notna().any():
            figure = drawing.totals_with_spread(view.rounds, NHS.threshold, NHS.maximum, Look())
            assert not long.search(figure.to_json())
        assert not long.search(view.factors.to_csv())
        assert not long.search(view.rounds.to_csv())
