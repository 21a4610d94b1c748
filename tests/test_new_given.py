"""`new --set`: what a script answers beforehand is not asked, and all that is wrong of it is told at once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from program import ROOT, SITE, tree
from test_new import checked, new

from gazette.messages.problems import ContentError


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(SITE, tmp_path / "content")
    return tmp_path / "content"


def command(content: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, str(ROOT / "build.py"), "new", *arguments, "--content", str(content), "--messages", "en"]
    return subprocess.run(line, capture_output=True, text=True, input="", check=False)


def test_a_script_answers_beforehand_and_is_asked_nothing(content: Path) -> None:
    answers = ["pledge=yinghuo-1", "state=under-way", "date=2031-08-10", "text.zh=已经开工。", "text.en=Work: begun."]
    done = command(content, "update", *(part for each in answers for part in ("--set", each)))
    assert done.returncode == 0, done.stderr
    assert checked(content) == ""
    before = tree(content)
    for wrong, told in (
        ("date=soon", "--set date: the date “soon” cannot be read"),
        ("colour=red", "--set colour: nothing called “colour” is asked for here"),
        ("state=reopened", "--set state: “reopened” is not one of the choices"),
    ):
        changed = [each for each in answers if each.split("=")[0] != wrong.split("=")[0]] + [wrong]
        done = command(content, "update", *(part for each in changed for part in ("--set", each)))
        assert done.returncode == 1 and told in done.stderr, done.stderr
    assert command(content, "update", "--set", "state").returncode == 2
    assert command(content, "units").returncode == 2
    assert tree(content) == before


WRONG: list[tuple[str, dict[str, str], list[tuple[str, str]]]] = [
    ("unit", {"id": "dengmi", "oder": "3"}, [("id", "unit_id_taken"), ("oder", "set_unknown")]),
    ("unit", {"oder": "3"}, [("oder", "set_unknown")]),
    ("pledge", {"unit": "dengmi", "deadline": "soon", "why_zh": "缺"}, [("deadline", "deadline_form")]),
    (
        "pledge",
        {"unit": "dengmi", "checkable": "yes", "why_zh": "缺", "themes": "nix"},
        [("themes", "unknown_theme"), ("why.zh", "set_unknown")],
    ),
    (
        "update",
        {"pledge": "dengmi-1", "state": "under-way", "date": "soon", "txet_zh": "文", "upheld": "no"},
        [("date", "date_form"), ("txet.zh", "set_unknown"), ("upheld", "set_unknown")],
    ),
    ("update", {"pledge": "dengmi-1", "upheld": "no", "date": "soon"}, [("date", "date_form")]),
    ("update", {"pledge": "dengmi-99", "x": ""}, [("pledge", "answer_pledge"), ("x", "set_unknown")]),
    (
        "update",
        {"pledge": "dengmi-1", "state": "inspected", "reason_zh": "雨", "x": ""},
        [("x", "set_unknown")],
    ),
]


@pytest.mark.parametrize(("kind", "answers", "told"), WRONG)
def test_all_that_is_wrong_of_what_is_given_is_told_before_anything_is_asked(
    kind: str, answers: dict[str, str], told: list[tuple[str, str]], content: Path
) -> None:
    with pytest.raises(ContentError) as found:
        new(content, kind, [], **answers)
    assert [(each.path, each.code) for each in found.value.problems] == [(f"--set {name}", code) for name, code in told]


@pytest.mark.parametrize(
    ("kind", "first"), [("unit", "id=yunzhou"), ("pledge", "unit=dengmi"), ("update", "pledge=dengmi-1")]
)
def test_what_no_file_can_hold_is_told(kind: str, first: str, content: Path) -> None:
    """Lines that YAML would join. A script learns of which answer it is."""
    before, wrong = tree(content), "name.zh=云\n州" if kind == "unit" else "text.zh=云\n州"
    given = {"unit": [], "pledge": ["title.zh=桥", "title.en=Bridge"], "update": ["state=under-way", "date=2031-08-01"]}
    done = command(content, kind, *(part for each in (first, *given[kind], wrong) for part in ("--set", each)))
    assert done.returncode == 1 and "cannot be written to the file" in done.stderr, done.stderr
    assert done.stderr.startswith(f"--set {wrong.partition('=')[0]}: ") and tree(content) == before
