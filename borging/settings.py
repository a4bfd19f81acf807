"""Settings from the environment, each with the prefix BORGING_."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
INSTRUMENT_FOLDERS = (DATA / "instruments", DATA / "instruments" / "eigen")
"""Definitions that ship, then those of the organisation itself; the second may not exist."""

SCAN_MESSAGE_MEGABYTES = 1
"""Largest message on a websocket of the scan process; an answer takes some kilobytes."""

Mode = Literal["full", "scan"]


class Settings(BaseSettings):
    """What an installation may choose.

    database_url: SQLAlchemy address of the portfolio; SQLite in data/ unless said otherwise.
    example: fill a database that does not exist yet with the example portfolio.
    mode: `scan` offers the answering page alone, and may be reached by other machines.
    scan_url: public address of that process, for the links of invitations; empty when there is
        none, and links then lead to the app itself.
    """

    model_config = SettingsConfigDict(env_prefix="BORGING_", extra="ignore")

    database_url: str = f"sqlite:///{DATA / 'borging.db'}"
    example: bool = True
    mode: Mode = "full"
    scan_url: str = ""


def settings() -> Settings:
    """Return the settings, read once for as long as the environment stays as it is."""
    return _read(tuple(map(os.environ.get, _VARIABLES)))


_VARIABLES = tuple(f"BORGING_{name.upper()}" for name in Settings.model_fields)


@lru_cache(maxsize=4)
def _read(_environment: tuple[str | None, ...]) -> Settings:
    return Settings()
