"""Portfolio: which results will not stick, and what must be decided?

A project is active while it is planned, running or of unknown state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import pandas as pd

from borging.domain.course import is_old
from borging.domain.hard_answers import HardCount
from borging.domain.instruments import Instrument
from borging.domain.scan_standing import ScanStanding
from borging.domain.terms import Course, Phase, ProjectState, course_words
from borging.domain.wording import day, listed
from borging.services import scores, stages
from borging.services.figures import KeyFigure
from borging.services.handovers import coming_handovers
from borging.services.portfolio import words
from borging.services.portfolio.hard_soft import HARD_BEHIND, SOFT_BEHIND, HardSoft, hard_soft

BY_DEADLINE = ["decision_before", "code"]
"""The order of projects that ask a decision: the first last day first, without a day last."""
UNSIGNED = "niet ondertekend"
UNRECORDED_DECISION = "Besluit niet vastgelegd"


@dataclass(frozen=True)
class Decision:
    """A decision that somebody asks for."""

    project_id: int
    project: str
    decision: str
    details: str


@dataclass(frozen=True)
class PortfolioView:
    """What the portfolio screen shows.

    phases_by_course: index phase label, columns Course values and 'none', counts of active
    projects. states: counts by state label. hard_soft: the fifteen questions against the scan.
    heatmap: rows factor ids, columns project ids, % of maximum (NaN not measured), lowest total
    left. codes: project id to code. unmeasured: codes of
    active projects without a readable scan. table: one row per project, as drawn.
    """

    title: str
    small_print: str
    figures: tuple[KeyFigure, ...]
    decisions: tuple[Decision, ...]
    phases_by_course: pd.DataFrame
    states: pd.Series
    hard_soft: HardSoft
    heatmap: pd.DataFrame
    codes: dict[int, str]
    unmeasured: list[str]
    table: pd.DataFrame
    empty: bool

    def found(self, words: str) -> pd.DataFrame:
        """Return the rows of the table in which `words` occur in code, title or lead."""
        if not words.strip():
            return self.table
        text = self.table[["code", "title", "project_lead"]].fillna("").agg(" ".join, axis=1)
        return self.table[text.str.contains(words.strip(), case=False, regex=False)]

    def heatmap_page(self, number: int, size: int) -> pd.DataFrame:
        """Return one page of the columns of the heatmap, from 1."""
        return self.heatmap.iloc[:, (number - 1) * size : number * size]

    @property
    def phases_in_words(self) -> str:
        """The chart of phases and koers as one sentence."""
        parts = []
        for phase, row in self.phases_by_course.iterrows():
            words = [
                f"{n} {course_words(None if key == 'none' else Course(str(key)))}"
                for key, n in row.items()
                if n
            ]
            parts.append(f"{phase}: {', '.join(words) or 'geen'}")
        return f"Projecten per fase en koers. {'; '.join(parts)}."

    @property
    def states_in_words(self) -> str:
        """The chart of states as one sentence."""
        return "Projecten per stand: " + listed([f"{n} {s}" for s, n in self.states.items()]) + "."

    @property
    def heatmap_in_words(self) -> str:
        """The heatmap as one sentence: the weakest factors on the median."""
        measured = self.heatmap.shape[1]
        return (
            f"Score per factor in procent van het maximum voor {measured} gemeten projecten; "
            f"{len(self.unmeasured)} niet gemeten. De getallen staan ook in de tabel."
        )


def view(
    projects: pd.DataFrame,
    earlier: pd.DataFrame,
    scans: pd.DataFrame,
    results: pd.DataFrame,
    instrument: Instrument,
    as_of: date,
    earlier_as_of: date,
    *,
    counts: Mapping[int, HardCount] = MappingProxyType({}),
    standings: Mapping[int, ScanStanding] = MappingProxyType({}),
    filtered: bool = False,
) -> PortfolioView:
    """Build the view of the selected projects.

    projects and earlier: what the same filter shows on `as_of` and on `earlier_as_of`, with
    their stage. scans: the newest readable scans on `as_of`, with their scores (see
    `scores.with_scores`). counts: the answers to the hard questions (see
    `hard_side.hard_counts`). standings: how far each project with a round is with its scan.
    filtered: a filter may leave some out.
    """
    active = projects[projects["state"].isin(stages.ACTIVE)]
    scored = scans[scans["project_id"].isin(active["id"])]
    totals = scores.project_totals(scored)
    compared = hard_soft(active, totals, counts, instrument)
    unmeasured = active.loc[~active["id"].isin(totals.index), "code"].tolist()
    handovers = coming_handovers(results, active, as_of)
    red = active[active["course"] == Course.RED]
    return PortfolioView(
        title=_title(projects, active, compared, filtered=filtered),
        small_print=words.small_print(projects, active, as_of),
        figures=words.figures(
            active, earlier, handovers, len(unmeasured), earlier_as_of, standings
        ),
        decisions=tuple(_decisions(red, as_of)),
        phases_by_course=_phases_by_course(active),
        states=_states(projects),
        hard_soft=compared,
        heatmap=_heatmap(scored, totals, active, instrument),
        codes=dict(zip(active["id"].tolist(), active["code"].tolist(), strict=True)),
        unmeasured=unmeasured,
        table=_table(projects, scans),
        empty=projects.empty,
    )


def _title(
    projects: pd.DataFrame, active: pd.DataFrame, compared: HardSoft, *, filtered: bool
) -> str:
    return words.finding(
        len(projects),
        len(active),
        unknown=int(active["course"].isna().sum()),
        red=int((active["course"] == Course.RED).sum()),
        compared=len(compared.points),
        soft_behind=compared.behind(SOFT_BEHIND),
        hard_behind=compared.behind(HARD_BEHIND),
        filtered=filtered,
    )


def _decisions(red: pd.DataFrame, as_of: date) -> list[Decision]:
    """Return the decisions in the order in which the table has their projects."""
    found = []
    ordered = red.sort_values(BY_DEADLINE, na_position="last")
    for row in ordered.astype(object).where(ordered.notna(), None).to_dict("records"):
        details = []
        if row["decision_from"]:
            details.append(f"van {row['decision_from']}")
        if row["decision_before"]:
            details.append(f"uiterlijk {day(row['decision_before'])}")
        said = f"volgens bron {row['course_source']}" if row["course_source"] else row["course_by"]
        old = is_old(row["course_on"].date(), as_of)
        details.append(f"{said or UNSIGNED}, {day(row['course_on'])}{' (oud)' if old else ''}")
        found.append(
            Decision(
                project_id=int(row["id"]),
                project=" ".join(dict.fromkeys([row["code"], row["title"]])),
                decision=row["decision"] or UNRECORDED_DECISION,
                details=" · ".join(details),
            )
        )
    return found


def _phases_by_course(active: pd.DataFrame) -> pd.DataFrame:
    order = [*(phase.label for phase in Phase), stages.NO_PHASE]
    columns = [course.value for course in Course] + ["none"]
    table = pd.crosstab(active["phase_label"], active["course"].fillna("none"))
    table = table.reindex(index=order, columns=columns, fill_value=0).astype(int)
    if table.loc[stages.NO_PHASE].sum() == 0:
        table = table.drop(index=stages.NO_PHASE)
    return table


def _states(projects: pd.DataFrame) -> pd.Series:
    counts = projects["state_label"].value_counts()
    found = counts.reindex([state.label for state in ProjectState], fill_value=0)
    return found[found > 0].astype(int)


def _heatmap(
    scored: pd.DataFrame, totals: pd.DataFrame, active: pd.DataFrame, instrument: Instrument
) -> pd.DataFrame:
    """Rows factor ids, columns project ids in order of total (lowest first), values percent."""
    wide = scored.pivot(index="factor", columns="project_id", values="percent")
    order = totals.sort_values("total", na_position="last").index
    return wide.reindex(index=[f.id for f in instrument.factors], columns=order)


def _table(projects: pd.DataFrame, scans: pd.DataFrame) -> pd.DataFrame:
    """Return a row per project: active before the others, by koers, red ones by deadline."""
    totals = scores.project_totals(scans)
    joined = projects.join(scores.as_shown(totals, ["total", "percent"]), on="id")
    rank = {Course.RED: 0, Course.AMBER: 1, Course.GREEN: 2}
    joined["course_rank"] = joined["course"].map(rank).fillna(3)
    joined["course_words"] = [
        course_words(None if pd.isna(course) else course) for course in joined["course"]
    ]
    joined["stopped"] = ~joined["state"].isin(stages.ACTIVE)
    deadline = joined["decision_before"].where(joined["course"] == Course.RED)
    return joined.assign(decision_before=deadline).sort_values(
        ["stopped", "course_rank", *BY_DEADLINE], na_position="last", ignore_index=True
    )
