"""Fasestatus: which phases are behind, whose turn is it, and what must be confirmed again?

Counted are projects that have at least one dated phase and are not an idea, withdrawn or
rejected; closed projects count, because the line carries their last phase. All selected
projects stand in the matrix. A proposal that nobody confirmed is never late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from borging.domain.periods import add_months
from borging.domain.sustain import valid_until
from borging.domain.terms import Phase, PhaseStatus, Sustain
from borging.domain.wording import count, day, day_and_week, listed, number
from borging.services import stages
from borging.services.dossier.phase_proposals import proposals
from borging.services.figures import KeyFigure
from borging.services.portfolio import phase_matrix
from borging.services.selection import no_projects

LONGEST = 10
SOON_DAYS = 28
EXPIRES_SOON_MONTHS = 3
NAME_LENGTH = 40
NOBODY = "niemand"
SUSTAIN_WORDS = {
    Sustain.RELAPSED: "! teruggevallen",
    Sustain.RECONFIRM: "! herbevestiging nodig",
    Sustain.SUSTAINED: "… verloopt binnenkort",
}


@dataclass(frozen=True)
class PhaseStatusView:
    """What the fasestatus screen shows.

    counts: rows phase labels, columns PhaseStatus values, counted projects.
    late: one row per late phase, most days first: project_id, code, title, project (code and
    title), phase_label, days_late, missed (what the plan said, in words), accountable.
    stuck: the phases longest under way without end, at most LONGEST: project_id, code, title,
    project, phase_label, since, days, status, accountable.
    proposals: one row per project with proposed phases: project_id, project, seen (id of each such
    phase to its version), words.
    sustain: one row per project that relapsed, must reconfirm or must do so soon: project_id,
    code, project, words, declared_on, valid_until, declared_by.
    matrix: see `phase_matrix.matrix`.
    """

    title: str
    small_print: str
    figures: tuple[KeyFigure, ...]
    counts: pd.DataFrame
    late: pd.DataFrame
    stuck: pd.DataFrame
    proposals: pd.DataFrame
    sustain: pd.DataFrame
    matrix: pd.DataFrame
    any_project: bool
    any_phase: bool

    @property
    def counted(self) -> int:
        """Projects in the chart of counts."""
        return int(self.counts.iloc[0].sum())

    @property
    def counts_in_words(self) -> str:
        """The chart of counts as one sentence."""
        parts = []
        for phase, row in self.counts.iterrows():
            held = [f"{number(n)} {PhaseStatus(str(key)).label}" for key, n in row.items() if n]
            parts.append(f"{phase}: {listed(held) or 'geen'}")
        return f"Projecten per fase en status. {'; '.join(parts)}."

    @property
    def stuck_in_words(self) -> str:
        """The chart of what is stuck as one sentence."""
        parts = [
            f"{name} {count(int(days), 'dag', 'dagen')} in {str(phase).lower()}"
            for name, days, phase in zip(
                self.stuck["project"], self.stuck["days"], self.stuck["phase_label"], strict=True
            )
        ]
        return f"Langst in één fase: {listed(parts)}." if parts else "Geen fase is begonnen."

    def found(self, words: str) -> pd.DataFrame:
        """Return the rows of the matrix that hold all of `words`."""
        rows = self.matrix
        for word in words.split():
            rows = rows[rows["searched"].str.contains(word.casefold(), regex=False)]
        return rows


def view(
    projects: pd.DataFrame, judged: pd.DataFrame, as_of: date, *, filtered: bool = False
) -> PhaseStatusView:
    """Build the view of the selected projects.

    projects: with their stage. judged: every phase with its status. filtered: whether a filter
    leaves projects out.
    """
    own = _labelled(projects)[["project_id", "code", "title", "project", "state", "sustain"]]
    known = judged[judged["status"] != PhaseStatus.UNPLANNED].merge(own, on="project_id")
    known["phase_label"] = known["phase"].map({p.value: p.label for p in Phase})
    known["accountable"] = known["accountable"].fillna(NOBODY)
    counted = known[known["state"].isin(stages.CHOSEN)]
    late, stuck = _late(counted, as_of), _stuck(counted, as_of)
    coverage = _coverage(projects, counted)
    return PhaseStatusView(
        title=finding(len(projects), coverage, late, filtered=filtered),
        small_print=_small_print(projects, coverage, as_of),
        figures=_figures(counted, projects, as_of),
        counts=_counts(counted),
        late=late,
        stuck=stuck.head(LONGEST),
        proposals=proposals(counted, as_of),
        sustain=_sustain(projects, as_of),
        matrix=phase_matrix.matrix(projects, known, stages.CHOSEN),
        any_project=not projects.empty,
        any_phase=not known.empty,
    )


def _labelled(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the projects with project_id and project: code and title, or the title alone."""
    named = projects.rename(columns={"id": "project_id"})
    both = projects["code"] + " " + projects["title"]
    named["project"] = both.where(projects["code"] != projects["title"], projects["title"])
    return named


