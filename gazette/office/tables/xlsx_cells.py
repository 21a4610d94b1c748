"""Finds cells of an xlsx file that show something else than their stored value: errors, formulas without a computed
value, percentages."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from gazette.lazy_re import pattern


class StrangeCell(NamedTuple):
    """The code of the message about a cell, and what it shows."""

    code: str
    found: str


Strange = Mapping[tuple[int, int], StrangeCell]
"""Such cells by row and column (from 0)."""

_PERCENT = ("9", "10")
"""The built-in percentage formats of Excel."""

_QUOTED = pattern(r'"[^"]*"|\\.')
_PLACE = pattern(r"([A-Z]+)([0-9]+)")
_ASKED = (b't="e"', b"<f", b":f>", b":f ")
_MAIN = "xl/workbook.xml"


def strange_cells(data: bytes) -> dict[str, Strange]:
    """Return such cells: `{sheet name: cells}`; {} for a file that is not an xlsx."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            percent = _percent_styles(packed)
            return {name: dict(_of_sheet(packed.read(part), percent)) for name, part in _sheets(packed)}
    except (zipfile.BadZipFile, KeyError, ET.ParseError):
        return {}


def _named(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements with a name, in any edition of the standard."""
    return (each for each in element.iter() if each.tag.rpartition("}")[2] == name)


def _sheets(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet, and its part of the file."""
    relations = ET.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in _named(relations, "Relationship")}
    for sheet in _named(ET.fromstring(packed.read(_MAIN)), "sheet"):
        id = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        part = posixpath.normpath(posixpath.join("/xl", targets.get(id, ""))).lstrip("/")
        if part in packed.namelist():
            yield sheet.get("name", ""), part


def _percent_styles(packed: zipfile.ZipFile) -> frozenset[str]:
    """Return the numbers of the styles that show percentages."""
    if "xl/styles.xml" not in packed.namelist():
        return frozenset()
    styles = ET.fromstring(packed.read("xl/styles.xml"))
    formats = _named(styles, "numFmt")
    custom = {each.get("numFmtId") for each in formats if "%" in _QUOTED.sub("", each.get("formatCode", ""))}
    cells = next(_named(styles, "cellXfs"), Element("none"))
    return frozenset(str(n) for n, each in enumerate(cells) if each.get("numFmtId") in {*custom, *_PERCENT})


def _of_sheet(part: bytes, percent: frozenset[str]) -> Iterator[tuple[tuple[int, int], StrangeCell]]:
    if not percent and not any(each in part for each in _ASKED):
        return
    for _, element in ET.iterparse(io.BytesIO(part)):
        if element.tag.rpartition("}")[2] == "row":
            for cell in _named(element, "c"):
                reference, strange = _PLACE.fullmatch(cell.get("r", "")), _strange(cell, percent)
                if reference and strange:
                    yield (int(reference[2]) - 1, _column(reference[1])), strange
            element.clear()


def _strange(cell: Element, percent: frozenset[str]) -> StrangeCell | None:
    value = next((each.text or "" for each in _named(cell, "v")), "")
    if cell.get("t") == "e":
        return StrangeCell("cell_error", value)
    if not value and (formula := next(_named(cell, "f"), None)) is not None and cell.get("t") != "str":
        return StrangeCell("cell_uncounted", f"={formula.text or ''}")
    if value and cell.get("s", "0") in percent and cell.get("t", "n") == "n":
        return StrangeCell("cell_percent", f"{float(value) * 100:g}%")
    return None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
