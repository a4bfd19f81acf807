"""Cached reads, kept until a table that they read is changed: a rerun costs nothing, never stale.

What comes back is shared between visitors: read it, never change it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from borging import clock
from borging.domain.dossier import ListDefinition, Part, all_lists, load_parts
from borging.domain.flu_intensity import intensities
from borging.domain.flu_reference import load_reference
from borging.domain.flu_seasons import Origin
from borging.domain.hard_answers import HardCount
from borging.domain.history import Entry
from borging.domain.instruments import Instrument, load_definition, load_instrument
from borging.domain.public_holidays import Agreements, load_agreements
from borging.domain.questionnaires import Questionnaire
from borging.domain.scan_standing import ScanStanding
from borging.services import flu_winters, holidays, scores, selection, stages
from borging.services.dossier import hard_side
from borging.settings import DATA, settings
from borging.store import database
from borging.store.commands import example
from borging.store.database import Revisions
from borging.store.queries import (
    attachments,
    calendar,
    capacity,
    dossier,
    flu,
    handovers,
    organisation,
    portfolio,
    scans,
    scenarios,
    structure,
)
from borging.store.queries import history as history_query
from borging.ui.newest import newest_key
from borging.ui.once import OnceCache, per_revision
from borging.ui.reuse import renew, reuse

NHS = "nhs-borgingsscan"
HARD_QUESTIONS = "vijftien-harde-vragen"
QUESTIONNAIRES = (HARD_QUESTIONS, "kenmerken-van-de-verandering")


_engines = OnceCache(most=16)


def _open(url: str, with_example: bool) -> Engine:
    with st.spinner("De portfolio wordt geopend …"):
        return example.ensure_portfolio(url, clock.today(), with_example)


def engine() -> Engine:
    """The portfolio; the first time it is made, migrated and, when new, filled.

    The scan process only opens it.
    """
    chosen = settings()
    if chosen.mode == "scan":
        return database.engine_for(chosen.database_url)
    at = chosen.database_url, chosen.example
    return _engines.get(at, lambda: _open(*at))


def instrument(key: str = NHS) -> Instrument:
    """A definition from data/instruments."""
    return load_instrument(DATA / "instruments" / f"{key}.toml")


@per_revision
def _facts(url: str, revisions: Revisions, as_of: date) -> pd.DataFrame:
    return portfolio.projects(database.engine_for(url), as_of)


@per_revision
def _newest_scans(url: str, revisions: Revisions, as_of: date) -> pd.DataFrame:
    return scans.newest_scans(database.engine_for(url), instrument(), as_of)


@per_revision
def _hard_counts(url: str, revisions: Revisions) -> dict[int, HardCount]:
    answers = dossier.hard_answers(database.engine_for(url))
    return hard_side.hard_counts(answers, _table(url, revisions, "results"), hard_questions())


@per_revision
def _standings(url: str, revisions: Revisions, as_of: date) -> dict[int, ScanStanding]:
    return scans.standings(database.engine_for(url), instrument(), as_of)


@per_revision
def _table(url: str, revisions: Revisions, name: str) -> pd.DataFrame:
    read = {
        "phases": portfolio.phases,
        "results": portfolio.results,
        "residual_items": portfolio.residual_items,
        "units": structure.units,
        "goals": structure.goals,
        "people": structure.people,
        "functions": capacity.functions,
        "leave": capacity.leave,
        "needs": capacity.needs,
        "calendar_reviews": calendar.reviews,
        "rooms": capacity.rooms,
        "scenarios": scenarios.scenarios,
        "own_holidays": organisation.own_holidays,
    }[name]
    return read(database.engine_for(url))


@per_revision
def _items(url: str, revisions: Revisions, project_id: int) -> pd.DataFrame:
    return dossier.items_of(database.engine_for(url), project_id)


@per_revision
def _items_in(url: str, revisions: Revisions, lists: tuple[str, ...]) -> pd.DataFrame:
    return dossier.items_in(database.engine_for(url), lists)


def key() -> tuple[str, Revisions]:
    """Return the address of the portfolio and its newest revisions, as cached reads take them."""
    return newest_key(engine())


def projects(as_of: date) -> pd.DataFrame:
    """Every project with its stage (see `stages.with_stage`)."""
    return renew(as_of, stages.with_stage, _facts(*key(), as_of), phases(as_of), as_of)


def phases(as_of: date) -> pd.DataFrame:
    """Every phase with its status (see `stages.with_status`)."""
    return reuse(stages.with_status, _table(*key(), "phases"), as_of)


def choices() -> dict[str, list[str]]:
    """What filters offer of the portfolio (see `selection.choices`)."""
    return renew(None, selection.choices, projects(clock.today()))


def scan_standings(as_of: date) -> dict[int, ScanStanding]:
    """How far each project with a round is with its scan."""
    return _standings(*key(), as_of)


def hard_counts() -> dict[int, HardCount]:
    """The answers to the hard questions per project with any (see `hard_side.hard_counts`)."""
    return _hard_counts(*key())


def newest_scans(as_of: date) -> pd.DataFrame:
    """The newest readable scan per project and factor (see `scores.with_scores`)."""
    return reuse(scores.with_scores, _newest_scans(*key(), as_of), instrument())


def results() -> pd.DataFrame:
    """Every project result (see `portfolio.results`)."""
    return _table(*key(), "results")


def residual_items() -> pd.DataFrame:
    """Every restpunt (see `portfolio.residual_items`)."""
    return _table(*key(), "residual_items")


def units() -> pd.DataFrame:
    """Every unit (see `structure.units`)."""
    return _table(*key(), "units")


def goals() -> pd.DataFrame:
    """Every goal (see `structure.goals`)."""
    return _table(*key(), "goals")


def newest_goal_change() -> int:
    """The newest change of the goal tree (see `structure.newest_change`)."""
    return structure.newest_change(engine())


def people() -> pd.DataFrame:
    """Everybody who can be named (see `structure.people`)."""
    return _table(*key(), "people")


def people_by_id() -> dict[int, str]:
    """Everybody by id; who shares his name gets his role with it."""
    known = people()
    twice = known["name"].duplicated(keep=False)
    return {
        int(each): f"{name} ({role or each})" if same else str(name)
        for each, name, role, same in zip(
            known["id"], known["name"], known["role"], twice, strict=True
        )
    }


def parts() -> tuple[Part, ...]:
    """The parts of a dossier, from data/dossier."""
    return load_parts(DATA / "dossier")


def lists() -> Mapping[str, ListDefinition]:
    """The lists of a dossier by key."""
    return all_lists(parts())


def dossier_items(project_id: int) -> pd.DataFrame:
    """What is in the lists of the dossier of one project (see `dossier.items_of`)."""
    return _items(*key(), project_id)


def dossier_items_in(*lists: str) -> pd.DataFrame:
    """What is in some lists of the dossiers of all projects (see `dossier.items_in`)."""
    return _items_in(*key(), lists)


@per_revision
def _files(url: str, revisions: Revisions, project_id: int) -> pd.DataFrame:
    return attachments.files_of(database.engine_for(url), project_id)


def files(project_id: int) -> pd.DataFrame:
    """The files of one project, without their bytes (see `attachments.files_of`)."""
    return _files(*key(), project_id)


def file_content(file_id: int) -> bytes:
    """The bytes of a file; not kept."""
    return attachments.content(engine(), file_id)


def left_before(project_id: int) -> frozenset[str]:
    """What handovers of a project made a restpunt of already (see `handovers.left_before`)."""
    return handovers.left_before(engine(), project_id)


def history(project_id: int, most: int) -> list[Entry]:
    """The newest of what was done to a project (see `history.history`)."""
    return history_query.history(engine(), project_id, most)


def questionnaire(key: str) -> Questionnaire:
    """A checklist or a rating from data/instruments."""
    found = load_definition(DATA / "instruments" / f"{key}.toml")
    assert isinstance(found, Questionnaire)
    return found


def hard_questions() -> tuple[str, ...]:
    """The ids of the hard questions, in their order."""
    return tuple(each.id for each in questionnaire(HARD_QUESTIONS).questions)


def question_ids() -> Mapping[str, Collection[str]]:
    """Key of every checklist and rating to the ids of its questions."""
    return {key: [q.id for q in questionnaire(key).questions] for key in QUESTIONNAIRES}


def functions() -> pd.DataFrame:
    """Every function (see `capacity.functions`)."""
    return _table(*key(), "functions")


def leave() -> pd.DataFrame:
    """Every leave that is known (see `capacity.leave`)."""
    return _table(*key(), "leave")


def needs() -> pd.DataFrame:
    """What projects ask of functions (see `capacity.needs`)."""
    return _table(*key(), "needs")


def saved_scenarios() -> pd.DataFrame:
    """The scenarios that were saved (see `scenarios.scenarios`)."""
    return _table(*key(), "scenarios")


@per_revision
def _flu_history(url: str, revisions: Revisions, prefer: Origin) -> flu_winters.FluHistory:
    source, folder = database.engine_for(url), DATA / "reference"
    versions = flu.versions(source, load_reference(folder / "griepseizoenen.csv"))
    known = intensities(folder / "griepseizoenen-intensiteit.csv")
    return flu_winters.history(versions, {**known, **flu.intensities(source)}, prefer)


def flu_history(prefer: Origin = Origin.OFFICIAL) -> flu_winters.FluHistory:
    """The recorded flu seasons that planning reckons with, as read, stated or entered."""
    return _flu_history(*key(), prefer)


@per_revision
def _days_off(url: str, revisions: Revisions) -> holidays.DaysOff:
    source = database.engine_for(url)
    picked = organisation.chosen(source, organisation.AGREEMENT)
    own = organisation.own_holidays(source)
    return holidays.days_off(agreements(), picked.value if picked else None, own)


def agreements() -> Agreements:
    """The care agreements with the public holidays that each counts."""
    return load_agreements(DATA / "reference" / "feestdagen.toml")


def agreement_choice() -> organisation.Setting | None:
    """The care agreement that was chosen; None while nobody did."""
    return organisation.chosen(engine(), organisation.AGREEMENT)


def days_off() -> holidays.DaysOff:
    """The public holidays that count as days off, own days among them."""
    return _days_off(*key())


def own_holidays() -> pd.DataFrame:
    """The own days off (see `organisation.own_holidays`)."""
    return _table(*key(), "own_holidays")


def calendar_reviews() -> pd.DataFrame:
    """The reviews of the projectenkalender (see `calendar.reviews`)."""
    return _table(*key(), "calendar_reviews")


def rooms() -> pd.DataFrame:
    """How far projects may move (see `capacity.rooms`)."""
    return _table(*key(), "rooms")
