"""Reviews of the projectenkalender in a database: recorded, corrected, withdrawn."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.calendar_review import Entry, LookedAt, ReviewFields
from borging.store import database
from borging.store.commands.calendar_reviews import (
    CalendarReviewError,
    ReviewChangedError,
    correct_review,
    record_review,
    restore_review,
    withdraw_review,
)
from borging.store.commands.example import remove_example, write_example
from borging.store.queries import calendar, structure
from borging.store.tables import AuditEntry, Person

ANNA, BAS = Actor("Anna de Wit"), Actor("Bas Visser")
TODAY = date(2026, 11, 26)
SEEN = LookedAt(
    TODAY, 1, 2, {"P1": Entry("running", date(2027, 1, 1), "Zorg"), "P2": Entry("idea")}
)


@pytest.fixture
def fields(engine: Engine) -> ReviewFields:
    with Session(engine) as session, session.begin():
        person = Person(name="Els de Boer")
        session.add(person)
        session.flush()
        return ReviewFields(TODAY, person.id, " Karim,  Noor ", ("a", "b"), date(2027, 11, 26))


def test_a_review_comes_back_with_what_lay_on_the_table(
    engine: Engine, fields: ReviewFields
) -> None:
    before = database.revision(engine)
    record_review(engine, ANNA, fields, SEEN, TODAY)
    assert database.revision(engine) == before + 1
    (row,) = calendar.reviews(engine).to_dict("records")
    assert (row["held_on"].date(), row["chaired_by"]) == (TODAY, "Els de Boer")
    assert (row["participants"], row["decisions"]) == ("Karim, Noor", "a\nb")
    assert (row["projects"], row["running"], row["handovers"]) == (2, 1, 2)
    assert (row["looked_on"].date(), row["looked_at_revision"]) == (TODAY, before)
    assert row["entries"] == SEEN.entries


def test_the_audit_says_who_recorded_corrected_and_withdrew(
    engine: Engine, fields: ReviewFields
) -> None:
    made = record_review(engine, ANNA, fields, SEEN, TODAY)
    correct_review(engine, ANNA, made, 1, replace(fields, decisions=("c",)), TODAY, fields)
    at = withdraw_review(engine, ANNA, made, 2, fields)
    assert calendar.reviews(engine).empty
    with pytest.raises(ReviewChangedError, match="intussen gewijzigd door Anna"):
        restore_review(engine, ANNA, made, at - 1)
    restore_review(engine, ANNA, made, at)
    restore_review(engine, ANNA, made, at)
    (row,) = calendar.reviews(engine).to_dict("records")
    assert (row["decisions"], row["version"]) == ("c", 4)
    with Session(engine) as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()  # type: ignore[arg-type]
    assert [(each.actor_name, each.action) for each in entries] == [
        ("Anna de Wit", action) for action in ("record", "correct", "withdraw", "restore")
    ]
    changed = json.loads(entries[1].detail or "")
    assert changed == {"before": {"decisions": "a\nb"}, "after": {"decisions": "c"}}


def test_what_is_wrong_is_refused_at_once_and_leaves_nothing(
    engine: Engine, fields: ReviewFields
) -> None:
    wrong = replace(fields, chaired_by_id=999, next_on=TODAY)
    before = database.revision(engine)
    with pytest.raises(CalendarReviewError) as refusal:
        record_review(engine, ANNA, wrong, SEEN, TODAY)
    assert len(refusal.value.sentences) == 2
    assert "Geleid door: deze persoon staat niet (meer) in de lijst" in str(refusal.value)
    assert database.revision(engine) == before
    assert calendar.reviews(engine).empty


def test_who_led_it_may_be_new_and_may_have_left_the_list(
    engine: Engine, fields: ReviewFields
) -> None:
    made = record_review(engine, ANNA, replace(fields, chaired_by_id="Noor Bakker"), SEEN, TODAY)
    (row,) = calendar.reviews(engine).to_dict("records")
    assert row["chaired_by"] == "Noor Bakker"
    with Session(engine) as session, session.begin():
        session.execute(update(Person).values(deleted_at=datetime(2026, 1, 1, tzinfo=UTC)))
    same = replace(fields, chaired_by_id=int(row["chaired_by_id"]), participants="Els")
    seen = replace(same, participants=fields.participants)
    correct_review(engine, ANNA, made, 1, same, TODAY, seen)
    with pytest.raises(CalendarReviewError, match="deze persoon staat niet"):
        correct_review(engine, ANNA, made, 2, fields, TODAY, same)


def test_one_day_has_one_review(engine: Engine, fields: ReviewFields) -> None:
    made = record_review(engine, ANNA, fields, SEEN, TODAY)
    with pytest.raises(CalendarReviewError, match="al een herziening van 26-11-2026"):
        record_review(engine, ANNA, fields, SEEN, TODAY)
    correct_review(engine, ANNA, made, 1, fields, TODAY, fields)
    at = withdraw_review(engine, ANNA, made, 1, fields)
    record_review(engine, ANNA, fields, SEEN, TODAY)
    with pytest.raises(CalendarReviewError, match="al een herziening van 26-11-2026"):
        restore_review(engine, ANNA, made, at)


def test_who_changes_a_review_second_is_told_and_leaves_what_the_other_wrote(
    engine: Engine, fields: ReviewFields
) -> None:
    made = record_review(engine, ANNA, fields, SEEN, TODAY)
    correct_review(engine, BAS, made, 1, replace(fields, participants="x"), TODAY, fields)
    mine = replace(fields, decisions=("c",))
    for late in (
        lambda: correct_review(engine, ANNA, made, 1, mine, TODAY, fields),
        lambda: withdraw_review(engine, ANNA, made, 1, fields),
    ):
        with pytest.raises(ReviewChangedError) as refusal:
            late()
        assert str(refusal.value) == (
            "Deze herziening is intussen gewijzigd door Bas Visser: ‘Deden mee’ is nu ‘x’ "
            "(was ‘Karim, Noor’)."
        )
    correct_review(engine, ANNA, made, refusal.value.version, mine, TODAY, fields)
    (row,) = calendar.reviews(engine).to_dict("records")
    assert (row["participants"], row["decisions"]) == ("x", "c")
    withdraw_review(engine, ANNA, made, 3, mine)
    with pytest.raises(CalendarReviewError, match="intussen ingetrokken"):
        correct_review(engine, ANNA, made, 4, fields, TODAY, fields)


def test_who_led_a_review_stays_when_the_example_goes(engine: Engine) -> None:
    write_example(engine, ANNA, TODAY, projects=3)
    person = int(structure.people(engine)["id"].iloc[0])
    record_review(engine, ANNA, ReviewFields(TODAY, person, "", (), date(2027, 1, 1)), SEEN, TODAY)
    remove_example(engine, ANNA)
    assert structure.people(engine)["id"].tolist() == [person]
    assert len(calendar.reviews(engine)) == 1
