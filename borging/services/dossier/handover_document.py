"""The words of the overdrachtsdocument of one result, section by section."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from borging.domain import handover as rules
from borging.domain.dossier import all_lists
from borging.domain.questionnaires import Questionnaire
from borging.domain.wording import count, day, day_and_week
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.handover import progress, question_rows
from borging.services.dossier.words import NOT_FILLED_IN, in_words
from borging.services.residuals.items import accepted_by, open_on

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Table:
    """A table in print. widths: shares of the width of the page, of every column."""

    headings: tuple[str, ...]
    rows: Rows
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Section:
    """A heading with sentences and a table below it; table None where there is nothing."""

    heading: str
    sentences: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class DocumentText:
    """A whole document in words. as_of: the day it describes."""

    title: str
    subtitle: str
    as_of: date
    sections: tuple[Section, ...]


def document(dossier: Dossier, questionnaire: Questionnaire, result_id: int) -> DocumentText:
    """Return the overdrachtsdocument of a result that the project has."""
    result = next(each for each in dossier.given_results if each["id"] == result_id)

    def of_result(row: Mapping[str, Any]) -> bool:
        return row["result"] in (None, result_id)

    def of_all(_row: Mapping[str, Any]) -> bool:
        return True

    lists = (
        (
            "Acties en besluiten",
            rules.ACTION,
            ("what", "kind", "owner", "due", "done_on"),
            of_result,
        ),
        ("Risico's met maatregelen", rules.RISK, ("what", "measure", "owner"), of_result),
        (
            "Blijvende kosten",
            "running_cost",
            ("what", "year", "amount", "budgeted", "owner"),
            of_all,
        ),
        ("Contracten", "contract", ("what", "supplier", "ends_on", "notice_by", "owner"), of_all),
    )
    return DocumentText(
        title=f"Overdrachtsdocument: {result['title']}",
        subtitle=f"{_project_name(dossier)} · stand op {day_and_week(dossier.as_of)}",
        as_of=dossier.as_of,
        sections=(
            _about(dossier, result),
            _handed_over(dossier, result),
            _questions(dossier, questionnaire, result_id),
            *(_of_list(dossier, *each) for each in lists),
            _left_over(dossier),
            _of_list(
                dossier,
                "Evaluaties",
                rules.EVALUATION,
                ("title", "planned_on", "led_by", "held_on", "outcome"),
                of_all,
            ),
            _signatures(dossier, result),
        ),
    )


def _project_name(dossier: Dossier) -> str:
    code, title = dossier.project["code"], dossier.project["title"]
    return str(title) if code == title else f"{code} {title}"


def _or_not(value: Any) -> str:
    return NOT_FILLED_IN if value is None or value == "" else str(value)


def _day(value: Any) -> str:
    return day(value, NOT_FILLED_IN)


def _receivers(dossier: Dossier, result: Mapping[str, Any]) -> tuple[str, str]:
    formal, practical = (
        dossier.people.get(result[name] or 0)
        for name in ("formal_receiver_id", "practical_receiver_id")
    )
    return _or_not(formal), _or_not(practical)


def _about(dossier: Dossier, result: Mapping[str, Any]) -> Section:
    project, (formal, practical) = dossier.project, _receivers(dossier, result)
    rows = (
        ("Project", _project_name(dossier)),
        ("Doel", _or_not(project.get("summary"))),
        ("Eenheid", _or_not(project.get("unit"))),
        ("Looptijd", f"{_day(project.get('start'))} t/m {_day(project.get('end'))}"),
        ("Opdrachtgever", _or_not(project.get("sponsor"))),
        ("Eigenaar in de lijn", _or_not(project.get("owner"))),
        ("Projectleider", _or_not(project.get("project_lead"))),
        ("Formele ontvanger", formal),
        ("Praktische ontvanger", practical),
        ("Afgesproken dag", _day(result["agreed_on"])),
        ("Overgedragen op", _day(result["handed_over_on"])),
    )
    return Section("Project en ontvangers", table=Table(("Wat", "Gegeven"), rows, (1, 2)))


def _handed_over(dossier: Dossier, result: Mapping[str, Any]) -> Section:
    others = [each for each in dossier.given_results if each["id"] != result["id"]]
    rows = tuple(
        (each["title"], _receivers(dossier, each)[0], _day(each["handed_over_on"]))
        for each in others
    )
    table = Table(("Ander resultaat", "Formele ontvanger", "Overgedragen op"), rows, (3, 2, 2))
    sentences = [str(result["title"])]
    if rows:
        sentences.append("Dit project heeft ook andere resultaten, met een eigen overdracht:")
    return Section("Wat wordt overgedragen", tuple(sentences), table if rows else None)


def _questions(dossier: Dossier, questionnaire: Questionnaire, result_id: int) -> Section:
    definition = all_lists(dossier.parts)[rules.HARD_QUESTION]
    moments = {
        moment: question_rows(dossier, questionnaire, result_id, moment).to_dict("records")
        for moment in (rules.START, rules.CLOSING)
    }

    def words(row: Mapping[Any, Any], name: str) -> str:
        return in_words(definition.by_id[name], row[name], dossier)

    rows = tuple(
        (
            question.question,
            words(start, "answer"),
            words(closing, "answer"),
            words(closing, "evidence"),
            words(closing, "owner"),
            words(closing, "answered_on"),
        )
        for question, start, closing in zip(
            questionnaire.questions, moments[rules.START], moments[rules.CLOSING], strict=True
        )
    )
    sentences = []
    for words_of_moment, moment in (("start", rules.START), ("afsluiten", rules.CLOSING)):
        how = progress(dossier, questionnaire, result_id, moment)
        rest = f" ({how.rest})" if how.rest else ""
        sentences.append(
            f"Bij {'de' if moment == rules.START else 'het'} {words_of_moment}: {how.words}{rest}."
        )
    headings = (
        "Vraag",
        "Bij de start",
        "Bij het afsluiten",
        "Bewijs",
        "Wie zorgt ervoor",
        "Wanneer",
    )
    return Section(questionnaire.title, tuple(sentences), Table(headings, rows, (8, 3, 3, 5, 4, 3)))


def _of_list(
    dossier: Dossier,
    heading: str,
    key: str,
    names: Sequence[str],
    keep: Callable[[Mapping[str, Any]], bool],
) -> Section:
    """Return a list of the dossier; its first column is twice as wide."""
    definition = all_lists(dossier.parts)[key]
    fields = [definition.by_id[name] for name in names]
    rows = tuple(
        tuple(in_words(field, row[field.id], dossier) for field in fields)
        for row in dossier.rows(key)
        if keep(row)
    )
    if not rows:
        return Section(heading, (f"Er zijn geen {definition.many} vastgelegd.",))
    widths = tuple(2 if place == 0 or name == "measure" else 1 for place, name in enumerate(names))
    return Section(heading, table=Table(tuple(field.label for field in fields), rows, widths))


def _left_over(dossier: Dossier) -> Section:
    """Return the restpunten of the project that are open."""
    items = dossier.residual_items
    shown = items[open_on(items, dossier.as_of)]
    shown = shown.assign(accepted_by=accepted_by(shown, dossier.as_of)).astype(object)
    rows = tuple(
        (row["title"], _or_not(row["owner"]), _day(row["due"]), _or_not(row["accepted_by"]))
        for row in shown.where(shown.notna(), None).to_dict("records")
    )
    if not rows:
        return Section("Restpunten", ("Er zijn geen open restpunten.",))
    said = count(len(rows), "restpunt van dit project is", "restpunten van dit project zijn")
    headings = ("Restpunt", "Eigenaar", "Vervaldatum", "Aanvaard namens de lijn door")
    return Section("Restpunten", (f"{said} open.",), Table(headings, rows, (4, 2, 2, 2)))


def _signatures(dossier: Dossier, result: Mapping[str, Any]) -> Section:
    formal, practical = _receivers(dossier, result)
    rows = tuple(
        (role, name, "", "")
        for role, name in (
            ("Projectleider, draagt over", _or_not(dossier.project.get("project_lead"))),
            ("Formele ontvanger", formal),
            ("Praktische ontvanger", practical),
            ("Opdrachtgever", _or_not(dossier.project.get("sponsor"))),
        )
    )
    headings = ("Rol", "Naam", "Datum", "Handtekening")
    return Section("Ondertekening", table=Table(headings, rows, (3, 3, 2, 4)))
