"""Reads an office's table files: xlsx, xls and ods through calamine, CSV in UTF-8 or the encoding of Chinese
Windows."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from gazette.files.paths import display_path
from gazette.lazy_re import pattern
from gazette.messages.problems import COMMAND, ContentError, Problem, reason_of
from gazette.office.cells import Cell
from gazette.office.tables.xlsx_cells import Strange, strange_cells

SPREADSHEETS = (".xlsx", ".xls", ".ods")
ENDINGS = (*SPREADSHEETS, ".csv")

MAX_BYTES = 50_000_000

_GUARD = pattern(r"'(?='*[=+\-@＝＋－＠])")
"""What CSV files of the open data put before a text that a spreadsheet would take for a formula
(`site/data_format.py`)."""

_ERROR = pattern(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|GETTING_DATA)|Err:[0-9]{3}")
"""The error values of formulas in Excel, WPS and LibreOffice."""

_LETTERS = 26


class TableSheet(msgspec.Struct, frozen=True):
    """A sheet: the file as an editor types it, its name ("" for CSV), and its rows of cells."""

    file: str
    name: str
    rows: Sequence[Sequence[Cell]]
    strange: Strange = {}
    """Cells that show something else than the value that is read from them."""

    def fault(self, row: int, column: int) -> Problem | None:
        """Return why a cell (from 0) cannot be read: it shows something else, or an error of a formula. None if it can
        be."""
        if strange := self.strange.get((row, column)):
            return self.at_cell(row, column, strange.code, found=strange.found)
        cells = self.rows[row]
        value = cells[column] if column < len(cells) else None
        if isinstance(value, str) and _ERROR.fullmatch(value.strip()):
            return self.at_cell(row, column, "cell_error", found=value.strip())
        return None

    @property
    def place(self) -> str:
        """The file with the sheet: `table.xlsx [Updates]`."""
        return f"{self.file} [{self.name}]" if self.name else self.file

    def overfull(self, head: int) -> Iterator[Problem]:
        """Yield a problem for each row of a CSV file that is longer than the row `head`: a comma inside a text has
        moved what follows into the wrong columns."""
        width = len(self.rows[head])
        for number, row in enumerate(self.rows[head + 1 :] if not self.name else (), head + 1):
            extra = next((index for index, cell in enumerate(row[width:], width) if str(cell).strip()), None)
            if extra is not None:
                yield self.at_cell(number, extra, "table_row_wide", found=row[extra], n=len(row), expected=width)

    def at_cell(self, row: int, column: int, code: str, /, **values: object) -> Problem:
        """Return a problem of a cell (row and column from 0)."""
        return CellProblem._make(Problem.at(self.place, row + 1, column + 1, code, **values))


class CellProblem(Problem):
    """A problem of a cell: `line` is the row, `column` the column, both from 1."""

    def show(self, language: str) -> str:
        """Return `table.xlsx [Updates] D7: message`, with the cell as spreadsheets name it."""
        return f"{self.path} {letters(self.column)}{self.line}: {self.message(language)}"


def letters(column: int) -> str:
    """Return the letters of a column (from 1) in spreadsheets."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def read_tables(file: Path) -> list[TableSheet]:
    """Return the sheets of a file. Raises ContentError if it cannot be read, or a package is not installed."""
    path = display_path(file)
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise _refused(path, "table_ending", found=file.name, expected=", ".join(ENDINGS))
    try:
        data = file.read_bytes() if file.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise _refused(path, "file_unreadable", reason=reason_of(error)) from None
    if data is None:
        raise _refused(path, "file_too_large", limit=MAX_BYTES)
    return [_csv(path, data)] if ending == ".csv" else _spreadsheet(path, data)


def _refused(path: str, code: str, **values: object) -> ContentError:
    return ContentError([Problem.at(path, 0, 0, code, **values)])


def _spreadsheet(path: str, data: bytes) -> list[TableSheet]:
    try:
        import python_calamine
    except ImportError:
        raise _refused(COMMAND, "office_package", python=sys.executable) from None
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        strange = strange_cells(data)
        names = book.sheet_names
        return [TableSheet(path, name, _rows(book.get_sheet_by_name(name)), strange.get(name, {})) for name in names]
    except python_calamine.PasswordError:
        raise _refused(path, "table_password") from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _refused(path, "table_unreadable", found=str(error)) from None


def _rows(sheet: Any) -> Sequence[Sequence[Cell]]:
    """Return the cells of a sheet. A cell that is merged with those below it appears in each of their rows, as people
    read it."""
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row):
                row[left] = rows[top][left]
    return rows


def _csv(path: str, data: bytes) -> TableSheet:
    """Read a CSV with commas, semicolons or tabs, whichever its first line has most of."""
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise _refused(path, "table_encoding")
    first = text.partition("\n")[0]
    between = max(",;\t", key=first.count)
    try:
        rows = [
            [_GUARD.sub("", cell, count=1) if cell[:1] == "'" else cell for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
        ]
    except csv.Error as error:
        raise _refused(path, "table_unreadable", found=str(error)) from None
    return TableSheet(path, "", rows)
