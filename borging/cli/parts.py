"""What the commands share: where the database is, and how a failure is told."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from sqlalchemy import Engine, make_url

from borging.store import database
from borging.store.unavailable import DatabaseRefusedError, NotWrittenError

REFUSED = (DatabaseRefusedError, NotWrittenError)
"""A database that cannot be used or written; their words are a whole Dutch sentence."""

DatabaseOption = Annotated[
    str | None, typer.Option("--database", metavar="URL", help="Adres van de database.")
]


def existing(url: str) -> Engine | None:
    """Return the engine of a portfolio; None, and nothing is made, where there is none yet."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        return None
    engine = database.engine_for(url)
    return None if database.is_empty(engine) else database.open_database(url)


def stop(words: str) -> NoReturn:
    """Tell a failure and leave with status 1."""
    typer.echo(words, err=True)
    raise typer.Exit(1)
