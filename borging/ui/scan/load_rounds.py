"""What screens read of the rounds of the scan (see `load` for what is kept, and how long)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import streamlit as st

from borging import clock
from borging.domain.scoring import ScanScore
from borging.domain.terms import RoleGroup
from borging.store import database
from borging.store.commands import clock_days as clock_days_command
from borging.store.commands import rounds as round_commands
from borging.store.database import Revisions
from borging.store.queries import discussion, scans
from borging.store.queries import near_rounds as near_rounds_query
from borging.store.unavailable import NotWrittenError
from borging.ui.load import engine, instrument, key
from borging.ui.once import per_revision


@per_revision
def _rounds(url: str, revisions: Revisions, project_id: int, as_of: date) -> list[scans.ScanRound]:
    return scans.rounds(database.engine_for(url), instrument(), project_id, as_of)


def rounds(project_id: int, as_of: date) -> list[scans.ScanRound]:
    """The scan rounds of one project, oldest first."""
    return _rounds(*key(), project_id, as_of)


def near_rounds(project_id: int, today: date) -> tuple[near_rounds_query.NearRound, ...]:
    """The rounds of other projects of the unit about the same time (see `near_rounds`)."""
    with engine().connect() as connection:
        return near_rounds_query.near_rounds(connection, project_id, today)


def invitations(scan_id: int) -> list[discussion.Invited]:
    """The links of a round that were handed out."""
    return discussion.invitations(engine(), scan_id)


def is_shared(scan_id: int) -> bool:
    """Whether a round has a link for a whole team."""
    return discussion.is_shared(engine(), scan_id)


def project_of_round(scan_id: str | None) -> str | None:
    """The project of the round that an address names, as an address names it."""
    if scan_id is None or not (scan_id.isascii() and scan_id.isdecimal() and len(scan_id) < 19):
        return None
    found = discussion.project_of(engine(), int(scan_id))
    return None if found is None else str(found)


def remarks(scan_id: int, as_of: date) -> dict[str, tuple[str, ...]]:
    """What people wrote about the factors of a round."""
    return discussion.remarks(engine(), instrument(), scan_id, as_of)


def groups(scan_id: int, as_of: date) -> dict[RoleGroup, ScanScore]:
    """The groups of staff of a round that may be shown."""
    return discussion.groups(engine(), instrument(), scan_id, as_of)


def consensus(scan_id: int) -> dict[str, discussion.Consensus]:
    """What was agreed per factor of a round."""
    return discussion.consensus(engine(), scan_id)


def rounds_of(project_ids: list[int], as_of: date) -> dict[int, list[scans.ScanRound]]:
    """The scan rounds of each of some projects, oldest first."""
    return scans.rounds_of(engine(), instrument(), project_ids, as_of)


def agreed_rounds(project_ids: list[int]) -> frozenset[int]:
    """The rounds of some projects in which something was agreed."""
    return discussion.agreed_rounds(engine(), project_ids)


@st.cache_resource(max_entries=1, show_spinner=False)
def _closed_overdue(url: str, today: date) -> int:
    return round_commands.close_overdue(database.engine_for(url), today)


def clock_days() -> frozenset[date]:
    """The days on which the app ran (see `clock_days.see_day`).

    A database that cannot be written now still tells the days before.
    """
    try:
        return clock_days_command.see_day(engine(), clock.today())
    except NotWrittenError:
        return clock_days_command.days_seen(engine()) | {clock.today()}


def close_overdue() -> None:
    """Count the rounds that nobody closed in time; looks at the first visit of each day.

    What it finds on a day cannot change within it: a round is due by its last day and by the
    days on which the app ran, and both are whole days. A database that cannot be written now is
    looked at again in the next run.
    """
    with suppress(NotWrittenError):
        _closed_overdue(engine().url.render_as_string(hide_password=False), clock.today())
