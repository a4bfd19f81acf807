"""What experience says asks attention in a project: one rule is one function on plain facts.

A rule returns one signal, or None when it does not fire. What nobody filled in fires only where
leaving it open is itself the risk. Days are included on both sides: on its last day nothing is
late yet. A new rule is a function here, its place in RULES, and two tests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from borging.domain.course import is_old
from borging.domain.dossier_bounds import critic_missing, is_closing, runs, to_decide
from borging.domain.project_facts import ProjectFacts
from borging.domain.signals import FIELD, HOUSE, Severity, Signal
from borging.domain.terms import Course, ProjectState, Sustain


def relapsed(facts: ProjectFacts) -> Signal | None:
    """The result has relapsed."""
    if facts.stopped or facts.sustain != Sustain.RELAPSED:
        return None
    return Signal(
        "relapsed",
        "Het resultaat is teruggevallen.",
        Severity.NOW,
        FIELD,
        "Spreek met de lijn af wat nodig is, en leg dat als restpunt vast.",
    )


def handover_overdue(facts: ProjectFacts) -> Signal | None:
    """A handover is past its day; the day itself is in time."""
    late = [x for x in facts.waiting if x.agreed_on is not None and x.agreed_on < facts.as_of]
    if facts.stopped or not late:
        return None
    first = min(late, key=lambda each: each.agreed_on or facts.as_of)
    return Signal(
        "handover_overdue",
        f"De overdracht van ‘{first.title}’ was afgesproken op {_day(first.agreed_on)}"
        f"{_more(late)} en is niet vastgelegd.",
        Severity.NOW,
        FIELD,
        "Leg vast dat is overgedragen, of spreek een nieuwe dag af.",
    )


def no_decision_asked(facts: ProjectFacts) -> Signal | None:
    """The koers is red and nobody says which decision is needed."""
    if not facts.under_way or facts.course != Course.RED or facts.decision:
        return None
    return Signal(
        "no_decision_asked",
        "De koers is rood, maar er staat niet welk besluit nodig is.",
        Severity.NOW,
        FIELD,
        "Schrijf bij de koers welk besluit u vraagt, van wie en vóór wanneer.",
    )


def decision_overdue(facts: ProjectFacts) -> Signal | None:
    """The decision that a red koers asks for is past its day."""
    before = facts.decision_before
    if not facts.under_way or facts.course != Course.RED or not before or before >= facts.as_of:
        return None
    return Signal(
        "decision_overdue",
        f"Het gevraagde besluit had er vóór {_day(before)} moeten zijn.",
        Severity.NOW,
        FIELD,
        "Vraag ernaar, of leg de koers opnieuw vast als het besluit er is.",
    )


def no_owner(facts: ProjectFacts) -> Signal | None:
    """Nobody in the line owns the result."""
    if not facts.begun or facts.owner:
        return None
    return Signal(
        "no_owner",
        "Niemand in de lijn is eigenaar van het resultaat.",
        Severity.NOW,
        FIELD,
        "Vraag de opdrachtgever wie het na het project draagt, en vul die naam in.",
    )


def sustained_expired(facts: ProjectFacts) -> Signal | None:
    """What was declared geborgd must be confirmed again."""
    if facts.stopped or facts.sustain != Sustain.RECONFIRM:
        return None
    return Signal(
        "sustained_expired",
        f"‘Geborgd’ gold tot en met {_day(facts.sustained_until)} en is verlopen.",
        Severity.NOW,
        HOUSE,
        "Ga na of het nog gewoon werk is, en bevestig het of leg vast dat het is teruggevallen.",
    )


def notice_date(facts: ProjectFacts) -> Signal | None:
    """The day to end a contract has passed, or comes soon."""
    near = [
        each
        for each in facts.contracts
        if runs(each.ends_on, facts.as_of) and to_decide(each.notice_by, facts.as_of)
    ]
    if facts.stopped or not near:
        return None
    first = min(near, key=lambda each: each.notice_by or facts.as_of)
    passed = first.notice_by is not None and first.notice_by < facts.as_of
    words = "Opzeggen van" if not passed else "De laatste dag om op te zeggen is voorbij:"
    day = f"kan tot {_day(first.notice_by)}" if not passed else f"({_day(first.notice_by)})"
    return Signal(
        "notice_date",
        f"{words} ‘{first.what}’ {day}{_more(near)}.",
        Severity.SOON,
        FIELD,
        "Besluit met de contracteigenaar: verlengen, opzeggen of opnieuw onderhandelen.",
    )


def phase_late(facts: ProjectFacts) -> Signal | None:
    """A phase is behind its plan."""
    if not facts.begun or not facts.late_phases:
        return None
    name, days = max(facts.late_phases, key=lambda each: each[1])
    return Signal(
        "phase_late",
        f"De fase {name.lower()} loopt {days} {'dag' if days == 1 else 'dagen'} achter op het "
        f"plan{_more(facts.late_phases)}.",
        Severity.SOON,
        HOUSE,
        "Vul in wat er werkelijk gebeurde, of pas het plan aan.",
    )


def funding_ends_first(facts: ProjectFacts) -> Signal | None:
    """The money ends before the last handover that is agreed."""
    agreed = [each.agreed_on for each in facts.waiting if each.agreed_on is not None]
    if facts.stopped or facts.funding_end is None or not agreed or facts.funding_end >= max(agreed):
        return None
    return Signal(
        "funding_ends_first",
        f"De financiering eindigt op {_day(facts.funding_end)}, vóór de overdracht op "
        f"{_day(max(agreed))}.",
        Severity.SOON,
        FIELD,
        "Zoek geld voor de tijd ertussen, of draag eerder over.",
    )


def no_receiver(facts: ProjectFacts) -> Signal | None:
    """A result that is to be handed over has nobody who formally receives it."""
    alone = [each for each in facts.waiting if not each.receiver]
    if not facts.begun or not alone:
        return None
    return Signal(
        "no_receiver",
        f"‘{alone[0].title}’ heeft nog geen formele ontvanger{_more(alone)}.",
        Severity.SOON,
        FIELD,
        "Spreek af wie het resultaat ontvangt; zonder naam kan er niet worden overgedragen.",
    )


def costs_in_no_budget(facts: ProjectFacts) -> Signal | None:
    """Running costs stand in no budget."""
    if facts.stopped or not facts.unbudgeted:
        return None
    return Signal(
        "costs_in_no_budget",
        f"De jaarlijkse kosten van ‘{facts.unbudgeted[0]}’ staan in geen begroting"
        f"{_more(facts.unbudgeted)}.",
        Severity.SOON,
        FIELD,
        "Laat de budgethouder ze opnemen in de begroting van volgend jaar.",
    )


def evaluation_missed(facts: ProjectFacts) -> Signal | None:
    """An evaluation is past its day and was not held."""
    late = [day for day, held in facts.evaluations if day and day < facts.as_of and held is None]
    if facts.stopped or not late:
        return None
    return Signal(
        "evaluation_missed",
        f"De evaluatie van {_day(min(late))} is niet gehouden{_more(late)}.",
        Severity.SOON,
        FIELD,
        "Houd haar alsnog, of kies een nieuwe dag.",
    )


def evaluation_unplanned(facts: ProjectFacts) -> Signal | None:
    """The project is closed, or ends soon, and no evaluation is planned."""
    closed = facts.state == ProjectState.CLOSED
    planned = any(day or held for day, held in facts.evaluations)
    if not facts.begun or planned or not (closed or is_closing(facts.end, facts.as_of)):
        return None
    when = "is afgesloten" if closed else f"heeft als laatste dag {_day(facts.end)}"
    return Signal(
        "evaluation_unplanned",
        f"Het project {when} en er is geen evaluatie gepland.",
        Severity.SOON,
        FIELD,
        "Plan er ten minste één, met een dag en iemand die haar leidt.",
    )


def items_without_owner(facts: ProjectFacts) -> Signal | None:
    """Restpunten have no owner."""
    n = facts.items_unowned
    if facts.stopped or not n:
        return None
    return Signal(
        "items_without_owner",
        f"{n} {'restpunt heeft' if n == 1 else 'restpunten hebben'} geen eigenaar in de lijn.",
        Severity.SOON,
        FIELD,
        "Wijs per restpunt iemand in de lijn aan.",
    )


def knowledge_with_one(facts: ProjectFacts) -> Signal | None:
    """One person holds the knowledge of something."""
    if facts.stopped or not facts.known_by_one:
        return None
    return Signal(
        "knowledge_with_one",
        f"Eén persoon weet hoe ‘{facts.known_by_one[0]}’ werkt{_more(facts.known_by_one)}.",
        Severity.SOON,
        FIELD,
        "Wijs een tweede aan, en laat die meelopen.",
    )


def no_critic(facts: ProjectFacts) -> Signal | None:
    """There are stakeholders on the map and none of them is critical."""
    if not facts.under_way or not facts.voices or not critic_missing(facts.voices):
        return None
    return Signal(
        "no_critic",
        "Er zit geen kritische stem aan tafel.",
        Severity.OPEN,
        FIELD,
        "Nodig iemand uit die er anders over denkt: die ziet wat anderen missen.",
    )


def not_in_plan(facts: ProjectFacts) -> Signal | None:
    """The plan says nothing of borging, or nobody knows whether it does."""
    if not facts.under_way or facts.borging_in_plan:
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


def course_old(facts: ProjectFacts) -> Signal | None:
    """A running project has no koers, or an old one."""
    if facts.state != ProjectState.RUNNING:
        return None
    if facts.course_on and not is_old(facts.course_on, facts.as_of):
        return None
    said = f"is van {_day(facts.course_on)}" if facts.course_on else "is nog nooit vastgelegd"
    return Signal(
        "course_old",
        f"De koers {said}.",
        Severity.OPEN,
        HOUSE,
        "Leg de koers vast in één zin, met uw naam eronder.",
    )


def not_scanned(facts: ProjectFacts) -> Signal | None:
    """A running project was never measured with the scan."""
    if facts.state != ProjectState.RUNNING or facts.scanned_on:
        return None
    return Signal(
        "not_scanned",
        "De borgingsscan is nog niet gedaan.",
        Severity.OPEN,
        FIELD,
        "Open een ronde: tien vragen, tien minuten per persoon.",
    )


RULES: tuple[Callable[[ProjectFacts], Signal | None], ...] = (
    relapsed,
    handover_overdue,
    no_decision_asked,
    decision_overdue,
    no_owner,
    sustained_expired,
    notice_date,
    phase_late,
    funding_ends_first,
    no_receiver,
    costs_in_no_budget,
    evaluation_missed,
    evaluation_unplanned,
    items_without_owner,
    knowledge_with_one,
    not_in_plan,
    course_old,
    not_scanned,
    no_critic,
)
"""Every rule; of two that are as severe the first counts first."""


def signals(facts: ProjectFacts) -> tuple[Signal, ...]:
    """Return what fires, in the order of the rules."""
    found = [rule(facts) for rule in RULES]
    return tuple(signal for signal in found if signal is not None)


def _day(value: date | None) -> str:
    return f"{value:%d-%m-%Y}" if value else "onbekend"


def _more(found: Sequence[object]) -> str:
    """Say how many there are besides the one that is named."""
    rest = len(found) - 1
    return f" (en nog {rest})" if rest else ""
