"""`import-statement`: drafts beside the units, under ids that can be used, and nothing else. The city is invented."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from laid_out import documents
from program import SITE, build, run, tree

import build as program
from gazette.office.entries.dialogue import Dialogue
from gazette.office.statements.import_statement import Request, import_statement
from gazette.office.statements.statement_text import size
from gazette.office.unit_ids import fault_of, plain_id

NOWHERE = Path(__file__).parent / "statements" / "nowhere.txt"
IDS = NOWHERE.with_suffix(".ids")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(SITE, tmp_path / "content")
    return tmp_path / "content"


def test_drafts_are_written_beside_the_units_and_change_nothing_of_the_site(content: Path, tmp_path: Path) -> None:
    without = tree(build(content, tmp_path / "o", "--no-pdf"))
    before = tree(content)
    done = run("import-statement", str(NOWHERE), "--ids", str(IDS), content=content)
    assert done.returncode == 0, done.stderr
    after = tree(content)
    assert {path: after[path] for path in before} == before
    made = {Path(path).stem for path in set(after) - set(before)}
    assert made == {"denglong", "yunzhou", "zhichuan-hu", "unit-04", "unit-05", "unit-06", "unit-07"}
    count = size(NOWHERE.read_text("utf-8"))
    assert f"Characters without spaces: {count} read = " in done.stdout
    checked = run("check", content=content)
    assert checked.returncode == 0 and "districts/yunzhou.yaml:" in checked.stderr
    assert checked.stderr.count("still needs") == 7 + 21
    assert tree(build(content, tmp_path / "o", "--no-pdf")) == without


def test_no_wording_of_the_statement_is_in_anything_that_is_built(content: Path, tmp_path: Path) -> None:
    assert run("import-statement", str(NOWHERE), content=content).returncode == 0
    made = tree(build(content, tmp_path / "o", "--no-pdf"))
    made |= {path: text.encode() for path, text in documents(content, tmp_path / "cache")}
    assert "zh/bulletin.pdf" in made and "zh/index.html" in made
    assert [path for path, data in made.items() if "打捞纸船".encode() in data or "谜底".encode() in data] == []


def test_a_file_that_is_there_is_never_written_over_and_then_nothing_is_written(content: Path) -> None:
    before = tree(content)
    taken = content.parent / "taken.ids"
    taken.write_text("云州区 yinghuo\n", "utf-8")
    done = run("import-statement", str(NOWHERE), "--ids", str(taken), content=content)
    assert done.returncode == 1 and "the id “yinghuo” already belongs to another unit" in done.stderr
    there = content.parent / "drafts"
    there.mkdir()
    (there / "unit-03.yaml").write_text("mine\n", "utf-8")
    done = run("import-statement", str(NOWHERE), "--into", str(there), content=content)
    assert done.returncode == 1 and "unit-03.yaml:1:1: there is already a file of this name" in done.stderr
    assert tree(content) == before and tree(there) == {"unit-03.yaml": b"mine\n"}


def test_a_disk_that_refuses_leaves_nothing_behind(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, calls = tree(content), []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 4:
            raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", full)
    arguments = ["import-statement", str(NOWHERE), "--content", str(content), "--into", str(content.parent / "a" / "b")]
    assert program.main([*arguments, "--messages", "zh"]) == 1
    assert tree(content) == before and not (content.parent / "a").exists()


def test_a_dry_run_says_the_same_and_writes_nothing(content: Path) -> None:
    before = tree(content)
    done = run("import-statement", str(NOWHERE), "--dry-run", content=content)
    assert done.returncode == 0 and "Nothing was written" in done.stdout and tree(content) == before


def test_ids_are_asked_for_until_they_can_be_used(content: Path) -> None:
    answers = iter(["Denglong", "denglong", "yinghuo", "yunzhou", "", "", "", "", ""])
    request = Request(NOWHERE, content, spoken="zh")
    list(import_statement(request, Dialogue("zh", lambda: next(answers)).ask_id))
    assert {"denglong.yaml", "yunzhou.yaml", "unit-03.yaml", "unit-07.yaml"} <= {
        path.name for path in (content / "districts").iterdir()
    }


def test_wrong_lists_of_ids_are_told_line_by_line(content: Path) -> None:
    wrong = content.parent / "wrong.ids"
    wrong.write_text("云州区\n云州区 a\n云州区 b\n无名区 c\n风筝县 A_B\n", "utf-8")
    done = run("import-statement", str(NOWHERE), "--ids", str(wrong), content=content)
    assert done.returncode == 1
    assert [line.split(":")[1] for line in done.stderr.splitlines()[:-1]] == ["1", "3", "4", "5"]


def test_a_file_without_units_and_no_file_are_told(content: Path) -> None:
    empty = content.parent / "s.txt"
    empty.write_text("没有单位。\n", "utf-8")
    assert "no unit was found" in run("import-statement", str(empty), content=content).stderr
    assert run("import-statement", content=content).returncode == 2
    assert "Check its name" in run("import-statement", "nowhere.txt", content=content).stderr


def test_a_unit_that_is_there_already_is_told(content: Path) -> None:
    text = content.parent / "s.txt"
    text.write_text("萤火新区\n区长 甲某\n一是点灯。二是关灯。\n", "utf-8")
    done = run("import-statement", str(text), content=content)
    assert done.returncode == 0 and "districts/yinghuo.yaml. If this draft is not needed" in done.stdout


# ── ids ──────────────────────────────────────────────────────────────────────


def test_ids_that_cannot_be_used_are_told() -> None:
    taken = ["yunzhou", "zhichuan-hu"]
    codes = {
        id: (fault.code if (fault := fault_of(id, taken)) else "")
        for id in ("Yunzhou", "con", "yunzhou", "yunzhou-dong", "zhichuan", "denglong")
    }
    assert codes == {
        "Yunzhou": "id_form",
        "con": "id_reserved",
        "yunzhou": "unit_id_taken",
        "yunzhou-dong": "unit_id_prefix",
        "zhichuan": "unit_id_prefix",
        "denglong": "",
    }
    assert plain_id(1, ["unit-01", "unit-02"]) == "unit-03"
