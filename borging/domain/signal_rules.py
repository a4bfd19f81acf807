"""What experience says asks attention in a project: one rule is one function on plain facts.

A rule returns one signal, or None when it does not fire; `signals.APPLIES` says in which states of
a project it is asked at all. What nobody filled in fires only where leaving it open is itself the
risk. Days are included on both sides: on its last day ("uiterlijk") nothing is late yet. A new rule
is a function here, its place in RULES and APPLIES, and two tests.
"""

from __future__ import annotations

from collections.abc import Callable

from borging.domain.course_rules import (
    course_old,
    decision_asked,
    decision_overdue,
    no_decision_asked,
    not_in_plan,
    not_scanned,
)
from borging.domain.dossier_bounds import is_closing, lacks_evaluation, runs, to_decide
from borging.domain.hard_answers import against_yes
from borging.domain.project_facts import ProjectFacts
from borging.domain.signals import APPLIES, FIELD, HOUSE, Severity, Signal, and_more, day_words
from borging.domain.stakeholders import NO_CRITIC, Presence, critics
from borging.domain.terms import ProjectState, Sustain


def relapsed(facts: ProjectFacts) -> Signal | None:
    """The result has relapsed."""
    if facts.sustain != Sustain.RELAPSED:
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
    if not late:
        return None
    first = min(late, key=lambda each: each.agreed_on or facts.as_of)
    return Signal(
        "handover_overdue",
        f"De overdracht van ‘{first.title}’ was afgesproken op {day_words(first.agreed_on)}"
        f"{and_more(late)} en is niet vastgelegd.",
        Severity.NOW,
        FIELD,
        "Leg vast dat is overgedragen, of spreek een nieuwe dag af.",
    )


def no_owner(facts: ProjectFacts) -> Signal | None:
    """Nobody in the line owns the result."""
    if facts.owner:
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
    if facts.sustain != Sustain.RECONFIRM:
        return None
    return Signal(
        "sustained_expired",
        f"‘Geborgd’ gold tot en met {day_words(facts.sustained_until)} en is verlopen.",
        Severity.NOW,
        HOUSE,
        "Ga na of het nog gewoon werk is, en bevestig het of leg vast dat het is teruggevallen.",
    )


def notice_date(facts: ProjectFacts) -> Signal | None:
    """The last day to end a contract comes soon, or passed not long ago."""
    near = [
        each
        for each in facts.contracts
        if runs(each.ends_on, facts.as_of) and to_decide(each.notice_by, facts.as_of)
    ]
    if not near:
        return None
    first = min(near, key=lambda each: each.notice_by or facts.as_of)
    passed = first.notice_by is not None and first.notice_by < facts.as_of
    day = day_words(first.notice_by)
    return Signal(
        "notice_date",
        f"De laatste dag om ‘{first.what}’ op te zeggen was {day}{and_more(near)}."
        if passed
        else f"Opzeggen van ‘{first.what}’ kan uiterlijk op {day}{and_more(near)}.",
        Severity.SOON,
        FIELD,
        "Ga na of het contract is verlengd, en zet de nieuwe laatste dag erbij."
        if passed
        else "Besluit met de contracteigenaar: verlengen, opzeggen of opnieuw onderhandelen.",
    )


def phase_late(facts: ProjectFacts) -> Signal | None:
    """A phase is behind its plan."""
    if not facts.late_phases:
        return None
    name, days = max(facts.late_phases, key=lambda each: each[1])
    return Signal(
        "phase_late",
        f"De fase {name.lower()} loopt {days} {'dag' if days == 1 else 'dagen'} achter op het "
        f"plan{and_more(facts.late_phases)}.",
        Severity.SOON,
        HOUSE,
        "Vul in wat er werkelijk gebeurde, of pas het plan aan.",
    )


def funding_ends_first(facts: ProjectFacts) -> Signal | None:
    """The money ends before the last handover that is agreed."""
    agreed = [each.agreed_on for each in facts.waiting if each.agreed_on is not None]
    if facts.funding_end is None or not agreed or facts.funding_end >= max(agreed):
        return None
    return Signal(
        "funding_ends_first",
        f"De financiering eindigt op {day_words(facts.funding_end)}, vóór de overdracht op "
        f"{day_words(max(agreed))}.",
        Severity.SOON,
        FIELD,
        "Zoek geld voor de tijd ertussen, of draag eerder over.",
    )


