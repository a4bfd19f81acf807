"""Files that are kept with a project: which ones, under which name, and how a field names one.

What a file is, is told by its content; its name has to agree. Files are only ever downloaded.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

MOST_BYTES = 5 * 1024 * 1024
"""Of one file, included."""
LONGEST_NAME, LONGEST_NOTE = 120, 200
"""Characters."""
OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
}
"""Ending of an Office file to its media type; its main part is called `….main+xml`."""
MEDIA_TYPES = {
    "pdf": "application/pdf",
    **MAIN_PARTS,
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "txt": "text/plain",
    "csv": "text/csv",
}
"""Ending of every file that may be added to its media type."""
BEGINNINGS = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
}
ALLOWED = "pdf, Word (docx), Excel (xlsx), PowerPoint (pptx), png, jpg, txt of csv"
INSTEAD = {
    "doc": "docx",
    "docm": "docx",
    "xls": "xlsx",
    "xlsm": "xlsx",
    "xlsb": "xlsx",
    "ppt": "pptx",
    "pptm": "pptx",
    "heic": "jpg",
}
"""Ending of what may not be added to what the same can be saved as."""
LIVE = ("macroenabled", "vbaproject", "macrosheet", "activex")
"""Words in the list of parts of an Office file, or in their names, that mean it can run."""
CONTENTS = "[Content_Types].xml"
LONGEST_CONTENTS = 1_000_000
NOT_IN_A_NAME = re.compile(r'[<>:"|?*]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
"""Names that Windows keeps for itself."""
NOT_IN_A_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
IN_AN_ADDRESS = ":/?#@!&'*+,;=%~"
NAMED = "Bestand: "
"""How a line of the evidence of a declaration names a file."""


class FileRefusedError(ValueError):
    """A file cannot be added; the message says in Dutch why, and what to do."""


@dataclass(frozen=True)
class KnownFile:
    """A file by its safe name and its media type."""

    name: str
    media_type: str


def checked(name: str, content: bytes) -> KnownFile:
    """Return under which name and as what a file is kept.

    Raises:
        FileRefusedError: it is too large, empty, of another kind, or not what its name says.
    """
    safe = safe_name(name)
    ending = PurePosixPath(safe).suffix.removeprefix(".")
    if ending not in MEDIA_TYPES:
        other = INSTEAD.get(ending)
        advice = (
            f"Sla het op als {other} of pdf" if other else f"Kies een bestand van soort {ALLOWED}"
        )
        raise FileRefusedError(f"‘{safe}’ is van een soort die niet kan. {advice}.")
    if not content:
        raise FileRefusedError(f"‘{safe}’ is leeg. Kies een ander bestand.")
    if len(content) > MOST_BYTES:
        raise FileRefusedError(
            f"‘{safe}’ is groter dan {MOST_BYTES // 1024**2} MB. Maak het kleiner, of zet het op "
            "een gedeelde plek en vul die in als vindplaats."
        )
    wrong = _wrong(ending, content)
    if wrong:
        raise FileRefusedError(f"‘{safe}’ {wrong}")
    return KnownFile(safe, MEDIA_TYPES[ending])


def safe_name(name: str) -> str:
    """Return a name that is one line, has no folder in it and can be saved on any machine.

    Its ending is in small letters; characters that cannot be seen are left out.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(" " if c.isspace() else c for c in last if c.isspace() or _is_seen(c))
    tidy = " ".join(NOT_IN_A_NAME.sub("-", seen).split()).strip(". ")
    stem, dot, ending = tidy.rpartition(".")
    if not dot:
        stem, ending = tidy, ""
    stem = RESERVED.sub(r"_\1", stem.strip(". ")[: LONGEST_NAME - len(ending[:10]) - 1].strip())
    return f"{stem or 'bestand'}{dot}{ending.lower()[:10]}"


def unused(name: str, taken: Iterable[str]) -> str:
    """Return a name that no other file of the project has or had: ‘plan (2).pdf’.

    So a name that was written down never comes to mean another file.
    """
    known = {folded(each) for each in taken}
    stem, dot, ending = name.rpartition(".")
    number, free = 1, name
    while folded(free) in known:
        number += 1
        free = f"{stem} ({number}){dot}{ending}"
    return free


def folded(text: str) -> str:
    """Return by what a name is recognised where somebody typed it: capitals do not matter."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def with_files(evidence: str, names: Collection[str]) -> str:
    """Return the evidence of a declaration with a line for each file that it rests on."""
    return "\n".join([evidence, *(f"{NAMED}{name}" for name in names)])


def files_in(evidence: str) -> list[str]:
    """Return the names of the files that the evidence of a declaration rests on."""
    lines = evidence.splitlines()
    return [line.removeprefix(NAMED) for line in lines if line.startswith(NAMED)]


def web_address(text: str) -> str | None:
    """Return text as an address that is safe to open, None when it is none.

    Only http and https; a name before an @ could pretend to be the site.
    """
    if text.split() != [text] or not text.lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if not parts.hostname or "@" in parts.netloc or "\\" in text:
        return None
    return quote(text, safe=IN_AN_ADDRESS)


def _is_seen(character: str) -> bool:
    """Say whether a character is no control character and does not turn the direction."""
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _wrong(ending: str, content: bytes) -> str | None:
    """Return what is wrong with a file that claims an ending, as a sentence without its subject."""
    other = f"is geen {ending}, al heet het zo. Open het, sla het op als {ending} en kies dat."
    if ending in BEGINNINGS:
        return None if content.startswith(BEGINNINGS[ending]) else other
    if ending in MAIN_PARTS:
        return _wrong_office(ending, content, other)
    return (
        None if _is_text(content) else "bevat geen gewone tekst. Kies het oorspronkelijke bestand."
    )


def _wrong_office(ending: str, content: bytes, other: str) -> str | None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return (
            "heeft een wachtwoord of is in een oude vorm opgeslagen. Sla het zonder wachtwoord op "
            f"als {ending} of pdf."
        )
    try:
        names, parts = _parts(content)
    except (BadZipFile, RuntimeError, zlib.error, struct.error, EOFError, OSError, ValueError):
        return other
    if any(word in text for word in LIVE for text in (parts, *names)):
        return (
            f"bevat macro’s of knoppen die iets uitvoeren. Sla het zonder op als {ending} of pdf."
        )
    return None if f'"{MAIN_PARTS[ending]}.main+xml"' in parts else other


def _parts(content: bytes) -> tuple[list[str], str]:
    """Return of an Office file the names of its parts and the list of their kinds, in small
    letters.

    Raises:
        ValueError: the list could be read in more than one way.
    """
    if not content.startswith(b"PK\x03\x04"):
        raise ValueError
    with ZipFile(BytesIO(content)) as packed:
        names = [name.lower() for name in packed.namelist()]
        if len(set(names)) < len(names) or CONTENTS.lower() not in names:
            raise ValueError
        about = packed.infolist()[names.index(CONTENTS.lower())]
        packable = about.compress_type in (ZIP_STORED, ZIP_DEFLATED)
        if not packable or about.file_size > LONGEST_CONTENTS:
            raise ValueError
        with packed.open(about) as opened:
            parts = opened.read(LONGEST_CONTENTS)
    if b"&" in parts or b"<!" in parts:
        raise ValueError
    return names, parts.decode("utf-8").lower().replace("'", '"')


def _is_text(content: bytes) -> bool:
    """Say whether content is text and no page or drawing in markup."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return not NOT_IN_A_TEXT.search(text) and not text.lstrip().startswith("<")
