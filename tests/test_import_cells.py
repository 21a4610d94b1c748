"""Cells as Excel and WPS keep them: what an office sees in its table is what is read, or it is told."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from clerks import Clerk, Said, imported, told

TABLES = """\
- id: monthly
  rows: updates
  columns:
    - {heading: 编号, field: id}
    - {heading: 日期, field: date}
    - {heading: 状态, field: state}
    - {heading: 说明, field: text.zh}
    - {heading: Report, field: text.en}
    - {heading: 完成数, field: reached.value}
    - {heading: 单位, field: reached.unit.zh}
    - {heading: Unit, field: reached.unit.en}
"""
HEAD = ["编号", "日期", "状态", "说明", "Report", "完成数", "单位", "Unit"]
DAY = datetime.datetime(2031, 6, 1)
ROW = ["yinghuo-1", DAY, "milestone", "完成三处。", "Three done.", 3, "处", "sites"]
NEW = (
    "date: 2031-06-01, state: milestone, text: {zh: 完成三处。, en: Three done.}, "
    "reached:, value: 3, unit: {zh: 处, en: sites}"
)

Change = Callable[[Any, Any], object]


def table(clerk: Clerk, row: list[Any], change: Change | None = None, **options: object) -> None:
    """A table with one row, written by another program; `change` is done to its book and sheet."""
    (clerk.content / "tables.yaml").write_text(TABLES, "utf-8")
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"default_date_format": "yyyy-mm-dd", **options}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate((HEAD, row)):
            sheet.write_row(number, 0, cells)
        if change is not None:
            change(book, sheet)
    clerk.book = clerk.folder / "month.xlsx"
    clerk.book.write_bytes(made.getvalue())


def new(clerk: Clerk) -> str:
    """What an import adds, on one line."""
    return ", ".join(line.lstrip("+- ") for line in imported(clerk) if line != "+    updates:")


def with_cell(place: int, value: object) -> list[Any]:
    return [value if n == place else cell for n, cell in enumerate(ROW)]


@pytest.mark.parametrize(
    ("row", "options"),
    [
        (ROW, {}),
        (ROW, {"constant_memory": True}),  # texts in the cells themselves
        (ROW, {"date_1904": True}),
        (with_cell(1, DAY.replace(hour=9, minute=30)), {}),
        (with_cell(1, "２０３１年６月１日"), {}),
        (with_cell(5, "3"), {}),
        (with_cell(0, "\u3000ｙｉｎｇｈｕｏ－１ "), {}),
    ],
)
def test_what_is_seen_is_read(row: list[Any], options: dict[str, object], clerk: Clerk) -> None:
    table(clerk, row, **options)
    assert new(clerk) == NEW


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda _, sheet: sheet.write_formula(1, 5, "=1/0", None, "#DIV/0!"), "the cell shows “#DIV/0!”"),
        (lambda _, sheet: sheet.write_string(1, 3, "#N/A"), "the cell shows “#N/A”"),
        (lambda _, sheet: sheet.write_formula(1, 5, "=1+2", None, ""), "this formula (=1+2) has no result"),
        (lambda book, sheet: sheet.write(1, 5, 0.6, book.add_format({"num_format": "0.0%"})), "this cell shows 60%"),
        (lambda _, sheet: sheet.write(1, 5, "３"), "contains full-width characters"),
        (lambda _, sheet: sheet.write(1, 1, 48000), "Did you mean “2031-06-01”?"),
    ],
)
def test_a_cell_that_shows_something_else_is_told(change: Change, words: str, clerk: Clerk, capsys: Said) -> None:
    """No formula that went wrong empties what the content has."""
    table(clerk, ROW, change)
    (line,) = told(clerk, capsys)
    assert words in line and line.startswith("[Sheet1] ")


def test_a_result_and_a_quoted_sign_are_no_faults(clerk: Clerk) -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.write_formula(1, 5, "=1+2", book.add_format({"num_format": '0"%"'}), 3)
        sheet.write_formula(1, 7, '=""&"sites"', None, "sites")

    table(clerk, ROW, change)
    assert new(clerk) == NEW


def test_a_cell_merged_downwards_stands_in_each_row(clerk: Clerk) -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet.merge_range(1, 0, 2, 0, ROW[0])
        sheet.write_row(2, 1, [DAY.replace(day=2), "under-way", "又一次。", "Once more."])
        sheet.set_row(2, None, None, {"hidden": True})

    table(clerk, ROW, change)
    assert sum("state:" in line for line in imported(clerk)) == 2
