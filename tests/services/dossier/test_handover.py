"""How far the questions are, what a handover would make, and the words of the document."""

from __future__ import annotations

from datetime import date

from borging.domain.handover import key_of_action, key_of_question, usual_evaluations
from borging.services.dossier.handover import consequences, progress, question_rows, starting_point
from borging.services.dossier.handover_document import document
from tests.dossiers import AS_OF, IDS, QUESTIONS, all_yes, answers, dossier

RESULT = {"title": "Protocol", "formal_receiver_id": 7, "agreed_on": AS_OF}
MIXED = answers("start", plan="deels", contracts="nee", roles="nvt", documentation="ja")


def test_progress_names_what_is_open() -> None:
    how = progress(dossier(results=[RESULT], hard_question=MIXED), QUESTIONS, 1, "start")
    assert how.words == "2 van 15 rond"
    assert how.rest == "deels: Plan voor beide; nee: Contracten; 11 niet beantwoord"
    done = progress(
        dossier(results=[RESULT], hard_question=all_yes("closing")), QUESTIONS, 1, "closing"
    )
    assert (done.words, done.rest) == ("15 van 15 rond", "")


def test_every_question_has_one_row_in_fixed_order_answered_or_not() -> None:
    rows = question_rows(dossier(results=[RESULT], hard_question=MIXED), QUESTIONS, 1, "start")
    assert rows["question"].tolist() == IDS
    assert rows["id"].notna().sum() == 4
    assert set(rows["moment"]) == {"start"}
    assert question_rows(dossier(results=[RESULT]), QUESTIONS, 1, "closing")["id"].isna().all()


def test_days_of_a_result_are_days_or_nothing() -> None:
    row = dossier(results=[RESULT]).result_rows.iloc[0]
    assert (row["agreed_on"], row["handed_over_on"]) == (AS_OF, None)
    assert row["practical_receiver_id"] is None


def test_only_answers_that_closing_lacks_are_copied_without_their_day() -> None:
    start = [row | {"answered_on": AS_OF, "owner": 8} for row in MIXED]
    found = dossier(results=[RESULT], hard_question=[*start, *answers("closing", plan="ja")])
    copied = starting_point(found, 1)
    assert [each["question"] for each in copied] == ["contracts", "roles", "documentation"]
    assert copied[0] == {
        "question": "contracts",
        "result": 1,
        "moment": "closing",
        "answer": "nee",
        "evidence": None,
        "owner": 8,
        "answered_on": None,
    }


def test_what_will_happen_is_said_with_numbers_and_days() -> None:
    rows = all_yes("closing")[:-1]
    action = [{"what": "Handleiding"}, {"what": "Klaar", "done_on": AS_OF}]
    found = dossier(results=[RESULT], hard_question=rows, handover_action=action)
    made = consequences(found, QUESTIONS, 1, AS_OF, ())
    assert (made.questions, made.actions) == (("Evaluatie",), ("Handleiding",))
    assert made.words(usual_evaluations(AS_OF)) == (
        "1 open vraag en 1 open actie worden restpunten. Waar niemand bij staat, is "
        "Carla Bos de voorgestelde eigenaar. 3 evaluaties worden klaargezet op "
        "26-02-2027, 26-05-2027 en 26-11-2027."
    )
    before = {key_of_question(1, "evaluation"), key_of_action(1)}
    again = consequences(found, QUESTIONS, 1, AS_OF, before)
    assert again.words(usual_evaluations(AS_OF)).startswith("Er blijft niets open")


def test_evaluations_that_are_there_are_not_announced() -> None:
    rows = [{"title": "x", "term": term} for term in ("short", "middle")]
    made = consequences(dossier(results=[RESULT], evaluation=rows), QUESTIONS, 1, AS_OF, ())
    assert made.terms == ("long",)
    assert "1 evaluatie wordt klaargezet" in made.words(usual_evaluations(AS_OF))
    assert made.words(usual_evaluations(AS_OF)).startswith(
        "15 open vragen worden 5 restpunten: de zwaarste elk apart, de andere 11 samen in één."
    )


def test_the_document_says_what_is_not_filled_in() -> None:
    text = document(dossier(results=[RESULT, {"title": "Scholing"}]), QUESTIONS, 1)
    assert text.title == "Overdrachtsdocument: Protocol"
    sections = {each.heading: each for each in text.sections}
    about = sections["Project en ontvangers"].table
    assert about is not None
    facts = {row[0]: row[1] for row in about.rows}
    assert facts["Formele ontvanger"] == "Carla Bos"
    assert facts["Praktische ontvanger"] == facts["Doel"] == "niet ingevuld"
    assert facts["Afgesproken dag"] == "26-11-2026"
    others = sections["Wat wordt overgedragen"].table
    assert others is not None
    assert others.rows == (("Scholing", "niet ingevuld", "niet ingevuld"),)
    questions = sections["Vijftien harde vragen"].table
    assert questions is not None
    assert len(questions.rows) == 15
    assert set(questions.rows[0][1:]) == {"niet ingevuld"}
    assert sections["Contracten"].sentences == ("Er zijn geen contracten vastgelegd.",)


def test_the_document_holds_what_is_known() -> None:
    closing = [
        row | {"owner": 8, "evidence": "Map Kwaliteit", "answered_on": AS_OF}
        for row in answers("closing", plan="deels")
    ]
    item = {
        "title": "Scholing inhalen",
        "owner": "Dirk Kok",
        "created_on": AS_OF,
        "accepted_by_id": 7,
        "accepted_by": "Carla Bos",
        "accepted_on": date(2026, 11, 27),
    }
    closed = {"title": "Gedaan", "created_on": date(2026, 1, 5), "closed_on": AS_OF}
    found = dossier(
        results=[RESULT],
        residual_items=[item, closed],
        hard_question=closing,
        handover_action=[{"what": "Handleiding", "kind": "decision", "result": 1}],
        handover_risk=[{"what": "Van een ander", "result": 2}],
        running_cost=[{"what": "Licenties", "year": 2027.0, "amount": 12500.5, "budgeted": False}],
    )
    text = document(found, QUESTIONS, 1)
    tables = {each.heading: each.table.rows for each in text.sections if each.table}
    row = next(row for row in tables["Vijftien harde vragen"] if "introductie en voor" in row[0])
    assert row[1:] == ("niet ingevuld", "deels", "Map Kwaliteit", "Dirk Kok", "26-11-2026")
    assert tables["Acties en besluiten"][0][:2] == ("Handleiding", "besluit")
    assert "Risico's met maatregelen" not in tables
    assert tables["Blijvende kosten"][0][:4] == ("Licenties", "2027", "12.500,50 euro", "nee")
    assert tables["Restpunten"] == (
        ("Scholing inhalen", "Dirk Kok", "niet ingevuld", "niet ingevuld"),
    )
    assert [row[1] for row in tables["Ondertekening"]].count("Carla Bos") == 1
