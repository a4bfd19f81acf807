"""What the commands share: where the database is, and how a failure is told."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from sqlalchemy import Engine, make_url

from borging.store import database

CAUSES = {
    "database is locked": "een ander programma is erin bezig; probeer het straks opnieuw.",
    "readonly database": "u mag in dit bestand of deze map niet schrijven.",
    "unable to open database file": "het bestand bestaat niet of u mag het niet openen.",
}
"""What SQLite says, and what that means."""

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


def reason(error: Exception) -> str:
    """Say in one line why a database failed, in Dutch where the cause is a common one."""
    said = " ".join(str(getattr(error, "orig", None) or error).split())
    return next((words for part, words in CAUSES.items() if part in said), said)


def stop(words: str) -> NoReturn:
    """Tell a failure and leave with status 1."""
    typer.echo(words, err=True)
    raise typer.Exit(1)
