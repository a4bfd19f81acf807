"""The command line: one function per command."""

from __future__ import annotations

import json
import os
import socket
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from borging.access.actor import COMMAND_LINE
from borging.cli.flu import flu
from borging.cli.parts import REFUSED, DatabaseOption, existing, stop
from borging.clock import today
from borging.domain.causes import cause
from borging.domain.instruments import (
    Instrument,
    InstrumentError,
    faults,
    find_instrument,
    instruments,
    load_definition,
    load_instrument,
)
from borging.domain.scoring import score as score_answers
from borging.example.portfolio import MOST_PROJECTS
from borging.exchange.lists.importing import StrictImportError, apply, dry_run, read_file
from borging.exchange.lists.profile import profile_names
from borging.exchange.lists.profile_table import ProfileError
from borging.exchange.lists.report import Report, as_text
from borging.exchange.problems import Problem, Severity
from borging.exchange.reading import UnreadableFileError
from borging.exchange.scan_form import answer_form
from borging.exchange.scan_form.answer_file import AnswerFileError, as_dict, read_answers
from borging.exchange.workbook import writing as workbook_writing
from borging.settings import INSTRUMENT_FOLDERS, ROOT, SCAN_MESSAGE_MEGABYTES, settings
from borging.store import database
from borging.store.backup import back_up
from borging.store.commands import example
from borging.store.unavailable import CopyFailedError

app = typer.Typer(
    help="De Borgingsmonitor op de opdrachtregel.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

scan = typer.Typer(help="Een scan op papier, in Excel of op telefoons.", no_args_is_help=True)
app.add_typer(scan, name="scan")
instrument = typer.Typer(help="Definities van scans en vragenlijsten.", no_args_is_help=True)
app.add_typer(instrument, name="instrument")
app.add_typer(flu, name="flu")

NHS = "nhs-borgingsscan"

InstrumentOption = Annotated[
    str,
    typer.Option("--instrument", metavar="NAAM", help="Naam van de scan, of een .toml-bestand."),
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
        address = url or settings().database_url
        if dry:
            report = dry_run(existing(address), parsed)
            if strict and report.rejected:
                raise StrictImportError(report)
        else:
            report = apply(database.open_database(address), parsed, COMMAND_LINE, strict)
    except StrictImportError as error:
        _show(error.report, as_json)
        stop(str(error))
    except (UnreadableFileError, ProfileError, *REFUSED) as error:
        _show_failure(str(error), as_json)
    except (SQLAlchemyError, OSError, ModuleNotFoundError) as error:
        _show_failure(f"De database kan niet worden gebruikt: {cause(error)}.", as_json)
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
    address = url or settings().database_url
    try:
        engine = example.ensure_portfolio(address, today(), example=False)
        example.write_example(engine, COMMAND_LINE, today(), projects, seed)
    except REFUSED as error:
        stop(str(error))
    except (SQLAlchemyError, OSError, ModuleNotFoundError) as error:
        stop(f"De database kan niet worden gebruikt: {cause(error)}.")
    words = "1 voorbeeldproject" if projects == 1 else f"{projects} voorbeeldprojecten"
    typer.echo(f"{words} geschreven naar {make_url(address).render_as_string()}.")


@app.command()
def backup(
    target: Annotated[
        Path, typer.Argument(metavar="DOEL", help="Waar de kopie komt: een nieuw bestand.")
    ],
    url: DatabaseOption = None,
) -> None:
    """Maak een gecontroleerde reservekopie van de database; de app mag doordraaien."""
    try:
        source = back_up(url or settings().database_url, target)
    except CopyFailedError as error:
        stop(str(error))
    typer.echo(f"{source} is gekopieerd naar {target}, en de kopie is gecontroleerd.")


@app.command()
def template(
    file: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="Waar het werkboek komt.")],
) -> None:
    """Maak een leeg werkboek om in te vullen."""
    try:
        file.write_bytes(workbook_writing.template())
    except OSError as error:
        stop(f"{file} kan niet worden geschreven: {cause(error)}.")
    typer.echo(f"{file} staat klaar. Het eerste blad legt uit wat u invult.")


