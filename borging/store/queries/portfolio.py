"""Facts about projects: one frame per kind of fact."""

from __future__ import annotations

from datetime import date

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    String,
    and_,
    case,
    func,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.selectable import Subquery

from borging.domain.terms import ObservationKind
from borging.store.queries.frames import frame
from borging.store.queries.structure import add_structure
from borging.store.tables import Record

T = Record.metadata.tables
project, person = T["project"], T["person"]
residual, result, phase = T["residual_item"], T["project_result"], T["phase_record"]
course, observation, declaration = T["course_report"], T["observation"], T["sustain_declaration"]


def projects(engine: Engine, as_of: date) -> pd.DataFrame:
    """Every project with what was known of it on `as_of`; one row is one project, by code.

    Columns: id, code, title, summary, state, start, end, funding_source, funding_end,
    borging_in_plan, source, external_id; unit_id, unit, location, team, goal_id, goal,
    theme_id, theme; sponsor, owner, project_lead (names) and sponsor_id, owner_id,
    project_lead_id; version;
    course, course_on, course_sentence, course_by, course_source (None for a person's report),
    decision, decision_from, decision_before; verdict, declared_on, declared_by, evidence;
    items_open, items_unowned, items_unaccepted, items_overdue (counts, 0 when there are none);
    results, results_handed_over, next_handover (first agreed day not yet handed over).
    """
    sponsor, owner, lead = (person.alias(name) for name in ("sponsor", "owner", "lead"))
    latest, said = _newest_course(as_of), _newest_declaration(as_of)
    items, handovers = _item_counts(as_of), _handover_counts(as_of)
    counts = [
        func.coalesce(column, 0).label(column.name)
        for column in [*items.c, *handovers.c]
        if column.name not in ("project_id", "next_handover")
    ]
    own = [c for c in project.c if c.name != "deleted_at"]
    statement = (
        select(
            *own,
            sponsor.c.name.label("sponsor"),
            owner.c.name.label("owner"),
            lead.c.name.label("project_lead"),
            *[c for c in latest.c if c.name not in ("project_id", "place")],
            *[c for c in said.c if c.name not in ("project_id", "place")],
            *counts,
            handovers.c.next_handover,
        )
        .outerjoin(sponsor, sponsor.c.id == project.c.sponsor_id)
        .outerjoin(owner, owner.c.id == project.c.owner_id)
        .outerjoin(lead, lead.c.id == project.c.project_lead_id)
        .outerjoin(latest, and_(latest.c.project_id == project.c.id, latest.c.place == 1))
        .outerjoin(said, and_(said.c.project_id == project.c.id, said.c.place == 1))
        .outerjoin(items, items.c.project_id == project.c.id)
        .outerjoin(handovers, handovers.c.project_id == project.c.id)
        .where(project.c.deleted_at.is_(None))
        .order_by(project.c.code, project.c.id)
    )
    with engine.connect() as connection:
        return add_structure(connection, frame(connection, statement))


def phases(engine: Engine) -> pd.DataFrame:
    """Dates of every phase; one row is one phase of one project.

    Columns: id, project_id, phase, planned_start, planned_end, actual_start, actual_end,
    accountable_id, accountable (name), carried_by, version.
    """
    statement = (
        select(*[c for c in phase.c if c.name != "deleted_at"], person.c.name.label("accountable"))
        .outerjoin(person, person.c.id == phase.c.accountable_id)
        .join(project, project.c.id == phase.c.project_id)
        .where(phase.c.deleted_at.is_(None), project.c.deleted_at.is_(None))
        .order_by(phase.c.project_id, phase.c.id)
    )
    return frame(engine, statement)


def results(engine: Engine) -> pd.DataFrame:
    """What projects hand over; one row is one result.

    Columns: id, project_id, title, formal_receiver_id, practical_receiver_id, formal_receiver,
    practical_receiver (names), agreed_on, handed_over_on, version.
    """
    formal, practical = person.alias("formal"), person.alias("practical")
    statement = (
        select(
            *[c for c in result.c if c.name != "deleted_at"],
            formal.c.name.label("formal_receiver"),
            practical.c.name.label("practical_receiver"),
        )
        .outerjoin(formal, formal.c.id == result.c.formal_receiver_id)
        .outerjoin(practical, practical.c.id == result.c.practical_receiver_id)
        .join(project, project.c.id == result.c.project_id)
        .where(result.c.deleted_at.is_(None), project.c.deleted_at.is_(None))
        .order_by(result.c.project_id, result.c.id)
    )
    return frame(engine, statement)


