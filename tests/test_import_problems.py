"""Tables with something wrong: told at its cell, all at once, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from clerks import Clerk, Rows, Said, columns, edit, imported, told

import build


@pytest.mark.parametrize(
    ("sheet", "id", "number", "key", "value", "expected"),
    [
        ("Pledges", "zhiyuan-2", "", "deadline", "next year", "T4: the deadline “next year” cannot be read."),
        ("Pledges", "zhiyuan-2", "", "deadline", "2031-13", "T4: there is no such date as “2031-13”"),
        ("Pledges", "zhiyuan-2", "", "checkable", "perhaps", "J4: “perhaps” is not one of the choices."),
        (
            "Pledges",
            "zhiyuan-2",
            "",
            "title.en",
            "",
            "D4: a language of this text is missing: “Title (English)” is empty.",
        ),
        ("Pledges", "zhiyuan-2", "", "covers", "two", "B4: "),
        ("Pledges", "zhiyuan-2", "", "covers", "1", "B4: item 1 is covered both by zhiyuan-1 and here"),
        ("Pledges", "zhiyuan-2", "", "themes", "watre", "G4: "),
        ("Pledges", "zhiyuan-2", "", "themes", "", "G4: “Themes” is needed here, and the cell is empty."),
        ("Pledges", "zhiyuan-2", "", "source.section", "", "V4: “Source: Heading” is needed here"),
        ("Pledges", "zhiyuan-2", "", "target.value", "12", "P4: “Target: Unit"),
        ("Pledges", "zhiyuan-2", "", "text.zh", "见[灯](term:deng)", "E4: "),
        ("Pledges", "zhiyuan-2", "", "text.zh", "**粗**", "E4: "),
        (
            "Pledges",
            "zhiyuan-2",
            "",
            "text.zh",
            "一\u2028二",
            "E4: this cell contains an invisible special character (U+2028)",
        ),
        (
            "Pledges",
            "zhiyuan-2",
            "",
            "text.zh",
            "一\u200b二",
            "E4: this cell contains an invisible special character (U+200B)",
        ),
        ("Pledges", "zhiyuan-2", "", "title.zh", "一\n二", "C4: "),
        ("Pledges", "zhiyuan-2", "", "title.zh", "字" * 121, "C4: "),
        ("Pledges", "zhiyuan-2", "", "title.zh", "建成12座水站", "C4: "),
        ("Pledges", "zhiyuan-2", "", "withdrawn.date", "2031-09-01", "AN4: “Withdrawn: Reason"),
        ("Pledges", "zhiyuan-2", "", "formerly", "zhiyuan-1", "BA4: “zhiyuan-1” under formerly is already used"),
        ("Pledges", "zhiyuan-2", "", "draft", "perhaps", "BB4: “perhaps” is neither yes nor no"),
        ("Pledges", "zhiyuan-2", "", "id", "zhiyuan-99", "A4: no pledge has the id “zhiyuan-99”."),
        ("Pledges", "zhiyuan-2", "", "id", "zhiyuan-1", "A4: “zhiyuan-1” is in row 3 already."),
        ("Pledges", "zhiyuan-2", "", "id", "", "A4: this row does not say which pledge it is about."),
        ("Updates", "dengmi-1", "1", "date", "1 April", "D7: the date “1 April” cannot be read."),
        ("Updates", "dengmi-1", "1", "date", "1\nApril", "D7: the date “1 April” cannot be read."),
        ("Updates", "dengmi-1", "1", "date", 47945, "D7: the date “47945” cannot be read. Did you mean “2031-04-07”?"),
        ("Updates", "dengmi-1", "1", "date", "", "D7: “Date” is needed here"),
        ("Updates", "dengmi-1", "1", "state", "accepted", "A7: the state “accepted” still needs: "),
        ("Updates", "dengmi-4", "1", "number", "2", "A12: “dengmi-4 2” is in row 11 already."),
        ("Updates", "dengmi-4", "1", "date", "2031-12-01", "D11: updates must be in order of date"),
        (
            "Updates",
            "dengmi-4",
            "1",
            "notice.end",
            "2031-02-01",
            "AO11: the notice ends on 2031-02-01, before it begins",
        ),
    ],
)
def test_a_wrong_cell_is_told_at_its_place(
    sheet: str, id: str, number: str, key: str, value: Any, expected: str, clerk: Clerk, capsys: Said
) -> None:
    clerk.write().set(sheet, id, key, value, number)
    lines = told(clerk, capsys)
    assert lines and any(line.startswith(f"[{sheet}] {expected}") for line in lines), lines


def test_all_that_is_wrong_is_told_at_once(clerk: Clerk, capsys: Said) -> None:
    clerk.write()
    clerk.set("Pledges", "zhiyuan-2", "deadline", "soon")
    clerk.set("Pledges", "zhiyuan-1", "checkable", "perhaps")
    clerk.set("Pledges", "dengmi-2", "title.en", "")
    clerk.add("Updates", id="dengmi-2", date="2031-08-01", state="accepted", text_zh="一。", text_en="One.")
    clerk.add("Updates", date="2031-08-01")
    places = [line.partition(": ")[0] for line in told(clerk, capsys)]
    assert places == ["[Pledges] J3", "[Pledges] T4", "[Pledges] D12", "[Updates] A15", "[Updates] A16"]


def test_a_number_that_there_is_not(clerk: Clerk, capsys: Said) -> None:
    clerk.write().set("Updates", "dengmi-1", "text.en", "Another.", "1")
    clerk.set("Updates", "dengmi-1", "number", "3", "1")
    (line,) = told(clerk, capsys)
    assert line.startswith("[Updates] B7: the number “3” is wrong")


def test_wrong_keys(clerk: Clerk, capsys: Said) -> None:
    def spoil(rows: Rows) -> None:
        rows[0][2], rows[0][4] = "pledges/titel.zh", "pledges/title.en"

    clerk.write().fill_in("Pledges", spoil)
    assert [line.partition(". ")[0] for line in told(clerk, capsys)] == [
        "[Pledges] C1: the key “pledges/titel.zh” is not known",
        "[Pledges] E1: the key “pledges/title.en” appears twice",
    ]


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        ({"C1": ""}, ["C1: the hidden key of this column (pledges/title.zh, in the row above the headings) is gone"]),
        ({"A1": ""}, ["A1: the hidden key of this column (pledges/id, in the row above the headings) is gone"]),
        ({"X1": "经办", "X2": "经办人", "X3": "某"}, []),
        ({"X2": "经办人", "X3": "某"}, []),
    ],
)
def test_a_column_without_its_key(spoil: dict[str, str], expected: list[str], clerk: Clerk, capsys: Said) -> None:
    """One of ours would be lost without a word; one that an office put beside them (X) is its own business."""

    def change(rows: Rows) -> None:
        wide = len(rows[0])
        for cell, value in spoil.items():
            row, place = rows[int(cell[1]) - 1], wide if cell[0] == "X" else "ABC".index(cell[0])
            row[place:] = [value, *row[place + 1 :]]

    clerk.write().fill_in("Pledges", change)
    found = told(clerk, capsys) if expected else imported(clerk)
    assert [line.partition(", and without")[0].removeprefix("[Pledges] ") for line in found] == expected


def test_the_state_of_rows_without_its_key(clerk: Clerk, capsys: Said) -> None:
    """Without it nobody would notice that somebody else has changed the row, too."""
    clerk.write().fill_in("Updates", lambda rows: rows[0].__setitem__(columns(rows)["row_state"], ""))
    (line,) = told(clerk, capsys)
    assert "(updates/row_state, " in line


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sheet_without_its_row_of_keys(language: str, clerk: Clerk, capsys: Said) -> None:
    sheet = {"zh": "进展", "en": "Updates"}[language]
    clerk.write(language=language).fill_in(sheet, lambda rows: rows.__delitem__(0))
    (line,) = told(clerk, capsys)
    assert line.startswith(f"[{sheet}] A1: this sheet has lost its hidden first row")


def test_a_row_that_was_copied_to_begin_another(clerk: Clerk, capsys: Said) -> None:
    """It has the hidden code of the first, and says something new all the same."""

    def copied(id: str, number: str) -> Callable[[Rows], None]:
        def change(rows: Rows) -> None:
            rows.append([id, number, *next(row for row in rows if row[0] == "dengmi-1")[2:]])

        return change

    clerk.write().fill_in("Updates", copied("dengmi-5", "2"))
    assert [line.partition(" is wrong")[0] for line in told(clerk, capsys)] == ["[Updates] B15: the number “2”"]
    clerk.book.unlink()
    clerk.write().fill_in("Updates", copied("dengmi-5", ""))
    assert len(imported(clerk)) == 4


def test_a_row_that_was_emptied(clerk: Clerk, capsys: Said) -> None:
    def empty(rows: Rows) -> None:
        of = columns(rows)
        rows[2] = [cell if place in (0, 1, of["row_state"]) else "" for place, cell in enumerate(rows[2])]

    clerk.write().fill_in("Updates", empty)
    (line,) = told(clerk, capsys)
    assert line.startswith("[Updates] D3: the whole row of “zhiyuan-1” was emptied.")


def test_wrong_content_is_told_first(clerk: Clerk, capsys: Said) -> None:
    clerk.write()
    edit(clerk, "themes: [air]", "themes: [ear]")
    assert clerk.run("import", str(clerk.book), "--yes") == 1
    assert "dengmi.yaml:" in capsys.readouterr().err


# ── what check looks at beside the file ──────────────────────────────────────


def test_what_was_published_is_changed_by_a_revision_only(clerk: Clerk, capsys: Said) -> None:
    assert build.main(["register", "--content", str(clerk.content), "--at", "2031-10-01"]) == 0
    clerk.write().set("Pledges", "zhiyuan-2", "deadline", "2031-09")
    (line,) = told(clerk, capsys)
    assert line.startswith("[Pledges] T4: ") and "register/zhiyuan.tsv" in line
    assert "“Deadlines changed”" in line and "“Corrections and changes”" in line
    why = {"reason_zh": "抄错了。", "reason_en": "Copied wrongly.", "kind": "correction"}
    clerk.add("Corrections and changes", id="zhiyuan-2", date="2031-09-15", **why, **{"was.deadline": "2031-06"})
    assert imported(clerk) and clerk.run("check") == 0


def test_what_spoils_the_file_of_another_unit_is_told_there(clerk: Clerk, capsys: Said) -> None:
    clerk.write().set("Joint units", "zhiyuan-2", "unit", "yinghuo", "1")
    clerk.set("Joint units", "zhiyuan-2", "name.zh", "萤火新区", "1")
    clerk.set("Joint units", "zhiyuan-2", "name.en", "Yinghuo New Area", "1")
    lines = told(clerk, capsys)
    assert f"{clerk.content}/districts/dengmi.yaml:17:13: zhiyuan-2 does not list this unit" in " ".join(lines)
    assert any(line.startswith("[Joint units] D3: zhiyuan-2 is a joint pledge with yinghuo") for line in lines), lines


def test_what_a_unit_that_is_gone_published_is_not_lost(clerk: Clerk, capsys: Said) -> None:
    register = clerk.content / "register" / "gone.tsv"
    register.parent.mkdir()
    register.write_text("dengmi-9\tdeadline\t\t2031-03-01\t2031\n", "utf-8")
    assert clerk.run("check") == 0
    row = clerk.write().sheets()["Pledges"]
    (id,) = (each[0] for each in row[2:] if each[columns(row)["formerly"]] == "dengmi-9")
    clerk.set("Pledges", id, "formerly", "")
    (line,) = told(clerk, capsys)
    assert line.startswith(f"{register}:1:1: ") and "dengmi-9" in line


def test_units_that_do_not_agree_are_told_before_anything_is_read(clerk: Clerk, capsys: Said) -> None:
    clerk.write()
    edit(clerk, "  - pledge: zhiyuan-2\n", "  - pledge: zhiyuan-3\n")
    assert clerk.run("check") == 1
    expected = {line for line in capsys.readouterr().err.splitlines() if "districts" in line}
    assert clerk.run("import", str(clerk.book), "--yes") == 1
    assert expected and expected <= {*capsys.readouterr().err.splitlines()}


def test_a_figure_that_a_report_contradicts_is_told_at_the_figure(clerk: Clerk, capsys: Said) -> None:
    """Not at a row that was changed, too, and lies nearer to the report; and with the sheets that mend it."""
    file = clerk.content / "districts" / "dengmi.yaml"
    earlier = "      - date: 2031-03-2{}\n        state: {}\n        text: {{zh: 开始。, en: Begun.}}\n"
    reached = "        reached: {value: 1, of: 3, unit: {zh: 处, en: outfalls}}\n"
    new, first = earlier.format(0, "under-way") + earlier.format(5, "milestone") + reached, "      - date: 2031-04-01\n"
    file.write_text(file.read_text("utf-8").replace(first, new + first, 1), "utf-8")
    clerk.write().set("Updates", "dengmi-1", "text.en", "Begun in March.", "1")
    clerk.set("Pledges", "dengmi-1", "target.value", 4)
    (line,) = told(clerk, capsys)
    place = f"[Pledges] O{next(n for n, row in enumerate(clerk.sheets()['Pledges'], 1) if row[0] == 'dengmi-1')}: "
    assert line.startswith(place) and "“Updates”" in line and "“Figures changed”" in line, line
