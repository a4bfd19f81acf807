"""The command line: one function per command."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from borging.access.actor import COMMAND_LINE
from borging.clock import today
from borging.example.portfolio import MOST_PROJECTS
from borging.exchange import workbook_writing
from borging.exchange.importing import StrictImportError, apply, dry_run, read_file
from borging.exchange.problems import Problem, Severity
from borging.exchange.profile import profile_names
from borging.exchange.profile_table import ProfileError
from borging.exchange.reading import UnreadableFileError
from borging.exchange.report import Report, as_text
from borging.settings import Settings
from borging.store import database
from borging.store.commands import example

app = typer.Typer(
    help="De Borgingsmonitor op de opdrachtregel.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

DatabaseOption = Annotated[
    str | None, typer.Option("--database", metavar="URL", help="Adres van de database.")
]


@app.callback()
def borging() -> None:
    """De Borgingsmonitor op de opdrachtregel."""


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="xlsx, xls, ods of csv.")],
    profile: Annotated[
        str | None,
        typer.Option(help=f"Profiel: {', '.join(profile_names())} of werkboek."),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Alleen dit blad.")] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Vergelijk, schrijf niets.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop zodra één rij wordt afgewezen.")
    ] = False,
    url: DatabaseOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Schrijf het verslag als één JSON-object.")
    ] = False,
) -> None:
    """Neem een lijst of werkboek over in de portfolio."""
    try:
        parsed = read_file(file, file.name, date.today(), profile, sheet)
        address = url or Settings().database_url
        if dry:
            report = dry_run(_existing(address), parsed)
            if strict and report.rejected:
                raise StrictImportError(report)
        else:
            report = apply(database.open_database(address), parsed, COMMAND_LINE, strict)
    except StrictImportError as error:
        _show(error.report, as_json)
        _stop(str(error))
    except (UnreadableFileError, ProfileError, database.DatabaseTooNewError) as error:
        _show_failure(str(error), as_json)
    except (SQLAlchemyError, OSError, ModuleNotFoundError) as error:
        _show_failure(
            f"De database kan niet worden gebruikt: {str(error).splitlines()[0]}", as_json
        )
    else:
        _show(report, as_json)


@app.command()
def demo(
    projects: Annotated[
        int, typer.Option(min=1, max=MOST_PROJECTS, help="Aantal voorbeeldprojecten.")
    ] = 40,
    seed: Annotated[int, typer.Option(help="Hetzelfde getal geeft dezelfde portfolio.")] = 1,
    url: DatabaseOption = None,
) -> None:
    """Vul de database met een verzonnen portfolio; wat u zelf hebt ingevoerd, blijft staan."""
    address = url or Settings().database_url
    try:
        engine = example.ensure_portfolio(address, today(), example=False)
        example.write_example(engine, COMMAND_LINE, today(), projects, seed)
    except database.DatabaseTooNewError as error:
        _stop(str(error))
    except (SQLAlchemyError, OSError, ModuleNotFoundError) as error:
        _stop(f"De database kan niet worden gebruikt: {str(error).splitlines()[0]}")
    words = "1 voorbeeldproject" if projects == 1 else f"{projects} voorbeeldprojecten"
    typer.echo(f"{words} geschreven naar {make_url(address).render_as_string()}.")


@app.command()
def template(
    file: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="Waar het werkboek komt.")],
) -> None:
    """Maak een leeg werkboek om in te vullen."""
    try:
        file.write_bytes(workbook_writing.template())
    except OSError as error:
        _stop(f"{file} kan niet worden geschreven: {error.strerror}.")
    typer.echo(f"{file} staat klaar. Het eerste blad legt uit wat u invult.")


def _existing(url: str) -> Engine | None:
    """Return the engine of a portfolio; None, and nothing is made, where there is none yet."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        return None
    engine = database.engine_for(url)
    return None if database.is_empty(engine) else database.open_database(url)


def _show(report: Report, as_json: bool) -> None:
    typer.echo(json.dumps(report.as_dict()) if as_json else as_text(report))


def _show_failure(reason: str, as_json: bool) -> None:
    """Report a file that could not be taken over, and leave with status 1."""
    if as_json:
        problem = Problem(Severity.ERROR, None, None, None, None, reason)
        _show(Report("", 0, 0, 0, 0, 0, (problem,)), as_json)
    _stop(reason)


def _stop(reason: str) -> None:
    typer.echo(reason, err=True)
    raise typer.Exit(1)
