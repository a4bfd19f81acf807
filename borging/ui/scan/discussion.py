"""The parts of the talk about one round: choosing a factor, its answers, agreement and action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st

from borging.charts import discussion as drawing
from borging.domain.instruments import Factor, Instrument
from borging.domain.rounds import ScanRound
from borging.domain.scoring import FactorScore
from borging.domain.wording import day
from borging.services.scan import discussion
from borging.services.scan.discussion import Talk
from borging.services.scan.words import UNRECORDED
from borging.store.commands import followup
from borging.store.commands.residual_problems import ResidualError
from borging.store.commands.residuals import ItemFields
from borging.store.commands.scans import ScanError
from borging.store.queries.discussion import Consensus
from borging.ui import charts, links, load
from borging.ui.frame import Screen
from borging.ui.scan.round_basis import AGAIN
from borging.ui.text import plain

CHOSEN, NOTICE, EDITION = "bespreek_factor", "bespreek_melding", "bespreek_uitgave"
"""Keys of the session. EDITION counts what was written down: a new number is an empty form."""
AGREE = "afspraak_vastleggen"
NO_WORDS = "Bij deze factor zijn geen opmerkingen gemaakt."


def nothing_to_discuss(talk: Talk, project_id: int | None) -> None:
    """Say why there is nothing to talk about, with the way to where something can be done."""
    st.markdown(talk.why_not)
    if project_id is None:
        st.page_link(links.screen("borgingsscan"), label="Kies een project")
        return
    at = {"id": str(project_id)}
    st.page_link(links.screen("scanronde"), label="Naar de rondes", query_params=at)


def controls(talk: Talk, project_id: int) -> None:
    """Say whether the round is published, and lead to where that changes."""
    at = {"id": str(project_id)}
    with st.container(horizontal=True, vertical_alignment="center"):
        if not talk.published:
            st.markdown(
                ":orange[▲] **Nog niet vrijgegeven**: alleen bij dit project te zien.",
                width="content",
            )
        st.page_link(links.screen("scanronde"), label="Ronde beheren", query_params=at)
        st.page_link(links.screen("borgingsscan"), label="Naar de uitslag", query_params=at)


def choose(talk: Talk, agreed: dict[str, Consensus], screen: Screen) -> FactorScore:
    """Let somebody choose the factor on the wall; the first one is what to talk about first."""
    by_id = {each.factor.id: each for each in talk.order}
    key = _chosen(talk)
    if st.session_state.get(key) not in by_id:
        st.session_state[key] = next(iter(by_id))
    notes = {
        each: discussion.in_brief(scored)
        + (f" · afgesproken {agreed[each].level}" if each in agreed else "")
        for each, scored in by_id.items()
    }
    if screen.look.narrow:
        chosen = st.selectbox(
            "Waarover praten wij nu?",
            list(by_id),
            format_func=lambda each: by_id[each].factor.name,
            key=key,
        )
    else:
        chosen = st.radio(
            "Waarover praten wij nu?",
            list(by_id),
            format_func=lambda each: by_id[each].factor.name,
            captions=list(notes.values()),
            key=key,
        )
    return by_id[chosen]


def _chosen(talk: Talk) -> str:
    """Return where the chosen factor is kept: another round begins at its own first one."""
    return f"{CHOSEN}_{talk.scan.id if talk.scan else 0}"


def step(talk: Talk, scored: FactorScore) -> None:
    """Lead to the factor before and after this one."""
    ids = [each.factor.id for each in talk.order]
    at = ids.index(scored.factor.id)
    with st.container(horizontal=True):
        for label, place in (("Vorige", at - 1), ("Volgende", at + 1)):
            st.button(
                label,
                key=f"bespreek_{label}",
                disabled=not 0 <= place < len(ids),
                on_click=_go,
                args=(_chosen(talk), ids[place % len(ids)]),
            )


def _go(key: str, factor_id: str) -> None:
    st.session_state[key] = factor_id


def answers(talk: Talk, scan: ScanRound, scored: FactorScore, screen: Screen) -> None:
    """Draw how the answers lie, and the levels that were chosen in words."""
    st.markdown(plain(scored.factor.question))
    if not scored.n:
        words = "weet ik niet" if scan.joint else "te weinig antwoorden om te tonen"
        st.markdown(f"Bij deze factor: {words}.")
        return
    note = plain(discussion.factor_note(scored, scan.joint))
    if scan.joint:
        [(level, _)] = discussion.chosen_levels(scored)
        st.markdown(f"**{level.letter} · {plain(level.heading)}**  \n{plain(level.text)}")
        st.markdown(f":small[:gray[{note}]]")
        return
    groups = discussion.of_groups(talk.groups, scored.factor.id)
    charts.show(
        drawing.answers(scored, groups, screen.look),
        key=f"bespreek_{scored.factor.id}",
        alt=discussion.in_words(scored, groups),
        small_print=note,
    )
    for level, n in discussion.chosen_levels(scored):
        st.markdown(f"**{n}× {level.letter} · {plain(level.heading)}**  \n{plain(level.text)}")


def remarks(said: tuple[str, ...]) -> None:
    """Show what people wrote about a factor, in the order of chance."""
    st.header("Wat schreven mensen erbij?", anchor=False)
    for words in said:
        st.markdown(f"‘{plain(words)}’")
    if not said:
        st.markdown(f":gray[{NO_WORDS}]")


def notice() -> None:
    """Say once what was written down, in a place that stays (see `round_parts.notice`)."""
    place = st.empty()
    if said := st.session_state.pop(NOTICE, None):
        place.markdown(f":green[✓] {plain(said)}")


def _write(action: Callable[[], object], done: str) -> None:
    try:
        action()
    except (ScanError, ResidualError) as refusal:
        st.error(plain(str(refusal)))
        return
    st.session_state[NOTICE] = done
    st.session_state[EDITION] = st.session_state.get(EDITION, 0) + 1
    st.rerun()


def agreement(
    scan: ScanRound,
    factor: Factor,
    known: Consensus | None,
    instrument: Instrument,
    screen: Screen,
    today: date,
) -> None:
    """Show what was agreed on a factor, and let somebody write it down beside the answers."""
    st.header("Wat spreken wij af?", anchor=False)
    headings = {level.letter: level.heading for level in factor.levels}
    based = _basis(scan.id, factor.id, known)
    if known is not None:
        by = plain(known.recorded_by or UNRECORDED)
        st.markdown(
            f"**{known.level} · {plain(headings.get(known.level, known.level))}**  \n"
            f"{plain(known.reason)}  \n"
            f":small[:gray[vastgelegd op {day(known.recorded_on)} door {by}; de antwoorden "
            "blijven zoals zij zijn]]"
        )
    box = st.expander("Afspraak veranderen") if known is not None else st.container()
    with box, st.form(f"afspraak_{factor.id}", border=False, enter_to_submit=False):
        level = st.radio(
            "Niveau dat wij samen zien",
            list(headings),
            index=list(headings).index(known.level) if known and known.level in headings else None,
            format_func=lambda each: f"{each} · {headings[each]}",
            key=f"niveau_{scan.id}_{factor.id}",
        )
        reason = st.text_input(
            "Waarom zien wij dit zo?", max_chars=500, key=f"reden_{scan.id}_{factor.id}"
        )
        saved = st.form_submit_button("Afspraak vastleggen", key=f"{AGREE}_{factor.id}")
    if saved and level is None:
        st.error("Kies het niveau dat u samen ziet.")
    elif saved and level is not None:
        _write(
            lambda: _agree(based, scan, instrument, factor, level, reason or "", screen, today),
            "De afspraak is vastgelegd, naast de antwoorden.",
        )


def _basis(scan_id: int, factor: str, known: Consensus | None) -> dict[str, int | None]:
    """Return the agreement that was on the screen before the form was sent."""
    key = f"{AGREE}_basis_{scan_id}_{factor}"
    if key not in st.session_state or not st.session_state.get(f"{AGREE}_{factor}"):
        st.session_state[key] = {"seen": known.id if known else None}
    kept: dict[str, int | None] = st.session_state[key]
    return kept


def _agree(
    based: dict[str, int | None],
    scan: ScanRound,
    instrument: Instrument,
    factor: Factor,
    level: str,
    reason: str,
    screen: Screen,
    today: date,
) -> None:
    at = (load.engine(), screen.actor, scan.id, instrument, factor.id)
    try:
        followup.record_consensus(*at, level, reason, based["seen"], as_of=today)
    except followup.AgreementChangedError as refusal:
        raise ScanError(f"{refusal} {AGAIN}") from refusal


def actions(
    scan: ScanRound, factor: Factor, instrument: Instrument, screen: Screen, today: date
) -> None:
    """List what is being done about a factor, and add to it."""
    st.header("Wat gaan wij doen?", anchor=False)
    for each in discussion.actions(load.residual_items(), scan.project_id, factor.id, screen.as_of):
        sign = ":green[✓]" if each.done else "○"
        st.markdown(f"{sign} {plain(each.title)}  \n:small[:gray[{plain(each.who)} · {each.when}]]")
    edition = st.session_state.get(EDITION, 0)
    names = load.people_by_id()
    with st.form(f"actie_{factor.id}_{edition}", border=False, enter_to_submit=False):
        proposal = st.selectbox(
            "Voorstel", list(factor.follow_ups), index=None, placeholder="Kies een voorstel"
        )
        own = st.text_input("Of in eigen woorden", max_chars=200)
        owner = st.selectbox(
            "Wie doet het?",
            list(names),
            index=None,
            format_func=lambda each: names.get(each, ""),
            placeholder="Kies een persoon",
        )
        due = st.date_input(
            "Klaar op",
            today + timedelta(weeks=discussion.FIRST_WEEKS),
            min_value=today,
            format="DD-MM-YYYY",
        )
        saved = st.form_submit_button("Actie vastleggen", type="primary")
    if not names:
        st.markdown("Er staan nog geen mensen in de portfolio; lees ze in op het scherm Beheer.")
    title = " ".join((own or "").split()) or proposal
    if saved and not title:
        st.error("Kies een voorstel of schrijf op wat u gaat doen.")
    elif saved and title:
        fields = ItemFields(title, owner, due)
        _write(
            lambda: followup.take_action(
                load.engine(),
                screen.actor,
                scan.id,
                instrument,
                factor.id,
                fields,
                as_of=today,
            ),
            f"‘{title}’ staat nu ook bij de restpunten.",
        )
