"""Rules about the koers, the decision it asks, the plan and the scan; see `signal_rules`."""

from __future__ import annotations

from borging.domain.course import is_old
from borging.domain.project_facts import ProjectFacts
from borging.domain.signals import FIELD, HOUSE, Severity, Signal, day_words
from borging.domain.terms import Course


def decision_overdue(facts: ProjectFacts) -> Signal | None:
    """The decision that a red koers asks for is past its day."""
    before = facts.decision_before
    if facts.course != Course.RED or not before or before >= facts.as_of:
        return None
    return Signal(
        "decision_overdue",
        f"Het gevraagde besluit had er uiterlijk op {day_words(before)} moeten zijn.",
        Severity.NOW,
        FIELD,
        "Vraag ernaar, of leg de koers opnieuw vast als het besluit er is.",
    )


def decision_asked(facts: ProjectFacts) -> Signal | None:
    """A red koers asks for a decision, which may still be in time."""
    before = facts.decision_before
    if facts.course != Course.RED or not facts.decision or (before and before < facts.as_of):
        return None
    who = f" van {facts.decision_from}" if facts.decision_from else ""
    when = f" uiterlijk op {day_words(before)}" if before else ""
    return Signal(
        "decision_asked",
        f"Er wordt{who}{when} een besluit gevraagd: ‘{facts.decision}’.",
        Severity.NOW,
        FIELD,
        "Breng het besluit in, en leg de koers opnieuw vast als het er is.",
    )


def no_decision_asked(facts: ProjectFacts) -> Signal | None:
    """The koers is red and nobody says which decision is needed."""
    if facts.course != Course.RED or facts.decision:
        return None
    return Signal(
        "no_decision_asked",
        "De koers is rood, maar er staat niet welk besluit nodig is.",
        Severity.NOW,
        FIELD,
        "Schrijf bij de koers welk besluit u vraagt, van wie en uiterlijk wanneer.",
    )


def course_old(facts: ProjectFacts) -> Signal | None:
    """A running project has no koers, or an old one."""
    if facts.course_on and not is_old(facts.course_on, facts.as_of):
        return None
    said = f"is van {day_words(facts.course_on)}" if facts.course_on else "is nog nooit vastgelegd"
    return Signal(
        "course_old",
        f"De koers {said}.",
        Severity.OPEN,
        HOUSE,
        "Leg de koers vast in één zin, met uw naam eronder.",
    )


def not_in_plan(facts: ProjectFacts) -> Signal | None:
    """The plan says nothing of borging, or nobody knows whether it does."""
    if facts.borging_in_plan:
        return None
    known = facts.borging_in_plan is not None
    return Signal(
        "not_in_plan",
        "Het plan heeft geen paragraaf over borging."
        if known
        else "Het is niet bekend of het plan een paragraaf over borging heeft.",
        Severity.OPEN,
        FIELD,
        "Eén alinea is genoeg: wie draagt het straks, wat kost het, wie kijkt of het werkt."
        if known
        else "Kijk in het plan, en vul ja of nee in.",
    )


def not_scanned(facts: ProjectFacts) -> Signal | None:
    """A running project was never measured with the scan."""
    if facts.scanned_on:
        return None
    return Signal(
        "not_scanned",
        "De borgingsscan is nog niet gedaan.",
        Severity.OPEN,
        FIELD,
        "Open een ronde: tien vragen, tien minuten per persoon.",
    )
