"""Causes of failures in Dutch; the words of a library stay in the log."""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
from pathlib import Path

import pytest

from borging.domain.causes import BY_NUMBER, BY_WORDS, UNKNOWN, cause
from borging.domain.instruments import InstrumentError


class Wrapped(Exception):
    """An error round the one of the database driver, as SQLAlchemy has it."""

    def __init__(self, orig: Exception) -> None:
        super().__init__("(sqlite3.OperationalError) [SQL: SELECT 1]")
        self.orig = orig


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("database is locked", "een ander programma is erin bezig; probeer het straks weer"),
        (
            "attempt to write a readonly database",
            "u mag in dit bestand of deze map niet schrijven",
        ),
        ("disk I/O\nerror", "de schijf geeft een leesfout of schrijffout"),
        ("database or disk is full", "de schijf is vol"),
        (
            "database disk image is malformed",
            "het bestand is beschadigd; zet een reservekopie terug",
        ),
        (
            'FATAL: password authentication failed for user "x"',
            "de naam of het wachtwoord klopt niet",
        ),
        ("connection timeout expired", "de server antwoordt niet op tijd"),
        ("[Errno -2] Name or service not known", "de naam van de server is onbekend"),
    ],
)
def test_a_common_failure_of_a_database_is_told_in_dutch(said: str, words: str) -> None:
    assert cause(Wrapped(sqlite3.OperationalError(said))) == words
    assert cause(sqlite3.OperationalError(said)) == words


@pytest.mark.parametrize("number", BY_NUMBER, ids=errno.errorcode.__getitem__)
def test_an_error_of_the_system_is_told_in_dutch(number: int) -> None:
    assert cause(OSError(number, os.strerror(number), "lijst.xlsx")) == BY_NUMBER[number]


def test_a_missing_file_a_missing_module_and_other_letters(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        (tmp_path / "weg.db").read_bytes()
    assert cause(missing.value) == "het bestand of de map bestaat niet"
    with pytest.raises(UnicodeDecodeError) as letters:
        b"caf\xe9".decode()
    assert cause(letters.value) == "dit is geen UTF-8; sla het bestand op als UTF-8"
    module = ModuleNotFoundError("No module named 'psycopg'")
    assert cause(module).startswith("het onderdeel ‘psycopg’ van Python ontbreekt")


def test_an_error_of_this_program_keeps_its_own_words() -> None:
    assert (
        cause(InstrumentError("eigen.toml: regel 3 klopt niet."))
        == "eigen.toml: regel 3 klopt niet"
    )


def test_what_is_not_known_stands_in_the_log_and_not_in_the_sentence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        assert cause(RuntimeError("the flux capacitor is empty")) == UNKNOWN
    assert "the flux capacitor is empty" in caplog.text


def test_no_cause_ends_with_a_full_stop() -> None:
    said = [*BY_NUMBER.values(), *(words for _pattern, words in BY_WORDS)]
    assert [words for words in said if words.endswith(".")] == []