@dataclass(frozen=True)
class Coverage:
    """How much is known of the phases of the projects that count.

    projects: those that count. known: those with a phase whose dates somebody stands for.
    proposed: those with nothing but a proposal. phases: proposed phases of all of them.
    """

    projects: int
    known: int
    proposed: int
    phases: int


def _coverage(projects: pd.DataFrame, counted: pd.DataFrame) -> Coverage:
    open_plan = counted["status"] == PhaseStatus.PROPOSED
    known = set(counted.loc[~open_plan, "project_id"])
    proposed = set(counted.loc[open_plan, "project_id"]) - known
    number_of = int(projects["state"].isin(stages.CHOSEN).sum())
    return Coverage(number_of, len(known), len(proposed), int(open_plan.sum()))


def finding(
    selected: int, coverage: Coverage, late: pd.DataFrame, *, filtered: bool = False
) -> str:
    """Return the title: how much is known, how many phases are behind, and which one most.

    selected: projects, whatever their state. late: see `PhaseStatusView`.
    """
    if selected == 0:
        return no_projects(filtered)
    if coverage.projects == 0:
        return "Alleen ideeën en gestopte projecten: geen fase telt mee"
    if coverage.known == 0:
        return _nothing_known(coverage)
    words = _behind(late)
    if coverage.known < coverage.projects:
        words = (
            f"Van {number(coverage.known)} van de {number(coverage.projects)} projecten zijn "
            f"fasen bekend: {words}"
        )
    if coverage.phases:
        are = count(coverage.phases, "fase is", "fasen zijn")
        words += f"; {are} nog een voorstel"
    return f"{words[0].upper()}{words[1:]}"


def _nothing_known(coverage: Coverage) -> str:
    if coverage.proposed == 0:
        return f"Nog geen fasen gepland bij {count(coverage.projects, 'project', 'projecten')}"
    of_them = count(coverage.proposed, "project", "projecten")
    words = f"De fasen van {of_them} zijn nog een voorstel"
    if rest := coverage.projects - coverage.proposed:
        words += f"; van {count(rest, 'project', 'projecten')} zijn geen fasen bekend"
    return words


def _behind(late: pd.DataFrame) -> str:
    """Return how many phases are behind, with the project that is furthest behind."""
    if late.empty:
        return "geen enkele fase loopt achter"
    top = late.iloc[0]
    name = str(top["title"])
    if len(name) > NAME_LENGTH:
        name = f"{name[: NAME_LENGTH - 1].rstrip()}…"
    days = count(int(top["days_late"]), "dag", "dagen")
    which = f"{top['phase_label'].lower()} van {name}, {days}"
    if len(late) == 1:
        return f"1 fase loopt achter: {which}"
    return f"{number(len(late))} fasen lopen achter, het meest {which}"


def _small_print(projects: pd.DataFrame, coverage: Coverage, as_of: date) -> str:
    stopped = ~projects["state"].isin(stages.CHOSEN)
    parts = [
        f"Peildatum {day_and_week(as_of)}",
        f"{count(coverage.known, 'project', 'projecten')} met fasen",
    ]
    if coverage.proposed:
        parts.append(f"{number(coverage.proposed)} met alleen voorgestelde fasen")
    if n := coverage.projects - coverage.known - coverage.proposed:
        parts.append(f"{number(n)} zonder fasen, niet meegeteld")
    if n := int(stopped.sum()):
        words = "idee of gestopt project" if n == 1 else "ideeën en gestopte projecten"
        parts.append(f"{number(n)} {words}, niet meegeteld")
    return " · ".join(parts)


