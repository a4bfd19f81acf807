"""The closed vocabularies of the field, English in code, Dutch on the screen.

The value of each member is what the database stores; `label` is what a person reads.
The order of the members is the order in which they are shown.
"""

from __future__ import annotations

from enum import StrEnum


class Term(StrEnum):
    """A stored value with the Dutch word that stands for it on the screen."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Term:
        """Build the member so that it equals its stored value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def from_label(cls, text: str) -> Term | None:
        """Return the member whose label or value is `text`, ignoring case, else None."""
        folded = text.strip().casefold()
        for member in cls:
            if folded in (member.label.casefold(), member.value):
                return member
        return None


class Phase(Term):
    """The five phases of borging; they may overlap and have no forced order."""

    PREPARATION = "preparation", "Voorbereiding"
    INTRODUCTION = "introduction", "Introductie"
    INTEGRATION = "integration", "Integratie"
    HANDOVER = "handover", "Overdracht"
    INSTITUTIONALISATION = "institutionalisation", "Institutionalisering"


class PhaseStatus(Term):
    """What the dates of one phase say on a given day."""

    LATE = "late", "te laat"
    RUNNING = "running", "loopt"
    PLANNED = "planned", "gepland"
    DONE = "done", "afgerond"
    UNPLANNED = "unplanned", "niet gepland"
    UNKNOWN = "unknown", "onbekend"
    PROPOSED = "proposed", "voorstel"


class ProjectState(Term):
    """Where a project stands; ideas are listed too, closed ones stay.

    Every rule about states uses the properties below; nothing else lists states.
    """

    IDEA = "idea", "idee"
    PLANNED = "planned", "gepland"
    RUNNING = "running", "lopend"
    CLOSED = "closed", "afgesloten"
    WITHDRAWN = "withdrawn", "ingetrokken"
    REJECTED = "rejected", "afgewezen"
    UNKNOWN = "unknown", "onbekend"

    @property
    def is_stopped(self) -> bool:
        """Return whether the project will hand nothing over: withdrawn or rejected."""
        return self in (ProjectState.WITHDRAWN, ProjectState.REJECTED)

    @property
    def is_over(self) -> bool:
        """Return whether the project itself does nothing any more: closed or stopped."""
        return self.is_stopped or self == ProjectState.CLOSED

    @property
    def is_chosen(self) -> bool:
        """Return whether the project is more than an idea and was not stopped; closed counts."""
        return not self.is_stopped and self != ProjectState.IDEA

    @property
    def is_active(self) -> bool:
        """Return whether the project itself still works or will: planned, running, unknown."""
        return self.is_chosen and not self.is_over

    @property
    def is_before_start(self) -> bool:
        """Return whether the project can still be planned otherwise: an idea or planned."""
        return self in (ProjectState.IDEA, ProjectState.PLANNED)


class Course(Term):
    """Koers: is the project on plan, as one person signed on one day."""

    RED = "red", "besluit nodig"
    AMBER = "amber", "aandacht"
    GREEN = "green", "op koers"

    @property
    def symbol(self) -> str:
        """The mark that goes with the word, so that colour never stands alone."""
        return {"red": "■", "amber": "▲", "green": "●"}[self.value]


class Carrier(Term):
    """Who carries a phase."""

    PROJECT = "project", "project"
    LINE = "line", "lijn"


class Priority(Term):
    """Priority of a residual item."""

    HIGH = "high", "hoog"
    NORMAL = "normal", "normaal"
    LOW = "low", "laag"


class ScanKind(Term):
    """How a scan was answered.

    INDIVIDUAL: several people, each for himself; the minimum number of answers applies.
    JOINT: one agreed answer, shown as such.
    """

    INDIVIDUAL = "individual", "individueel"
    JOINT = "joint", "gezamenlijk"


class RoundState(Term):
    """Where a round of a scan stands on a day; see `borging.domain.rounds.round_state`."""

    DRAFT = "draft", "concept"
    OPEN = "open", "open"
    CLOSED = "closed", "gesloten"
    PUBLISHED = "published", "vrijgegeven"


class Moment(Term):
    """At which point in the life of a project a round is held."""

    PLAN = "at_plan", "bij het plan"
    PILOT = "in_pilot", "tijdens de proef"
    AFTER = "after", "na de introductie"
    REPEAT = "repeat", "herhaling"


class RoleGroup(Term):
    """The group of staff a respondent belongs to, when a round asks for it."""

    CARE = "care", "zorg en behandeling"
    LEAD = "lead", "leidinggevend"
    SUPPORT = "support", "ondersteuning en staf"
    PROJECT = "project_team", "projectteam"


class Sustain(Term):
    """How far a project result is part of normal work, as declared and not expired.

    Only a project that runs or is closed is in borging without a declaration. UNKNOWN: the state
    of the project is not known. NOT_APPLICABLE: an idea, or planned, withdrawn or rejected.
    """

    SUSTAINED = "sustained", "geborgd"
    RECONFIRM = "reconfirm", "herbevestiging nodig"
    SUSTAINING = "sustaining", "in borging"
    RELAPSED = "relapsed", "teruggevallen"
    UNKNOWN = "unknown", "onbekend"
    NOT_APPLICABLE = "not_applicable", "niet aan de orde"


class Standing(Term):
    """Whether a residual item has found its place in the line."""

    UNOWNED = "unowned", "zonder eigenaar"
    UNACCEPTED = "unaccepted", "nog niet aanvaard"
    ACCEPTED = "accepted", "belegd"

    @property
    def symbol(self) -> str:
        """The mark that goes with the word."""
        return {"unowned": "◆", "unaccepted": "◇", "accepted": "–"}[self.value]


class UnitKind(Term):
    """The three levels of the organisation."""

    ORGANISATION = "organisation", "organisatie"
    LOCATION = "location", "locatie"
    TEAM = "team", "team"


class GoalKind(Term):
    """The levels of the goal tree."""

    VISION = "vision", "visie"
    THEME = "theme", "thema"
    GOAL = "goal", "doel"


class ObservationKind(Term):
    """What kind of fact a source reported."""

    COURSE = "course", "koers volgens de bron"
    START = "start", "begindatum volgens de bron"
    END = "end", "einddatum volgens de bron"
    BUDGET = "budget", "budget volgens de bron"


NOT_MEASURED = "niet gemeten"
COURSE_UNKNOWN_SYMBOL = "○"


def course_words(course: Course | str | None) -> str:
    """Return symbol and word of a koers, '○ niet gemeten' for None."""
    if course is None:
        return f"{COURSE_UNKNOWN_SYMBOL} {NOT_MEASURED}"
    known = Course(course)
    return f"{known.symbol} {known.label}"
