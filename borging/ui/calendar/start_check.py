"""The start check on the screen: facts from the portfolio, and what the rules say of a plan."""

from __future__ import annotations

import streamlit as st

from borging.domain.absence import absence_of, sectors
from borging.domain.handover import EVALUATION
from borging.services import stages
from borging.services.capacity import start_check
from borging.services.capacity.start_check import Plan, StartCheck
from borging.services.capacity.winter_draws import fitted
from borging.services.dossier.dossier import Dossier
from borging.settings import DATA
from borging.ui import load
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain, unbroken


def of_plan(plan: Plan, screen: Screen) -> StartCheck:
    """Check a plan against the whole portfolio."""
    figures = sectors(DATA / "reference" / "verzuim-zorg.csv")
    history = load.flu_history()
    return reuse(
        start_check.check,
        plan=plan,
        projects=screen.all_plans,
        people=load.people_by_id(),
        functions=load.functions(),
        leave=load.leave(),
        needs=load.needs(),
        history=history,
        days_off=load.days_off(),
        absence=reuse(fitted, absence_of(next(iter(figures)), figures), history),
        as_of=screen.as_of,
    )


def draw(check: StartCheck) -> None:
    """Draw the outcome, one line per point."""
    mark = ":orange[▲]" if check.warnings else ":green[✓]"
    st.markdown(f"{mark} **{plain(check.finding)}**")
    lines = [f"- {unbroken(plain(each))}" for each in check.warnings]
    lines += [f"- :gray[{unbroken(plain(each))}]" for each in check.unchecked]
    if lines:
        st.markdown("\n".join(lines))


def of_project(dossier: Dossier, screen: Screen) -> None:
    """Draw the check of a project that has not begun; nothing for any other."""
    if dossier.state.value not in stages.BEFORE_START:
        return
    plan = start_check.plan_of_project(
        dossier.project_id,
        screen.all_plans,
        load.phases(screen.as_of),
        load.needs(),
        [each["planned_on"] for each in dossier.rows(EVALUATION) if each["planned_on"]],
    )
    if plan is None:
        return
    st.header("Is dit een goed moment om te beginnen?", anchor=False)
    draw(of_plan(plan, screen))
