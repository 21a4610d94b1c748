"""The open data as workbooks: what another program reads in them is what the tables say."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pytest
from exported import rows_of, said
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from gazette.rendering.books import LONGEST, book
from gazette.site.data_format import csv_rows, harmless
from gazette.site.tables import TABLES, columns
from gazette.site.views.exports import BookView, HeadingView, SheetView

# ── workbooks ────────────────────────────────────────────────────────────────


def expected_cell(value: Any, type: str) -> Any:
    if value is None or value == []:
        return ""
    if type == "list":
        return ";".join(value)
    if type == "date":
        return datetime.date.fromisoformat(value)
    return float(value) if type in ("integer", "number") else value


@pytest.mark.parametrize("name", TABLES)
def test_a_workbook_has_what_the_json_has(name: str, plain: Path) -> None:
    names, *rest = rows_of(plain / "data" / f"{name}.xlsx")
    heads, rows = rest[:2], rest[2:]
    records = said(plain, name)
    titles = columns(name, ("zh", "en"))
    assert names == [title for title, _ in titles] and len(rows) == len(records)
    assert all(len({*head}) > 1 and all(head) for head in heads)
    for row, record in zip(rows, records, strict=True):
        for cell, (title, column) in zip(row, titles, strict=True):
            if column.name == "as_of":
                assert cell == datetime.date(2031, 9, 30)
                continue
            value = record[column.name]
            if column.type == "texts":
                value = value and value[title.rpartition("_")[2]]
            assert cell == expected_cell(value, column.type), (title, record)


def test_the_workbook_of_all_has_every_table(plain: Path) -> None:
    whole = CalamineWorkbook.from_path(plain / "data" / "ledger.xlsx")
    about, *sheets = whole.sheet_names
    assert about == "说明" and len(sheets) == len(TABLES)
    text = str(whole.get_sheet_by_index(0).to_python())
    assert "测试数据许可" in text and "https://example.org/licence" in text and "2031-09-30" in text
    for place, name in enumerate(TABLES, 1):
        assert whole.get_sheet_by_index(place).to_python() == rows_of(plain / "data" / f"{name}.xlsx")
        assert "测试数据许可" in str(rows_of(plain / "data" / f"{name}.xlsx", 1))


def one_sheet(cell: str, type: str = "text") -> bytes:
    head = HeadingView("name", type, ("列", "Column"))
    view = BookView("T", "", (SheetView("S", "x.csv", (head,)),), "About", (("a", "=b"),))
    return book(view, lambda _: "\ufeff" + csv_rows((("name",), (cell,))))


@settings(deadline=None, max_examples=50)
@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80) | st.sampled_from(["=1+1", "''-1"])
)
def test_any_text_comes_back_from_a_workbook(text: str) -> None:
    found = CalamineWorkbook.from_filelike(io.BytesIO(one_sheet(harmless(text)))).get_sheet_by_index(0).to_python()
    assert found[3] == [text]


def test_a_text_that_finds_no_room_is_cut_where_one_sees_it() -> None:
    found = CalamineWorkbook.from_filelike(io.BytesIO(one_sheet("长" * 40_000))).get_sheet_by_index(0).to_python()
    assert found[3] == ["长" * (LONGEST - 1) + "…"]


def test_the_heads_stay_and_can_be_filtered(plain: Path) -> None:
    import zipfile

    with zipfile.ZipFile(plain / "data" / "pledges.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert 'ySplit="3"' in sheet and 'state="frozen"' in sheet and '<autoFilter ref="A3:' in sheet
    assert "<f>" not in sheet and "<cols>" in sheet
