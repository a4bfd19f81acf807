"""The overdrachtsdocument as somebody opens it in Word."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn

from borging.exchange.handover_document import to_docx
from borging.services.dossier.handover_document import document
from tests.dossiers import AS_OF, QUESTIONS, answers, dossier

NASTY = "=SOM(A1)\x00\x07 \u202eomgekeerd <b>&amp; \ud800"


def opened(title: str = "Protocol") -> Document:
    found = dossier(
        results=[{"title": title, "formal_receiver_id": 7, "agreed_on": AS_OF}],
        hard_question=answers("closing", plan="deels"),
        handover_risk=[{"what": NASTY, "measure": "woord " * 400}],
    )
    return docx.Document(BytesIO(to_docx(document(found, QUESTIONS, 1))))


def test_the_document_has_headings_that_a_reader_can_jump_between() -> None:
    made = opened()
    headings = [p.text for p in made.paragraphs if str(p.style and p.style.name) == "Heading 1"]
    assert headings == [
        "Project en ontvangers",
        "Wat wordt overgedragen",
        "Vijftien harde vragen",
        "Acties en besluiten",
        "Risico's met maatregelen",
        "Blijvende kosten",
        "Contracten",
        "Restpunten",
        "Evaluaties",
        "Ondertekening",
    ]
    assert made.core_properties.title == "Overdrachtsdocument: Protocol"
    assert made.core_properties.language == "nl-NL"


def test_every_table_repeats_its_head_and_fits_the_paper() -> None:
    made = opened()
    page = made.sections[0]
    room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    for table in made.tables:
        first = table.rows[0]._tr.trPr
        assert first is not None
        assert first.find(qn("w:tblHeader")) is not None
        widths = [cell.width or 0 for cell in table.rows[-1].cells]
        assert abs(sum(widths) - room) < 20_000


def test_the_document_shows_questions_receivers_and_lines_to_sign_on() -> None:
    tables = {each.rows[0].cells[0].text: each for each in opened().tables}
    questions = tables["Vraag"]
    assert len(questions.rows) == 16
    plan = next(row for row in questions.rows if "introductie en voor" in row.cells[0].text)
    assert [cell.text for cell in plan.cells[1:4]] == ["niet ingevuld", "deels", "niet ingevuld"]
    signing = tables["Rol"]
    assert [cell.text for cell in signing.rows[2].cells] == [
        "Formele ontvanger",
        "Carla Bos",
        "",
        "",
    ]
    assert (signing.rows[2].height or 0) > 500_000


def test_words_of_people_are_only_words() -> None:
    tables = {each.rows[0].cells[0].text: each for each in opened(NASTY).tables}
    risk = tables["Wat kan er misgaan"].rows[1].cells
    assert risk[0].text == "=SOM(A1) omgekeerd <b>&amp; "
    assert len(risk[1].text) == 2400
