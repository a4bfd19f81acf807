"""From the rows of a foreign list to items, the way its profile says.

Rows with the same key are one project. With a history the row with the highest year gives
the facts and every row its observations; without one the last row wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from borging.domain.terms import ObservationKind, ProjectState
from borging.exchange.lists.profile import (
    DATE_FIELDS,
    NAME_FIELDS,
    TEXT_FIELDS,
    YES_NO_FIELDS,
    ObservationRule,
    Profile,
    StateRule,
)
from borging.exchange.problems import Severity
from borging.exchange.rows import MAX_KEY_LENGTH, Habits, Headings, Mapped, RowReader
from borging.exchange.values import (
    FIRST_YEAR,
    LAST_YEAR,
    clean,
    digits,
    matches,
    plain,
    read_date,
    read_number,
)
from borging.store.imports.items import Item, ItemKind, Key, Place, Value

COLUMNS = {
    "unit": "unit_id",
    "goal": "goal_id",
    "sponsor": "sponsor_id",
    "owner": "owner_id",
    "project_lead": "project_lead_id",
}
"""Fields of a profile that go to a column of another name."""


@dataclass
class _Facts:
    """What one row says about its project; order is None where the history is unreadable."""

    reader: RowReader
    order: Decimal | None
    fields: dict[str, Value]
    observations: dict[Key, dict[str, Value]] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return self.reader.place


def map_rows(profile: Profile, headings: Headings) -> Mapped:
    """Return the items of all rows below the headings."""
    mapped = Mapped()
    habits = Habits(profile.dates, profile.thousands, profile.unknown)
    groups: dict[str, list[_Facts]] = {}
    for row in headings.data:
        reader = RowReader(headings, row, habits, mapped)
        mapped.rows.append(reader.place)
        key = _key(profile, reader)
        if key is not None:
            groups.setdefault(key, []).append(_facts(profile, reader, key))
    for key, group in groups.items():
        mapped.items += _items(profile, key, group)
    return mapped


def _key(profile: Profile, reader: RowReader) -> str | None:
    parts = []
    for column in profile.key.columns:
        cleaned = clean(reader.cell(column), entities=profile.key.fold == "letters").text
        part = cleaned
        if profile.key.fold == "letters":
            part = "".join(character for character in cleaned.casefold() if character.isalnum())
        if not part:
            reader.reject(column, "Zonder sleutel kan deze rij niet worden overgenomen.")
            return None
        parts.append(part)
    key = " | ".join(parts)
    if len(key) > MAX_KEY_LENGTH:
        reader.reject(profile.key.columns[0], f"De sleutel telt meer dan {MAX_KEY_LENGTH} tekens.")
        return None
    return key


def _facts(profile: Profile, reader: RowReader, key: str) -> _Facts:
    fields = _fields(profile, reader)
    if not fields.get("title"):
        fields["title"] = fields.get("code") or key
        heading = profile.fields.get("title")
        reader.remark(Severity.INFO, heading, "Zonder titel; het nummer is de titel.")
    if not fields.get("code"):
        fields.pop("code", None)
    if profile.states:
        fields["state"] = _state(profile.states, reader).value
    facts = _Facts(reader, _order(profile, reader), fields)
    for rule in profile.observations:
        _observe(profile, rule, facts)
    return facts


def _fields(profile: Profile, reader: RowReader) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    for name, heading in profile.fields.items():
        column = COLUMNS.get(name, name)
        if name in TEXT_FIELDS:
            fields[column] = reader.text(heading)
        elif name in NAME_FIELDS:
            fields[column] = reader.name(heading)
        elif name in DATE_FIELDS:
            fields[column] = reader.day(heading, profile.raw.get(name))
        elif name in YES_NO_FIELDS:
            fields[column] = reader.yes_no(heading)
    if profile.funding_source and not fields.get("funding_source"):
        fields["funding_source"] = profile.funding_source
    start, end = fields.get("start"), fields.get("end")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        reader.remark(
            Severity.WARNING,
            profile.fields["end"],
            f"Het einde ligt vóór het begin ({start:%d-%m-%Y}); beide data zijn bewaard.",
        )
    return fields


def _state(rules: tuple[StateRule, ...], reader: RowReader) -> ProjectState:
    for rule in rules:
        cell = reader.cell(rule.column)
        if rule.positive:
            number, _ = read_number(cell, reader.habits.thousands)
            fits = number is not None and number > 0
        else:
            text = clean(cell).text
            fits = matches(text, rule.words) if rule.words else bool(text)
        if fits:
            return rule.state
    return ProjectState.UNKNOWN


def _order(profile: Profile, reader: RowReader) -> Decimal | None:
    if profile.history is None:
        return None
    order, _ = read_number(reader.cell(profile.history), ",")
    if order is None:
        reader.remark(
            Severity.WARNING, profile.history, "Geen jaartal; deze rij telt als de oudste."
        )
    return order


def _moment(profile: Profile, reader: RowReader) -> date | None:
    moment = profile.observed
    if moment.day or not moment.column:
        return moment.day
    cell = reader.cell(moment.column)
    if moment.month and moment.day_of_month:
        year = plain(cell)
        known = re.fullmatch(r"\d{4}", year, re.ASCII) and FIRST_YEAR <= int(year) <= LAST_YEAR
        return date(int(year), moment.month, moment.day_of_month) if known else None
    return read_date(cell, profile.dates)[0]


def _observe(profile: Profile, rule: ObservationRule, facts: _Facts) -> None:
    """Add what a row says under one observation rule; a blank cell says nothing."""
    reader = facts.reader
    said = reader.said(rule.column, rule.raw)
    value = _observed_value(rule, reader)
    if not said:
        return
    day = _moment(profile, reader)
    if day is None:
        column = profile.observed.column
        reader.remark(Severity.WARNING, column, "Zonder dag zijn de waarnemingen niet bewaard.")
        return
    facts.observations[(rule.kind.value, day)] = {"value": value, "raw_text": said}


def _observed_value(rule: ObservationRule, reader: RowReader) -> str | None:
    if rule.unknown and matches(clean(reader.cell(rule.column)).text, rule.unknown):
        return None
    if rule.kind is ObservationKind.COURSE:
        return _course(rule, reader)
    if rule.kind is ObservationKind.BUDGET:
        number = reader.number(rule.column, rule.raw)
        return digits(number * rule.factor) if number is not None else None
    day = reader.day(rule.column, rule.raw)
    return day.isoformat() if day else None


def _course(rule: ObservationRule, reader: RowReader) -> str | None:
    """Return the koers a row gives; None where its two columns contradict each other."""
    text = clean(reader.cell(rule.column)).text
    value = _word(rule, text)
    if rule.raw and (raw := clean(reader.cell(rule.raw)).text) and _word(rule, raw) != value:
        reader.unknown(rule.column, f"'{text}' en '{raw}' spreken elkaar tegen", rule.raw)
        return None
    if value is None:
        reader.unknown(rule.column, "dit woord staat niet in het profiel", rule.raw)
    return value


def _word(rule: ObservationRule, text: str) -> str | None:
    for pattern, value in rule.words.items():
        if matches(text, (pattern,)):
            return value
    return None


def _items(profile: Profile, key: str, group: list[_Facts]) -> list[Item]:
    """Return the project of a group of rows and its observations."""
    winner = max(
        enumerate(group),
        key=lambda pair: (pair[1].order is not None, pair[1].order or Decimal(0), pair[0]),
    )[1]
    if profile.history is None:
        for facts in group[1:]:
            _remark_double(profile, facts, group[0], "Deze sleutel")
    items = [Item(ItemKind.PROJECT, key, (), winner.fields, winner.place, first=group[0].place)]
    seen: dict[Key, _Facts] = {}
    for facts in group:
        for address in facts.observations:
            if profile.history is not None and address in seen:
                _remark_double(profile, facts, seen[address], "Dit jaar van dit project")
            seen[address] = facts
    items += [
        Item(ItemKind.OBSERVATION, key, address, facts.observations[address], facts.place)
        for address, facts in seen.items()
    ]
    return items


def _remark_double(profile: Profile, facts: _Facts, earlier: _Facts, what: str) -> None:
    reason = f"{what} staat ook in rij {earlier.place.row}; de laatste rij telt."
    facts.reader.remark(Severity.WARNING, profile.key.columns[0], reason)
