"""What every table shares: names of constraints, and the rule that a column holds a term."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, MetaData
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from borging.domain.terms import Term

EXAMPLE_SOURCE = "voorbeeld"

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def one_of(column: str, terms: type[Term]) -> CheckConstraint:
    """Return the rule that a column holds a known term (NULL passes)."""
    values = ", ".join(f"'{term.value}'" for term in terms)
    return CheckConstraint(f"{column} IN ({values})", name=column)


class Record(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
    """Base of every table, with a registry of its own so that a hot reload can rebuild it."""

    model_config: ClassVar[Any] = {"validate_assignment": True}
