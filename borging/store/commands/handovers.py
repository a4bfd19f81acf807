"""Recording that a result was handed over, and taking that back.

What a handover leaves open becomes restpunten and three evaluations are put ready, in the same
transaction. The audit entry holds which ones, so that none is made twice and all can go again;
it has no before and after, because undoing the day alone would leave them behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, select, update

from borging.access.actor import Actor
from borging.domain import handover as rules
from borging.domain import handover_points as points
from borging.domain.dossier import ListDefinition
from borging.domain.dossier_values import from_json
from borging.domain.handover_points import NewItem
from borging.domain.hard_answers import standing_about
from borging.domain.questionnaires import Questionnaire
from borging.store.commands import residuals
from borging.store.commands.conflicts import last_writer
from borging.store.commands.dossier import stored_items, write_items
from borging.store.commands.residuals import ItemFields, insert_item
from borging.store.commands.results import ENTITY
from borging.store.commands.rows import Row
from borging.store.database import Write, writing
from borging.store.queries.handovers import RECORDED, Made, left_before, made_by
from borging.store.tables import Record

T = Record.metadata.tables
result, project, person, residual = (
    T[name] for name in ("project_result", "project", "person", "residual_item")
)


class HandoverError(ValueError):
    """A handover cannot be recorded or taken back like this; the message says in Dutch why."""


@dataclass(frozen=True)
class Handover:
    """What somebody records of one result.

    version: of the result as he saw it. evaluations: term to the day on which to evaluate.
    """

    result_id: int
    version: int
    day: date
    evaluations: Mapping[str, date]


def hand_over(
    engine: Engine,
    actor: Actor,
    handover: Handover,
    questionnaire: Questionnaire,
    lists: Mapping[str, ListDefinition],
    today: date,
) -> Made:
    """Record that a result was handed over; return the restpunten and evaluations it made.

    Every question and action that is still open comes in a restpunt, unless one of an earlier
    recording is there; see `borging.domain.handover_points`. An evaluation is made for every term
    that has none.

    Args:
        lists: definitions of the lists of a dossier, by key.
        today: the last day on which something can have been handed over.

    Raises:
        HandoverError: unknown or changed result, nobody receives it, or a wrong day.
        RowsError: an evaluation has a wrong day.
    """
    with writing(engine, actor) as write:
        row = _result(write, handover.result_id, handover.version)
        receiver = _checked(write, row, handover, today)
        _set_day(write, row, handover.day)
        items: dict[str, int] = {}
        for new in _left_over(write, row, handover.day, questionnaire, lists):
            fields = ItemFields(new.title, new.owner, new.due)
            item_id = insert_item(write, row["project_id"], fields, handover.day)
            items |= dict.fromkeys(new.keys, item_id)
        made = Made(items, _plan(write, row, handover, lists[rules.EVALUATION]))
        write.record(
            RECORDED,
            ENTITY,
            row["id"],
            f"‘{row['title']}’ van {row['code']} op {handover.day:%d-%m-%Y} overgedragen aan "
            f"{receiver}.",
            day=handover.day,
            items=dict(made.items),
            evaluations=list(made.evaluations),
        )
        return made


def take_back(
    engine: Engine,
    actor: Actor,
    result_id: int,
    version: int,
    lists: Mapping[str, ListDefinition],
) -> Made:
    """Record that a result was not handed over after all; return what was hidden with it.

    Restpunten and evaluations that the recording made go with it, unless somebody has changed
    them since; the evaluations stay when another result of the project was handed over.

    Raises:
        HandoverError: unknown or changed result, or it was not handed over.
    """
    with writing(engine, actor) as write:
        row = _result(write, result_id, version)
        if row["handed_over_on"] is None:
            raise HandoverError(f"‘{row['title']}’ is niet overgedragen; er is niets veranderd.")
        _set_day(write, row, None)
        made = made_by(write.session.connection(), result.c.id == row["id"])
        last = made[-1] if made else Made()
        hidden = Made(_hide_items(write, last), _hide_evaluations(write, row, last, lists))
        write.record(
            "take_back",
            ENTITY,
            row["id"],
            f"Overdracht van ‘{row['title']}’ van {row['code']} teruggedraaid.",
            day=row["handed_over_on"],
            items=dict(hidden.items),
            evaluations=list(hidden.evaluations),
        )
        return hidden


def _result(write: Write, result_id: int, version: int) -> dict[str, Any]:
    """Return a result with the code and the start of its project."""
    found = write.session.execute(
        select(result, project.c.code, project.c.start)
        .join(project, project.c.id == result.c.project_id)
        .where(
            result.c.id == result_id, result.c.deleted_at.is_(None), project.c.deleted_at.is_(None)
        )
    ).mappings()
    row = found.first()
    if row is None:
        raise HandoverError("Dit resultaat is er niet meer. Laad het scherm opnieuw.")
    if row["version"] != version:
        who = last_writer(write.session, ENTITY, result_id)
        raise HandoverError(
            f"‘{row['title']}’ is intussen gewijzigd door {who}; hierboven "
            "staat hoe het nu is. Klopt het, druk dan opnieuw."
        )
    return dict(row)


def _checked(write: Write, row: Mapping[str, Any], handover: Handover, today: date) -> str:
    """Return the name of who formally receives a result that can be handed over."""
    title = row["title"]
    if row["handed_over_on"] is not None:
        raise HandoverError(f"‘{title}’ is al overgedragen op {row['handed_over_on']:%d-%m-%Y}.")
    receiver = write.session.scalar(
        select(person.c.name).where(
            person.c.id == row["formal_receiver_id"], person.c.deleted_at.is_(None)
        )
    )
    if receiver is None:
        raise HandoverError(
            f"‘{title}’ heeft nog geen formele ontvanger. Kies in de tabel met resultaten wie het "
            "in ontvangst neemt, en sla dat op."
        )
    if wrong := rules.wrong_day(handover.day, today, row["start"]):
        raise HandoverError(wrong)
    for term, day in handover.evaluations.items():
        if day <= handover.day:
            raise HandoverError(
                f"‘{rules.evaluation_title(term)}’ staat op {day:%d-%m-%Y}, niet na de overdracht "
                f"op {handover.day:%d-%m-%Y}. Kies een latere dag."
            )
    return str(receiver)


def _set_day(write: Write, row: Mapping[str, Any], day: date | None) -> None:
    write.session.execute(
        update(result)
        .where(result.c.id == row["id"])
        .values(handed_over_on=day, version=row["version"] + 1)
    )


def _left_over(
    write: Write,
    row: Mapping[str, Any],
    day: date,
    questionnaire: Questionnaire,
    lists: Mapping[str, ListDefinition],
) -> list[NewItem]:
    """Return the restpunten that a handover leaves, the receiver as proposed owner."""
    project_id = row["project_id"]
    people = set(write.session.scalars(select(person.c.id).where(person.c.deleted_at.is_(None))))
    answers = _contents(write, project_id, lists[rules.HARD_QUESTION]).values()
    found = points.open_points(
        questionnaire,
        standing_about(answers, row["id"]),
        _contents(write, project_id, lists[rules.ACTION]),
        row,
        left_before(write.session.connection(), project_id),
    )
    practical, formal = row["practical_receiver_id"], row["formal_receiver_id"]
    receiver = practical if practical in people else formal
    return points.new_items(found, row["title"], day, receiver, people)


def _plan(
    write: Write, row: Mapping[str, Any], handover: Handover, list_definition: ListDefinition
) -> tuple[int, ...]:
    """Put an evaluation ready for every term that has none; return their ids."""
    there = list(_contents(write, row["project_id"], list_definition).values())
    rows = [
        Row(
            rules.evaluation_title(term),
            {"title": rules.evaluation_title(term), "term": term, "planned_on": day},
        )
        for term, day in handover.evaluations.items()
        if not rules.is_there(there, term, handover.day)
    ]
    return tuple(write_items(write, row["project_id"], list_definition, rows))


def _hide_items(write: Write, made: Made) -> dict[str, int]:
    found = write.session.execute(
        select(residual.c.id, residual.c.title).where(
            residual.c.id.in_(list(made.items.values())),
            residual.c.version == 1,
            residual.c.deleted_at.is_(None),
        )
    )
    titles = {each.id: each.title for each in found}
    write.session.execute(
        update(residual)
        .where(residual.c.id.in_(list(titles)))
        .values(deleted_at=datetime.now(UTC), version=residual.c.version + 1)
    )
    for item_id, title in titles.items():
        words = f"Restpunt ‘{title}’ weggehaald: de overdracht is teruggedraaid."
        write.record(
            "remove", residuals.ENTITY, item_id, words, before={"title": title}, after=None
        )
    return {key: item_id for key, item_id in made.items.items() if item_id in titles}


def _hide_evaluations(
    write: Write, row: Mapping[str, Any], made: Made, lists: Mapping[str, ListDefinition]
) -> tuple[int, ...]:
    others = select(result.c.id).where(
        result.c.project_id == row["project_id"],
        result.c.handed_over_on.is_not(None),
        result.c.deleted_at.is_(None),
    )
    if write.session.scalars(others).first() is not None:
        return ()
    definition = lists[rules.EVALUATION]
    rows = [
        Row(definition.one, None, id=item_id, version=1)
        for item_id, each in stored_items(write.session, row["project_id"], definition).items()
        if item_id in made.evaluations and each["version"] == 1
    ]
    return tuple(write_items(write, row["project_id"], definition, rows))


def _contents(
    write: Write, project_id: int, list_definition: ListDefinition
) -> dict[int, dict[str, Any]]:
    """Return the fields of every item of a list by id, oldest first."""
    rows = stored_items(write.session, project_id, list_definition)
    return {item_id: from_json(list_definition, each["content"]) for item_id, each in rows.items()}
