"""What is wrong in a table that a translator sent back is told at its cell, and nothing is written."""

from __future__ import annotations

import pytest
from clerks import Clerk, Rows, Said, saved
from translators import DRAFT, SHEET, STALE, fill, table, told


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"new": "字\u200b"}, "G3: this cell contains an invisible special character (U+200B)"),
        ({"new": "See [it](term:deng)."}, "G3: "),
        ({"new": "**Begun**"}, "G3: "),
        ({"new": "…"}, "G3: "),
        ({"new": "x" * 2001}, "G3: "),
        ({"right": "perhaps"}, "H3: “perhaps” is neither yes nor no"),
        ({"right": "yes", "new": "Six."}, "H3: this row has a new translation and also says"),
        ({"key": "", "new": "Six."}, "J3: this row does not say which text it translates"),
        (
            {"key": f"{STALE}x", "new": "Six."},
            "G3: the text of this row (zhiyuan-1.updates.2031-03-01-under-way.textx)",
        ),
    ],
)
def test_a_wrong_cell_is_told_at_its_place(cells: dict[str, str], expected: str, agency: Clerk, capsys: Said) -> None:
    fill(table(agency), STALE, **cells)
    lines = told(agency, capsys)
    assert lines and all(line.startswith(f"[{SHEET}] {expected}") for line in lines), lines


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(agency: Clerk, capsys: Said) -> None:
    (agency.content / "districts" / "yunzhou.yaml").write_text(DRAFT, "utf-8")
    table(agency)
    fill(agency, STALE, new="Work has begun on six.")
    fill(agency, "yunzhou yunzhou-1.title", new="A bridge, [built](term:denglong)")
    fill(agency, "yunzhou yunzhou-1.text", right="yes")
    fill(agency, "yunzhou yunzhou.summary", new="See the [lamp](term:lamp).")
    places = [line.partition(": ")[0] for line in told(agency, capsys)]
    assert places == [f"[{SHEET}] {cell}" for cell in ("G6", "H7")]
    fill(agency, "yunzhou yunzhou-1.text", right="")
    assert [line.partition(": ")[0] for line in told(agency, capsys)] == [f"[{SHEET}] G6"]


def test_a_row_that_is_there_twice(agency: Clerk, capsys: Said) -> None:
    def copy(rows: Rows) -> None:
        rows += [[*rows[2]], [*rows[2]]]

    fill(table(agency), STALE, new="Work has begun on six.")
    agency.fill_in(SHEET, copy)
    lines = told(agency, capsys)
    assert [line.partition("” ")[2][:20] for line in lines] == ["is in row 3 already."] * 2


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        ({6: "translation.en/neu"}, ["G1: the key “translation.en/neu” is not known"]),
        ({6: "translation.en/note"}, ["I1: the key “translation.en/note” appears twice"]),
        ({6: ""}, ["E1: the hidden row of keys lacks translation.en/new, so this table cannot be read"]),
        ({7: ""}, ["E1: the hidden row of keys lacks translation.en/right, so this table cannot be read"]),
        ({6: "translation.zh/new"}, ["G1: the key “translation.zh/new” is not known"]),
    ],
)
def test_wrong_keys(spoil: dict[int, str], expected: list[str], agency: Clerk, capsys: Said) -> None:
    def change(rows: Rows) -> None:
        for place, key in spoil.items():
            rows[0][place] = key

    table(agency).fill_in(SHEET, change)
    assert [line.partition(". ")[0].removeprefix(f"[{SHEET}] ") for line in told(agency, capsys)] == expected


def test_a_sheet_that_lost_its_keys_beside_one_that_has_them(agency: Clerk, capsys: Said) -> None:
    sheets = table(agency).sheets()
    agency.book.write_bytes(saved({SHEET: sheets[SHEET][1:], "one": sheets[SHEET]}))
    (line,) = told(agency, capsys)
    assert line.startswith(f"[{SHEET}] A1: this sheet has lost its hidden first row")


def test_two_kinds_of_sheets_in_one_file(agency: Clerk, capsys: Said) -> None:
    sheets = table(agency).sheets()
    agency.book.unlink()
    agency.write()
    agency.book.write_bytes(saved(sheets | {"Pledges": agency.sheets()["Pledges"]}))
    (line,) = told(agency, capsys)
    assert line.startswith("[Pledges] A1: this file mixes two kinds of sheets")
