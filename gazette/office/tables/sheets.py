"""Writes the sheets of a workbook: the format of cells, which of them are editable, and their drop-down lists."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from typing import Any, BinaryIO, Literal

import msgspec

from gazette.model.records.columns import Column
from gazette.office.cells import CellValue, shown
from gazette.office.tables.labels import Labels
from gazette.office.tables.table_files import letters
from gazette.rendering.books import LINE, width_of

HEADINGS, FIRST = 1, 2
"""The rows (from 0) of the headings, above which the keys are hidden, and of the first record. A filter sorts what is
below the headings, so the keys stay where they are."""

GREY, FREE, DAY = "grey", "free", "day"

_FORMATS: dict[str, dict[str, Any]] = {
    GREY: {"bg_color": "#E7E6E6", "font_color": "#404040", "locked": True},
    FREE: {"bg_color": "#FFFBE6", "locked": False, "num_format": "@"},
    DAY: {"bg_color": "#FFFBE6", "locked": False, "num_format": "yyyy-mm-dd"},
    "heading": {"bg_color": "#1F3A5F", "font_color": "#FFFFFF", "bold": True, "locked": True},
    "title": {"bold": True, "font_size": 16},
    "plain": {},
}
_LINES = {"text_wrap": True, "valign": "top"}
_BORDER = {"border": 1, "border_color": "#C8C8C8"}

_WIDTHS = {"text": 42, "line": 14, "date": 12, "deadline": 14, "flag": 8, "choice": 24, "words": 18}

MOST_LINES, ALL_LINES = 12, 27
"""The most lines that a row shows, usually and for translators; the limit of Excel is 409 points."""

_MAY = dict.fromkeys(("format_columns", "format_rows", "sort", "autofilter", "select_locked_cells"), True)
"""What is allowed in a sheet whose ids are locked."""

_EARLIEST, _LATEST = datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)


class Heading(msgspec.Struct, frozen=True):
    """The head of a column: its key ("": it is not read back), its label, its width in characters, and whether its
    cells are editable."""

    key: str
    label: str
    width: float
    cells: Literal["free", "day", "locked", "hidden"]

    @classmethod
    def of(cls, table: str, column: Column, labels: Labels) -> Heading:
        """Return the head of a field's column."""
        cells: Literal["day", "free"] = "day" if column.form == "date" else "free"
        return cls(f"{table}/{column.key}", labels.column(column), _WIDTHS[column.form], cells)