@scan.command()
def score(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="csv, xlsx, xls of ods.")],
    name: InstrumentOption = NHS,
) -> None:
    """Reken ingevulde antwoorden na; toont één JSON-object.

    De eerste rij bevat koppen. Daarna is één rij één respondent, met precies
    één kolom per factor, in de vaste volgorde, en in elke cel een letter: a is
    het beste niveau. Leeg, - of ? is 'weet ik niet'; een rij die helemaal leeg
    is, telt niet mee. Een kolom met een naam of nummer is een fout. In een
    werkboek met meer bladen telt het blad Invoer.

    Het minimum aantal antwoorden geldt hier niet: wie het bestand heeft, ziet
    de antwoorden al.

    total, sd en mean zijn punten, percent is van het maximum, distribution is
    het aantal per letter en spread de afstand tussen niveaus (0-3). null is
    niet te geven.
    """
    try:
        definition = _instrument(name)
        answers = read_answers(file, file.name, definition)
    except (InstrumentError, UnreadableFileError, AnswerFileError) as error:
        stop(str(error))
    typer.echo(json.dumps(as_dict(score_answers(definition, answers))))


@scan.command()
def form(
    file: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="Waar het formulier komt.")],
    name: InstrumentOption = NHS,
) -> None:
    """Maak een formulier van één bladzijde om af te drukken, met een blad om in te voeren."""
    try:
        file.write_bytes(answer_form.form(_instrument(name)))
    except InstrumentError as error:
        stop(str(error))
    except OSError as error:
        stop(f"{file} kan niet worden geschreven: {cause(error)}.")
    typer.echo(f"{file} staat klaar. Druk het blad Formulier af.")


@scan.command()
def serve(
    host: Annotated[
        list[str],
        typer.Option("--host", metavar="NAAM", help="Naam in de links, zoals scan.voorbeeld.nl."),
    ],
    port: Annotated[int, typer.Option(help="Poort waarop het proces luistert.")] = 8502,
    address: Annotated[
        str, typer.Option(help="0.0.0.0 als de proxy op een andere machine staat.")
    ] = "127.0.0.1",
) -> None:
    """Start het proces waarop telefoons een ronde invullen, en niets anders.

    Zet er een proxy met https voor; de app zelf blijft op de eigen machine.
    --host mag vaker.
    """
    _require_free(address, port)
    os.environ["BORGING_MODE"] = "scan"
    names = [f"--server.allowedHosts={name}" for name in (*host, "localhost", "127.0.0.1")]
    words = [
        f"--server.port={port}",
        f"--server.address={address}",
        "--server.headless=true",
        f"--server.maxMessageSize={SCAN_MESSAGE_MEGABYTES}",
        f"--browser.serverAddress={host[0]}",  # else Streamlit asks the internet for its address
    ]
    started = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *words, *names]
    os.execv(sys.executable, started)


@instrument.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Een definitie (.toml).")],
) -> None:
    """Controleer een eigen definitie; noemt elke fout met de plaats."""
    try:
        found = load_definition(file)
    except InstrumentError as error:
        stop(str(error))
    size = (
        f"{len(found.factors)} factoren, hoogste totaal {float(found.maximum):g}".replace(".", ",")
        if isinstance(found, Instrument)
        else f"{len(found.questions)} vragen, {len(found.choices)} keuzes"
    )
    typer.echo(f"{file.name} is in orde: {found.kind} ‘{found.title}’, {size}.")


@instrument.command(name="list")
def list_() -> None:
    """Noem de definities die de app vindt, en wat er mis is met de andere."""
    for found in instruments(INSTRUMENT_FOLDERS):
        typer.echo(f"{found.key} ({found.kind}, versie {found.version}): {found.title}")
    if wrong := faults(INSTRUMENT_FOLDERS):
        stop("\n".join(str(error) for error in wrong))


def _require_free(address: str, port: int) -> None:
    """Stop when the scan process could not listen; Streamlit says so in English."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((address.strip("[]"), port))
        except (OSError, OverflowError) as error:
            stop(
                f"Het scanproces kan niet luisteren op {address}, poort {port}: {cause(error)}. "
                "Stop het andere programma of kies een andere poort met --port."
            )


def _instrument(name: str) -> Instrument:
    if name.endswith(".toml"):
        return load_instrument(Path(name))
    return find_instrument(name, INSTRUMENT_FOLDERS)


def _show(report: Report, as_json: bool) -> None:
    typer.echo(json.dumps(report.as_dict()) if as_json else as_text(report))


def _show_failure(reason: str, as_json: bool) -> None:
    """Report a file that could not be taken over, and leave with status 1."""
    if as_json:
        problem = Problem(Severity.ERROR, None, None, None, None, reason)
        _show(Report("", 0, 0, 0, 0, 0, (problem,)), as_json)
    stop(reason)
