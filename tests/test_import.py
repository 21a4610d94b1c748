"""Tables read back into the content: what changes, what is told, and that nothing else is touched."""

from __future__ import annotations

import csv
import datetime
import difflib
import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clerks import Clerk, Rows, columns, saved

from gazette.cli import table_commands as command
from gazette.files import replacing

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None and not os.environ.get("CI"), reason="no LibreOffice is installed"
)

Said = pytest.CaptureFixture[str]


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


# ── what changes ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sheet", "id", "number", "key", "value", "lines"),
    [
        (
            "Pledges",
            "zhiyuan-2",
            "",
            "deadline",
            datetime.date(2031, 7, 31),
            ["-    deadline: 2031-06", "+    deadline: 2031-07-31"],
        ),
        (
            "Pledges",
            "dengmi-2",
            "",
            "themes",
            "mechanism，water",
            ["-    themes: [mechanism]", "+    themes: [mechanism, water]"],
        ),
        ("Pledges", "dengmi-3", "", "programmes", "", ["-    programmes: [fengzheng-xingdong]"]),
        ("Pledges", "dengmi-2", "", "draft", "yes", ["+    draft: yes"]),
        ("Updates", "dengmi-4", "3", "draft", "", ["-        draft: true"]),
        ("Updates", "dengmi-1", "1", "date", "2031/4/2", ["-      - date: 2031-04-01", "+      - date: 2031-04-02"]),
    ],
)
def test_one_changed_cell_is_one_changed_line(
    sheet: str, id: str, number: str, key: str, value: Any, lines: list[str], clerk: Clerk
) -> None:
    clerk.write().set(sheet, id, key, value, number)
    assert imported(clerk) == lines


def test_changes_are_told_as_sentences(clerk: Clerk, capsys: Said) -> None:
    clerk.write(language="zh")
    clerk.set("承诺", "zhiyuan-2", "deadline", "2031-07-31")
    clerk.set("承诺", "dengmi-3", "programmes", "")
    clerk.set("进展", "dengmi-1", "by.zh", "虚城整改办", "1")
    clerk.set("进展", "dengmi-1", "by.en", "Office", "1")
    reached = {"reached_value": 2.0, "reached_of": "3", "reached_unit_zh": "个", "reached_unit_en": "circles"}
    texts = {"text_zh": "画好了。", "text_en": "Drawn."}
    clerk.add("进展", id="dengmi-5", date="2031-06-01", state="milestone（部分完成）", **texts, **reached)
    capsys.readouterr()
    imported(clerk, language="zh")
    said = capsys.readouterr().out.splitlines()
    assert said[:7] == [
        "zhiyuan-2 纸鸢区：期限由“2031-06”改为“2031-07-31”",
        "dengmi-1 灯谜区：进展第 1 条，提出或批准方（中文）填为“虚城整改办”",
        "dengmi-1 灯谜区：进展第 1 条，提出或批准方（English）填为“Office”",
        "dengmi-3 灯谜区：删去专项行动与文件（原为“fengzheng-xingdong”）",
        "dengmi-5 灯谜区：新增进展：日期 2031-06-01，状态 milestone（部分完成），"
        "内容（中文） 画好了。，内容（English） Drawn.，"
        "已完成多少·数值 2，已完成多少·总数 3，已完成多少·单位（中文） 个，已完成多少·单位（English） circles",
        "共 5 处改动，涉及 2 个单位的文件。",
        f"已写入：{', '.join(str(clerk.content / 'districts' / f'{name}.yaml') for name in ('zhiyuan', 'dengmi'))}",
    ]


def test_long_texts_are_shown_where_they_differ(clerk: Clerk, capsys: Said) -> None:
    clerk.write()
    rows = clerk.sheets()["Pledges"]
    before = rows[2][columns(rows)["text.en"]]
    assert len(before) > 100
    clerk.set("Pledges", "zhiyuan-1", "text.en", f"{before[:80]}XYZ{before[80:]}")
    imported(clerk, "--yes")
    said = capsys.readouterr().out
    assert f"from “…{before[68:80]}" in said and f"to “…{before[68:80]}XYZ{before[80:90]}" in said


