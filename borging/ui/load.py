"""Cached reads. The key is the revision of the store: a rerun costs nothing, never stale.

What comes back is shared between visitors: read it, never change it.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from borging import clock
from borging.domain.instruments import Instrument, load_instrument
from borging.services import stages
from borging.settings import DATA, Settings
from borging.store import database
from borging.store.commands import example
from borging.store.commands import rounds as round_commands
from borging.store.queries import portfolio, scans, structure

NHS = "nhs-borgingsscan"


@st.cache_resource(show_spinner="De portfolio wordt geopend …")
def _open(url: str, with_example: bool) -> Engine:
    return example.ensure_portfolio(url, clock.today(), with_example)


def engine() -> Engine:
    """The portfolio; the first time it is made, migrated and, when new, filled.

    The scan process only opens it.
    """
    settings = Settings()
    if settings.mode == "scan":
        return database.engine_for(settings.database_url)
    return _open(settings.database_url, settings.example)


def instrument(key: str = NHS) -> Instrument:
    """A definition from data/instruments."""
    return load_instrument(DATA / "instruments" / f"{key}.toml")


@st.cache_resource(max_entries=12, show_spinner=False)
def _projects(url: str, revision: int, as_of: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    source = database.engine_for(url)
    judged = stages.with_status(portfolio.phases(source), as_of)
    return stages.with_stage(portfolio.projects(source, as_of), judged, as_of), judged


@st.cache_resource(max_entries=12, show_spinner=False)
def _newest_scans(url: str, revision: int, as_of: date) -> pd.DataFrame:
    return scans.newest_scans(database.engine_for(url), instrument(), as_of)


@st.cache_resource(max_entries=16, show_spinner=False)
def _table(url: str, revision: int, name: str) -> pd.DataFrame:
    read = {
        "results": portfolio.results,
        "residual_items": portfolio.residual_items,
        "units": structure.units,
        "goals": structure.goals,
        "people": structure.people,
    }[name]
    return read(database.engine_for(url))


def _key() -> tuple[str, int]:
    source = engine()
    return source.url.render_as_string(hide_password=False), database.revision(source)


def projects(as_of: date) -> pd.DataFrame:
    """Every project with its stage (see `stages.with_stage`)."""
    return _projects(*_key(), as_of)[0]


def phases(as_of: date) -> pd.DataFrame:
    """Every phase with its status (see `stages.with_status`)."""
    return _projects(*_key(), as_of)[1]


def newest_scans(as_of: date) -> pd.DataFrame:
    """The newest readable scan per project and factor (see `scans.newest_scans`)."""
    return _newest_scans(*_key(), as_of)


def results() -> pd.DataFrame:
    """Every project result (see `portfolio.results`)."""
    return _table(*_key(), "results")


def residual_items() -> pd.DataFrame:
    """Every restpunt (see `portfolio.residual_items`)."""
    return _table(*_key(), "residual_items")


def units() -> pd.DataFrame:
    """Every unit (see `structure.units`)."""
    return _table(*_key(), "units")


def goals() -> pd.DataFrame:
    """Every goal (see `structure.goals`)."""
    return _table(*_key(), "goals")


def people() -> pd.DataFrame:
    """Everybody who can be named (see `structure.people`)."""
    return _table(*_key(), "people")


def rounds(project_id: int, as_of: date) -> list[scans.ScanRound]:
    """The scan rounds of one project, oldest first."""
    return scans.rounds(engine(), instrument(), project_id, as_of)


@st.cache_resource(max_entries=1, show_spinner=False)
def _closed_overdue(url: str, today: date) -> int:
    return round_commands.close_overdue(database.engine_for(url), today)


def close_overdue() -> None:
    """Close the rounds whose last day is over; looks once a day in each process."""
    _closed_overdue(engine().url.render_as_string(hide_password=False), clock.today())
