"""`new` with answers that are wrong, strange, or end: each is told, and nothing wrong is written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from program import ROOT, SITE, tree
from reached import at_least_one
from test_new import PLEDGE, UNIT, checked, new, report

from gazette.messages.problems import ContentError


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(SITE, tmp_path / "content")
    return tmp_path / "content"


def test_a_wrong_answer_is_told_at_once_and_asked_for_again(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = [
        "dengmi-77",
        "wuyu-gang-1",
        "dengmi-5",
        "dengmi-1",
        "notice",
        "soon",
        "2031-03-01",
        "2032-01-01",
        "2031-05-01",
        "**报**",
        "报告。",
        "A report.",
    ]
    wrong += ["2031-06-01", "2031-04-01", "虚城组", "Team", "2031-05-01", "2031-04-01", "2031-05-08", "", "", ""]
    assert list(new(content, "update", wrong)) == []
    out = capsys.readouterr().out
    for words in (
        "there is no pledge “dengmi-77”. Did you mean",
        "“wuyu-gang-1” was split on 2031-04-10. Report on the pledges that continue it: wuyu-gang-3, wuyu-gang-4.",
        "“dengmi-5” was withdrawn on 2031-06-06: no further progress is reported on it.",
        "dengmi-1: Find the three outfalls. Now: inspected.",
        "the date “soon” cannot be read",
        "this one of 2031-03-01 comes after the one of 2031-04-01 (“inspected”)",
        "later than the site's as_of date",
        "“**报**”",
        "the inspection (2031-06-01) is later than the beginning of the notice",
        "the notice ends on 2031-04-01, before it begins",
    ):
        assert words in out, out
    assert checked(content) == ""


@pytest.mark.long
def test_answers_that_end_too_early_write_nothing(content: Path) -> None:
    before = tree(content)
    for kind, answers in (
        ("unit", UNIT),
        ("pledge", ["dengmi", *PLEDGE]),
        ("update", ["yinghuo-1", *report("notice")]),
    ):
        for count in at_least_one(range(len(answers))):
            with pytest.raises(ContentError) as told:
                new(content, kind, answers[:count])
            assert told.value.problems[0].code == "answers_ended"
    assert tree(content) == before


def test_ctrl_c_writes_nothing(content: Path) -> None:
    import os
    import signal

    before = tree(content)
    command = [sys.executable, str(ROOT / "build.py"), "new", "update", "--content", str(content), "--messages", "en"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, env=os.environ, **pipes) as asked:  # type: ignore[call-overload]
        asked.stdin.write("yinghuo-1\n")
        asked.stdin.flush()
        while "What is reported" not in asked.stdout.readline():
            pass
        asked.send_signal(signal.SIGINT)
        _, told = asked.communicate(timeout=30)
    assert asked.returncode == 130 and "Traceback" not in told and tree(content) == before


STRANGE = [
    "yes",
    "no",
    "2031-08-01",
    "2031",
    "1",
    "2,3",
    "water",
    "principle",
    "under-way",
    "accepted",
    "一项：甲,“乙”#丙",
    "{a:b}",
    "-",
    "'",
    '"',
    "\\",
    "null",
    "~",
    "⽬",
    "é",
    "😀",
    "https://example.gov.cn/a",
    "[x](term:nix)",
]
WORDS = st.sampled_from(["", "x" * 130, "a: b # c", *STRANGE])


@pytest.mark.long
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    asked=st.sampled_from(["unit u", "pledge dengmi", "update dengmi-1"]),
    answers=st.lists(WORDS, min_size=5, max_size=40),
)
def test_whatever_is_answered_the_content_stays_right(asked: str, answers: list[str], tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.rmtree(content, ignore_errors=True)
    shutil.copytree(SITE, content)
    before, (kind, first) = tree(content), asked.split()
    try:
        new(content, kind, [first, *answers])
    except ContentError:
        assert tree(content) == before
    else:
        assert tree(content) != before
        checked(content)
