"""A workbook (XLSX) of tables: the same rows give the same bytes.

Texts are never formulas, numbers are numbers and days are days. Rows are written one by one, however many they are.
"""

from __future__ import annotations

import csv
import datetime
import io
import math
from collections.abc import Callable, Mapping
from typing import Any
from unicodedata import east_asian_width

from gazette.site.data_format import unguarded
from gazette.site.views.exports import BookView, HeadingView, SheetView

MADE = datetime.datetime(2000, 1, 1)
"""A workbook says when it was made; a real time would make each one another file."""

LONGEST = 32_767
"""So many characters a cell may hold; a longer text is cut, and ends with an ellipsis. The CSV has all of it."""

_WIDTHS = {"text": 24, "texts": 36, "integer": 10, "number": 12, "date": 12, "id": 16, "list": 24, "code": 16}

_FORMATS: dict[str, dict[str, Any]] = {
    "name": {"font_color": "#595959", "bg_color": "#E7E6E6", "font_name": "Consolas"},
    "heading": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F", "text_wrap": True, "valign": "top"},
    "day": {"num_format": "yyyy-mm-dd"},
    "label": {"bold": True, "valign": "top"},
    "words": {"text_wrap": True, "valign": "top"},
}

LINE = 15.0
"""How high a line is, in points."""

_MOST_LINES = 6
"""So many lines of a heading are seen at once; the whole can be read in its cell."""


def book(view: BookView, csv_of: Callable[[str], str]) -> bytes:
    """The bytes of a workbook; `csv_of` gives the CSV of a path, with its head."""
    import xlsxwriter

    file = io.BytesIO()
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    own = xlsxwriter.Workbook(file, {**plain, "constant_memory": True})
    own.set_properties({"title": view.title, "comments": view.terms, "created": MADE})
    formats = {name: own.add_format(each) for name, each in _FORMATS.items()}
    if len(view.sheets) > 1:
        _about(own, view, formats)
    for sheet in view.sheets:
        _sheet(own.add_worksheet(sheet.title), sheet, csv_of(sheet.path), formats)
    if len(view.sheets) == 1:
        _about(own, view, formats)
    own.close()
    return file.getvalue()


def _about(own: Any, view: BookView, formats: Mapping[str, Any]) -> None:
    """The sheet that says what the others are."""
    page = own.add_worksheet(view.about_title)
    page.hide_gridlines(2)
    page.fit_to_pages(1, 0)
    page.set_landscape()
    page.set_column(0, 0, 40)
    page.set_column(1, 1, 90)
    for row, (label, words) in enumerate(view.about):
        page.write_string(row, 0, label, formats["label"])
        if words.isdecimal():
            page.write_number(row, 1, int(words), formats["words"])
        else:
            page.write_string(row, 1, words, formats["words"])


def _sheet(page: Any, sheet: SheetView, text: str, formats: Mapping[str, Any]) -> None:
    """The names of the columns as CSV has them, what they mean in each language, and the rows; the heads stay in place,
    and the last of them has the filters."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    next(rows)
    last = len(sheet.columns[0].meanings)
    page.freeze_panes(last + 1, 1)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, _WIDTHS[column.type])
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column.name, formats["name"])
    for line in range(last):
        most = max(_lines(column.meanings[line], _WIDTHS[column.type]) for column in sheet.columns)
        page.set_row(line + 1, LINE * min(most, _MOST_LINES))
        for place, column in enumerate(sheet.columns):
            page.write_string(line + 1, place, column.meanings[line], formats["heading"])
    row = last
    for row, cells in enumerate(rows, last + 1):
        for place, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
            if cell:
                _write(page, (row, place), column, cell, formats["day"])
    page.autofilter(last, 0, max(row, last), len(sheet.columns) - 1)
    page.set_landscape()
    page.repeat_rows(0, last)


def _lines(text: str, width: int) -> int:
    """About how many lines a heading takes in a column of so many characters (`width_of`)."""
    return math.ceil(width_of(text) * 1.2 / width)


def width_of(text: str) -> int:
    """How many characters wide a text is in a workbook; a wide one, such as a Chinese one, counts as two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _write(page: Any, spot: tuple[int, int], column: HeadingView, cell: str, day: Any) -> None:
    if column.type in ("integer", "number"):
        page.write_number(*spot, float(cell))
    elif column.type == "date":
        page.write_datetime(*spot, datetime.date.fromisoformat(cell), day)
    else:
        words = unguarded(cell)
        page.write_string(*spot, words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…")
