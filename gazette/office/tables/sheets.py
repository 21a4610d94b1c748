"""The sheets of a workbook: what their cells look like, which may be written in, and what they offer to choose."""

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
"""The rows (from 0) of the headings, over which the keys are hidden, and of the first record. A filter sorts what is
below the headings: the keys stay where they are."""

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
"""A row shows so many lines at once, the rest is read where one writes; no row can show more (409 points)."""

_MAY = dict.fromkeys(("format_columns", "format_rows", "sort", "autofilter", "select_locked_cells"), True)
"""What may be done in a sheet whose ids are locked."""

_EARLIEST, _LATEST = datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)


class Heading(msgspec.Struct, frozen=True):
    """The head of a column: its key (empty: it is not read back), its label, its width in characters, and whether its
    cells may be written in."""

    key: str
    label: str
    width: float
    cells: Literal["free", "day", "locked", "hidden"]

    @classmethod
    def of(cls, table: str, column: Column, labels: Labels) -> Heading:
        """The head of a field's column."""
        cells: Literal["day", "free"] = "day" if column.form == "date" else "free"
        return cls(f"{table}/{column.key}", labels.column(column), _WIDTHS[column.form], cells)


class Choices:
    """The lists that drop-downs offer; each is a column of a sheet of its own, called `sheet`."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.lists: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
        self.named: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}

    def range(self, entries: Sequence[str], label: str = "", meanings: Sequence[str] = ()) -> str:
        """Where a list stands, as a formula; a new one comes behind the others, with its heading and meanings."""
        key = tuple(entries)
        self.lists.setdefault(key, (label, tuple(meanings)))
        letter = letters(2 * list(self.lists).index(key) + 1)
        return f"='{self.sheet}'!${letter}${FIRST}:${letter}${FIRST + max(len(key), 1) - 1}"

    def offer_ids(self, field: str, label: str, entries: Sequence[tuple[str, str]]) -> None:
        """The list of the ids that a field holds, with what they mean."""
        ids = self.named[field, ()] = tuple(id for id, _ in entries)
        self.range(ids, label, [meaning for _, meaning in entries])

    def offer(self, column: Column, label: str, entries: Sequence[str]) -> None:
        """The list of a column's words."""
        self.named[column.key, column.words] = tuple(entries)
        self.range(entries, label)

    def of(self, column: Column) -> str:
        """Where the list of a column stands; empty where it has none."""
        entries = self.named.get((column.key, column.words))
        return self.range(entries) if entries else ""


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many characters (`width_of`)."""
    return sum(max(1, math.ceil(width_of(paragraph) * 1.1 / width)) for paragraph in text.split("\n"))


class Book:
    """A workbook that is written into `file`, in the words of `labels`, and says that it was made at `made`."""

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
        """The first sheet, which says how to fill in the others, in the lines whose codes begin with `prefix`."""
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
        """A sheet with its headings, for so many rows, and so many more that wait for something to be added."""
        return Page(self, name, headings, FIRST + rows + spare - 1)

    def choices(self, choices: Choices) -> None:
        """The sheet of what may be chosen, with what it means."""
        page = self.book.add_worksheet(choices.sheet)
        page.freeze_panes(1, 0)
        for number, (entries, (label, meanings)) in enumerate(choices.lists.items()):
            place = 2 * number
            page.set_column(place, place, 22)
            page.set_column(place + 1, place + 1, 30 if meanings else 2)
            page.write_string(0, place, label or self.labels.field("id"), self.formats["heading"])
            for row, entry in enumerate(entries, FIRST - 1):
                page.write_string(row, place, entry, self.formats["plain"])
            for row, meaning in enumerate(meanings, FIRST - 1):
                page.write_string(row, place + 1, meaning, self.formats["plain"])
        page.protect("", _MAY)

    def close(self) -> None:
        """Write the file."""
        self.book.close()


class Page:
    """A sheet that is filled row by row; `last` is the last row (from 0) that may be written in."""

    most_lines = MOST_LINES

    def __init__(self, book: Book, name: str, headings: Sequence[Heading], last: int) -> None:
        self.book, self.headings, self.last = book, headings, last
        self.sheet = book.book.add_worksheet(name)
        self.row = FIRST - 1
        self.height = 1
        formats = {"free": book.formats[FREE], "day": book.formats[DAY]}
        for place, heading in enumerate(headings):
            hidden = {"hidden": True} if heading.cells == "hidden" else {}
            cells = formats.get(heading.cells, book.formats[GREY] if hidden else None)
            self.sheet.set_column(place, place, heading.width, cells, hidden)
            self.sheet.write_string(0, place, heading.key, book.formats[GREY])
            self.sheet.write_string(HEADINGS, place, heading.label, book.formats["heading"])
        self.sheet.set_row(0, None, None, {"hidden": True})
        self.sheet.set_row(HEADINGS, 2 * LINE)

    def next_row(self) -> None:
        """What follows stands in the next row; the one before gets the height that its texts need."""
        if self.row >= FIRST:
            self.sheet.set_row(self.row, LINE * min(self.height, self.most_lines))
        self.row, self.height = self.row + 1, 1

    def text(self, place: int, text: str, name: str) -> None:
        """A text in a cell, as it is."""
        self.sheet.write_string(self.row, place, text, self.book.formats[name])
        if self.headings[place].cells != "hidden":
            self.height = max(self.height, lines_of(text, self.headings[place].width))

    def value(self, place: int, column: Column, value: CellValue) -> None:
        """The value of a field in its cell: a day as a date, all else as text."""
        if column.form == "date" and isinstance(value, str) and value:
            day = datetime.date.fromisoformat(value)
            self.sheet.write_datetime(self.row, place, day, self.book.formats[DAY])
        elif value:
            self.text(place, shown(column, value, self.book.labels.told), FREE)

    def choose(self, place: int, source: str | list[str], from_row: int = 0, strict: bool = True) -> None:
        """Offer a list in a column: a range, or a few words. Where it is not `strict`, other texts may be written,
        too."""
        if FIRST + from_row <= self.last:
            rule = {"validate": "list", "source": source, "show_error": strict}
            self.sheet.data_validation(FIRST + from_row, place, self.last, place, rule)

    def check(self, place: int, column: Column, source: str) -> None:
        """What a spreadsheet can check and offer in a field's column."""
        if source:
            self.choose(place, source, strict=column.form != "words")
        elif column.form == "date":
            rule = {"validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST}
            self.sheet.data_validation(FIRST, place, self.last, place, {**rule, "error_type": "warning"})

    def close(self, leading: int, fit: bool = False) -> None:
        """Freeze the head and the `leading` columns, offer a filter, and lock what is not to be written in; on paper
        all columns are to `fit` the width."""
        self.next_row()
        self.sheet.freeze_panes(FIRST, leading)
        if fit:
            self.sheet.fit_to_pages(1, 0)
        self.sheet.autofilter(HEADINGS, 0, max(self.last, HEADINGS), len(self.headings) - 1)
        self.sheet.protect("", _MAY)
        self.sheet.set_landscape()
        self.sheet.repeat_rows(HEADINGS)