def residual_items(engine: Engine) -> pd.DataFrame:
    """Every restpunt, open and closed, also of closed projects; one row is one item.

    Columns: id, project_id, title, owner_id, owner (name), accepted_by_id, accepted_by (name),
    accepted_on, due, priority, created_on, closed_on (first day not open), version; scan_id and
    factor (id) of what came out of a scan.
    """
    owner, accepter = person.alias("owner"), person.alias("accepter")
    statement = (
        select(
            *[c for c in residual.c if c.name != "deleted_at"],
            owner.c.name.label("owner"),
            accepter.c.name.label("accepted_by"),
        )
        .outerjoin(owner, owner.c.id == residual.c.owner_id)
        .outerjoin(accepter, accepter.c.id == residual.c.accepted_by_id)
        .join(project, project.c.id == residual.c.project_id)
        .where(residual.c.deleted_at.is_(None), project.c.deleted_at.is_(None))
        .order_by(residual.c.created_on, residual.c.id)
    )
    return frame(engine, statement)


def newest_report(source: Engine | Connection, project_id: int) -> int:
    """Return the id of the koers that somebody signed last, 0 when nobody did."""
    newest = select(func.max(course.c.id).label("id")).where(
        course.c.project_id == project_id, course.c.deleted_at.is_(None)
    )
    found = frame(source, newest)["id"].iloc[0]
    return 0 if pd.isna(found) else int(found)


def _newest(rows: Subquery, day: ColumnElement[date], *then: ColumnElement[int]) -> Subquery:
    place = func.row_number().over(
        partition_by=rows.c.project_id, order_by=[day.desc(), *(c.desc() for c in then)]
    )
    return select(rows, place.label("place")).subquery()


def _newest_course(as_of: date) -> Subquery:
    """A person's report and a source's observation are both facts; the newest one counts."""
    reported = (
        select(
            course.c.project_id,
            course.c.course,
            course.c.reported_on.label("course_on"),
            course.c.sentence.label("course_sentence"),
            person.c.name.label("course_by"),
            null().cast(String).label("course_source"),
            course.c.decision,
            course.c.decision_from,
            course.c.decision_before,
            course.c.id.label("course_order"),
        )
        .outerjoin(person, person.c.id == course.c.signed_by_id)
        .where(course.c.deleted_at.is_(None), course.c.reported_on <= as_of)
    )
    observed = select(
        observation.c.project_id,
        observation.c.value,
        observation.c.observed_on,
        observation.c.raw_text,
        null().cast(String),
        observation.c.source,
        null().cast(String),
        null().cast(String),
        null().cast(course.c.decision_before.type),
        -observation.c.id,
    ).where(
        observation.c.kind == ObservationKind.COURSE.value,
        observation.c.observed_on <= as_of,
    )
    rows = union_all(reported, observed).subquery()
    return _newest(rows, rows.c.course_on, rows.c.course_order)


def _newest_declaration(as_of: date) -> Subquery:
    rows = (
        select(
            declaration.c.project_id,
            declaration.c.verdict,
            declaration.c.declared_on,
            person.c.name.label("declared_by"),
            declaration.c.evidence,
            declaration.c.id.label("declaration_order"),
        )
        .outerjoin(person, person.c.id == declaration.c.declared_by_id)
        .where(declaration.c.deleted_at.is_(None), declaration.c.declared_on <= as_of)
        .subquery()
    )
    return _newest(rows, rows.c.declared_on, rows.c.declaration_order)


def _count(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0)).label(name)


def _item_counts(as_of: date) -> Subquery:
    """Count open items; the rules are those of `borging.domain.residuals`."""
    unowned = residual.c.owner_id.is_(None)
    accepted = and_(
        residual.c.accepted_by_id.is_not(None),
        or_(residual.c.accepted_on.is_(None), residual.c.accepted_on <= as_of),
    )
    return (
        select(
            residual.c.project_id,
            func.count().label("items_open"),
            _count(unowned, "items_unowned"),
            _count(~unowned & ~accepted, "items_unaccepted"),
            _count(residual.c.due < as_of, "items_overdue"),
        )
        .where(
            residual.c.deleted_at.is_(None),
            residual.c.created_on <= as_of,
            or_(residual.c.closed_on.is_(None), residual.c.closed_on > as_of),
        )
        .group_by(residual.c.project_id)
        .subquery()
    )


def _handover_counts(as_of: date) -> Subquery:
    done = result.c.handed_over_on <= as_of
    pending = or_(result.c.handed_over_on.is_(None), result.c.handed_over_on > as_of)
    return (
        select(
            result.c.project_id,
            func.count().label("results"),
            _count(done, "results_handed_over"),
            func.min(case((pending, result.c.agreed_on), else_=None)).label("next_handover"),
        )
        .where(result.c.deleted_at.is_(None))
        .group_by(result.c.project_id)
        .subquery()
    )
