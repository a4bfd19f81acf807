"""Cells of an xlsx file whose formula left no value: they read as blank, so they are named.

Other kinds of workbooks keep the last value in the same place, but do not say which cells
hold an error.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from borging.exchange.problems import Problem, Severity

SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BOOK = "xl/workbook.xml"

_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_VALUE = re.compile(rb"<v[^>]*>([^<]+)</v>")


def lost_formulas(data: bytes) -> tuple[Problem, ...]:
    """Return a remark for each cell with an error or with a formula that was never calculated."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(
                problem
                for name, path in _sheets(archive)
                for problem in _of_sheet(name, archive.read(path))
            )
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError, ValueError):
        return ()


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and its part in the archive."""
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in ElementTree.fromstring(archive.read(BOOK)).iter(SHEETS):
        target = targets.get(sheet.get(LINK), "")
        if "worksheets/" in target:
            path = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            yield sheet.get("name", ""), path


def _of_sheet(name: str, xml: bytes) -> Iterator[Problem]:
    if b'"e"' not in xml and b"<f" not in xml:
        return
    for attributes, body in _CELL.findall(xml):
        place, value = _PLACE.search(attributes), _VALUE.search(body)
        if place is None:
            continue
        if b't="e"' in attributes:
            reason = "Deze cel bevat een fout; zij telt als leeg."
        elif b"<f" in body and value is None and b't="str"' not in attributes:
            reason = (
                "Deze formule is nooit berekend; zij telt als leeg. Sla het bestand op in Excel."
            )
        else:
            continue
        yield Problem(
            Severity.WARNING,
            name,
            int(place[2]),
            f"kolom {place[1].decode()}",
            value[1].decode("utf-8", "replace") if value else None,
            reason,
        )
