"""What people write down of a project itself, and what is wrong with it.

Who is named is the id of a person, or the name of somebody who is not in the list yet. Days are
the first and the last day that belong to something.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from borging.domain.dossier import Choice, Field, FieldType, ListDefinition
from borging.domain.phases import usual_carrier
from borging.domain.terms import Carrier, Course, Phase, ProjectState

Who = int | str | None
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2199, 12, 31)
LONGEST = {
    "title": 200,
    "code": 40,
    "summary": 2000,
    "funding_source": 200,
    "sentence": 300,
    "decision": 300,
    "decision_from": 200,
}
"""Characters of a text."""
PROJECT_LABELS: Mapping[str, str] = {
    "title": "Titel",
    "code": "Code",
    "summary": "Wat het project wil bereiken",
    "goal_id": "Doel in de doelenboom",
    "unit_id": "Eenheid",
    "sponsor_id": "Opdrachtgever",
    "owner_id": "Eigenaar in de lijn",
    "project_lead_id": "Projectleider",
    "state": "Stand",
    "start": "Eerste dag",
    "end": "Laatste dag",
    "funding_source": "Financiering",
    "funding_end": "Financiering tot en met",
    "borging_in_plan": "Paragraaf over borging in het plan",
}
PHASE_LABELS: Mapping[str, str] = {
    "planned_start": "Start volgens plan",
    "planned_end": "Einde volgens plan",
    "actual_start": "Begonnen",
    "actual_end": "Afgerond",
    "accountable_id": "Verantwoordelijk",
    "carried_by": "Gedragen door",
}
PHASE_LIST = ListDefinition(
    key="phase_record",
    title="Fasen",
    one="fase",
    many="fasen",
    add="Vul in wanneer elke fase volgens plan begint en eindigt.",
    help="Data volgens plan en werkelijk, en wie verantwoordelijk is.",
    source="De vijf fasen van borging",
    status="uit geheugen",
    single=False,
    every=True,
    fields=(
        Field(
            "phase",
            "Fase",
            FieldType.CHOICE,
            choices=tuple(Choice(each.value, each.label) for each in Phase),
        ),
        *(
            Field(name, PHASE_LABELS[name], FieldType.DAY)
            for name in ("planned_start", "planned_end", "actual_start", "actual_end")
        ),
        Field("accountable_id", PHASE_LABELS["accountable_id"], FieldType.PERSON),
        Field(
            "carried_by",
            PHASE_LABELS["carried_by"],
            FieldType.CHOICE,
            choices=tuple(Choice(each.value, each.label) for each in Carrier),
        ),
    ),
)
"""The phases, described as the lists of a dossier are; its fields are those of PhaseFields."""
COURSE_LABELS: Mapping[str, str] = {
    "course": "Koers",
    "sentence": "In één zin",
    "signed_by_id": "Ondertekend door",
    "decision": "Gevraagd besluit",
    "decision_from": "Van wie",
    "decision_before": "Uiterlijk",
}


@dataclass(frozen=True)
class ProjectFields:
    """A project. state: a value of ProjectState. borging_in_plan: None is not known."""

    title: str
    code: str = ""
    summary: str | None = None
    goal_id: int | None = None
    unit_id: int | None = None
    sponsor_id: Who = None
    owner_id: Who = None
    project_lead_id: Who = None
    state: str = ProjectState.UNKNOWN.value
    start: date | None = None
    end: date | None = None
    funding_source: str | None = None
    funding_end: date | None = None
    borging_in_plan: bool | None = None

    def problems(self) -> list[str]:
        """Return in Dutch what is wrong with it, each the end of a sentence."""
        found = []
        if not self.title.strip():
            found.append("vul ‘Titel’ in")
        found += _too_long(vars(self), PROJECT_LABELS)
        if self.state not in [term.value for term in ProjectState]:
            found.append(f"stand ‘{self.state}’ bestaat niet; kies een andere")
        found += _strange_days(vars(self), PROJECT_LABELS)
        if self.start and self.end and self.end < self.start:
            found.append(
                f"‘Laatste dag’ {_day(self.end)} ligt vóór ‘Eerste dag’ {_day(self.start)}; "
                "verander een van de twee"
            )
        return found


@dataclass(frozen=True)
class PhaseFields:
    """The dates of one phase.

    phase: a value of Phase. carried_by: a value of Carrier; '' becomes the usual one.
    """

    phase: str
    planned_start: date | None = None
    planned_end: date | None = None
    actual_start: date | None = None
    actual_end: date | None = None
    accountable_id: Who = None
    carried_by: str = ""

    def __post_init__(self) -> None:
        """Fill in who usually carries the phase."""
        if not self.carried_by:
            object.__setattr__(self, "carried_by", usual_carrier(self.phase).value)

    def problems(self, today: date) -> list[str]:
        """Return in Dutch what is wrong with it; what happened did so by `today`."""
        found = []
        if self.phase not in [term.value for term in Phase]:
            found.append(f"fase ‘{self.phase}’ bestaat niet")
        if self.carried_by not in [term.value for term in Carrier]:
            found.append("‘Gedragen door’ is project of lijn")
        found += _strange_days(vars(self), PHASE_LABELS)
        for first, last in (("planned_start", "planned_end"), ("actual_start", "actual_end")):
            start, end = getattr(self, first), getattr(self, last)
            if start and end and end < start:
                found.append(
                    f"‘{PHASE_LABELS[last]}’ {_day(end)} ligt vóór ‘{PHASE_LABELS[first]}’ "
                    f"{_day(start)}"
                )
        for name in ("actual_start", "actual_end"):
            day = getattr(self, name)
            if day and day > today:
                found.append(
                    f"‘{PHASE_LABELS[name]}’ {_day(day)} is nog niet geweest; zet die dag in het "
                    "plan"
                )
        return found


@dataclass(frozen=True)
class CourseFields:
    """Koers in one sentence. course: a value of Course; a red one names the decision asked."""

    course: str
    sentence: str
    signed_by_id: Who
    decision: str | None = None
    decision_from: str | None = None
    decision_before: date | None = None

    def problems(self, today: date) -> list[str]:
        """Return in Dutch what is wrong with it when it is signed `today`."""
        found = []
        if self.course not in [term.value for term in Course]:
            found.append("kies een koers: op koers, aandacht of besluit nodig")
        if not self.sentence.strip():
            found.append("schrijf in één zin waarom")
        found += _too_long(vars(self), COURSE_LABELS)
        if not self.signed_by_id:
            found.append("kies wie de koers ondertekent")
        if self.course == Course.RED:
            wanted = {
                "welk besluit nodig is": self.decision,
                "van wie": self.decision_from,
                "uiterlijk op welke dag": self.decision_before,
            }
            if missing := [words for words, value in wanted.items() if not value]:
                found.append(f"bij ‘besluit nodig’ hoort {', en '.join(missing)}")
        if self.decision_before and self.decision_before < today:
            found.append(f"de dag van het besluit, {_day(self.decision_before)}, is al voorbij")
        return found


def _too_long(values: Mapping[str, object], labels: Mapping[str, str]) -> list[str]:
    return [
        f"‘{labels[name]}’ is langer dan {most} tekens; kort het in"
        for name, most in LONGEST.items()
        if name in labels and len(str(values[name] or "")) > most
    ]


def _strange_days(values: Mapping[str, object], labels: Mapping[str, str]) -> list[str]:
    return [
        f"‘{labels[name]}’ is geen dag tussen 1950 en 2199"
        for name, value in values.items()
        if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY
    ]


def _day(value: date) -> str:
    return f"{value:%d-%m-%Y}"


def changed(before: object, after: object) -> Collection[str]:
    """Return the names of the fields in which two of the same kind differ."""
    return [name for name, value in vars(after).items() if value != getattr(before, name)]
