"""The ways into a round that is not closed: links per person, and one for a team meeting.

A link is known in full only when it is made. It then stays with this visit (plain texts in the
session) and is nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import segno
import streamlit as st

from borging.domain.periods import Week
from borging.domain.rounds import ScanRound
from borging.domain.wording import count
from borging.exchange import tables as files
from borging.services.scan import rounds as round_desk
from borging.services.scan.chooser import Chosen
from borging.settings import settings
from borging.store.commands import invitations as commands
from borging.store.commands.round_checks import RoundChangedError
from borging.store.commands.scans import ScanError
from borging.store.queries.discussion import Invited
from borging.ui import load, tables
from borging.ui.frame import Screen
from borging.ui.scan import load_rounds, round_basis
from borging.ui.scan.round_basis import Basis, basis
from borging.ui.text import plain

LINKS, NAMES = "ronde_links", "ronde_namen"
COPIED_APART = 20
"""Links that each get a place to copy from; more of them stand in a table."""
HEADINGS = {"label": "Voor", "link": "Link", "closes_on": "Uiterlijk"}
QR_WIDTH = 260


def address() -> str:
    """Where people answer: a process of its own, or this app."""
    return settings().scan_url or round_desk.origin(st.context.url or "http://localhost:8501/")


def kept(scan_id: int) -> dict[str, Any]:
    """Return the links of a round that were made in this visit."""
    links: dict[str, Any] = st.session_state.setdefault(LINKS, {})
    own: dict[str, Any] = links.setdefault(str(scan_id), {"people": [], "shared": None})
    return own


def invite(scan_id: int, names: Sequence[str], screen: Screen) -> None:
    """Make a link per name and keep them for this visit; ScanError when that cannot be."""
    made = commands.invite(load.engine(), screen.actor, scan_id, names)
    kept(scan_id)["people"] += [
        {"id": each.id, "label": each.label, "link": round_desk.link(address(), each.token)}
        for each in made
    ]


def contested(scan_id: int) -> list[Invited]:
    """Return the links of a round that somebody has to renew or revoke."""
    return [each for each in load_rounds.invitations(scan_id) if each.unresolved]


def resolve(scan: ScanRound, screen: Screen) -> None:
    """Offer for each contested link to renew it or to take it back."""
    for each in contested(scan.id):
        st.markdown(f"**{plain(each.label)}**")
        with st.container(horizontal=True):
            if st.button("Link vernieuwen", type="primary", key=f"vernieuw_{each.id}"):
                _resolve(partial(_renew, scan.id, each.id, screen))
            if st.button("Link intrekken", key=f"intrek_{each.id}"):
                _resolve(partial(commands.revoke, load.engine(), screen.actor, each.id))
    st.markdown(
        ":small[:gray[Wie dit zei, wordt niet bewaard. Hoeveel antwoorden zo vervielen, ziet "
        "iedereen die een link opent en iedereen die de uitslag leest.]]"
    )


def _renew(scan_id: int, invitation_id: int, screen: Screen) -> None:
    made = commands.renew(load.engine(), screen.actor, invitation_id)
    kept(scan_id)["people"].append(
        {"id": made.id, "label": made.label, "link": round_desk.link(address(), made.token)}
    )


def _resolve(action: Callable[[], object]) -> None:
    try:
        action()
    except ScanError as refusal:
        st.error(plain(str(refusal)))
        return
    st.rerun()


def share(seen: ScanRound, screen: Screen) -> None:
    """Make the link for a team and keep it for this visit; ScanError when that cannot be."""
    token = commands.share(load.engine(), screen.actor, seen)
    kept(seen.id)["shared"] = round_desk.link(address(), token, shared=True)


def warn_when_only_here() -> None:
    """Say that phones cannot follow a link to this machine."""
    if round_desk.only_here(address()):
        st.markdown(
            ":orange[▲] Deze links werken alleen op deze computer, niet op een telefoon: de README "
            "zegt hoe u de invulpagina apart start en haar adres instelt (`BORGING_SCAN_URL`)."
        )


def previous_names(before: Sequence[ScanRound]) -> list[str]:
    """Return whom the newest closed round with invitations invited, the revoked ones aside."""
    for scan in before:
        found = [each.label for each in load_rounds.invitations(scan.id) if not each.revoked]
        if found:
            return list(dict.fromkeys(found))
    return []


def names_field(before: Sequence[ScanRound], key: str, *, more: bool = False) -> list[str]:
    """Let somebody name whom to invite; filled with the people of the round before.

    more: others have been invited already.
    """
    waiting, earlier = st.session_state.get(NAMES), previous_names(before)
    text = st.text_area(
        f"Wie nodigt u{' nog' if more else ''} uit? Eén naam per regel",
        value=waiting or "\n".join(earlier),
        height=100 if more else 160,
        key=key,
        placeholder="Anna de Wit\nNachtdienst 1",
    )
    if earlier and not waiting:
        st.caption("Dezelfde mensen als vorige keer: verander wat anders is.")
    return round_desk.labels(text or "")


def made_now(scan: ScanRound, project: Chosen, screen: Screen) -> None:
    """Show the links per person that were made in this visit, to copy or to save."""
    working = {each.id for each in load_rounds.invitations(scan.id) if not each.revoked}
    people = [each for each in kept(scan.id)["people"] if each["id"] in working]
    if not people:
        return
    them = "hem" if len(people) == 1 else "ze"
    st.markdown(
        f"**{count(len(people), 'link', 'links')} gemaakt: geef {them} nu door.** Dit staat alleen "
        "hier en alleen tijdens dit bezoek; na herladen is het weg."
    )
    rows = pd.DataFrame(people).drop(columns="id").assign(closes_on=scan.closes_on)
    if len(people) <= COPIED_APART:
        for each in people:
            with st.container(gap=None):
                st.markdown(plain(each["label"]))
                st.code(each["link"], language=None, wrap_lines=True)
    else:
        shown = rows[["label", "link"]].rename(columns=HEADINGS)
        st.dataframe(shown, hide_index=True, row_height=34, alt="Links per genodigde")
    lines = "".join(f"{each['label']}\t{each['link']}\r\n" for each in people)
    stem = f"borging_scanlinks_{project.code}"
    with st.container(horizontal=True):
        st.download_button(
            "Excel",
            data=lambda: files.to_xlsx(rows, "Scanlinks", HEADINGS),
            file_name=files.file_name(f"scanlinks {project.code}", Week.of(screen.as_of), []),
            mime=tables.EXCEL,
            key="links_excel",
            on_click="ignore",
        )
        st.download_button(
            "Tekst", data=lines, file_name=f"{stem}.txt", key="links_text", on_click="ignore"
        )
    assert scan.closes_on is not None
    with st.expander("Tekst om mee te sturen"):
        words = round_desk.message(project.title, scan.closes_on, scan.min_answers)
        st.code(words, language=None, wrap_lines=True)


def more(scan: ScanRound, before: Sequence[ScanRound], screen: Screen) -> None:
    """Let somebody make links, and take one back."""
    invited = load_rounds.invitations(scan.id)
    first = not any(not each.revoked for each in invited)
    waits = first and not load_rounds.is_shared(scan.id)
    with st.form("uitnodigen", border=False, clear_on_submit=False):
        key = f"namen_{scan.id}_{len(invited)}"
        names = names_field(before if first else (), key, more=not first)
        made = st.form_submit_button("Links maken", type="primary" if waits else "secondary")
    if made:
        _make(scan, names, screen)
    _listed(scan, screen)


def _make(scan: ScanRound, names: Sequence[str], screen: Screen) -> None:
    try:
        invite(scan.id, names, screen)
    except ScanError as refusal:
        st.error(plain(str(refusal)))
        return
    st.session_state.pop(NAMES, None)
    st.rerun()


def _listed(scan: ScanRound, screen: Screen) -> None:
    invited = load_rounds.invitations(scan.id)
    if not invited:
        return
    going = {each.id: each.label for each in invited if not each.revoked}
    gone = [each.label for each in invited if each.revoked]
    words = [f"**Uitgenodigd ({len(going)}):** {plain(', '.join(going.values()) or 'niemand')}"]
    if gone:
        words.append(f"**Ingetrokken ({len(gone)}):** {plain(', '.join(gone))}")
    words.append(
        ":small[:gray[Of een link is gebruikt, staat hier niet. Wie hem op een ander toestel "
        "opent, ziet het wel.]]"
    )
    st.markdown("  \n".join(words))
    if going:
        with st.popover("Link intrekken"):
            _revoke(going, screen)


def _revoke(going: dict[int, str], screen: Screen) -> None:
    chosen = st.selectbox(
        "Van wie?",
        list(going),
        index=None,
        format_func=lambda each: going.get(each, ""),
        placeholder="Kies een naam",
        key="link_van",
    )
    st.markdown(
        "Een antwoord dat al met deze link is gegeven, blijft meetellen. Wie daarna een nieuwe "
        "link krijgt, kan dus twee keer tellen."
    )
    if st.button("Intrekken", key="link_intrekken", disabled=chosen is None):
        assert chosen is not None
        try:
            commands.revoke(load.engine(), screen.actor, chosen)
        except ScanError as refusal:
            st.error(plain(str(refusal)))
            return
        st.rerun()


def shared(scan: ScanRound, screen: Screen) -> None:
    """Offer one link with a QR code for a team meeting, to make anew and to stop."""
    there, link = load_rounds.is_shared(scan.id), kept(scan.id)["shared"]
    based, stopping = basis(scan, "deel"), basis(scan, "deel_stop")
    if there and link:
        code = segno.make(link, error="m").svg_inline(scale=8, border=3, light="#ffffff")
        st.image(code, width=QR_WIDTH, alt="QR-code van de gedeelde link")
        st.code(link, language=None, wrap_lines=True)
        words = "Iedereen met deze link kan één keer per telefoon of computer antwoorden."
    elif there:
        words = "Er is een gedeelde link. Hij is niet opnieuw te tonen; maak zo nodig een nieuwe."
    else:
        words = "Eén link voor wie bij elkaar zit: toon de QR-code in het overleg."
    st.markdown(words)
    with st.container(horizontal=True):
        again = "Nieuwe gedeelde link" if there else "Gedeelde link maken"
        if st.button(again, key="deel", help="De vorige werkt dan niet meer." if there else None):
            _change_shared(based, screen, stop=False)
        if there and st.button("Stoppen", key="deel_stop", type="tertiary"):
            _change_shared(stopping, screen, stop=True)


def _change_shared(based: Basis, screen: Screen, *, stop: bool) -> None:
    seen = based["seen"]
    try:
        if stop:
            commands.stop_sharing(load.engine(), screen.actor, seen)
            kept(seen.id)["shared"] = None
        else:
            share(seen, screen)
    except RoundChangedError as refusal:
        st.error(plain(round_basis.conflict(based, refusal)))
        return
    except ScanError as refusal:
        st.error(plain(str(refusal)))
        return
    round_basis.done(based)
    st.rerun()
