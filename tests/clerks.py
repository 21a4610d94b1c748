"""Workbooks of the invented city, and somebody who fills them in."""

from __future__ import annotations

import datetime
import difflib
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from program import SITE

import build

Rows = list[list[Any]]
Said = pytest.CaptureFixture[str]


class Clerk:
    """Somebody who keeps a content folder, with a workbook."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content = folder, folder / "content"
        shutil.copytree(SITE, self.content)
        self.book = folder / "book.xlsx"

    def run(self, *arguments: str, language: str = "en") -> int:
        return build.main([*arguments, "--content", str(self.content), "--messages", language])

    def write(self, *more: str, language: str = "en") -> Clerk:
        assert self.run("workbook", str(self.book), *more, language=language) == 0
        return self

    def sheets(self) -> dict[str, Rows]:
        book = python_calamine.CalamineWorkbook.from_path(str(self.book))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}

    def fill_in(self, sheet: str, edit: Callable[[Rows], None]) -> None:
        """Somebody changes a sheet and saves the workbook with another program."""
        sheets = self.sheets()
        edit(sheets[sheet])
        self.book.write_bytes(saved(sheets))

    def set(self, sheet: str, id: str, key: str, value: Any, number: str = "") -> None:
        """Another value in the row of a pledge, or of one of its entries."""

        def edit(rows: Rows) -> None:
            of = columns(rows)
            wanted = [id, number] if number else [id]
            (row,) = (row for row in rows[2:] if [row[of["id"]], row[of.get("number", 0)]][: len(wanted)] == wanted)
            row[of[key]] = value

        self.fill_in(sheet, edit)

    def add(self, sheet: str, **cells: Any) -> None:
        """A new row; `text_en` is the column `text.en`."""

        def edit(rows: Rows) -> None:
            of = columns(rows)
            new: list[Any] = [""] * len(rows[0])
            for name, value in cells.items():
                new[of[name.replace("_", ".") if name not in of else name]] = value
            rows.append(new)

        self.fill_in(sheet, edit)

    def files(self) -> dict[str, bytes]:
        """The files of the units."""
        return {path.name: path.read_bytes() for path in sorted((self.content / "districts").iterdir())}


def columns(rows: Rows) -> dict[str, int]:
    """The columns of a sheet by the keys of its hidden row."""
    return {key.partition("/")[2]: place for place, key in enumerate(rows[0]) if key}


def saved(sheets: dict[str, Rows]) -> bytes:
    """A workbook of these cells."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(row, column, cell, day)
                    elif cell != "":
                        sheet.write(row, column, cell)
    return file.getvalue()


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return Clerk(tmp_path)


def difference(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """The lines that went and came, in all files."""
    lines: list[str] = []
    for name, old in before.items():
        compared = difflib.unified_diff(*(each.decode().splitlines() for each in (old, after[name])), n=0, lineterm="")
        lines += [line for line in compared if not line.startswith(("---", "+++", "@@"))]
    return lines


def imported(clerk: Clerk, *more: str, language: str = "en") -> list[str]:
    """What an import that must succeed changes in the files; a second one changes nothing."""
    before = clerk.files()
    assert clerk.run("import", str(clerk.book), *(more or ["--yes"]), language=language) == 0
    after = clerk.files()
    assert clerk.run("import", str(clerk.book), "--yes", language=language) == 0
    assert clerk.files() == after
    return difference(before, after)


def told(clerk: Clerk, capsys: Said) -> list[str]:
    """What is told of a workbook that must be refused, without the path."""
    before = clerk.files()
    capsys.readouterr()
    assert clerk.run("import", str(clerk.book), "--yes") == 1
    lines = capsys.readouterr().err.splitlines()
    assert clerk.files() == before and lines[-1].startswith("Nothing was written")
    return [line.removeprefix(f"{clerk.book} ") for line in lines[:-2]]


def edit(clerk: Clerk, old: str, new: str, name: str = "dengmi.yaml") -> None:
    file = clerk.content / "districts" / name
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
