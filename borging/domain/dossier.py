"""What a project dossier holds: lists with fields, as definitions read from TOML files.

One file of data/dossier/ is one part of the dossier, with the lists that belong to it. A new
list is a definition here and a rule that sums it up (`borging.services.dossier.parts`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from borging.domain.definition import InstrumentError, Table, read_table, twice


class FieldType(StrEnum):
    """What a field holds; the value is the word in the file, the comment what is stored.

    TEXT: one line. LONG: some sentences. LINK: an address or a place where something is kept.
    NUMBER: a number in the unit of the field. DAY: a day. FLAG: yes, no, or not said. CHOICE:
    the id of a choice. QUESTION: the id of a question of a questionnaire. PERSON, UNIT, RESULT,
    ITEM: the id of a person, a unit, a result of the project, an item of another list.
    """

    TEXT = "tekst"
    LONG = "lange tekst"
    LINK = "vindplaats"
    NUMBER = "getal"
    DAY = "datum"
    FLAG = "ja of nee"
    CHOICE = "keuze"
    QUESTION = "vraag"
    PERSON = "persoon"
    UNIT = "eenheid"
    RESULT = "resultaat"
    ITEM = "regel"


LONGEST = {FieldType.TEXT: 200, FieldType.LONG: 2000, FieldType.LINK: 500}
"""Characters of a text."""
LONGEST_ID = 50
"""Characters of the id of a field."""
REFERENCES = (FieldType.PERSON, FieldType.UNIT, FieldType.RESULT, FieldType.ITEM)
DEFAULTS = {
    "vandaag": FieldType.DAY,
    "dit jaar": FieldType.NUMBER,
    "eigenaar": FieldType.PERSON,
    "projectleider": FieldType.PERSON,
}
"""What a field of a new item can begin with, to the type that it is for."""
WORDS = (*LONGEST, FieldType.CHOICE, FieldType.QUESTION)
"""Types that are stored as a text."""


@dataclass(frozen=True)
class Choice:
    """One word that may be chosen. id: what is stored."""

    id: str
    label: str


@dataclass(frozen=True)
class Field:
    """One field of a list.

    required: an item without it is refused. least, most: of a number, both included, None when
    there is no bound. not_above, not_before: the other field of the same item that it may not
    exceed (a number) or precede (a day), '' for none. default: what a new item begins with, a word
    of DEFAULTS, '' for nothing. whole: a number without decimals. unit: of
    a number, '' for none. of: the list whose item, or the questionnaire whose question, the
    field names.
    """

    id: str
    label: str
    type: FieldType
    help: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    least: float | None = None
    most: float | None = None
    whole: bool = False
    unit: str = ""
    of: str = ""
    not_above: str = ""
    not_before: str = ""
    default: str = ""

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Id to label of the choices, in order."""
        return {choice.id: choice.label for choice in self.choices}

    @property
    def heading(self) -> str:
        """The label with its unit."""
        return f"{self.label}, {self.unit}" if self.unit else self.label


@dataclass(frozen=True)
class ListDefinition:
    """One list. one, many: what its items are called. single: it has one item at most.

    every: it has a row for everything that its first field can be, and no others.

    add: what the button and the empty state invite to, a whole sentence. source, status: where
    the idea behind the list comes from and how firm that is (see `definition.STATUSES`). short:
    the title where there is little room, '' when the title itself will do. known_by: the ids of
    the fields by which a file recognises an item, empty for all that are required.
    """

    key: str
    title: str
    one: str
    many: str
    add: str
    help: str
    source: str
    status: str
    single: bool
    fields: tuple[Field, ...]
    every: bool = False
    short: str = ""
    known_by: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Field]:
        """The fields by id, in order."""
        return {field.id: field for field in self.fields}

    @property
    def name_field(self) -> Field:
        """The field by which people know an item: the first one."""
        return self.fields[0]

    @cached_property
    def key_fields(self) -> tuple[Field, ...]:
        """The fields by which a file recognises an item; none when there is one at most."""
        if self.single:
            return ()
        known = self.known_by or [field.id for field in self.fields if field.required]
        return tuple(field for field in self.fields if field.id in known)

    @property
    def once(self) -> bool:
        """Say whether two items of a project cannot have the same key."""
        return self.single or self.every or self.field_of(FieldType.QUESTION) is not None

    def field_of(self, kind: FieldType) -> Field | None:
        """Return the first field of a type, None when there is none."""
        return next((field for field in self.fields if field.type == kind), None)


@dataclass(frozen=True)
class Part:
    """One part of the dossier. order: its place on the page, from 1."""

    key: str
    title: str
    question: str
    order: int
    lists: tuple[ListDefinition, ...]


