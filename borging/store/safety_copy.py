"""Copies of an SQLite file, made before something that changes it as a whole."""

from __future__ import annotations

import filecmp
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from borging.domain.causes import cause
from borging.store.unavailable import CopyFailedError

FOLDER = "kopie"
KEPT = 10
"""Most copies with one label. The oldest always stays: it may be the only good one."""


def copy_sqlite(engine: Engine, label: str) -> Path | None:
    """Copy an SQLite file, safely while in use, to `kopie/` beside it; None for PostgreSQL.

    An earlier copy with this label and the same bytes is returned instead of a new one.

    Raises:
        CopyFailedError: the copy could not be written, or did not come out whole.
    """
    path = engine.url.database
    if engine.url.get_backend_name() != "sqlite" or not path:
        return None
    folder = Path(path).parent / FOLDER
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    target = folder / f"{Path(path).stem}-{label}-{stamp}.db"
    unfinished = target.with_suffix(".deel")
    try:
        folder.mkdir(exist_ok=True)
        _copy(Path(path), unfinished)
        earlier = copies(engine, label)
        same = next((each for each in earlier if filecmp.cmp(each, unfinished, False)), None)
        if same is not None:
            return same
        unfinished.rename(target)
        for surplus in earlier[1 : len(earlier) - KEPT + 2]:
            surplus.unlink()
    except (sqlite3.Error, OSError) as error:
        raise CopyFailedError(
            f"In {folder} kan geen reservekopie worden gemaakt: {cause(error)}. Er is niets "
            "gewijzigd. Maak ruimte of geef schrijfrecht op die map, en probeer het opnieuw."
        ) from error
    finally:
        if unfinished.exists():
            unfinished.unlink()
    return target


def copies(engine: Engine, label: str) -> list[Path]:
    """Return the copies with a label, the oldest first."""
    path = Path(engine.url.database or "")
    return sorted((path.parent / FOLDER).glob(f"{path.stem}-{label}-*.db"))


def _copy(source: Path, target: Path) -> None:
    """Copy a database and check the copy, which an interruption leaves under a name of its own."""
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)
        if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("de kopie is beschadigd")
