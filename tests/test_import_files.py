"""The kinds of files that tables come in: of spreadsheets, of other programs, and a district's own."""

from __future__ import annotations

import csv
import datetime
import io
import re
from pathlib import Path
from typing import Any

import pytest
from clerks import Clerk, Rows, Said, columns, imported, saved, told
from offices import converted, needs_libreoffice

# ── kinds of files ───────────────────────────────────────────────────────────


def as_csv(rows: Rows, between: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=between, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize(
    ("encoding", "between"), [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", ","), ("gbk", "\t"), ("utf-16", "\t")]
)
def test_csv_as_spreadsheets_save_it(encoding: str, between: str, clerk: Clerk) -> None:
    rows = clerk.write().sheets()["Updates"]
    row = next(row for row in rows if row[0] == "dengmi-1")
    row[columns(rows)["text.zh"]] = "'=查过了，“好”；\n没有问题。"
    clerk.book = clerk.folder / "updates.csv"
    clerk.book.write_bytes(as_csv(rows, between).encode(encoding))
    (old, new) = imported(clerk)
    assert "已现场核查。" in old and new.count('"=查过了，“好”；\\n\\n没有问题。"') == 1


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"x", "is not a kind of file that can be read"),
        ("a.xlsx", b"PK\x03\x04broken", "this file is damaged, or is not a table"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "this file is damaged, or is not a table"),
        ("a.ods", b"", "this file is damaged, or is not a table"),
        ("a.csv", b"\xff\x81\xff", "neither UTF-8 nor GB18030"),
        (
            "a.csv",
            "甲,乙\n1,2\n".encode(),
            "there is no telling what kind of table this is (its first row is “甲, 乙”)",
        ),
        ("a.csv", b"", "there is no telling what kind of table this is"),
    ],
)
def test_files_that_are_no_tables(name: str, data: bytes, expected: str, clerk: Clerk, capsys: Said) -> None:
    clerk.book = clerk.folder / name
    clerk.book.write_bytes(data)
    (line,) = told(clerk, capsys)
    assert expected in line