def test_new_entries_come_in_the_order_of_their_days(clerk: Clerk) -> None:
    clerk.write()
    for day, text in (("2031-07-01", "three"), ("2031-04-01", "one"), ("2031-05-01", "two")):
        clerk.add("Updates", id="zhiyuan-2", date=day, state="under-way", text_zh="一。", text_en=text)
    clerk.add(
        "Deadlines moved",
        id="zhiyuan-2",
        date="2031-06-15",
        to="2031-12",
        by_zh="办",
        by_en="O",
        reason_zh="雨。",
        reason_en="Rain.",
    )
    found = imported(clerk)
    assert all(line.startswith("+") for line in found)
    text = (clerk.content / "districts" / "zhiyuan.yaml").read_text("utf-8")
    assert re.findall(r"en: (one|two|three|Half is cleared\.)\}", text) == ["one", "Half is cleared.", "two", "three"]
    assert "    moved:\n      - date: 2031-06-15\n        to: 2031-12\n        by: {zh: 办, en: O}\n" in text


def test_assignments_and_corrections_are_entered(clerk: Clerk) -> None:
    clerk.write()
    why = {"by_zh": "办", "by_en": "O", "reason_zh": "雨。", "reason_en": "Rain."}
    was = {"was.deadline": "2031-12", "kind": "correction"}
    clerk.add("Assignments", id="zhiyuan-3", name_zh="专班", name_en="Team", role="task-force", since="2031-02-01")
    clerk.add("Corrections and changes", id="zhiyuan-3", date="2031-06-15", **why, **was)
    assert imported(clerk) == [
        "+    assigned:",
        "+      - name: {zh: 专班, en: Team}",
        "+        since: 2031-02-01",
        "+        role: task-force",
        "+    revisions:",
        "+      - date: 2031-06-15",
        "+        kind: correction",
        "+        reason: {zh: 雨。, en: Rain.}",
        "+        by: {zh: 办, en: O}",
        "+        was: {deadline: 2031-12}",
    ]


def test_a_heading_as_printed_becomes_one_in_each_language_and_back(clerk: Clerk) -> None:
    clerk.write()
    clerk.set("Pledges", "zhiyuan-2", "source.section.zh", "附件")
    clerk.set("Pledges", "zhiyuan-2", "source.section.en", "Annex")
    clerk.set("Pledges", "zhiyuan-2", "source.section", "")
    gone, came = imported(clerk)
    assert "section: {zh: 附件, en: Annex}" in came and "section: 纸鸢区" in gone
    clerk.book.unlink()
    clerk.write()
    clerk.set("Pledges", "zhiyuan-2", "source.section.zh", "")
    clerk.set("Pledges", "zhiyuan-2", "source.section.en", "")
    clerk.set("Pledges", "zhiyuan-2", "source.section", "纸鸢区")
    assert [line[0] for line in imported(clerk)] == ["-", "+"]


def test_a_reply_with_its_evidence(clerk: Clerk) -> None:
    clerk.write()
    for key, value in (
        ("date", "2031-08-01"),
        ("text.zh", "已改。"),
        ("text.en", "Done."),
        ("evidence.1.title.zh", "照片"),
        ("evidence.1.title.en", "Photo"),
    ):
        clerk.set("Pledges", "zhiyuan-3", f"reply.{key}", value)
    assert all(line.startswith("+") for line in imported(clerk))
    clerk.book.unlink()
    assert "reply.evidence.2.title.zh" in columns(clerk.write().sheets()["Pledges"])


def test_paragraphs_and_evidence(clerk: Clerk) -> None:
    clerk.write()
    clerk.set("Updates", "dengmi-1", "text.zh", "第一段。\n第二段。", "1")
    clerk.set("Updates", "dengmi-1", "evidence.1.title.zh", "照片", "1")
    clerk.set("Updates", "dengmi-1", "evidence.1.title.en", "Photo", "1")
    clerk.set("Updates", "dengmi-3", "evidence.1.title.zh", "", "2")
    clerk.set("Updates", "dengmi-3", "evidence.1.title.en", "", "2")
    assert imported(clerk) == [
        "-        text: {zh: 已现场核查。, en: The place was inspected.}",
        '+        text: {zh: "第一段。\\n\\n第二段。", en: The place was inspected.}',
        "+        evidence:",
        "+          - title: {zh: 照片, en: Photo}",
        "-        evidence:",
        "-          - title: {zh: 验收单, en: Acceptance sheet}",
    ]


def test_rows_that_are_gone_change_nothing(clerk: Clerk) -> None:
    clerk.write().fill_in("Updates", lambda rows: rows.__delitem__(slice(3, 6)))
    assert imported(clerk) == []


# ── who else writes ──────────────────────────────────────────────────────────


