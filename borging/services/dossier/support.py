"""What carries a result when the project is gone: support, trust, knowledge and room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from borging.domain.dossier_bounds import QUARTER_DAYS, is_closing, known_by_one
from borging.domain.dossier_summary import PartState, PartSummary
from borging.domain.wording import count
from borging.services.dossier.asks import Ask, days_until, named, summed_up
from borging.services.dossier.dossier import Dossier


def support(dossier: Dossier) -> PartSummary:
    """Ask first for what hangs on one person, last for what would be good to do again."""
    return summed_up(dossier, "draagvlak", _asks(dossier))


def _asks(dossier: Dossier) -> Iterator[Ask]:
    yield from _leader(dossier)
    yield from _knowledge(dossier)
    yield from _left_open(dossier)
    yield from _members(dossier)
    yield from _expertise(dossier)
    if not dossier.state.is_over:
        yield from _early_results(dossier)
        yield from _messages(dossier)


def _leader(dossier: Dossier) -> Iterator[Ask]:
    chosen = dossier.only("borging_project")
    if chosen and chosen["leader"] and chosen["leader"] == dossier.project.get("project_lead_id"):
        yield Ask(
            "de projectleider leidt ook de borging",
            "Kies voor de borging iemand die blijft: de projectleider gaat weg als het project "
            "klaar is.",
        )
    elif chosen and not chosen["leader"]:
        yield Ask(
            "niet bekend wie de borging leidt",
            "Kies wie de borging leidt: iemand die blijft als het project klaar is.",
            PartState.UNDERWAY,
        )


def _knowledge(dossier: Dossier) -> Iterator[Ask]:
    rows = dossier.rows("knowledge_holder")
    if alone := known_by_one(rows):
        yield Ask(
            f"{count(len(alone), 'onderwerp', 'onderwerpen')} bij één persoon",
            f"Laat een tweede meedraaien bij {named(alone)}.",
        )
    nobody = [row["topic"] for row in rows if not row["first"] and not row["second"]]
    if nobody:
        yield Ask(
            f"van {count(len(nobody), 'onderwerp', 'onderwerpen')} onbekend wie het weet",
            f"Vraag na wie het weet: {named(nobody)}.",
            PartState.UNDERWAY,
        )


def _left_open(dossier: Dossier) -> Iterator[Ask]:
    rows = dossier.rows("open_start_risk")
    labels = next(
        each.name_field.labels
        for part in dossier.parts
        for each in part.lists
        if each.key == "open_start_risk"
    )
    bare = [labels[row["risk"]] for row in rows if row["present"] is True and not row["measure"]]
    if bare:
        yield Ask(
            f"{count(len(bare), 'open punt', 'open punten')} zonder maatregel",
            f"Spreek af wat u doet tegen {named(bare)}.",
        )
    said = {row["risk"] for row in rows if row["present"] is not None}
    missing = [label for risk, label in labels.items() if risk not in said]
    if rows and missing:
        yield Ask(
            f"{len(missing)} van {len(labels)} open punten niet nagelopen",
            f"Ga na of dit speelt: {named(missing)}.",
            PartState.UNDERWAY,
        )


def _members(dossier: Dossier) -> Iterator[Ask]:
    rows = dossier.rows("team_member")
    without = [r for r in rows if r["mandate"] is False or r["hours"] == 0]
    if without:
        yield Ask(
            f"{count(len(without), 'teamlid', 'teamleden')} zonder mandaat of uren",
            f"Regel mandaat en uren in de agenda voor {_people(dossier, without)}.",
        )
    unknown = [r for r in rows if r not in without and (r["mandate"] is None or r["hours"] is None)]
    if unknown:
        yield Ask(
            f"van {count(len(unknown), 'teamlid', 'teamleden')} mandaat of uren onbekend",
            f"Vraag na hoeveel ruimte er is voor {_people(dossier, unknown)}.",
            PartState.UNDERWAY,
        )


def _people(dossier: Dossier, rows: Sequence[Mapping[str, Any]]) -> str:
    return named([dossier.people.get(row["person"], "onbekend") for row in rows])


def _expertise(dossier: Dossier) -> Iterator[Ask]:
    rows = dossier.rows("expertise")
    leaving = [
        row["role"]
        for row in rows
        if is_closing(row["until"], dossier.as_of) and not row["left_behind"]
    ]
    if leaving:
        yield Ask(
            f"{count(len(leaving), 'deskundige', 'deskundigen')} weg zonder overdracht van kennis",
            f"Spreek af welke kennis achterblijft en bij wie: {named(leaving)}.",
        )
    unknown = [row["role"] for row in rows if row["until"] is None and not row["left_behind"]]
    if unknown:
        yield Ask(
            f"van {count(len(unknown), 'deskundige', 'deskundigen')} onbekend tot wanneer",
            f"Vraag na hoe lang zij blijven en wat zij achterlaten: {named(unknown)}.",
            PartState.UNDERWAY,
        )
    tied = [row["role"] for row in rows if row["independent"] is False]
    if tied:
        yield Ask(
            f"{count(len(tied), 'deskundige', 'deskundigen')} van de leverancier",
            f"Laat iemand die los staat van de leverancier meekijken bij {named(tied)}.",
            PartState.UNDERWAY,
        )


def _early_results(dossier: Dossier) -> Iterator[Ask]:
    def near(row: Mapping[str, Any]) -> bool:
        if row["done_on"] is not None:
            return -QUARTER_DAYS <= days_until(row["done_on"], dossier.as_of) <= 0
        return row["due"] is not None and 0 <= days_until(row["due"], dossier.as_of) <= QUARTER_DAYS

    if not any(near(row) for row in dossier.rows("quick_win")):
        yield Ask(
            "geen snel resultaat binnen drie maanden",
            "Spreek één klein resultaat af dat binnen drie maanden te zien is.",
            PartState.UNDERWAY,
        )


def _messages(dossier: Dossier) -> Iterator[Ask]:
    silent = [
        row["words"]
        for row in dossier.rows("message")
        if row["told_on"] is None or days_until(row["told_on"], dossier.as_of) < -QUARTER_DAYS
    ]
    if silent:
        yield Ask(
            f"{count(len(silent), 'boodschap', 'boodschappen')} drie maanden niet herhaald",
            f"Vertel opnieuw: {named(silent)}.",
            PartState.UNDERWAY,
        )
