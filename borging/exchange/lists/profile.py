"""Profiles: TOML files that map the columns of a foreign list onto the model.

A heading is compared without regard to case, and with every run of blanks and line ends as
one blank.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args

from borging.domain.causes import cause
from borging.domain.definition import toml_fault
from borging.domain.terms import Course, ObservationKind, ProjectState, UnitKind
from borging.exchange.lists.profile_table import ProfileError, Table
from borging.exchange.values import DateOrder, Thousands, fold
from borging.settings import DATA

FOLDER = DATA / "profiles"

TEXT_FIELDS = ("title", "summary")
NAME_FIELDS = ("code", "unit", "goal", "sponsor", "owner", "project_lead", "funding_source")
DATE_FIELDS = ("start", "end", "funding_end")
YES_NO_FIELDS = ("borging_in_plan",)
FIELDS = (*TEXT_FIELDS, *NAME_FIELDS, *DATE_FIELDS, *YES_NO_FIELDS)


@dataclass(frozen=True)
class KeyRule:
    """How a project is recognised: columns, and how their text is folded.

    fold: 'trim' takes the text as it stands, 'letters' only letters and digits in lower case.
    """

    columns: tuple[str, ...]
    fold: str


@dataclass(frozen=True)
class StateRule:
    """When a column gives a state: it holds one of `words`, is above 0, or else is filled."""

    column: str
    state: ProjectState
    words: tuple[str, ...] = ()
    positive: bool = False


@dataclass(frozen=True)
class Moment:
    """The day of the observations in a row.

    Either a fixed day, or a column with a date, or a column with a year plus month and day.
    """

    day: date | None = None
    column: str | None = None
    month: int | None = None
    day_of_month: int | None = None


@dataclass(frozen=True)
class ObservationRule:
    """A column that becomes a dated fact.

    words: pattern to value, for a koers. raw: the column with the text of the source itself,
    where the list holds both. unknown: texts that mean unknown. factor: what a number is
    multiplied by.
    """

    kind: ObservationKind
    column: str
    raw: str | None = None
    words: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    factor: int = 1


@dataclass(frozen=True)
class Profile:
    """One foreign list. `fields` and `raw` map a field of a project to a heading."""

    name: str
    title: str
    description: str
    key: KeyRule
    code_prefix: str
    fields: dict[str, str]
    raw: dict[str, str]
    unit_kind: UnitKind
    funding_source: str | None
    dates: DateOrder
    thousands: Thousands | None
    unknown: tuple[str, ...]
    states: tuple[StateRule, ...]
    observed: Moment
    observations: tuple[ObservationRule, ...]
    history: str | None

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading the profile needs, each once."""
        moment = (self.observed.column, self.history)
        named = [*self.key.columns, *self.fields.values(), *self.raw.values()]
        named += [rule.column for rule in self.states]
        for rule in self.observations:
            named += [rule.column, rule.raw or rule.column]
        named += [column for column in moment if column]
        return tuple({fold(heading): heading for heading in named}.values())


def profile_names(folder: Path = FOLDER) -> list[str]:
    """Return the names of the profiles, in alphabetical order."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def load_profiles(folder: Path = FOLDER) -> list[Profile]:
    """Return every profile, in alphabetical order."""
    return [load_profile(name, folder) for name in profile_names(folder)]


def load_profile(name: str, folder: Path = FOLDER) -> Profile:
    """Read a profile by name, or by path when the name ends in .toml.

    Raises:
        ProfileError: there is none by that name, or it is not valid; the message is Dutch.
    """
    path = Path(name) if name.endswith(".toml") else folder / f"{name}.toml"
    if path.stem not in profile_names(path.parent):
        known = ", ".join(profile_names(folder))
        raise ProfileError(f"Er is geen profiel '{name}'. De profielen zijn: {known}.")
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(toml_fault(path.name, str(error))) from error
    except (UnicodeDecodeError, OSError) as error:
        raise ProfileError(f"{path.name} kan niet worden gelezen: {cause(error)}.") from error
    return build_profile(path.stem, Table(path.name, content))


def build_profile(name: str, table: Table) -> Profile:
    """Return the profile that a TOML table describes; ProfileError where it does not fit."""
    key = table.table("key", required=True)
    words = table.table("words")
    history = table.table("history")
    profile = Profile(
        name=name,
        title=table.text("title"),
        description=table.text("description", ""),
        key=KeyRule(key.texts("columns", required=True), key.choice("fold", ("trim", "letters"))),
        code_prefix=table.text("code_prefix"),
        fields=table.table("fields", required=True).headings(FIELDS),
        raw=table.table("raw").headings(DATE_FIELDS),
        unit_kind=UnitKind(table.choice("unit_kind", [kind.value for kind in UnitKind])),
        funding_source=table.text("funding_source", None),
        dates=table.choice("dates", get_args(DateOrder), "dmy"),
        thousands=table.choice("thousands", get_args(Thousands), None),
        unknown=words.texts("unknown"),
        states=tuple(_state(rule) for rule in table.tables("states")),
        observed=_moment(table.table("observed")),
        observations=tuple(_observation(rule) for rule in table.tables("observations")),
        history=history.text("column", None),
    )
    for part in (words, history, key, table):
        part.done()
    if profile.observations and profile.observed == Moment():
        raise ProfileError(f"{table.file}: waarnemingen vragen om een [observed] met hun dag.")
    return profile


def _state(table: Table) -> StateRule:
    rule = StateRule(
        column=table.text("column"),
        state=ProjectState(table.choice("state", [state.value for state in ProjectState])),
        words=table.texts("words"),
        positive=table.flag("positive"),
    )
    table.done()
    return rule


def _moment(table: Table) -> Moment:
    moment = Moment(
        table.day("day"),
        table.text("column", None),
        table.number("month", None, 1, 12),
        table.number("day_of_month", None, 1, 31),
    )
    table.done()
    if (moment.month is None) != (moment.day_of_month is None):
        raise ProfileError(f"{table.place}: geef month en day_of_month allebei, of geen van beide.")
    if moment.month and moment.day_of_month:
        try:
            date(2001, moment.month, moment.day_of_month)
        except ValueError as error:
            raise ProfileError(f"{table.place}: deze dag bestaat niet in elk jaar.") from error
    return moment


def _observation(table: Table) -> ObservationRule:
    kind = ObservationKind(table.choice("kind", [kind.value for kind in ObservationKind]))
    words: dict[str, Any] = table.table("words").rest()
    rule = ObservationRule(
        kind=kind,
        column=table.text("column"),
        raw=table.text("raw", None),
        words=words,
        unknown=table.texts("unknown"),
        factor=table.number("factor", 1, 1, 1_000_000_000),
    )
    table.done()
    if (kind is ObservationKind.COURSE) != bool(words):
        raise ProfileError(f"{table.place}: alleen een koers heeft words, en die moet ze hebben.")
    for value in words.values():
        if value not in [course.value for course in Course]:
            raise ProfileError(f"{table.place}: '{value}' is geen koers (green, amber of red).")
    return rule