def edit(clerk: Clerk, old: str, new: str, name: str = "dengmi.yaml") -> None:
    file = clerk.content / "districts" / name
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def test_what_others_changed_meanwhile_stays(clerk: Clerk) -> None:
    """Their rows, as the workbook has them, say nothing."""
    clerk.write().set("Pledges", "dengmi-2", "themes", "water")
    edit(clerk, "title: {zh: 停用旧锅炉,", "title: {zh: 停用旧锅炉吧,")
    edit(clerk, "      - date: 2031-06-01\n", "      - date: 2031-06-02\n")
    assert imported(clerk) == ["-    themes: [mechanism]", "+    themes: [water]"]


def test_a_row_that_both_changed_is_told(clerk: Clerk, capsys: Said) -> None:
    clerk.write().set("Pledges", "dengmi-3", "themes", "water")
    edit(clerk, "title: {zh: 停用旧锅炉,", "title: {zh: 停用旧锅炉吧,")
    before = clerk.files()
    assert clerk.run("import", str(clerk.book), "--yes") == 1
    assert re.search(r"\[Pledges\] C13: “dengmi-3” has changed in the content since", capsys.readouterr().err)
    assert clerk.files() == before


def test_a_file_that_changes_while_somebody_is_asked_is_left_alone(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    clerk.write().set("Pledges", "dengmi-2", "themes", "water")

    def wanted(_: object) -> bool:
        edit(clerk, "done_when: {zh: 清单已公示。", "done_when: {zh: 清单公示了。")
        return True

    monkeypatch.setattr(command, "_is_wanted", wanted)
    assert clerk.run("import", str(clerk.book)) == 1
    assert "was changed by somebody else meanwhile" in capsys.readouterr().err
    assert "清单公示了" in clerk.files()["dengmi.yaml"].decode()


def test_an_interrupted_import_loses_nothing(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.write()
    clerk.set("Pledges", "zhiyuan-2", "deadline", "2031-07-31")
    clerk.set("Pledges", "dengmi-2", "themes", "water")
    before = clerk.files()
    for stop in (1, 2, 3, 4):
        steps = iter(range(1, 100))

        def count(*_: object, stop: int = stop, steps: Any = steps, **__: object) -> None:
            if next(steps) == stop:
                raise KeyboardInterrupt

        def stopped(real: Callable[..., Any], count: Any = count) -> Callable[..., Any]:
            return lambda *a, **k: (count(), real(*a, **k))[1]

        with monkeypatch.context() as patch:
            patch.setattr(replacing, "sync", stopped(replacing.sync))
            patch.setattr(Path, "replace", stopped(Path.replace))
            assert clerk.run("import", str(clerk.book), "--yes") == 130
        found = clerk.files()
        assert set(found) == set(before)  # nothing is left lying about
        assert all(found[name] == before[name] or name in ("zhiyuan.yaml", "dengmi.yaml") for name in before)
    assert clerk.run("import", str(clerk.book), "--yes") == 0
    assert len(difference(before, clerk.files())) == 4


# ── asking ───────────────────────────────────────────────────────────────────


def test_nobody_to_ask_and_only_looking(clerk: Clerk, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.write().set("Pledges", "zhiyuan-2", "deadline", "2031-07-31")
    before = clerk.files()
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert clerk.run("import", str(clerk.book)) == 2
    assert "Add --yes to write" in capsys.readouterr().err
    assert clerk.run("import", str(clerk.book), "--dry-run") == 0
    assert "nothing was written" in capsys.readouterr().out
    assert clerk.files() == before


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("是", True), ("", False), ("n", False), (None, False)])
def test_somebody_is_asked(answer: str | None, written: bool, clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    clerk.write().set("Pledges", "zhiyuan-2", "deadline", "2031-07-31")
    before = clerk.files()
    monkeypatch.setattr("sys.stdin", Terminal("" if answer is None else f"{answer}\n"))
    assert clerk.run("import", str(clerk.book), language="zh" if answer == "是" else "en") == 0
    assert (clerk.files() != before) is written


# ── what is wrong ────────────────────────────────────────────────────────────


def told(clerk: Clerk, capsys: Said) -> list[str]:
    """What is told of a workbook that must be refused, without the path."""
    before = clerk.files()
    capsys.readouterr()
    assert clerk.run("import", str(clerk.book), "--yes") == 1
    lines = capsys.readouterr().err.splitlines()
    assert clerk.files() == before and lines[-1].startswith("Nothing was written")
    return [line.removeprefix(f"{clerk.book} ") for line in lines[:-2]]


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
            "E4: this cell holds a character that cannot be seen (U+2028)",
        ),
        (
            "Pledges",
            "zhiyuan-2",
            "",
            "text.zh",
            "一\u200b二",
            "E4: this cell holds a character that cannot be seen (U+200B)",
        ),
        ("Pledges", "zhiyuan-2", "", "title.zh", "一\n二", "C4: "),
        ("Pledges", "zhiyuan-2", "", "title.zh", "字" * 121, "C4: "),
        ("Pledges", "zhiyuan-2", "", "title.zh", "建成12座水站", "C4: "),
        ("Pledges", "zhiyuan-2", "", "withdrawn.date", "2031-09-01", "AK4: “Withdrawn: Reason"),
        ("Pledges", "zhiyuan-2", "", "formerly", "zhiyuan-1", "AU4: “zhiyuan-1” under formerly is already used"),
        ("Pledges", "zhiyuan-2", "", "draft", "perhaps", "AV4: “perhaps” is neither yes nor no"),
        ("Pledges", "zhiyuan-2", "", "id", "zhiyuan-99", "A4: no pledge has the id “zhiyuan-99”."),
        ("Pledges", "zhiyuan-2", "", "id", "zhiyuan-1", "A4: “zhiyuan-1” is in row 3 already."),
        ("Pledges", "zhiyuan-2", "", "id", "", "A4: this row does not say which pledge it is about."),
        ("Updates", "dengmi-1", "1", "date", "1 April", "D7: the date “1 April” cannot be read."),
        ("Updates", "dengmi-1", "1", "date", "", "D7: “Date” is needed here"),
        ("Updates", "dengmi-1", "1", "state", "accepted", "A7: the state “accepted” still needs: "),
        ("Updates", "dengmi-4", "1", "number", "2", "A12: “dengmi-4 2” is in row 11 already."),
        ("Updates", "dengmi-4", "1", "date", "2031-12-01", "A11: updates stand in order of date"),
        (
            "Updates",
            "dengmi-4",
            "1",
            "notice.end",
            "2031-02-01",
            "AB11: the notice ends on 2031-02-01, before it begins",
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
        "[Pledges] E1: the key “pledges/title.en” is there twice",
    ]


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
        ("a.txt", b"x", "is no kind of table that can be read"),
        ("a.xlsx", b"PK\x03\x04broken", "this file is no sound table"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "this file is no sound table"),
        ("a.ods", b"", "this file is no sound table"),
        ("a.csv", b"\xff\x81\xff", "neither UTF-8 nor GB18030"),
        ("a.csv", "甲,乙\n1,2\n".encode(), "nobody can tell what this table is (its first row is “甲, 乙”)"),
        ("a.csv", b"", "nobody can tell what this table is"),
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
    own_table(clerk, [1, "zhiyuan-2", "2031-06-01", "推进中", "清完了。", "", "某"], [2, "", "", "", "合计", "", ""])
    assert [line.partition(". ")[0] for line in told(clerk, capsys)] == [
        "[月报] F4: a language of this text is missing: “Text (English)” is empty",
        "[月报] B5: this row does not say which pledge it is about",
    ]


def test_a_description_is_content(clerk: Clerk, capsys: Said) -> None:
    """It is checked with the rest, and no page shows it."""
    (clerk.content / "tables.yaml").write_text(TABLES, "utf-8")
    assert clerk.run("check") == 0
    (clerk.content / "tables.yaml").write_text(TABLES.replace("field: state", "field: stat"), "utf-8")
    assert clerk.run("check") == 1
    assert re.search(r"tables.yaml:6:\d+: rows of this kind .* “stat”. Did you mean “state”", capsys.readouterr().err)


# ── another program ──────────────────────────────────────────────────────────


@needs_libreoffice
def test_a_workbook_that_libreoffice_saved(clerk: Clerk, tmp_path: Path) -> None:
    """Saved as a flat document, one cell changed there, saved as ODS and as XLS: one changed cell, one changed line."""
    assert SOFFICE is not None

    def convert(file: Path, kind: str) -> Path:
        asked = ["--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", kind]
        subprocess.run([SOFFICE, *asked, "--outdir", str(tmp_path / kind), str(file)], check=True, capture_output=True)
        return tmp_path / kind / f"{file.stem}.{kind}"

    flat = convert(clerk.write().book, "fods")
    text = flat.read_text("utf-8")
    assert text.count(">Clear the river by the end of June<") >= 1
    flat.write_text(text.replace(">Clear the river by the end of June<", ">Clear the river: all of it<", 1), "utf-8")
    before = clerk.files()
    for kind in ("ods", "xls"):
        clerk.book = convert(flat, kind)
        assert imported(clerk) == [
            "-    title: {zh: 六月底前清完河道, en: Clear the river by the end of June}",
            '+    title: {zh: 六月底前清完河道, en: "Clear the river: all of it"}',
        ]
        for name, data in before.items():
            (clerk.content / "districts" / name).write_bytes(data)
