"""Is this a good moment, with these people, to start a project?

All work counts, firm and tentative, of all projects that are not over, whatever the filter shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from borging.domain import start_check as rules
from borging.domain.absence import Absence
from borging.domain.new_project import Days, NewProject, lay_phases
from borging.domain.periods import Week, overlaps
from borging.domain.project_fields import Who
from borging.domain.staffing import NeedFields, Template, filled
from borging.domain.terms import Phase
from borging.domain.wording import count
from borging.planning import demand as asking
from borging.planning import load as loads
from borging.planning import supply as having
from borging.planning.shortage import mean_supply
from borging.services import stages
from borging.services.capacity import words as capacity_words
from borging.services.capacity.winter_draws import draw
from borging.services.flu_winters import FluHistory
from borging.services.holidays import DaysOff
from borging.services.stages import dates_of

ROLES = {"sponsor_id": "opdrachtgever", "owner_id": "eigenaar", "project_lead_id": "projectleider"}
LONGEST = 260
"""Weeks that are looked through for functions that are full."""


@dataclass(frozen=True)
class Plan:
    """What is checked. project_id: None for a project that is not saved yet. begun: whether a
    phase really began.

    people: id per field of ROLES, or the name of who is not in the list yet. needs: what it asks,
    by itself.
    """

    project_id: int | None
    start: date | None
    handover: date | None
    evaluation_on: date | None
    people: tuple[tuple[str, Who], ...]
    borging_in_plan: bool | None
    needs: tuple[NeedFields, ...]
    begun: bool = False


@dataclass(frozen=True)
class StartCheck:
    """What the check found. unchecked: what could not be looked at, and why."""

    warnings: tuple[str, ...]
    unchecked: tuple[str, ...]

    @property
    def finding(self) -> str:
        """The outcome in one sentence."""
        found = "noemt niets om op te letten" if self.unchecked else "vindt niets om op te letten"
        if self.warnings:
            found = f"noemt {count(len(self.warnings), 'punt', 'punten')} om op te letten"
        end = " Het is een advies, geen verbod." if self.warnings else ""
        if not self.unchecked:
            return f"De startcheck {found}.{end}"
        open_ = count(len(self.unchecked), "punt", "punten")
        return f"De startcheck kon {open_} niet nagaan; de rest {found}.{end}"


def plan_of_new(
    fields: NewProject, template: Template | None, functions: Mapping[str, int]
) -> Plan:
    """Return the plan of a project that is being filled in. functions: name to id."""
    days: dict[Phase, Days] = {}
    needs: tuple[NeedFields, ...] = ()
    if fields.start and fields.handover and not fields.problems_of_days():
        days = lay_phases(fields.start, fields.handover, fields.evaluation_on)
    if template is not None:
        needs = tuple(filled(template, {p.value: each for p, each in days.items()}, functions))
    return Plan(
        project_id=None,
        start=fields.start,
        handover=fields.handover,
        evaluation_on=fields.evaluation_on,
        people=tuple((role, getattr(fields, role)) for role in ROLES),
        borging_in_plan=fields.borging_in_plan,
        needs=needs,
        begun=fields.begun_on is not None,
    )


def plan_of_project(
    project_id: int,
    projects: pd.DataFrame,
    phases: pd.DataFrame,
    needs: pd.DataFrame,
    evaluations: Sequence[date],
) -> Plan | None:
    """Return the plan of a project that has not begun; None for any other.

    evaluations: days for which one is planned in its dossier. Without one after the handover the
    end of the last phase stands for it.
    """
    own = projects[(projects["id"] == project_id) & projects["state"].isin(stages.BEFORE_START)]
    if own.empty:
        return None
    row = own.astype(object).where(own.notna(), None).iloc[0]
    last = phases[
        (phases["project_id"] == project_id) & (phases["phase"] == Phase.INSTITUTIONALISATION.value)
    ]
    asked = needs[needs["project_id"] == project_id]
    handover = row["next_handover"] or row["end"]
    after = [day for day in evaluations if not handover or day > handover.date()]
    after = after or [day for day in dates_of(last["planned_end"]) if day]
    own_phases = phases[phases["project_id"] == project_id]
    return Plan(
        project_id=project_id,
        begun=bool(own_phases[["actual_start", "actual_end"]].notna().any(axis=None)),
        start=row["start"] and row["start"].date(),
        handover=handover and handover.date(),
        evaluation_on=min(after, default=None),
        people=tuple((role, row[role] and int(row[role])) for role in ROLES),
        borging_in_plan=row["borging_in_plan"],
        needs=tuple(
            NeedFields(int(function), float(hours), first.date(), end.date())
            for function, hours, first, end in zip(
                asked["function_id"],
                asked["hours_per_week"],
                asked["first"],
                asked["last"],
                strict=True,
            )
        ),
    )


def check(
    plan: Plan,
    projects: pd.DataFrame,
    people: Mapping[int, str],
    functions: pd.DataFrame,
    leave: pd.DataFrame,
    needs: pd.DataFrame,
    history: FluHistory,
    days_off: DaysOff,
    absence: Absence,
    as_of: date,
) -> StartCheck:
    """Return what the rules say on a day. projects: all of them."""
    found = [
        rules.start_is_past(plan.start, as_of, plan.begun) if plan.start else None,
        *_moments(plan, history),
        *_functions(plan, projects, functions, leave, needs, history, days_off, absence),
        *_people(plan, projects, people),
        rules.no_owner(_name(dict(plan.people)["owner_id"], people)),
        rules.no_borging_in_plan(plan.borging_in_plan),
        rules.no_evaluation(plan.evaluation_on),
    ]
    return StartCheck(
        tuple(each for each in found if each is not None),
        tuple(_unchecked(plan, functions)),
    )


def _name(who: Who, people: Mapping[int, str]) -> str | None:
    return people.get(who) if isinstance(who, int) else who


def _unchecked(plan: Plan, functions: pd.DataFrame) -> Iterator[str]:
    if plan.start is None or plan.handover is None:
        yield (
            "Begin of overdracht is niet bekend: griepseizoen en drukte van mensen zijn niet "
            "nagegaan."
        )
    if functions.empty:
        yield "Er zijn nog geen functies vastgelegd: of het werk past, is niet nagegaan."
    elif not plan.needs:
        yield "Er is nog geen inzet gepland: of het werk past, is niet nagegaan."


def _moments(plan: Plan, history: FluHistory) -> Iterator[str | None]:
    for what, day in (("Het begin", plan.start), ("De overdracht", plan.handover)):
        if day is not None:
            found = history.count(Week.of(day))
            yield rules.in_flu_season(what, day, found.epidemic, found.known)


def _functions(
    plan: Plan,
    projects: pd.DataFrame,
    functions: pd.DataFrame,
    leave: pd.DataFrame,
    needs: pd.DataFrame,
    history: FluHistory,
    days_off: DaysOff,
    absence: Absence,
) -> Iterator[str | None]:
    """Look at the weeks in which the plan itself asks for a function."""
    if not plan.needs or functions.empty:
        return
    own = _as_table(plan.needs)
    used = functions[functions["id"].isin(own["function_id"])].reset_index(drop=True)
    first, last = own["first"].min().date(), own["last"].max().date()
    weeks = having.weeks_from(first, min(LONGEST, (last - first).days // 7 + 2))
    over = projects.loc[projects["state"].isin(stages.OVER), "id"]
    others = needs[
        needs["function_id"].isin(used["id"])
        & ~needs["project_id"].isin(over)
        & (needs["project_id"] != (plan.project_id or 0))
        & (needs["last"] >= weeks[0])
    ]
    sunday = (weeks[-1] + pd.Timedelta(days=6)).date()
    free = [h.first for h in days_off.between(weeks[0].date(), sunday)]
    present = having.present(used, leave, weeks, free)
    there = mean_supply(present, draw(history, weeks, absence).absent)
    mine = asking.demand(own, used, weeks)
    asked = (mine + asking.demand(others, used, weeks)).where(mine > 0, 0.0)
    names = dict(zip(used["id"].tolist(), used["name"].tolist(), strict=True))
    runs = sorted(loads.overloads(asked, there), key=lambda each: each.first)
    for function, name in names.items():
        full = [run for run in runs if run.function_id == function]
        worst = max(full, key=lambda run: run.share, default=None)
        yield rules.function_full(
            name, [_weeks(run) for run in full], capacity_words.share(worst.share) if worst else ""
        )


def _weeks(run: loads.Overload) -> str:
    years = dict.fromkeys(Week.of(each.date()).year for each in (run.first, run.last))
    return f"{capacity_words.weeks(run.first, run.last)} ({'–'.join(map(str, years))})"


def _as_table(needs: tuple[NeedFields, ...]) -> pd.DataFrame:
    table = pd.DataFrame(
        [(n.function_id, n.hours_per_week, n.first, n.last) for n in needs],
        columns=["function_id", "hours_per_week", "first", "last"],
    )
    return table.astype({"first": "datetime64[us]", "last": "datetime64[us]"})


def _people(plan: Plan, projects: pd.DataFrame, people: Mapping[int, str]) -> Iterator[str | None]:
    if plan.start is None or plan.handover is None:
        return
    others = projects[projects["state"].isin(stages.ACTIVE) & (projects["id"] != plan.project_id)]
    touched = [
        overlaps(start, end, plan.start, plan.handover)
        for start, end in zip(dates_of(others["start"]), dates_of(others["end"]), strict=True)
    ]
    others = others[np.array(touched, dtype=bool)]
    named = [each for _role, each in plan.people if isinstance(each, int) and each in people]
    for person in dict.fromkeys(named):
        roles = [ROLES[role] for role, each in plan.people if each == person]
        theirs = others[(others[list(ROLES)] == person).fillna(False).any(axis=1)]
        yield rules.person_in_many(people[person], roles, theirs["code"].tolist())
