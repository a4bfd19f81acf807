"""Beklijft dit project, waar valt het meest te winnen, en wat bespreken we eerst?"""

import streamlit as st

from borging.charts import scan as drawing
from borging.charts import scan_answers
from borging.services.scan import actions
from borging.services.scan import chooser as scan_chooser
from borging.services.scan import view as scan
from borging.ui import charts, frame, load
from borging.ui.reuse import reuse
from borging.ui.scan import actions as action_parts
from borging.ui.scan import load_rounds
from borging.ui.scan import parts as scan_parts
from borging.ui.scan import trend as trend_parts
from borging.ui.text import plain

# Load
screen = frame.open_screen()
instrument = load.instrument()
asked = st.query_params.get("id")
project = scan_chooser.find(screen.all_projects, asked)
if project is None:
    scan_parts.choose(screen, asked)
    st.stop()
rounds = load_rounds.rounds(project.id, screen.as_of)

# Compute
view = reuse(scan.view, project.code, project.title, rounds, instrument, screen.as_of)
done = screen.renew(
    actions.view, load.residual_items(), rounds, instrument, project.id, screen.as_of
)

# Draw
screen.heading(view.title, plain(view.question), plain(view.small_print))
scan_parts.controls(project, view.current)
if view.current is None or view.current.score is None:
    scan_parts.nothing_to_show(view, project)
    if not view.rounds.empty:
        scan_parts.round_table(view, screen)
    st.stop()
factors = view.current.score.factors
left, right = st.columns(2, gap="large")
with left:
    st.header(view.radar_question, anchor=False)
    in_points = scan_parts.unit_choice()
    charts.show(
        reuse(drawing.radar, view.shown, instrument, in_points, screen.look),
        key="radar",
        alt=view.in_words["radar"],
        small_print=plain(view.radar_note),
    )
with right:
    st.header("Waar valt het meest te winnen?", anchor=False)
    charts.show(
        reuse(drawing.gain_bars, view.gains, view.missing, screen.look),
        key="gains",
        alt=view.in_words["gains"],
        small_print=plain(view.gains_note),
    )
left, right = st.columns(charts.WIDE_LEFT, gap="large")
with left:
    st.header(view.levels_question, anchor=False)
    charts.show(
        reuse(scan_answers.level_bars, factors, instrument, view.missing, screen.look),
        key="levels",
        alt=view.in_words["levels"],
        small_print=plain(view.levels_note),
    )
with right:
    st.header("Wat bespreken we eerst?", anchor=False)
    scan_parts.topics(view.topics, view.topics_note)
scan_parts.factor_table(view, project.code, screen)
st.header("Gaat het vooruit?", anchor=False)
trend_parts.over_time(view, rounds, instrument, project.code, screen)
scan_parts.round_table(view, screen)
st.header("Wat deden we ermee?", anchor=False)
action_parts.what_we_did(done, project.code, screen)
