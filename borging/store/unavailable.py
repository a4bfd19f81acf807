"""Named exceptions of a database that cannot be opened, read or written; messages are Dutch."""

from __future__ import annotations


class DatabaseRefusedError(OSError):
    """The database cannot be used as it is; the message names the place and the remedy."""


class DatabaseTooNewError(DatabaseRefusedError):
    """The database was made by a newer version of this program."""


class DatabaseNotReadyError(DatabaseRefusedError):
    """A process that makes no database found none that it can use."""


class EmptyDatabaseError(DatabaseRefusedError):
    """There is a file, or a set of tables, but the portfolio in it is gone."""


class UpgradeFailedError(DatabaseRefusedError):
    """An older database could not be brought up to date; nothing in it was changed."""


class CopyFailedError(DatabaseRefusedError):
    """A safety copy could not be made."""


class StartLockError(DatabaseRefusedError):
    """The database cannot be started here."""


class NotWrittenError(RuntimeError):
    """A write was refused by the state of the database; nothing of it was saved.

    sentences: what the visitor of a screen reads; `str()` is the first of them.
    """

    SENTENCE = "De database kan nu niet worden geschreven."
    ADVICE = "Er is niets opgeslagen; wat u invulde staat er nog."

    def __init__(self, sentence: str | None = None) -> None:
        self.sentences = (sentence or self.SENTENCE, self.ADVICE)
        super().__init__(self.sentences[0])


class DatabaseBusyError(NotWrittenError):
    """Somebody else is writing and did not finish in time."""

    SENTENCE = "Even geduld: er wordt op dit moment door anderen opgeslagen."
    ADVICE = (
        "Er is nog niets opgeslagen; wat u invulde staat er nog. Probeer het over een paar "
        "seconden opnieuw."
    )


class ConnectionLostError(NotWrittenError):
    """The connection to the database broke; whether a last commit arrived is not known."""

    SENTENCE = "De verbinding met de database viel weg terwijl er werd opgeslagen."
    ADVICE = (
        "Wat u invulde staat er nog. Kijk op een ander tabblad of het al is vastgelegd, en probeer "
        "het anders opnieuw."
    )


class WritingStoppedError(NotWrittenError):
    """The file of the portfolio is not where it should be, or cannot take anything."""

    ADVICE = (
        "Er wordt daarom niets opgeslagen; wat u invulde staat er nog. Geef dit door aan uw "
        "beheerder en laat dit scherm open."
    )
