"""Reading a TOML table field by field, with a Dutch sentence for everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar, overload

REQUIRED: Any = object()
Default = TypeVar("Default")


class ProfileError(ValueError):
    """A profile does not exist or is not valid; the message is a Dutch sentence."""


class Table:
    """One TOML table; every field that was asked for is ticked off, `done` refuses the rest."""

    def __init__(self, file: str, content: dict[str, Any], name: str = "") -> None:
        self.file = file
        self.place = f"{file} [{name}]" if name else file
        self._content = dict(content)

    def _take(self, name: str, kind: type, words: str, default: Any = REQUIRED) -> Any:
        if name not in self._content:
            if default is REQUIRED:
                raise ProfileError(f"{self.place}: het veld '{name}' ontbreekt.")
            return default
        value = self._content.pop(name)
        if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
            raise ProfileError(f"{self.place}: '{name}' moet {words} zijn.")
        return value

    @overload
    def text(self, name: str) -> str: ...
    @overload
    def text(self, name: str, default: Default) -> str | Default: ...
    def text(self, name: str, default: Any = REQUIRED) -> Any:
        """Return a text that is not blank."""
        value = self._take(name, str, "een tekst", default)
        if value is not default and not value.strip():
            raise ProfileError(f"{self.place}: '{name}' is leeg.")
        return value

    def texts(self, name: str, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts; empty when it is absent and not required."""
        values = self._take(name, list, "een lijst teksten", REQUIRED if required else [])
        if not all(isinstance(v, str) and v.strip() for v in values) or (required and not values):
            raise ProfileError(f"{self.place}: '{name}' moet een lijst met teksten zijn.")
        return tuple(values)

    def choice(self, name: str, allowed: Sequence[str], default: Any = REQUIRED) -> Any:
        """Return one of `allowed`, or the default."""
        value = self._take(name, str, "een tekst", default)
        if value is not default and value not in allowed:
            known = ", ".join(f"'{word}'" for word in allowed)
            raise ProfileError(f"{self.place}: '{name}' is '{value}'; het mag zijn: {known}.")
        return value

    def flag(self, name: str) -> bool:
        """Return true or false; false when absent."""
        return bool(self._take(name, bool, "true of false", False))

    def number(self, name: str, default: Any, least: int, most: int) -> Any:
        """Return a whole number between `least` and `most`, both inclusive, or the default."""
        value = self._take(name, int, "een geheel getal", default)
        if value is not default and not least <= value <= most:
            raise ProfileError(f"{self.place}: '{name}' moet tussen {least} en {most} liggen.")
        return value

    def day(self, name: str) -> date | None:
        """Return a date without a time; None when absent."""
        value = self._take(name, date, "een datum", None)
        if isinstance(value, datetime):
            raise ProfileError(f"{self.place}: '{name}' moet een datum zonder tijd zijn.")
        return value if isinstance(value, date) else None

    def table(self, name: str, required: bool = False) -> Table:
        """Return a table within this one, empty when it is absent and not required."""
        content = self._take(name, dict, "een tabel", REQUIRED if required else {})
        return Table(self.file, content, name)

    def tables(self, name: str) -> list[Table]:
        """Return a list of tables."""
        values = self._take(name, list, "een lijst tabellen", [])
        if not all(isinstance(value, dict) for value in values):
            raise ProfileError(f"{self.place}: '{name}' moet een lijst tabellen zijn.")
        return [Table(self.file, v, f"{name} {n}") for n, v in enumerate(values, start=1)]

    def headings(self, allowed: Iterable[str]) -> dict[str, str]:
        """Return the headings under the fields of `allowed` that are present."""
        found = {name: self.text(name) for name in allowed if name in self._content}
        self.done()
        return found

    def rest(self) -> dict[str, str]:
        """Return all fields that are left, every one a text."""
        return {name: self.text(name) for name in list(self._content)}

    def done(self) -> None:
        """Refuse fields that nobody asked for."""
        if self._content:
            names = ", ".join(f"'{name}'" for name in sorted(self._content))
            raise ProfileError(f"{self.place}: dit profiel kent geen veld {names}.")
