"""`python -m borging flu`: reading weekly series, and what is known about each season."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.exc import SQLAlchemyError

from borging.access.actor import COMMAND_LINE
from borging.cli.parts import REFUSED, DatabaseOption, existing, stop
from borging.clock import today
from borging.domain.causes import cause
from borging.domain.flu_reference import Reference, load_reference
from borging.domain.flu_seasons import (
    FluSeason,
    Origin,
    SeasonError,
    by_hand,
    choose,
    read_week,
    season_weeks,
)
from borging.domain.periods import Week
from borging.exchange.flu.files import FluFileError, read_flu
from borging.exchange.flu.report import as_dict, notices, overruled, table, with_origin
from borging.exchange.reading import UnreadableFileError
from borging.settings import DATA, settings
from borging.store import database
from borging.store.commands.flu import enter_season, take_series, withdraw_season
from borging.store.queries import flu as queries

flu = typer.Typer(help="Griepseizoenen: wat er was, niet wat er komt.", no_args_is_help=True)

JsonOption = Annotated[bool, typer.Option("--json", help="Schrijf één JSON-object.")]
SeasonArgument = Annotated[str, typer.Argument(metavar="SEIZOEN", help="Zoals 2024/2025.")]
PREFERENCES = {"officieel": Origin.OFFICIAL, "regel": Origin.DERIVED}


def _reference() -> Reference:
    return load_reference(DATA / "reference" / "griepseizoenen.csv")


@flu.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="csv, xlsx, xls of ods.")],
    as_json: JsonOption = False,
    url: DatabaseOption = None,
) -> None:
    """Leid griepseizoenen af uit een weekreeks, zoals ILIARIRates.csv van ECDC.

    Alleen Nederland, ILI, alle leeftijden, week 40 t/m 20. Een seizoen begint bij de eerste van
    twee weken boven de drempel en eindigt vóór twee weken op of onder de drempel. Wat afwijkt
    van een vorige keer wordt een nieuwe revisie. Opmerkingen staan op standaardfout.
    """
    with _telling_failures(as_json):
        reference = _reference()
        series = read_flu(file, file.name, reference.known)
        engine = database.open_database(url or settings().database_url)
        found = take_series(
            engine, COMMAND_LINE, series.values, series.source, reference, as_of=today()
        )
        told = [*notices(series, found, reference), *overruled(found, queries.newest(engine))]
    for line in told:
        typer.echo(line, err=True)
    seasons = [taken.season for taken in found.taken]
    official = [
        with_origin(reference.official[each.season])
        for each in seasons
        if each.season in reference.official
    ]
    if as_json:
        _write({"seasons": [as_dict(each) for each in seasons], "official": official})
    elif seasons:
        typer.echo(table(seasons))
        if not any(taken.new for taken in found.taken):
            typer.echo("Er is niets veranderd.")


@flu.command(name="list")
def list_(
    prefer: Annotated[
        str, typer.Option(help=f"Wat plannen gebruikt: {' of '.join(PREFERENCES)}.")
    ] = "officieel",
    revisions: Annotated[
        str | None, typer.Option("--revisions", metavar="SEIZOEN", help="Alle revisies hiervan.")
    ] = None,
    as_json: JsonOption = False,
    url: DatabaseOption = None,
) -> None:
    """Toon van elk seizoen wat is afgeleid, gezegd en ingevoerd, en wat plannen gebruikt (*).

    Met de hand gaat voor. Een uitspraak zonder begin en einde is niet te tekenen en wordt niet
    gekozen.
    """
    if prefer not in PREFERENCES:
        stop(f"‘{prefer}’ kan niet. Kies {' of '.join(PREFERENCES)}.")
    with _telling_failures(as_json):
        engine = existing(url or settings().database_url)
        if revisions is not None:
            season_weeks(revisions)
            versions = queries.revisions(engine, revisions) if engine else []
            chosen: list[FluSeason] = []
        else:
            found = queries.versions(engine, _reference())
            versions = [version for each in found.values() for version in each]
            picked = (choose(each, PREFERENCES[prefer]) for each in found.values())
            chosen = [each for each in picked if each]
    if as_json:
        shown = "versions" if revisions is None else "revisions"
        _write(
            {
                "seasons": [with_origin(each) for each in chosen],
                shown: [with_origin(each) for each in versions],
            }
        )
    else:
        typer.echo(table(versions, chosen))


@flu.command(name="set")
def set_(
    season: SeasonArgument,
    why: Annotated[str, typer.Option("--reason", metavar="ZIN", help="Waarom, met de bron.")],
    start: Annotated[str | None, typer.Option(metavar="WEEK", help="Zoals 2022-W08.")] = None,
    end: Annotated[str | None, typer.Option(metavar="WEEK", help="Laatste week.")] = None,
    peak: Annotated[str | None, typer.Option(metavar="WEEK", help="Week van de piek.")] = None,
    threshold: Annotated[float | None, typer.Option(help="ILI per 100.000.")] = None,
    official: Annotated[
        bool, typer.Option("--official", help="Een officiële uitspraak, geen eigen oordeel.")
    ] = False,
    url: DatabaseOption = None,
) -> None:
    """Voer een seizoen met de hand in; zonder begin en einde was er geen epidemie."""
    origin = Origin.OFFICIAL if official else Origin.MANUAL
    with _telling_failures():
        first, last, top = _week(start), _week(end), _week(peak)
        made = by_hand(season, first, last, why, peak=top, threshold=threshold, origin=origin)
        engine = database.open_database(url or settings().database_url)
        typer.echo(table([enter_season(engine, COMMAND_LINE, made, as_of=today())]))


@flu.command()
def withdraw(
    season: SeasonArgument,
    official: Annotated[
        bool, typer.Option("--official", help="De ingevoerde officiële uitspraak.")
    ] = False,
    url: DatabaseOption = None,
) -> None:
    """Trek in wat met de hand is ingevoerd; het blijft leesbaar bij de revisies."""
    origin = Origin.OFFICIAL if official else Origin.MANUAL
    with _telling_failures():
        season_weeks(season)
        engine = database.open_database(url or settings().database_url)
        withdraw_season(engine, COMMAND_LINE, season, origin)
    typer.echo(f"Seizoen {season}: ingetrokken.")


def _week(text: str | None) -> Week | None:
    if text is None:
        return None
    week = read_week(text)
    if week is None:
        raise SeasonError(f"‘{text}’ is geen ISO-week. Schrijf haar als 2026-W53.")
    return week


@contextmanager
def _telling_failures(as_json: bool = False) -> Iterator[None]:
    """Turn what can go wrong into a sentence and status 1; with JSON an empty object besides."""
    try:
        yield
    except (UnreadableFileError, FluFileError, SeasonError, *REFUSED) as error:
        words = str(error)
    except (SQLAlchemyError, OSError, ModuleNotFoundError) as error:
        words = f"De database kan niet worden gebruikt: {cause(error)}."
    else:
        return
    if as_json:
        _write({"seasons": []})
    stop(words)


def _write(found: dict[str, Any]) -> None:
    typer.echo(json.dumps(found))