class Choices:
    """The drop-down lists; each is a column of the sheet called `sheet`."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.lists: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
        self.named: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}

    def range(self, entries: Sequence[str], label: str = "", meanings: Sequence[str] = ()) -> str:
        """Return the range of a list as a formula. A new list is added after the others, with its heading and
        meanings."""
        key = tuple(entries)
        self.lists.setdefault(key, (label, tuple(meanings)))
        letter = letters(2 * list(self.lists).index(key) + 1)
        return f"='{self.sheet}'!${letter}${FIRST}:${letter}${FIRST + max(len(key), 1) - 1}"

    def offer_ids(self, field: str, label: str, entries: Sequence[tuple[str, str]]) -> None:
        """Add the list of ids that a field may hold, with their meanings."""
        ids = self.named[field, ()] = tuple(id for id, _ in entries)
        self.range(ids, label, [meaning for _, meaning in entries])

    def offer(self, column: Column, label: str, entries: Sequence[str]) -> None:
        """Add the list of words that a column may hold."""
        self.named[column.key, column.words] = tuple(entries)
        self.range(entries, label)

    def of(self, column: Column) -> str:
        """Return the range of the list of a column; "" if it has none."""
        entries = self.named.get((column.key, column.words))
        return self.range(entries) if entries else ""


def lines_of(text: str, width: float) -> int:
    """Estimate how many lines a text takes in a column of `width` characters (`width_of`)."""
    return sum(max(1, math.ceil(width_of(paragraph) * 1.1 / width)) for paragraph in text.split("\n"))


class Book:
    """A workbook that is written into `file`, with the words of `labels` and the creation time `made`."""

    def __init__(self, file: BinaryIO, labels: Labels, made: datetime.datetime) -> None:
        import xlsxwriter

        plain_text = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        self.book = xlsxwriter.Workbook(file, {**plain_text, "in_memory": True})
        self.book.set_properties({"created": made})
        self.labels = labels
        self.formats = {
            name: self.book.add_format(each | _LINES | (_BORDER if "bg_color" in each else {}))
            for name, each in _FORMATS.items()
        }

    def guide(self, title: str, prefix: str) -> None:
        """Write the first sheet, which explains how to fill in the others: the lines whose codes begin with
        `prefix`."""
        office = self.labels.told.office
        page = self.book.add_worksheet(office["guide"])
        page.hide_gridlines(2)
        page.set_column(0, 0, 100)
        page.write_string(0, 0, office["guide"], self.formats["title"])
        values = {"updates": self.labels.table("updates"), "lists": office["lists"]}
        lines = [text for code, text in office.items() if code.startswith(prefix)]
        for number, line in enumerate(lines, 1):
            text = f"{number}. {line.format(title=title, **values)}"
            page.write_string(number + 1, 0, text, self.formats["plain"])
            page.set_row(number + 1, LINE * lines_of(text, 100))
        page.fit_to_pages(1, 0)
        page.protect("", _MAY)

    def sheet(self, name: str, headings: Sequence[Heading], rows: int, spare: int) -> Page:
        """Add a sheet with its headings, for a number of `rows` and of empty `spare` rows."""
        return Page(self, name, headings, FIRST + rows + spare - 1)

    def choices(self, choices: Choices) -> None:
        """Write the sheet of the drop-down lists, with the meanings of their entries."""
        page = self.book.add_worksheet(choices.sheet)
        page.freeze_panes(1, 0)
        for number, (entries, (label, meanings)) in enumerate(choices.lists.items()):
            column_index = 2 * number
            page.set_column(column_index, column_index, 22)
            page.set_column(column_index + 1, column_index + 1, 30 if meanings else 2)
            page.write_string(0, column_index, label or self.labels.field("id"), self.formats["heading"])
            for row, entry in enumerate(entries, FIRST - 1):
                page.write_string(row, column_index, entry, self.formats["plain"])
            for row, meaning in enumerate(meanings, FIRST - 1):
                page.write_string(row, column_index + 1, meaning, self.formats["plain"])
        page.protect("", _MAY)

    def close(self) -> None:
        """Write the file."""
        self.book.close()


class Page:
    """A sheet that is filled row by row; `last` is the last editable row (from 0)."""

    most_lines = MOST_LINES

    def __init__(self, book: Book, name: str, headings: Sequence[Heading], last: int) -> None:
        self.book, self.headings, self.last = book, headings, last
        self.sheet = book.book.add_worksheet(name)
        self.row = FIRST - 1
        self.height = 1
        formats = {"free": book.formats[FREE], "day": book.formats[DAY]}
        for index, heading in enumerate(headings):
            hidden = {"hidden": True} if heading.cells == "hidden" else {}
            cells = formats.get(heading.cells, book.formats[GREY] if hidden else None)
            self.sheet.set_column(index, index, heading.width, cells, hidden)
            self.sheet.write_string(0, index, heading.key, book.formats[GREY])
            self.sheet.write_string(HEADINGS, index, heading.label, book.formats["heading"])
        self.sheet.set_row(0, None, None, {"hidden": True})
        self.sheet.set_row(HEADINGS, 2 * LINE)

    def next_row(self) -> None:
        """Start the next row, and give the last one the height that its texts need."""
        if self.row >= FIRST:
            self.sheet.set_row(self.row, LINE * min(self.height, self.most_lines))
        self.row, self.height = self.row + 1, 1

    def text(self, index: int, text: str, name: str) -> None:
        """Write a text into the cell of a column, in the format `name`."""
        self.sheet.write_string(self.row, index, text, self.book.formats[name])
        if self.headings[index].cells != "hidden":
            self.height = max(self.height, lines_of(text, self.headings[index].width))

    def value(self, index: int, column: Column, value: CellValue) -> None:
        """Write the value of a field into a cell: a day as a date, everything else as text."""
        if column.form == "date" and isinstance(value, str) and value:
            day = datetime.date.fromisoformat(value)
            self.sheet.write_datetime(self.row, index, day, self.book.formats[DAY])
        elif value:
            self.text(index, shown(column, value, self.book.labels.told), FREE)

    def choose(self, index: int, source: str | list[str], from_row: int = 0, strict: bool = True) -> None:
        """Add a drop-down list to a column, from a range or a few words. Unless it is `strict`, other texts are allowed
        too."""
        if FIRST + from_row <= self.last:
            rule = {"validate": "list", "source": source, "show_error": strict}
            self.sheet.data_validation(FIRST + from_row, index, self.last, index, rule)

    def check(self, index: int, column: Column, source: str) -> None:
        """Add to a field's column what a spreadsheet can check and offer."""
        if source:
            self.choose(index, source, strict=column.form != "words")
        elif column.form == "date":
            rule = {"validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST}
            self.sheet.data_validation(FIRST, index, self.last, index, {**rule, "error_type": "warning"})

    def close(self, leading: int, fit: bool = False) -> None:
        """Freeze the head and the `leading` columns, add a filter, and lock what is not editable. With `fit` all
        columns fit the width of a printed page."""
        self.next_row()
        self.sheet.freeze_panes(FIRST, leading)
        if fit:
            self.sheet.fit_to_pages(1, 0)
        self.sheet.autofilter(HEADINGS, 0, max(self.last, HEADINGS), len(self.headings) - 1)
        self.sheet.protect("", _MAY)
        self.sheet.set_landscape()
        self.sheet.repeat_rows(HEADINGS)
