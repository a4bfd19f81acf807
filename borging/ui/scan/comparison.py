"""The parts of the screen that compares projects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from borging.charts import comparison as drawing
from borging.charts import factor_links as links_drawing
from borging.domain.instruments import Factor
from borging.domain.wording import day, number
from borging.services.scan import comparison, factor_links
from borging.services.scan.comparison import Asked, ComparisonView, Side
from borging.services.scan.factor_links import LinksView
from borging.ui import charts, links, load, tables
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.scan import load_rounds
from borging.ui.text import plain

CHOSEN = "vergelijk_projecten"
SCANS = {
    "code": "Code",
    "title": "Project",
    "scanned_on": "Scan van",
    "number": "Ronde",
    "who": "Invullers",
    "total": "Totaal",
    "sd": "Standaardafwijking",
    "version": "Versie",
}
SCANS_ON_A_PHONE = {"code": "Code", "scanned_on": "Scan van", "briefly": "Invullers"}
WRITTEN: dict[str, Callable[[Any], str]] = {
    "code": plain,
    "title": plain,
    "who": plain,
    "scanned_on": day,
    "total": lambda points: number(points, 1),
    "sd": lambda points: number(points, 1),
}
PAIRS = {
    "first": "Factor",
    "second": "Factor daartegen",
    "rho": "Rangcorrelatie",
    "low": "Ondergrens",
    "high": "Bovengrens",
    "n": "n",
}


def asked(screen: Screen) -> Asked:
    """Read which projects the address names."""
    return comparison.asked(
        st.query_params.get("ids", ""),
        screen.all_projects["id"].tolist(),
        load.newest_scans(screen.as_of)["project_id"].unique().tolist(),
    )


def sides(chosen: Asked, screen: Screen) -> list[Side]:
    """Load the round that stands for each of the projects in the portfolio."""
    scans = load.newest_scans(screen.as_of).drop_duplicates("project_id")
    standing = dict(zip(scans["project_id"].tolist(), scans["scan_id"].tolist(), strict=True))
    found = []
    for project_id in chosen.ids:
        own = screen.all_projects[screen.all_projects["id"] == project_id].iloc[0]
        for scan in load_rounds.rounds(project_id, screen.as_of):
            if scan.id == standing[project_id] and scan.score is not None:
                found.append(Side(project_id, own["code"], own["title"], scan, scan.score.factors))
    return found


def choose(chosen: Asked, screen: Screen) -> None:
    """Let somebody choose projects; the address follows the choice."""
    measured = set(load.newest_scans(screen.as_of)["project_id"])
    offered = screen.projects[screen.projects["id"].isin(measured)]
    rows = screen.all_projects[screen.all_projects["id"].isin({*offered["id"], *chosen.ids})]
    names = {
        project_id: f"{code} · {title}"
        for project_id, code, title in zip(
            rows["id"].tolist(), rows["code"], rows["title"], strict=True
        )
    }
    st.session_state[CHOSEN] = list(chosen.ids)
    st.multiselect(
        f"Projecten ({comparison.FEWEST} tot {comparison.MOST})",
        list(names),
        format_func=names.__getitem__,
        key=CHOSEN,
        max_selections=comparison.MOST,
        on_change=_remember,
        placeholder="Typ een deel van de naam of kies uit de lijst",
        select_all=False,
    )
    _say(chosen)


def too_few(view: ComparisonView, chosen: Asked) -> None:
    """Say what has to be done before projects can be compared."""
    st.markdown(view.too_few)
    st.page_link(links.screen("borgingsscan"), label="Naar de borgingsscan")
    _say(chosen)


def _say(chosen: Asked) -> None:
    for sentence in chosen.left_out:
        st.markdown(f":orange[{plain(sentence)}]")


def _remember() -> None:
    ids = st.session_state[CHOSEN]
    if ids:
        st.query_params["ids"] = ",".join(str(each) for each in ids)
    else:
        st.query_params.pop("ids", None)


def side_by_side(view: ComparisonView, screen: Screen) -> None:
    """Draw the chosen projects over each other, per factor, beside each other and in tables."""
    instrument = load.instrument()
    left, right = st.columns(2, gap="large")
    with left:
        st.header("Hoe is het beeld over elkaar?", anchor=False)
        charts.show(
            reuse(drawing.overlay, view, instrument, screen.look),
            key="overlay",
            alt=f"Radar van de gekozen projecten. {view.in_words}",
            small_print=plain(view.note),
        )
    with right:
        st.header("Waar lopen ze uiteen?", anchor=False)
        charts.show(
            reuse(drawing.dots, view, screen.look),
            key="dots",
            alt=f"Per factor, grootste verschil eerst. {view.in_words}",
            small_print=plain(view.note),
        )
    st.header("Hoe is het beeld naast elkaar?", anchor=False)
    charts.show(
        reuse(drawing.multiples, view, instrument, screen.look),
        key="multiples",
        alt=f"Een radar per project. {view.in_words}",
        small_print=plain(view.note),
    )
    st.header("Alle cijfers", anchor=False)
    _factor_table(view, screen)
    _scan_table(view, screen)


def _factor_table(view: ComparisonView, screen: Screen) -> None:
    narrow = screen.look.narrow
    places = list(enumerate(view.sides))
    in_file = {"domain": "Domein", "factor": "Factor"}
    for place, side in places:
        in_file |= {
            f"percent_{place}": f"{side.label} % van maximum",
            f"n_{place}": f"{side.label} antwoorden",
        }
    tables.excel_button(view.factors, in_file, "vergelijking borgingsscan", screen)
    shown = {"short": "Factor"} if narrow else {"domain": "Domein", "factor": "Factor"}
    cell = "briefly" if narrow else "said"
    rows = view.factors[[*shown, *(f"{cell}_{place}" for place, _ in places)]]
    rows.columns = [*shown.values(), *_headings(view.sides)]
    st.table(rows, border="horizontal", hide_index=True, alt="Per factor de score van elk project")


def _headings(sides: Sequence[Side]) -> list[str]:
    """Return the codes; projects that share one are told apart by their number."""
    codes = [side.code for side in sides]
    return [
        plain(side.code if codes.count(side.code) == 1 else f"{side.code} ({side.project_id})")
        for side in sides
    ]


def _scan_table(view: ComparisonView, screen: Screen) -> None:
    st.markdown("**Waar de cijfers vandaan komen**")
    headings = SCANS_ON_A_PHONE if screen.look.narrow else SCANS
    formats: dict[Any, Any] = {
        headings[name]: written for name, written in WRITTEN.items() if name in headings
    }
    st.table(
        view.scans[list(headings)].rename(columns=headings).style.format(formats, na_rep="–"),
        border="horizontal",
        hide_index=True,
        alt="De scan van elk gekozen project, met datum, invullers, totaal en versie",
    )
    with st.container(horizontal=True):
        for heading, side in zip(_headings(view.sides), view.sides, strict=True):
            st.page_link(
                links.screen("borgingsscan"),
                label=f"Scan van {heading}",
                query_params={"id": str(side.project_id)},
            )


def together(found: LinksView, screen: Screen) -> None:
    """Show how factors go together, as far as there are projects enough."""
    st.header("Hoe hangen factoren samen?", anchor=False)
    if found.pair_words:
        st.markdown(found.pair_words)
        return
    left, right = st.columns(charts.WIDE_RIGHT, gap="large")
    with left:
        _pair(found, screen)
    with right:
        _matrix(found, screen)


def _pair(found: LinksView, screen: Screen) -> None:
    factors = load.instrument().factors
    first = _factor("Factor", "factor", factors, 6)
    second = _factor("tegen factor", "tegenfactor", factors, 5)
    pair = reuse(factor_links.pair, found, first, second)
    st.markdown(pair.words)
    if pair.points.empty:
        return
    charts.show(
        reuse(links_drawing.scatter, pair, screen.look),
        key="pair",
        alt=f"{first.name} tegen {second.name}, % van het maximum per project. {pair.words}",
        small_print=plain(f"% van het maximum · een grotere stip is meer projecten · {found.note}"),
    )


def _factor(label: str, key: str, factors: Sequence[Factor], first: int) -> Factor:
    names = {factor.name: factor for factor in factors}
    chosen = st.selectbox(label, list(names), index=first, key=key, bind="query-params")
    return names[chosen]


def _matrix(found: LinksView, screen: Screen) -> None:
    st.markdown("**Alle factoren tegen elkaar**")
    if found.matrix_words:
        st.markdown(found.matrix_words)
        return
    said = "; ".join(
        f"{row['first']} met {row['second']} {row['said']}"
        for row in found.pairs.to_dict("records")
    )
    charts.show(
        reuse(links_drawing.matrix, found, load.instrument(), screen.look),
        key="matrix",
        alt=f"Rangcorrelatie per paar factoren: {said}",
        small_print=plain(found.matrix_note),
    )
    tables.excel_button(found.pairs, PAIRS, "samenhang factoren", screen)
