"""Changing the goal tree: adding, changing and removing a branch, and hanging projects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import streamlit as st

from borging.domain.goals import GoalFields, may_hang
from borging.domain.terms import GoalKind
from borging.domain.wording import count
from borging.services.goals.tree import LOOSE, Branch, GoalTree, hangs
from borging.store.commands import goals as commands
from borging.store.commands.goal_problems import GoalChangedError, GoalError
from borging.ui import load
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain

NOTICE = "doelenboom_melding"
TURN = "doelenboom_keer"
AGAIN = " Wat u invulde staat er nog; druk nogmaals op Opslaan om het daar overheen te zetten."


def notice() -> None:
    """Say once what the last change did."""
    if words := st.session_state.pop(NOTICE, None):
        st.markdown(f":green[✓] {plain(words)}")


SEEN = "doel_gezien"
"""The newest change of the tree when the screen was drawn."""


def draw(view: GoalTree, branch: Branch | None, screen: Screen) -> None:
    """Draw what can be done with a branch, and with the tree."""
    with st.container(horizontal=True):
        if branch is not None and branch.id != LOOSE:
            with st.popover("Deze tak wijzigen"):
                _change(view, branch, screen)
        if branch is not None:
            with st.popover("Projecten ophangen of losmaken"):
                _hang(view, branch, screen)
        with st.popover("Tak toevoegen"):
            _add(view, branch, screen)
        undo = st.button("Laatste wijziging terugdraaien", key="doel_terug", type="tertiary")
    if undo:
        seen = st.session_state[SEEN]
        st.session_state[SEEN] = load.newest_goal_change()
        _write(lambda: commands.undo_last(load.engine(), screen.actor, seen))
    else:
        st.session_state[SEEN] = load.newest_goal_change()


def _write(action: Callable[[], object], done: str = "") -> None:
    """Do something, say so and draw the screen anew; or say why not and keep what was typed."""
    try:
        said = action()
    except GoalError as refusal:
        st.warning(plain(str(refusal)))
        return
    st.session_state[NOTICE] = done or str(said)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.rerun()


def _key(name: str, of: int) -> str:
    return f"doel_{name}_{of}_{st.session_state.get(TURN, 0)}"


def _fields(view: GoalTree, now: GoalFields, of: int) -> GoalFields:
    """Draw the fields of a branch; of: its id, LOOSE for a new one."""
    title = st.text_input("Naam", value=now.title, max_chars=200, key=_key("naam", of))
    kinds = list(GoalKind)
    kind = st.radio(
        "Soort",
        kinds,
        index=kinds.index(GoalKind(now.kind)),
        format_func=lambda each: each.label,
        horizontal=True,
        key=_key("soort", of),
    )
    own = view.below.get(of, frozenset())
    places: dict[int | None, str] = {None: "bovenaan"}
    for each in view.branches:
        stays = each.id == now.parent_id
        if each.id not in own and each.kind and (stays or each.kind != GoalKind.GOAL):
            places[each.id] = f"{each.title} ({each.kind_label})"
    parent = st.selectbox(
        "Hangt onder",
        list(places),
        index=list(places).index(now.parent_id) if now.parent_id in places else 0,
        format_func=lambda each: plain(places[each]),
        key=_key("onder", of),
    )
    legal = st.date_input(
        "Wettelijke datum",
        value=now.legal_deadline,
        format="DD-MM-YYYY",
        key=_key("wettelijk", of),
        help="Alleen als een wet een laatste dag noemt.",
    )
    return GoalFields(title or "", GoalKind(kind).value, parent, legal)


def _change(view: GoalTree, branch: Branch, screen: Screen) -> None:
    based = _based_on(branch)
    before = GoalFields(**based["fields"])
    with st.form(_key("wijzigen", branch.id), border=False):
        after = _fields(view, before, branch.id)
        with st.container(horizontal=True):
            saved = st.form_submit_button("Opslaan", type="primary")
            removed = st.form_submit_button("Weghalen", type="tertiary")
    engine, actor = load.engine(), screen.actor
    if removed:
        _write(
            lambda: _on_top(
                based,
                lambda version: commands.remove_goal(engine, actor, branch.id, version),
                " Druk nogmaals op Weghalen om haar toch weg te halen.",
            ),
            f"‘{branch.title}’ weggehaald.",
        )
    if saved:
        _write(
            lambda: _on_top(
                based,
                lambda version: commands.change_goal(
                    engine, actor, branch.id, version, before, after
                ),
                AGAIN,
            ),
            f"‘{after.title}’ opgeslagen.",
        )


def _based_on(branch: Branch) -> dict[str, Any]:
    """Return the branch as this visitor began to change it, with the version he may write on."""
    fields = GoalFields(branch.title, branch.kind, branch.parent_id, branch.legal_deadline)
    fresh = {"fields": asdict(fields), "version": branch.version}
    kept: dict[str, Any] = st.session_state.setdefault(_key("basis", branch.id), fresh)
    return kept


def _on_top(based: dict[str, Any], write: Callable[[int], None], again: str) -> None:
    """Write on the version that this visitor saw; once he is told of a newer one, on that."""
    try:
        write(based["version"])
    except GoalChangedError as refusal:
        based["version"] = refusal.version
        raise GoalChangedError(f"{refusal}{again}", refusal.version) from refusal


def _add(view: GoalTree, branch: Branch | None, screen: Screen) -> None:
    kind, parent = GoalKind.VISION if branch is None else GoalKind.GOAL, None
    if branch is not None and branch.id != LOOSE and branch.kind != GoalKind.GOAL:
        parent = branch.id
        kind = next(each for each in GoalKind if may_hang(each, branch.kind))
    of = LOOSE if branch is None else -branch.id
    with st.form(_key("nieuw", of), border=False):
        new = _fields(view, GoalFields("", kind.value, parent), of)
        if st.form_submit_button("Toevoegen", type="primary"):
            _write(
                lambda: commands.add_goal(load.engine(), screen.actor, new),
                f"‘{' '.join(new.title.split())}’ toegevoegd.",
            )


def _hang(view: GoalTree, branch: Branch, screen: Screen) -> None:
    """Hang projects under the branch and take them off it, several at once, of all projects."""
    projects = screen.all_projects
    under = reuse(hangs, projects)
    names = {
        int(each): f"{code} {title}"
        for each, code, title in zip(
            projects["id"], projects["code"], projects["title"], strict=True
        )
    }
    target = None if branch.id == LOOSE else branch.id
    words = "losmaken" if target is None else "hieronder hangen"
    elsewhere = [each for each, goal in under.items() if goal != target]
    _move(f"Projecten {words}", elsewhere, names, under, target, screen)
    if target is not None:
        own = [each for each, goal in under.items() if goal == target]
        _move("Projecten losmaken", own, names, under, None, screen)


def _move(
    label: str,
    offered: list[int],
    names: dict[int, str],
    under: dict[int, int | None],
    target: int | None,
    screen: Screen,
) -> None:
    if not offered:
        return
    chosen = st.multiselect(
        label,
        offered,
        format_func=lambda each: plain(names[each]),
        placeholder="Kies projecten",
        key=_key(label, target or LOOSE),
    )
    verb = "Losmaken" if target is None else "Ophangen"
    if st.button(verb, key=_key(f"knop_{label}", target or LOOSE), disabled=not chosen):
        seen = {each: under[each] for each in chosen}
        done = "losgemaakt" if target is None else "opgehangen"
        _write(
            lambda: commands.hang_projects(load.engine(), screen.actor, target, seen),
            f"{count(len(chosen), 'project', 'projecten')} {done}.",
        )
