"""Wat is de volgende stap met de rondes van de borgingsscan van dit project?"""

import streamlit as st

from borging import clock
from borging.domain.terms import RoundState
from borging.services.scan import chooser as scan_chooser
from borging.services.scan import rounds as round_desk
from borging.services.scan.rounds import Step
from borging.ui import frame
from borging.ui.scan import load_rounds, round_links
from borging.ui.scan import parts as scan_parts
from borging.ui.scan import rounds as round_parts
from borging.ui.text import plain

# Load
screen = frame.open_screen()
today = clock.today()
asked = st.query_params.get("id")
project = scan_chooser.find(screen.all_projects, asked)
if project is None:
    scan_parts.choose(screen, asked)
    st.stop()
rounds = load_rounds.rounds(project.id, today)

# Compute
at_hand = round_desk.at_hand(rounds)
contested = [each.label for each in round_links.contested(at_hand.id)] if at_hand else []
desk = round_desk.view(project.code, project.title, rounds, today, contested)
scan = desk.current

# Draw
screen.heading(desk.title, plain(desk.question), plain(desk.small_print))
round_parts.notice()
round_parts.next_step(desk, project, screen, today)
near = [each.title for each in load_rounds.near_rounds(project.id, today)]
if near and (scan is None or not scan.closed or desk.step == Step.BEGIN):
    st.markdown(f":orange[▲] {plain(round_desk.near_words(near))}")
if scan is not None and not scan.closed:
    if jump := round_desk.clock_words(load_rounds.clock_days(), today):
        st.warning(plain(jump))
    if scan.state == RoundState.OPEN:
        st.markdown(round_parts.WHY_NO_COUNT)
    left, right = st.columns([7, 5], gap="large")
    with left:
        if contested:
            st.header("Wiens link is betwist?", anchor=False)
            round_links.resolve(scan, screen)
        st.header("Wie krijgt een eigen link?", anchor=False)
        round_links.warn_when_only_here()
        round_links.made_now(scan, project, screen)
        round_links.more(scan, desk.closed, screen)
    with right:
        st.header("Eén link voor een teamoverleg?", anchor=False)
        round_links.shared(scan, screen)
        if scan.state == RoundState.OPEN:
            st.header("Langer open, of sluiten?", anchor=False)
            stands_out = desk.step == Step.CLOSE
            round_parts.last_day(scan, screen, today)
            round_parts.closing(
                scan, screen, today, stands_out=stands_out, contested=bool(contested)
            )
    if scan.state == RoundState.DRAFT:
        round_parts.concept(scan, screen, today)
if desk.step == Step.BEGIN:
    round_parts.begin(desk, project, screen, today)
if desk.closed:
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.header("Welke rondes zijn gesloten?", anchor=False)
        for each in desk.closed:
            round_parts.closed_round(each, screen, today)
    with right:
        if scan is not None and scan.closed:
            st.header("Wanneer is de volgende ronde?", anchor=False)
            round_parts.after(scan, screen, today)
if desk.may_begin and desk.step != Step.BEGIN:
    with st.expander("Nu al een nieuwe ronde beginnen"):
        round_parts.begin(desk, project, screen, today)