@lru_cache(maxsize=4)
def load_parts(folder: Path) -> tuple[Part, ...]:
    """Read every part of the dossier, in the order of the page.

    Raises:
        InstrumentError: a file cannot be read, is incomplete or contradicts itself.
    """
    parts = tuple(
        sorted((_part(path) for path in sorted(folder.glob("*.toml"))), key=lambda part: part.order)
    )
    _named_before_used(parts)
    return parts


def _named_before_used(parts: tuple[Part, ...]) -> None:
    """Refuse a field that names items of a list that is not there, or comes later on the page."""
    before = set[str]()
    wrong = []
    for definition in all_lists(parts).values():
        for field in definition.fields:
            if field.type == FieldType.ITEM and field.of not in before:
                wrong.append(
                    f"lijst ‘{definition.key}’, veld ‘{field.id}’: ‘of’ is ‘{field.of}’; noem een "
                    "lijst die eerder op de bladzijde staat."
                )
        before.add(definition.key)
    if wrong:
        raise InstrumentError(*wrong)


def all_lists(parts: tuple[Part, ...]) -> Mapping[str, ListDefinition]:
    """Return the lists of all parts by key, in the order of the page."""
    return {each.key: each for part in parts for each in part.lists}


def _part(path: Path) -> Part:
    table = read_table(path)
    order = table.points("order")
    part = Part(
        key=table.slug("key"),
        title=table.text("title"),
        question=table.text("question"),
        order=int(order or 0),
        lists=tuple(_list(each) for each in table.tables("lists", "lijst")),
    )
    table.done()
    for key in twice([each.key for each in part.lists]):
        table.fault(f"twee lijsten hebben de key ‘{key}’; geef elke lijst een eigen key.")
    table.faults.stop()
    return part


def _list(table: Table) -> ListDefinition:
    found = ListDefinition(
        key=table.slug("key"),
        title=table.text("title"),
        one=table.text("one"),
        many=table.text("many"),
        add=table.text("add"),
        help=table.text("help"),
        source=table.text("source"),
        status=table.status(),
        single=table.flag("single") if table.has("single") else False,
        fields=tuple(_field(each) for each in table.tables("fields", "veld")),
        every=table.flag("every") if table.has("every") else False,
        short=table.text("short") if table.has("short") else "",
        known_by=table.texts("known_by", LONGEST_ID) if table.has("known_by") else (),
    )
    table.done()
    _bounded_by_its_like(table, found)
    for name in found.known_by:
        if name not in found.by_id or not found.by_id[name].required:
            table.fault(f"‘known_by’ noemt ‘{name}’; noem velden die verplicht zijn.")
    for field_id in twice([field.id for field in found.fields]):
        table.fault(f"twee velden hebben de id ‘{field_id}’; geef elk veld een eigen id.")
    return found


def _bounded_by_its_like(table: Table, found: ListDefinition) -> None:
    """Note the fields that are bounded by a field that is not there or of another type."""
    for field in found.fields:
        for name, other, kind in (
            ("not_above", field.not_above, FieldType.NUMBER),
            ("not_before", field.not_before, FieldType.DAY),
        ):
            known = found.by_id.get(other)
            if other and (field.type != kind or known is None or known.type != kind):
                table.fault(
                    f"‘{name}’ van ‘{field.id}’ is ‘{other}’; zet het bij een veld van type "
                    f"‘{kind}’ en noem een ander veld van dat type in deze lijst."
                )


def _field(table: Table) -> Field:
    kind = table.choice("type", [each.value for each in FieldType])
    type_ = FieldType(kind) if kind else FieldType.TEXT
    needs_of = type_ in (FieldType.QUESTION, FieldType.ITEM)
    found = Field(
        id=table.slug("id"),
        label=table.text("label"),
        type=type_,
        help=table.text("help") if table.has("help") else "",
        required=table.flag("required") if table.has("required") else False,
        choices=tuple(_choice(each) for each in table.tables("choices", "keuze"))
        if type_ == FieldType.CHOICE
        else (),
        least=table.number("least") if table.has("least") else None,
        most=table.number("most") if table.has("most") else None,
        whole=table.flag("whole") if table.has("whole") else False,
        unit=table.text("unit") if table.has("unit") else "",
        of=table.slug("of") if needs_of else "",
        not_above=table.slug("not_above") if table.has("not_above") else "",
        not_before=table.slug("not_before") if table.has("not_before") else "",
        default=table.choice("default", [w for w, each in DEFAULTS.items() if each == type_]) or ""
        if table.has("default")
        else "",
    )
    table.done()
    for choice in twice([choice.id for choice in found.choices]):
        table.fault(f"twee keuzes hebben de id ‘{choice}’; geef elke keuze een eigen id.")
    return found


def _choice(table: Table) -> Choice:
    choice = Choice(table.slug("id"), table.text("label"))
    table.done()
    return choice
