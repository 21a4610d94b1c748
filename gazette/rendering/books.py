"""Makes a workbook (XLSX) of tables: the same rows give the same bytes.

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
"""The creation time of every workbook. The real time would make each build's file differ."""

LONGEST = 32_767
"""The most characters that a cell can hold. A longer text is cut and ends with an ellipsis; the CSV has all of it."""

_WIDTHS = {"text": 24, "texts": 36, "integer": 10, "number": 12, "date": 12, "id": 16, "list": 24, "code": 16}

_FORMATS: dict[str, dict[str, Any]] = {
    "name": {"font_color": "#595959", "bg_color": "#E7E6E6", "font_name": "Consolas"},
    "heading": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F", "text_wrap": True, "valign": "top"},
    "day": {"num_format": "yyyy-mm-dd"},
    "label": {"bold": True, "valign": "top"},
    "words": {"text_wrap": True, "valign": "top"},
}

LINE = 15.0
"""The height of a line, in points."""

_MOST_LINES = 6
"""The most lines of a heading that are shown at once; its cell holds the whole text."""


def book(view: BookView, csv_of: Callable[[str], str]) -> bytes:
    """Return the bytes of a workbook. `csv_of` returns the CSV at a path, with its column names."""
    import xlsxwriter

    file = io.BytesIO()
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    workbook = xlsxwriter.Workbook(file, {**plain, "constant_memory": True})
    workbook.set_properties({"title": view.title, "comments": view.terms, "created": MADE})
    formats = {name: workbook.add_format(each) for name, each in _FORMATS.items()}
    if len(view.sheets) > 1:
        _about(workbook, view, formats)
    for sheet in view.sheets:
        _sheet(workbook.add_worksheet(sheet.title), sheet, csv_of(sheet.path), formats)
    if len(view.sheets) == 1:
        _about(workbook, view, formats)
    workbook.close()
    return file.getvalue()


def _about(workbook: Any, view: BookView, formats: Mapping[str, Any]) -> None:
    """Add the sheet that describes the others."""
    page = workbook.add_worksheet(view.about_title)
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
    """Write the column names of the CSV, their meanings in each language, and the rows of the CSV `text`. The head
    stays in view, and its last row has the filters."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    next(rows)
    last = len(sheet.columns[0].meanings)
    page.freeze_panes(last + 1, 1)
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, _WIDTHS[column.type])
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, column.name, formats["name"])
    for line in range(last):
        most = max(_lines(column.meanings[line], _WIDTHS[column.type]) for column in sheet.columns)
        page.set_row(line + 1, LINE * min(most, _MOST_LINES))
        for index, column in enumerate(sheet.columns):
            page.write_string(line + 1, index, column.meanings[line], formats["heading"])
    row = last
    for row, cells in enumerate(rows, last + 1):
        for index, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
            if cell:
                _write(page, (row, index), column, cell, formats["day"])
    page.autofilter(last, 0, max(row, last), len(sheet.columns) - 1)
    page.set_landscape()
    page.repeat_rows(0, last)


def _lines(text: str, width: int) -> int:
    """Estimate how many lines a heading takes in a column that is `width` characters wide (`width_of`)."""
    return math.ceil(width_of(text) * 1.2 / width)


def width_of(text: str) -> int:
    """Count the characters of a text as a workbook shows them: a full-width character counts as two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _write(page: Any, cell_at: tuple[int, int], column: HeadingView, cell: str, day: Any) -> None:
    if column.type in ("integer", "number"):
        page.write_number(*cell_at, float(cell))
    elif column.type == "date":
        page.write_datetime(*cell_at, datetime.date.fromisoformat(cell), day)
    else:
        words = unguarded(cell)
        page.write_string(*cell_at, words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…")