def no_receiver(facts: ProjectFacts) -> Signal | None:
    """A result that is to be handed over has nobody who formally receives it."""
    alone = [each for each in facts.waiting if not each.receiver]
    if not alone:
        return None
    return Signal(
        "no_receiver",
        f"‘{alone[0].title}’ heeft nog geen formele ontvanger{and_more(alone)}.",
        Severity.SOON,
        FIELD,
        "Spreek af wie het resultaat ontvangt; zonder naam kan er niet worden overgedragen.",
    )


def costs_in_no_budget(facts: ProjectFacts) -> Signal | None:
    """Running costs stand in no budget."""
    if not facts.unbudgeted:
        return None
    return Signal(
        "costs_in_no_budget",
        f"De jaarlijkse kosten van ‘{facts.unbudgeted[0]}’ staan in geen begroting"
        f"{and_more(facts.unbudgeted)}.",
        Severity.SOON,
        FIELD,
        "Laat de budgethouder ze opnemen in de begroting van volgend jaar.",
    )


def evaluation_missed(facts: ProjectFacts) -> Signal | None:
    """An evaluation is past its day and was not held by this day."""
    late = [
        each.planned_on
        for each in facts.evaluations
        if each.planned_on and each.planned_on < facts.as_of and not each.held(facts.as_of)
    ]
    if not late:
        return None
    return Signal(
        "evaluation_missed",
        f"De evaluatie van {day_words(min(late))} is niet gehouden{and_more(late)}.",
        Severity.SOON,
        FIELD,
        "Houd haar alsnog, of kies een nieuwe dag.",
    )


def evaluation_unplanned(facts: ProjectFacts) -> Signal | None:
    """The project is done or nearly, and no evaluation is still to come."""
    if not facts.finishing or not lacks_evaluation(facts.evaluations, facts.as_of):
        return None
    more = " meer" if any(each.held(facts.as_of) for each in facts.evaluations) else ""
    if facts.state == ProjectState.CLOSED:
        when = "is afgesloten"
    elif is_closing(facts.end, facts.as_of):
        when = f"heeft als laatste dag {day_words(facts.end)}"
    else:
        when = "heeft alles overgedragen"
    return Signal(
        "evaluation_unplanned",
        f"Het project {when} en er is geen evaluatie{more} gepland.",
        Severity.SOON,
        FIELD,
        "Plan er ten minste één, met een dag en iemand die haar leidt.",
    )


def items_without_owner(facts: ProjectFacts) -> Signal | None:
    """Restpunten have no owner."""
    n = facts.items_unowned
    if not n:
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
    if not facts.known_by_one:
        return None
    return Signal(
        "knowledge_with_one",
        f"Eén persoon weet hoe ‘{facts.known_by_one[0]}’ werkt{and_more(facts.known_by_one)}.",
        Severity.SOON,
        FIELD,
        "Wijs een tweede aan, en laat die meelopen.",
    )


def no_critic(facts: ProjectFacts) -> Signal | None:
    """There are stakeholders on the map, and of no critical one it is known that they take part."""
    presence = critics(facts.voices)
    if not facts.voices or presence == Presence.TAKES_PART:
        return None
    return Signal(
        "no_critic",
        f"{NO_CRITIC[presence]}.",
        Severity.OPEN,
        FIELD,
        "Vraag na wie van hen meedoet, en vul het in bij de stakeholders."
        if presence == Presence.UNKNOWN
        else "Nodig iemand uit die er anders over denkt: die ziet wat anderen missen.",
    )


def answer_contradicted(facts: ProjectFacts) -> Signal | None:
    """A hard question was answered with yes, and what is recorded says otherwise."""
    if not facts.contradicted:
        return None
    return Signal(
        "answer_contradicted",
        against_yes(facts.contradicted[0], and_more(facts.contradicted)),
        Severity.SOON,
        FIELD,
        "Leg het ontbrekende vast, of verbeter het antwoord.",
    )


RULES: tuple[Callable[[ProjectFacts], Signal | None], ...] = (
    decision_overdue,
    decision_asked,
    no_decision_asked,
    relapsed,
    handover_overdue,
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
    answer_contradicted,
    not_in_plan,
    course_old,
    not_scanned,
    no_critic,
)
"""Every rule; of two that are as severe the first counts first."""


def signals(facts: ProjectFacts) -> tuple[Signal, ...]:
    """Return what fires in the state of the project, in the order of the rules."""
    found = [rule(facts) for rule in RULES if APPLIES[rule.__name__](facts.state)]
    return tuple(signal for signal in found if signal is not None)