def test_the_package_that_is_missing_is_named(clerk: Clerk, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    clerk.write()
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    (line,) = told(clerk, capsys)
    assert "make setup-office" in line


# ── a district's own table ───────────────────────────────────────────────────

TABLES = """\
- id: monthly
  rows: updates
  columns:
    - {heading: 承诺编号, field: id}
    - {heading: 报告日期, field: date}
    - {heading: 目前状态, field: state}
    - {heading: 情况说明, field: text.zh}
    - {heading: Report, field: text.en}
"""


def own_table(clerk: Clerk, *rows: list[Any]) -> None:
    (clerk.content / "tables.yaml").write_text(TABLES, "utf-8")
    head = ["序号", "承诺编号", "报告日期", "目前\n状态", "情况说明", "Report", "经办人"]
    clerk.book.write_bytes(saved({"月报": [["虚城整改月报表"], [], head, *rows], "其他": [["甲"]]}))


def test_a_districts_own_table_is_read_by_its_headings(clerk: Clerk) -> None:
    own_table(
        clerk,
        [1, "zhiyuan-2", datetime.date(2031, 6, 1), "推进中", "清完了。", "All cleared.", "某"],
        [2, "dengmi-1", "2031年4月1日", "已核查", "又核查了一次。", "Inspected again.", "某"],
    )
    assert imported(clerk) == [
        "-        text: {zh: 已现场核查。, en: The place was inspected.}",
        "+        text: {zh: 又核查了一次。, en: Inspected again.}",
        "+      - date: 2031-06-01",
        "+        state: under-way",
        "+        text: {zh: 清完了。, en: All cleared.}",
    ]


def test_a_districts_own_table_with_a_language_missing(clerk: Clerk, capsys: Said) -> None:
    own_table(clerk, [1, "zhiyuan-2", "2031-06-01", "推进中", "清完了。", "", "某"], [2, "", "", "", "共三处", "", ""])
    assert [line.partition(". ")[0] for line in told(clerk, capsys)] == [
        "[月报] F4: a language of this text is missing: “Text (English)” is empty",
        "[月报] B5: this row does not say which pledge it is about",
    ]


def test_headings_that_are_not_all_there_are_named(clerk: Clerk, capsys: Said) -> None:
    own_table(clerk)
    (clerk.content / "tables.yaml").write_text(TABLES.replace("目前状态", "状态").replace("Report", "Text"), "utf-8")
    (line,) = told(clerk, capsys)
    assert line.startswith(
        "[月报] A3: row 3 has headings of “monthly” (tables.yaml), but not all: there is no 状态, Text."
    )


def test_a_comma_within_a_text_of_csv_moves_nothing_unnoticed(clerk: Clerk, capsys: Said) -> None:
    own_table(clerk)
    clerk.book = clerk.book.with_suffix(".csv")
    head = "承诺编号,报告日期,目前状态,情况说明,Report,经办人"
    right = 'zhiyuan-2,2031-06-01,推进中,清了,"All, at last",某,,'
    clerk.book.write_text(f"{head}\n{right}\ndengmi-1,2031-06-01,推进中,清了,All, at last,某\n", "gb18030")
    assert [line.partition(". ")[0] for line in told(clerk, capsys)] == [
        "G3: “某” stands under no heading: this row has 7 cells, and the row of headings 6"
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["合 计", "", "", "", "2", "", ""],
        ["", "小计：", "", "", "共两处", "", ""],
        ["", "", "", "", "三、总计（处）", "2", ""],
        ["Grand total", "", 2, "", "", "", ""],
        ["SUBTOTAL:", "", "2031-06-01", "", "2", "", ""],
    ],
)
def test_a_row_of_sums_is_passed_over_and_named(row: list[Any], clerk: Clerk, capsys: Said) -> None:
    own_table(clerk, [1, "zhiyuan-2", "2031-06-01", "推进中", "合计清了三处。", "Three in total.", ""], row, row)
    assert len(imported(clerk)) == 3
    assert f"Totals, not read: {clerk.book} [月报], rows 5, 6." in capsys.readouterr().out.splitlines()


def test_a_row_that_names_a_pledge_is_no_row_of_sums(clerk: Clerk) -> None:
    own_table(clerk, ["合计", "zhiyuan-2", "2031-06-01", "推进中", "总计", "Total", ""])
    assert len(imported(clerk)) == 3


def test_a_description_is_content(clerk: Clerk, capsys: Said) -> None:
    """It is checked with the rest, and no page shows it."""
    (clerk.content / "tables.yaml").write_text(TABLES, "utf-8")
    assert clerk.run("check") == 0
    (clerk.content / "tables.yaml").write_text(TABLES.replace("field: state", "field: stat"), "utf-8")
    assert clerk.run("check") == 1
    assert re.search(r"tables.yaml:6:\d+: rows of this kind .* “stat”. Did you mean “state”", capsys.readouterr().err)


# ── another program ──────────────────────────────────────────────────────────


@pytest.mark.long
@needs_libreoffice
def test_a_workbook_that_libreoffice_saved(clerk: Clerk, tmp_path: Path) -> None:
    """Saved as a flat document, one cell changed there, saved as ODS and as XLS: one changed cell, one changed line."""
    flat = converted(clerk.write().book, "fods", tmp_path)
    text = flat.read_text("utf-8")
    assert text.count(">Half is cleared.<") == 1
    flat.write_text(text.replace(">Half is cleared.<", ">Half: it is cleared.<"), "utf-8")
    before = clerk.files()
    for kind in ("ods", "xls"):
        clerk.book = converted(flat, kind, tmp_path)
        assert imported(clerk) == [
            "-        text: {zh: 清了一半。, en: Half is cleared.}",
            '+        text: {zh: 清了一半。, en: "Half: it is cleared."}',
        ]
        for name, data in before.items():
            (clerk.content / "districts" / name).write_bytes(data)
