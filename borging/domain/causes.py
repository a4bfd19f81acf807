"""Why a file, a database or a port cannot be used, in Dutch.

Libraries and the operating system say it in English. That stays in the log; a visitor reads the
sentence from here.
"""

from __future__ import annotations

import errno
import logging
import re

log = logging.getLogger(__name__)

UNKNOWN = "de oorzaak staat in het logboek"

BY_NUMBER = {
    errno.ENOENT: "het bestand of de map bestaat niet",
    errno.EACCES: "u heeft daar geen rechten voor",
    errno.EPERM: "u heeft daar geen rechten voor",
    errno.EISDIR: "dit is een map, geen bestand",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EEXIST: "er staat al iets met die naam",
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de ruimte die u op de schijf heeft is vol",
    errno.EROFS: "op deze schijf kan niet worden geschreven",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EIO: "de schijf geeft een leesfout of schrijffout",
    errno.EMFILE: "er staan te veel bestanden open",
    errno.EADDRINUSE: "een ander programma gebruikt deze poort al",
    errno.EADDRNOTAVAIL: "dit adres hoort niet bij deze machine",
    errno.ECONNREFUSED: "op dat adres antwoordt geen server",
    errno.ETIMEDOUT: "de server antwoordt niet op tijd",
}
"""Number of an error of the operating system to its cause."""

BY_WORDS = (
    (r"database (table )?is locked", "een ander programma is erin bezig; probeer het straks weer"),
    (r"readonly database", "u mag in dit bestand of deze map niet schrijven"),
    (r"unable to open database file", "het bestand bestaat niet of u mag het niet openen"),
    (r"not a database", "het bestand is geen database"),
    (r"disk image is malformed", "het bestand is beschadigd; zet een reservekopie terug"),
    (r"disk is full|no space left", "de schijf is vol"),
    (r"disk i/o error", "de schijf geeft een leesfout of schrijffout"),
    (r"no such (table|column)", "er ontbreekt een tabel of kolom; dit is geen hele portfolio"),
    (r"could not parse sqlalchemy url", "dit is geen adres van een database"),
    (r"can't load plugin", "dit soort database kent de app niet; gebruik SQLite of PostgreSQL"),
    (r"connection refused", "op dat adres antwoordt geen server"),
    (
        r"password authentication failed|no password supplied",
        "de naam of het wachtwoord klopt niet",
    ),
    (r'role ".*" does not exist', "deze gebruiker bestaat niet op de server"),
    (r'database ".*" does not exist', "deze database bestaat niet op de server"),
    (
        r"resolve host|translate host name|name or service not known",
        "de naam van de server is onbekend",
    ),
    (r"no route to host|network is unreachable", "de server is niet te bereiken"),
    (r"timed? ?out|timeout", "de server antwoordt niet op tijd"),
    (r"too many (clients|connections)|connection slots", "de server heeft te veel verbindingen"),
    (
        r"starting up|shutting down|terminating connection|connection (was |is )?(closed|lost)"
        r"|closed the connection",
        "de server start of stopt net; probeer het straks weer",
    ),
    (r"permission denied|must be owner", "u heeft daar geen rechten voor"),
)
"""Words of a library, in lower case, to the cause; the first that fits counts."""

MISSING_MODULE = re.compile(r"no module named '([\w.]+)'")


def cause(error: BaseException) -> str:
    """Return why something failed, as the end of a Dutch sentence without its full stop.

    An error of this program already speaks Dutch. What is not known here is written to the log.
    """
    original = getattr(error, "orig", None) or error
    words = " ".join(str(original).split())
    if type(original).__module__.startswith("borging."):
        return words.removesuffix(".")
    known = _known(original, words.casefold())
    log.log(logging.INFO if known else logging.WARNING, "Cause of a failure: %s", words)
    return known or UNKNOWN


def _known(error: BaseException, words: str) -> str | None:
    if module := MISSING_MODULE.search(words):
        return f"het onderdeel ‘{module[1]}’ van Python ontbreekt; installeer requirements.txt"
    if isinstance(error, UnicodeDecodeError):
        return "dit is geen UTF-8; sla het bestand op als UTF-8"
    if isinstance(error, OSError) and error.errno in BY_NUMBER:
        return BY_NUMBER[error.errno]
    return next((said for pattern, said in BY_WORDS if re.search(pattern, words)), None)
