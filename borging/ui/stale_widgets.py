"""Widgets that a session no longer shows.

Streamlit keeps until the end of a session what every widget was drawn with: its options, its
callback and the arguments of that. The buttons of a project hold its whole dossier, so a session
grew by a megabyte with every project that somebody looked at.
"""

from __future__ import annotations

from streamlit.runtime.scriptrunner import get_script_run_ctx

from borging.ui import grid


def forget() -> None:
    """Let go of widgets that this run did not draw, and of the rows under tables among them.

    To be called at the end of a whole run. Streamlit has no public way for this, so it reaches
    into the session; a test notices when a later version keeps widgets elsewhere. The value of a
    widget is not touched.
    """
    context = get_script_run_ctx()
    if context is None or context.fragment_ids_this_run:
        return
    known = context.session_state._state._new_widget_state.widget_metadata
    drawn = context.shared.widget_ids_this_run.snapshot()
    for each in [each for each in known if each.startswith("$$ID") and each not in drawn]:
        del known[each]
    grid.forget_unseen(drawn)
