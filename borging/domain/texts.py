"""Texts of people: how long each may be, and the characters that nothing can hold."""

from __future__ import annotations

import re

from borging.domain.attachments import LONGEST_NOTE
from borging.domain.goals import LONGEST_TITLE
from borging.domain.handover_points import LONGEST_TITLE as LONGEST_RESTPUNT
from borging.domain.project_fields import LONGEST as PROJECT
from borging.domain.public_holidays import LONGEST_NAME as LONGEST_HOLIDAY
from borging.domain.staffing import LONGEST_NAME
from borging.domain.sustain import LONGEST_EVIDENCE

NAME = 200
SHORT = 500
"""Bound of what is chosen from a list, made by the program or not named below."""
LONG = 2000
SOURCE_TEXT = 10_000
"""What a list that was read in said, kept as evidence."""
MADE = 5_000_000
"""JSON and sentences that the program makes out of bounded texts."""

BOUNDS: dict[str, tuple[str, int]] = {
    "unit.name": ("Naam van de eenheid", NAME),
    "person.name": ("Naam van de persoon", NAME),
    "person.role": ("Functie van de persoon", NAME),
    "goal.title": ("Naam van het doel", LONGEST_TITLE),
    "project.code": ("Code", NAME),
    "project.title": ("Titel van het project", SOURCE_TEXT),
    "project.summary": ("Samenvatting", SOURCE_TEXT),
    "project.funding_source": ("Financiering", PROJECT["funding_source"]),
    "course_report.sentence": ("Toelichting op de koers", PROJECT["sentence"]),
    "course_report.decision": ("Welk besluit is nodig?", PROJECT["decision"]),
    "course_report.decision_from": ("Van wie?", PROJECT["decision_from"]),
    "observation.value": ("Waarneming", SOURCE_TEXT),
    "observation.raw_text": ("Tekst van de bron", SOURCE_TEXT),
    "project_result.title": ("Resultaat", NAME),
    "residual_item.title": ("Restpunt", LONGEST_RESTPUNT),
    "sustain_declaration.evidence": ("Waaruit blijkt het?", 2 * LONGEST_EVIDENCE),
    "scan.agreed_by": ("Wie waren erbij?", NAME),
    "scan_consensus.reason": ("Waarom zien wij dit zo?", SHORT),
    "scan_invitation.label": ("Naam bij de uitnodiging", NAME),
    "factor_remark.text": ("Opmerking", SHORT),
    "job_role.name": ("Functie", LONGEST_NAME),
    "own_holiday.name": ("Eigen vrije dag", LONGEST_HOLIDAY),
    "scenario.name": ("Naam van het scenario", NAME),
    "scenario.note": ("Toelichting op het scenario", LONG),
    "calendar_review.participants": ("Wie deden mee?", SHORT),
    "calendar_review.decisions": ("Wat is er besloten?", SOURCE_TEXT),
    "attachment.name": ("Naam van het bestand", NAME),
    "attachment.note": ("Wat is het?", LONGEST_NOTE),
    "flu_season.note": ("Toelichting op het griepseizoen", LONG),
    "audit_entry.summary": ("Samenvatting van de wijziging", MADE),
    "audit_entry.detail": ("Wijziging", MADE),
    "scan_ballot.content": ("Antwoord", MADE),
    "scan_draft.content": ("Antwoord", MADE),
    "scenario.changes": ("Wijzigingen van het scenario", MADE),
    "scenario.accepted_rows": ("Overgenomen wijzigingen", MADE),
    "calendar_review.portfolio": ("Portfolio van de herziening", MADE),
}
"""Table and column to what a form calls it, and the most characters it holds."""

UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Control characters other than tab and line ends, half characters, and two that are none."""


def storable(text: str) -> str:
    """Return a text without the characters that cannot be stored; nobody sees a difference."""
    return UNSTORABLE.sub("", text)


def longest(column: str) -> int:
    """Return the most characters of a column of `BOUNDS`."""
    return BOUNDS[column][1]


def too_long(label: str, most: int, length: int) -> str:
    """Return the refusal of a text of `length` characters."""
    return (
        f"‘{label}’ heeft ten hoogste {_number(most)} tekens; dit zijn er {_number(length)}. Kort "
        "de tekst in."
    )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