def _figures(counted: pd.DataFrame, projects: pd.DataFrame, as_of: date) -> tuple[KeyFigure, ...]:
    late = counted[counted["status"] == PhaseStatus.LATE]
    proposed = counted[counted["status"] == PhaseStatus.PROPOSED]
    active = counted[counted["status"].isin([PhaseStatus.LATE, PhaseStatus.RUNNING])]
    nobody = int((active["accountable"] == NOBODY).sum())
    planned = counted[counted["status"] == PhaseStatus.PLANNED]
    soon = planned["planned_start"] < pd.Timestamp(as_of) + timedelta(days=SOON_DAYS)
    states = projects.loc[projects["state"].isin(stages.CHOSEN), "sustain"].value_counts()
    again, back = int(states.get(Sustain.RECONFIRM, 0)), int(states.get(Sustain.RELAPSED, 0))
    declared = again + back + int(states.get(Sustain.SUSTAINED, 0))
    figures = (
        KeyFigure(
            "Fasen te laat",
            _of(len(late), len(counted) - len(proposed)),
            f"in {count(late['project_id'].nunique(), 'project', 'projecten')}",
        ),
        KeyFigure("Niemand benoemd", _of(nobody, len(active)), "lopende en late fasen"),
        KeyFigure("Begint binnenkort", number(int(soon.sum())), "binnen 4 weken"),
        KeyFigure("Herbevestigen", _of(again, declared), "ooit geborgd verklaard"),
        KeyFigure("Teruggevallen", _of(back, declared), "ooit geborgd verklaard"),
    )
    if proposed.empty:
        return figures
    return (*figures, KeyFigure("Voorstel", number(len(proposed)), "fasen, nog niet bevestigd"))


def _of(part: int, whole: int) -> str:
    return f"{number(part)} van {number(whole)}"


def _counts(counted: pd.DataFrame) -> pd.DataFrame:
    projects = counted["project_id"].nunique()
    table = pd.crosstab(counted["phase_label"], counted["status"].astype(str))
    table = table.reindex(
        index=[phase.label for phase in Phase],
        columns=[status.value for status in PhaseStatus],
        fill_value=0,
    ).astype(int)
    table[PhaseStatus.UNPLANNED.value] = projects - table.sum(axis=1)
    return table


def _late(counted: pd.DataFrame, as_of: date) -> pd.DataFrame:
    late = counted[counted["status"] == PhaseStatus.LATE].copy()
    over = late["planned_end"] < pd.Timestamp(as_of)
    missed = late["planned_end"].where(over, late["planned_start"])
    late["missed"] = [
        f"{'klaar' if ended else 'start'} {day(on)}" for ended, on in zip(over, missed, strict=True)
    ]
    return late.sort_values(["days_late", "code"], ascending=[False, True], ignore_index=True)


def _stuck(counted: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the phases under way, begun longest ago first; a geborgd result is not stuck."""
    last = pd.Timestamp(as_of)
    settled = counted["sustain"] == Sustain.SUSTAINED
    found = counted[counted["under_way"] & ~settled].rename(columns={"actual_start": "since"})
    found["days"] = (last - found["since"]).dt.days
    return found.sort_values(["days", "code"], ascending=[False, True], ignore_index=True)


def _sustain(projects: pd.DataFrame, as_of: date) -> pd.DataFrame:
    order = {state.value: place for place, state in enumerate(SUSTAIN_WORDS)}
    asks = projects["sustain"].isin(list(SUSTAIN_WORDS)) & projects["state"].isin(stages.CHOSEN)
    rows = _labelled(projects[asks])
    rows = rows[["project_id", "code", "project", "sustain", "declared_on", "declared_by"]].copy()
    last = [valid_until(each) for each in stages.dates_of(rows["declared_on"]) if each]
    rows["valid_until"] = pd.to_datetime(pd.Series(last, index=rows.index, dtype=object))
    relapsed = rows["sustain"] == Sustain.RELAPSED
    rows["valid_until"] = rows["valid_until"].mask(relapsed)
    soon = pd.Timestamp(add_months(as_of, EXPIRES_SOON_MONTHS))
    rows = rows[(rows["sustain"] != Sustain.SUSTAINED) | (rows["valid_until"] <= soon)]
    words = {state.value: said for state, said in SUSTAIN_WORDS.items()}
    rows["words"] = rows["sustain"].astype(str).map(words)
    rows["rank"] = rows["sustain"].astype(str).map(order)
    return rows.sort_values(["rank", "valid_until", "code"], ignore_index=True)
