"""Rules about the koers, the decision it asks, the plan and the scan; see `signal_rules`."""

from __future__ import annotations

from datetime import date

from borging.domain.course import is_old
from borging.domain.project_facts import ProjectFacts
from borging.domain.scan_standing import ScanStage, ScanStanding
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
    """A running project shows no scan; the sentence depends on its newest round."""
    if facts.scan.stage is ScanStage.MEASURED:
        return None
    sentence, advice = _unmeasured(facts.scan, facts.as_of)
    return Signal("not_scanned", sentence, Severity.OPEN, FIELD, advice)


def _unmeasured(scan: ScanStanding, as_of: date) -> tuple[str, str]:
    """Return what is the matter with the scan and what to do about it."""
    newest = scan.newest
    if newest is None or scan.stage is ScanStage.NONE:
        return (
            "De borgingsscan is nog niet gedaan.",
            "Open een ronde: tien vragen, tien minuten per persoon.",
        )
    if scan.stage is ScanStage.DRAFT:
        return (
            "De borgingsscan staat klaar als concept.",
            "Open de ronde, dan kunnen mensen antwoorden.",
        )
    if scan.stage is ScanStage.OPEN:
        last = newest.closes_on
        if last is not None and last < as_of:
            return (
                f"De laatste dag van de borgingsscan was {day_words(last)}, de ronde is nog open.",
                "Sluit de ronde: dan komt de uitslag.",
            )
        until = f" tot en met {day_words(last)}" if last else ""
        return (
            f"De borgingsscan loopt: de ronde is open{until}.",
            "Herinner wie u uitnodigde; na het sluiten komt de uitslag.",
        )
    if scan.stage is ScanStage.UNRELEASED:
        return (
            f"De borgingsscan van {day_words(newest.held_on)} is gesloten en nog niet vrijgegeven.",
            "Bespreek de uitslag met het team en geef de ronde vrij.",
        )
    return (
        f"De borgingsscan van {day_words(newest.held_on)} heeft te weinig antwoorden om te tonen "
        f"(minimaal {newest.min_answers}).",
        "Vraag wat mensen tegenhield, en nodig voor een nieuwe ronde meer mensen uit.",
    )
