"""Tables read back into the content: what changes, and that nothing else is touched."""

from __future__ import annotations

import datetime
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clerks import Clerk, Said, columns, difference, edit, imported

from gazette.cli import table_commands as command

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
        "Deadlines changed",
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


def test_the_title_of_a_joint_pledge_follows_in_the_file_of_the_other_unit(clerk: Clerk, capsys: Said) -> None:
    clerk.write().set("Pledges", "zhiyuan-2", "title.en", "Clear the river: all of it")
    capsys.readouterr()
    assert (
        imported(clerk)
        == [
            "-    title: {zh: 六月底前清完河道, en: Clear the river by the end of June}",
            '+    title: {zh: 六月底前清完河道, en: "Clear the river: all of it"}',
        ]
        * 2
    )
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("dengmi Dengmi District: Joint pledges with others 1: Title (English) from “Clear")
    assert lines[2] == "2 changes, in the files of 2 units." and clerk.run("check") == 0


# ── who else writes ──────────────────────────────────────────────────────────


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
    assert "somebody else changed this file in the meantime" in capsys.readouterr().err
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
            patch.setattr(os, "fsync", stopped(os.fsync))
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
