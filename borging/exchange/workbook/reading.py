"""From the own workbook to items.

A column that is missing leaves what is here as it is; a blank cell means unknown. Rows are
keyed as their sheet explains; equal results and restpunten are told apart by their order.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from borging.domain.phases import usual_carrier
from borging.domain.terms import ScanKind
from borging.exchange.problems import Problem, Severity
from borging.exchange.reading import Content, Sheet, UnreadableFileError
from borging.exchange.rows import (
    MAX_NAME_LENGTH,
    Habits,
    Headings,
    Mapped,
    RowReader,
    find_headings,
)
from borging.exchange.values import clean, fold, plain
from borging.exchange.workbook.capacity import DEFAULTS, SHEETS, faults
from borging.exchange.workbook.cells import fields_of, letter_of, value_of
from borging.exchange.workbook.form import Column, SheetForm
from borging.exchange.workbook.lists import dossier_lists
from borging.exchange.workbook.workbook import (
    CHOICES,
    COURSE_COLUMNS,
    EXPLANATION,
    forms,
    instrument,
)
from borging.store.imports.items import SHAPES, Item, ItemKind, Key, Value, folded
from borging.store.imports.lists import key_of
from borging.store.imports.snapshot import NO_ANSWER

HABITS = Habits(entities=False)
WHOLE = Habits(entities=False, whole=True)
"""As on the screen a row is taken over whole or refused."""
KEY_HEADINGS = {ItemKind.FUNCTION: "Functie", ItemKind.GOAL: "Naam"}
"""Where the key of a row stands, if not under 'Code'."""


def find_sheets(content: Content, sheet: str | None = None) -> list[tuple[SheetForm, Headings]]:
    """Return the sheets of the own workbook in a file, or the one named `sheet`.

    Empty for a file without such sheets.

    Raises:
        UnreadableFileError: a sheet has the right name but lacks the columns of its key.
    """
    found = []
    sheets = (content.sheet(sheet),) if sheet else content.sheets
    for form in forms():
        for candidate in sheets:
            if candidate.name and fold(candidate.name) == fold(form.name) and candidate.rows:
                found.append((form, _headings(content, form, candidate)))
    return found


def unknown_sheets(content: Content) -> list[Problem]:
    """Return a remark for every sheet with something on it that is not one of the workbook."""
    known = {fold(name) for name in (EXPLANATION, CHOICES, *(form.name for form in forms()))}
    reason = "Dit blad kent de Borgingsmonitor niet; het is niet gelezen."
    return [
        Problem(Severity.INFO, sheet.name, None, None, None, reason)
        for sheet in content.sheets
        if sheet.name and sheet.rows and fold(sheet.name) not in known
    ]


def _headings(content: Content, form: SheetForm, sheet: Sheet) -> Headings:
    headings, missing = find_headings(sheet, form.keys)
    if headings is None:
        columns = ", ".join(f"'{heading}'" for heading in missing)
        raise UnreadableFileError(
            f"{content.name}: op blad '{sheet.name}' ontbreken de kolommen {columns}."
        )
    return headings


def map_workbook(sheets: list[tuple[SheetForm, Headings]], as_of: date) -> Mapped:
    """Return the items of all sheets; `as_of` is the day of a new restpunt without one."""
    collector = _Collector(as_of)
    for form, headings in sheets:
        _remark_strange_columns(form, headings, collector.mapped)
        for row in headings.data:
            habits = WHOLE if form.whole else HABITS
            reader = RowReader(headings, row, habits, collector.mapped)
            collector.mapped.rows.append(reader.place)
            collector.add(form, reader)
    collector.mapped.items = list(collector.items.values())
    return collector.mapped


def _remark_strange_columns(form: SheetForm, headings: Headings, mapped: Mapped) -> None:
    known = {fold(column.heading) for column in form.columns}
    for word in headings.words:
        if word and fold(word) not in known:
            reason = "Deze kolom kent de Borgingsmonitor niet; zij is niet gelezen."
            place = headings.sheet.name, headings.row.number
            mapped.problems.append(Problem(Severity.INFO, *place, word, None, reason))


@dataclass
class _Collector:
    """Gathers items over all sheets; a later row with the same key replaces an earlier one."""

    as_of: date
    mapped: Mapped = field(default_factory=Mapped)
    items: dict[tuple[ItemKind, str, Key], Item] = field(default_factory=dict)
    seen: Counter[tuple[ItemKind, str, Key]] = field(default_factory=Counter)

    def add(self, form: SheetForm, reader: RowReader) -> None:
        """Read one row of a sheet."""
        keys = [self._key_part(column, reader) for column in form.columns if column.key]
        if any(part is None for part in keys):
            return
        if form.kind in SHEETS:
            self._capacity(form, reader)
            return
        code, *rest = (part for part in keys if part is not None)
        assert isinstance(code, str)
        if form.kind is ItemKind.GOAL:
            self._goal(form, reader, code)
        elif form.kind in (ItemKind.COURSE, ItemKind.DECLARATION):
            self._said(form, reader, code, tuple(rest))
        elif form.kind is ItemKind.SCAN:
            self._scan(form, reader, code, tuple(rest))
        elif form.kind is ItemKind.ENTRY:
            self._entry(form, reader, code)
        elif form.kind is ItemKind.PROJECT:
            self._project(form, reader, code)
        elif form.kind is ItemKind.PHASE:
            fields = fields_of(form, reader)
            if fields.get("confirmed", True) is None:
                del fields["confirmed"]
            usual: dict[str, Value] = {"carried_by": usual_carrier(str(rest[0])).value}
            if not fields.get("carried_by", True):
                fields |= usual
            self._put(
                Item(form.kind, code, tuple(rest), fields, reader.place, defaults=usual), reader
            )
        else:
            self._titled(form, reader, code, str(rest[0]))

    def _key_part(self, column: Column, reader: RowReader) -> str | date | None:
        before = reader.rejected
        value = value_of(column, reader)
        if reader.rejected and not before:
            return None
        if not isinstance(value, str | date) or value == "":
            blank = not clean(reader.cell(column.heading)).text
            what = "ontbreekt" if blank else "is niet te lezen"
            reader.reject(
                column.heading, f"'{column.heading}' {what}; zonder die kan de rij niet mee."
            )
            return None
        if column.field == "project" and len(plain(reader.cell(column.heading))) > MAX_NAME_LENGTH:
            reader.reject(column.heading, f"De code telt meer dan {MAX_NAME_LENGTH} tekens.")
            return None
        return value

    def _put(self, item: Item, reader: RowReader) -> None:
        address = (item.kind, *item.address)
        earlier = self.items.get(address)
        if earlier is not None:
            reason = f"Deze sleutel staat ook in rij {earlier.place.row}; de laatste rij telt."
            if item.kind is not ItemKind.COURSE:
                reader.remark(Severity.WARNING, KEY_HEADINGS.get(item.kind, "Code"), reason)
            item = replace(item, first=earlier.first or earlier.place)
        self.items[address] = item

    def _project(self, form: SheetForm, reader: RowReader, code: str) -> None:
        fields = fields_of(form, reader)
        course = {c.field: fields.pop(c.field) for c in COURSE_COLUMNS if c.field in fields}
        if not fields.get("title") and reader.headings.has("Titel"):
            fields["title"] = code
            reader.remark(Severity.INFO, "Titel", "Zonder titel; de code is de titel.")
        defaults: dict[str, Value] = {"code": code, "title": code}
        self._put(Item(form.kind, code, (), fields, reader.place, defaults=defaults), reader)
        if course.get("course") is None:
            return
        reported_on = course.pop("reported_on", None)
        if not isinstance(reported_on, date) or not course.get("sentence"):
            reader.remark(
                Severity.WARNING, "Koers", "Zonder zin en datum is de koers niet overgenomen."
            )
            return
        self._put(Item(ItemKind.COURSE, code, (reported_on,), course, reader.place), reader)

    def _titled(self, form: SheetForm, reader: RowReader, code: str, title: str) -> None:
        fields = fields_of(form, reader)
        defaults: dict[str, Value] = {"title": title}
        if form.kind is ItemKind.RESIDUAL:
            defaults["created_on"] = self.as_of
            if fields.get("created_on") is None:
                fields.pop("created_on", None)
                reader.remark(
                    Severity.INFO,
                    "Ontstaan op",
                    "Leeg; een nieuw restpunt krijgt de dag van vandaag.",
                )
        address = (form.kind, code, (folded(title),))
        self.seen[address] += 1
        number = self.seen[address]
        if number > 1:
            reader.remark(
                Severity.WARNING,
                "Code",
                "Deze titel stond al bij dit project; deze rij telt als een ander.",
            )
        key = (folded(title), number)
        self._put(Item(form.kind, code, key, fields, reader.place, defaults=defaults), reader)

    def _capacity(self, form: SheetForm, reader: RowReader) -> None:
        """Read a row of the capacity, whole or not at all."""
        fields = {
            column.field: value_of(column, reader)
            for column in form.columns
            if column.needed or reader.headings.has(column.heading)
        }
        wrong = faults(form.kind, fields)
        for name, words in wrong:
            reader.reject(form.column(name).heading, f"{words[0].upper()}{words[1:]}.")
        if wrong:
            return
        defaults = DEFAULTS[form.kind]
        fields |= {name: value for name, value in defaults.items() if fields.get(name, 0) is None}
        shape, code = SHAPES[form.kind], str(fields.pop("project", ""))
        parts = (fields.get(column) or "" for column in shape.key)
        key: Key = tuple(part if isinstance(part, date) else folded(str(part)) for part in parts)
        number = 1
        if form.kind is not ItemKind.FUNCTION:
            self.seen[form.kind, code, key] += 1
            number = self.seen[form.kind, code, key]
        if number > 1:
            reason = "Deze sleutel stond al op dit blad; deze rij telt als een ander."
            reader.remark(Severity.WARNING, "Functie", reason)
        self._put(
            Item(form.kind, code, (*key, number), fields, reader.place, defaults=defaults), reader
        )

    def _goal(self, form: SheetForm, reader: RowReader, title: str) -> None:
        fields = {"title": title} | _required(form, reader)
        if not reader.rejected:
            key = (folded(title), 1)
            self._put(Item(form.kind, "", key, fields, reader.place), reader)

    def _said(self, form: SheetForm, reader: RowReader, code: str, key: Key) -> None:
        """Read what somebody said of a project on a day: a koers or a declaration."""
        fields = _required(form, reader)
        day = key[0]
        if form.kind is ItemKind.DECLARATION:
            if isinstance(day, date) and day > self.as_of:
                reader.reject("Verklaard op", "Deze dag is nog niet geweest.")
            fields |= {"declared_on": day, "verdict": str(key[1])}
            self.seen[form.kind, code, key] += 1
            key = (*key, self.seen[form.kind, code, key])
        elif (form.kind, code, key) in self.items:
            row = self.items[form.kind, code, key].place
            reason = f"Deze koers staat al op blad {row.sheet}, rij {row.row}; die telt."
            reader.remark(Severity.WARNING, "Datum koers", reason)
            return
        if not reader.rejected:
            self._put(Item(form.kind, code, key, fields, reader.place), reader)

    def _entry(self, form: SheetForm, reader: RowReader, code: str) -> None:
        """Read a row of the dossier; what needs the rest of the project is checked later."""
        fields = fields_of(form, reader)
        if not reader.rejected and all(value is None for value in fields.values()):
            reader.reject(None, "Deze rij heeft alleen een code; vul haar in of haal haar weg.")
            return
        definition = dossier_lists().by_key[form.list]
        key = key_of(definition, fields)
        self.seen[form.kind, code, key] += 1
        number = self.seen[form.kind, code, key]
        if reader.rejected:
            return
        if number > 1 and definition.once:
            reason = f"Dit staat bij dit project al op het blad; laat één {definition.one} staan."
            reader.reject("Code", reason)
            return
        if number > 1:
            reason = "Deze sleutel stond al bij dit project; deze rij telt als een ander."
            reader.remark(Severity.WARNING, "Code", reason)
        self._put(Item(form.kind, code, (*key, number), fields, reader.place), reader)

    def _scan(self, form: SheetForm, reader: RowReader, code: str, key: Key) -> None:
        factors = [form.column(factor.id) for factor in instrument().factors]
        letters = "".join(letter_of(column, reader) for column in factors)
        if not letters.strip(NO_ANSWER):
            reader.reject(None, "Deze rij heeft geen enkel antwoord.")
            return
        joint = key[1] == ScanKind.JOINT
        fields: dict[str, Value] = {}
        if joint and reader.headings.has("Vastgesteld door"):
            fields["agreed_by"] = reader.text("Vastgesteld door")
        known = self.items.get((ItemKind.SCAN, code, key))
        if known is not None and joint:
            reason = f"Een gezamenlijke scan heeft één rij; deze staat al in rij {known.place.row}."
            reader.reject("Soort", reason)
            return
        if known is None:
            self._put(Item(ItemKind.SCAN, code, key, fields, reader.place), reader)
        if joint:
            answer = Item(ItemKind.RESPONSE, code, key, {"letters": letters}, reader.place)
        else:
            address = (ItemKind.RESPONSE, code, (*key, letters))
            self.seen[address] += 1
            number = self.seen[address]
            answer = Item(ItemKind.RESPONSE, code, (*key, letters, number), {}, reader.place)
        self._put(answer, reader)


def _required(form: SheetForm, reader: RowReader) -> dict[str, Value]:
    """Return the fields of a row, which is rejected when one that it needs is blank."""
    fields = fields_of(form, reader)
    for column in form.columns:
        blank = not clean(reader.cell(column.heading)).text
        if column.required and blank:
            reason = f"'{column.heading}' ontbreekt; zonder die kan de rij niet mee."
            reader.reject(column.heading, reason)
    return fields
