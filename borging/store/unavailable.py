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
