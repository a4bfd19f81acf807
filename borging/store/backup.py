"""A safety copy that somebody asks for: checked, and never over something else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from borging.domain.causes import cause
from borging.store.engines import sqlite_file
from borging.store.unavailable import CopyFailedError


def back_up(url: str, target: Path) -> Path:
    """Copy an SQLite portfolio, safely while the app runs; return the file that was copied.

    The copy is written under another name, checked as a whole, and renamed.

    Raises:
        CopyFailedError: nothing was copied; the message says why and what to do.
    """
    source = _source(url)
    if target.is_dir():
        target = target / source.name
    if target.exists():
        raise CopyFailedError(f"{target} bestaat al; kies een andere naam. Er is niets gekopieerd.")
    unfinished = target.with_name(f"{target.name}.deel")
    try:
        _copy(source, unfinished)
        unfinished.rename(target)
    except (sqlite3.Error, OSError) as error:
        raise CopyFailedError(
            f"{source} kan niet worden gekopieerd naar {target}: {cause(error)}. Er is geen "
            "reservekopie gemaakt."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return source


def _source(url: str) -> Path:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise CopyFailedError(
            f"Er is niets gekopieerd: {cause(error)}. Controleer BORGING_DATABASE_URL."
        ) from error
    source = sqlite_file(address)
    if source is None:
        raise CopyFailedError(
            "De gegevens staan niet in een bestand maar op een server. Maak de reservekopie daar "
            "met pg_dump. Er is niets gekopieerd."
        )
    if not source.is_file():
        raise CopyFailedError(
            f"Het bestand {source} is er niet, dus er is niets gekopieerd. Controleer "
            "BORGING_DATABASE_URL, of noem de database met --database."
        )
    return source


def _copy(source: Path, target: Path) -> None:
    """Copy page by page, and check that the copy is a whole portfolio."""
    target.unlink(missing_ok=True)
    reading = f"{source.resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(reading, uri=True)) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        original.backup(copy)
        faults = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if faults != ("ok",):
            raise CopyFailedError("de kopie is beschadigd, en het bestand zelf dus ook")
        found = copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'revision'")
        if found.fetchone() != (1,):
            raise CopyFailedError("het bestand is geen portfolio van de Borgingsmonitor")
